"""What may stand in a cell: numbers and dates as they are, and text that a spreadsheet takes for nothing but text."""

import re
from datetime import date, datetime, time
from decimal import Decimal
from html import unescape
from urllib.parse import urljoin

from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from editorial.formats import country_name

# Control characters, halves of pairs and non-characters: an .xlsx file with one of them doesn't open.
REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
ENDS_OF_LINES = re.compile(r"<br\s*/?>|</(?:p|h\d|li|tr|blockquote)>", re.IGNORECASE)
ENDS_OF_CELLS = re.compile(r"</t[dh]>", re.IGNORECASE)


def cell(value, format: str, portal: str):
    """
    A value as a spreadsheet holds it: safe text, a number, a date or time of the portal's clock; None where nothing is
    known.

    An address without a host gets the portal's in front of it.
    """
    value = plain(value, format, portal)
    return safe_text(value) if isinstance(value, str) else value


def plain(value, format: str, portal: str):
    """The same for a file that takes no text for a formula."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return timezone.make_naive(value).replace(microsecond=0) if timezone.is_aware(value) else value
    if value is None or isinstance(value, Decimal | int | float | date | time):
        return value
    return clean_text(_in_words(value, format, portal)) or None


def _in_words(value, format, portal) -> str:
    parts = value if isinstance(value, list) else [value]
    if format == "address":
        parts = [urljoin(portal, part) for part in parts if part]
    elif format == "country":
        parts = [country_name(part) for part in parts]
    elif format == "rich_text":
        parts = [plain_text(part) for part in parts]
    return "; ".join(str(part) for part in parts)


def plain_text(html: str) -> str:
    """The words of rich text, one line for each paragraph, heading, item or row."""
    text = ENDS_OF_CELLS.sub(" ", ENDS_OF_LINES.sub("\n", html))
    lines = (line.strip() for line in unescape(strip_tags(text)).splitlines())
    return "\n".join(line for line in lines if line)


def safe_text(text: str) -> str:
    """The text without what files refuse, and with an apostrophe where a spreadsheet would take it for a formula."""
    text = clean_text(text)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def clean_text(text: str) -> str:
    return REFUSED.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
