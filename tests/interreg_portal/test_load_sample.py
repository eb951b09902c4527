import re
from datetime import UTC, date, datetime
from hashlib import sha256
from io import StringIO
from statistics import median

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import Count, FileField, Max, Min
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import escape

from editorial.models import Picture
from editorial.states import State
from editorial.translations import column, languages_with
from interreg_portal.sample import DAY
from interreg_portal.sample.texts import LAYOUTS, SHARES, SLOT, TEXTS
from interreg_portal.sample.writing import chance, standing
from news.models import Article, Event, MediaMention, Newsletter
from pages.models import Page
from partners.models import Contact, Partner
from projects.models import Amendment, Document, Participation, Phase, Project, ProjectWebsite
from results.models import GoodPractice, Measurement, ReportingPeriod, Target
from search.models import SearchDocument
from tests.factories import make_article, make_partner, make_project

MODELS = [
    Picture, Page, Partner, Contact, Project, ProjectWebsite, Participation, Phase, Document, Amendment,
    ReportingPeriod, Target, Measurement, GoodPractice, Event, MediaMention, Newsletter, Article,
]  # fmt: skip
WHEN_LOADED = {"created_at", "updated_at"}


def load(*options) -> str:
    """What the command said."""
    said = StringIO()
    call_command("load_sample", "--projects=30", "--articles=60", *options, stdout=said)
    return said.getvalue()


def numbers() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in MODELS}


def content_hash() -> str:
    """Of all that the portal says, but for keys, names of files and the time of loading."""
    told = []
    for model in MODELS:
        fields = [field for field in model._meta.concrete_fields if not (field.is_relation or field.primary_key)]
        names = [each.name for each in fields if not isinstance(each, FileField) and each.name not in WHEN_LOADED]
        told.append(list(model.objects.order_by("pk").values_list(*set(names) - {"renditions"})))
    told.append(list(Participation.objects.order_by("pk").values_list("project__slug", "partner__slug")))
    told.append(sorted(Article.projects.through.objects.values_list("article__slug", "project__slug")))
    return sha256(re.sub(r"record:projects.project/\d+", "", repr(told)).encode()).hexdigest()


def loaded_and_undone(*options) -> str:
    """The hash of what was loaded."""
    with transaction.atomic():
        load("--without-index", *options)
        found = content_hash()
        transaction.set_rollback(True)
    return found


@pytest.mark.django_db
def test_the_same_arguments_make_the_same_content_on_any_day(monkeypatch):
    first = loaded_and_undone()
    monkeypatch.setattr(timezone, "now", lambda: datetime(2031, 3, 1, 12, tzinfo=UTC))
    assert loaded_and_undone() == first
    assert loaded_and_undone("--seed=2") != first


@pytest.mark.django_db
def test_each_kind_of_record_is_there_and_keeps_its_own_rules():
    said = load("--without-index")
    assert "The sample is loaded: 2 pages, 45 organisations" in said
    assert {model: count for model, count in numbers().items() if count < 2} == {}
    assert (Project.objects.count(), Article.objects.count()) == (30, 60)
    broken = []
    for model in MODELS:
        for record in model.objects.order_by("pk")[:12]:
            try:
                record.full_clean()
            except ValidationError as error:
                broken.append((record, error))
    assert broken == []


@pytest.mark.django_db
def test_projects_are_as_varied_as_those_of_programmes():
    load("--without-index")
    projects = Project.objects.annotate(size=Count("participations"))
    sizes = list(projects.values_list("size", flat=True))
    assert 2 <= min(sizes) <= 3
    assert 8 <= max(sizes) <= 15
    assert 3 <= median(sizes) <= 7
    assert not Project.objects.exclude(participations__role="lead").exists()
    assert Project.objects.filter(union_funding=None).exists()
    budgets = [
        float(each) for each in Project.objects.exclude(total_budget=None).values_list("total_budget", flat=True)
    ]
    assert 600_000 < median(budgets) < 2_600_000 < max(budgets)
    span = Project.objects.aggregate(first=Min("start"), last=Max("end"))
    assert 2007 <= span["first"].year < 2016
    assert 2024 < span["last"].year <= 2030
    assert Event.objects.published().filter(start_date__gt=DAY).exists()
    assert Partner.objects.values("country").distinct().count() > 10
    assert Partner.objects.agency().country == "SI"


@pytest.mark.django_db
def test_some_texts_are_missing_in_some_languages():
    load("--without-index")
    written = [languages_with(article, "title") for article in Article.objects.all()]
    for language in SHARES:
        assert sum(language in languages for languages in written) > 0
    assert 0 < sum(len(languages) < 4 for languages in written) < len(written)
    assert all(written)


def test_most_records_are_published_and_some_stand_elsewhere():
    rng = chance(1, "standings")
    rolls = [standing(rng, date(2024, 5, 2)) for _ in range(2000)]
    states = [roll["state"] for roll in rolls]
    scheduled = [roll for roll in rolls if roll.get("published_at", datetime(2000, 1, 1, tzinfo=UTC)).year >= 2029]
    assert 0.88 < states.count(State.PUBLISHED) / 2000 < 0.97
    assert all(states.count(state) > 5 for state in (State.DRAFT, State.IN_REVIEW, State.WITHDRAWN))
    assert 20 < len(scheduled) < 80


@pytest.mark.django_db
def test_visitors_read_it_in_each_language(client):
    load("--without-index")
    for language in SHARES:
        title = column("title", language)
        with translation.override(language):
            for model in (Project, Article, Event, GoodPractice):
                record = model.objects.published().exclude(**{title: None}).first()
                answer = client.get(record.get_absolute_url())
                assert answer.status_code == 200
                assert escape(getattr(record, title)) in answer.content.decode()
            for name in ("home", "projects", "partners", "practices", "articles", "events"):
                assert client.get(reverse(name)).status_code == 200
            newest = Article.objects.published().first()
            assert escape(newest.title) in client.get(reverse("articles")).content.decode()


@pytest.mark.django_db
def test_the_pages_of_a_project_show_what_was_made_for_it(client):
    load("--without-index")
    rows = [("partners", Participation), ("documents", Document), ("results", Target), ("media", MediaMention)]
    for name, model in rows:
        project = model.objects.filter(project__in=Project.objects.published()).first().project
        assert client.get(reverse(f"project_{name}", args=[project.slug])).status_code == 200
    document = Document.objects.in_public().first()
    assert b"".join(client.get(document.get_absolute_url()).streaming_content).startswith(b"%PDF")


@pytest.mark.django_db
def test_what_is_loaded_is_found_and_counted_for_the_planner():
    load()
    assert SearchDocument.objects.filter(kind="article").exists()
    table = {"sqlite": "SELECT tbl FROM sqlite_stat1", "postgresql": "SELECT tablename FROM pg_stats"}
    with connection.cursor() as cursor:
        cursor.execute(table[connection.vendor])
        assert ("news_article",) in cursor.fetchall()


@pytest.mark.django_db
def test_a_second_time_nothing_is_doubled():
    load("--without-index")
    before = numbers()
    assert load("--without-index") == "The portal holds a sample already. It stays as it is.\n"
    assert numbers() == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("make", "named"), [(make_project, "1 project"), (make_article, "1 article"), (make_partner, "1 organisation")]
)
def test_a_portal_with_content_is_refused_and_left_alone(make, named):
    make()
    before = numbers()
    with pytest.raises(CommandError, match=rf"content of its own \({named}\).*nothing was loaded.*DATABASE_URL"):
        load()
    assert numbers() == before


@pytest.mark.django_db
def test_who_insists_gets_both():
    own = make_partner(is_agency=True)
    load("--without-index", "--force")
    assert Partner.objects.agency() == own
    assert Project.objects.count() == 30


@pytest.mark.parametrize("options", [["--projects=0"], ["--articles=-3"], ["--projects=many"]])
def test_a_number_that_cannot_be_meant_is_refused(options):
    with pytest.raises(CommandError, match="no whole number from 1 on"):
        call_command("load_sample", *options)


def test_every_sentence_says_something_in_each_language():
    sentences = {kind: lines for kind, lines in TEXTS.items() if isinstance(lines, list) and kind != "organisation"}
    for kind, lines in sentences.items():
        for line in lines:
            assert {*SHARES} <= {*line}, (kind, line)
            assert len({frozenset(SLOT.findall(line[language])) for language in SHARES}) <= 2, line
    assert {kind for layouts in LAYOUTS.values() for _, kinds in layouts for kind in kinds} <= {*sentences}
