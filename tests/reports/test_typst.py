import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pikepdf
import pytest
from django.utils.translation import gettext_lazy
from PIL import Image
from pypdf import PdfReader

from reports.typst import PdfFailed, compile_pdf

MADE_AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
TEMPLATE = """
#import "parts.typ": shown
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title)
#set text(lang: data.language, font: "Inter")
= #data.title
#shown(data.text)
"""


@pytest.fixture
def template(tmp_path):
    (tmp_path / "parts.typ").write_text("#let shown(text) = [Below: #text]")
    (tmp_path / "page.typ").write_text(TEMPLATE)
    return tmp_path / "page.typ"


def made(template, text="", **changed):
    values = {"title": "A report", "language": "sl", "made_at": MADE_AT} | changed
    return compile_pdf(template, {"text": text}, **values)


def words(pdf):
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_a_pdf_has_its_title_and_language_and_says_that_it_is_accessible(template):
    with pikepdf.open(io.BytesIO(made(template, language="pt-br"))) as pdf, pdf.open_metadata() as xmp:
        assert pdf.Root.Lang == "pt"
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert xmp["dc:title"] == "A report"
        assert xmp["pdfuaid:part"] == "1"


def test_the_same_data_and_moment_make_the_same_bytes(template):
    assert made(template, "Ljubljana") == made(template, "Ljubljana")


@pytest.mark.parametrize("text", ["Čistočšćž đ ő ű ț ħ ġ", "Жълт и зелен", "Ένα σχέδιο", "Ļoti ķirši"])
def test_every_alphabet_of_the_union_can_be_read_out(template, text):
    assert text in words(made(template, text))


def test_markup_in_data_stays_text(template):
    text = '#read("/etc/passwd") = *no* $x$ @here <there>'
    assert text in words(made(template, text))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x00\x0b\x7f\ud800\u202e\ufeff1", "a1"),
        ("e\u0301te\u0301", "été"),
        ("hard\u2028break", "hard break"),
        ("sign ☯\ufe0f 漢", "sign □ □"),
    ],
)
def test_what_no_font_can_show_spoils_no_report(template, text, shown):
    assert f"Below: {shown}" in words(made(template, text))


def test_dates_decimals_and_lazy_texts_may_be_in_the_data(template):
    template.write_text(TEMPLATE.replace("data.text", "data.text.join([ · ])"))
    text = [date(2026, 3, 1), Decimal("0.85"), gettext_lazy("Project")]
    assert "2026-03-01 · 0.85 · Project" in words(made(template, text))


def test_a_picture_is_shown_by_its_name(template):
    picture = io.BytesIO()
    Image.new("RGB", (2, 2)).save(picture, "PNG")
    template.write_text(TEMPLATE + '#image("pictures/a.png", alt: "A valley")')
    with pikepdf.open(io.BytesIO(made(template, files={"pictures/a.png": picture.getvalue()}))) as pdf:
        assert len(pdf.pages[0].get_images()) == 1


@pytest.mark.parametrize(
    ("line", "reason"),
    [('#image("a.svg")', "alt"), ("#missing", "missing"), ('#read("/etc/passwd")', "not found")],
)
def test_a_fault_is_told_in_a_sentence(template, line, reason):
    template.write_text(TEMPLATE + line)
    with pytest.raises(PdfFailed, match=rf"^The PDF can’t be made from page\.typ: .*{reason}"):
        made(template, files={"a.svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'})


def test_a_pdf_without_a_title_is_refused(template):
    with pytest.raises(PdfFailed, match="title"):
        made(template, title="")
