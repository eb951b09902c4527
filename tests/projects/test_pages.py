"""What visitors see of a project, and what they must not see."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from editorial.states import State
from partners.models import Contact
from projects.models import Amendment, StakeholderGroup, StakeholderMember
from tests.factories import (
    make_article,
    make_event,
    make_indicator,
    make_measurement,
    make_participation,
    make_partner,
    make_phase,
    make_practice,
    make_programme,
    make_project,
    make_target,
)

pytestmark = pytest.mark.django_db


def read(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_a_project_states_its_facts_in_the_notation_of_each_language(client):
    project = make_project(
        start=date(2019, 8, 1), end=date(2023, 1, 31), total_budget=Decimal("1637941.00"), slug="inno-industry"
    )
    notations = {
        "en": ["1,637,941.00 EUR", "1 August 2019", "31 January 2023"],
        "sl": ["1.637.941,00 EUR", "1. avgust 2019", "31. januar 2023"],
        "lv": ["1\xa0637\xa0941,00 EUR", "2019. gada 1. augusts", "2023. gada 31. janvāris"],
        "bg": ["1\xa0637\xa0941,00 EUR", "1 август 2019 г.", "31 януари 2023 г."],
    }
    for language, expected in notations.items():
        page = read(client, f"/{language}/projects/{project.slug}/")
        for text in expected:
            assert text in page, (language, text)


def test_a_text_that_is_not_translated_falls_back_and_names_its_language(client):
    project = make_project(title_en="Clusters", title_sl="Grozdi")
    assert "<h1>Grozdi</h1>" in read(client, f"/sl/projects/{project.slug}/")
    page = read(client, f"/lv/projects/{project.slug}/")
    assert '<h1 lang="en">Clusters</h1>' in page
    assert 'class="notice"' in page
    assert 'hreflang="sl" href="http://testserver/sl/' in page
    assert 'rel="alternate" hreflang="lv"' not in page


def test_a_list_marks_what_is_not_in_the_readers_language(client):
    make_project(title_en="Clusters")
    assert "tag--language" in read(client, "/bg/projects/")
    assert "tag--language" not in read(client, "/en/projects/")


@pytest.mark.parametrize("state", [State.DRAFT, State.IN_REVIEW, State.RETURNED])
def test_what_is_not_published_is_not_found_by_visitors(client, state):
    project = make_project(state=state, title_en="A secret plan")
    read(client, project.get_absolute_url(), status=404)
    assert "A secret plan" not in read(client, "/en/projects/")
    assert "A secret plan" not in read(client, "/en/")


def test_a_project_published_from_tomorrow_on_is_not_seen_today(client):
    project = make_project(published_at=timezone.now() + timedelta(days=1))
    assert client.get(project.get_absolute_url()).status_code == 404


def test_staff_see_a_draft_where_it_will_stand(office):
    project = make_project(state=State.DRAFT, title_en="Not public yet")
    assert "Not public yet" in read(office, project.get_absolute_url())


def test_a_withdrawn_project_says_so_and_shows_a_way_on(client):
    project = make_project()
    project.state = State.WITHDRAWN
    project.save()
    page = read(client, project.get_absolute_url(), status=410)
    assert reverse("projects") in page


def test_what_was_never_public_is_not_said_to_have_been(client):
    project = make_project(state=State.WITHDRAWN)
    assert client.get(project.get_absolute_url()).status_code == 404


def test_a_former_address_does_not_tell_the_new_one_of_a_draft(client):
    project = make_project(state=State.DRAFT, slug="first")
    project.slug = "secret-name"
    project.save()
    assert "secret-name" not in read(client, "/en/projects/first/", status=404)


def test_a_changed_address_leads_to_the_new_one_however_often_it_changed(client):
    project = make_project(slug="first")
    for slug in ("second", "third"):
        project.slug = slug
        project.save()
    for former in ("first", "second"):
        answer = client.get(f"/sl/projects/{former}/")
        assert (answer.status_code, answer["Location"]) == (301, "/sl/projects/third/")
    project.slug = "first"
    project.save()
    read(client, "/en/projects/first/")


def test_a_section_has_a_page_only_while_it_holds_something(client):
    project = make_project()
    address = project.get_absolute_url()
    sections = ["results", "partners", "practices", "policy", "news", "events", "documents", "media"]
    page = read(client, address)
    for section in sections:
        assert f"{address}{section}/" not in page
        read(client, f"{address}{section}/", status=404)
    make_target(project)
    assert f"{address}results/" in read(client, address)
    read(client, f"{address}results/")


def test_a_draft_article_opens_no_news_section(client):
    project = make_project()
    make_article(project, state=State.DRAFT)
    assert client.get(f"{project.get_absolute_url()}news/").status_code == 404
    assert f"{project.get_absolute_url()}news/" not in read(client, project.get_absolute_url())


def test_partners_and_countries_are_counted_apart_and_without_those_who_left(client):
    project = make_project()
    make_participation(project, "lead", partner=make_partner(country="SI"))
    make_participation(project, partner=make_partner(country="SI"))
    make_participation(project, partner=make_partner(country="AT"))
    make_participation(project, partner=make_partner(country="LV"), left=date(2024, 1, 1))
    make_participation(project, "associated", partner=make_partner(country="BG"))
    page = read(client, f"{project.get_absolute_url()}partners/")
    assert "3 partners" in page
    assert "from 2 countries" in page


def test_an_unpublished_share_is_said_in_words_and_never_zero(client):
    project = make_project()
    make_participation(project, "lead", total_budget=Decimal("1000.00"), union_funding=Decimal("850.00"))
    make_participation(project)
    page = read(client, f"{project.get_absolute_url()}partners/")
    assert "85%" in page
    assert page.count("not published") == 3
    assert "0.00 EUR" not in page.replace("1,000.00 EUR", "").replace("850.00 EUR", "")


def test_amendments_are_told_in_words_with_their_unknown_date(client):
    project = make_project()
    Amendment.objects.create(
        project=project,
        kind="extension",
        previous_end=date(2022, 7, 31),
        new_end=date(2023, 1, 31),
        reason_en="Pandemic",
    )
    Amendment.objects.create(
        project=project, kind="budget", previous_total_budget="1467941.00", new_total_budget="1637941.00"
    )
    page = read(client, project.get_absolute_url())
    assert "Extended by 6 months" in page
    assert "170,000.00 EUR" in page
    assert "Date of the decision not published" in page


def test_a_contact_is_shown_only_while_consent_holds_and_the_function_lasts(client):
    project = make_project()
    partner = make_partner()
    today = timezone.localdate()
    contact = Contact.objects.create(
        partner=partner, project=project, function_en="Manager", email="manager@example.org"
    )
    for changes, shown in [
        ({}, False),
        ({"consent_given_on": today}, True),
        ({"consent_ends_on": today - timedelta(days=1), "consent_given_on": today - timedelta(days=9)}, False),
        ({"consent_ends_on": None, "end": today - timedelta(days=1)}, False),
        ({"end": None}, True),
    ]:
        for field, value in changes.items():
            setattr(contact, field, value)
        contact.save()
        assert ("manager@example.org" in read(client, project.get_absolute_url())) is shown, changes


def test_the_words_beside_the_emblem_follow_the_period_and_the_language(client, django_db_blocker):
    old = make_project(programme=make_programme("2014-2020"))
    new = make_project(programme=make_programme("2021-2027"))
    assert "European Regional Development Fund" in read(client, old.get_absolute_url())
    page = read(client, new.get_absolute_url())
    assert "Statement of 2021-2027" in page
    assert page.index("funding__emblem") < page.index("<h1")


def test_drafts_of_measurements_are_not_counted(client):
    target = make_target(make_project(), value=10)
    make_measurement(target, value=3, state="submitted")
    page = read(client, f"{target.project.get_absolute_url()}results/")
    assert "not yet reported" in page


def fill(project, times):
    for number in range(times):
        make_phase(project, start=date(2023, 1 + number, 1), end=date(2023, 1 + number, 20))
        make_participation(project)
        make_article(project)
        make_event(project=project)
        make_practice(project)
        make_measurement(make_target(project))
        make_target(project, indicator=make_indicator(counts="practices"))
        Amendment.objects.create(project=project, kind="other", reason_en="Because")
        StakeholderGroup.objects.create(project=project, country="SI", name_en="Group").members.create(name="Member")


MOST_QUERIES = 8  # the overview's, with everything that a project may have
SECTIONS = ["", "results/", "partners/", "practices/", "news/", "events/"]


@pytest.mark.parametrize("section", SECTIONS)
def test_a_project_page_costs_the_same_few_queries_however_much_it_holds(
    client, django_assert_max_num_queries, section
):
    project = make_project()
    fill(project, times=1)
    address = project.get_absolute_url() + section
    with django_assert_max_num_queries(MOST_QUERIES) as few:
        read(client, address)
    fill(project, times=4)
    with django_assert_max_num_queries(len(few)):
        read(client, address)


@pytest.mark.parametrize("language", ["en", "bg"])
@pytest.mark.parametrize("section", SECTIONS)
def test_columns_of_languages_not_in_use_are_never_read(client, django_assert_max_num_queries, language, section):
    project = make_project()
    fill(project, times=1)
    StakeholderMember.objects.update(partner=make_partner())
    with translation.override(language), django_assert_max_num_queries(MOST_QUERIES) as queries:
        read(client, project.get_absolute_url() + section)
    read_columns = set(re.findall(r'"(\w+)"', " ".join(query["sql"] for query in queries)))
    assert "title_bg" in read_columns
    unused = [code for code in settings.MODELTRANSLATION_LANGUAGES if code not in settings.PORTAL_LANGUAGES]
    assert not {name for name in read_columns if name.rpartition("_")[2] in unused}
