"""
What holds for every address of the API: who may read (everyone, from any site, so often a minute), in which language,
and that nothing but JSON comes back. No session is looked at and no cookie set.
"""

from functools import wraps
from hashlib import sha256

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.signals import got_request_exception
from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.log import log_response
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header
from ninja.errors import ValidationError

from editorial.translations import active_languages
from opendata.api.asking import Moved
from opendata.api.problems import Refused, not_found, of_validation, problem
from opendata.api.rate import spend

METHODS = "GET, HEAD, OPTIONS"
FRESH = 300  # seconds for which an answer may be kept without asking again
OPEN_TO_ALL = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Language, ETag, Link, RateLimit-Limit, RateLimit-Remaining, "
    "RateLimit-Reset, Retry-After",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "86400",
    "Allow": METHODS,
}


def gated(view):
    """Put the gate before a view, which raises Refused, Http404 or ninja's ValidationError where it can't answer."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        with translation.override(asked_language(request)):
            found = admitted(view, request, args, kwargs)
            found.headers.setdefault("Content-Language", translation.get_language())
        patch_vary_headers(found, ["Accept-Language"])
        return with_headers(found, OPEN_TO_ALL)

    answer.csrf_exempt = True  # nothing can be written
    return answer


def with_headers(answer, headers: dict[str, str]):
    for name, value in headers.items():
        answer.headers[name] = value
    return answer


def asked_language(request) -> str:
    """The parameter `language`, else the first language in use that the sender's Accept-Language names."""
    wanted = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    codes = [asked(request), *(code.split("-")[0] for code, _weight in wanted)]
    return next((code for code in codes if code in active_languages()), settings.LANGUAGE_CODE)


def asked(request) -> str:
    try:
        return request.GET.get("language", "")
    except SuspiciousOperation:  # more parameters than Django reads; the view's answer says so
        return ""


def admitted(view, request, args, kwargs):
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers=PREFLIGHT)
    if request.method not in ("GET", "HEAD"):
        answer = problem(request, Refused("method-not-allowed", _("Use GET, HEAD or OPTIONS.")))
        answer.headers["Allow"] = METHODS
        return answer
    allowance = spend(request)
    if allowance is None:
        return answered(view, request, args, kwargs)
    answer = too_many(request, allowance) if allowance.is_exceeded else answered(view, request, args, kwargs)
    return with_headers(answer, allowance.headers)


def too_many(request, allowance):
    words = {"number": allowance.limit, "seconds": allowance.seconds}
    detail = _("%(number)s requests a minute are answered. Ask again in %(seconds)s seconds.") % words
    answer = problem(request, Refused("too-many-requests", detail))
    answer.headers["Retry-After"] = str(allowance.seconds)
    return answer


def answered(view, request, args, kwargs):
    method, request.method = request.method, "GET"  # of HEAD, whose body the server leaves out
    try:
        request.GET  # noqa: B018 - read here, where too many parameters can still be told
        return as_known(request, view(request, *args, **kwargs))
    except Moved as moved:
        return HttpResponse(status=308, headers={"Location": elsewhere(request, moved.slug)})
    except Refused as refused:
        return problem(request, refused)
    except ValidationError as error:
        return problem(request, of_validation(error.errors))
    except Http404:
        return problem(request, not_found())
    except SuspiciousOperation:
        return problem(request, Refused("invalid-request", _("It has more parameters than anything here knows.")))
    except Exception as error:
        return failed(request, error)
    finally:
        request.method = method


def elsewhere(request, slug) -> str:
    """The address asked for with another slug at its end."""
    address = request.path.rpartition("/")[0] + f"/{slug}"
    query = request.META.get("QUERY_STRING", "")
    return request.build_absolute_uri(f"{address}?{query}" if query else address)


def failed(request, error):
    """Told to the log and to whoever listens for mistakes, as Django does, though in JSON to the sender."""
    got_request_exception.send(sender=None, request=request)
    answer = problem(request, Refused("failed", _("It has been noted. Try again later.")))
    log_response("%s: %s", type(error).__name__, request.path, response=answer, request=request, exception=error)
    return answer


def as_known(request, answer):
    """304 where the sender has this very answer already."""
    if answer.status_code != 200:
        return answer
    answer.headers.setdefault("Cache-Control", f"public, max-age={FRESH}")
    answer.headers["ETag"] = f'W/"{sha256(answer.content).hexdigest()[:32]}"'
    known = [etag.removeprefix("W/") for etag in parse_etags(request.headers.get("If-None-Match", ""))]
    if "*" not in known and answer["ETag"].removeprefix("W/") not in known:
        return answer
    kept = ("Cache-Control", "ETag", "Link")
    return HttpResponseNotModified(headers={name: answer[name] for name in kept if name in answer.headers})
