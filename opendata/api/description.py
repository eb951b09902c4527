"""The API's description as OpenAPI has it: ninja's, completed by what the gate does."""

from functools import cache

from django.http import JsonResponse

from opendata.api.asking import check_known
from opendata.api.problems import MEDIA_TYPE
from opendata.api.resources import api
from opendata.licence import licence

PROBLEM = {
    "type": "object",
    "description": "What went wrong, as RFC 9457 has it.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri", "description": "Which kind of problem; the address explains it."},
        "title": {"type": "string", "description": "The kind of problem in words."},
        "status": {"type": "integer", "examples": [400]},
        "detail": {"type": "string", "description": "What to do about it."},
        "errors": {
            "type": "array",
            "description": "What is wrong with each parameter.",
            "items": {
                "type": "object",
                "required": ["parameter", "detail"],
                "properties": {"parameter": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}
PROBLEMS = {
    "400": "A parameter isn't known or can't be understood, or the cursor belongs to another list.",
    "404": "Nothing is published at this address.",
    "410": "It was published once, and has been withdrawn.",
    "429": "Too many requests in a minute; the header Retry-After says in how many seconds to ask again.",
    "500": "The portal made a mistake, which has been noted.",
    "503": "The portal is being worked on; the header Retry-After says when to ask again.",
}
EXAMPLE = {
    "type": "https://projects.example.eu/data/api/#invalid-parameter",
    "title": "A parameter can’t be understood",
    "status": 400,
    "detail": "Correct what “errors” names, or leave it out.",
    "errors": [{"parameter": "limit", "detail": "It is a whole number within the bounds that the description names."}],
}
HEADERS = {
    "ETag": "What to send as If-None-Match the next time.",
    "Content-Language": "The language that was asked for.",
    "RateLimit-Limit": "How many requests a minute are answered.",
    "RateLimit-Remaining": "How many of them are left.",
    "RateLimit-Reset": "In how many seconds it begins anew.",
}


@cache
def description() -> dict:
    """The OpenAPI 3.1 document: ninja's, with the answers that the gate gives to all addresses."""
    told = dict(api.get_openapi_schema())
    told["info"] = told["info"] | {"license": {"name": licence()["name"], "url": licence()["address"]}}
    told["servers"] = [{"url": "/", "description": "This portal."}]
    # Ninja adds the models of parameters, which are told where they are asked for.
    schemas = told["components"]["schemas"]
    shapes = {name: schema for name, schema in schemas.items() if not name.startswith("Asked")}
    told["components"] = {"schemas": shapes | {"Problem": PROBLEM}}
    for operations in told["paths"].values():
        complete(operations["get"])
    return told


def complete(operation: dict):
    """What else an address answers. Only a record can have moved, or have been withdrawn."""
    is_list = any(parameter["name"] == "cursor" for parameter in operation["parameters"])
    answers = {str(status): answer for status, answer in operation["responses"].items()}
    headers = HEADERS | ({"Link": "The address of the next page, as “next”."} if is_list else {})
    answers["200"]["headers"] = {name: header(text) for name, text in headers.items()}
    answers["304"] = {"description": "It is what the sender has already, by the ETag in If-None-Match."}
    if not is_list:
        moved = "The record has another address now; the header Location names it."
        answers["308"] = {"description": moved, "headers": {"Location": header("Its address now.")}}
    left_out = ("404", "410") if is_list else ()
    answers |= {status: problem(text) for status, text in PROBLEMS.items() if status not in left_out}
    answers["400"]["content"][MEDIA_TYPE]["example"] = EXAMPLE
    operation["responses"] = answers


def header(text: str) -> dict:
    return {"description": text, "schema": {"type": "string"}}


def problem(text: str) -> dict:
    return {"description": text, "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}


def description_file(request):
    check_known(request)
    return JsonResponse(description(), json_dumps_params={"ensure_ascii": False})
