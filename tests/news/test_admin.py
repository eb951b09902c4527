from datetime import date

import pytest

from news.models import Event, MediaMention, Newsletter
from tests.factories import make_phase, make_project
from tests.forms import filled_in, mistakes, send

ADD = "/admin/news/event/add/"
GOOD = {"title_en": "Final event", "slug": "final", "kind": "final", "start_date": "2024-05-14"}


def test_an_event_of_one_day_needs_one_date(office):
    assert send(office, ADD, GOOD).status_code == 302
    assert Event.objects.get().end_date == date(2024, 5, 14)


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({"end_date": "2024-05-13"}, "end_date", "This is before “first day”"),
        ({"start_time": "14:00", "end_time": "13:00"}, "end_time", "ends before it begins"),
        ({"end_time": "13:00"}, "start_time", "Say when it begins"),
        ({"start_date": ""}, "start_date", "required"),
        ({"start_time": "half past"}, "start_time", "valid time"),
        ({"country": "XX"}, "country", "valid choice"),
        ({"time_zone": "Mars/Olympus"}, "time_zone", "valid choice"),
        ({"participants": "-1"}, "participants", "greater than or equal to 0"),
        ({"published_at_0": "tomorrow"}, "published_at_0", "valid date"),
    ],
)
def test_a_wrong_fact_is_explained_beside_its_field_and_nothing_is_saved(office, facts, field, sentence):
    answer = send(office, ADD, GOOD | facts)
    assert sentence in mistakes(answer)[field]
    assert not Event.objects.exists()


def test_a_phase_of_another_project_is_refused(office):
    phase = make_phase(make_project())
    answer = send(office, ADD, GOOD | {"project": make_project().pk, "phase": phase.pk})
    assert "belongs to another project" in mistakes(answer)["phase"]


def test_a_newsletter_can_be_read_somewhere(office):
    address = "/admin/news/newsletter/add/"
    data = filled_in(office, address) | {"project": make_project().pk, "number": 1, "title_en": "First"}
    assert "give its address" in mistakes(office.post(address, data))["address"]
    assert office.post(address, data | {"address": "example.org/1"}).status_code == 302
    assert Newsletter.objects.get().address == "https://example.org/1"


def test_a_media_mention_may_be_in_a_language_that_the_portal_does_not_use(office):
    address = "/admin/news/mediamention/add/"
    mention = {"outlet": "Radio", "title": "Titel", "language": "de", "published_on": "2024-01-31"}
    assert send(office, address, mention | {"project": make_project().pk}).status_code == 302
    assert MediaMention.objects.get().language == "de"
