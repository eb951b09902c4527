"""What stands in the files: what visitors see, under names that stay, in every kind of file alike."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from editorial.states import State
from opendata.datasets import AS_TABLES
from partners.models import Contact, OrganisationType
from projects.models import SpecificObjective, Topic
from tests.factories import (
    make_indicator,
    make_measurement,
    make_participation,
    make_partner,
    make_period,
    make_practice,
    make_programme,
    make_project,
    make_target,
)
from tests.opendata.files import book, fetched, rows_of_csv, rows_of_json, rows_of_xlsx

pytestmark = pytest.mark.django_db

# Programs know the columns by these names. Who changes one breaks them: add a new one instead.
STABLE = {
    "operations": "programme_cci operation_code acronym keep_id operation_name beneficiary_name "
    "beneficiary_name_in_english operation_summary achievements start_date end_date total_eligible_cost union_funding "
    "union_funding_is_rounded union_cofinancing_rate currency fund programming_period specific_objective "
    "specific_objective_name location location_nuts2 latitude longitude country partner_countries "
    "type_of_intervention last_updated page",
    "participations": "programme_cci operation_code acronym place role organisation_name organisation_name_in_english "
    "unit organisation_type legal_status pic country nuts2 city latitude longitude website joined left total_budget "
    "union_funding union_funding_is_rounded other_contribution union_cofinancing_rate funding_note project_page "
    "organisation_page",
    "indicators": "programme_cci operation_code acronym indicator_code indicator_name unit level measure is_common "
    "baseline baseline_year target reached share_reached reported_until note project_page",
    "practices": "programme_cci operation_code acronym title summary description resources evidence difficulties "
    "transfer owner location country nuts start_date end_date topics brought_in_by validation last_updated page",
}
HOSTILE = ["=1+1", "+SUM(A1)", "-2", "@cmd", '="a"', "two\nlines", 'quote " and, comma', "semi;colon", "<b>bold</b>"]


@pytest.fixture
def project():
    """One with all that a row can tell."""
    objective = SpecificObjective.objects.create(code="RSO1.1", name_en="Research", name_sl="Raziskave")
    project = make_project(
        programme=make_programme(cci="2021TC16FFIR001"),
        operation_code="X-1",
        keep_id=4711,
        acronym="CLUSTERS",
        title_en="Clusters",
        title_sl="Grozdi",
        summary_en="It costs [[total_budget]].",
        change_en="<p>Firms <strong>grow</strong>.</p><p>Regions too.</p>",
        specific_objective=objective,
        total_budget=Decimal("1000.50"),
        union_funding=Decimal("850.42"),
    )
    project.topics.add(Topic.objects.create(slug="one", name_en="One"), Topic.objects.create(slug="two", name_en="Two"))
    lead = make_partner(name="Zavod", english_name="Institute", country="SI", city="Krško", nuts2="SI03")
    make_participation(project, "lead", partner=lead)
    make_participation(project, partner=make_partner(country="AT"))
    return project


@pytest.mark.parametrize("name", STABLE)
def test_the_names_of_the_columns_stay(name):
    assert [field.name for field in AS_TABLES[name].fields] == STABLE[name].split()
    assert set(STABLE) == set(AS_TABLES)


@pytest.mark.parametrize("name", STABLE)
def test_all_kinds_of_file_have_the_same_columns_and_an_empty_portal_has_no_rows(client, name):
    names = [column.name for column in AS_TABLES[name].columns]
    assert fetched(client, f"/data/{name}.csv").decode() == ",".join(names) + "\r\n"
    assert [cell.value for cell in book(client, name).worksheets[0][1]] == names
    assert rows_of_json(client, name) == []


def test_a_row_of_the_list_of_operations(client, project):
    [row] = rows_of_csv(client)
    expected = {
        "programme_cci": "2021TC16FFIR001",
        "operation_code": "X-1",
        "keep_id": "4711",
        "operation_name_en": "Clusters",
        "operation_name_sl": "Grozdi",
        "operation_name_lv": "",
        "beneficiary_name": "Zavod",
        "beneficiary_name_in_english": "Institute",
        "operation_summary_en": "It costs 1,000.50 EUR.",
        "achievements_en": "Firms grow.\nRegions too.",
        "start_date": "2023-01-01",
        "end_date": "2025-12-31",
        "total_eligible_cost": "1000.50",
        "union_funding": "850.42",
        "union_funding_is_rounded": "false",
        "union_cofinancing_rate": "0.8500",
        "currency": "EUR",
        "fund": "ERDF",
        "programming_period": "2021-2027",
        "specific_objective": "RSO1.1",
        "specific_objective_name_sl": "Raziskave",
        "location": "Krško",
        "location_nuts2": "SI03",
        "country": "SI",
        "partner_countries": "SI;AT",
        "type_of_intervention_en": "One;Two",
        "last_updated": timezone.localdate().isoformat(),
        "page": f"http://testserver/en/projects/{project.slug}/",
    }
    assert {name: row[name] for name in expected} == expected


def test_json_and_excel_have_numbers_dates_and_lists_as_such(client, project):
    [told] = rows_of_json(client)
    assert (told["total_eligible_cost"], told["union_cofinancing_rate"], told["keep_id"]) == (1000.5, 0.85, 4711)
    assert (told["partner_countries"], told["type_of_intervention_sl"]) == (["SI", "AT"], None)
    assert told["union_funding_is_rounded"] is False
    [row] = rows_of_xlsx(client)
    assert (row["total_eligible_cost"], row["start_date"]) == (1000.5, datetime(2023, 1, 1))  # noqa: DTZ001
    assert row["union_funding_is_rounded"] is False


def test_texts_tell_their_facts_in_their_own_language_whatever_the_reader_asks_for(client, project):
    project.summary_sl = "Stane [[total_budget]]."
    project.save()
    rows = fetched(client, "/data/operations.csv", **{"Accept-Language": "bg"}).decode()
    assert "It costs 1,000.50 EUR." in rows
    assert "Stane 1.000,50 EUR." in rows


def test_unknown_is_empty_and_a_published_zero_is_zero(client):
    make_project(acronym="UNKNOWN", start=None, end=None)
    make_project(acronym="ZERO", total_budget=0, union_funding=0)
    unknown, zero = rows_of_csv(client)
    assert [unknown[name] for name in ("start_date", "total_eligible_cost", "union_funding")] == ["", "", ""]
    assert unknown["union_funding_is_rounded"] == unknown["beneficiary_name"] == unknown["union_cofinancing_rate"] == ""
    assert (zero["total_eligible_cost"], zero["union_funding"]) == ("0.00", "0.00")
    unknown, zero = rows_of_json(client)
    assert (unknown["total_eligible_cost"], zero["total_eligible_cost"]) == (None, 0)
    unknown, zero = rows_of_xlsx(client)
    assert (unknown["total_eligible_cost"], zero["total_eligible_cost"]) == (None, 0)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_a_formula_or_breaks_a_row(client, text):
    make_project(acronym="FIRST", title_en=text)
    make_project(acronym="SECOND", union_funding=5)
    safe = f"'{text}" if text[0] in "=+-@" else text
    for rows in (rows_of_csv(client), rows_of_xlsx(client)):
        assert [row["acronym"] for row in rows] == ["FIRST", "SECOND"]
        assert rows[0]["operation_name_en"] == safe
    assert rows_of_json(client)[0]["operation_name_en"] == text
    sheet = book(client).worksheets[0]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize("hidden", [{"state": State.DRAFT}, {"state": State.WITHDRAWN}, {"published_at": "tomorrow"}])
@pytest.mark.parametrize("name", [*STABLE, "keep"])
def test_what_visitors_dont_see_is_in_no_file(client, office, name, hidden):
    if hidden.get("published_at"):
        hidden = {"published_at": timezone.now() + timedelta(days=1)}
    project = make_project(acronym="HIDDEN", **hidden)
    make_participation(project, "lead")
    make_measurement(make_target(project))
    make_practice(project)
    text = fetched(office, f"/data/{name}.json").decode()
    assert "HIDDEN" not in text
    assert text.rstrip().endswith("[\n]}")


def test_a_draft_practice_of_a_public_project_is_in_no_file(client):
    make_practice(make_project(), state=State.DRAFT)
    assert rows_of_csv(client, "practices") == []


def test_a_participation_tells_what_the_pages_tell(client):
    kind = OrganisationType.objects.create(code="sme", name_en="SME")
    known = {
        "kind": kind,
        "legal_status": "private",
        "pic": "999905974",
        "website": "https://example.org/",
        "nuts2": "SI03",
    }
    project = make_project()
    public = make_participation(project, partner=make_partner(**known), total_budget=100, union_funding=0)
    known["pic"] = "999905975"
    make_participation(project, partner=make_partner(state=State.DRAFT, name="Unseen", **known))
    first, second = rows_of_csv(client, "participations")
    assert (first["organisation_type"], first["legal_status"], first["pic"]) == ("sme", "private", "999905974")
    assert (first["total_budget"], first["union_funding"], first["other_contribution"]) == ("100.00", "0.00", "")
    assert first["organisation_page"] == f"http://testserver/en/partners/{public.partner.slug}/"
    assert second["organisation_name"] == "Unseen"
    hidden = ["organisation_type", "legal_status", "pic", "website", "nuts2", "organisation_page"]
    assert all(first[name] for name in hidden)
    assert not any(second[name] for name in hidden)


def test_only_approved_figures_are_reached_and_silence_is_not_zero(client):
    project = make_project()
    approved = make_target(project, value=10, indicator=make_indicator(code="A", unit_en="firms"))
    period = make_period(project, end=date(2024, 6, 30))
    make_measurement(approved, value=Decimal("2.5"), period=period)
    make_measurement(approved, value=9, state="submitted")
    make_target(project, value=None, indicator=make_indicator(code="B"))
    make_measurement(make_target(project, indicator=make_indicator(code="C")), value=0)
    first, silent, none = rows_of_csv(client, "indicators")
    assert (first["target"], first["reached"], first["share_reached"]) == ("10", "2.5", "0.2500")
    assert (first["unit_en"], first["reported_until"]) == ("firms", "2024-06-30")
    assert (silent["target"], silent["reached"], silent["reported_until"]) == ("", "", "")
    assert none["reached"] == "0"


def test_no_contact_is_in_any_file(client, project):
    today = timezone.localdate()
    contact = {"email": "someone@example.org", "person": "Jane Example", "function": "Manager"}
    partner = project.participations.first().partner
    Contact.objects.create(partner=partner, consent_given_on=today, **contact)
    for name in [*STABLE, "keep"]:
        text = fetched(client, f"/data/{name}.json").decode()
        assert "someone@" not in text
        assert "Jane" not in text


def test_the_excel_file_explains_its_columns(client, project):
    explained = {row[0]: row for row in book(client).worksheets[1].iter_rows(values_only=True)}
    assert explained["operation_name_sl"][1:] == ("Operation name (sl)", "The title of the project.")
    assert set(explained) >= set(rows_of_csv(client)[0])
    said = [row for row in book(client).worksheets[1].iter_rows(values_only=True) if row[1] == "Licence"]
    assert said[0][2] == "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/"
