"""What went wrong, as RFC 9457 has it: JSON that says in the asked language what is wrong and what to do."""

import json
import re
from dataclasses import dataclass, field

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MEDIA_TYPE = "application/problem+json"
DESCRIPTION = "/data/api/"  # the page that explains the problems; their types are its anchors
# Status and title of each kind of problem.
KINDS = {
    "invalid-parameter": (400, gettext_lazy("A parameter can’t be understood")),
    "invalid-cursor": (400, gettext_lazy("The cursor doesn’t belong to this list")),
    "invalid-request": (400, gettext_lazy("The request can’t be understood")),
    "not-found": (404, gettext_lazy("Nothing is published at this address")),
    "method-not-allowed": (405, gettext_lazy("The data can only be read")),
    "gone": (410, gettext_lazy("This is no longer published")),
    "too-many-requests": (429, gettext_lazy("Too many requests")),
    "failed": (500, gettext_lazy("The portal made a mistake")),
    "unavailable": (503, gettext_lazy("The portal is being worked on")),
}


@dataclass
class Refused(Exception):
    """Raised by whatever can't answer; the gate tells it. `errors` names each parameter with what is wrong with it."""

    kind: str
    detail: str
    errors: list[tuple[str, str]] = field(default_factory=list)


def problem(request, refused: Refused) -> HttpResponse:
    status, title = KINDS[refused.kind]
    told = {
        "type": request.build_absolute_uri(f"{DESCRIPTION}#{refused.kind}"),
        "title": str(title),
        "status": status,
        "detail": refused.detail,
    }
    if refused.errors:
        told["errors"] = [{"parameter": name, "detail": detail} for name, detail in refused.errors]
    content = json.dumps(told, ensure_ascii=False)
    return HttpResponse(content, status=status, content_type=MEDIA_TYPE, headers={"Cache-Control": "no-store"})


def not_found() -> Refused:
    return Refused("not-found", _("The address may be mistyped, or what was there is not public yet."))


def wrong_parameters(errors: list[tuple[str, str]]) -> Refused:
    return Refused("invalid-parameter", _("Correct what “errors” names, or leave it out."), errors)


def of_validation(errors: list[dict]) -> Refused:
    """What pydantic found wrong. An address that can't be right leads nowhere."""
    if any(error["loc"][0] == "path" for error in errors):
        return not_found()
    return wrong_parameters([(str(error["loc"][-1]), sentence(error)) for error in errors])


def sentence(error: dict) -> str:
    """One mistake that pydantic found, in the reader's words."""
    limits, kind = error.get("ctx", {}), error["type"]
    if kind == "literal_error":
        return _("It can be one of these: %(values)s.") % {
            "values": ", ".join(re.findall(r"'([^']*)'", limits["expected"]))
        }
    if kind in ("greater_than_equal", "less_than_equal") or kind.startswith("int_"):
        return _("It is a whole number within the bounds that the description of the API names.")
    if kind == "string_too_long":
        return _("It has %(number)s characters at most.") % {"number": limits["max_length"]}
    return _("It doesn’t have the form that the description of the API shows.")
