"""The API put together: a router a kind of record."""

from django.http import Http404
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.renderers import JSONRenderer

from opendata.api import documents, indicators, news, partners, practices, programmes, projects

TITLE = "Open data of the projects"
# What holds for all addresses, a title and a text each: for the OpenAPI document and for the page made from it.
CHAPTERS = {
    "What it is": (
        "What the public pages of this portal show, for programs: projects, programmes, organisations and their "
        "parts in projects, indicators with what was promised and reached, good practices, news, events and "
        "documents. It is read only, free of charge and needs no key."
    ),
    "Languages": (
        "The parameter “language” chooses one of the portal’s languages; without it the header Accept-Language "
        "does. Each text says in which language it is really written: what is not translated comes in the next "
        "language that has it. Names of organisations, places and files have no translation."
    ),
    "Values": (
        "What is unknown is null, which is never zero. Amounts are in EUR, as texts with two decimals; shares and "
        "figures of indicators are texts too, so that none of them loses a decimal. Days are written as "
        "2024-05-14, moments as RFC 3339 has them. An address in a rich text that begins with a slash is the "
        "portal’s own."
    ),
    "Lists": (
        "A list has the filters of the public page, under the same names: the query of a page’s address selects "
        "the same here. It comes in pages: follow “next”, which is in the header Link too, until it is null. The "
        "cursor in it belongs to this one selection. A page costs the same however deep it lies, and records that "
        "are added meanwhile neither repeat nor hide others."
    ),
    "Keeping a copy": (
        "Every answer has an ETag: send it as If-None-Match, and what has not changed is answered by 304 without "
        "a body. Answers may be kept for five minutes."
    ),
    "Limits": (
        "So many requests a minute of one address are answered; the headers RateLimit-Limit, RateLimit-Remaining "
        "and RateLimit-Reset say how many, and for how long. Beyond it the answer is 429 with Retry-After."
    ),
    "Problems": (
        "They come as RFC 9457 has them (application/problem+json), in the language asked for. A parameter that "
        "isn’t known is refused, not left out in silence."
    ),
    "Persons": (
        "Contacts are not part of the data: they agreed to being shown on the portal, not to being passed on "
        "under a licence."
    ),
}
DESCRIPTION = "\n\n".join(f"## {title}\n{text}" for title, text in CHAPTERS.items())


def to_the_gate(request, error):
    """Problems are told in one place, by `gate.py`."""
    raise error


class Legible(JSONRenderer):
    """Letters as they are: Bulgarian would take three times the bytes otherwise."""

    json_dumps_params = {"ensure_ascii": False}


api = NinjaAPI(
    title=TITLE,
    version="1",
    description=DESCRIPTION,
    urls_namespace="api",
    renderer=Legible(),
    openapi_url=None,  # description.py completes it
    docs_url=None,  # ninja's page loads scripts from another site
)
for module in (projects, partners, programmes, indicators, practices, news, documents):
    api.add_router("", module.router)
for kind in (Exception, Http404, HttpError, ValidationError):
    api.add_exception_handler(kind, to_the_gate)
