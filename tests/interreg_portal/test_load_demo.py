from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.utils import translation

from editorial.models import Publishable
from news.models import Article
from pages.models import Page
from projects.models import Participation, Phase, Project
from results.models import GoodPractice
from tests.factories import make_article, make_partner, make_project

pytestmark = pytest.mark.django_db

PORTAL_APPS = ["editorial", "accounts", "pages", "partners", "projects", "results", "news"]


def load(*options) -> str:
    """What the command said."""
    said = StringIO()
    call_command("load_demo", *options, stdout=said)
    return said.getvalue()


def row_counts() -> dict[str, int]:
    models = [model for app in PORTAL_APPS for model in apps.get_app_config(app).get_models()]
    return {model._meta.label: model.objects.count() for model in models}


def last_changes() -> dict[str, list]:
    """When each page was last saved."""
    models = Publishable.__subclasses__()
    return {model._meta.label: list(model.objects.order_by("slug").values_list("updated_at")) for model in models}


@pytest.fixture
def inno():
    load()
    return Project.objects.get(slug="inno-industry")


def test_loading_twice_changes_nothing(inno):
    rows, changes = row_counts(), last_changes()
    said = load()
    assert (row_counts(), last_changes()) == (rows, changes)
    assert said.count(": 0 new or set back") == said.count("new or set back") > 0


def test_loading_again_sets_an_edited_record_back_and_keeps_what_was_added(inno):
    Project.objects.filter(pk=inno.pk).update(summary_sl="Drugače", total_budget=2_000_000, operation_code="PGI05999")
    Phase.objects.filter(project=inno, number=2).update(end=date(2022, 12, 31))
    load()
    inno.refresh_from_db()
    assert inno.summary_sl.startswith("Projekt INNO INDUSTRY")
    assert inno.total_budget == Decimal("1637941.00")
    assert inno.operation_code == "PGI05999"
    assert inno.phases.get(number=2).end == date(2023, 1, 31)


def test_a_missing_text_is_not_filled_in_from_another_language():
    with translation.override("bg"):
        load()
    assert not Article.objects.get(slug="praise-at-the-mid-term-review").title_bg


@pytest.mark.parametrize(
    ("make", "named"), [(make_project, "1 project"), (make_article, "1 article"), (make_partner, "1 organisation")]
)
def test_a_portal_with_other_content_is_refused_and_left_alone(make, named):
    make()
    before = row_counts()
    with pytest.raises(CommandError, match=rf"content of its own \({named}\), so nothing was loaded.*DATABASE_URL"):
        load()
    assert row_counts() == before


def test_a_page_beside_the_demo_is_other_content(inno):
    Page.objects.create(slug="imprint", title_en="Imprint")
    with pytest.raises(CommandError, match="1 page"):
        load()


def test_what_can_not_stand_beside_the_demo_is_named_and_nothing_is_loaded(inno):
    inno.phases.filter(number=2).delete()
    Phase.objects.create(project=inno, number=3, name_en="Added", start=date(2022, 2, 1), end=date(2023, 1, 31))
    Page.objects.filter(slug="about").update(title_en="Edited")
    with pytest.raises(CommandError, match="overlaps with phase 3"):
        load()
    assert Page.objects.get(slug="about").title_en == "Edited"


def test_if_empty_loads_into_an_empty_portal():
    assert "The demo is loaded." in load("--if-empty")
    assert Project.objects.count() == 3


def test_if_empty_leaves_edits_alone(inno):
    Project.objects.filter(pk=inno.pk).update(summary_sl="Drugače")
    GoodPractice.objects.all().delete()
    assert load("--if-empty") == "The portal holds content already. It stays as it is.\n"
    inno.refresh_from_db()
    assert inno.summary_sl == "Drugače"
    assert not GoodPractice.objects.exists()


def test_if_empty_leaves_other_content_alone():
    make_article()
    load("--if-empty")
    assert not Project.objects.exists()
    assert not Participation.objects.exists()
