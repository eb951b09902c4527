"""Small rows of a record that come along in its own query are the records that the database holds."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from editorial.rows import Rows
from partners.models import Contact
from projects.models import Project, Topic
from tests.factories import make_partner, make_phase, make_project

pytestmark = pytest.mark.django_db


def with_phases(*fields, order=("number",)):
    return Project.objects.with_rows(phases=Rows("phases", fields, order)).get()


def test_they_come_by_one_query_in_their_order_and_know_their_whole(django_assert_num_queries):
    project = make_project()
    make_phase(project, number=2, name_en="Doing", start=date(2024, 1, 1))
    make_phase(project, number=1, name_en="Planning", end=date(2023, 12, 31))
    with django_assert_num_queries(1):
        found = with_phases("number", "name", "start", "end")
        phases = [(phase.number, phase.name, phase.start, phase.end) for phase in found.phases.all()]
        assert all(phase.project is found for phase in found.phases.all())
    assert phases == [
        (1, "Planning", date(2023, 1, 1), date(2023, 12, 31)),
        (2, "Doing", date(2024, 1, 1), date(2025, 12, 31)),
    ]


def test_there_may_be_none_of_them(django_assert_num_queries):
    make_project()
    with django_assert_num_queries(1):
        assert list(with_phases("number").phases.all()) == []


def test_texts_are_read_in_the_readers_language_or_the_one_they_fall_back_to(django_assert_num_queries):
    make_phase(make_project(), name_en="Planning", name_sl="Načrtovanje")
    project = with_phases("number", "name")
    with django_assert_num_queries(0):
        for language, name in {"sl": "Načrtovanje", "bg": "Planning"}.items():
            with translation.override(language):
                assert project.phases.all()[0].name == name


def test_what_was_not_named_is_still_found(django_assert_num_queries):
    make_phase(make_project(), goal_en="To learn")
    phase = with_phases("number").phases.all()[0]
    with django_assert_num_queries(1):
        assert phase.goal_en == "To learn"


def test_rows_of_other_records_stay_with_these(django_assert_num_queries):
    for acronym in ("ONE", "TWO"):
        topic = Topic.objects.create(slug=acronym.lower(), name_en=acronym)
        make_project(acronym=acronym).topics.set([topic])
    make_project(acronym="THREE")
    with django_assert_num_queries(1):
        projects = Project.objects.with_rows(topics=Rows("topics", ("slug", "name")))
        found = {project.acronym: [topic.name for topic in project.topics.all()] for project in projects}
    assert found == {"ONE": ["ONE"], "TWO": ["TWO"], "THREE": []}


def test_what_they_refer_to_comes_along_and_only_those_that_are_wanted(django_assert_num_queries):
    project = make_project()
    partner = make_partner(name="Agency", latitude=Decimal("45.95890"), longitude=Decimal("15.49170"))
    for function, consented in {"Manager": date(2020, 1, 1), "Assistant": None}.items():
        Contact.objects.create(
            project=project, partner=partner, function_en=function, email="a@example.org", consent_given_on=consented
        )
    rows = Rows("contacts", ("function", "partner__name", "partner__latitude"), only=lambda each: each.public_on())
    with django_assert_num_queries(1):
        found = Project.objects.with_rows(shown=rows).get()
        contacts = [(each.function, each.partner.name, each.partner.latitude, each.partner.pk) for each in found.shown]
    assert contacts == [("Manager", "Agency", Decimal("45.95890"), partner.pk)]


def test_values_of_such_a_query_are_values():
    make_phase(make_project(acronym="ONE"))
    projects = Project.objects.with_rows(phases=Rows("phases", ("number",)))
    assert list(projects.values_list("acronym", flat=True)) == ["ONE"]
