"""How things are told: texts with their real language, amounts without loss, what is unknown as null."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from django.urls import reverse
from ninja import Field, Schema
from pydantic import AfterValidator, field_validator

from editorial.showing import Found
from editorial.showing import Text as Source
from editorial.translations import columns, language_of

SHARE = Decimal("0.0001")


def plain(value: Decimal) -> Decimal:
    """Without zeros at its end and without an exponent: 10.0000 → 10, 0.5000 → 0.5"""
    return Decimal(f"{value.normalize():f}")


Amount = Annotated[
    Decimal,
    Field(description="An amount in EUR, with two decimals.", examples=["1637941.00"]),
]
Figure = Annotated[
    Decimal,
    AfterValidator(plain),
    Field(description="A figure in the indicator's unit.", examples=["12.5"]),
]
Share = Annotated[
    Decimal,
    AfterValidator(lambda share: share.quantize(SHARE)),
    Field(description="A share of one, with four decimals.", examples=["0.8500"]),
]
Currency = Annotated[Literal["EUR"], Field(description="The currency of all amounts (ISO 4217).")]
Address = Annotated[str, Field(description="An address in the web.", examples=["https://example.org/"])]


class Told(Schema):
    """What is told of something. What is empty is null: unknown, which is not zero."""

    @field_validator("*", mode="before")
    @classmethod
    def empty_is_null(cls, value: Any) -> Any:
        return None if isinstance(value, str) and value == "" else value


class Text(Told):
    """A text and the language it is written in, which may be another one than was asked for."""

    text: str
    language: str = Field(description="Its ISO 639-1 code.", examples=["sl"])


class RichText(Told):
    """A text with markup, of a few HTML elements. Addresses in it that begin with a slash are the portal's own."""

    html: str = Field(examples=["<p>What it changed.</p>"])
    language: str = Field(description="The ISO 639-1 code of its language.", examples=["sl"])


def read(records, *fields: str, rich: tuple[str, ...] = ()) -> list:
    """
    The records with these texts as visitors read them: facts in words, links that lead to records, figures with their
    pictures. Whatever the texts refer to is looked up at once.
    """
    records = list(records)
    named = {
        (number, field): Source(getattr(record, field) or "", record, language_of(record, field), field in rich)
        for number, record in enumerate(records)
        for field in (*fields, *rich)
    }
    known = Found(None, list(named.values()))
    for (number, field), source in named.items():
        told = known.shown(source) if source.is_rich else known.told(source)
        records[number].__dict__.setdefault("read_texts", {})[field] = told
    return records


def in_language(record, field: str, name: str) -> dict | None:
    source = getattr(record, "read_texts", {}).get(field, getattr(record, field))
    return {name: str(source), "language": language_of(record, field)} if source else None


def text(field: str) -> staticmethod:
    """Resolves a Text: `resolve_title = text("title")`"""
    return staticmethod(lambda record: in_language(record, field, "text"))


def rich_text(field: str) -> staticmethod:
    """Resolves a RichText, after `read`."""
    return staticmethod(lambda record: in_language(record, field, "html"))


def without(records: QuerySet, *fields: str) -> QuerySet:
    """Leave texts that a list doesn't show in the database, in every language in use."""
    return records.defer(*fields, *(column for field in fields for column in columns(field)))


def address(name: str, key: str = "slug") -> staticmethod:
    """Resolves the address that the API has for a record."""

    def resolve(record, context):
        return context["request"].build_absolute_uri(reverse(f"api:{name}", args=[getattr(record, key)]))

    return staticmethod(resolve)


def page() -> staticmethod:
    """Resolves the address of the page, or file, that visitors have of a record, in the language asked for."""
    return staticmethod(lambda record, context: context["request"].build_absolute_uri(record.get_absolute_url()))


class Ours(Told):
    """A record of the portal: “url” is its address here, “page” the one for people."""

    slug: str = Field(description="What its addresses end with, in every language.", examples=["inno-industry"])
    url: Address
    page: Address
    published_at: datetime
    updated_at: datetime = Field(description="When the record itself was changed last; what it refers to may be newer.")

    resolve_page = page()


class Topic(Told):
    """A theme of the programmes' vocabulary."""

    code: str = Field(examples=["innovation"])
    name: Text | None

    @staticmethod
    def resolve_code(topic):
        return topic.slug

    resolve_name = text("name")


class ProjectReference(Told):
    slug: str = Field(examples=["inno-industry"])
    acronym: str = Field(examples=["INNO INDUSTRY"])
    url: Address

    resolve_url = address("project")


class PartnerReference(Told):
    """An organisation. One without a page of its own has neither slug nor address."""

    name: str = Field(description="In the organisation's own language.", examples=["RRA Posavje"])
    country: str = Field(description="An ISO 3166 code of two letters.", examples=["SI"])
    slug: str | None = Field(examples=["rra-posavje"])
    url: Address | None

    @staticmethod
    def resolve_slug(partner):
        return partner.slug if partner.is_public else None

    @staticmethod
    def resolve_url(partner, context):
        return address("partner").__func__(partner, context) if partner.is_public else None
