"""Lists in the style of other countries, as they are told and brought in; see lists/README.md."""

from pathlib import Path

import pytest

from imports.planning import try_out
from imports.receiving import receive
from imports.writing import confirm, write
from projects.models import Project

LISTS = Path(__file__).parent / "lists"
# File, programme, format, language, rows skipped; of an operation: code, title, days, amounts, beneficiary, country.
EXPECTED = [
    ("BG.csv", "2014BG16RFOP001", "CSV ; cp1251", "bg", 1,
     "BG16-0001", "Ремонт на музея", "2017-03-01", "2019-09-30",
     "1,234,567.89 BGN", "1,049,382.71 BGN", "Община Пример", "BG"),
    ("CZ.csv", "2014CZ16RFOP002", "CSV ; utf-8", "cs", 0,
     "CZ.06.01/0001", "Nádraží Lhota – přestavba", "2017-03-01", "2019-09-30",
     "12,500,000.00 CZK", "10,625,000.00 CZK", "Město Lhota", "CZ"),
    ("DK.csv", "2014DK16RFOP001", "CSV ; cp1252", "da", 0,
     "RFH-0001", "Grøn omstilling på øerne", "2017-03-01", "2019-09-30",
     "9,234,567.89 DKK", "4,617,283.94 DKK", "Eksempel Kommune", "DK"),
    ("FI.txt", "2014FI16M2OP001", "CSV tab utf-16", "fi", 1,
     "A70001", "Vähähiilinen satama", "2017-03-01", "2019-09-30",
     "234,567.89 EUR", "150,000.00 EUR", "Esimerkin kaupunki", "FI"),
    ("FR.csv", "2014FR16M0OP001", "CSV ; cp1252", "fr", 1,
     "EX0000001", "Réhabilitation de l'école", "2016-03-01", "2019-02-28",
     "1,234,567.89 EUR", "617,283.94 EUR", "Commune d'Exemple-sur-Mer", "FR"),
    ("GR.csv", "2014GR16M2OP001", "CSV ; cp1253", "el", 1,
     "5000001", "Αναβάθμιση λιμένα", "2017-02-01", "2019-12-31",
     "1,234,567.89 EUR", "987,654.31 EUR", "Δήμος Παραδείγματος", "GR"),
    ("HU.csv", "2014HU16M0OP001", "CSV ; cp1250", "hu", 1,
     "TOP-0001", "Művelődési ház felújítása", "2017-03-01", "2019-09-30",
     "123,456,789.00 HUF", "104,938,270.00 HUF", "Példa Község Önkormányzata", "HU"),
    ("IE.csv", "2014IE16RFOP001", "CSV , utf-8", "en", 2,
     "", "Greenway along the quays", "2016-02-03", "2018-12-28",
     "1,234,567.89 EUR", None, "Example City Council", "IE"),
    ("LT.csv", "2014LT16MAOP001", "CSV , cp1257", "lt", 0,
     "08.1-0001", "Žvejybos uosto atnaujinimas", "2017-03-01", "2019-09-30",
     "1,234,567.89 EUR", "1,049,382.71 EUR", "Pavyzdžio savivaldybė", "LT"),
    ("PL.csv", "2021PL16FFPR020", "CSV ; cp1250", "pl", 2,
     "FEWM.04.01-001/23", "Ścieżka rowerowa wokół jeziora", "2023-03-01", "2025-12-31",
     "12,345,678.90 PLN", "10,493,827.06 PLN", "Gmina Przykładowo", "PL"),
    ("PT.csv", "2014PT16M2OP001", "CSV ; cp1252", "pt", 1,
     "NORTE-01-0001", "Requalificação da praça", "2017-03-01", "2019-09-30",
     "1,234,567.89 EUR", "1,049,382.71 EUR", "Município de Exemplo", "PT"),
    ("SI.csv", "2014SI16MAOP001", "CSV tab cp1250", "sl", 1,
     "", "Kolesarska pot ob Žigonu", "2017-03-01", "2019-09-30",
     "1,234,567.89 EUR", "1,049,382.71 EUR", "Občina Zgled", "SI"),
]  # fmt: skip
pytestmark = pytest.mark.django_db


def amount(project, what: str) -> str | None:
    """An amount with its currency, which is the euro only where the project itself has it."""
    if (own := getattr(project, what)) is not None:
        return f"{own:,} EUR"
    return next((each.in_words for each in project.amounts_elsewhere.all() if each.what == what), None)


def told(project, language: str) -> tuple:
    days = [day and day.isoformat() for day in (project.start, project.end)]
    amounts = [amount(project, what) for what in ("total_budget", "union_funding")]
    partner = project.lead.partner
    title = getattr(project, f"title_{language}")
    return (project.operation_code, title, *days, *amounts, partner.name, partner.country)


@pytest.mark.parametrize(
    ("name", "cci", "format", "language", "skipped", "first"),
    [(*each[:5], each[5:]) for each in EXPECTED],
    ids=[each[0] for each in EXPECTED],
)
def test_a_list_in_the_style_of_a_country_is_read_as_it_is_meant(name, cci, format, language, skipped, first):
    one = receive((LISTS / name).read_bytes(), name, programme=cci)
    try_out(one)
    confirm(one)
    write(one)

    assert (one.format, one.language) == (format, language)
    assert one.counts == {"created": 3, "changed": 0, "unchanged": 0, "skipped": skipped, "refused": 0}
    assert first in [told(project, language) for project in Project.objects.all()]
    assert Project.objects.count() == 3


def test_what_only_sounds_like_a_country_gives_its_place_to_the_country():
    one = receive((LISTS / "SI.csv").read_bytes(), "SI.csv", programme="2014SI16MAOP001")

    meant = dict(zip(one.tables[0]["columns"], one.tables[0]["mapping"], strict=True))
    assert (meant["Kraj"], meant["Država"]) == ("", "country")
