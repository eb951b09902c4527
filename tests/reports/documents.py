"""Reports as content, in several languages, with all that makes it hard for a writer."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

from reports.document import Document, Fact, Facts, Heading, Imprint, Paragraph, Section, Table

MADE_AT = datetime(2026, 3, 1, 9, 30, 15, tzinfo=UTC)
TITLES = {
    "en": "Progress report",
    "sl": "Poročilo o napredku: čiščenje žlebov",
    "bg": "Доклад за напредъка на проекта",
    "de": "Fortschrittsbericht der Regionalentwicklungsgesellschaft",
    "el": "Έκθεση προόδου του έργου",
}
LONG_WORD = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"


def imprint(document=None, **changed):
    values = {
        "number": "2026-0007",
        "made_at": MADE_AT,
        "maker": "Maja Example",
        "portal": "Interreg Portal",
        "agency": "Razvojna agencija Example",
        "version": "0.1.0",
        "address": "https://projects.example.org/",
        "content_hash": document.content_hash if document else "0" * 64,
    }
    return Imprint(**values | changed)


def partners(rows=40):
    columns = [
        Heading("Partner"), Heading("Country", "country"), Heading("Budget", "amount"),
        Heading("Rate", "percent"), Heading("Joined", "day"),
    ]  # fmt: skip
    known = ["SI", Decimal("0.85"), date(2024, 5, 1)]
    told = [
        [f"Organisation {row} für {TITLES['de']}", known[0], Decimal(row) + Decimal("1234.5"), *known[1:]]
        for row in range(rows)
    ]
    total = ["Total", None, sum((row[2] for row in told), Decimal()), None, None]
    return Table("partners", "Partners", columns, told, total, "Amounts as approved.")


def hostile():
    columns = [Heading("Name"), Heading("Value"), Heading("Note", "long_text")]
    rows = [
        ["=1+1", "+SUM(A1)", "-2"],
        ["@cmd|' /C calc'!A0", "＝1", "\t=1"],
        ["a\x00b\x0bc", "\x1f\ufffe", LONG_WORD],
        [None, "", "#read(\"/etc/passwd\") *bold* $x$"],
        ["https://example.org/" + "a" * 120, "漢字", "one\ntwo\r\nthree"],
    ]  # fmt: skip
    return Table("hostile", "Ugly [values]: a/b*c?", columns, rows)


def wide():
    columns = [Heading("Indicator"), *[Heading(f"Period {number} (EUR)", "amount") for number in range(1, 10)]]
    rows = [[f"Indicator {row}", *[Decimal("1234567.89")] * 8, None] for row in range(3)]
    return Table("wide", "By period", columns, rows)


def document(language="en", **changed):
    title = TITLES[language]
    facts = Facts(
        "about",
        [
            Fact("Start", date(2024, 1, 1), "day"),
            Fact("End", None, "day"),
            Fact("Union funding", None, "amount"),
            Fact("Budget of the agency in this project, with its own contribution", Decimal("1637941"), "amount"),
            Fact("Rate", Decimal("0.8525"), "percent"),
            Fact("Meets at", time(14, 5), "time"),
            Fact("Address", "/projects/valley/", "address"),
        ],
    )
    sections = [
        Section(title, [Paragraph(f"{title}.\n\nSecond paragraph,\nin two lines."), facts]),
        Section("Partners", [partners()]),
        Section("Details", [hostile(), Table("empty", "Nothing here", [Heading("Name")], [])], level=2),
        Section("Periods", [wide()]),
    ]
    values = {"kind": "progress", "title": title, "subtitle": f"{title} · 1", "language": language}
    return Document(**values | {"sections": sections} | changed)


def draft(language="en"):
    problems = ["Partner shares are 5.00 EUR less than the total.", "The figure of period 2 is not approved."]
    return document(language, is_draft=True, problems=problems)
