"""Texts held against the record of the project that they speak of."""

from datetime import date

from factcheck.findings import Finding
from factcheck.record import Record, record_of, records_of

__all__ = ["Record", "check", "record_of", "records_of"]


def check(text: str, language: str, record: Record, as_of: date | None = None) -> list[Finding]:
    """
    What a text says about a project, in the order of the text, which may be plain or HTML. `language` is that of the
    text, `as_of` the day on which it was published; None: it has to be right today.
    """
    return []
