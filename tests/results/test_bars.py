"""How what was reached is drawn beside what was promised."""

from decimal import Decimal

import pytest
from bs4 import BeautifulSoup

from results.bars import shapes_of
from results.ledger import Line
from results.models import Indicator, Measurement, ReportingPeriod, Target
from tests.factories import make_measurement, make_project, make_target


def line(value=None, actual=None, baseline=None, measure="number"):
    value, baseline, actual = [None if figure is None else Decimal(figure) for figure in (value, baseline, actual)]
    target = Target(value=value, baseline=baseline, indicator=Indicator(measure=measure, calculation="last"))
    period = ReportingPeriod(number=1)
    target.approved = [] if actual is None else [Measurement(value=actual, period=period)]
    return Line(target)


def bar(**figures):
    return line(**figures).bar


def test_a_bar_ends_where_the_actual_value_lies_on_the_way_to_the_promise():
    drawn = bar(value=10, actual=4, baseline=2)
    assert (drawn.zero, drawn.baseline, drawn.promise, drawn.reached, drawn.over) == (0, 20, 100, (0, 40), None)


def test_what_exceeds_the_promise_is_told_apart():
    drawn = bar(value=20, actual=100)
    assert (drawn.promise, drawn.reached, drawn.over) == (20, (0, 20), (20, 80))


def test_not_yet_reported_is_no_bar_of_length_zero():
    silent, zero = bar(value=10), bar(value=10, actual=0)
    assert (silent.is_reported, silent.reached) == (False, None)
    assert (zero.is_reported, zero.reached) == (True, (0, 0))


@pytest.mark.parametrize("figures", [{"actual": 116}, {}, {"value": 0}, {"value": 0, "actual": 0}])
def test_nothing_is_drawn_where_there_is_nothing_to_compare(figures):
    assert bar(**figures) is None


def test_a_percentage_is_drawn_on_a_scale_to_a_hundred_or_above():
    assert bar(actual=55, measure="percentage").reached == (0, 55)
    assert bar(value=60, actual=30, measure="percentage").promise == 60
    assert bar(value=100, actual=200, measure="percentage").over == (50, 50)


def test_a_figure_below_zero_is_drawn_to_the_left():
    drawn = bar(value=10, actual=-10)
    assert (drawn.zero, drawn.reached) == (50, (0, 50))


def test_where_less_was_promised_nothing_exceeds_and_the_share_is_that_of_the_fall():
    emissions = line(value=80, actual=85, baseline=100)
    assert emissions.share == Decimal("0.75")
    assert (emissions.bar.reached, emissions.bar.over) == ((0, 85), None)


def test_the_key_explains_what_occurs_and_nothing_else():
    assert shapes_of([line(value=10), line(actual=3)]) == {"promise", "silent"}
    assert shapes_of([line(value=10, actual=12, baseline=1)]) == {"promise", "reached", "over", "baseline"}
    assert shapes_of([]) == set()


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "sl", "bg"])
def test_bars_stand_beside_their_figures_whatever_the_decimal_sign(client, language):
    project = make_project()
    make_measurement(make_target(project, value=Decimal("8.5")), value=Decimal("2.5"))
    make_target(project, value=10)
    for section in ("", "results/"):
        page = BeautifulSoup(client.get(f"/{language}/projects/{project.slug}/{section}").content, "html.parser")
        assert [shape["width"] for shape in page.select("td .progress__reached")] == ["29.41%"]
        assert len(page.select("td .progress__track--silent")) == 1
