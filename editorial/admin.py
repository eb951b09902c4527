"""What all forms and lists of the back office have in common: texts in the languages in use, and in no others."""

from functools import cache

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.exceptions import NotRegistered
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import SEARCH_VAR, ChangeList
from django.contrib.admin.widgets import AdminFileWidget, AdminTextareaWidget
from django.core.paginator import Paginator
from django.db import models
from django.forms import FileField, Media, ModelChoiceField, SplitDateTimeField, URLInput
from django.urls import path
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modeltranslation.fields import TranslationField

from editorial.bulk_admin import UndoesBulk
from editorial.facts_admin import WarnsOfUnknownFacts
from editorial.fields import RichTextField
from editorial.forms import (
    ChooseOne,
    ChooseSeveral,
    DateAndTime,
    LocalNumberField,
    PictureForm,
    RecordForm,
    find_chosen,
)
from editorial.library import DescriptionFilter, PictureLibrary
from editorial.list_filters import MineFilter
from editorial.locks_admin import TwoEditors
from editorial.models import Picture
from editorial.preview_admin import WithPreview
from editorial.querysets import translated
from editorial.review_admin import Reviewed
from editorial.review_forms import ReviewedForm
from editorial.rights import FieldRights, RecordRights
from editorial.showing import for_staff
from editorial.translating.sending import SendsToTranslators
from editorial.translations import as_read, column, columns, languages_with, translated_fields
from editorial.usage import LinkedFromTexts, UseFilter, WhereUsed
from editorial.versions_admin import KeepsVersions


def lean(records):
    """The queryset without the columns of languages that are not in use, whatever its class."""
    return translated(records).lean()


def searched_columns(model, path: str) -> list[str]:
    """What is searched for a field: `project__title` → `project__title_en`, `project__title_sl`, …"""
    *relations, field = path.split("__")
    for relation in relations:
        model = model._meta.get_field(relation).related_model
    return columns(path) if field in translated_fields(model) else [path]


@cache
def as_text(field: TranslationField):
    """A column of a text for the forms of those who only read it."""
    name = format_lazy("{} ({})", field.translated_field.verbose_name, dict(settings.LANGUAGES)[field.language])
    rich = isinstance(field.translated_field, RichTextField)

    @admin.display(description=name)
    def text(record):
        value = getattr(record, field.name) or "-"
        return for_staff(value) if rich else value

    text.__name__ = field.name
    return text


def write_in(field, language: str, text):
    """Make a form field the one for a text in a language; only the portal's first language may be required."""
    name = dict(settings.LANGUAGES)[language]
    field.label = f"{capfirst(text.verbose_name)} ({name})"
    field.required = field.widget.is_required = language == settings.LANGUAGE_CODE and not text.blank
    required = _("Write this in %(language)s at least: it is shown where another language is missing.")
    field.error_messages["required"] = required % {"language": name}
    field.widget.attrs |= {"lang": language, "data-language": language}


class TextsInLanguages(FieldRights):
    """
    Shared by admins and inlines. Fieldsets name a text once, as `title`; the form has a field per language in use.

    `list_select_related` names the relations that a record's own line needs, wherever the record is listed or chosen.
    """

    form = RecordForm
    list_select_related = ()
    formfield_overrides = {
        models.DateTimeField: {"form_class": SplitDateTimeField, "widget": DateAndTime},
        models.DecimalField: {"form_class": LocalNumberField},
        models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 3})},
        models.URLField: {"assume_scheme": "https", "widget": URLInput(attrs={"class": "vURLField"})},
    }

    def get_queryset(self, request):
        records = super().get_queryset(request)
        return lean(records.select_related(*self.list_select_related) if self.list_select_related else records)

    def get_fieldsets(self, request, obj=None):
        writes = obj is None or self.has_change_permission(request, obj)
        shown = {text: self.in_languages(text, writes and request.user) for text in translated_fields(self.model)}
        return [
            (name, options | {"fields": [part for field in options["fields"] for part in shown.get(field, [field])]})
            for name, options in super().get_fieldsets(request, obj)
        ]

    def in_languages(self, text, writer) -> list:
        """A text's columns; those that the writer, if there is one, can't write in are shown as a reader sees them."""
        fields = [self.opts.get_field(name) for name in columns(text)]
        return [field.name if writer and writer.may_write(field) else as_text(field) for field in fields]

    def get_field_queryset(self, db, db_field, request):
        """A relation offers the records of their own list, in its order."""
        try:
            return self.admin_site.get_model_admin(db_field.remote_field.model).get_queryset(request)
        except NotRegistered:
            return super().get_field_queryset(db, db_field, request)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", ChooseOne(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", ChooseSeveral(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(db_field, TranslationField):
            write_in(field, db_field.language, db_field.translated_field)
        elif "required" in db_field.error_messages:
            field.error_messages["required"] = db_field.error_messages["required"]
        elif isinstance(field, ModelChoiceField):
            related = self.admin_site._registry.get(db_field.remote_field.model)
            field.label_from_instance = getattr(related, "option_label", str)
            field.widget.can_delete_related = False  # beside a choice it is too easily taken for "choose nothing"
        return field


class Rows(TextsInLanguages):
    """Rows of a form, of which a hand-made request can't ask for thousands."""

    extra = 0
    max_num = 200

    def get_formset(self, request, obj=None, **kwargs):
        return super().get_formset(request, obj, **{"absolute_max": Rows.max_num} | kwargs)


class TranslatedInline(Rows, admin.StackedInline):
    pass


class TranslatedTable(Rows, admin.TabularInline):
    pass


class Pages(Paginator):
    """Finds which records a page has before it reads them: a database sorts numbers faster than long rows."""

    def page(self, number):
        page = super().page(number)
        page.object_list = self.object_list.filter(pk__in=page.object_list.values("pk"))
        return page


class PagesFound(Pages):
    """Of a search: every text is read once, where counting first would read it twice."""

    @cached_property
    def numbers(self) -> list:
        return list(self.object_list.values_list("pk", flat=True))

    @property
    def count(self) -> int:
        return len(self.numbers)

    def page(self, number):
        number = self.validate_number(number)
        shown = self.numbers[(number - 1) * self.per_page : number * self.per_page]
        return self._get_page(self.object_list.filter(pk__in=shown), number, self)


class RecordList(ChangeList):
    @property
    def search_media(self) -> Media:
        """The scripts and styles of those filters in which one searches for a record."""
        return sum((spec.search.media for spec in self.filter_specs if getattr(spec, "search", None)), Media())

    def get_queryset(self, request, exclude_parameters=None):
        if "\0" in "".join(request.GET.values()):
            raise IncorrectLookupParameters  # PostgreSQL would fail on it
        return self.model_admin.for_list(super().get_queryset(request, exclude_parameters))

    def get_results(self, request):
        super().get_results(request)
        if self.query and not self.multi_page:
            self.result_list = self.paginator.page(1).object_list
        self.model_admin.for_page(self.result_list)

    def get_ordering_field(self, field_name):
        """A text is sorted as the reader sees it, whatever language it falls back to."""
        field = super().get_ordering_field(field_name)
        return as_read(field) if field in translated_fields(self.model) else field


class TranslatedAdmin(
    UndoesBulk,
    SendsToTranslators,
    WarnsOfUnknownFacts,
    KeepsVersions,
    RecordRights,
    TextsInLanguages,
    TwoEditors,
    admin.ModelAdmin,
):
    list_per_page = 50
    main_text = "title"  # the one that says which languages a record is written in

    def get_changelist(self, request, **kwargs):
        return RecordList

    def changelist_view(self, request, extra_context=None):
        """Its title is the plural alone: nouns put into Django's “Select … to change” are wrong in many languages."""
        title = capfirst(self.opts.verbose_name_plural)
        answer = super().changelist_view(request, {"title": title} | (extra_context or {}))
        shown = getattr(answer, "context_data", None) or {}
        if "cl" in shown:
            shown["media"] += shown["cl"].search_media
        return answer

    def get_paginator(self, request, queryset, per_page, *args, **kwargs):
        pages = PagesFound if request.GET.get(SEARCH_VAR) else Pages
        return pages(queryset, per_page, *args, **kwargs)

    def get_inline_formsets(self, *args, **kwargs):
        """A group of rows says how many it holds, folded or not: “Phases (2)”."""
        groups = super().get_inline_formsets(*args, **kwargs)
        for group in groups:
            find_chosen(group.formset)
            number = group.formset.initial_form_count()
            group.opts.verbose_name_plural = f"{capfirst(group.opts.verbose_name_plural)} ({number})"
        return groups

    def for_list(self, records):
        """The records of a list with what its columns need and forms don't."""
        return records

    def for_page(self, records):
        """Gives the records of a list's page what no query of theirs tells."""

    def get_object(self, request, object_id, from_field=None):
        record = super().get_object(request, object_id, from_field)
        if record:
            related = {field.name: field.related_model._default_manager.all() for field in self.opts.many_to_many}
            prefetches = [models.Prefetch(name, lean(records)) for name, records in related.items()]
            models.prefetch_related_objects([record], *prefetches)
        return record

    def get_search_fields(self, request):
        return [name for path in super().get_search_fields(request) for name in searched_columns(self.model, path)]

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, search_term.replace("\0", ""))

    def get_prepopulated_fields(self, request, obj=None):
        texts = translated_fields(self.model)
        fields = super().get_prepopulated_fields(request, obj).items()
        first = settings.LANGUAGE_CODE
        return {
            name: [column(field, first) if field in texts else field for field in source] for name, source in fields
        }

    def option_label(self, record) -> str:
        """How the record is named where it is chosen for a relation."""
        return str(record)

    @admin.display(description=gettext_lazy("written in"))
    def written_in(self, record):
        return " ".join(languages_with(record, self.main_text))


class PublishableAdmin(Reviewed, WithPreview, LinkedFromTexts, TranslatedAdmin):
    """For records with a public page. Who may see it is changed by the steps of the review alone."""

    form = ReviewedForm
    prepopulated_fields = {"slug": ["title"]}
    readonly_fields = ["created_at", "updated_at"]
    left_on_restore = ("state", "published_at")
    PUBLISHING = (
        gettext_lazy("Publishing"),
        {"fields": ["slug", "published_at", ("created_at", "updated_at")]},
    )

    def get_list_filter(self, request):
        return [*super().get_list_filter(request), MineFilter]


@admin.register(Picture)
class PictureAdmin(WhereUsed, PictureLibrary, TranslatedAdmin):
    form = PictureForm
    left_on_restore = ("file", "width", "height", "renditions")  # a replaced picture's files are gone
    # Django's own check of images takes formats that the portal doesn't; PictureForm checks better.
    formfield_overrides = TranslatedAdmin.formfield_overrides | {
        models.ImageField: {"form_class": FileField, "widget": AdminFileWidget(attrs={"accept": "image/*"})}
    }
    main_text = "alt"
    fieldsets = [
        (None, {"fields": ["preview", "file", ("focus_x", "focus_y")]}),
        (gettext_lazy("What it shows"), {"fields": ["alt", "is_decorative"]}),
        (gettext_lazy("Rights"), {"fields": ["credit", "licence"]}),
    ]
    readonly_fields = ["preview"]
    list_display = ["thumbnail", "__str__", "size", "rights", "described", "uses"]
    list_display_links = ["__str__"]
    list_filter = [DescriptionFilter, UseFilter, "is_decorative"]
    search_fields = ["alt", "credit", "licence", "file"]

    def get_urls(self):
        own = {"add-several/": self.add_several, "choices/": self.choices, "<int:pk>/shown/": self.shown}
        names = {view: f"editorial_picture_{view.__name__}" for view in own.values()}
        pages = [path(place, self.admin_site.admin_view(view), name=names[view]) for place, view in own.items()]
        return [*pages, *super().get_urls()]

    def may_bring_back(self, request):
        return False  # the files went with the picture

    @admin.display(description=gettext_lazy("preview"))
    def preview(self, picture):
        if not picture.pk:
            return None
        image = format_html('<img class="preview" src="{}" alt="">', picture.fallback_url)
        return format_html('<span class="focal-point">{}<span class="focal-point__mark" hidden></span></span>', image)

    @admin.display(description=gettext_lazy("preview"))
    def thumbnail(self, picture):
        classes = f"thumbnail {picture.focus_classes}"
        return format_html('<img class="{}" src="{}" alt="" loading="lazy">', classes, picture.thumbnail_url)

    @admin.display(description=gettext_lazy("size"))
    def size(self, picture):
        return f"{picture.width} × {picture.height}"

    @admin.display(description=gettext_lazy("description"))
    def described(self, picture):
        missing = _("only decoration") if picture.is_decorative else _("no description yet")
        return self.written_in(picture) or missing

    @admin.display(description=gettext_lazy("rights"), empty_value="")
    def rights(self, picture):
        return ", ".join(filter(None, [picture.credit, picture.licence]))
