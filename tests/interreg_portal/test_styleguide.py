"""The style guide shows every component, from examples that no database holds."""

from pathlib import Path

import pytest
from django.conf import settings as portal

from interreg_portal import examples
from projects.models import Project

# What stands in the head of a page, and patterns that pictures bring along.
ELSEWHERE = {"shared.html", "styles.html"}


@pytest.fixture
def developing(settings):
    settings.DEBUG = True


@pytest.mark.django_db
def test_visitors_find_nothing_there(client):
    assert client.get("/en/styleguide/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("language", portal.PORTAL_LANGUAGES)
def test_it_shows_every_component_in_the_language_chosen(client, developing, language):
    answer = client.get(f"/{language}/styleguide/")
    folder = Path(portal.BASE_DIR / "templates" / "components")
    shown = {Path(template.name).name for template in answer.templates if template.name.startswith("components/")}
    assert {path.name for path in folder.iterdir()} - shown <= ELSEWHERE
    assert f'<html lang="{language}">' in answer.content.decode()
    assert answer.content.decode().count('<svg class="progress"') == len(examples.ledger()) - 1, "no bar unpromised"


@pytest.mark.django_db
def test_it_asks_for_nothing_but_the_agency_and_keeps_nothing(client, developing, django_assert_num_queries):
    client.get("/en/styleguide/")  # the agency is asked for once, as all pages share it
    with django_assert_num_queries(0):
        client.get("/en/styleguide/")
    assert not Project.objects.exists()


@pytest.mark.django_db
def test_without_a_language_it_leads_to_the_visitors(client, developing):
    assert client.get("/styleguide/", headers={"Accept-Language": "sl"})["Location"] == "/sl/styleguide/"
