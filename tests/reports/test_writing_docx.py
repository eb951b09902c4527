import io
import zipfile
from decimal import Decimal

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn

from reports.document import Fact, Facts, Section
from reports.writing.formats import DOCUMENT_FORMATS
from tests.reports.documents import MADE_AT, TITLES, document, draft, imprint


def opened(report, **changed):
    return docx.Document(io.BytesIO(DOCUMENT_FORMATS["docx"].write(report, imprint(report, **changed))))


@pytest.fixture(scope="module")
def word():
    return opened(document("sl"))


def styled(word, *styles):
    return [paragraph.text for paragraph in word.paragraphs if paragraph.style.name in styles]


def test_title_and_headings_are_real_ones_for_the_list_of_contents(word):
    assert styled(word, "Title") == [TITLES["sl"]]
    headings = [p.style.name for p in word.paragraphs if p.style.name.startswith("Heading")]
    assert [int(name[-1]) for name in headings] == [1, 1, 2, 3, 3, 1, 2, 1]


def test_the_file_says_what_it_is_and_in_which_language(word):
    about = word.core_properties
    assert (about.title, about.author, about.identifier) == (TITLES["sl"], "Razvojna agencija Example", "2026-0007")
    assert (about.language, about.comments) == ("sl", "")
    assert about.created == about.modified == MADE_AT


@pytest.mark.parametrize(("language", "spelled"), [("sl", "sl-SI"), ("en", "en-GB"), ("el", "el-GR")])
def test_it_is_spelled_in_its_language(language, spelled):
    languages = {lang.get(qn("w:val")) for lang in opened(document(language)).styles.element.iter(qn("w:lang"))}
    assert languages == {spelled}


def test_the_first_row_of_a_table_is_its_header_on_every_page(word):
    for table in word.tables:
        first, *others = table._tbl.tr_lst
        assert first.trPr.find(qn("w:tblHeader")) is not None
        assert all(row.trPr.find(qn("w:tblHeader")) is None for row in others)
        assert table.style.name == "Report Table"
        assert {cell.paragraphs[0].style.name for cell in table.rows[0].cells} == {"Table Header"}


def test_a_table_says_its_title_to_who_listens(word):
    captions = [table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) for table in word.tables]
    assert captions == ["Partners", "Ugly [values]: a/b*c?", "By period"]


def test_numbers_stand_right_and_texts_left(word):
    name, _country, budget, rate, day = (cell.paragraphs[0] for cell in word.tables[0].rows[1].cells)
    assert (budget.text, rate.text, day.text) == ("1.234,50", "85\xa0%", "1. maj 2024")
    assert budget.alignment == rate.alignment == WD_ALIGN_PARAGRAPH.RIGHT
    assert name.alignment is day.alignment is None


def test_the_row_of_sums_is_told_apart(word):
    table = word.tables[0]
    assert table.rows[-1].cells[0].paragraphs[0].style.name == "Table Total"
    assert table._tbl.tblPr.find(qn("w:tblLook")).get(qn("w:lastRow")) == "1"
    assert word.tables[1]._tbl.tblPr.find(qn("w:tblLook")).get(qn("w:lastRow")) == "0"


def test_pages_are_counted_by_word():
    footer = opened(document()).sections[0].footer.paragraphs[0]
    fields = [field.get(qn("w:instr")) for field in footer._p.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert "".join(text.text for text in footer._p.iter(qn("w:t"))) == "Page 1 of 1"


def test_a_wide_table_lies_on_wide_paper_with_the_same_header(word):
    upright, wide = word.sections
    assert upright.page_height > upright.page_width
    assert wide.page_width > wide.page_height
    assert wide.header.is_linked_to_previous
    assert wide.footer.is_linked_to_previous


def test_unknown_is_said_in_words():
    word = opened(document())
    assert {"End\tnot known", "Union funding\tnot published"} <= set(styled(word, "Fact"))
    assert "There is nothing to list." in styled(word, "Normal")


def test_the_euro_is_named_once():
    facts = [Fact("Budget", Decimal(5), "amount"), Fact("Share (EUR)", Decimal(5), "amount")]
    shown = styled(opened(document(sections=[Section("A", [Facts("a", facts)])])), "Fact")
    assert {"Budget\t5.00 EUR", "Share (EUR)\t5.00"} <= set(shown)


def test_a_value_stands_below_a_label_that_is_too_long_to_stand_beside_it():
    label = "The budget of the agency and all of its partners"
    word = opened(document(sections=[Section("A", [Facts("a", [Fact(label, "none")])])]))
    assert f"{label}\nnone" in styled(word, "Fact")


def test_a_draft_says_so_on_every_page_and_why_at_the_beginning():
    word = opened(draft())
    assert word.sections[0].header.paragraphs[0].text == "Draft: this report does not reconcile yet"
    assert "The figure of period 2 is not approved." in styled(word, "List Bullet")
    assert "Draft" not in " ".join(p.text for p in opened(document()).sections[0].header.paragraphs)


def test_nothing_in_it_comes_from_another_file():
    content = DOCUMENT_FORMATS["docx"].write(document(), imprint())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert "docProps/thumbnail.jpeg" not in archive.namelist()
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 3, 1, 9, 30, 14)}  # in steps of two seconds
