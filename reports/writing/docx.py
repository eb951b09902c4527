"""A report as a Word document to go on editing: real headings, facts and tables in styles, fields for the pages."""

import re
from copy import deepcopy
from datetime import UTC
from io import BytesIO
from textwrap import shorten

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from reports.cells import clean_text
from reports.document import Document, Facts, Imprint, Paragraph, Section, Table
from reports.writing import words
from reports.writing.docx_styles import set_up
from reports.writing.layout import PAPERS, Paper, headings, runs, shares
from reports.writing.zips import pack_again

MILLIMETRES = {"a4": (210, 297), "a3": (297, 420)}
MARGIN, TOP = 20, 28  # mm
LONGEST_PROPERTY = 255  # characters, Word's limit
LONGEST_LABEL = 30  # characters that leave a fact room in the same line


def write_docx(document: Document, imprint: Imprint) -> bytes:
    word = docx.Document()
    set_up(word, document.language)
    describe(word, document, imprint)
    write_cover(word, document, imprint)
    on_paper(word.sections[0], PAPERS[0])
    levels = headings(document.sections)
    for place, (paper, sections) in enumerate(runs(document.sections, imprint.address)):
        on_paper(word.sections[0] if place == 0 else word.add_section(WD_SECTION.NEW_PAGE), paper)
        for section in sections:
            write_section(word, section, next(levels), paper, imprint)
    write(word, words.imprint_title(), "Heading 1")
    write_facts(word, words.imprint_facts(imprint), imprint)
    write_margins(word.sections[0], document, imprint)
    file = BytesIO()
    word.save(file)
    return pack_again(file.getvalue(), imprint.made_at)


def describe(word, document, imprint):
    """What the file says of itself; without the picture of an empty page that comes with python-docx."""
    package = word.part.package
    for name in [name for name, rel in package.rels.items() if rel.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        package.rels.pop(name)
    made_at = imprint.made_at.astimezone(UTC).replace(tzinfo=None)
    about = word.core_properties
    about.title, about.subject = in_short(document.title), in_short(document.subtitle)
    about.author = about.last_modified_by = in_short(imprint.agency)
    about.identifier, about.language, about.comments = imprint.number, document.language, ""
    about.created = about.modified = made_at


def in_short(text) -> str:
    return shorten(clean_text(str(text)), LONGEST_PROPERTY, placeholder=" …")


def write_cover(word, document, imprint):
    write(word, imprint.agency, "Agency")
    write(word, document.title, "Title")
    if document.subtitle:
        write(word, document.subtitle, "Subtitle")
    write_facts(word, words.cover_facts(imprint), imprint)
    if document.is_draft:
        write(word, words.draft_reason(), "Draft")
        for problem in document.problems:
            write(word, problem, "List Bullet")


def on_paper(section, paper: Paper):
    sides = [Mm(side) for side in MILLIMETRES[paper.size]]
    section.page_width, section.page_height = reversed(sides) if paper.is_landscape else sides
    section.orientation = WD_ORIENT.LANDSCAPE if paper.is_landscape else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = section.bottom_margin = Mm(MARGIN)
    section.top_margin = Mm(TOP)


def write(word, text, style: str):
    put_on(word.add_paragraph(clean_text(str(text)))._p, style)


def put_on(paragraph, style: str):
    """Give a paragraph's element its style. By name, python-docx would look through all styles for each."""
    paragraph.style = style.replace(" ", "")


def write_section(word, section: Section, level: int, paper: Paper, imprint):
    if section.title:
        write(word, section.title, f"Heading {level}")
    for part in section.parts:
        if isinstance(part, Paragraph):
            for paragraph in words.paragraphs(part):
                write(word, paragraph, "Normal")
        elif isinstance(part, Facts):
            write_facts(word, part, imprint)
        else:
            if part.title != section.title:
                write(word, part.title, f"Heading {level + 1 if section.title else level}")
            write_table(word, part, paper, imprint)


def write_facts(word, facts: Facts, imprint):
    for fact in facts.facts:
        label = clean_text(str(fact.label))
        gap = "\t" if len(label) <= LONGEST_LABEL else "\n"
        write(word, f"{label}{gap}{words.fact_in_words(fact, imprint.address)}", "Fact")


def write_table(word, table: Table, paper: Paper, imprint):
    if not table.rows:
        write(word, words.no_rows(), "Normal")
    else:
        shown = word.add_table(0, len(table.columns))
        arrange(shown, table, paper, imprint)
        add_rows(shown, table, [[words.header(column) for column in table.columns]], "Table Header")
        repeat(shown.rows[0])
        add_rows(shown, table, words.rows_in_words(table, imprint.address), "Table Text")
        if table.total:
            add_rows(shown, table, [words.total_in_words(table, imprint.address)], "Table Total")
    for note in words.notes(table):
        write(word, note, "Table Note")


def arrange(shown, table: Table, paper: Paper, imprint):
    """The table's style, with its headers and the sums told apart; the title for who listens; the widths."""
    shown.style, shown.autofit = "Report Table", False
    properties = shown._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    for name, value in (("firstRow", "1"), ("lastRow", "1" if table.total else "0"), ("firstColumn", "1")):
        look.set(qn(f"w:{name}"), value)
    look.set(qn("w:val"), "04E0" if table.total else "04A0")  # the same, for older programs
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), clean_text(str(table.title)))
    properties.append(caption)
    across = MILLIMETRES[paper.size][paper.is_landscape] - 2 * MARGIN
    widths = shares(table, imprint.address, paper.characters)
    for column, width in zip(shown.columns, widths, strict=True):
        column.width = Mm(across * width / sum(widths))


def add_rows(shown, table: Table, rows: list[list[str]], style: str):
    """Rows with their words in a style. They are copies of one, which is far quicker than to make each."""
    model = model_row(shown, table, style)
    for texts in rows:
        row = deepcopy(model)
        shown._tbl.append(row)
        for cell, text in zip(row.tc_lst, texts, strict=True):
            cell.p_lst[0].add_r().text = clean_text(text)


def model_row(shown, table: Table, style: str):
    row = shown.add_row()
    for cell, column in zip(row.cells, table.columns, strict=True):
        put_on(cell.paragraphs[0]._p, style)
        if column.format in words.NUMBERS:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    shown._tbl.remove(row._tr)
    return row._tr


def repeat(row):
    """Make the row the header, on each page that the table goes on."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def write_margins(section, document, imprint):
    """What stands on every page: whose report it is, that it is a draft, and which page of how many."""
    header = section.header.paragraphs[0]
    header.text = clean_text(" · ".join(filter(None, [str(document.title), imprint.number])))
    if document.is_draft:
        header.insert_paragraph_before(words.draft_mark(), "Draft")
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for piece in re.split(r"(\{pages?\})", words.page_of_pages()):
        if piece.startswith("{"):
            write_field(footer, piece)
        else:
            footer.add_run(piece)


def write_field(paragraph, piece: str):
    """A number that Word counts by itself."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "NUMPAGES" if piece == "{pages}" else "PAGE")
    run = OxmlElement("w:r")
    run.append(OxmlElement("w:t"))
    run[0].text = "1"
    field.append(run)
    paragraph._p.append(field)
