from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from editorial.states import State
from partners.models import Partner
from tests.factories import make_participation, make_partner, make_project

pytestmark = pytest.mark.django_db


def test_an_organisation_shows_its_public_projects_and_its_shares(client):
    partner = make_partner()
    shown = make_participation(make_project(), partner=partner, union_funding=Decimal("83500.00")).project
    hidden = make_participation(make_project(state=State.DRAFT), partner=partner).project
    page = client.get(partner.get_absolute_url()).content.decode()
    assert shown.acronym in page
    assert "83,500.00 EUR" in page
    assert "not published" in page
    assert hidden.acronym not in page


def test_organisations_are_found_by_country_and_by_any_of_their_names(client):
    make_partner(name="Latvijas Republikas Ekonomikas ministrija", english_name="Ministry of Economics", country="LV")
    make_partner(name="Other", country="SI")
    for query in ("country=LV", "q=ekonomikas", "q=Economics"):
        assert [partner.country for partner in client.get(f"/en/partners/?{query}").context["object_list"]] == ["LV"]


@pytest.mark.parametrize(
    ("field", "value"), [("pic", "12"), ("nuts2", "Slovenia"), ("latitude", "95"), ("country", "ZZ"), ("slug", "")]
)
def test_a_wrong_value_is_refused_on_its_field(field, value):
    partner = Partner(**{"slug": "one", "name": "One", "country": "SI"} | {field: value})
    with pytest.raises(ValidationError) as refusal:
        partner.full_clean()
    assert field in refusal.value.message_dict or "longitude" in refusal.value.message_dict


@pytest.mark.parametrize("same", [{"pic": "999905974"}, {"registration_number": "SI12345678"}, {"is_agency": True}])
def test_an_identifier_belongs_to_one_organisation(same):
    make_partner(**same)
    with pytest.raises(ValidationError):
        Partner(slug="another", name="Another", country="SI", **same).full_clean()
