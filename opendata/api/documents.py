from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Field, Path, Query, Router

from editorial.filters import Facet, RecordFilter
from opendata.api.asking import PROJECT, Asked, AskedList, check_known, choice, listed, page_of
from opendata.api.telling import Address, ProjectReference, Text, Told, address, page, read, text
from projects.models import Document

router = Router(tags=["Documents"])
LARGEST_KEY = 2**63 - 1  # what the databases hold


class DocumentFilter(RecordFilter):
    project = Facet("project__slug", label=_("Project"))
    kind = Facet("kind", label=_("Kind"))

    class Meta:
        model = Document
        fields = ["project", "kind"]


class AskedDocuments(AskedList):
    project: str = PROJECT
    kind: choice(Document.Kind.values) = Field(None, description="The kind of document.")


class DocumentInFull(Told):
    """A file of a project. The file itself is found at `file`."""

    id: int
    title: Text | None
    kind: choice(Document.Kind.values)
    project: ProjectReference
    language: str = Field(description="In which the file is written, by ISO 639-1.", examples=["en"])
    issued_on: date | None
    format: str = Field(description="The end of the file's name.", examples=["pdf"])
    size: int = Field(description="In bytes.")
    pages: int | None
    file: Address
    url: Address

    resolve_title = text("title")
    resolve_file = page()
    resolve_url = address("document", "pk")

    @staticmethod
    def resolve_format(document):
        return document.extension.lower()


def documents():
    return Document.objects.in_public().select_related("project").lean()


@router.get("/documents", response=page_of(DocumentInFull), url_name="documents", summary="Files of published projects")
def list_documents(request: HttpRequest, response: HttpResponse, asked: Query[AskedDocuments]):
    return listed(request, response, asked, documents(), DocumentFilter, lambda page: read(page, "title"))


@router.get("/documents/{int:id}", response=DocumentInFull, url_name="document", summary="A document")
def get_document(
    request: HttpRequest,
    asked: Query[Asked],
    id: int = Path(description="The document's number.", ge=1, le=LARGEST_KEY),
):
    check_known(request)
    document = documents().filter(pk=id).first()
    if document is None:
        raise Http404
    return read([document], "title")[0]
