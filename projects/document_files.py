"""What a document's file may be: of the kind that its name says, by its content, and harmless to whoever opens it."""

import zlib
from lzma import LZMAError
from pathlib import PurePosixPath
from zipfile import BadZipFile, ZipFile

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

FORMATS = ["pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "csv", "zip"]
# Where Word, Excel and PowerPoint keep what the file is about (ISO/IEC 29500).
OFFICE_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
# What OpenDocument says of itself in its first entry (ISO/IEC 26300-3).
OPEN_DOCUMENTS = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
    "odp": b"application/vnd.oasis.opendocument.presentation",
}
MACROS = ("vbaproject.bin", "/macrosheets/", "/basic/", "/scripts/")
PROGRAM_NAMES = "apk app bat bin cmd com cpl dll dmg exe iso jar js jse lnk mjs msi pif ps1 py reg scr sh vbe vbs wsf"
PAGE_NAMES = "hta htm html svg svgz xht xhtml"
MACRO_NAMES = "docm pptm xlsb xlsm"
ARCHIVE_NAMES = "7z gz rar tar tgz zip"
UNSAFE = {f".{name}" for name in f"{PROGRAM_NAMES} {PAGE_NAMES} {MACRO_NAMES} {ARCHIVE_NAMES}".split()}
PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")
ENTRIES = 10_000  # files in a container
ENCRYPTED = 0x1  # a flag of an entry in a ZIP
BROKEN_ZIP = (BadZipFile, zlib.error, LZMAError, EOFError, OSError, KeyError, ValueError, RuntimeError)
BROKEN_PDF = (PyPdfError, OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError)


def check_document(file):
    """Raise ValidationError where a file is larger than the portal takes, not what its name says, or unsafe."""
    if file.size > settings.DOCUMENT_BYTES:
        message = _("The file has more than %(limit)s. Save it smaller, or put it into several files.")
        raise ValidationError(message % {"limit": filesizeformat(settings.DOCUMENT_BYTES)})
    extension = file.name.lower().rpartition(".")[2]
    check = {"pdf": check_pdf, "csv": check_csv}.get(extension, check_container)
    try:
        if extension in FORMATS:
            check(file, extension)
    finally:
        file.seek(0)


def page_count(file) -> int | None:
    """The pages of a PDF; None where they can't be counted."""
    try:
        return len(PdfReader(file).pages)
    except (*BROKEN_PDF, DependencyError):
        return None
    finally:
        file.seek(0)


def check_pdf(file, extension):
    try:
        reader = PdfReader(file)
        is_protected = reader.is_encrypted
        is_active = not is_protected and has_actions(reader)
    except DependencyError:
        is_protected = True  # by a cipher that pypdf leaves to another library
    except BROKEN_PDF as error:
        message = _("This file is named .pdf but is no PDF, or a damaged one. Save it as PDF once more.")
        raise ValidationError(message) from error
    if is_protected:
        raise ValidationError(_("This PDF is protected by a password or against copying. Save it without protection."))
    if is_active:
        raise ValidationError(_("This PDF runs a script or starts a program. Print it into a new PDF and choose that."))


def has_actions(reader) -> bool:
    """Whether a PDF does something by itself when it is opened, turned or clicked on."""
    root = reader.root_object
    if ("/Names" in root and "/JavaScript" in root["/Names"]) or acts(root):
        return True
    return any(acts(part) for page in reader.pages for part in (page, *annotations(page)))


def annotations(page) -> list:
    return [each.get_object() for each in page["/Annots"]] if "/Annots" in page else []


def acts(part) -> bool:
    """Whether a part of a PDF has an action that runs a script or a program (ISO 32000-2, 12.6)."""
    actions = [part[key] for key in ("/A", "/OpenAction") if key in part]
    if "/AA" in part:
        actions += [action.get_object() for action in part["/AA"].values()]
    return any(isinstance(action, dict) and action.get("/S") in ("/JavaScript", "/Launch") for action in actions)


def check_csv(file, extension):
    """A table as text, in whatever alphabet: no program, page or drawing that is only called so."""
    start, parts = file.read(512), file.chunks()
    is_other = start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<", b"%PDF", *PROGRAMS))
    is_wide = start.startswith((b"\xff\xfe", b"\xfe\xff"))  # UTF-16, as some spreadsheets write it
    if is_other or (not is_wide and any(b"\0" in part for part in parts)):
        raise ValidationError(_("This file is named .csv but is no text. Save the table as CSV once more."))


def check_container(file, extension):
    """Word, Excel, PowerPoint, OpenDocument and ZIP are all ZIP archives; what differs is what lies in them."""
    try:
        with ZipFile(file) as archive:
            check_unpacked(archive)
            check_kind(archive, extension)
            check_entries(archive, extension)
            is_whole = archive.testzip() is None
    except BROKEN_ZIP as error:
        raise wrong_kind(extension) from error
    if not is_whole:
        raise wrong_kind(extension)


def wrong_kind(extension) -> ValidationError:
    message = _(
        "This file is named .%(extension)s but is none, or it is damaged or protected by a password. "
        "Save it once more in the program you wrote it in, without a password."
    )
    return ValidationError(message % {"extension": extension})


def check_unpacked(archive):
    """Refuse what would fill a disk when it is unpacked. An entry that lies about its size fails testzip() later."""
    entries = archive.infolist()
    if len(entries) > ENTRIES or sum(entry.file_size for entry in entries) > settings.DOCUMENT_UNPACKED_BYTES:
        message = _("Unpacked, this file would have more than %(limit)s. Put it into several files.")
        raise ValidationError(message % {"limit": filesizeformat(settings.DOCUMENT_UNPACKED_BYTES)})
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise ValidationError(_("This file is protected by a password. Save it without one."))


def check_kind(archive, extension):
    names = archive.namelist()
    is_office = extension in OFFICE_PARTS and {"[Content_Types].xml", OFFICE_PARTS[extension]} <= set(names)
    is_open = extension in OPEN_DOCUMENTS and archive.read("mimetype").strip() == OPEN_DOCUMENTS[extension]
    if not (is_office or is_open or extension == "zip"):
        raise wrong_kind(extension)
    if extension != "zip" and any(part in f"/{name.lower()}" for name in names for part in MACROS):
        raise ValidationError(_("This file holds macros. Save it without them, or as PDF."))


def check_entries(archive, extension):
    """Refuse programs, and what a browser would run, by name and by their first bytes."""
    for name in archive.namelist() if extension == "zip" else []:
        with archive.open(name) as entry:
            is_program = entry.read(4).startswith(PROGRAMS)
        if is_program or PurePosixPath(name.lower()).suffix in UNSAFE:
            message = _("“%(name)s” in this ZIP is a program, a web page or another archive. Take it out.")
            raise ValidationError(message % {"name": name})
