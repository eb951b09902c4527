from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from editorial.states import State
from news.models import Event, MediaMention, Newsletter
from projects.models import Document
from tests.factories import make_article, make_event, make_partner, make_phase, make_project

pytestmark = pytest.mark.django_db


def test_events_to_come_stand_before_past_ones_the_next_one_first(client):
    today = timezone.localdate()
    for days in (-30, 60, -1, 5, 0):
        make_event(slug=f"in-{days}-days", start_date=today + timedelta(days=days))
    page = client.get("/en/events/")
    order = [event.slug for event in page.context["object_list"]]
    assert order == ["in-0-days", "in-5-days", "in-60-days", "in--1-days", "in--30-days"]
    assert page.content.decode().count("<h2") >= 2


def test_an_event_of_which_only_the_month_is_known_shows_the_month(client):
    event = make_event(start_date=date(2021, 10, 1), only_month_known=True)
    page = client.get(event.get_absolute_url()).content.decode()
    assert "October 2021" in page
    assert "1 October" not in page
    assert event.end_date == date(2021, 10, 31)


@pytest.mark.parametrize(("status", "shown"), [("on", False), ("postponed", True), ("cancelled", True)])
def test_visitors_see_that_an_event_does_not_take_place_as_planned(client, status, shown):
    event = make_event(status=status)
    for address in (event.get_absolute_url(), "/en/events/"):
        page = client.get(address).content.decode()
        assert (event.get_status_display() in page) is shown


def test_an_event_is_public_only_with_its_project(client):
    event = make_event(project=make_project(state=State.DRAFT))
    assert client.get(event.get_absolute_url()).status_code == 404
    assert client.get(make_event().get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("end_date", {"end_date": date(2024, 5, 13)}),
        ("end_time", {"start_time": time(12), "end_time": time(9)}),
        ("start_time", {"end_time": time(9)}),
    ],
)
def test_an_impossible_order_is_refused_on_its_field(field, changes):
    event = Event(slug="event", title_en="Event", kind="workshop", start_date=date(2024, 5, 14), **changes)
    with pytest.raises(ValidationError) as refusal:
        event.full_clean()
    assert set(refusal.value.message_dict) == {field}


def test_an_event_belongs_to_a_phase_of_its_own_project():
    event = make_event(project=make_project())
    event.phase = make_phase(make_project())
    with pytest.raises(ValidationError) as refusal:
        event.full_clean()
    assert set(refusal.value.message_dict) == {"phase"}


def test_an_article_names_its_projects_its_author_and_its_source(client):
    project, hidden = make_project(), make_project(acronym="HIDDEN", state=State.DRAFT)
    author = make_partner(name="Slovak Business Agency")
    article = make_article(
        project, hidden, author=author, source_name="The Paper", source_address="https://example.org/a"
    )
    page = client.get(article.get_absolute_url()).content.decode()
    for text in (project.acronym, "Slovak Business Agency", "The Paper", "https://example.org/a", "funding__emblem"):
        assert text in page
    assert "HIDDEN" not in page


def test_more_on_the_same_project_is_offered(client):
    project = make_project()
    article, related, other = make_article(project), make_article(project), make_article(make_project())
    page = client.get(article.get_absolute_url())
    assert [record.pk for record in page.context["related"]] == [related.pk]
    assert other.get_absolute_url() not in page.content.decode()


def test_an_article_without_a_project_stands_alone(client):
    assert client.get(make_article().get_absolute_url()).status_code == 200


def test_newsletters_and_media_open_the_media_section_each_alone(client):
    with_letter, with_mention = make_project(), make_project()
    Newsletter.objects.create(project=with_letter, number=1, title_en="First letter", address="https://example.org/1")
    MediaMention.objects.create(
        project=with_mention, outlet="Daily", title="Grozdi", language="sl", published_on=date(2022, 5, 27)
    )
    assert "First letter" in client.get(f"{with_letter.get_absolute_url()}media/").content.decode()
    assert '<span lang="sl">Grozdi</span>' in client.get(f"{with_mention.get_absolute_url()}media/").content.decode()


def test_a_newsletter_that_nobody_can_read_is_refused():
    with pytest.raises(ValidationError) as refusal:
        Newsletter(project=make_project(), number=1, title_en="Empty").full_clean()
    assert set(refusal.value.message_dict) == {"address"}


def test_an_event_of_one_day_stays_one_when_it_is_moved():
    event = Event.objects.get(pk=make_event(start_date=date(2024, 5, 12)).pk)
    event.start_date = date(2024, 5, 20)
    event.full_clean()
    event.save()
    assert event.end_date == date(2024, 5, 20)


def test_when_only_the_month_is_known_any_more_the_event_ends_with_it():
    event = make_event(start_date=date(2024, 2, 12))
    event.only_month_known = True
    event.save()
    assert (event.start_date, event.end_date) == (date(2024, 2, 1), date(2024, 2, 29))


def test_a_document_of_a_draft_project_is_not_named_on_an_event(client):
    hidden = make_project(state=State.DRAFT)
    document = Document.objects.create(project=hidden, title_en="Secret plan", language="en", file="a/plan.pdf", size=1)
    event = make_event(project=make_project())
    event.documents.add(document)
    assert "Secret plan" not in client.get(event.get_absolute_url()).content.decode()


def test_an_article_is_shared_by_plain_links_that_nobody_counts(client):
    article = make_article(title_en="Nine partners & one plan")
    page = client.get(f"{article.get_absolute_url()}?utm_source=somewhere").content.decode()
    there = f"http%3A%2F%2Ftestserver%2Fen%2Fnews%2F{article.slug}%2F"
    assert f'href="mailto:?subject=Nine%20partners%20%26%20one%20plan&amp;body={there}"' in page
    assert f'data-address="http://testserver{article.get_absolute_url()}"' in page
    assert "hidden>Copy the link" in page, "only a script can copy"
