"""The promise ledger: what was promised, what is reported, how it stands, by period and by partner."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from results.ledger import Outcome, ledger_of
from results.models import Target
from tests.factories import make_indicator, make_measurement, make_participation, make_period, make_project, make_target

pytestmark = pytest.mark.django_db

ENDED = {"start": date(2020, 1, 1), "end": date(2022, 12, 31)}
UNDER_WAY = {"start": date(2020, 1, 1), "end": timezone.localdate() + timedelta(days=400)}


def line_of(target):
    return ledger_of(Target.objects.filter(pk=target.pk).select_related("project", "indicator"))[0]


def read(client, project, part="results/", language="en"):
    page = client.get(f"/{language}/projects/{project.slug}/{part}")
    assert page.status_code == 200
    return BeautifulSoup(page.content, "html.parser")


@pytest.mark.parametrize(
    ("promised", "reported", "span", "outcome"),
    [
        (10, 10, ENDED, Outcome.REACHED),
        (10, 12, UNDER_WAY, Outcome.EXCEEDED),
        (10, 4, UNDER_WAY, Outcome.UNDER_WAY),
        (10, 4, ENDED, Outcome.MISSED),
        (10, 0, ENDED, Outcome.MISSED),
        (10, None, UNDER_WAY, Outcome.NOT_REPORTED),
        (10, None, ENDED, Outcome.NOT_REPORTED),
        (None, None, ENDED, Outcome.NOT_REPORTED),
        (None, 7, ENDED, None),
    ],
)
def test_how_a_promise_stands_is_said_in_a_plain_word(promised, reported, span, outcome):
    target = make_target(make_project(**span), value=promised)
    if reported is not None:
        make_measurement(target, value=reported)
    assert line_of(target).outcome == outcome


@pytest.mark.parametrize(("reported", "outcome"), [(80, "reached"), (70, "exceeded"), (90, "under_way")])
def test_a_promised_fall_is_reached_from_above(reported, outcome):
    indicator = make_indicator(calculation="last")
    target = make_target(make_project(**UNDER_WAY), indicator=indicator, baseline=100, value=80)
    make_measurement(target, value=reported)
    assert line_of(target).outcome == outcome


def test_what_a_cancelled_project_fell_short_of_is_missed():
    target = make_target(make_project(**UNDER_WAY | {"cancelled_on": date(2021, 1, 1)}), value=10)
    make_measurement(target, value=4)
    assert line_of(target).outcome == Outcome.MISSED


@pytest.mark.parametrize("state", ["draft", "submitted", "returned"])
def test_only_what_was_approved_is_reported(state):
    target = make_target(make_project())
    make_measurement(target, value=5, state=state)
    assert (line_of(target).reported, line_of(target).share) == (None, None)


def test_the_share_reached_is_exact():
    target = make_target(make_project(), value=Decimal("0.3"))
    for _time in range(3):
        make_measurement(target, value=Decimal("0.1"))
    assert (line_of(target).reported, line_of(target).share) == (Decimal("0.3"), 1)


def three_periods(target, *values):
    """In each period a value of the lead and one of a partner; None where there is none."""
    partners = [make_participation(target.project, "lead"), make_participation(target.project)]
    for number, pair in enumerate(values, start=1):
        period = make_period(target.project, number=number)
        for participation, value in zip(partners, pair, strict=True):
            if value is not None:
                make_measurement(target, value=value, participation=participation, period=period)


def test_a_sum_is_told_by_period_and_by_partner():
    target = make_target(make_project())
    three_periods(target, (1, 2), (3, None), (None, 4))
    line = line_of(target)
    assert [(part.value, part.so_far) for part in line.periods] == [(3, 3), (3, 6), (4, 10)]
    assert [part.value for part in line.partners] == [4, 6]
    assert sum(part.value for part in line.partners) == line.reported == 10


def test_a_cumulative_figure_is_told_by_what_it_stood_at():
    target = make_target(make_project(), indicator=make_indicator(calculation="last"))
    three_periods(target, (1, 2), (3, None), (None, 4))
    line = line_of(target)
    assert [part.so_far for part in line.periods] == [3, 5, 7]
    assert [part.value for part in line.partners] == [3, 4]
    assert line.reported == 7


def test_a_cumulative_figure_of_the_whole_project_holds_those_of_partners_before_it():
    target = make_target(make_project(), indicator=make_indicator(calculation="last"))
    three_periods(target, (1, 2))
    make_measurement(target, value=5, period=make_period(target.project, number=2))
    assert line_of(target).reported == 5


def test_a_cumulative_figure_of_the_whole_project_is_not_added_to_those_of_partners_after_it():
    target = make_target(make_project(), indicator=make_indicator(calculation="last"))
    make_measurement(target, value=5, period=make_period(target.project, number=9))
    period = make_period(target.project, number=10)
    for value in (4, 3):
        participation = make_participation(target.project)
        make_measurement(target, value=value, period=period, participation=participation)
    assert line_of(target).reported == 7


def test_percentages_of_partners_are_told_and_never_added_up():
    indicator = make_indicator(measure="percentage", calculation="last")
    target = make_target(make_project(), indicator=indicator, value=50)
    three_periods(target, (40, 60), (45, None))
    line = line_of(target)
    assert (line.reported, [part.value for part in line.partners]) == (None, [45, 60])
    assert [part.so_far for part in line.periods] == [None, None]


def test_the_page_tells_periods_partners_and_evidence_once(client):
    target = make_target(make_project(), value=10)
    three_periods(target, (1, 2), (3, None))
    target.measurements.update(evidence_address="https://example.org/proof")
    page = read(client, target.project)
    assert [row.get_text(" ", strip=True) for row in page.select(".parts .number strong")] == ["3", "3"]
    assert len(page.select("table.stacking > tbody > tr:first-child li > a[href='https://example.org/proof']")) == 3
    assert page.select_one(f"a[href='#periods-of-{target.pk}']").get_text() == "By period and by partner"
    assert page.find(id=f"periods-of-{target.pk}")
    assert "By partner" in [caption.get_text() for caption in page.select("caption")]


def test_a_single_value_needs_no_table_of_periods(client):
    target = make_target(make_project(), value=10)
    make_measurement(target, narrative_en="All in one place")
    page = read(client, target.project)
    assert not page.select(".parts")
    assert "All in one place" in page.get_text()


@pytest.mark.parametrize("part", ["", "results/"])
def test_the_word_stands_beside_the_figure(client, part):
    target = make_target(make_project(**ENDED), value=10)
    make_measurement(target, value=4)
    assert read(client, target.project, part).select_one(".tag--missed").get_text() == "Missed"


def test_the_overview_shows_promises_first(client):
    project = make_project()
    for value in (None, 5, None, 7):
        make_target(project, value=value)
    page = client.get(project.get_absolute_url())
    assert [line.promised for line in page.context["lines"]] == [5, 7, None, None]


def test_many_targets_and_values_cost_two_queries(django_assert_num_queries):
    project = make_project()
    for _time in range(3):
        target = make_target(project, indicator=make_indicator(counts="practices"))
        three_periods(target, (1, 2), (3, 4)) if not project.participations.exists() else make_measurement(target)
    targets = list(Target.objects.select_related("project", "indicator"))
    with django_assert_num_queries(2):
        for line in ledger_of(targets, by_day=True):
            assert (line.periods, line.partners, line.evidence, line.bar) is not None
