"""The programme that a list belongs to: one of the portal's, or one that its CCI code tells of."""

import csv
import re
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from editorial.translations import column
from imports.reading import Refused
from projects.models import Fund, Programme, ProgrammingPeriod
from search.words import folded

# The names of programmes by CCI (European Commission): all of 2014-2020, those of Interreg of 2021-2027 that are in the
# portal's vocabularies.
FILE = Path(__file__).parent / "programmes.csv"
CCI = re.compile(r"\d{4}[A-Z0-9]{11}")
IN_NAME = re.compile(r"\d{4}\s*[-–]\s*\d{4}")
GENERATION = re.compile(r"\bInterreg\b|\b(III|IV|V|VI)(\s*-?\s*[ABCD])?\b\s*-?", re.I)
PERIODS = ["2000-2006", "2007-2013", "2014-2020", "2021-2027"]
# What a CCI code says of the fund, after the goal's number; several funds together have an M.
FUNDS = {
    "RF": ("ERDF", "European Regional Development Fund"),
    "SF": ("ESF", "European Social Fund"),
    "CF": ("CF", "Cohesion Fund"),
    "FF": ("INTERREG", "Interreg funds"),
}
SEVERAL = ("ESIF", "European Structural and Investment Funds")


def check_cci(cci: str) -> str:
    """Raises Refused where it is no code of a programme."""
    code = cci.strip().upper()
    if not CCI.fullmatch(code) or not period_of(code):
        message = _("“%(cci)s” is no CCI code. It has 15 characters and begins with a year, as 2014TC16RFIR001.")
        raise Refused(message % {"cci": cci})
    return code


def period_of(cci: str) -> str:
    """The programming period that a code's year lies in; empty where it lies in none."""
    return next((period for period in PERIODS if period[:4] <= cci[:4] <= period[-4:]), "")


def programme_of(cci: str) -> Programme:
    """The programme with this code, or one that isn't saved yet."""
    found = Programme.objects.filter(cci=cci).first()
    return found or Programme(cci=cci, name_en=official_names().get(cci, cci))


@cache
def official_names() -> dict[str, str]:
    with open(FILE, encoding="utf-8", newline="") as file:
        return {row["cci"]: row["name_en"] for row in csv.DictReader(file)}


def make_programme(cci: str) -> Programme:
    """A new programme of the portal, with the period and the fund that its code tells."""
    period, _made = ProgrammingPeriod.objects.get_or_create(code=period_of(cci))
    code, name = FUNDS.get(cci[8:10], SEVERAL)
    fund, _made = Fund.objects.get_or_create(code=code, defaults={"name_en": name})
    programme = programme_of(cci)
    programme.period, programme.fund = period, fund
    programme.save()
    return programme


def named(programmes: list[Programme]) -> dict[str, str]:
    """The CCI codes of programmes by all that they are called: `2021 - 2027 Interreg VI-B NEXT Black Sea Basin`."""
    found = {plain(name, period_of(cci)): cci for cci, name in official_names().items()}
    for programme in programmes:
        for language in settings.MODELTRANSLATION_LANGUAGES:
            if name := getattr(programme, column("name", language)):
                found[plain(name, programme.period.code)] = programme.cci
    return found


def plain(name: str, period: str = "") -> str:
    """Folded, with its period first, without “Interreg VI-B”, which some write before it."""
    years = "".join(re.findall(r"\d{4}", period or next(iter(IN_NAME.findall(name)), "")))
    return years + folded(GENERATION.sub("", IN_NAME.sub("", name)))
