import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _

from imports.reading import pages, records, separated, spreadsheets
from imports.reading.encodings import text_of
from imports.reading.tables import MOST_BYTES, ListOfSheets, Refused

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MARKUP = re.compile(r"\s*(<!--.*?-->\s*)*<(!doctype html|html|head|body|meta|table|style|div)\b", re.I | re.S)
LOOKED_AT = 4096


def open_list(content: bytes, encoding="", separator="") -> ListOfSheets:
    """
    The tables of a file; a text is read by the encoding and the separator if they are given, else they are found out.
    Raises Refused, with a sentence, for whatever is no list.
    """
    if not content.strip():
        raise Refused(_("The file is empty."))
    if len(content) > MOST_BYTES:
        message = _("The file has more than %(most)d MB. Divide it, as by programme or by year.")
        raise Refused(message % {"most": MOST_BYTES // 1_000_000})
    if content.startswith(b"%PDF"):
        raise Refused(_("This is a PDF. Ask its publisher for the list as a spreadsheet or as CSV."))
    if content.startswith(b"PK"):
        return in_archive(content)
    if content.startswith(OLE):
        return spreadsheets.read_xls(content)
    return in_text(content, encoding, separator)


def in_archive(content: bytes) -> ListOfSheets:
    """What is inside decides: Excel and OpenDocument are archives."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
            spreadsheets.check_archive(archive)
    except (BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as problem:
        raise Refused(_("The file is damaged and can't be opened. Save or download it once more.")) from problem
    if "xl/workbook.xml" in names:
        return spreadsheets.read_xlsx(content)
    if "content.xml" in names:
        return spreadsheets.read_ods(content)
    raise Refused(_("This is an archive or a document, not a spreadsheet. Send the list in it as XLSX, ODS or CSV."))


def in_text(content: bytes, encoding: str, separator: str) -> ListOfSheets:
    text, encoding = text_of(content, encoding)
    beginning = text[:LOOKED_AT]
    if MARKUP.match(beginning):
        return pages.read_html(text)
    if beginning.lstrip().startswith("<"):
        raise Refused(_("This is XML, which isn't read. Save the list as XLSX, ODS or CSV."))
    if beginning.lstrip().startswith(("{", "[")):
        return records.read_json(text)
    return separated.read_csv(text, encoding, separator)
