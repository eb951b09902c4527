"""What a project promised, what it reached, and good practices."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from editorial.states import State
from projects.models import Participation
from results.models import ActionPlan, Indicator, Measurement, PolicyChange, PolicyInstrument, Target
from tests.factories import (
    make_indicator,
    make_measurement,
    make_participation,
    make_period,
    make_practice,
    make_project,
    make_target,
)

pytestmark = pytest.mark.django_db


def actual(target):
    return Target.objects.with_actual().get(pk=target.pk).actual


def test_a_sum_adds_up_the_approved_measurements_of_all_periods_and_partners():
    target = make_target(make_project())
    partners = [make_participation(target.project), make_participation(target.project)]
    for period in (make_period(target.project), make_period(target.project)):
        for participation in partners:
            make_measurement(target, value=Decimal("1.5"), participation=participation, period=period)
    make_measurement(target, value=100, state="submitted")
    assert actual(target) == Decimal("6.0")


def test_a_cumulative_indicator_counts_the_last_value_of_each_partner():
    indicator = Indicator.objects.create(
        code="LAST", name_en="Jobs", unit_en="jobs", level="result", calculation="last"
    )
    target = make_target(make_project(), indicator=indicator)
    lead, partner = make_participation(target.project, "lead"), make_participation(target.project)
    for number, values in enumerate([(3, 5), (4, 5), (7, None)], start=1):
        period = make_period(target.project, number=number)
        for participation, value in zip((lead, partner), values, strict=True):
            if value is not None:
                make_measurement(target, value=value, participation=participation, period=period)
    assert actual(target) == 12


def test_a_cumulative_value_of_the_whole_project_is_its_last():
    indicator = Indicator.objects.create(
        code="LAST", name_en="Jobs", unit_en="jobs", level="result", calculation="last"
    )
    target = make_target(make_project(), indicator=indicator)
    for number, value in [(1, 3), (2, 9)]:
        make_measurement(target, value=value, period=make_period(target.project, number=number))
    assert actual(target) == 9


def test_a_percentage_of_a_partner_is_never_added_to_anothers():
    indicator = Indicator.objects.create(
        code="SHARE", name_en="Share", unit_en="%", level="result", measure="percentage", calculation="last"
    )
    target = make_target(make_project(), indicator=indicator)
    period = make_period(target.project)
    for participation in (make_participation(target.project), make_participation(target.project)):
        make_measurement(target, value=40, participation=participation, period=period)
    assert actual(target) is None
    make_measurement(target, value=55, period=period)
    assert actual(target) == 55


def test_nothing_approved_is_not_yet_reported_and_zero_is_zero(client):
    silent = make_target(make_project())
    zero = make_target(make_project())
    make_measurement(zero, value=0)
    assert (actual(silent), actual(zero)) == (None, 0)
    assert "not yet reported" in client.get(f"{silent.project.get_absolute_url()}results/").content.decode()
    assert "not yet reported" not in client.get(f"{zero.project.get_absolute_url()}results/").content.decode()


def test_a_result_leads_to_its_evidence(client):
    target = make_target(make_project(), value=30)
    make_measurement(target, value=30, evidence_address="https://example.org/proof", narrative_en="All are described")
    page = client.get(f"{target.project.get_absolute_url()}results/").content.decode()
    assert "https://example.org/proof" in page
    assert "All are described" in page
    assert "100%" in page


def test_what_was_never_promised_is_reported_without_a_promise(client):
    target = make_target(make_project(), value=None)
    make_measurement(target, value=116)
    page = client.get(f"{target.project.get_absolute_url()}results/").content.decode()
    assert "no promise" in page
    assert "116" in page


def test_the_policy_chain_is_shown_with_what_changed(client):
    project = make_project()
    instrument = PolicyInstrument.objects.create(project=project, name_en="Regional programme", country="SI")
    ActionPlan.objects.create(instrument=instrument, title_en="Plan of Posavje", progress="adopted")
    PolicyChange.objects.create(
        instrument=instrument, kind="governance", description_en="A new board", amount_influenced=5
    )
    page = client.get(f"{project.get_absolute_url()}policy/").content.decode()
    for text in ("Regional programme", "Plan of Posavje", "A new board", "5.00 EUR"):
        assert text in page


def test_a_practice_is_public_only_with_its_project(client):
    practice = make_practice(make_project(state=State.DRAFT), title_en="Hidden")
    assert client.get(practice.get_absolute_url()).status_code == 404
    assert "Hidden" not in client.get("/en/practices/").content.decode()


def test_related_practices_share_the_project_and_never_name_themselves(client):
    project = make_project()
    one, other = make_practice(project), make_practice(project)
    page = client.get(one.get_absolute_url())
    assert [practice.pk for practice in page.context["related"]] == [other.pk]


def test_a_practice_page_shows_the_emblem_of_its_project(client):
    assert "funding__emblem" in client.get(make_practice(make_project()).get_absolute_url()).content.decode()


def test_one_lead_is_a_rule_of_the_database():
    project = make_project()
    make_participation(project, "lead")
    with pytest.raises(Exception, match=r"one_lead_partner|UNIQUE"):
        Participation.objects.create(project=project, partner=make_participation(make_project()).partner, role="lead")


def test_a_locked_period_takes_no_change():
    target = make_target(make_project())
    measurement = make_measurement(
        target, period=make_period(target.project, locked_on=date(2025, 1, 1)), state="draft"
    )
    measurement.full_clean()  # nothing is changed
    measurement.value = 5
    with pytest.raises(ValidationError) as refusal:
        measurement.full_clean()
    assert set(refusal.value.message_dict) == {"period"}


def test_a_value_of_the_whole_and_shares_of_it_are_not_counted_twice():
    target = make_target(make_project())
    period = make_period(target.project)
    make_measurement(target, value=10, period=period)
    share = Measurement(target=target, period=period, value=6, participation=make_participation(target.project))
    with pytest.raises(ValidationError) as refusal:
        share.full_clean()
    assert set(refusal.value.message_dict) == {"participation"}


@pytest.mark.parametrize("calculation", ["last", "sum"])
@pytest.mark.parametrize("begins_with_whole", [True, False])
def test_shares_follow_a_value_of_the_whole_only_where_they_are_added_to_it(calculation, begins_with_whole):
    target = make_target(make_project(), indicator=make_indicator(calculation=calculation))
    first, second = (make_period(target.project, number=number) for number in (1, 2))
    whole, share = (first, second) if begins_with_whole else (second, first)
    make_measurement(target, period=whole, value=100)
    measurement = Measurement(target=target, period=share, value=60, participation=make_participation(target.project))
    if calculation == "last" and begins_with_whole:
        with pytest.raises(ValidationError, match="counts from the start"):
            measurement.full_clean()
    else:
        measurement.full_clean()


def test_a_small_value_is_not_shown_as_zero(client):
    target = make_target(make_project())
    make_measurement(target, value=Decimal("0.0004"))
    assert "<strong>0.0004</strong>" in client.get(f"{target.project.get_absolute_url()}results/").content.decode()
