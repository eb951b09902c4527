"""In which currency an amount is, by the sign or code beside it."""

import re
from datetime import date

from babel.numbers import get_territory_currencies, list_currencies

SIGNS = {
    "€": "EUR", "euro": "EUR", "euros": "EUR", "£": "GBP", "zł": "PLN", "zl": "PLN", "kč": "CZK", "ft": "HUF",
    "лв": "BGN", "лв.": "BGN", "lei": "RON", "kn": "HRK", "$": "USD",
}  # fmt: skip
CODES = set(list_currencies())
MARK = re.compile(r"(?<![^\W\d_])(?:[A-Za-z]{3}|€|£|\$|zł|zl|[Kk]č|Ft|лв\.?|lei|kn|(?i:euros?))(?![^\W\d_])")
IN_HEADER = re.compile(
    r"[(\[]\s*(?:(?:in|en|v|w|σε|в)\s+)?([^()\[\]]{1,6}?)\s*[)\]]"
    r"|(€|£)|\b(EUR|GBP|PLN|CZK|HUF|SEK|DKK|RON|BGN|HRK|CHF|NOK)\b"
)
PERIOD_BEGINS = 4  # figures of a CCI code


def currency_of(mark: str) -> str:
    """`£` → `GBP`, `EUR` → `EUR`; empty where it is no currency."""
    code = SIGNS.get(mark.strip().lower(), mark.strip().upper())
    return code if code in CODES else ""


def split_currency(text: str) -> tuple[str, str]:
    """A text without the currency beside its number, and the currency's code: `102.691,05 €` → `102.691,05`, `EUR`."""
    for found in MARK.finditer(text):
        if code := currency_of(found.group()):
            return (text[: found.start()] + text[found.end() :]).strip(), code
    return text, ""


def currency_in_header(header: str) -> str:
    """`Total cost (PLN)` → `PLN`; empty where the header names none."""
    for found in IN_HEADER.finditer(header):
        if code := currency_of(said_in(found)):
            return code
    return ""


def without_currency(header: str) -> str:
    return IN_HEADER.sub(lambda found: " " if currency_of(said_in(found)) else found.group(), header)


def currency_of_programme(cci: str) -> str:
    """What the country of a programme paid with in the programme's third year; the euro where it has several."""
    country, year = {"UK": "GB", "EL": "GR"}.get(cci[4:6], cci[4:6]), int(cci[:PERIOD_BEGINS]) + 2
    if country == "TC":
        return "EUR"
    found = get_territory_currencies(country, date(year, 1, 1), date(year, 12, 31))
    return found[0] if found else "EUR"


def said_in(found: re.Match) -> str:
    return next(filter(None, found.groups()))
