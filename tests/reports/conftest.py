from pathlib import Path

import pytest

from projects.models import Project
from reports import kinds
from reports.kind import all_kinds
from reports.making import Asked
from tests import factories as make


@pytest.fixture
def budgets(monkeypatch):
    """A kind of report that only tests have."""
    monkeypatch.setattr(kinds, "__path__", [*kinds.__path__, str(Path(__file__).parent / "more_kinds")])
    return all_kinds()["budgets"]


@pytest.fixture
def projects(db):
    """Two projects that reconcile, each with its first reporting period."""
    found = [make.make_project(acronym=name, total_budget=100) for name in ("ALPHA", "BETA")]
    for project in found:
        make.make_period(project, number=1)
    return found


@pytest.fixture
def ask(budgets, editor):
    """Ask for a report of projects: `ask(alpha, beta, formats=["json"], by=…)`."""

    def ask(*records, by=editor, language="en", period=1, formats=("json",), as_draft=False):
        selection = Project.objects.filter(pk__in=[record.pk for record in records])
        return Asked(budgets, selection, language, period, list(formats), as_draft).record(by)

    return ask
