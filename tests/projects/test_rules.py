"""Rules about a project's data: told on the field, and kept by the database where nobody asks the model."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from projects.models import Amendment, Participation, Phase, Project
from tests.factories import make_participation, make_partner, make_phase, make_programme, make_project

pytestmark = pytest.mark.django_db


def refused_fields(record):
    with pytest.raises(ValidationError) as refusal:
        record.full_clean()
    return set(refusal.value.message_dict)


def refused_by_the_database(action, constraint):
    with pytest.raises(IntegrityError, match=f"{constraint}|UNIQUE"), transaction.atomic():
        action()


def test_a_project_ends_after_it_starts():
    project = make_project()
    project.end = date(2022, 1, 1)
    assert refused_fields(project) == {"end"}
    refused_by_the_database(project.save, "project_ends_after_it_starts")


def test_the_unions_part_is_within_the_whole():
    project = make_project(total_budget=Decimal("100.00"))
    project.union_funding = Decimal("100.01")
    assert refused_fields(project) == {"union_funding"}
    refused_by_the_database(project.save, "union_funding_within_total_budget")


def test_an_operation_code_is_unique_within_its_programme_only():
    programme = make_programme()
    make_project(programme=programme, operation_code="PGI1")
    make_project(programme=make_programme(), operation_code="PGI1")
    make_project(programme=programme, operation_code="")
    make_project(programme=programme, operation_code="")
    double = Project(
        programme=programme, operation_code="PGI1", slug="double", acronym="D", title_en="Double", start=None, end=None
    )
    assert "__all__" in refused_fields(double)


@pytest.mark.parametrize(
    ("start", "end", "field"),
    [
        (date(2023, 6, 1), date(2023, 5, 31), "end"),
        (date(2022, 12, 31), date(2023, 5, 31), "start"),
        (date(2025, 6, 1), date(2026, 1, 1), "end"),
        (date(2024, 1, 31), date(2024, 6, 1), "start"),
    ],
)
def test_a_phase_keeps_its_order_its_project_and_its_distance(start, end, field):
    project = make_project()
    make_phase(project, number=1, start=date(2023, 7, 1), end=date(2024, 1, 31))
    phase = Phase(project=project, number=2, name_en="Second", start=start, end=end)
    assert refused_fields(phase) == {field}


def test_phases_that_follow_one_another_do_not_overlap():
    project = make_project()
    make_phase(project, number=1, start=date(2023, 1, 1), end=date(2024, 1, 31))
    Phase(project=project, number=2, name_en="Second", start=date(2024, 2, 1), end=date(2025, 12, 31)).full_clean()


def test_a_project_has_one_lead_partner():
    project = make_project()
    make_participation(project, "lead")
    second = Participation(project=project, partner=make_partner(), role="lead")
    assert refused_fields(second) == {"__all__"}
    refused_by_the_database(second.save, "one_lead_partner")


@pytest.mark.parametrize(
    ("field", "amounts"),
    [
        ("total_budget", {"total_budget": Decimal("1000.01")}),
        ("union_funding", {"union_funding": Decimal("800.01")}),
        ("union_funding", {"total_budget": Decimal("100.00"), "union_funding": Decimal("100.01")}),
    ],
)
def test_a_share_is_within_the_whole(field, amounts):
    project = make_project(total_budget=Decimal("1000.00"), union_funding=Decimal("800.00"))
    share = Participation(project=project, partner=make_partner(), **amounts)
    assert refused_fields(share) == {field}


def test_an_unknown_whole_contradicts_no_share():
    Participation(project=make_project(), partner=make_partner(), total_budget=Decimal("5.00")).full_clean()


def test_an_extension_says_from_when_to_when():
    extension = Amendment(project=make_project(), kind="extension", new_end=date(2026, 6, 30))
    assert refused_fields(extension) == {"previous_end"}
    refused_by_the_database(extension.save, "extension_says_from_when_to_when")


def test_months_and_differences_are_worked_out():
    amendment = Amendment(previous_end=date(2022, 7, 31), new_end=date(2023, 1, 31))
    assert amendment.months == 6
    assert amendment.budget_difference is None
    amendment.previous_total_budget, amendment.new_total_budget = Decimal("1467941.00"), Decimal("1637941.00")
    assert amendment.budget_difference == Decimal("170000.00")
    assert make_project(start=date(2019, 8, 1), end=date(2023, 1, 31)).months == 42


@pytest.mark.parametrize("field", ["union_funding", "national_cofinancing", "total_budget"])
def test_the_database_takes_no_amount_below_zero(field):
    project = make_project()
    setattr(project, field, Decimal("-5.00"))
    with pytest.raises(IntegrityError, match="project_amounts_not_negative"), transaction.atomic():
        project.save()


def test_the_parts_together_are_within_the_whole():
    project = make_project(total_budget=Decimal("100.00"), union_funding=Decimal("80.00"))
    project.national_cofinancing = Decimal("20.01")
    assert refused_fields(project) == {"national_cofinancing"}
    project.national_cofinancing = Decimal("20.00")
    project.full_clean()


def test_a_budget_change_says_what_changed():
    assert refused_fields(Amendment(project=make_project(), kind="budget")) == {"new_total_budget"}


def test_an_extension_moves_the_end():
    same = {"previous_end": date(2025, 12, 31), "new_end": date(2025, 12, 31)}
    assert refused_fields(Amendment(project=make_project(), kind="extension", **same)) == {"new_end"}
