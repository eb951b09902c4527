"""Organisations of the sample: invented ones in real towns all over Europe."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from interreg_portal.sample import PREFIX
from interreg_portal.sample.texts import TEXTS, THEMES, Author, combined
from interreg_portal.sample.writing import Writer, chance, day_between, in_batches, new, public_since, standing
from partners.models import Contact, OrganisationType, Partner

with open(Path(__file__).with_name("places.csv"), encoding="utf-8", newline="") as file:
    PLACES = list(csv.DictReader(file))
HOME = next(place for place in PLACES if place["city"] == "Krško")  # the agency's
# The language in which the organisations of a country have their names; English elsewhere.
LANGUAGES = (
    {"AT": "de"} | {code.upper(): code for code in ("bg", "de", "es", "fr", "hr", "it", "lv", "pl")} | {"SI": "sl"}
)


class Organisation(NamedTuple):
    """What the other records need of one."""

    pk: int
    country: str
    city: str


def write_organisations(writer: Writer, number: int, seed: int) -> list[Organisation]:
    """Organisations with a contact each; the first is the agency that runs the portal, where there is none yet."""
    rng, written = chance(seed, "organisations"), []
    types = {kind.code: kind for kind in OrganisationType.objects.all()}
    names, agency = combined(TEXTS["names"]), None if Partner.objects.agency() else 1
    for batch in in_batches(range(1, number + 1)):
        partners = [partner(rng, each, types, names, each == agency) for each in batch]
        writer.write(partners)
        writer.write([contact(rng, each) for each in partners])
        written += [Organisation(each.pk, each.country, each.city) for each in partners]
    return written


def partner(rng, number, types, names, is_agency) -> Partner:
    place = HOME if is_agency else rng.choice(PLACES)
    kind = TEXTS["organisation"][2] if is_agency else rng.choice(TEXTS["organisation"])
    name = rng.choice(names)
    author = Author(rng, rng.choice(list(THEMES)))
    day = day_between(rng, date(2014, 1, 1), date(2026, 1, 1))
    return new(
        Partner,
        slug=f"{PREFIX}organisation-{number}",
        name=kind[LANGUAGES.get(place["country"], "en")].format(name=name),
        english_name=kind["en"].format(name=name),
        kind=types[kind["kind"]],
        legal_status=kind["status"],
        country=place["country"],
        nuts2=place["nuts2"],
        city=place["city"],
        # Not all on one spot, but in and around the town.
        latitude=nearby(rng, place["latitude"]),
        longitude=nearby(rng, place["longitude"]),
        website=f"https://organisation-{number}.example.org/" if rng.random() < 0.8 else "",
        pic=f"{100_000_000 + number}" if rng.random() < 0.3 else "",
        is_agency=is_agency,
        **(public_since(rng, day) if is_agency else standing(rng, day)),
        **(author.write(description="organisation") if rng.random() < 0.8 else {}),
    )


def nearby(rng, degrees: str) -> Decimal:
    return Decimal(degrees) + Decimal(rng.randint(-5000, 5000)).scaleb(-5)


def contact(rng, partner) -> Contact:
    return new(
        Contact,
        partner=partner,
        email=f"projects@{partner.slug}.example.org",
        consent_given_on=date(2024, 1, 15) if rng.random() < 0.7 else None,
        **Author(rng, "cooperation-and-governance").write(function="contact"),
    )
