"""A partner's contribution: its part in projects, its money, and what it hosted, reported and brought in."""

from collections import defaultdict
from operator import attrgetter, methodcaller

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from editorial.alphabets import reading_order
from editorial.formats import country_name
from news.models import Article, Event
from partners.models import Partner
from projects.models import Participation, Project
from reports.columns import Column
from reports.document import Fact, Facts
from reports.kind import Kind
from reports.parts import communication, money, policy, results
from reports.parts.identity import NAMED_IN_TITLE
from reports.parts.layout import Extra, chapters, section, table_of
from reports.parts.selection import left_out, nothing_said, public
from reports.parts.wording import document, page_of, words
from results.ledger import Line, OfPartner
from results.models import ActionPlan, GoodPractice, PolicyInstrument


def partners_of(selection, user) -> list[Partner]:
    """With what visitors see of their part in public projects."""
    projects = Project.objects.published()
    practices = GoodPractice.objects.published().select_related("project").order_by("project__acronym", "pk")
    instruments = PolicyInstrument.objects.filter(project__in=projects).select_related("project", "partner")
    plans = ActionPlan.objects.filter(instrument__project__in=projects).select_related("instrument__project", "partner")
    inspiring = Prefetch("practices", GoodPractice.objects.published().lean())
    events = Event.objects.published().select_related("project").order_by("start_date", "pk")
    articles = Article.objects.published().order_by("published_at", "pk")
    related = [
        Prefetch("participations", Participation.objects.in_public()),
        Prefetch("practices", practices.lean()),
        Prefetch("instruments", instruments.lean()),
        Prefetch("action_plans", plans.prefetch_related(inspiring).lean()),
        Prefetch("hosted_events", events.lean()),
        Prefetch("articles", articles.lean()),
    ]
    partners = public(selection, user).select_related("kind").prefetch_related(*related).lean()
    return sorted(partners, key=lambda partner: (reading_order(partner.name), partner.pk))


def shares_of(partners) -> dict[int, list[tuple[Line, OfPartner]]]:
    """What each partner reported as its share, by its number."""
    projects = {each.project_id for partner in partners for each in partner.participations.all()}
    found = defaultdict(list)
    for lines in results.ledgers(projects).values():
        for line in lines:
            for share in line.partners:
                found[share.participation.partner_id].append((line, share))
    return found


def build(selection, period, user):
    partners = partners_of(selection, user)
    shares = shares_of(partners)
    sections = chapters(partners, lambda partner: sections_on(partner, shares[partner.pk]), attrgetter("name"))
    return document("contribution", _("A partner's contribution"), sections or nothing_said(), names_of(partners))


def names_of(partners) -> str:
    """The names of a few, the number of many."""
    if len(partners) <= NAMED_IN_TITLE:
        return ", ".join(partner.name for partner in partners)
    sentence = ngettext("%(number)d organisation", "%(number)d organisations", len(partners))
    return sentence % {"number": len(partners)}


def sections_on(partner, shares):
    takes_part = list(partner.participations.all())
    none = _("The organisation takes part in no public project.")
    return [
        section(_("The organisation"), organisation(partner)),
        section(_("Its projects"), table_of("projects", _("Its projects"), PROJECTS, takes_part, otherwise=none)),
        section(_("Its shares"), table_of("shares", _("Its shares"), SHARES, takes_part)),
        section(_("Its figures"), table_of("figures", _("Approved figures of its own share"), FIGURES, shares)),
        section(
            _("What it brought in"),
            table_of("practices", _("Good practices"), PRACTICES, partner.practices.all()),
            table_of("instruments", _("Policy instruments"), policy.INSTRUMENTS, partner.instruments.all()),
            table_of("action-plans", _("Action plans"), policy.PLANS, partner.action_plans.all()),
        ),
        section(_("Events that it hosted"), table_of("events", _("Events"), EVENTS, partner.hosted_events.all())),
        section(_("Articles"), table_of("articles", _("Articles"), ARTICLES, partner.articles.all())),
    ]


def organisation(partner) -> Facts:
    region = " ".join(filter(None, [partner.nuts2, partner.region]))
    return Facts(
        "organisation",
        [
            Fact(_("Organisation"), partner.name),
            Fact(_("Name in English"), partner.english_name or None),
            Fact(_("Type of organisation"), partner.kind and words(partner.kind, "name")),
            Fact(_("Country"), country_name(partner.country)),
            Fact(_("City"), partner.city or None),
            Fact(_("Region"), region or None),
            Fact(_("PIC"), partner.pic or None),
            Fact(_("Website"), partner.website or None, "address"),
            Fact(_("Address of the page"), page_of(partner), "address"),
        ],
    )


PROJECT = Column(gettext_lazy("Project"), attrgetter("project.acronym"))
PROJECTS = [
    PROJECT,
    Column(gettext_lazy("Title"), lambda part: words(part.project, "title")),
    Column(gettext_lazy("Programme"), lambda part: words(part.project.programme, "name")),
    Column(gettext_lazy("Role"), methodcaller("get_role_display")),
    Extra(gettext_lazy("Department or unit"), lambda part: words(part, "unit")),
    Column(gettext_lazy("Life stage"), attrgetter("project.stage.label")),
    Column(gettext_lazy("From"), lambda part: part.joined or part.project.start, "day"),
    Column(gettext_lazy("Until"), lambda part: part.left or part.project.end, "day"),
]
SHARES = [
    PROJECT,
    *money.SHARES,
    money.OTHER,
    Extra(gettext_lazy("Note on funding"), lambda part: words(part, "funding_note"), "long_text"),
]
FIGURES = [
    Column(gettext_lazy("Indicator"), lambda row: results.indicator_of(row[0])),
    Column(gettext_lazy("Project"), lambda row: row[0].target.project.acronym),
    Column(gettext_lazy("Unit of measurement"), lambda row: words(row[0].indicator, "unit")),
    Column(gettext_lazy("Its share"), lambda row: row[1].value, "number"),
    Column(gettext_lazy("The whole project"), lambda row: row[0].reached, "number"),
]
PRACTICES = [
    Column(gettext_lazy("Good practice"), lambda practice: words(practice, "title")),
    PROJECT,
    Extra(gettext_lazy("Validation"), methodcaller("get_validation_display")),
    Column(gettext_lazy("Address of the page"), page_of, "address"),
]
EVENTS = [
    Column(gettext_lazy("Event"), communication.name_of),
    Column(gettext_lazy("Project"), lambda event: event.project and event.project.acronym),
    communication.KIND_OF_EVENT,
    communication.FIRST_DAY,
    communication.PLACE,
    communication.PARTICIPANTS,
    communication.PAGE,
]
ARTICLES = [communication.ARTICLE, communication.PUBLISHED_ON, communication.PAGE]

KIND = Kind(
    name="contribution",
    title=gettext_lazy("A partner's contribution"),
    purpose=gettext_lazy(
        "What an organisation does in its projects: role, share of the budget, co-financing, figures, practices and "
        "events. For its management, its founders and its auditors."
    ),
    model=Partner,
    build=build,
    problems=lambda selection, period, user: left_out(selection, user),
    order=40,
)
