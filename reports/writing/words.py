"""What people read in a report besides its content: values as the active language writes them, and the imprint."""

from datetime import date, datetime, time

from django.utils.translation import gettext as _

from editorial import formats
from reports.cells import clean_text, plain
from reports.document import Fact, Facts, Heading, Imprint, Paragraph, Table

NUMBERS = ("number", "amount", "percent")
# Column by column, such values are read against each other and never broken.
COMPACT = (*NUMBERS, "identifier", "day", "moment", "time")
DASH = "—"


def in_words(value, format: str, portal: str) -> str | None:
    """The value as readers know it: `1,637.00`, `85%`, `1 Aug 2019`; None where nothing is known."""
    value = plain(value, format, portal)
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, date | time):
        return moment_in_words(value)
    return number_in_words(value, format)


def moment_in_words(value: date | time) -> str:
    if isinstance(value, datetime):
        return f"{formats.short_date(value)}, {formats.clock(value.time())}"
    return formats.clock(value) if isinstance(value, time) else formats.short_date(value)


def number_in_words(value, format: str) -> str:
    if format == "amount":
        return formats.bare_amount(value)
    if format == "percent":
        return formats.percentage(value)
    return str(value) if format == "identifier" else formats.number(value)


def fact_in_words(fact: Fact, portal: str) -> str:
    value = in_words(fact.value, fact.format, portal)
    if value is None:
        return _("not published") if fact.format in ("amount", "percent") else _("not known")
    is_bare = fact.format == "amount" and not isinstance(fact.value, str) and not says_currency(fact.label)
    return f"{value} EUR" if is_bare else value


def header(column: Heading) -> str:
    return in_euro(column.title, column.format)


def in_euro(title: str, format: str) -> str:
    """The title of figures, which says so where they are amounts in euro."""
    return str(title) if format != "amount" or says_currency(title) else f"{title} (EUR)"


def says_currency(title: str) -> bool:
    return "EUR" in str(title) or "€" in str(title)


def rows_in_words(table: Table, portal: str) -> list[list[str]]:
    return [row_in_words(table, row, DASH, portal) for row in table.rows]


def total_in_words(table: Table, portal: str) -> list[str]:
    """What the row of totals says; nothing where nothing is summed up."""
    return row_in_words(table, table.total, "", portal) if table.total else []


def row_in_words(table, row, unknown: str, portal) -> list[str]:
    values = (in_words(value, column.format, portal) for value, column in zip(row, table.columns, strict=True))
    return [unknown if value is None else value for value in values]


def notes(table: Table) -> list[str]:
    """The sentences below a table: its own, and what a dash in it means."""
    lacks = any(value in (None, "", []) for row in table.rows for value in row)
    meaning = _("A dash stands for what is not known or not published.") if lacks else ""
    return [str(note) for note in (table.note, meaning) if note]


def paragraphs(part: Paragraph) -> list[str]:
    texts = clean_text(str(part.text)).split("\n\n")
    return [text.strip() for text in texts if text.strip()]


def page_of_pages() -> str:
    return _("Page {page} of {pages}")


def no_rows() -> str:
    return _("There is nothing to list.")


def draft_mark() -> str:
    return _("Draft: this report does not reconcile yet")


def draft_reason() -> str:
    return _("What has to be put right:")


def sheet_of_contents() -> str:
    return _("About")


def imprint_title() -> str:
    return _("About this report")


def cover_facts(imprint: Imprint) -> Facts:
    """What the first page says of the file itself; all of it stands at the end."""
    return Facts("cover", imprint_facts(imprint).facts[: 2 if imprint.number else 1])


def imprint_facts(imprint: Imprint) -> Facts:
    """What the imprint says, as facts; no number where the report isn't kept."""
    facts = [
        Fact(_("Report number"), imprint.number),
        Fact(_("Made on"), imprint.made_at, "moment"),
        Fact(_("Made by"), imprint.maker),
        Fact(_("Agency"), imprint.agency),
        Fact(_("Portal"), f"{imprint.portal}, {imprint.address}"),
        Fact(_("Version of the portal"), imprint.version),
        Fact(_("Checksum of the content (SHA-256)"), imprint.content_hash),
    ]
    return Facts("imprint", [fact for fact in facts if fact.value])
