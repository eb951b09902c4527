"""Good practices of the published projects."""

from operator import attrgetter

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from opendata.dataset import Dataset
from opendata.fields import Field, page_field, project_fields, texts
from opendata.operations import topics
from projects.models import Topic
from results.models import GoodPractice


def prepared(practices):
    related = practices.select_related("project__programme", "partner")
    return related.prefetch_related(Prefetch("topics", Topic.objects.lean())).order_by("pk").lean()


PRACTICES = Dataset(
    name="practices",
    title=_("Good practices"),
    description=_("What worked in one region and is worth taking over in another, as the projects found it."),
    keywords=[_("Interreg"), _("good practices"), _("interregional learning")],
    themes=("REGI", "ECON"),
    records=lambda: GoodPractice.objects.published(),
    prepared=prepared,
    fields=[
        *project_fields(attrgetter("project")),
        Field("title", _("Title"), _("Of the practice."), texts("title"), per_language=True),
        Field("summary", _("Summary"), _("One or two sentences."), texts("summary"), "long_text", per_language=True),
        Field(
            "description",
            _("What it is"),
            _("The practice in detail, without markup."),
            texts("description"),
            "rich_text",
            per_language=True,
        ),
        Field(
            "resources",
            _("Resources needed"),
            _("Money, people and time."),
            texts("resources"),
            "rich_text",
            per_language=True,
        ),
        Field(
            "evidence",
            _("Evidence of success"),
            _("By what one knows that it worked."),
            texts("evidence"),
            "rich_text",
            per_language=True,
        ),
        Field(
            "difficulties",
            _("Difficulties"),
            _("What was met on the way."),
            texts("difficulties"),
            "rich_text",
            per_language=True,
        ),
        Field(
            "transfer",
            _("Potential for transfer"),
            _("Why others could take it over."),
            texts("transfer"),
            "rich_text",
            per_language=True,
        ),
        Field("owner", _("Owner"), _("The organisation that runs it."), attrgetter("owner")),
        Field("location", _("Place"), _("Where it is at work."), attrgetter("place")),
        Field("country", _("Country"), _("By its ISO 3166-1 code: GR is Greece."), attrgetter("country")),
        Field("nuts", _("NUTS code"), _("The code of the region."), attrgetter("nuts")),
        Field("start_date", _("Runs from"), _("The first day."), attrgetter("start"), "day"),
        Field("end_date", _("Runs until"), _("The last day. Empty: it goes on."), attrgetter("end"), "day"),
        Field("topics", _("Topics"), _("By the vocabulary of the programmes."), topics, "list", per_language=True),
        Field(
            "brought_in_by",
            _("Brought in by"),
            _("The partner of the project that brought it in."),
            lambda practice: practice.partner and practice.partner.name,
        ),
        Field(
            "validation",
            _("Validation"),
            _("One of: proposed (by the project), validated (by the programme)."),
            attrgetter("validation"),
        ),
        Field(
            "last_updated",
            _("Last updated"),
            _("The day on which the record was last changed."),
            lambda practice: timezone.localdate(practice.updated_at),
            "day",
        ),
        page_field(),
    ],
)
