"""
How well the fact check reads, per language, on the passages of `passages/`: `make factcheck-score`.

Recall is the share of wrong facts that are found with the right verdict. False alarms are counted per passage in which
nothing is wrong: such passages in which something is found, and others in which something else is found as well.
"""

import os
import sys
import tomllib
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "interreg_portal.settings")
    django.setup()

from factcheck.checking import check
from factcheck.record import Record, put_together
from partners.models import Partner
from projects.models import Amendment, Participation, Programme, Project

PASSAGES = Path(__file__).parent / "passages"
SETS = ["first", "second", "third", "fourth"]
LANGUAGES = ["en", "sl", "lv", "bg", "de", "es", "pt", "sv", "sk", "hu", "ro", "it"]
PARTNERS = {
    "Regionalna razvojna agencija Posavje": "SI",
    "ecoplus. The Business Agency of Lower Austria": "AT",
    "Latvijas Republikas Ekonomikas ministrija": "LV",
    "AMUEBLA": "ES",
    "CIEBI": "PT",
    "RISE Research Institutes of Sweden AB": "SE",
    "Slovak Business Agency": "SK",
    "West-Pannon Regional and Economic Development Public Nonprofit Ltd.": "HU",
    "CLUSTERO": "RO",
    "Buckinghamshire Business First": "GB",
}


def inno_industry() -> Record:
    """The demo project's record, without a database: ten partners, extended by six months, its budget raised."""
    project = Project(
        slug="inno-industry",
        acronym="INNO INDUSTRY",
        title_en="Improving innovation delivery of policies within 4.0 industry in Europe",
        programme=Programme(name_en="Interreg Europe"),
        start=date(2019, 8, 1),
        end=date(2023, 1, 31),
        total_budget=Decimal("1637941.00"),
        union_funding=Decimal(1330000),
        union_funding_is_rounded=True,
    )
    partners = [Partner(name=name, country=country) for name, country in PARTNERS.items()]
    participations = [Participation(partner=partner, role="partner") for partner in partners]
    participations[0].role = "lead"
    amendments = [
        Amendment(
            pk=1,
            kind="budget",
            previous_total_budget=Decimal("1467941.00"),
            new_total_budget=Decimal("1637941.00"),
        ),
        Amendment(pk=2, kind="extension", previous_end=date(2022, 7, 31), new_end=date(2023, 1, 31)),
    ]
    return put_together(project, participations, amendments)


@dataclass
class Score:
    """What was found in a language's passages: `missed` and `alarms` name passages."""

    wrong: int = 0
    right: int = 0
    missed: list[str] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return 1 - len(self.missed) / self.wrong

    @property
    def false_alarms(self) -> float:
        return len(self.alarms) / self.right


def passages(name: str, language: str) -> dict[str, list]:
    return tomllib.loads((PASSAGES / name / f"{language}.toml").read_text(encoding="utf-8"))


def alarms_in(text: str, language: str, record: Record) -> set[tuple[str, str]]:
    return {(str(each.fact), str(each.verdict)) for each in check(text, language, record) if each.is_alarm}


def score(name: str, language: str, record: Record) -> Score:
    found, result = passages(name, language), Score()
    for fact, verdict, text in found["wrong"]:
        alarms = alarms_in(text, language, record)
        result.wrong += 1
        facts = set(fact.split())
        if not {(each, verdict) for each in facts} <= alarms:
            result.missed.append(f"{fact} {verdict}: {text} {sorted(alarms)}")
        if others := {fact_found for fact_found, _verdict in alarms} - facts:
            result.alarms.append(f"{sorted(others)}: {text}")
    for text in found["right"]:
        result.right += 1
        if alarms := alarms_in(text, language, record):
            result.alarms.append(f"{sorted(alarms)}: {text}")
    return result


def main():
    record = inno_industry()
    for name in [each for each in sys.argv[1:] if not each.startswith("-")] or SETS:
        for language in LANGUAGES:
            tell(name, language, score(name, language, record))


def tell(name: str, language: str, result: Score):
    figures = f"recall {result.recall:6.1%}  false alarms {result.false_alarms:6.1%}"
    print(f"{name:7}{language}  {result.wrong + result.right:3} passages  {figures}")  # noqa: T201
    if "--details" in sys.argv:
        for text in [*(f"missed {each}" for each in result.missed), *(f"alarm {each}" for each in result.alarms)]:
            print("   ", text)  # noqa: T201


if __name__ == "__main__":
    main()
