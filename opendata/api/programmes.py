from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Field, Path, Query, Router

from opendata.api.asking import Asked, AskedList, check_known, listed, page_of
from opendata.api.telling import Address, Text, Told, address, text
from projects.models import Programme, Project

router = Router(tags=["Programmes"])


class ProgrammeReference(Told):
    cci: str = Field(description="The Commission's code of the programme.", examples=["2014TC16RFIR001"])
    name: Text | None
    period: str = Field(description="The programming period.", examples=["2014-2020"])
    url: Address

    resolve_name = text("name")
    resolve_url = address("programme", "cci")

    @staticmethod
    def resolve_period(programme):
        return programme.period.code


class ProgrammeInFull(ProgrammeReference):
    strand: str | None = Field(description="A cross-border, B transnational, C interregional, D outermost regions.")
    fund: str = Field(description="The code of the fund.", examples=["ERDF"])
    website: Address | None

    @staticmethod
    def resolve_fund(programme):
        return programme.fund.code


def programmes():
    """Those of published projects: a programme alone may tell of a project that isn't public yet."""
    projects = Project.objects.published().filter(programme=OuterRef("pk"))
    return Programme.objects.filter(Exists(projects)).select_related("period", "fund").lean()


@router.get(
    "/programmes", response=page_of(ProgrammeInFull), url_name="programmes", summary="Programmes of published projects"
)
def list_programmes(request: HttpRequest, response: HttpResponse, asked: Query[AskedList]):
    return listed(request, response, asked, programmes())


@router.get("/programmes/{cci}", response=ProgrammeInFull, url_name="programme", summary="A programme")
def get_programme(
    request: HttpRequest,
    asked: Query[Asked],
    cci: str = Path(description="The programme's CCI code.", pattern="^[0-9]{4}[A-Z0-9]{11}$"),
):
    check_known(request)
    programme = programmes().filter(cci=cci).first()
    if programme is None:
        raise Http404
    return programme
