"""Records that no database holds, for the style guide: each of them a state in which a component may meet a reader."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from django.core.files.storage import FileSystemStorage
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from editorial.models import Picture
from editorial.states import State
from editorial.translations import active_languages, column
from news.models import Article, Event
from news.sections import EVENTS
from opendata.edition import File, Offer
from opendata.operations import OPERATIONS
from opendata.writing import CSV, XLSX
from partners.map import Place
from partners.models import OrganisationType, Partner
from projects.models import Amendment, Document, Fund, Programme, ProgrammingPeriod, Project
from projects.sections import AMENDMENTS, PHASES, Moment
from results.ledger import Line
from results.models import GoodPractice, Indicator, Target
from results.sections import PERIODS

# As long as titles come, in the letters and the long words of each language.
TITLES = {
    "bg": "По-добро прилагане на политиките за иновации в областта на Индустрия 4.0 в Европа",
    "de": "Grenzüberschreitende Innovationsförderung für Klimawandelanpassungsmaßnahmen",
    "en": "Improving innovation delivery of policies within 4.0 industry in Europe",
    "lv": "Inovāciju politikas īstenošanas uzlabošana ceturtās rūpniecības revolūcijas apstākļos",
    "sl": "Izboljšanje izvajanja inovacijskih politik za industrijo 4.0 v evropskih regijah",
}
SENTENCE = "Ten regions from ten countries compare how they help firms, and each takes home what it lacks. "
TODAY = date(2026, 5, 14)


def written(field: str, text: str = "", language: str = "") -> dict:
    """A text in a language alone, by default the reader's: `{"title_sl": …}`."""
    language = language or get_language()
    return {column(field, language): text or TITLES.get(language, TITLES["en"])}


def another_language() -> str:
    """One of those in use that isn't the reader's; the reader's where there is no other."""
    return next((code for code in active_languages() if code != get_language()), get_language())


def with_related(record, **related):
    """The record as `prefetch_related` would have left it."""
    record._prefetched_objects_cache = related
    return record


def programme(period="2021-2027", **fields) -> Programme:
    statements = {"2014-2020": "European Union", "2021-2027": "Co-funded by the European Union"}
    fund = Fund(code="ERDF", **written("name", "European Regional Development Fund"))
    period = ProgrammingPeriod(
        code=period, names_fund=period == "2014-2020", **written("funding_statement", statements[period])
    )
    return Programme(cci="2021TC16FFIR001", period=period, fund=fund, **written("name", "Interreg Europe") | fields)


def project(**fields) -> Project:
    """One on its way, with ten partners and no topic."""
    start = timezone.localdate() - timedelta(days=400)
    dates = {"start": start, "end": start + timedelta(days=900), "durability_years": 5}
    fields = {"pk": 1, "slug": "example", "acronym": "EXAMPLE", "state": State.PUBLISHED} | dates | fields
    made = Project(programme=programme(), **fields)
    made.partner_count, made.country_count, made.colour = 10, 8, None
    return with_related(made, amendments=[], topics=[])


def coloured(number: int) -> Project:
    made = project(**written("title"), **written("summary", SENTENCE))
    made.colour = number
    return made


def projects() -> list[Project]:
    """In each life stage, with each topic's colour, not translated, and with nothing but an acronym."""
    day = timezone.localdate()
    stages = [
        {"start": day + timedelta(days=30)},
        {"end": day - timedelta(days=30)},
        {"end": day - timedelta(days=30), "durability_years": 0},
        {"end": day - timedelta(days=4000)},
        {"cancelled_on": day - timedelta(days=1)},
    ]
    foreign = written("title", language=another_language()) | written("summary", SENTENCE, another_language())
    return [
        *(coloured(number) for number in range(12)),
        *(project(**written("title"), **fields) for fields in stages),
        project(**foreign),
        project(start=None, end=None),
    ]


def picture() -> Picture:
    """The portal's own picture for sharing, with a credit."""
    credit = {"credit": "Example Agency", "licence": "CC BY 4.0"}
    made = Picture(file="portal/home.png", width=1200, height=630, **credit, **written("alt", "A page of the portal"))
    made.file.storage = FileSystemStorage(base_url=f"{reverse('home')}share/")
    return made


def articles() -> list[Article]:
    """With a picture and two projects, without either, and not translated."""
    fields = {"slug": "example", "state": State.PUBLISHED, "published_at": timezone.now() - timedelta(days=3)}
    lead = written("lead", SENTENCE)
    both = [project(), project(acronym="SECOND EXAMPLE")]
    return [
        with_related(Article(pk=1, picture=picture(), **fields, **written("title"), **lead), projects=both),
        with_related(Article(pk=2, **fields, **written("title", "Kick-off")), projects=[]),
        with_related(Article(pk=3, **fields, **written("title", language=another_language())), projects=both[:1]),
    ]


def events() -> list[Event]:
    """On one day, on several, in a month of which no more is known; as planned and not."""
    fields = {"slug": "example", "city": "Krško", "country": "SI", "kind": "study_visit", **written("title")}
    day = {"start_date": TODAY, "end_date": TODAY}
    return [
        Event(project=project(), **fields, **day),
        Event(**fields | {"start_date": TODAY, "end_date": TODAY + timedelta(days=2)}),
        Event(**fields, **day, only_month_known=True),
        *(Event(**fields, **day, status=status) for status in Event.Status.values if status != "on"),
    ]


def partners() -> list[Partner]:
    kind = OrganisationType(code="agency", **written("name", "Sectoral agency"))
    full = {"city": "Krems an der Donau", "english_name": "Regional Development Association", "kind": kind}
    return [
        Partner(slug="example", name="Regionalentwicklungsgesellschaft Niederösterreich", country="AT", **full),
        Partner(slug="example", name="RIS", country="SI"),
    ]


def practices() -> list[GoodPractice]:
    fields = {"slug": "example", "country": "SI", "project": project()}
    return [
        GoodPractice(place="Posavje", **fields, **written("title"), **written("summary", SENTENCE)),
        GoodPractice(**fields, **written("title", language=another_language())),
    ]


def document() -> Document:
    fields = {"kind": "report", "language": another_language(), "issued_on": TODAY, "size": 1_640_000, "pages": 24}
    return Document(pk=1, project=project(), file="example.pdf", **fields, **written("title"))


def budgets() -> list[Project]:
    """All parts known, rounded, one unknown, all unknown, and parts that are more than the whole."""
    whole = {"total_budget": Decimal("1637941.25"), "union_funding": Decimal("1330000.00")}
    return [
        project(**whole, national_cofinancing=Decimal("200000.00")),
        project(**whole, union_funding_is_rounded=True),
        project(total_budget=whole["total_budget"], national_cofinancing=Decimal("200000.00")),
        project(),
        project(**whole | {"total_budget": Decimal("1.00")}),
    ]


def ledger() -> list[Line]:
    """Less than promised, more, with a baseline, a promise to have less, in per cent, not reported, not promised."""
    figures = [
        (10, None, 4),
        (10, None, 25),
        (30, 10, 20),
        (10, 30, 15),
        (80, 40, 60),
        (10, None, None),
        (None, None, 7),
    ]
    found = []
    for number, (value, baseline, actual) in enumerate(figures, start=1):
        measure = "percentage" if value == 80 else "number"
        indicator = Indicator(code=f"EX{number}", measure=measure, **written("name"))
        target = Target(project=project(), indicator=indicator, value=value, baseline=baseline)
        target.actual = None if actual is None else Decimal(actual)
        found.append(Line(target))
    return found


def busy_project() -> tuple[Project, list[Moment]]:
    """A project that was extended and must keep its results, with something of each kind on its timeline."""
    years = [date(year, 3, 1) for year in range(2023, 2027)]
    spans = [(first, last - timedelta(days=1)) for first, last in pairwise(years)]
    busy = project(start=years[0], end=date(2026, 8, 31))
    extension = Amendment(kind="extension", previous_end=date(2026, 2, 28), new_end=busy.end, decided_on=years[2])
    moments = [Moment(kind, "Example", *span, n) for kind in (PHASES, PERIODS) for n, span in enumerate(spans, start=1)]
    moments += [Moment(EVENTS, "Example", date(2024, month, 9), is_off=month == 9) for month in (2, 5, 9, 10)]
    moments += [Moment(AMENDMENTS, extension.kind, extension.decided_on), Moment(EVENTS, "Example", None)]
    return with_related(busy, amendments=[extension]), moments


def places() -> list[Place]:
    """Known exactly, two in one town, of which only the country is known, and beyond the map."""
    address = reverse("partners")
    return [
        Place("Regionalna razvojna agencija", "SI", "Krško", 45.959, 15.492, address, number=1),
        Place("Srednja šola", "SI", "Krško", 45.96, 15.49, number=2),
        Place("Ekonomikas ministrija", "LV", "Rīga", 56.949, 24.105, address, number=3),
        Place("Entwicklungsgesellschaft", "AT", number=4),
        Place("Région Réunion", "FR", "Saint-Denis", -20.88, 55.45, number=5),
    ]


def offers() -> list[Offer]:
    """A dataset of which one file has been asked for, and one not yet."""
    return [Offer(OPERATIONS, 1204, [File(CSV, "#datasets", 1_234_567), File(XLSX, "#datasets", None)])]
