from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from editorial.alphabets import alphabetical
from editorial.filters import Facet, RecordFilter
from editorial.sorting import Order, Sorting, first, last
from editorial.translations import as_read
from news.models import Article, Event
from news.querysets import upcoming_first
from projects.models import Project


class ArticleFilter(RecordFilter):
    texts = ["title", "lead"]

    project = Facet(
        "projects__slug",
        label=_("Project"),
        text=lambda: F("projects__acronym"),
        within=lambda: Q(projects__in=Project.objects.published()),
    )
    topic = Facet("topics__slug", label=_("Topic"), text=lambda: as_read("topics__name"))
    sort = Sorting(
        Order("newest", _("Newest first"), lambda: [last("published_at"), "-pk"]),
        Order("oldest", _("Oldest first"), lambda: [first("published_at")]),
        Order("title", _("Title, A to Z"), lambda: [alphabetical(as_read("title"))]),
    )

    class Meta:
        model = Article
        fields = ["q", "project", "topic"]


class EventFilter(RecordFilter):
    texts = ["title", "city"]

    kind = Facet("kind", label=_("Kind"), names=lambda kind: Event.Kind(kind).label, order=Event.Kind.values)
    project = Facet("project__slug", label=_("Project"), text=lambda: F("project__acronym"))
    sort = Sorting(
        Order("upcoming", _("Upcoming first"), upcoming_first),
        Order("newest", _("Newest first"), lambda: ["-start_date", "-pk"]),
        Order("oldest", _("Oldest first"), lambda: ["start_date"]),
        Order("title", _("Title, A to Z"), lambda: [alphabetical(as_read("title"))]),
    )

    class Meta:
        model = Event
        fields = ["q", "kind", "project"]
