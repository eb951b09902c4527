"""A cell's text as what its field holds, but for numbers and dates, which `values` reads."""

import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import override

from imports.countries import country_named
from imports.currencies import currency_of
from imports.reading.tables import Money
from imports.values import Unknown, Unreadable
from partners.models import Partner
from projects.models import Participation
from reports.cells import FORMULA_STARTS
from search.words import folded

YES = {
    "yes",
    "ja",
    "oui",
    "si",
    "sim",
    "tak",
    "ano",
    "da",
    "да",
    "ναι",
    "igen",
    "jah",
    "taip",
    "kylla",
    "iva",
    "x",
    "1",
}
LEADS = {"lead partner", "lead beneficiary", "coordinator", "true"}
PLACES = Decimal("0.00001")
PIC = re.compile(r"\d{9}")


def text(value) -> str:
    """A cell's text; of a number without the point that spreadsheets add, of a formula without what makes it a text."""
    if isinstance(value, Money):
        value = value.amount
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    said = str(value).strip()
    return said[1:] if said.startswith("'") and said[1:].startswith(FORMULA_STARTS) else said


def read_text(name: str, said: str) -> str:
    if name == "legal_status":
        return statuses().get(folded(said), "")
    return said if name.startswith("summary") else " ".join(said.split())


def read_code(name: str, said: str) -> str:
    if name == "pic":
        return pic(said)
    if name == "nuts2":
        return nuts2(said)
    return " ".join(said.split())


def pic(said: str) -> str:
    """Nine figures. Raises Unreadable for others."""
    found = re.sub(r"\s", "", said).zfill(9)
    if found == "0" * 9:
        return ""
    if not PIC.fullmatch(found):
        raise Unreadable(_("A PIC has nine figures."))
    return found


def nuts2(said: str) -> str:
    """The region of the second level that a code names or lies in, with the Union's codes of countries: EL30."""
    code = said.split()[0].upper()
    return code[:4] if re.fullmatch(r"[A-Z]{2}[A-Z0-9]{2,3}", code) else ""


def read_number(name: str, said: str) -> int:
    if not re.fullmatch(r"\d{1,9}", said):
        raise Unreadable(_("This is no whole number."))
    return int(said)


def read_country(name: str, said: str) -> str:
    """Raises Unknown where several countries are said, Unreadable where it is none."""
    if code := country_named(said):
        return code
    parts = [country_named(part) for part in re.split(r"[,;/|\n]| - | – ", said)]
    if len(parts) > 1 and all(parts):
        raise Unknown(_("Several countries can't be one organisation's."))
    raise Unreadable(_("This is no country."))


def read_yes(name: str, said: str) -> str:
    """The role: a lead where it is said to lead, or `yes` to whether it does."""
    said = " ".join(said.lower().split())
    if said in LEADS or folded(said) in YES or said in roles()["lead"]:
        return "lead"
    return "associated" if "associated" in said or said in roles()["associated"] else "partner"


@cache
def roles() -> dict[str, set[str]]:
    """The portal's own words for the roles, in the languages in use."""
    return labels(Participation.Role)


def read_address(name: str, said: str) -> str:
    found = said if "://" in said else f"https://{said}"
    try:
        URLValidator(["http", "https"])(found)
    except ValidationError as problem:
        raise Unknown(_("This is no address of a website.")) from problem
    return found


def read_currency(name: str, said: str) -> str:
    if code := currency_of(said):
        return code
    raise Unreadable(_("This is no currency."))


def read_point(name: str, said: str):
    """Degrees; of a pair latitude and longitude. Raises Unknown where they can't be a place."""
    try:
        found = [Decimal(part.strip()).quantize(PLACES) for part in said.strip("()").split(",")]
    except ArithmeticError as problem:
        raise Unknown(_("This is no place on the map.")) from problem
    limits = {"latitude": [90], "longitude": [180], "coordinates": [90, 180]}[name]
    if len(found) != len(limits) or any(abs(part) > limit for part, limit in zip(found, limits, strict=True)):
        raise Unknown(_("This is no place on the map."))
    return found[0] if len(found) == 1 else tuple(found)


@cache
def statuses() -> dict[str, str]:
    """The legal statuses by their folded names, in the languages in use."""
    return {folded(name): status for status, names in labels(Partner.LegalStatus).items() for name in names}


def labels(choices) -> dict[str, set[str]]:
    found = {value: {value} for value in choices.values}
    for language, _name in settings.LANGUAGES:
        with override(language):
            for choice in choices:
                found[choice.value].add(str(choice.label).lower())
    return found


READERS: dict[str, Callable] = {
    "text": read_text,
    "code": read_code,
    "number": read_number,
    "country": read_country,
    "yes": read_yes,
    "address": read_address,
    "currency": read_currency,
    "point": read_point,
}
