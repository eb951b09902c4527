"""The API's description as a page, made from the OpenAPI document: it needs no script."""

from dataclasses import dataclass

from django.urls import reverse
from django.views.generic import TemplateView

from opendata.api.description import description
from opendata.api.problems import KINDS
from opendata.api.resources import CHAPTERS
from opendata.licence import licence

WORDS_FOR = {
    "date": "day",
    "date-time": "moment",
    "string": "text",
    "integer": "whole number",
    "boolean": "true or false",
}


@dataclass(frozen=True)
class Part:
    """A parameter or field: the kind of value in a word or two, what it means, and its values or bounds if any."""

    name: str
    kind: str
    text: str
    limits: str


@dataclass(frozen=True)
class Call:
    """An address that can be asked for, by `example` if it needs nothing filled in."""

    path: str
    summary: str
    text: str
    parameters: list[Part]
    told: str

    @property
    def example(self) -> str:
        return "" if "{" in self.path else self.path


@dataclass(frozen=True)
class Shape:
    """What an answer is made of."""

    name: str
    text: str
    fields: list[Part]


def calls() -> dict[str, list[Call]]:
    """By what they are about."""
    found = {}
    for path, operations in description()["paths"].items():
        found.setdefault(operations["get"]["tags"][0], []).append(call(path, operations["get"]))
    return found


def call(path: str, operation: dict) -> Call:
    parameters = [part(each["name"], each["schema"]) for each in operation["parameters"]]
    told = operation["responses"]["200"]["content"]["application/json"]["schema"]
    return Call(path, operation["summary"], operation.get("description", ""), parameters, kind_of(told))


def shapes() -> list[Shape]:
    schemas = sorted(description()["components"]["schemas"].items())
    return [
        Shape(name, text_of(schema), [part(*each) for each in schema["properties"].items()]) for name, schema in schemas
    ]


def part(name: str, schema: dict) -> Part:
    return Part(name, kind_of(schema), text_of(schema), limits_of(schema))


def kinds_in(schema: dict) -> list[dict]:
    """A value that may be null has its kinds side by side."""
    return schema.get("anyOf") or schema.get("allOf") or [schema]


def text_of(schema: dict) -> str:
    return next((each["description"] for each in [schema, *kinds_in(schema)] if "description" in each), "")


def kind_of(schema: dict) -> str:
    """`text`, `list of Topic`, `moment or null`"""
    return " or ".join(dict.fromkeys(one_kind(each) for each in kinds_in(schema)))


def one_kind(schema: dict) -> str:
    if "$ref" in schema:
        return schema["$ref"].rpartition("/")[2]
    if schema.get("type") == "array":
        return f"list of {kind_of(schema['items'])}"
    kind = schema.get("format", schema.get("type", "string"))
    return WORDS_FOR.get(kind, WORDS_FOR.get(schema.get("type"), kind))


def limits_of(schema: dict) -> str:
    """Its values, bounds, length and default."""
    schema = {name: value for each in reversed([schema, *kinds_in(schema)]) for name, value in each.items()}
    values = schema.get("enum", [schema["const"]] if "const" in schema else [])
    bounds = [f"{word} {schema[name]}" for name, word in (("minimum", "from"), ("maximum", "to")) if name in schema]
    length = f"at most {schema['maxLength']} characters" if "maxLength" in schema else ""
    default = f"{schema['default']} unless given" if "default" in schema and not values else ""
    return "; ".join(filter(None, [", ".join(values), " ".join(bounds), length, default]))


class DescriptionPage(TemplateView):
    template_name = "opendata/api.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            chapters=CHAPTERS.items(),
            calls=calls().items(),
            shapes=shapes(),
            problems=[(name, status, title) for name, (status, title) in KINDS.items()],
            licence=licence(),
            file=self.request.build_absolute_uri(reverse("api_description")),
            **kwargs,
        )
