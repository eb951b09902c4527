"""
The list of operations of Regulation (EU) 2021/1060, Article 49(3).

The names of the columns stay: imports, this portal's own among them, know the list by them. In the Article's order:

| Article 49(3)                           | columns                                                       |
|-----------------------------------------|---------------------------------------------------------------|
| (a) beneficiary                         | beneficiary_name, beneficiary_name_in_english                 |
| (d) name                                | operation_name_{language}, acronym                            |
| (e) purpose, expected achievements      | operation_summary_{language}, achievements_{language}         |
| (f), (g) start, end                     | start_date, end_date                                          |
| (h) total cost                          | total_eligible_cost, currency                                 |
| (i) fund                                | fund                                                          |
| (j) specific objective                  | specific_objective, specific_objective_name_{language}        |
| (k) Union co-financing rate             | union_cofinancing_rate (a share of one), union_funding        |
| (l), (m) location or geolocation        | location, location_nuts2, latitude, longitude, country        |
| (n) type of intervention                | type_of_intervention_{language}                               |
| (4) unique code, date of last update    | programme_cci, operation_code, keep_id, last_updated          |

Natural persons, whose names the Article wants removed after two years, can't be beneficiaries here: an organisation is
all that a participation can be of.
"""

from operator import attrgetter

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from editorial.translations import column
from opendata.dataset import Dataset
from opendata.fields import Field, page_field, project_fields, texts
from projects.models import Project, Topic


def prepared(projects):
    topics = Prefetch("topics", Topic.objects.lean())
    related = projects.select_related("programme__period", "programme__fund", "specific_objective")
    return related.with_partners().prefetch_related(topics).order_by("pk").lean()


def of_lead(path: str):
    """What a project's lead partner is told by, from its organisation; None without one."""
    value = attrgetter(path)
    return lambda project: project.lead and value(project.lead.partner)


def topics(project, language):
    return list(filter(None, (getattr(topic, column("name", language)) for topic in project.topics.all())))


OPERATIONS = Dataset(
    name="operations",
    title=_("List of operations"),
    description=_(
        "The projects of this portal with the data that Regulation (EU) 2021/1060, Article 49(3), asks for. All "
        "beneficiaries are organisations; natural persons are not in the list."
    ),
    keywords=[_("Interreg"), _("list of operations"), _("EU funding"), _("cohesion policy"), _("projects")],
    themes=("REGI", "GOVE"),
    legislation=("http://data.europa.eu/eli/reg/2021/1060/oj",),
    records=lambda: Project.objects.published(),
    prepared=prepared,
    fields=[
        *project_fields(lambda project: project),
        Field(
            "keep_id",
            _("Number in keep.eu"),
            _("The number of the project in keep.eu, the database of Interreg projects."),
            attrgetter("keep_id"),
            "identifier",
        ),
        Field(
            "operation_name",
            _("Operation name"),
            _("The title of the project."),
            texts("title"),
            per_language=True,
        ),
        Field(
            "beneficiary_name",
            _("Beneficiary"),
            _("The lead partner, as the organisation calls itself."),
            of_lead("name"),
        ),
        Field(
            "beneficiary_name_in_english",
            _("Beneficiary in English"),
            _("The name of the lead partner in English, where it has one."),
            of_lead("english_name"),
        ),
        Field(
            "operation_summary",
            _("Summary"),
            _("What the project does."),
            texts("summary"),
            "long_text",
            per_language=True,
        ),
        Field(
            "achievements",
            _("Expected or actual achievements"),
            _("What changes through the project, and for whom."),
            texts("change"),
            "rich_text",
            per_language=True,
        ),
        Field("start_date", _("Start"), _("The first day of the project."), attrgetter("start"), "day"),
        Field(
            "end_date",
            _("End"),
            _("The last day, expected or actual, as it stands now."),
            attrgetter("end"),
            "day",
        ),
        Field(
            "total_eligible_cost",
            _("Total eligible cost"),
            _("The total budget, as it stands now. Empty: not published, which is not zero."),
            attrgetter("total_budget"),
            "amount",
        ),
        Field(
            "union_funding",
            _("Union funding"),
            _("The part of the total that the fund pays. Empty: not published, which is not zero."),
            attrgetter("union_funding"),
            "amount",
        ),
        Field(
            "union_funding_is_rounded",
            _("Union funding is rounded"),
            _("Whether only a rounded figure has been published."),
            lambda project: None if project.union_funding is None else project.union_funding_is_rounded,
            "flag",
        ),
        Field(
            "union_cofinancing_rate",
            _("Union co-financing rate"),
            _("The Union funding as a share of the total eligible cost: 0.85 is 85 per cent."),
            attrgetter("eu_rate"),
            "percent",
        ),
        Field("currency", _("Currency"), _("Of all amounts, by its ISO 4217 code."), lambda project: "EUR"),
        Field("fund", _("Fund"), _("The code of the fund, as ERDF."), attrgetter("programme.fund.code")),
        Field(
            "programming_period",
            _("Programming period"),
            _("The seven years of EU funding, as 2021-2027."),
            attrgetter("programme.period.code"),
        ),
        Field(
            "specific_objective",
            _("Specific objective"),
            _("The code of the specific objective, as RSO1.1."),
            lambda project: project.specific_objective and project.specific_objective.code,
        ),
        Field(
            "specific_objective_name",
            _("Name of the specific objective"),
            _("In words."),
            texts("specific_objective.name"),
            per_language=True,
        ),
        Field(
            "location",
            _("Location"),
            _("The city of the lead partner: projects of this kind take place at many locations."),
            of_lead("city"),
        ),
        Field(
            "location_nuts2",
            _("NUTS 2 region"),
            _("The code of the region of the lead partner."),
            of_lead("nuts2"),
        ),
        Field("latitude", _("Latitude"), _("Of the location, in degrees (WGS 84)."), of_lead("latitude"), "number"),
        Field("longitude", _("Longitude"), _("Of the location, in degrees (WGS 84)."), of_lead("longitude"), "number"),
        Field(
            "country",
            _("Country"),
            _("The country of the lead partner, by its ISO 3166-1 code: GR is Greece."),
            of_lead("country"),
        ),
        Field(
            "partner_countries",
            _("Countries of the partners"),
            _("The countries of the lead partner and all partners that have not left."),
            attrgetter("countries"),
            "list",
        ),
        Field(
            "type_of_intervention",
            _("Type of intervention"),
            _("The topics of the project, by the vocabulary of the programmes."),
            topics,
            "list",
            per_language=True,
        ),
        Field(
            "last_updated",
            _("Last updated"),
            _("The day on which the record was last changed."),
            lambda project: timezone.localdate(project.updated_at),
            "day",
        ),
        page_field(),
    ],
)
