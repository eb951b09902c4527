from datetime import date

import pytest
from django.core.cache import cache

from projects.models import Document, Topic
from tests.factories import (
    make_article,
    make_event,
    make_indicator,
    make_measurement,
    make_participation,
    make_partner,
    make_practice,
    make_programme,
    make_project,
    make_target,
)


@pytest.fixture(autouse=True)
def many_requests(settings):
    """Nothing but the tests of the limit meets it."""
    settings.API_REQUESTS_PER_MINUTE = 100_000
    cache.clear()


@pytest.fixture
def public(db):
    """One published record of each kind, known and unknown values, texts in two languages, a fact in a text."""
    topic = Topic.objects.create(slug="water", name_en="Water", name_sl="Voda")
    project = make_project(
        slug="sava",
        programme=make_programme(cci="2014TC16RFIR001", period="2014-2020"),
        acronym="SAVA",
        title_en="A clean river",
        title_sl="Čista reka",
        summary_en="It costs [[total_budget]].",
        goals_en='<p>For <a href="record:projects.project/999999">all</a>.</p>',
        total_budget="1637941.10",
        union_funding="1330000.00",
    )
    project.topics.add(topic)
    partner = make_partner(slug="rra-posavje", name="RRA Posavje", description_sl="<p>Agencija</p>")
    make_participation(project, "lead", partner=partner, total_budget="500.50")
    measured = make_target(project, indicator=make_indicator(code="RCO01", unit_en="firms"), value="10.5")
    make_measurement(measured, value="4.25")
    make_target(project, indicator=make_indicator(code="A/B 2"), value=None)
    make_article(project, slug="news", title_en="News", lead_en="What happened.", body_en="<p>All of it.</p>")
    make_event(project=project, slug="final", start_time="09:30")
    make_practice(project, slug="reeds", summary_en="Reeds clean water.", partner=partner)
    Document.objects.create(
        project=project,
        title_en="Study",
        language="en",
        issued_on=date(2024, 5, 1),
        file="documents/1/study.pdf",
        size=7,
    )
    return project
