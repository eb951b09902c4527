from operator import attrgetter, methodcaller

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from projects.models import Topic
from reports.columns import Column, Report
from reports.tables.publication import LANGUAGES, PUBLICATION
from results.models import GoodPractice


def rows(practices):
    return (
        GoodPractice.objects.filter(pk__in=practices)
        .select_related("project", "partner")
        .prefetch_related(Prefetch("topics", Topic.objects.lean()))
        .order_by("project__acronym", "project", "pk")
        .lean()
    )


PRACTICES = Report(
    name="practices",
    title=_("Good practices"),
    label=_("Download good practices as {format}"),
    model=GoodPractice,
    rows=rows,
    columns=[
        Column(_("Title"), attrgetter("title")),
        Column(_("Project"), attrgetter("project.acronym")),
        Column(_("Owner"), attrgetter("owner")),
        Column(_("Place"), attrgetter("place")),
        Column(_("Country"), attrgetter("country"), "country"),
        Column(_("NUTS code"), attrgetter("nuts")),
        Column(_("Runs from"), attrgetter("start"), "day"),
        Column(_("Runs until"), attrgetter("end"), "day"),
        Column(_("Topics"), lambda practice: list(practice.topics.all())),
        Column(_("Brought in by"), lambda practice: practice.partner and practice.partner.name),
        Column(_("Validation"), methodcaller("get_validation_display")),
        Column(_("Summary"), attrgetter("summary"), "long_text"),
        Column(_("Resources needed"), attrgetter("resources"), "rich_text"),
        Column(_("Evidence of success"), attrgetter("evidence"), "rich_text"),
        Column(_("Difficulties"), attrgetter("difficulties"), "rich_text"),
        Column(_("Potential for transfer"), attrgetter("transfer"), "rich_text"),
        LANGUAGES,
        *PUBLICATION,
    ],
)
