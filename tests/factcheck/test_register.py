"""The list of what texts say otherwise than the record follows what is saved, and the command mends the rest."""

from io import StringIO

import pytest
from django.core.management import call_command

from factcheck import register
from factcheck.models import CheckedProject, Discrepancy
from factcheck.register import refresh
from news.models import Article
from projects.models import Project
from tests.accounts.people import logged_in, make_person
from tests.factcheck.differing import BUDGET, RIGHT, STATED, WRONG, make_differing_article, make_known_project
from tests.factories import make_participation, make_phase
from tests.forms import change, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def passages():
    return list(Discrepancy.objects.values_list("passage", "language"))


def test_a_text_is_listed_once_it_is_saved_and_no_longer_once_it_is_right(committed):
    with committed():
        article = make_differing_article()
    row = Discrepancy.objects.get()
    assert (row.kind, row.record_id, row.field, row.language) == ("news.article", article.pk, "body", "en")
    assert (row.fact, row.verdict, row.token) == ("total_budget", "contradicts", "[[total_budget]]")
    assert STATED.endswith(row.passage) or row.passage == STATED
    assert WRONG[row.start : row.end] == row.passage
    assert (row.before + row.passage + row.after) == f"Its total budget is {STATED} in all."
    with committed():
        Article.objects.filter(pk=article.pk).update(body_en=RIGHT)
    assert passages() == []


def test_a_text_that_is_changed_beside_the_passage_keeps_its_place_in_the_list(committed):
    with committed():
        article = make_differing_article()
    before = Discrepancy.objects.get()
    with committed():
        Article.objects.filter(pk=article.pk).update(body_en=f"<p>First of all.</p>{WRONG}")
    after = Discrepancy.objects.get()
    assert (after.pk, after.key) == (before.pk, before.key)
    assert after.start > before.start


def test_a_passage_that_a_text_has_twice_is_listed_once(committed):
    with committed():
        make_differing_article(body_en=WRONG + WRONG)
    assert Discrepancy.objects.get().start == WRONG.index("1,467") - ("EUR" in Discrepancy.objects.get().passage) * 4


def test_texts_in_every_language_in_use_are_listed(committed):
    with committed():
        make_differing_article(body_sl="<p>Njegov skupni proračun znaša 1.467.941,00 EUR.</p>")
    assert sorted(language for passage, language in passages()) == ["en", "sl"]


def test_a_text_of_two_projects_is_not_listed(committed):
    with committed():
        article = make_differing_article()
        article.projects.add(make_known_project())
    assert passages() == []


def test_the_texts_of_a_project_are_checked_anew_when_its_facts_change(committed):
    with committed():
        article = make_differing_article()
        project = article.projects.get()
    with committed():
        Project.objects.filter(pk=project.pk).update(total_budget="1467941.00")
    assert passages() == []
    with committed():
        Project.objects.filter(pk=project.pk).update(total_budget=BUDGET)
    assert len(passages()) == 1


def test_the_texts_of_a_project_are_checked_anew_when_a_partner_joins(committed, office):
    project = make_known_project(summary_en="The project has 3 partners.")
    for _ in range(2):
        make_participation(project)
    refresh()
    assert len(passages()) == 1
    form = change(make_participation(project))
    with committed():
        send(office, form, {"order": 7})
    assert passages() == []


def test_a_project_whose_facts_stay_is_not_checked_as_a_whole(committed, monkeypatch):
    with committed():
        project = make_differing_article().projects.get()
    monkeypatch.setattr(register, "check_project", lambda *given: pytest.fail("it was checked"))
    with committed():
        Project.objects.filter(pk=project.pk).update(summary_en="What it is about")


def test_many_texts_of_a_project_wait_for_the_command(committed, monkeypatch, office):
    project = make_known_project()
    with committed():
        make_differing_article(project)
    monkeypatch.setattr(register, "AT_ONCE", 1)
    with committed():
        Project.objects.filter(pk=project.pk).update(total_budget="1467941.00")
    assert CheckedProject.objects.get().is_due
    assert len(passages()) == 1
    page = office.get("/admin/factcheck/").content.decode()
    assert "have changed, and their many texts are checked anew" in page
    call_command("refresh_factcheck", stdout=StringIO())
    assert passages() == []
    assert not CheckedProject.objects.get().is_due


def test_a_record_without_a_page_of_its_own_is_listed_when_its_form_is_saved(committed, office):
    phase = make_phase(make_known_project())
    with committed():
        send(office, change(phase), {"goal_en": f"A total budget of {STATED}."})
    assert Discrepancy.objects.get().kind == "projects.phase"


def test_what_is_deleted_leaves_the_list(committed, office):
    project = make_known_project()
    with committed():
        make_differing_article(project)
        phase = make_phase(project, goal_en=f"A total budget of {STATED}.")
        register.take_in(type(phase), [phase.pk])
    assert Discrepancy.objects.count() == 2
    with committed():
        Article.objects.get().delete()
    with committed():
        office.post(change(phase).replace("change", "delete"), {"post": "yes"})
    assert passages() == []


def test_the_command_finds_what_was_written_past_the_portal(committed):
    make_differing_article()
    said = StringIO()
    call_command("refresh_factcheck", stdout=said)
    assert said.getvalue() == "1 passage differs from the record.\n"
    Article.projects.through.objects.all().delete()
    call_command("refresh_factcheck", stdout=StringIO())
    assert passages() == []


def test_the_whole_portal_costs_no_more_queries_for_more_texts(django_assert_max_num_queries):
    project = make_known_project()
    make_differing_article(project)
    with django_assert_max_num_queries(45) as few:
        refresh()
    for _ in range(5):
        make_differing_article(project)
    with django_assert_max_num_queries(len(few)):
        refresh()
    assert Discrepancy.objects.count() == 6


def test_who_may_only_look_changes_nothing_by_looking():
    article = make_differing_article()
    page = logged_in(make_person("reader")).get(change(article))
    assert page.status_code == 200
    assert passages() == []
