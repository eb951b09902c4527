"""The kinds of file that a report can be."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import override

from reports.document import Document, Imprint
from reports.spreadsheets import XLSX
from reports.writing.csv import write_csv_archive
from reports.writing.docx import write_docx
from reports.writing.json import write_json
from reports.writing.pdf import write_pdf
from reports.writing.xlsx import write_xlsx

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class DocumentFormat:
    """A kind of file, and how a document is written into one."""

    extension: str
    name: str
    content_type: str
    writer: Callable[[Document, Imprint], bytes]

    def write(self, document: Document, imprint: Imprint) -> bytes:
        """The file, in the document's language: the same bytes each time. Raises PdfFailed."""
        with override(document.language):
            return self.writer(document, imprint)


# By their names, which are also the files' endings, but for CSV: it is always an archive.
DOCUMENT_FORMATS = {
    "pdf": DocumentFormat("pdf", "PDF", "application/pdf", write_pdf),
    "docx": DocumentFormat("docx", "Word", WORD, write_docx),
    "xlsx": DocumentFormat("xlsx", "Excel", XLSX.content_type, write_xlsx),
    "csv": DocumentFormat("zip", "CSV", "application/zip", write_csv_archive),
    "json": DocumentFormat("json", "JSON", "application/json", write_json),
}
