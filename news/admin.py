from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from editorial.admin import PublishableAdmin, TranslatedAdmin
from editorial.copy_admin import Duplicable
from editorial.copying import Copied
from editorial.list_filters import ChoiceFilter, RecordFilter
from news.models import Article, Event, MediaMention, Newsletter
from projects.admin.topics import TopicsForMany


@admin.register(Article)
class ArticleAdmin(TopicsForMany, PublishableAdmin):
    fieldsets = [
        (_("What happened"), {"fields": ["title", "lead", "body", "picture"]}),
        (_("What it belongs to"), {"fields": ["projects", "topics"]}),
        (_("Who wrote it"), {"fields": ["author", ("source_name", "source_address")]}),
        PublishableAdmin.PUBLISHING,
    ]
    autocomplete_fields = ["projects", "topics", "author", "picture"]
    date_hierarchy = "published_at"
    list_display = ["title", "published_at", "author", "state", "written_in"]
    list_select_related = ["author"]
    list_filter = ["state", ("projects", RecordFilter), ("topics", RecordFilter)]
    search_fields = ["title", "lead", "body", "source_name", "projects__acronym", "slug"]


@admin.register(Event)
class EventAdmin(Duplicable, PublishableAdmin):
    fieldsets = [
        (_("What it is"), {"fields": ["title", "kind", ("project", "phase"), "description", "status"]}),
        (
            _("When"),
            {"fields": [("start_date", "end_date"), "only_month_known", ("start_time", "end_time"), "time_zone"]},
        ),
        (
            _("Where"),
            {
                "fields": [
                    "attendance", "place", ("city", "country"), "host", ("online_address", "registration_address"),
                ]
            },
        ),
        (_("Afterwards"), {"fields": ["outcome", "participants", "documents", "pictures"]}),
        PublishableAdmin.PUBLISHING,
    ]  # fmt: skip
    autocomplete_fields = ["project", "phase", "host", "documents", "pictures"]
    date_hierarchy = "start_date"
    list_display = [
        "title",
        "kind",
        "project",
        "start_date",
        "end_date",
        "city",
        "country",
        "status",
        "state",
        "written_in",
    ]
    list_select_related = ["project"]
    list_filter = ["state", "status", "kind", ("project", RecordFilter), ("country", ChoiceFilter)]
    search_fields = ["title", "description", "place", "city", "project__acronym", "slug"]
    copy_asks = ["title", "slug", "start_date"]
    copy_names = ["title"]
    copy_first_day = "start_date"
    copied = Copied(
        without=[
            "only_month_known", "status", "outcome", "participants", "documents", "pictures", "online_address",
            "registration_address",
        ],
        ends=["end_date"],
    )  # fmt: skip
    copy_explained = _(
        "The copy is a draft with the kind, the project, the description in all languages, the place, the host and the"
        " times of day; it lasts as many days. The outcome, participants, documents, pictures and the addresses for"
        " registering and joining stay with the original, and so does its title in the other languages."
    )

    def finish_copy(self, new, original):
        """It has a day, even if of the original only the month was known, and a phase if that holds this day."""
        if original.only_month_known:
            new.end_date = None
        if new.phase and not new.phase.start <= new.start_date <= new.phase.end:
            new.phase = None


@admin.register(MediaMention)
class MediaMentionAdmin(TranslatedAdmin):
    fields = ["project", "outlet", "title", ("language", "kind"), "published_on", "address"]
    autocomplete_fields = ["project"]
    date_hierarchy = "published_on"
    list_display = ["title", "outlet", "project", "kind", "language", "published_on"]
    list_select_related = ["project"]
    list_filter = ["kind", ("language", ChoiceFilter), ("project", RecordFilter)]
    search_fields = ["title", "outlet", "project__acronym"]


@admin.register(Newsletter)
class NewsletterAdmin(TranslatedAdmin):
    fieldsets = [
        (_("What it is"), {"fields": ["project", "number", "title", "issued_on"]}),
        (_("Where to read it"), {"fields": ["document", "address"]}),
    ]
    autocomplete_fields = ["project", "document"]
    date_hierarchy = "issued_on"
    list_display = ["project", "number", "title", "issued_on", "written_in"]
    list_display_links = ["project", "number"]
    list_select_related = ["project"]
    list_filter = [("project", RecordFilter)]
    search_fields = ["title", "project__acronym", "number"]
