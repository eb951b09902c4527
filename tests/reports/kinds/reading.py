"""Reports as tests read them: a table by its name, its rows by their headers, a fact by its label."""

from reports.document import Document, Facts, Paragraph, Table
from reports.kind import all_kinds


def made(name, user, period=None, **selected) -> Document:
    """A kind of report on the records that fit, by default on all."""
    kind = all_kinds()[name]
    return kind.build(kind.model.objects.filter(**selected), period, user)


def problems(name, user, period=None, **selected) -> list[str]:
    kind = all_kinds()[name]
    return [problem.sentence for problem in kind.problems(kind.model.objects.filter(**selected), period, user)]


def table(document: Document, name: str) -> Table | None:
    return next((table for table in document.tables if table.name == name), None)


def rows(document: Document, name: str) -> list[dict]:
    """A table's rows by their headers; none where there is no such table."""
    found = table(document, name)
    return [dict(zip(headers(found), row, strict=True)) for row in found.rows] if found else []


def total(document: Document, name: str) -> dict | None:
    found = table(document, name)
    return found and found.total and dict(zip(headers(found), found.total, strict=True))


def headers(found: Table) -> list[str]:
    return [column.title for column in found.columns]


def column(document: Document, name: str, header: str) -> list:
    return [row[header] for row in rows(document, name)]


def facts(document: Document) -> dict:
    """All facts by their labels."""
    parts = [part for section in document.sections for part in section.parts if isinstance(part, Facts)]
    return {fact.label: fact.value for part in parts for fact in part.facts}


def texts(document: Document) -> list[str]:
    return [part.text for section in document.sections for part in section.parts if isinstance(part, Paragraph)]


def titles(document: Document) -> list[tuple[int, str]]:
    return [(section.level, section.title) for section in document.sections]
