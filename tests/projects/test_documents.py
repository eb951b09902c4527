from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from editorial.states import State
from projects.models import Document
from tests.factories import make_event, make_phase, make_project
from tests.forms import change, mistakes

pytestmark = pytest.mark.django_db


def pdf(pages=3):
    content, writer = BytesIO(), PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    writer.write(content)
    return SimpleUploadedFile("final report.pdf", content.getvalue())


def make_document(**fields):
    fields = {"project": fields.get("project") or make_project(), "title_en": "Final report", "language": "sl"} | fields
    document = Document(**{"file": pdf()} | fields)
    document.full_clean()
    document.save()
    return document


def test_a_document_is_counted_in_bytes_and_pages(client):
    document = make_document()
    assert (document.size, document.pages) == (document.file.size, 3)
    page = client.get(f"{document.project.get_absolute_url()}documents/").content.decode()
    for text in ("Final report", "3 pages", "Slovenian", "PDF"):
        assert text in page


def test_it_is_downloaded_by_whoever_may_see_its_project(client, editor):
    document = make_document(project=make_project(state=State.DRAFT))
    address = document.get_absolute_url()
    assert client.get(address).status_code == 404
    client.force_login(editor)
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert b"".join(answer.streaming_content).startswith(b"%PDF")


def test_an_address_with_another_name_or_project_leads_nowhere(client):
    document = make_document()
    assert client.get(document.get_absolute_url().replace("final_report", "other")).status_code == 404
    assert (
        client.get(document.get_absolute_url().replace(document.project.slug, make_project().slug)).status_code == 404
    )


@pytest.mark.parametrize("name", ["virus.exe", "page.html", "drawing.svg", "macro.docm", "report"])
def test_kinds_of_files_that_a_visitor_should_not_open_are_refused(name):
    with pytest.raises(ValidationError) as refusal:
        make_document(file=SimpleUploadedFile(name, b"content"))
    assert set(refusal.value.message_dict) == {"file"}


def test_a_pdf_that_is_none_is_refused():
    with pytest.raises(ValidationError, match="no PDF"):
        make_document(file=SimpleUploadedFile("report.pdf", b"<html>not a PDF</html>"))


def test_a_file_that_is_too_large_is_refused(settings):
    settings.DOCUMENT_BYTES = 10
    with pytest.raises(ValidationError) as refusal:
        make_document()
    assert set(refusal.value.message_dict) == {"file"}


def test_a_document_belongs_to_a_phase_of_its_own_project():
    with pytest.raises(ValidationError) as refusal:
        make_document(phase=make_phase(make_project()))
    assert set(refusal.value.message_dict) == {"phase"}


def refusal(file):
    with pytest.raises(ValidationError) as refused:
        make_document(file=file)
    assert set(refused.value.message_dict) == {"file"}
    return " ".join(refused.value.message_dict["file"])


def packed(entries, name):
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for path, text in entries.items():
            archive.writestr(path, text)
    return SimpleUploadedFile(name, content.getvalue())


def office_file(extension, **entries):
    part = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}[extension]
    return packed({"[Content_Types].xml": "<Types/>", part: "<x/>"} | entries, f"plan.{extension}")


def open_file(extension, kind, **entries):
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    return packed({"mimetype": mimetype, "content.xml": "<x/>"} | entries, f"plan.{extension}")


def written(writer):
    content = BytesIO()
    writer.write(content)
    return SimpleUploadedFile("plan.pdf", content.getvalue())


def blank_pdf():
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    return writer


def taken():
    yield "csv", SimpleUploadedFile("figures.csv", "leto;znesek\n2024;č".encode())
    yield "old csv", SimpleUploadedFile("figures.csv", "leto;znesek\n2024;č".encode("cp1250"))
    yield "wide csv", SimpleUploadedFile("figures.csv", "a;b".encode("utf-16"))
    yield "zip", packed({"plan.pdf": "%PDF", "data/figures.csv": "a,b"}, "all.zip")
    yield "empty zip", packed({}, "all.zip")
    yield from ((extension, office_file(extension)) for extension in ("docx", "xlsx", "pptx"))
    kinds = {"odt": "text", "ods": "spreadsheet", "odp": "presentation"}
    yield from ((extension, open_file(extension, kind)) for extension, kind in kinds.items())
    workbook = BytesIO()
    Workbook().save(workbook)
    yield "real xlsx", SimpleUploadedFile("real.XLSX", workbook.getvalue())


@pytest.mark.parametrize("file", [pytest.param(file, id=name) for name, file in taken()])
def test_what_is_what_its_name_says_is_taken(file):
    assert make_document(file=file).pages is None


PROGRAM = b"MZ\x90\x00" + b"\0" * 200
DISGUISED = ["pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "csv", "zip"]


@pytest.mark.parametrize("extension", DISGUISED)
@pytest.mark.parametrize(
    "content", [PROGRAM, b"<html><script>alert(1)</script></html>", b"<svg onload='x'/>", b"#!/bin/sh"]
)
def test_a_program_or_page_is_refused_whatever_it_is_called(extension, content):
    assert f"named .{extension}" in refusal(SimpleUploadedFile(f"report.{extension}", content))


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (office_file("docx", **{"word/vbaProject.bin": "x"}), "macros"),
        (office_file("xlsx", **{"xl/macrosheets/sheet1.xml": "x"}), "macros"),
        (open_file("odt", "text", **{"Basic/Standard/Module1.xml": "x"}), "macros"),
        (open_file("ods", "text"), "named .ods but is none"),
        (packed({"readme.txt": "x"}, "plan.docx"), "named .docx but is none"),
        (packed({"readme.txt": "x"}, "plan.odt"), "named .odt but is none"),
        (packed({"setup.exe": "x"}, "all.zip"), "“setup.exe” in this ZIP"),
        (packed({"a/b/page.HTML": "x"}, "all.zip"), "“a/b/page.HTML” in this ZIP"),
        (packed({"holiday.jpg": PROGRAM}, "all.zip"), "“holiday.jpg” in this ZIP"),
        (packed({"more.zip": "x"}, "all.zip"), "another archive"),
    ],
)  # fmt: skip
def test_what_hides_in_a_container_is_named(file, sentence):
    assert sentence in refusal(file)


def test_a_damaged_container_is_refused():
    content = bytearray(packed({"a.txt": "word " * 1000}, "all.zip").read())
    content[45] ^= 0xFF
    assert "damaged" in refusal(SimpleUploadedFile("all.zip", bytes(content)))


def test_what_would_fill_a_disk_when_unpacked_is_refused(settings):
    settings.DOCUMENT_UNPACKED_BYTES = 1024 * 1024
    assert "Unpacked" in refusal(packed({"zeros.txt": "0" * 2 * 1024 * 1024}, "all.zip"))


def test_a_container_that_lies_about_its_size_is_refused(settings):
    settings.DOCUMENT_UNPACKED_BYTES = 1024 * 1024
    real = 2 * 1024 * 1024
    content = packed({"zeros.txt": "0" * real}, "all.zip").read()
    lying = content.replace(real.to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert "damaged" in refusal(SimpleUploadedFile("all.zip", lying))


def test_an_encrypted_entry_is_refused():
    content = packed({"a.txt": "x"}, "all.zip").read()
    flagged = content.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00")
    assert "password" in refusal(SimpleUploadedFile("all.zip", flagged))


def test_a_protected_pdf_is_refused():
    writer = blank_pdf()
    writer.encrypt("secret", algorithm="RC4-128")
    assert "protected" in refusal(written(writer))


def javascript():
    return DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("x")})


def with_script(writer):
    names = ArrayObject([TextStringObject("greeting"), writer._add_object(javascript())])
    scripts = DictionaryObject({NameObject("/Names"): names})
    writer.root_object[NameObject("/Names")] = DictionaryObject({NameObject("/JavaScript"): scripts})


def with_opening_action(writer):
    writer.root_object[NameObject("/OpenAction")] = javascript()


def with_page_action(writer):
    writer.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): writer._add_object(javascript())})


def with_launching_link(writer):
    action = DictionaryObject({NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("a.exe")})
    link = DictionaryObject({NameObject("/Subtype"): NameObject("/Link"), NameObject("/A"): action})
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(link)])


@pytest.mark.parametrize("armed", [with_script, with_opening_action, with_page_action, with_launching_link])
def test_a_pdf_that_does_something_by_itself_is_refused(armed):
    writer = blank_pdf()
    armed(writer)
    assert "runs a script or starts a program" in refusal(written(writer))


def test_an_ordinary_link_in_a_pdf_is_no_harm():
    writer = blank_pdf()
    writer.add_uri(0, "https://example.org/", (0, 0, 100, 100))
    assert make_document(file=written(writer)).pages == 1


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"%PDF-1.7\nxref\ntrailer << /Root 1 0 R >>\n%%EOF"])
def test_a_broken_pdf_is_refused_without_a_fault(content):
    assert refusal(SimpleUploadedFile("plan.pdf", content))


def test_its_form_says_where_a_document_is_used_and_it_stays(office):
    document, event = make_document(), make_event(title_en="Final event")
    event.documents.add(document)
    assert "Final event" in office.get(change(document)).content.decode()
    address = reverse("admin:projects_document_delete", args=[document.pk])
    assert "Final event" in office.post(address, {"post": "yes"}).content.decode()
    assert Document.objects.filter(pk=document.pk).exists()


def test_the_list_says_how_long_a_document_is_and_how_often_it_is_used(office):
    make_document()
    page = office.get("/admin/projects/document/").content.decode()
    for text in ("3 pages", "bytes", "nowhere yet", "Deliverable"):
        assert text in page


def test_a_document_that_is_too_large_is_refused_with_all_that_was_typed(office, settings):
    settings.DOCUMENT_BYTES = 1000
    project = make_project()
    data = {
        "title_en": "A title of some length",
        "kind": "report",
        "project": project.pk,
        "language": "sl",
        "file": pdf(40),
    }
    answer = office.post("/admin/projects/document/add/", data)
    assert "1000" in mistakes(answer)["file"]
    assert "A title of some length" in answer.content.decode()
