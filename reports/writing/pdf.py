"""A report as a PDF for everyone: tagged, titled, in its language (PDF/UA-1), and fit to be kept (PDF/A-2a)."""

import re
from pathlib import Path

from reports.document import Document, Facts, Imprint, Paragraph, Section, Table
from reports.typst import compile_pdf
from reports.writing import words
from reports.writing.layout import PAPERS, Paper, headings, runs, shares, type_size

TEMPLATE = Path(__file__).parent / "report.typ"
MARK = "\u200b"
LONG_WORD = re.compile(r"\S{30,}|\S+://\S+")
MARKS = re.compile(r"[/.?&=@_]")  # of an address, behind which it may break
ENDLESS_WORD = re.compile(rf"[^{MARK}]{{70,}}")


def write_pdf(document: Document, imprint: Imprint) -> bytes:
    return compile_pdf(
        TEMPLATE,
        told(document, imprint),
        title=str(document.title),
        language=document.language,
        made_at=imprint.made_at,
        to_be_kept=True,
    )


def told(document: Document, imprint: Imprint) -> dict:
    about = words.imprint_facts(imprint)
    return {
        "subtitle": document.subtitle,
        "author": imprint.agency,
        "number": imprint.number,
        "page": words.page_of_pages(),
        "draft": words.draft_mark() if document.is_draft else "",
        "reason": words.draft_reason(),
        "problems": document.problems if document.is_draft else [],
        "cover": told_facts(words.cover_facts(imprint), imprint)["facts"],
        "runs": breakable(told_runs(document, imprint)),
        "imprint": breakable({"title": words.imprint_title()} | told_facts(about, imprint)),
    }


def told_runs(document, imprint) -> list[dict]:
    """The sections in runs of the same paper; a report without any is one run, for its title and imprint."""
    levels = headings(document.sections)
    return [
        {
            "size": paper.size,
            "is_landscape": paper.is_landscape,
            "sections": [told_section(section, next(levels), paper, imprint) for section in sections],
        }
        for paper, sections in runs(document.sections, imprint.address) or [(PAPERS[0], [])]
    ]


def told_section(section: Section, level: int, paper: Paper, imprint) -> dict:
    parts = [told_part(part, section, level, paper, imprint) for part in section.parts]
    return {"title": section.title, "level": level, "parts": parts}


def told_part(part, section, level, paper, imprint) -> dict:
    if isinstance(part, Paragraph):
        return {"type": "text", "paragraphs": words.paragraphs(part)}
    if isinstance(part, Facts):
        return told_facts(part, imprint)
    title = "" if part.title == section.title else part.title
    return told_table(part, paper, imprint) | {"title": title, "level": level + 1 if section.title else level}


def told_facts(facts: Facts, imprint) -> dict:
    values = [{"label": fact.label, "value": words.fact_in_words(fact, imprint.address)} for fact in facts.facts]
    return {"type": "facts", "facts": values}


def told_table(table: Table, paper: Paper, imprint) -> dict:
    widths = shares(table, imprint.address, paper.characters)
    columns = [
        {"title": words.header(column), "is_number": column.format in words.NUMBERS, "width": width}
        for column, width in zip(table.columns, widths, strict=True)
    ]
    return {
        "type": "table",
        "columns": columns,
        "size": type_size(widths, paper),
        "rows": words.rows_in_words(table, imprint.address),
        "total": words.total_in_words(table, imprint.address),
        "notes": words.notes(table),
        "none": words.no_rows(),
    }


def breakable(value):
    """The same with a mark in its texts where a word may break that is too long for a line."""
    if isinstance(value, str):
        return LONG_WORD.sub(break_up, value)
    if isinstance(value, list):
        return [breakable(part) for part in value]
    return {name: breakable(part) for name, part in value.items()} if isinstance(value, dict) else value


def break_up(word: re.Match) -> str:
    return ENDLESS_WORD.sub(lambda part: MARK.join(part[0]), MARKS.sub(rf"\g<0>{MARK}", word[0]))
