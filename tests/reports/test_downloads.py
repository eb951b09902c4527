import csv
from io import BytesIO, StringIO

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from partners.models import Partner
from projects.models import Project
from reports.columns import all_reports
from tests.factories import (
    make_article,
    make_event,
    make_participation,
    make_partner,
    make_practice,
    make_project,
    make_target,
)

pytestmark = pytest.mark.django_db
OFFERS = [(report.offered_by, report) for report in all_reports()]


@pytest.fixture
def records():
    """Two of each kind."""
    for _ in range(2):
        project = make_project()
        make_participation(project, "lead")
        make_target(project)
        make_practice(project)
        make_article(project)
        make_event(project=project)


@pytest.fixture
def colleague(client, django_user_model):
    """Logs a colleague with certain rights in: `colleague("view_project")`."""

    def log_in(*rights):
        user = django_user_model.objects.create_user("colleague", is_staff=True, interface_language="en")
        user.user_permissions.set(Permission.objects.filter(codename__in=rights))
        client.force_login(user)
        return client

    return log_in


def address_of(model) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def download(browser, model, action, records=None):
    records = model.objects.all() if records is None else records
    chosen = [str(record.pk) for record in records]
    return browser.post(address_of(model), {"action": action, "_selected_action": chosen})


def actions_of(browser, model) -> dict[str, str]:
    """What the menu above a list offers: `{"projects_xlsx": "Download projects as Excel", …}`."""
    form = browser.get(address_of(model)).context["action_form"]
    return dict(form.fields["action"].choices)


@pytest.mark.parametrize(("model", "report"), OFFERS, ids=[report.name for _, report in OFFERS])
def test_every_report_comes_as_excel_and_csv(office, records, model, report):
    book = load_workbook(BytesIO(b"".join(download(office, model, f"{report.name}_xlsx"))))
    text = b"".join(download(office, model, f"{report.name}_csv")).decode("utf-8-sig")
    lines = list(csv.reader(StringIO(text, newline=""), delimiter=";"))
    assert [cell.value for cell in book.active[1]] == lines[0] == report.headers
    assert book.active.max_row == len(lines) == 1 + report.model.objects.count()


@pytest.mark.parametrize(
    ("file_format", "content_type"),
    [
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("csv", "text/csv; charset=utf-8"),
    ],
)
def test_a_download_is_named_after_its_report_and_day(office, records, file_format, content_type):
    answer = download(office, Project, f"projects_{file_format}")
    name = f"projects-{timezone.localdate():%Y-%m-%d}.{file_format}"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer["Content-Type"] == content_type
    assert int(answer["Content-Length"]) == len(b"".join(answer))


def test_only_what_was_selected_is_told(office):
    chosen, _other = make_partner(name="RRA Posavje"), make_partner(name="Riga")
    text = b"".join(download(office, Partner, "partners_csv", [chosen])).decode("utf-8-sig")
    assert "RRA Posavje" in text
    assert "Riga" not in text


def test_all_that_a_search_found_can_be_had_at_once(office):
    first, *_others = [make_partner(name=name) for name in ("Agency 0", "Agency 1", "Agency 2", "Riga")]
    whole = {"action": "partners_csv", "_selected_action": [first.pk], "select_across": "1", "index": "0"}
    answer = office.post(f"{address_of(Partner)}?q=Agency&o=-1", whole)
    text = b"".join(answer).decode("utf-8-sig")
    assert [f"Agency {number}" in text for number in range(3)] == [True] * 3
    assert "Riga" not in text


def test_a_file_speaks_the_language_of_the_editor(office, editor):
    editor.interface_language = "sl"
    editor.save()
    make_partner(country="BG", slug="plovdiv")
    book = load_workbook(BytesIO(b"".join(download(office, Partner, "partners_xlsx"))))
    told = [cell.value for cell in book.active[2]]
    assert "Bolgarija" in told
    assert "http://testserver/sl/partners/plovdiv/" in told
    assert book.properties.language == "sl"


def test_a_file_names_the_agency_that_made_it(office):
    make_partner(name="RRA Posavje", is_agency=True)
    book = load_workbook(BytesIO(b"".join(download(office, Partner, "partners_xlsx"))))
    assert book.properties.creator == "RRA Posavje"


def test_the_menu_says_in_words_what_one_gets(office, records):
    offered = actions_of(office, Project)
    assert offered["projects_xlsx"] == "Download projects as Excel"
    assert offered["participations_csv"] == "Download their partners as CSV"


@pytest.mark.parametrize(("model", "report"), OFFERS, ids=[report.name for _, report in OFFERS])
def test_who_may_view_both_the_list_and_the_rows_gets_the_report(colleague, records, model, report):
    browser = colleague(f"view_{model._meta.model_name}", f"view_{report.model._meta.model_name}")
    assert f"{report.name}_csv" in actions_of(browser, model)
    assert download(browser, model, f"{report.name}_csv").headers.get("Content-Disposition")


def test_who_may_view_the_projects_alone_gets_neither_shares_nor_targets(colleague, records):
    browser = colleague("view_project")
    offered = actions_of(browser, Project)
    assert "projects_csv" in offered
    for name in ("participations_csv", "targets_csv"):
        assert name not in offered
        assert "Content-Disposition" not in download(browser, Project, name).headers


@pytest.mark.parametrize(("model", "report"), OFFERS, ids=[report.name for _, report in OFFERS])
def test_who_may_not_view_the_list_gets_nothing(colleague, records, model, report):
    browser = colleague(f"view_{report.model._meta.model_name}" if report.model is not model else "view_phase")
    answer = download(browser, model, f"{report.name}_csv")
    assert answer.status_code == 403
    assert "Content-Disposition" not in answer.headers
