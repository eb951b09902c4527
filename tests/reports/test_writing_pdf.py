import io
import re

import pikepdf
import pytest
from pypdf import PdfReader

from reports.document import Heading, Section, Table
from reports.writing.formats import DOCUMENT_FORMATS
from tests.reports.documents import LONG_WORD, TITLES, document, draft, imprint, partners, wide


def written(report, **changed):
    return io.BytesIO(DOCUMENT_FORMATS["pdf"].write(report, imprint(report, **changed)))


def pages(report, **changed):
    return [page.extract_text() for page in PdfReader(written(report, **changed)).pages]


def words(report, **changed):
    return in_one_line(pages(report, **changed))


def in_one_line(texts):
    return " ".join(" ".join(texts).split())


def elements(node):
    """The structure elements below a node, as names with their attributes, in reading order."""
    if isinstance(node, pikepdf.Array):
        for part in node:
            yield from elements(part)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        yield from elements(node.get("/K", pikepdf.Array()))


def tags(pdf):
    return list(elements(pdf.Root.StructTreeRoot.K))


def named(found, *names):
    return [element for element in found if str(element.S) in names]


def attributes(element):
    return {key: value for group in element.get("/A", []) for key, value in group.items()}


@pytest.fixture(scope="module")
def pdf():
    with pikepdf.open(written(document("de"))) as opened:
        yield opened


@pytest.fixture(scope="module")
def english():
    return pages(document())


@pytest.fixture(scope="module")
def all_words(english):
    return in_one_line(english)


def test_it_says_its_title_and_language_and_keeps_both_standards(pdf):
    with pdf.open_metadata() as xmp:
        assert xmp["dc:title"] == TITLES["de"]
        assert xmp["pdfuaid:part"] == "1"
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("2", "A")
    assert (pdf.Root.Lang, pdf.Root.MarkInfo.Marked) == ("de", True)
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert pdf.docinfo["/Author"] == "Razvojna agencija Example"


def test_headings_are_headings_and_skip_no_level(pdf):
    levels = [int(str(element.S)[2:]) for element in named(tags(pdf), "/H1", "/H2", "/H3", "/H4")]
    # Beginning; partners; details with two tables, periods with one; about this report.
    assert levels == [1, 1, 2, 3, 3, 1, 2, 1]


def test_each_table_has_one_row_of_headers_for_its_columns(pdf):
    tables = named(tags(pdf), "/Table")
    headers = [named(elements(table.K), "/TH") for table in tables]
    assert [len(cells) for cells in headers] == [5, 3, 10]
    assert {str(attributes(cell)["/Scope"]) for cells in headers for cell in cells} == {"/Column"}


def test_each_cell_refers_to_the_header_of_its_column(pdf):
    table = named(tags(pdf), "/Table")[0]
    cells = named(elements(table.K), "/TD")
    assert len(cells) == 41 * 5
    assert all(attributes(cell)["/Headers"] for cell in cells)


def test_facts_are_a_list_of_labels_and_values(pdf):
    items = named(tags(pdf), "/LI")
    assert items
    assert all([str(part.S) for part in item.K] == ["/Lbl", "/LBody"] for item in items)


def test_all_that_is_no_content_is_out_of_the_reading_order(pdf):
    content = pdf.pages[1].Contents.read_bytes()
    assert b"/Artifact" in content
    assert b"/Pagination" in content


def test_a_table_over_many_pages_names_its_columns_on_each():
    shown = pages(document(sections=[Section("Partners", [partners(300)])]))
    assert len(shown) > 10
    assert all("Country Budget" in " ".join(page.split()) for page in shown[:-1])


def test_each_page_says_which_of_how_many_it_is(english):
    assert all(f"Page {number} of {len(english)}" in page for number, page in enumerate(english, start=1))


def test_each_page_but_the_first_bears_title_and_number_above():
    first, *others = pages(document(sections=[Section("Partners", [partners(60)])]))
    assert first.count(TITLES["en"]) == 2  # the title, and the subtitle that holds it
    assert all(TITLES["en"] in page and "2026-0007" in page for page in others)


@pytest.mark.parametrize("language", TITLES)
def test_every_alphabet_can_be_read_out(language):
    assert f"{TITLES[language]} · 1" in words(document(language))


@pytest.mark.parametrize(
    ("language", "amount", "day", "rate"),
    [
        ("en", "1,637,941.00 EUR", "1 Jan 2024", "85.2%"),
        ("sl", "1.637.941,00 EUR", "1. jan. 2024", "85,2 %"),
        ("bg", "1 637 941,00 EUR", "1.01.2024 г.", "85,2%"),
        ("de", "1.637.941,00 EUR", "01.01.2024", "85,2 %"),
    ],
)
def test_values_are_written_as_the_language_writes_them(language, amount, day, rate):
    shown = words(document(language))
    assert amount in shown
    assert day in shown
    assert rate in shown


def test_unknown_is_said_in_words_and_never_zero(all_words):
    assert "End not known Union funding not published" in all_words
    assert "A dash stands for what is not known or not published." in all_words


def test_a_table_without_rows_says_so(all_words):
    assert "Nothing here There is nothing to list." in all_words


def test_a_long_word_stays_in_its_column_and_an_address_can_be_copied():
    table = Table("words", "Words", [Heading("A"), Heading("B")], [[LONG_WORD, "https://example.org/" + "a" * 120]])
    page = PdfReader(written(document("de", sections=[Section("W", [table])]))).pages[0]
    ends = []
    page.extract_text(visitor_text=lambda text, _matrix, place, *_font: ends.append(place[4]))
    assert max(ends) < float(page.mediabox.width)
    letters = re.sub(r"\s", "", page.extract_text())
    assert "https://example.org/" + "a" * 120 in letters
    assert "\u200b" not in letters


def test_a_wide_table_lies_on_wide_paper_with_its_heading():
    shown = PdfReader(written(document(sections=[Section("Text", []), Section("Periods", [wide()])]))).pages
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in shown} == {(842, 595)}
    assert "Text Periods By period" in " ".join(shown[0].extract_text().split())


def test_what_looks_like_markup_or_a_formula_is_text(all_words):
    assert '#read("/etc/passwd") *bold* $x$' in all_words
    assert "=1+1 +SUM(A1) -2" in all_words


def test_a_draft_says_so_on_every_page_and_why_on_the_first(all_words):
    shown = pages(draft())
    assert all("Draft: this report does not reconcile yet" in page for page in shown)
    assert "The figure of period 2 is not approved." in shown[0]
    assert "Draft" not in all_words


def test_the_end_says_who_made_it_when_and_of_which_content(all_words):
    assert "Maja Example" in all_words
    assert "1 Mar 2026, 10:30" in all_words
    assert document().content_hash in all_words


def test_a_report_without_a_number_has_no_empty_one():
    assert "Report number" not in words(document(sections=[]), number="")
