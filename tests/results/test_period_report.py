"""The page on which a period is reported: all targets at once, by a partner's officer with ten minutes."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.utils import translation

from accounts.models import User
from editorial.decisions import Decision
from editorial.versions import snapshots_of
from projects.models import Document
from results.models import Indicator, Measurement, ReportingPeriod
from tests import factories as make
from tests.accounts.people import logged_in, make_person
from tests.editorial.two_editors import again, differences, page
from tests.forms import filled_in, mistakes, said, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def targets(project):
    return [make.make_target(project, order=number) for number in range(3)]


@pytest.fixture
def own(project):
    """The part in the project of the officer's organisation."""
    return make.make_participation(project)


@pytest.fixture
def officer(own) -> User:
    return make_person("partner_editor", partner=own.partner, first_name="Ana", last_name="Zupan")


@pytest.fixture
def desk(officer, targets):
    return logged_in(officer)


def report(period, whose="") -> str:
    return f"/admin/results/reportingperiod/{period.pk}/report/" + (f"?for={whose}" if whose else "")


def values() -> list:
    rows = Measurement.objects.order_by("target__order", "pk").values_list("value", "state", "participation")
    return [(int(value), state, participation) for value, state, participation in rows]


def row(number, **fields) -> dict:
    return {f"measurements-{number}-{name}": value for name, value in fields.items()}


def test_all_targets_are_reported_at_once_and_submitted(desk, officer, own, period, targets):
    reviewer = make_person("reviewer")
    typed = row(0, value="5", narrative_en="Five schools") | row(2, value="0", evidence_address="https://example.org/l")
    answer = send(desk, report(period), typed | {"_submit": ""}, follow=True)
    assert said(answer) == ["2 figures are submitted for review."]
    assert values() == [(5, "submitted", own.pk), (0, "submitted", own.pk)]
    first = Measurement.objects.get(target=targets[0])
    assert (first.narrative_en, first.author) == ("Five schools", officer)
    assert [decision.step for decision in Decision.objects.on(first)] == ["submit"]
    assert snapshots_of(Measurement, first.pk).count() == 1
    assert reviewer.unread


def test_what_is_only_saved_waits_as_a_draft_and_is_submitted_later(desk, period):
    send(desk, report(period), row(0, value="5") | {"_save": ""})
    assert [state for _value, state, _whose in values()] == ["draft"]
    send(desk, report(period), row(1, value="7") | {"_submit": ""})
    assert [state for _value, state, _whose in values()] == ["submitted", "submitted"]
    send(desk, report(period), row(0, value="6") | {"_save": ""})
    assert [(value, state) for value, state, _whose in values()] == [(6, "submitted"), (7, "submitted")]


def test_a_mistake_in_one_row_saves_none_and_loses_nothing(desk, period):
    answer = send(desk, report(period), row(0, value="five") | row(1, value="7") | row(2, narrative_en="Only words"))
    assert list(mistakes(answer)) == ["measurements-0-value", "measurements-2-value"]
    assert page(answer).select_one("[name=measurements-1-value]")["value"] == "7"
    assert values() == []


def test_the_page_speaks_the_officers_language_and_takes_its_notation(desk, officer, period):
    User.objects.update(interface_language="sl")
    send(desk, report(period), row(0, value="1.234,5", narrative_sl="Pet šol"))
    figure = Measurement.objects.get()
    assert (float(figure.value), figure.narrative_sl) == (1234.5, "Pet šol")
    translation.activate("en")


def test_what_came_back_shows_why(desk, officer, own, period, targets):
    figure = make.make_measurement(targets[0], period=period, participation=own, state="returned")
    Decision.objects.create(
        kind="results.measurement", record_id=figure.pk, step="return", before="submitted", after="returned",
        note="Which schools?", person=officer,
    )  # fmt: skip
    assert "Which schools?" in page(desk.get(report(period))).select_one(".report__reason").text


def test_an_approved_figure_is_shown_and_takes_nothing(desk, own, period, targets):
    figure = make.make_measurement(targets[0], period=period, participation=own, state="draft")
    data = filled_in(desk, report(period)) | row(0, value="9")
    Measurement.objects.update(state="approved")
    assert "You typed: 9" in page(desk.post(report(period), data)).text
    assert not page(desk.get(report(period))).select("[name=measurements-0-value]")
    send(desk, report(period), row(1, value="3") | {"_submit": ""})
    assert values() == [(4, "approved", own.pk), (3, "submitted", own.pk)]
    assert Measurement.objects.get(pk=figure.pk).state == "approved"


def test_words_typed_before_an_approval_are_given_back_and_an_untouched_value_is_none(desk, own, period, targets):
    User.objects.update(interface_language="sl")
    make.make_measurement(targets[0], period=period, participation=own, state="draft", value="4500.5")
    data = filled_in(desk, report(period)) | row(1, value="3")
    Measurement.objects.update(state="approved")
    answer = desk.post(report(period), data | row(0, narrative_sl="Šole na severu"))
    assert "Šole na severu" in page(answer).text
    assert len(values()) == 1
    assert desk.post(report(period), data).status_code == 302
    assert len(values()) == 2


def test_a_hand_made_number_of_a_document_tells_nothing_of_other_projects(desk, period, targets):
    hidden = make.make_project(acronym="HIDDEN", state="draft")
    file = ContentFile(b"a,b", name="list.csv")
    document = Document.objects.create(project=hidden, title_en="List", language="en", file=file)
    answer = send(desk, report(period), row(0, value="5", evidence_document=document.pk))
    assert list(mistakes(answer)) == ["measurements-0-evidence_document"]
    assert "HIDDEN" not in answer.content.decode()
    assert values() == []


def test_two_who_write_at_once_decide_between_them(desk, own, officer, period, targets):
    make.make_measurement(targets[0], period=period, participation=own, state="draft")
    mine = filled_in(desk, report(period)) | row(0, value="9")
    colleague = logged_in(make_person("partner_editor", partner=officer.partner))
    send(colleague, report(period), row(0, value="8"))
    answer = desk.post(report(period), mine)
    assert len(differences(answer)) == 1
    assert values() == [(8, "draft", own.pk)]
    desk.post(report(period), again(answer, keep=["mine"]))
    assert values() == [(9, "draft", own.pk)]


def test_two_who_begin_the_same_target_at_once_enter_it_once(desk, officer, own, period):
    mine = filled_in(desk, report(period)) | row(0, value="9")
    send(logged_in(make_person("partner_editor", partner=officer.partner)), report(period), row(0, value="8"))
    answer = desk.post(report(period), mine)
    assert "Someone has just entered" in " ".join(mistakes(answer).values())
    assert "9" in [field["value"] for field in page(answer).select("input[name$=-value]") if field.get("value")]
    assert values() == [(8, "draft", own.pk)]


def test_a_period_locked_meanwhile_gives_back_what_was_typed(desk, period):
    data = filled_in(desk, report(period)) | row(0, value="9", narrative_en="Nine schools")
    ReportingPeriod.objects.update(locked_on=date(2023, 9, 1))
    answer = desk.post(report(period), data)
    assert (answer.status_code, "Nine schools" in answer.content.decode()) == (403, True)
    assert values() == []
    assert not page(desk.get(report(period))).select("[name=_submit]")


def test_a_share_and_the_whole_are_not_entered_beside_each_other(desk, own, period, targets, project):
    make.make_measurement(targets[0], period=period, state="draft")
    figures = page(desk.get(report(period))).select(".report__figure")
    assert "Reported for the whole project: 4 (Draft)" in figures[0].text
    assert len(page(desk.get(report(period, "whole"))).select("[name$=-value]")) == 3
    make.make_measurement(targets[1], period=period, participation=own, state="draft")
    assert f"{own.partner}: 4 (Draft)" in page(desk.get(report(period, "whole"))).select(".report__figure")[1].text


def test_a_percentage_is_reported_for_the_whole_project(desk, period, targets):
    Indicator.objects.update(measure="percentage", calculation="last")
    assert not page(desk.get(report(period))).select("[name$=-value]")
    assert len(page(desk.get(report(period, "whole"))).select("[name$=-value]")) == 3


def test_nobody_reports_for_another_organisation_or_project(desk, period, targets, project):
    other = make.make_participation(project)
    assert desk.get(report(period, other.pk)).status_code == 404
    assert desk.post(report(period, other.pk), row(0, value="1")).status_code == 404
    foreign = make.make_target(make.make_project())
    assert desk.get(report(make.make_period(foreign.project))).status_code == 404
    send(desk, report(period), row(0, target=foreign.pk, value="1"))
    assert values() == []


@pytest.mark.parametrize("role", ["reader", "translator", "reviewer"])
def test_who_may_not_enter_figures_has_no_such_page(role, period):
    assert logged_in(make_person(role, languages=["en"])).get(report(period)).status_code == 403


def test_an_organisation_that_had_left_is_not_offered(office, period, own):
    assert len(page(office.get(report(period))).select(".choices a")) == 2
    type(own).objects.update(left=date(2022, 12, 31))
    assert not page(office.get(report(period))).select(".choices a")


def test_the_page_takes_no_more_queries_with_more_targets(
    desk, own, period, project, targets, django_assert_num_queries, django_assert_max_num_queries
):
    make.make_measurement(targets[0], period=period, participation=own, state="draft")
    desk.get(report(period))
    with django_assert_max_num_queries(40) as few:
        desk.get(report(period))
    for _number in range(5):
        make.make_measurement(make.make_target(project), period=period, participation=own, state="draft")
        make.make_target(project)
    with django_assert_num_queries(len(few)):
        desk.get(report(period))


def test_a_share_that_would_follow_the_whole_projects_value_is_refused_with_what_was_typed(desk, project, period, own):
    target = make.make_target(project, order=9, indicator=make.make_indicator(calculation="last"))
    make.make_measurement(target, period=period, value=100)
    later = make.make_period(project, number=2, start=date(2023, 7, 1), end=date(2023, 12, 31))
    answer = send(desk, report(later), row(3, value="60"))
    assert "counts from the start" in page(answer).text
    assert page(answer).select_one("[name=measurements-3-value]")["value"] == "60"
    assert Measurement.objects.get().value == 100
