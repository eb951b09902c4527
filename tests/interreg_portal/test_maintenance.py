"""While the portal is being worked on, visitors read so in their language and the back office stays open."""

import pytest

from interreg_portal.maintenance import RETRY_AFTER


@pytest.fixture
def closed(settings, tmp_path):
    settings.MAINTENANCE_FILE = tmp_path / "maintenance"
    settings.MAINTENANCE_FILE.touch()


@pytest.mark.parametrize("address", ["/bg/projects/", "/bg/nothing-here/", "/"])
def test_visitors_read_in_their_language_that_they_should_come_back(
    client, closed, db, django_assert_num_queries, address
):
    with django_assert_num_queries(0):
        answer = client.get(address, headers={"Accept-Language": "bg"})
    assert (answer.status_code, answer["Retry-After"]) == (503, str(RETRY_AFTER))
    assert answer["Cache-Control"] == "no-store"
    assert '<html lang="bg">' in answer.content.decode()
    assert 'href="/sl/' in answer.content.decode(), "the language can still be switched"


def test_who_works_in_the_back_office_goes_on(office, closed):
    assert office.get("/admin/").status_code == 200


def test_it_is_over_as_soon_as_the_file_is_gone(client, closed, db, settings):
    settings.MAINTENANCE_FILE.unlink()
    assert client.get("/en/").status_code == 200
