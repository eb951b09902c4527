from datetime import UTC, date, datetime

import pytest

from factcheck.texts import models_about_projects, texts
from projects.models import Amendment, Project
from tests.factories import make_article, make_event, make_phase, make_project

pytestmark = pytest.mark.django_db


def found(**choice):
    return {(str(each.record._meta.model_name), each.field, each.language, each.words) for each in texts(**choice)}


def test_every_text_of_a_project_and_of_what_belongs_to_it_is_read_in_every_language(settings):
    project = make_project(title_sl="Naslov", summary_en="Sum")
    make_phase(project, name_en="First phase")
    Amendment.objects.create(project=project, kind="other", reason_lv="Iemesls")
    assert {
        ("project", "title", "sl", "Naslov"),
        ("project", "summary", "en", "Sum"),
        ("phase", "name", "en", "First phase"),
        ("amendment", "reason", "lv", "Iemesls"),
    } <= found()


def test_an_article_about_two_projects_is_left_out_as_nobody_knows_which_one_it_means():
    one, other = make_project(), make_project()
    make_article(one, title_en="About one")
    make_article(one, other, title_en="About both")
    make_article(title_en="About none")
    titles = {words for model, field, language, words in found() if model == "article"}
    assert titles == {"About one"}


def test_the_texts_of_chosen_projects_and_languages_are_read_alone():
    one, other = make_project(title_en="One", title_sl="Ena"), make_project(title_en="Other")
    make_event(project=other, title_en="Of the other")
    chosen = found(projects=Project.objects.filter(pk=one.pk), languages=["sl"])
    assert chosen == {("project", "title", "sl", "Ena")}


def test_a_text_knows_the_project_it_speaks_of_and_the_day_it_was_written_for():
    project = make_project()
    make_article(project, title_en="News", published_at=datetime(2020, 5, 4, 12, tzinfo=UTC))
    by_field = {(type(each.record).__name__, each.field): each for each in texts()}
    assert by_field["Article", "title"].as_of == date(2020, 5, 4)
    assert by_field["Article", "title"].project == project.pk
    assert by_field["Project", "title"].as_of is None


def test_a_thousand_texts_cost_as_many_queries_as_one(django_assert_num_queries):
    project = make_project()
    for number in range(3):
        make_event(project=project, title_en=f"Event {number}")
    models = {type(each.record) for each in texts()}
    assert len(models) == 2
    with django_assert_num_queries(len(models_about_projects())):
        list(texts())
