"""A small kind of report to test with: the budgets of the selected projects. One without a budget is a problem."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from projects.models import Project
from reports.document import Document, Fact, Facts, Heading, Paragraph, Section, Table
from reports.kind import Kind, Problem


def build(selection, period, user):
    projects = selection.published().order_by("acronym")
    known = [project.total_budget for project in projects if project.total_budget is not None]
    table = Table(
        "budgets",
        "Budgets",
        [Heading(str(_("Project"))), Heading("Budget", "amount"), Heading("Starts on", "day")],
        [[project.acronym, project.total_budget, project.start] for project in projects],
        total=["Together", sum(known), None],
    )
    facts = Facts("counts", [Fact("Number of projects", len(projects), "number")])
    sections = [Section("Money", [Paragraph(f"Period {period}."), facts, table])]
    return Document("budgets", "Budgets of projects", "", get_language(), sections)


def problems(selection, period, user):
    return [
        Problem(f"The budget of {project.acronym} is unknown.", f"/admin/projects/project/{project.pk}/change/")
        for project in selection.filter(total_budget=None)
    ]


KIND = Kind("budgets", "Budgets", "What the projects cost.", Project, build, problems, asks_period=True, order=1)
