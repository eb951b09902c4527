"""What is due or late: on the first screen, and in the one daily e-mail."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from accounts.models import User
from results.due import is_to_remind, reminders
from results.models import ReportingPeriod
from tests import factories as make
from tests.accounts.people import logged_in, make_person
from tests.editorial.two_editors import page

DUE = date(2026, 5, 31)


@pytest.mark.parametrize(
    ("day", "number"),
    [(-31, 0), (-30, 1), (0, 1), (1, 2), (7, 2), (8, 3), (15, 4)],
)
def test_a_reminder_comes_a_month_before_and_every_week_that_it_is_late(day, number):
    assert reminders(ReportingPeriod(due_on=DUE), DUE + timedelta(day)) == number


def test_a_reminder_that_no_email_told_is_made_up_for():
    period = ReportingPeriod(due_on=timezone.localdate() - timedelta(3))
    assert is_to_remind(period, None)
    assert is_to_remind(period, period.due_on)
    assert not is_to_remind(period, period.due_on + timedelta(1))


@pytest.fixture
def officer(db):
    person = make_person("partner_editor", partner=make.make_partner(), first_name="Ana")
    project = make.make_project(acronym="RIVER")
    make.make_participation(project, partner=person.partner)
    make.make_target(project)
    make.make_period(project, number=2, due_on=timezone.localdate() - timedelta(3))
    return person


def mailed() -> list[str]:
    mail.outbox.clear()
    call_command("send_digests", verbosity=0)
    return [line for message in mail.outbox for line in message.body.splitlines() if "RIVER 2" in line]


def test_late_figures_are_mailed_once_a_week_in_the_digest(officer):
    (line,) = mailed()
    assert "The figures of RIVER 2 were due on" in line
    assert f"/admin/results/reportingperiod/{ReportingPeriod.objects.get().pk}/report/" in mail.outbox[0].body
    assert mailed() == []
    User.objects.update(digest_on=timezone.localdate() - timedelta(1))
    assert mailed() == []
    User.objects.update(digest_on=timezone.localdate() - timedelta(7))
    assert len(mailed()) == 1


def test_who_has_handed_everything_in_is_not_reminded(officer):
    period = ReportingPeriod.objects.get()
    figure = make.make_measurement(period.project.targets.get(), period=period, state="submitted")
    assert mailed() == []
    type(figure).objects.update(state="returned")
    assert len(mailed()) == 1


def test_the_first_screen_leads_to_the_page_for_the_figures(officer):
    link = page(logged_in(officer).get("/admin/")).find("a", string="RIVER 2")
    assert logged_in(officer).get(link["href"]).status_code == 200
