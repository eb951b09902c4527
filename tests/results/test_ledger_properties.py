"""What holds for every ledger, however its figures came about."""

from decimal import Decimal
from typing import NamedTuple

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from projects.models import Participation
from results.figures import counted_of, share_of_partner, total
from results.ledger import ledger_of
from results.models import Indicator, Measurement, Target
from tests.factories import make_indicator, make_measurement, make_participation, make_period, make_project, make_target

STATES = [state.value for state in Measurement.State]
SOME = settings(max_examples=40, deadline=None, database=None)
WITH_DATABASE = settings(SOME, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])


class Period(NamedTuple):
    number: int


class Reported(NamedTuple):
    """What the ledger asks of a measurement."""

    period: Period
    participation_id: int | None
    value: Decimal


PERIODS = [Period(number) for number in range(1, 5)]
SHARES = [1, 2, 3]  # keys of participations
amounts = st.decimals(min_value=0, max_value=Decimal("999999999999.99"), places=2)
anyone = st.sampled_from([*SHARES, None])
calculations = st.sampled_from(["sum", "last"])


@st.composite
def reports(draw, of=anyone):
    """Approved measurements of an indicator, at most one of whomever in a period, the whole's beside no shares."""
    places = draw(st.lists(st.tuples(st.sampled_from(PERIODS), of), unique=True, max_size=12))
    wholes = {period.number for period, whose in places if whose is None}
    kept = [(period, whose) for period, whose in places if whose is None or period.number not in wholes]
    return [Reported(period, whose, draw(amounts)) for period, whose in kept]


@SOME
@given(reports(), calculations, st.randoms())
def test_the_order_of_entry_changes_no_total(measurements, calculation, random):
    indicator = Indicator(calculation=calculation)
    shuffled = random.sample(measurements, len(measurements))
    assert total(indicator, shuffled) == total(indicator, measurements)


@SOME
@given(reports(), calculations)
def test_a_total_is_the_sum_of_counted_parts_to_the_cent(measurements, calculation):
    indicator = Indicator(calculation=calculation, measure="amount")
    cents = sum(int(each.value * 100) for each in counted_of(indicator, measurements))
    reached = total(indicator, measurements)
    assert (reached is None) == (not measurements)
    assert reached is None or reached * 100 == cents


@SOME
@given(reports(of=st.sampled_from(SHARES)), calculations)
def test_the_shares_of_the_partners_add_up_to_the_total(measurements, calculation):
    indicator = Indicator(calculation=calculation)
    of_partners = [[each for each in measurements if each.participation_id == whose] for whose in SHARES]
    shares = [share_of_partner(indicator, reported) for reported in of_partners if reported]
    assert (sum(shares) if shares else None) == total(indicator, measurements)


@SOME
@given(reports())
def test_the_periods_of_a_sum_add_up_to_the_total(measurements):
    indicator = Indicator(calculation="sum")
    parts = [total(indicator, [each for each in measurements if each.period == period]) for period in PERIODS]
    known = [part for part in parts if part is not None]
    assert (sum(known) if known else None) == total(indicator, measurements)


@SOME
@given(reports(of=st.sampled_from(SHARES)))
def test_percentages_of_partners_never_make_a_total(measurements):
    assert total(Indicator(measure="percentage", calculation="last"), measurements) is None


@SOME
@given(reports(of=st.none()))
def test_a_cumulative_figure_of_the_whole_is_the_last_one(measurements):
    last = max(measurements, key=lambda each: each.period.number, default=None)
    assert total(Indicator(calculation="last"), measurements) == (last and last.value)


@pytest.fixture
def target(db):
    """A target with three partners and four periods."""
    project = make_project()
    for role in ("lead", "partner", "partner"):
        make_participation(project, role)
    for number in range(1, 5):
        make_period(project, number=number)
    return make_target(project, indicator=make_indicator(measure="amount"))


# Each step enters a value, gives one of those entered another state, corrects it, or takes it away again.
steps = st.lists(
    st.tuples(
        st.sampled_from(["enter", "state", "correct", "delete"]), st.integers(0, 11), amounts, st.sampled_from(STATES)
    ),
    max_size=16,
)


def take(step, place, value, state, target):
    period = target.project.reporting_periods.get(number=place % 4 + 1)
    participation = Participation.objects.filter(project=target.project).order_by("pk")[place % 3]
    found = Measurement.objects.filter(target=target, period=period, participation=participation)
    if step == "enter" and not found:
        make_measurement(target, period=period, participation=participation, value=value, state=state)
    elif step == "state":
        found.update(state=state)
    elif step == "correct":
        found.update(value=value)
    elif step == "delete":
        found.delete()


@WITH_DATABASE
@given(steps)
def test_whatever_is_entered_returned_and_approved_the_ledger_holds_the_approved_parts(target, steps):
    with transaction.atomic():
        for step in steps:
            take(*step, target)
        (line,) = ledger_of(Target.objects.filter(pk=target.pk).select_related("project", "indicator"))
        approved = Measurement.objects.filter(target=target, state="approved").values_list("value", flat=True)
        assert line.reported == (sum(approved) if approved else None)
        assert sum(part.value for part in line.partners) == (line.reported or 0)
        assert sum(part.value for part in line.periods) == (line.reported or 0)
        transaction.set_rollback(True)


@WITH_DATABASE
@given(st.lists(amounts, min_size=1, max_size=4))
def test_no_amount_drifts_by_a_cent_on_its_way_through_the_database(target, values):
    with transaction.atomic():
        for period, value in zip(target.project.reporting_periods.all(), values, strict=False):
            make_measurement(target, period=period, value=value)
        (line,) = ledger_of(Target.objects.filter(pk=target.pk).select_related("project", "indicator"))
        assert line.reported == sum(values)
        transaction.set_rollback(True)
