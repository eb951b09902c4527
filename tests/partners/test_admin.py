import pytest

from partners.models import Contact, Partner
from tests.factories import make_partner
from tests.forms import filled_in, mistakes, send, with_row

ADD = "/admin/partners/partner/add/"
GOOD = {"name": "Regional Agency", "slug": "agency", "country": "SI"}


def test_an_organisation_is_added_with_a_contact(office):
    data = with_row(filled_in(office, ADD) | GOOD, "contacts", function_en="Coordinator", email="office@example.org")
    assert office.post(ADD, data).status_code == 302
    assert Partner.objects.get().contacts.get().function_en == "Coordinator"


BAD_FACTS = [
    ({"country": "XX"}, "country", "valid choice"),
    ({"country": ""}, "country", "required"),
    ({"latitude": "45.95"}, "longitude", "both a latitude and a longitude"),
    ({"latitude": "95", "longitude": "15"}, "latitude", "less than or equal to 90"),
    ({"pic": "12"}, "pic", "nine figures"),
    ({"nuts2": "si03"}, "nuts2", "four characters"),
    ({"website": "not an address"}, "website", "valid URL"),
    ({"website": "javascript:alert(1)"}, "website", "valid URL"),
    ({"slug": ""}, "slug", "The page needs an address"),
]


@pytest.mark.parametrize(("facts", "field", "sentence"), BAD_FACTS)
def test_a_wrong_fact_is_explained_beside_its_field_and_nothing_is_saved(office, facts, field, sentence):
    answer = send(office, ADD, GOOD | facts)
    assert sentence in mistakes(answer)[field]
    assert not Partner.objects.exists()


def test_only_one_organisation_runs_the_portal(office):
    make_partner(is_agency=True)
    answer = send(office, ADD, GOOD | {"is_agency": "on"})
    assert "Another organisation runs this portal" in mistakes(answer)[""]


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({}, "email", "e-mail address or a phone number"),
        ({"email": "nobody"}, "email", "valid email"),
        ({"phone": "1", "start": "2024-01-02", "end": "2024-01-01"}, "end", "before"),
        ({"consent_given_on": "2024-01-02", "consent_ends_on": "2024-01-01"}, "consent_ends_on", "before"),
    ],
)
def test_a_wrong_fact_of_a_contact_is_explained_beside_its_field(office, facts, field, sentence):
    address = "/admin/partners/contact/add/"
    data = filled_in(office, address) | {"partner": make_partner().pk, "function_en": "Coordinator"} | facts
    assert sentence in mistakes(office.post(address, data))[field]
    assert not Contact.objects.exists()


def test_organisations_are_filtered_by_the_countries_they_come_from(office):
    make_partner(country="SI", name="Slovenian")
    make_partner(country="AT", name="Austrian")
    page = office.get("/admin/partners/partner/").content.decode()
    assert "country__exact=AT" in page
    assert "country__exact=FR" not in page
    assert "Slovenian" not in office.get("/admin/partners/partner/", {"country__exact": "AT"}).content.decode()
