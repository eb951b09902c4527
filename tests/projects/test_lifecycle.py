from datetime import date, timedelta

import pytest

from projects.lifecycle import Stage, stage_on
from projects.models import Project
from tests.factories import make_project

DAYS = [
    (date(2019, 7, 31), Stage.APPROVED),
    (date(2019, 8, 1), Stage.RUNNING),
    (date(2023, 1, 31), Stage.RUNNING),
    (date(2023, 2, 1), Stage.IN_DURABILITY),
    (date(2028, 1, 31), Stage.IN_DURABILITY),
    (date(2028, 2, 1), Stage.ARCHIVED),
]


@pytest.mark.parametrize(("day", "stage"), DAYS)
def test_the_stage_follows_from_the_dates(day, stage):
    project = Project(start=date(2019, 8, 1), end=date(2023, 1, 31), durability_years=5)
    assert stage_on(project, day) == stage


def test_without_a_durability_duty_a_project_is_closed_after_its_end():
    project = Project(start=date(2019, 8, 1), end=date(2023, 1, 31), durability_years=0)
    assert stage_on(project, date(2040, 1, 1)) == Stage.CLOSED


def test_a_cancelled_project_is_cancelled_whatever_its_dates_say():
    project = Project(start=date(2019, 8, 1), end=date(2023, 1, 31), cancelled_on=date(2020, 5, 1))
    assert stage_on(project, date(2020, 4, 30)) == Stage.RUNNING
    assert stage_on(project, date(2020, 5, 1)) == Stage.CANCELLED


def test_the_query_and_the_record_agree_on_every_stage(db):
    turns = [date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1), date(2023, 2, 28), date(2020, 6, 30)]
    for end in turns:
        for years in (0, 1, 4, 15):
            make_project(start=end - timedelta(days=400), end=end, durability_years=years)
    make_project(start=None, end=None)
    make_project(end=None)
    make_project(cancelled_on=date(2024, 1, 1))
    for day in [*turns, date(2025, 2, 28), date(2025, 3, 1), date(2028, 2, 29), date(2039, 3, 1)]:
        for stage in Stage:
            expected = {project for project in Project.objects.all() if stage_on(project, day) == stage}
            assert set(Project.objects.in_stage(stage, day)) == expected, (day, stage)
