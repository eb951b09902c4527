"""
What can be asked of the API, and the answer to it: a page of a list, or one record.

The parameters of a list are those of the public page's filters, so that the query of a page's address works here too.
"""

from collections.abc import Callable, Iterable
from typing import Annotated, Literal
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import Field, Path, Schema
from pydantic import create_model

from editorial.models import FormerSlug
from editorial.sorting import Sorting
from opendata.api.keyset import Keyset, read_cursor, write_cursor
from opendata.api.problems import Refused, wrong_parameters

MOST_ON_PAGE = 100
ADDRESS = r"^[a-z0-9]+(-[a-z0-9]+)*$"

Slug = Annotated[str, Path(description="The last part of the record's address.", pattern=ADDRESS, max_length=80)]


def choice(values: Iterable[str]):
    """The type of a parameter or field that has one of these values."""
    return Literal[tuple(values)]


def orders_of(filters) -> list[str]:
    """The names of the orders that a list's page offers."""
    sorting = filters.base_filters["sort"]
    return [order.name for order in sorting.orders] if isinstance(sorting, Sorting) else []


def slug_of(what: str, example: str):
    return Field(None, description=what, pattern=ADDRESS, max_length=80, examples=[example])


# Filters that several lists have.
TOPIC = slug_of("The code of a topic, as “topics” of the records have it.", "innovation")
PROJECT = slug_of("The slug of a project.", "inno-industry")
COUNTRY = Field(None, description="An ISO 3166 code of two letters (GR and GB).", pattern="^[A-Z]{2}$", examples=["SI"])
WORDS = Field(
    None,
    description="Words, each of which stands somewhere in the texts, in any language of the portal.",
    min_length=1,
    max_length=100,
    pattern=r"^[^\x00]*$",
    examples=["industry"],
)
IN_ORDER = (
    "The order, by the name that the public list gives it. Without it, records come in the order in which they were "
    "first entered, so that a new one never stands before what has been read already."
)


class Asked(Schema):
    """What can be asked of every address."""

    language: choice(code for code, name in settings.LANGUAGES) = Field(
        None,
        description="The language of texts and problems. It wins over the header Accept-Language; without both, it is "
        "the portal's first. A text that isn't written in it comes in the next language that has it, and says so.",
        examples=["sl"],
    )


class AskedList(Asked):
    """What can be asked of every list."""

    limit: int = Field(20, description="How many records a page has at most.", ge=1, le=MOST_ON_PAGE)
    cursor: str = Field(
        None,
        description="Where the page begins. It is found in “next” of the page before, and nowhere else.",
        min_length=1,
        max_length=2000,
    )

    def filters(self) -> dict:
        """What of it selects and sorts."""
        return self.model_dump(exclude_none=True, exclude={"limit", "cursor", "language"})


class Page(Schema):
    """A page of a list."""

    next: str | None = Field(description="The address of the next page; null on the last one.")


def page_of(told: type[Schema]) -> type[Page]:
    """The schema of a page of what is told."""
    return create_model(f"PageOf{told.__name__}", __base__=Page, __doc__=Page.__doc__, items=(list[told], ...))


def check_known(request, asked: type[Asked] = Asked):
    """Raise Refused on a parameter that isn't known or comes twice, rather than leave it out in silence."""
    known = asked.model_fields
    unknown = _("There is no such parameter here. There are: %(names)s.") % {"names": ", ".join(known)}
    errors = [(name, unknown) for name in request.GET if name not in known]
    errors += [(name, _("It is given twice.")) for name, values in request.GET.lists() if len(values) > 1]
    if errors:
        raise wrong_parameters(errors)


def listed(
    request,
    answer: HttpResponse,
    asked: AskedList,
    records: QuerySet,
    filters: type | None = None,
    tell: Callable[[list], Iterable] = list,
) -> dict:
    """A page of what the filters leave of the records; `tell` gets its records and gives what is told of them."""
    check_known(request, type(asked))
    chosen = asked.filters()
    records, order = selected(records, filters, chosen) if filters else (records, [])
    of = f"{request.path}?{urlencode(sorted(chosen.items()))}#{get_language()}"
    detail = _("Take the cursor from “next” of the page before, and change no other parameter.")
    behind = read_cursor(asked.cursor, of, detail) if asked.cursor is not None else None
    found, end = Keyset(order).page(records, behind, asked.limit)
    following = end and next_page(request, chosen | {"limit": asked.limit, "cursor": write_cursor(end, of)})
    if following:
        answer.headers["Link"] = f'<{following}>; rel="next"'
    return {"items": tell(found), "next": following}


def selected(records, filters, chosen) -> tuple[QuerySet, list]:
    """What the page's filters leave, and what it is sorted by where the sender asks for an order."""
    chosen = filters(chosen, records)
    if not chosen.form.is_valid():
        errors = chosen.form.errors.items()
        raise wrong_parameters([(name, " ".join(told)) for name, told in errors])
    return chosen.qs, chosen.order.by() if "sort" in chosen.sent else []


def next_page(request, parameters) -> str:
    """The language is named, whatever the headers of who follows the link."""
    query = urlencode(parameters | {"language": get_language()})
    return request.build_absolute_uri(f"{request.path}?{query}")


class Moved(Exception):
    """Raised where a record is found at another slug now."""

    def __init__(self, slug: str):
        self.slug = slug


def found(request, records: QuerySet, slug: str):
    """The published record; raises Moved where it has another address now, Refused where it was withdrawn, Http404."""
    check_known(request)
    model, record = records.model, records.filter(slug=slug).first()
    if record is not None:
        return record
    current = FormerSlug.objects.current(model, slug)
    if current and records.filter(slug=current).exists():
        raise Moved(current)
    if model.objects.withdrawn().filter(slug__in=[slug, current]).exists():
        raise Refused("gone", _("It was published once, and has been withdrawn."))
    raise Http404
