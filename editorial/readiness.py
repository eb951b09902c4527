"""What a record still lacks before visitors should see it."""

from dataclasses import dataclass
from functools import reduce
from itertools import islice
from operator import or_

from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.db.models import Exists, Model, Prefetch, Q, prefetch_related_objects
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from editorial.fields import RichTextField
from editorial.querysets import translated
from editorial.rich_text import FIGURE
from editorial.rights import in_reach_of
from editorial.translations import active_languages, column, translated_fields


@dataclass(frozen=True)
class Gap:
    """
    Something missing, in a sentence. `field` is where it is filled in: a field of the record's own form, or the
    relation of a group of rows; `address` is another record's form instead. What is only advised blocks nothing.
    """

    text: str
    field: str = ""
    language: str = ""
    address: str = ""
    is_required: bool = True

    def place_in(self, model) -> str:
        """The id of the field, or of the group of rows, in the form of the model."""
        is_group = self.field in {field.name for field in model._meta.related_objects}
        return f"{self.field}-group" if is_group else f"id_{self.field}"

    def link(self, record) -> str:
        """Where it is filled in, seen from any page."""
        return self.address or f"{form_of(record)}#{self.place_in(type(record))}"


def form_of(record) -> str:
    """The address of a record's form in the back office."""
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])


def language_name(language: str) -> str:
    return dict(settings.LANGUAGES)[language]


def required_languages() -> list[str]:
    """The languages that a text must have before visitors see it: by default the portal's first alone."""
    return [language for language in active_languages() if language in settings.REQUIRED_LANGUAGES]


def is_empty(text: str | None) -> bool:
    """Whether a text says nothing; an editor that was opened and left writes an empty paragraph."""
    return not text or not ("<figure" in text or strip_tags(text).strip())


def missing_texts(record, *names: str, is_required=True, address="", of="") -> list[Gap]:
    """A gap for each of the texts and each required language in which it isn't written."""
    sentence = _("“%(text)s” is not written in %(language)s.")
    if of:
        sentence = _("%(of)s: “%(text)s” is not written in %(language)s.")
    gaps = []
    for name in names:
        label = capfirst(record._meta.get_field(name).verbose_name)
        for language in required_languages():
            if is_empty(getattr(record, column(name, language))):
                words = {"text": label, "language": language_name(language), "of": of}
                gaps.append(Gap(sentence % words, column(name, language), language, address, is_required))
    return gaps


def missing_values(record, *names: str, is_required=True) -> list[Gap]:
    """A gap for each of the fields that is empty. Zero is a value."""
    fields = [record._meta.get_field(name) for name in names]
    return [
        Gap(_("“%(field)s” is empty.") % {"field": capfirst(field.verbose_name)}, field.name, is_required=is_required)
        for field in fields
        if not has_value(record, field)
    ]


def has_value(record, field) -> bool:
    if field.many_to_many:
        return bool(getattr(record, field.name).all())
    return getattr(record, field.attname) not in (None, "")


def picture_fields(model) -> list:
    fields = [*model._meta.fields, *model._meta.many_to_many]
    return [field for field in fields if field.related_model and field.related_model._meta.label == "editorial.Picture"]


def pictures_in_texts(records: list[Model]) -> dict[int, list[Model]]:
    """The pictures that stand in the rich texts of records of one model, by the record's number; one query."""
    texts = [column(text, language) for text in rich_texts(type(records[0])) for language in active_languages()]
    shown = {
        record.pk: {pk for text in texts for pk, _caption in FIGURE.findall(getattr(record, text) or "")}
        for record in records
    }
    wanted = set().union(*shown.values())
    found = apps.get_model("editorial.Picture").objects.filter(pk__in=wanted).lean() if wanted else []
    return {number: [picture for picture in found if str(picture.pk) in pks] for number, pks in shown.items()}


def rich_texts(model) -> list[str]:
    return [name for name in translated_fields(model) if isinstance(model._meta.get_field(name), RichTextField)]


def missing_descriptions(record) -> list[Gap]:
    """A gap for each picture of the record that says nothing to those who can't see it."""
    shown = getattr(record, "shown_in_texts", None)
    pictures = list(pictures_in_texts([record])[record.pk] if shown is None else shown)
    for field in picture_fields(type(record)):
        held = getattr(record, field.name)
        pictures += held.all() if field.many_to_many else filter(None, [held])
    gaps = []
    for picture in dict.fromkeys(pictures):
        if not picture.is_decorative:
            gaps += missing_texts(picture, "alt", address=form_of(picture), of=picture.file.name.rpartition("/")[2])
    return gaps


def gaps_of(record) -> list[Gap]:
    """What a record lacks; nothing where its model asks for nothing."""
    return record.missing_before_publishing() if hasattr(record, "missing_before_publishing") else []


def required(gaps: list[Gap]) -> list[Gap]:
    return [gap for gap in gaps if gap.is_required]


def lean_steps(model, path: str) -> dict[str, Prefetch]:
    """What fetches the relations of a path, `programme__period`, without the columns of languages not in use."""
    steps, place = {}, []
    for name in path.split("__"):
        place.append(name)
        model = model._meta.get_field(name).related_model
        steps["__".join(place)] = Prefetch("__".join(place), translated(model._default_manager.all()).lean())
    return steps


def looked_at(model) -> list[str]:
    """The relations that the checks of a model look at."""
    return [*(field.name for field in picture_fields(model)), *getattr(model, "looked_at_before_publishing", ())]


def joined(records):
    """The records with those of these relations that lead to one record each: no query more."""
    meta = records.model._meta
    to_one = [path for path in looked_at(records.model) if meta.get_field(path.split("__")[0]).many_to_one]
    return records.select_related(*to_one) if to_one else records


def with_all_that_is_checked(records: list[Model]) -> list[Model]:
    """The records with what their checks look at: as many queries for a hundred of them as for one."""
    if records:
        model = type(records[0])
        steps = {}
        for path in looked_at(model):
            steps |= lean_steps(model, path)
        prefetch_related_objects(records, *steps.values())  # what was joined already isn't fetched once more
        shown = pictures_in_texts(records)
        for record in records:
            record.shown_in_texts = shown[record.pk]
    return records


def checked_models() -> list[type[Model]]:
    return [model for model in apps.get_models() if hasattr(model, "missing_before_publishing")]


EMPTY = ["", "<p></p>"]


def unwritten(*names: str) -> Q:
    """Records of which a text isn't written in a required language, as a query; texts of mere spaces stay unnoticed."""
    columns = [column(name, language) for name in names for language in required_languages()]
    lacking = [Q(**{f"{name}__in": EMPTY}) | Q(**{f"{name}__isnull": True}) for name in columns]
    return reduce(or_, lacking, Q(pk__in=[]))


def may_have_gaps(model) -> Q:
    """A query that leaves out the many records that lack nothing, so that few are loaded and looked at closely."""
    needed = [model._meta.get_field(name) for name in ("slug", *model.required_values)]
    empty = [Q(**{field.name: ""}) for field in needed if field.empty_strings_allowed]
    unknown = [Q(**{f"{field.name}__isnull": True}) for field in needed if field.null]
    undescribed = apps.get_model("editorial.Picture").objects.filter(unwritten("alt"), is_decorative=False)
    held = [Q(**{f"{field.name}__in": undescribed}) for field in picture_fields(model)]
    texts = [column(text, language) for text in rich_texts(model) for language in active_languages()]
    shown = [Q(Exists(undescribed), **{f"{text}__contains": "data-picture"}) for text in texts]
    return reduce(or_, [*empty, *unknown, *held, *shown], unwritten(*model.required_texts) | model.may_lack())


def public_with_gaps(user, most: int | None = None) -> list[tuple[Model, list[Gap]]]:
    """
    What visitors see although something required is missing, of what the person may change: each record with its gaps,
    `most` of them at most.
    """
    return list(islice(_public_with_gaps(user), most))


def _public_with_gaps(user):
    for model in checked_models():
        meta = model._meta
        if model in admin.site._registry and user.has_perm(f"{meta.app_label}.change_{meta.model_name}"):
            public = in_reach_of(user, model.objects.published())
            doubtful = public.filter(pk__in=model.objects.filter(may_have_gaps(model)).values("pk"))
            for record in with_all_that_is_checked(list(joined(translated(doubtful).editable_by(user)).lean())):
                if gaps := required(record.missing_before_publishing()):
                    yield record, gaps
