"""Indicators that count the portal's own records, and the figures that lead to these."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.utils import timezone

from editorial.states import State
from news.models import Event, MediaMention, Newsletter
from projects.models import Document, ProjectWebsite
from results.counting import counted_records, source_of
from results.ledger import Outcome, ledger_of
from results.models import ActionPlan, Indicator, PolicyChange, PolicyInstrument, Target
from tests.accounts.people import logged_in, make_person
from tests.factories import (
    make_event,
    make_indicator,
    make_measurement,
    make_period,
    make_practice,
    make_project,
    make_target,
)
from tests.forms import mistakes, send

pytestmark = pytest.mark.django_db
Counts = Indicator.Counts


def make_document(kind):
    def make(project, number):
        file = ContentFile(b"a,b", name=f"{kind}-{number}.csv")
        return Document.objects.create(
            project=project, title_en=f"{kind} {number}", language="en", kind=kind, file=file
        )

    return make


def make_instrument(project):
    return PolicyInstrument.objects.create(project=project, country="SI", name_en="Strategy")


def make_plan(project, number):
    instrument = make_instrument(project)
    return ActionPlan.objects.create(instrument=instrument, title_en=f"Plan {number}", progress="adopted")


def make_change(project, number):
    instrument = make_instrument(project)
    return PolicyChange.objects.create(instrument=instrument, kind="governance", description_en=f"Change {number}")


def make_mention(project, number):
    fields = {"outlet": "Radio", "title": f"On air {number}", "language": "sl", "published_on": date(2024, 2, number)}
    return MediaMention.objects.create(project=project, **fields)


def make_newsletter(project, number):
    address = f"https://example.org/{number}"
    return Newsletter.objects.create(project=project, number=number, title_en=f"Letter {number}", address=address)


def make_website(project, number):
    return ProjectWebsite.objects.create(project=project, address=f"https://example.org/site-{number}/")


def make_event_of(kind):
    return lambda project, number: make_event(project=project, kind=kind, title_en=f"{kind} {number}")


MAKE = {
    Counts.KICK_OFFS: make_event_of("kick_off"),
    Counts.STUDY_VISITS: make_event_of("study_visit"),
    Counts.PARTNER_MEETINGS: make_event_of("partner_meeting"),
    Counts.STAKEHOLDER_MEETINGS: make_event_of("stakeholder_meeting"),
    Counts.WORKSHOPS: make_event_of("workshop"),
    Counts.REVIEWS: make_event_of("review"),
    Counts.DISSEMINATION: make_event_of("dissemination"),
    Counts.FINAL_EVENTS: make_event_of("final"),
    Counts.PRACTICES: lambda project, number: make_practice(project, title_en=f"Practice number {number}"),
    Counts.ACTION_PLANS: make_plan,
    Counts.POLICY_CHANGES: make_change,
    Counts.MEDIA_MENTIONS: make_mention,
    Counts.NEWSLETTERS: make_newsletter,
    Counts.WEBSITES: make_website,
    Counts.DELIVERABLES: make_document("deliverable"),
    Counts.REPORTS: make_document("report"),
    Counts.PRESENTATIONS: make_document("presentation"),
    Counts.POSTERS: make_document("poster"),
    Counts.AGREEMENTS: make_document("agreement"),
    Counts.PRESS_RELEASES: make_document("press"),
}


def line_of(target):
    return ledger_of(Target.objects.filter(pk=target.pk).select_related("project", "indicator"), by_day=True)[0]


def counting(counts, **fields):
    project = fields.pop("project", None) or make_project()
    return make_target(project, indicator=make_indicator(counts=counts), **fields)


def read(client, address):
    page = client.get(address)
    assert page.status_code == 200, address
    return BeautifulSoup(page.content, "html.parser")


def results_of(client, target):
    return read(client, f"{target.project.get_absolute_url()}results/")


@pytest.fixture(autouse=True)
def files_in_memory(settings):
    backend = {"default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}
    settings.STORAGES = settings.STORAGES | backend


@pytest.mark.parametrize("counts", Counts.values)
def test_a_figure_of_each_kind_leads_to_exactly_the_records_it_counts(client, counts):
    target = counting(counts)
    mine = [MAKE[counts](target.project, number) for number in (1, 2)]
    MAKE[counts](make_project(), 3)
    if source_of(counts).kind:
        other = next(each for each in Counts if each != counts and source_of(each) is source_of(counts))
        MAKE[other](target.project, 4)
    assert line_of(target).listed == 2
    link = results_of(client, target).select_one("a.listed")
    shown = read(client, link["href"]).select("main .documents > li")
    assert len(shown) == 2
    assert {*counted_records(counts, target.project)} == {*mine}


def test_every_kind_that_can_be_chosen_is_counted():
    assert {*MAKE} == {*Counts.values}
    assert all(source_of(counts) for counts in Counts.values)


@pytest.mark.parametrize(
    "not_counted",
    [
        {"state": State.DRAFT},
        {"status": Event.Status.CANCELLED},
        {"status": Event.Status.POSTPONED},
        {"start_date": timezone.localdate() + timedelta(days=3)},
    ],
)
def test_drafts_and_what_did_not_take_place_are_not_counted(not_counted):
    target = counting(Counts.WORKSHOPS)
    make_event(project=target.project, **not_counted)
    assert line_of(target).listed == 0


@pytest.mark.parametrize("progress", ["preparation", "dropped"])
def test_a_plan_that_was_not_adopted_is_not_counted(progress):
    target = counting(Counts.ACTION_PLANS)
    make_plan(target.project, 1)
    ActionPlan.objects.create(instrument=make_instrument(target.project), title_en="No", progress=progress)
    assert line_of(target).listed == 1


def test_where_nothing_was_reported_the_count_is_the_figure(client):
    target = counting(Counts.WORKSHOPS, value=2)
    make_event(project=target.project)
    line = line_of(target)
    assert (line.reached, line.share, line.is_counted) == (1, Decimal("0.5"), True)
    assert results_of(client, target).select_one("a.listed").get_text() == "counted on this portal"


def test_no_record_and_no_report_is_not_yet_reported_and_never_zero(client):
    target = counting(Counts.WORKSHOPS)
    assert (line_of(target).reached, line_of(target).outcome) == (None, Outcome.NOT_REPORTED)
    assert "not yet reported" in results_of(client, target).get_text()
    assert not results_of(client, target).select(".listed")


def test_a_report_that_differs_is_kept_beside_the_count(client):
    target = counting(Counts.WORKSHOPS, value=30)
    make_event(project=target.project)
    make_measurement(target, value=30)
    line = line_of(target)
    assert (line.reported, line.listed, line.reached, line.differs) == (30, 1, 30, True)
    page = results_of(client, target)
    assert page.select_one("td strong").get_text() == "30"
    assert page.select_one("a.listed").get_text() == "1 listed on this portal"


def test_a_report_without_any_record_says_so(client):
    target = counting(Counts.WORKSHOPS)
    make_measurement(target, value=3)
    assert results_of(client, target).select_one(".listed").get_text() == "none listed on this portal"


@pytest.mark.parametrize("is_public", [True, False])
def test_why_they_differ_is_told_to_visitors_only_where_it_may_be(client, is_public):
    target = counting(
        Counts.WORKSHOPS, difference_note_en="Most took place online", difference_note_is_public=is_public
    )
    make_event(project=target.project)
    make_measurement(target, value=3)
    assert ("Most took place online" in results_of(client, target).get_text()) is is_public


def test_records_are_counted_by_period_too(client):
    target = counting(Counts.WORKSHOPS)
    for number, year in enumerate((2023, 2024), start=1):
        period = make_period(target.project, number=number, start=date(year, 1, 1), end=date(year, 12, 31))
        make_measurement(target, period=period, value=1)
    first, second = [make_event(project=target.project, start_date=date(2024, month, 1)) for month in (3, 5)]
    make_event(project=target.project, start_date=date(2022, 1, 1))
    assert [part.counted for part in line_of(target).periods] == [None, 2]
    (link,) = results_of(client, target).select(".parts a")
    shown = read(client, link["href"]).select("main .documents > li > a")
    assert [each["href"] for each in shown] == [second.get_absolute_url(), first.get_absolute_url()]


def test_a_long_list_of_records_comes_in_pages(client):
    target = counting(Counts.MEDIA_MENTIONS)
    made = [make_mention(target.project, 1) for _time in range(51)]
    address = f"{target.project.get_absolute_url()}results/media_mentions/"
    first, second = read(client, address), read(client, f"{address}?page=2")
    assert [len(page.select("main .documents > li")) for page in (first, second)] == [50, 1]
    assert f"{len(made)} on this portal" in first.get_text()


@pytest.mark.parametrize(
    "part", ["workshops/", "reviews/", "nothing/", "workshops/?period=7", "workshops/?period=²", "practices/?period=1"]
)
def test_there_is_no_page_for_what_the_project_does_not_count(client, part):
    target = counting(Counts.KICK_OFFS)
    if "?" in part:
        make_period(target.project, number=1)
        counting(part.partition("/")[0], project=target.project)
    assert client.get(f"{target.project.get_absolute_url()}results/{part}").status_code == 404


def test_a_draft_project_shows_its_counted_records_to_nobody(client):
    target = counting(Counts.WORKSHOPS, project=make_project(state=State.DRAFT))
    assert client.get(f"/en/projects/{target.project.slug}/results/workshops/").status_code == 404


@pytest.mark.parametrize("by_day", [True, False])
def test_all_kinds_of_all_projects_are_counted_at_once(by_day):
    projects = [make_project(), make_project()]
    numbers = {counts: 1 + place % 3 for place, counts in enumerate(MAKE)}
    for counts, number in numbers.items():
        indicator = make_indicator(counts=counts)
        for project, times in zip(projects, (number, 1), strict=True):
            make_target(project, indicator=indicator)
            for time in range(1, times + 1):
                MAKE[counts](project, time)
    lines = ledger_of(Target.objects.select_related("project", "indicator"), by_day)
    listed = {(line.target.project, line.indicator.counts): line.listed for line in lines}
    assert listed == {(projects[0], counts): number for counts, number in numbers.items()} | {
        (projects[1], counts): 1 for counts in numbers
    }


@pytest.mark.parametrize("by_day", [True, False])
def test_however_many_kinds_are_counted_it_is_one_query(django_assert_num_queries, by_day):
    project = make_project()
    for counts in Counts.values:
        counting(counts, project=project)
    targets = list(Target.objects.select_related("project", "indicator").with_actual())
    with django_assert_num_queries(1):
        assert {line.listed for line in ledger_of(targets, by_day)} == {0}


def differing():
    target = counting(Counts.WORKSHOPS, value=30)
    make_measurement(target, value=30)
    make_event(project=target.project)
    return target


def test_a_difference_is_warned_of_on_the_form_in_the_list_and_on_the_first_screen(office):
    target = differing()
    form = read(office, f"/admin/results/target/{target.pk}/change/")
    assert "Reported 30, listed 1." in form.select_one(".ledger__difference--open").get_text()
    assert "/results/workshops/" in form.select_one(".ledger a")["href"]
    counting(Counts.REVIEWS)
    rows = read(office, "/admin/results/target/?records=differ").select("#result_list tbody tr")
    assert [row.select_one(".warns").get_text() for row in rows] == ["reported 30, listed 1"]
    assert "reported 30, listed 1" in read(office, "/admin/").get_text()


def test_a_difference_that_was_explained_is_no_warning_any_more(office):
    target = differing()
    address = f"/admin/results/target/{target.pk}/change/"
    assert send(office, address, {"difference_note_en": "Most were online"}).status_code == 302
    form = read(office, address)
    assert not form.select(".ledger__difference--open")
    assert "Reported 30, listed 1." in form.select_one(".ledger__difference").get_text()
    assert not read(office, "/admin/results/target/?records=differ").select("#result_list tbody tr")
    assert "reported 30, listed 1" not in read(office, "/admin/").get_text()


def test_of_a_project_that_visitors_do_not_see_nothing_differs_yet(office):
    target = differing()
    type(target.project).objects.filter(pk=target.project_id).update(state=State.DRAFT)
    assert not line_of(target).differs
    assert "reported 30" not in read(office, "/admin/").get_text()


def test_who_may_not_say_why_is_not_asked():
    differing()
    desk = logged_in(make_person("reader", languages=["en"]))
    assert "reported 30, listed 1" not in read(desk, "/admin/").get_text()


def test_only_a_number_can_count_records(office):
    data = {"code": "X", "name_en": "Share", "unit_en": "%", "level": "result", "measure": "percentage"}
    answer = send(office, "/admin/results/indicator/add/", data | {"calculation": "last", "counts": "workshops"})
    assert "only be counted for a number" in mistakes(answer)["counts"]
