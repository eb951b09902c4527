"""Where everything lies on a project's timeline."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup

from projects.models import Amendment
from projects.sections import AMENDMENTS, PHASES, Moment, MomentKind
from projects.timeline import MOST_ROWS, ROW, draw_timeline
from tests.factories import make_event, make_measurement, make_phase, make_project, make_target

EVENTS = MomentKind("event", "Events", 30)
TODAY = date(2024, 7, 1)


def project(amendments=(), **fields):
    span = {"start": date(2023, 1, 1), "end": date(2025, 12, 31)}
    facts = span | {"durability_years": 0, "cancelled_on": None} | fields
    return SimpleNamespace(**facts, amendments=SimpleNamespace(all=lambda: amendments))


def phase(start, end, number=1):
    return Moment(PHASES, "a phase", start, end, number)


def event(start, end=None):
    return Moment(EVENTS, "an event", start, end or start)


def drawn(project, *moments, today=TODAY):
    return draw_timeline(project, list(moments), today)


def test_a_project_fills_its_timeline_and_today_lies_within():
    picture = drawn(project(start=date(2024, 1, 1), end=date(2024, 12, 31)), today=date(2024, 7, 2))
    assert (picture.project.x, picture.project.width) == (0, 100)
    assert picture.today == 50
    assert [year.year for year in picture.years] == [2024]


def test_phases_that_follow_one_another_touch_and_share_a_row():
    first = phase(date(2023, 1, 1), date(2023, 12, 31))
    second = phase(date(2024, 1, 1), date(2025, 12, 31), number=2)
    marks = drawn(project(), second, first).lanes[0].marks
    assert [mark.moment for mark in marks] == [first, second]
    assert marks[0].x + marks[0].width == pytest.approx(marks[1].x, abs=0.02)
    assert len({mark.y for mark in marks}) == 1
    assert [mark.number for mark in marks] == [1, 2]


def test_what_comes_before_the_start_or_after_the_end_makes_the_timeline_longer():
    picture = drawn(project(), event(date(2022, 6, 1)), event(date(2026, 6, 1)))
    assert (picture.first, picture.last) == (date(2022, 6, 1), date(2026, 6, 1))
    assert 0 < picture.project.x < picture.project.x + picture.project.width < 100


def test_a_project_of_one_day_is_drawn():
    day = date(2024, 7, 1)
    picture = drawn(project(start=day, end=day), event(day))
    assert (picture.project.x, picture.project.width, picture.today) == (0, 100, 0)


def test_an_event_of_a_day_is_a_point_and_one_of_months_a_bar():
    short, long = drawn(project(), event(date(2023, 2, 1)), event(date(2024, 1, 1), date(2024, 6, 30))).lanes[0].marks
    assert short.is_point
    assert not long.is_point


def test_events_of_the_same_days_stand_below_one_another_but_not_endlessly():
    marks = drawn(project(), *(event(date(2024, 5, 14)) for _ in range(MOST_ROWS + 3))).lanes[0].marks
    assert len({mark.y for mark in marks}) == MOST_ROWS
    assert max(mark.y for mark in marks) - min(mark.y for mark in marks) == (MOST_ROWS - 1) * ROW


def test_every_kind_has_its_lane_in_a_fixed_order_below_the_one_before():
    decision = Moment(AMENDMENTS, "a decision", date(2023, 1, 2))
    picture = drawn(project(), decision, event(date(2023, 2, 1)), phase(date(2024, 1, 1), date(2024, 12, 31)))
    assert [lane.kind.name for lane in picture.lanes] == ["phase", "event", "amendment"]
    tops = [lane.y for lane in picture.lanes]
    assert tops == sorted(set(tops))
    assert picture.height > tops[-1] + ROW


def test_what_has_no_date_is_counted_and_not_drawn():
    picture = drawn(project(), Moment(AMENDMENTS, "a decision", None))
    assert (picture.lanes, picture.undated) == ([], 1)


def test_without_any_date_there_is_no_picture():
    assert drawn(project(start=None, end=None), Moment(AMENDMENTS, "a decision", None)) is None


def test_moments_are_drawn_even_if_the_project_has_no_dates():
    picture = drawn(project(start=None, end=None), event(date(2024, 5, 14)))
    assert picture.project is None
    assert len(picture.lanes) == 1


def test_a_project_without_an_end_runs_on_to_today_and_says_that_it_is_open():
    picture = drawn(project(end=None))
    assert picture.is_open
    assert (picture.last, picture.project.width) == (TODAY, 100)
    assert drawn(project(start=TODAY + timedelta(days=9), end=None)).today is None


def test_durability_follows_the_end():
    picture = drawn(project(durability_years=5))
    assert picture.last == date(2030, 12, 31)
    assert picture.durability.x == pytest.approx(picture.project.width, abs=0.02)
    assert picture.durability.x + picture.durability.width == pytest.approx(100, abs=0.02)


def test_an_extension_is_the_part_that_a_decision_added():
    extension = Amendment(kind="extension", previous_end=date(2024, 12, 31), new_end=date(2025, 12, 31))
    (mark,) = drawn(project(amendments=[extension])).extensions
    assert mark.x == pytest.approx(66.7, abs=0.1)
    assert mark.x + mark.width == 100


@pytest.mark.parametrize("end", [date(2024, 6, 30), None])
def test_an_extension_that_the_project_does_not_have_any_more_is_not_drawn(end):
    extension = Amendment(kind="extension", previous_end=date(2024, 12, 31), new_end=date(2025, 12, 31))
    assert drawn(project(end=end, amendments=[extension])).extensions == []


def test_a_cancelled_project_ends_with_that_day_and_keeps_nothing():
    picture = drawn(project(cancelled_on=date(2024, 2, 1), durability_years=5))
    assert (picture.last, picture.durability, picture.today) == (date(2024, 2, 1), None, None)
    assert drawn(project(cancelled_on=date(2022, 2, 1))).project.width == 100
    assert drawn(project(cancelled_on=TODAY + timedelta(days=1))).last == date(2025, 12, 31)


def test_what_did_not_take_place_is_told_apart():
    assert drawn(project(), Moment(EVENTS, "an event", TODAY, is_off=True)).has_off
    assert not drawn(project(), event(TODAY)).has_off


def test_few_enough_years_are_named_to_fit_on_a_phone():
    years = drawn(project(end=date(2040, 12, 31))).years
    assert len(years) == 18
    assert [year.year for year in years if year.is_named] == [2023, 2026, 2029, 2032, 2035, 2038]


def test_a_year_mistyped_makes_neither_an_error_nor_a_thousand_lines():
    picture = drawn(project(end=date.max, durability_years=5), event(date.max))
    assert len(picture.years) <= 6
    assert picture.project.width == 100


def test_today_is_not_drawn_where_the_timeline_is_over():
    assert drawn(project(), today=date(2031, 1, 1)).today is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "phrase"), [("en", "1 January 2023"), ("sl", "1. januar 2023"), ("bg", "1 януари")]
)
def test_the_picture_is_named_and_told_in_words_in_every_language(client, language, phrase):
    shown = make_project(durability_years=0)
    make_phase(shown, start=date(2023, 1, 1), end=date(2023, 1, 20))
    make_event(project=shown)
    make_measurement(make_target(shown))
    page = BeautifulSoup(client.get(f"/{language}/projects/{shown.slug}/").content, "html.parser")
    picture = page.select_one("svg.span__picture")
    assert phrase in picture["aria-label"]
    assert all(re_number(rect[name]) for rect in picture.select("rect[x]") for name in ("x", "width"))
    assert len(page.select(".in-words .timeline__moment")) == 3


def re_number(text):
    """Whether an SVG understands the number, whatever the page's language writes."""
    return float(text.removesuffix("%")) >= 0
