"""What headers mean that their publishers never change: those of keep.eu, CORDIS and this portal."""

import re
import tomllib
from functools import cache
from pathlib import Path

from django.utils.translation import override

from editorial.translations import active_languages, column
from reports.tables.participations import PARTICIPATIONS
from reports.tables.partners import PARTNERS
from reports.tables.projects import PROJECTS

FILE = Path(__file__).parent / "headers.toml"
IN_A_LANGUAGE = re.compile(
    r"(?:translations\.|operation_)(?:(?P<of>[a-z]{2})\.)?(?P<what>name|summary|description)(?:_(?P<to>[a-z]{2}))?"
)
TEXTS = {"name": "title", "summary": "summary", "description": "summary"}
FEWEST, SHARE = 4, 0.6  # of a table's headers that a publisher's must be


# The columns of the portal's own reports, by their headers in English. What isn't named here isn't taken.
OWN_COLUMNS = [
    (
        PROJECTS,
        {
            "Acronym": "acronym",
            "Title": "title",
            "Start": "start",
            "End": "end",
            "Lead partner": "lead_name",
            "Total budget (EUR)": "total_budget",
            "Union funding (EUR)": "union_funding",
            "Union co-financing rate": "rate",
            "Other national co-financing (EUR)": "national_cofinancing",
            "CCI code": "programme_cci",
            "Call": "call",
            "Operation code": "operation_code",
            "Number in keep.eu": "keep_id",
            "Specific objective": "specific_objective",
            "Approved on": "approved_on",
        },
    ),
    (
        PARTICIPATIONS,
        {
            "Project": "acronym",
            "Place in the list": "order",
            "Role": "role",
            "Organisation": "partner_name",
            "Name in English": "english_name",
            "Department or unit": "unit",
            "Type of organisation": "organisation_type",
            "Country": "country",
            "City": "city",
            "NUTS 2 region": "nuts2",
            "Joined on": "joined",
            "Left on": "left",
            "Total budget (EUR)": "partner_budget",
            "Union funding (EUR)": "partner_union_funding",
            "Other contribution (EUR)": "other_contribution",
        },
    ),
    (
        PARTNERS,
        {
            "Organisation": "partner_name",
            "Name in English": "english_name",
            "Short name": "short_name",
            "Type of organisation": "organisation_type",
            "Legal status": "legal_status",
            "Country": "country",
            "NUTS 2 region": "nuts2",
            "City": "city",
            "Postal address": "address",
            "Website": "partner_website",
            "PIC": "pic",
            "VAT or registration number": "registration_number",
        },
    ),
]


def plain(header: str) -> str:
    """A header without case, line breaks and curly apostrophes; `start_date` is another one than “Start date”."""
    return " ".join(header.replace("’", "'").lower().split())


@cache
def publishers() -> dict[str, dict[str, str]]:
    """The headers of each publisher with what they mean; the portal's own in each language in use."""
    with open(FILE, "rb") as file:
        read = tomllib.load(file)
    found = {name: {plain(header): field for header, field in headers.items()} for name, headers in read.items()}
    for language in active_languages():
        for report, fields in OWN_COLUMNS:
            found[f"{report.name} {language}"] = own_headers(report, fields, language)
    return found


def own_headers(report, fields, language: str) -> dict[str, str]:
    """The headers of a report as its readers in a language get them; its title is in that language."""
    with override("en"):
        keys = report.headers
    with override(language):
        headers = [plain(header) for header in report.headers]
    meant = {header: fields.get(key, "") for header, key in zip(headers, keys, strict=True)}
    return {header: column("title", language) if field == "title" else field for header, field in meant.items()}


def fixed_fields(headers: list[str]) -> dict[str, str] | None:
    """The fields of a publisher's headers, by the headers; None where they are nobody's in particular."""
    given = [header for header in headers if header]
    best = max(publishers().values(), key=lambda known: sum(plain(header) in known for header in given))
    known = {header: best[plain(header)] for header in given if plain(header) in best}
    if len(known) < max(FEWEST, SHARE * len(given) - len(texts(given))):
        return None
    return known | texts(given)


def texts(headers: list[str]) -> dict[str, str]:
    """Those that name the language of a text: `translations.sl.name`, `operation_name_sl`."""
    found = {header: IN_A_LANGUAGE.fullmatch(header) for header in headers}
    return {
        header: column(TEXTS[match["what"]], match["of"] or match["to"])
        for header, match in found.items()
        if match and (match["of"] or match["to"])
    }
