"""Which translations someone meets on the board and in their queue, in what order; and how far each language is."""

from django import forms
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, Q, Value, When
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from editorial.models import Publishable
from editorial.names import names_of
from editorial.querysets import translated
from editorial.rights import in_reach_of
from editorial.translating.models import Translation
from editorial.translating.progress import kinds
from editorial.translations import active_languages, column, translated_fields

WHOLE = "projects.project"  # what the board can be narrowed to with all that belongs to it; the floor lies above
PER_PAGE = 50
URGENT_FIRST = ["-urgency", "kind", "-record_id"]

STATES = [
    ("unfinished", _("To do: missing or outdated")),
    ("missing", _("Something is missing")),
    ("stale", _("Something is outdated")),
    ("complete", _("Translated, not yet approved")),
    ("approved", _("Approved")),
]


def label(model) -> str:
    return model._meta.label_lower


def permission(action: str, model) -> str:
    return f"{model._meta.app_label}.{action}_{model._meta.model_name}"


def viewable_kinds(user) -> list:
    rights = ("view", "change")
    return [model for model in kinds() if any(user.has_perm(permission(right, model)) for right in rights)]


def writable_languages(user) -> dict[str, list]:
    """The languages in which someone may write, their own first, each with the models whose texts they may write."""
    models = [model for model in kinds() if user.has_perm(permission("change", model))]
    found = {language: [model for model in models if writes(user, model, language)] for language in ordered_for(user)}
    return {language: models for language, models in found.items() if models}


def writes(user, model, language) -> bool:
    fields = (model._meta.get_field(column(field, language)) for field in translated_fields(model))
    return any(map(user.may_write, fields))


def ordered_for(user) -> list[str]:
    """The languages in use: those of the person first, what most is translated from last."""
    first = settings.LANGUAGE_CODE
    return sorted(active_languages(), key=lambda language: (language not in user.languages, language == first))


def may_approve(user) -> bool:
    return user.has_perm("editorial.approve_translation")


def takes_part(user) -> bool:
    """Whether there is anything for the person to translate or to approve."""
    return user.is_authenticated and (may_approve(user) or bool(writable_languages(user)))


def any_of(conditions) -> Q:
    found = Q(pk__in=[])
    for condition in conditions:
        found |= condition
    return found


def records_of(model, records) -> Q:
    """The condition that a translation is of one of the records; None stands for all of the model."""
    condition = Q(kind=label(model))
    return condition if records is None else condition & Q(record_id__in=records.order_by().values("pk"))


def public(model):
    """The records that visitors see, as a queryset; None where they see all, as of a vocabulary."""
    records = model._default_manager.all()
    if issubclass(model, Publishable):
        return records.published()
    if hasattr(records, "approved"):
        records = records.approved()
    if whole := getattr(model, "belongs_to", None):
        above = public(model._meta.get_field(whole).related_model)
        return records if above is None else records.filter(**{f"{whole}__in": above.order_by().values("pk")})
    return None


def path_to_whole(model) -> str | None:
    """The way from a record to the project that it is a part of: `target__project`; "" for the project itself."""
    if label(model) == WHOLE:
        return ""
    if (name := getattr(model, "belongs_to", None)) is None:
        return None
    rest = path_to_whole(model._meta.get_field(name).related_model)
    return None if rest is None else f"{name}__{rest}".removesuffix("__")


def within(model, whole_pk):
    path = path_to_whole(model)
    if path is None:
        return model._default_manager.none()
    return model._default_manager.filter(**{path or "pk": whole_pk})


def by_urgency(translations, models):
    """What visitors read comes first (2), then names used all over the portal (1), then what isn't public (0)."""
    public_ones = {model: public(model) for model in models}
    read = any_of(records_of(model, records) for model, records in public_ones.items() if records is not None)
    named = any_of(records_of(model, None) for model, records in public_ones.items() if records is None)
    urgency = Case(When(read, then=Value(2)), When(named, then=Value(1)), default=Value(0), output_field=IntegerField())
    return translations.annotate(urgency=urgency).order_by(*URGENT_FIRST)


def reach_of(user, models, editable=False) -> Q:
    """The condition that what is known by kind and number is of a record that someone may see, or may change."""

    def reach(model):
        if not user.only_own_organisation:
            return None
        records = translated(model._default_manager.all())
        return records.editable_by(user) if editable else in_reach_of(user, records)

    return any_of(records_of(model, reach(model)) for model in models)


def within_reach(user, models, editable=False):
    """The translations of the records that someone may see, or may change."""
    return Translation.objects.filter(reach_of(user, models, editable))


def stale_translations_of(user):
    """
    What is outdated in the languages that someone writes, and may be mended by them; what is public first.

    Who has said which languages are theirs is shown those alone.
    """
    return waiting_for(user, "stale")


def waiting_for(user, progress: str):
    languages = writable_languages(user)
    own = {code: models for code, models in languages.items() if code in user.languages} or languages
    models = [model for model in kinds() if any(model in found for found in own.values())]
    rows = within_reach(user, models, editable=True).filter(language__in=own).found_by(progress)
    return by_urgency(rows, models)


def coverage_of(user) -> dict[str, dict]:
    """How far each language is in what someone may see."""
    return coverage(within_reach(user, viewable_kinds(user)))


def coverage(translations) -> dict[str, dict]:
    """
    How far each language in use is: `{"sl": {"missing": 3, "stale": 1, "complete": 5, "approved": 9, "unfinished": 2,
    "waiting": 1, "total": 18, "percent": 77}}`, in texts, but `unfinished` and `waiting` (for approval) in records.
    """
    found = {}
    for language, numbers in translations.totals().items():
        total = sum(numbers[name] for name in ("missing", "stale", "complete", "approved"))
        up_to_date = numbers["complete"] + numbers["approved"]
        found[language] = numbers | {"total": total, "percent": 100 * up_to_date // total if total else 100}
    return found


class BoardFilter(forms.Form):
    """What the board, a queue and a file for a translator are narrowed to. A value without sense is passed over."""

    language = forms.ChoiceField(label=_("Language"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    project = forms.ChoiceField(label=_("Project"), required=False)
    public = forms.ChoiceField(
        label=pgettext_lazy("translations", "Public"),
        required=False,
        choices=[("", _("All")), ("yes", _("What visitors see now")), ("no", _("Not yet public"))],
    )
    state = forms.ChoiceField(
        label=pgettext_lazy("translations", "State"), required=False, choices=[("", _("All")), *STATES]
    )

    def __init__(self, data, user, tasks):
        """`tasks` is the menu of the back office as this person sees it: `AdminSite.get_app_list`."""
        super().__init__(data)
        self.user = user
        may_view = viewable_kinds(user)
        self.tasks = {
            task["app_label"]: [entry["model"] for entry in task["models"] if entry["model"] in may_view]
            for task in tasks
        }
        self.models = [model for models in self.tasks.values() for model in models]
        self.fields["language"].choices = [("", _("All")), *((code, name) for code, name in self.languages())]
        self.fields["kind"].choices = [("", _("All")), *self.kind_choices(tasks)]
        self.fields["project"].choices = [("", _("All")), *self.whole_choices()]

    def languages(self):
        names = dict(settings.LANGUAGES)
        return [(code, names[code]) for code in ordered_for(self.user)]

    def kind_choices(self, tasks):
        for task in tasks:
            models = self.tasks[task["app_label"]]
            names = [(label(model), capfirst(model._meta.verbose_name_plural)) for model in models]
            if names:
                every = _("All of “%(task)s”") % {"task": task["name"]}
                yield task["name"], [(task["app_label"], every), *names] if len(names) > 1 else names

    def whole_choices(self):
        model = apps.get_model(WHOLE)
        if model in self.models:
            for record in in_reach_of(self.user, model._default_manager.all()).lean().order_by("acronym"):
                yield str(record.pk), str(record)

    def chosen(self, name) -> str:
        if not hasattr(self, "cleaned_data"):
            self.full_clean()
        return self.cleaned_data.get(name, "")

    def chosen_models(self) -> list:
        kind = self.chosen("kind")
        return self.tasks.get(kind) or [model for model in self.models if kind in ("", label(model))]

    def translations(self, editable=False):
        """Those that fit, whatever their language and state, with their urgency, in order."""
        models = self.chosen_models()
        rows = within_reach(self.user, models, editable)
        if whole := self.chosen("project"):
            rows = rows.filter(any_of(records_of(model, within(model, whole)) for model in models))
        rows = by_urgency(rows, models)
        if self.chosen("public"):
            rows = rows.filter(urgency__gt=0) if self.chosen("public") == "yes" else rows.filter(urgency=0)
        return rows

    def found(self):
        rows = self.translations()
        if language := self.chosen("language"):
            rows = rows.filter(language=language)
        return rows.found_by(self.chosen("state")) if self.chosen("state") else rows

    def queue(self, language):
        """What is to be done in a language, in the order in which it is worked through."""
        progress = self.chosen("state") or "unfinished"
        return self.translations(editable=True).filter(language=language).found_by(progress)

    @property
    def is_used(self) -> bool:
        return any(self.chosen(name) for name in self.fields)


class Pages(Paginator):
    """The records of some translations, each once. They are counted without looking at what is urgent."""

    def __init__(self, translations):
        self.translations = translations
        super().__init__(translations.values("kind", "record_id", "urgency").distinct(), PER_PAGE)

    @cached_property
    def count(self) -> int:
        return self.translations.order_by().values("kind", "record_id").distinct().count()


def after(row, queue):
    """What follows a record in a queue, which needn't hold it any more."""
    lower = Q(urgency__lt=row.urgency)
    same = Q(urgency=row.urgency)
    return queue.filter(lower | same & (Q(kind__gt=row.kind) | Q(kind=row.kind, record_id__lt=row.record_id)))


def with_urgency(kind: str, record_id: int, language: str, models) -> Translation | None:
    rows = Translation.objects.filter(kind=kind, record_id=record_id, language=language)
    return by_urgency(rows, models).first()


def names(keys) -> dict[tuple[str, int], str]:
    """What records are called, of those that are still there; two queries a kind."""
    numbers = {}
    for kind, pk in keys:
        numbers.setdefault(kind, set()).add(pk)
    return {(kind, pk): name for kind, pks in numbers.items() for pk, name in names_of_kind(kind, pks).items()}


def names_of_kind(kind: str, pks) -> dict[int, str]:
    model = apps.get_model(kind)
    return names_of(model, pks) if model in admin.site._registry else {}


def table(rows, shown_languages: list[str]) -> list[dict]:
    """
    The board's lines for a page of records, each with its translations in the order of the languages; None where
    nothing is to be translated: `{"kind": …, "pk": 5, "name": …, "is_public": True, "cells": [("sl", row), …]}`.
    """
    keys = [(row["kind"], row["record_id"]) for row in rows]
    condition = any_of(Q(kind=kind, record_id__in=[pk for name, pk in keys if name == kind]) for kind in dict(keys))
    found = {(row.kind, row.record_id, row.language): row for row in Translation.objects.filter(condition)}
    called = names(keys)
    return [
        {
            "kind": row["kind"],
            "pk": row["record_id"],
            "model": capfirst(apps.get_model(row["kind"])._meta.verbose_name),
            "name": called.get((row["kind"], row["record_id"]), "–"),
            "is_public": bool(row["urgency"]),
            "cells": [(code, found.get((row["kind"], row["record_id"], code))) for code in shown_languages],
        }
        for row in rows
    ]
