from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model

from results.models import Indicator, Measurement
from tests.factories import (
    make_indicator,
    make_measurement,
    make_participation,
    make_partner,
    make_period,
    make_project,
    make_target,
)
from tests.forms import filled_in, mistakes, send, with_row

ADD = "/admin/results/measurement/add/"


@pytest.fixture
def target(db):
    return make_target(make_project())


def measured(office, target, **fields):
    values = {"target": target.pk, "period": make_period(target.project).pk, "value": "4"}
    return send(office, ADD, values | fields)


def test_a_measurement_keeps_who_entered_it(office, editor, target):
    assert measured(office, target).status_code == 302
    measurement = Measurement.objects.get()
    assert measurement.author == editor
    other = get_user_model().objects.create_superuser("other", password="a-long-password", interface_language="en")
    office.force_login(other)
    address = f"/admin/results/measurement/{measurement.pk}/change/"
    assert send(office, address, {"value": "5"}).status_code == 302
    measurement.refresh_from_db()
    assert (measurement.author, measurement.value) == (editor, 5)


@pytest.mark.parametrize("value", ["many", "1234567890123", "1.23456", "85 %", "1,5"])
def test_a_value_that_is_no_figure_is_refused(office, target, value):
    assert list(mistakes(measured(office, target, value=value))) == ["value"]
    assert not Measurement.objects.exists()


def test_a_period_of_another_project_is_refused(office, target):
    period = make_period(make_project())
    assert "another project" in mistakes(measured(office, target, period=period.pk))["period"]


def test_a_value_is_entered_once_for_a_period(office, target):
    period = make_measurement(target).period
    assert "has been entered" in mistakes(measured(office, target, period=period.pk))[""]


def test_targets_and_periods_are_part_of_the_projects_form(office, target):
    address = f"/admin/projects/project/{target.project_id}/change/"
    indicator = Indicator.objects.create(code="RCO01", name_en="Enterprises", unit_en="enterprises", level="output")
    data = with_row(filled_in(office, address), "targets", indicator=indicator.pk, value="1,500.5")
    data = with_row(data, "reporting_periods", number="1", start="2023-01-01", end="2023-06-30")
    assert office.post(address, data).status_code == 302
    assert target.project.targets.get(indicator=indicator).value == Decimal("1500.5")
    assert target.project.reporting_periods.get().number == 1


def test_percentages_are_not_summed(office):
    data = {"code": "X", "name_en": "Share", "unit_en": "%", "level": "result", "measure": "percentage"}
    address = "/admin/results/indicator/add/"
    answer = send(office, address, data | {"calculation": "sum"})
    assert "can't be added up" in mistakes(answer)["calculation"]


def test_the_list_of_targets_says_what_was_reached(office, target):
    assert "not yet reported" in office.get("/admin/results/target/").content.decode()
    make_measurement(target, value=Decimal("12.5"))
    assert 'field-reached">12.5<' in office.get("/admin/results/target/").content.decode()


def test_a_practice_belongs_to_a_partner_of_its_project(office, target):
    address = "/admin/results/goodpractice/add/"
    data = filled_in(office, address) | {
        "project": target.project_id, "partner": make_partner().pk, "title_en": "P", "slug": "p", "country": "SI"
    }  # fmt: skip
    assert "takes no part in the project" in mistakes(office.post(address, data))["partner"]
    partner = make_participation(target.project).partner
    assert office.post(address, data | {"partner": partner.pk}).status_code == 302


def test_a_title_longer_than_the_programme_takes_is_refused(office, target):
    address = "/admin/results/goodpractice/add/"
    practice = {"project": target.project_id, "title_en": "x" * 101, "slug": "p", "country": "SI"}
    assert "at most 100 characters" in mistakes(send(office, address, practice))["title_en"]


def test_a_target_without_a_unit_is_refused(office):
    indicator = make_indicator(unit_en="")
    address = "/admin/results/target/add/"
    data = {"project": make_project().pk, "indicator": indicator.pk, "value": "3"}
    assert "has no unit" in mistakes(send(office, address, data))["indicator"]
    assert not indicator.targets.exists()


@pytest.mark.parametrize("field", ["value", "baseline"])
def test_a_share_above_the_whole_is_refused_where_that_cannot_be(office, field):
    indicator = make_indicator(measure="percentage", calculation="last")
    address = "/admin/results/target/add/"
    data = {"project": make_project().pk, "indicator": indicator.pk, field: "100.5"}
    assert "100.5% is more than the whole" in mistakes(send(office, address, data))[field]
    assert send(office, address, data | {field: "100"}).status_code == 302
    growth = make_indicator(measure="percentage", calculation="last", can_exceed_whole=True)
    assert send(office, address, data | {"indicator": growth.pk}).status_code == 302


def test_the_form_of_a_target_tells_its_periods_and_partners(office, target):
    for number, partner in enumerate((make_participation(target.project), make_participation(target.project)), 1):
        make_measurement(target, value=number, participation=partner, period=make_period(target.project, number=number))
    page = office.get(f"/admin/results/target/{target.pk}/change/").content.decode()
    for text in ("By reporting period", "By partner", "<strong>3</strong> (30%)"):
        assert text in page


def test_the_list_of_targets_costs_no_more_for_more(office, target, django_assert_max_num_queries):
    make_measurement(target)
    with django_assert_max_num_queries(30) as few:
        office.get("/admin/results/target/")
    for _time in range(3):
        make_measurement(make_target(target.project, indicator=make_indicator(counts="practices")))
    with django_assert_max_num_queries(len(few) + 1):  # the one that counts records
        office.get("/admin/results/target/")
