"""A new table and a new kind of report are a file each: the very examples of docs/reports.md, tried here."""

import re
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from projects.models import Project
from reports import kinds, tables
from reports.columns import all_reports
from reports.kind import all_kinds
from tests.factories import make_phase, make_practice, make_project
from tests.reports.kinds.reading import rows, table
from tests.reports.sheets import lines_of

pytestmark = pytest.mark.django_db
PAGE = Path(settings.BASE_DIR) / "docs" / "reports.md"


@pytest.fixture
def added(tmp_path, monkeypatch):
    """Writes the example of a name into a folder that belongs to a package for the test."""

    def add(package, name):
        [example] = re.findall(
            rf"```python\n(# {package.__name__.replace('.', '/')}/{name}\.py\n.*?)```", PAGE.read_text(), re.S
        )
        (tmp_path / f"{name}.py").write_text(example)
        monkeypatch.setattr(package, "__path__", [*package.__path__, str(tmp_path)])
        modules.append(f"{package.__name__}.{name}")

    modules = []
    yield add
    for module in modules:
        sys.modules.pop(module, None)


def test_a_kind_of_report_is_one_file(added, editor):
    before = set(all_kinds())
    added(kinds, "practices")
    assert set(all_kinds()) - before == {"practices"}
    make_practice(make_project(acronym="INNO"), title_en="Open data", summary_en="Data for all")
    document = all_kinds()["practices"].build(Project.objects.all(), None, editor)
    expected = {"Good practice": "Open data", "Project": "INNO", "Summary": "Data for all"}
    assert rows(document, "practices") == [expected]
    assert document.title == "Good practices of projects"
    assert all_kinds()["practices"].problems(Project.objects.all(), None, editor) == []


def test_it_is_in_the_readers_language(added, editor):
    added(kinds, "practices")
    make_practice(make_project(), title_en="Open data", title_sl="Odprti podatki")
    with translation.override("sl"):
        document = all_kinds()["practices"].build(Project.objects.all(), None, editor)
    assert rows(document, "practices")[0]["Projekt"]
    assert table(document, "practices").rows[0][0] == "Odprti podatki"


def test_a_table_is_one_file(added):
    added(tables, "phases")
    [report] = [report for report in all_reports() if report.name == "phases"]
    assert report.offered_by is Project
    make_phase(make_project(acronym="INNO"), name_en="Action plans")
    headers, row = lines_of(report, Project.objects.all())
    assert headers == ["Project", "Phase", "From", "Until"]
    assert row == ["INNO", "Action plans", "2023-01-01", "2025-12-31"]


def test_without_the_files_there_are_neither():
    assert "practices" not in all_kinds()
    assert "phases" not in {report.name for report in all_reports()}


def test_the_tables_are_offered_in_their_order():
    assert [report.name for report in all_reports() if report.offered_by is Project] == [
        "projects", "participations", "targets",
    ]  # fmt: skip
