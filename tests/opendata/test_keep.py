"""The delivery to keep.eu: by its own schema, and without the faults that deliveries are known for."""

import json
from datetime import date
from decimal import Decimal

import jsonschema_rs
import pytest

from editorial.states import State
from opendata.keep import KEEP
from opendata.views import SCHEMA
from partners.models import OrganisationType
from projects.models import ProjectWebsite
from tests.factories import (
    make_indicator,
    make_measurement,
    make_participation,
    make_partner,
    make_programme,
    make_project,
    make_target,
)
from tests.opendata.files import fetched, rows_of_json

pytestmark = pytest.mark.django_db

DELIVERY = jsonschema_rs.validator_for(json.loads(SCHEMA), validate_formats=True)


def delivered(client, query="") -> dict:
    told = json.loads(fetched(client, f"/data/keep.json{query}"))
    DELIVERY.validate(told)
    return told


def delivered_project(client) -> dict:
    [project] = delivered(client)["projects"]
    return project


def test_an_empty_portal_delivers_no_projects(client):
    assert delivered(client)["projects"] == []


def test_a_project_with_all_there_is(client):
    project = make_project(
        programme=make_programme(cci="2021TC16FFIR001"),
        operation_code="X-1",
        call="2",
        acronym="CLUSTERS",
        title_en="Clusters",
        title_sl="Grozdi",
        summary_en="What it does",
        change_en="<p>Firms grow.</p>",
        total_budget=1000,
        union_funding=800,
    )
    ProjectWebsite.objects.create(project=project, address="https://example.org/")
    told = delivered_project(client)
    expected = {
        "programme_cci": "2021TC16FFIR001",
        "project_id": "X-1",
        "call_serial_number": "2",
        "name": {"en": "Clusters", "sl": "Grozdi"},
        "description": {"en": "What it does"},
        "expected_achievements": {"en": "Firms grow."},
        "actual_achievements": {},
        "project_start_date": "2023-01-01",
        "total_budget": 1000,
        "eu_funding_amount": 800,
        "eu_funding_cofinancing_rate": 80,
        "contributing_eu_funds": ["ERDF"],
        "website": "https://example.org/",
        "project_indicators": [],
        "partners": [],
    }
    assert {name: told[name] for name in expected} == expected


def test_an_unset_date_is_null_and_an_unpublished_amount_is_no_zero(client):
    make_project(start=None, end=None)
    told = delivered_project(client)
    assert [told[name] for name in ("project_start_date", "project_end_date", "total_budget")] == [None] * 3
    assert told["eu_funding_cofinancing_rate"] is None


def test_a_target_is_never_delivered_and_codes_are_those_of_their_kind(client):
    project = make_project()
    output = make_target(project, value=30, indicator=make_indicator(code="RCO84", level="output"))
    result = make_target(project, value=20, indicator=make_indicator(code="RCR104", level="result"))
    make_target(project, value=5, indicator=make_indicator(code="C1", level="communication"))
    make_measurement(output, value=Decimal("2.5"))
    make_measurement(result, value=7, state="submitted")
    told = delivered_project(client)["project_indicators"]
    assert [(each["indicator_type"], each["code"], each["delivered"]) for each in told] == [
        ("output", "RCO84", 2.5),
        ("result", "RCR104", None),
    ]


def test_partners_with_what_visitors_see_of_them(client):
    project = make_project()
    kind = OrganisationType.objects.create(code="sme", name_en="SME")
    known = {"kind": kind, "legal_status": "public", "pic": "999905974", "city": "Krško", "address": "Trg 1"}
    lead = make_partner(name="Zavod", english_name="Institute", **known)
    make_participation(project, "lead", partner=lead, total_budget=300, union_funding=100)
    make_participation(project, partner=make_partner(state=State.DRAFT, address="Hidden street"))
    make_participation(project, "associated")
    make_participation(project, left=date(2024, 1, 1))
    first, second = delivered_project(client)["partners"]
    assert first["organisation_name"] == {"original": "Zavod", "en": "Institute"}
    assert (first["partner_type"], second["partner_type"]) == ("lead", "project")
    assert (first["organisation_type"], first["legal_status"], first["address"]) == ("SME", "public", "Trg 1")
    assert (first["cofinancing_amount"], first["cofinancing_rate"]) == (100, 33.33)
    assert (second["address"], second["total_eligible_budget"]) == (None, None)


def test_one_programme_alone(client):
    programme = make_programme(cci="2021TC16FFIR001")
    make_project(programme=programme, acronym="OURS")
    make_project(acronym="OTHERS")
    assert [each["acronym"] for each in delivered(client, "?programme=2021TC16FFIR001")["projects"]] == ["OURS"]
    assert len(delivered(client)["projects"]) == 2, "the whole delivery is kept apart from it"


@pytest.mark.parametrize("code", ["", "nothing", "%00", "../../etc/passwd", "2021TC16FFIR001"])
def test_a_programme_that_is_not_there_is_told(client, code):
    answer = client.get(f"/data/keep.json?programme={code}")
    assert (answer.status_code, answer.json()) == (404, {"error": "There is no programme with this CCI code."})


FAULTS = {
    "project_start_date": "1970-01-01",
    "project_end_date": "31.12.2025",
    "total_budget": "1000.00",
    "programme_cci": "X",
    "partners": [{"partner_type": "lead"}],
    "project_indicators": [{"indicator_type": "result", "code": "RCO01", "name": {}, "delivered": 3}],
}


@pytest.mark.parametrize("field", FAULTS)
def test_the_schema_finds_the_known_faults(client, field):
    make_project()
    told = delivered(client)
    told["projects"][0][field] = FAULTS[field]
    assert not DELIVERY.is_valid(told)


def test_the_schema_stands_beside_the_delivery_and_names_every_field(client):
    served = json.loads(fetched(client, "/data/keep.schema.json"))
    assert served == json.loads(SCHEMA)
    named = set(served["$defs"]["project"]["properties"])
    assert named == {field.name for field in KEEP.fields}
    assert 'rel="describedby"' in client.get("/data/keep.json")["Link"]
    assert rows_of_json(client, "keep", "projects") == []
