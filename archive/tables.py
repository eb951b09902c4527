"""The facts of a copy as tables: the reports that visitors may download, in each language."""

from pathlib import Path

from django.conf import settings
from django.utils import translation

from news.models import Article, Event
from partners.models import Partner
from projects.models import Project
from reports.columns import Report
from reports.spreadsheets import write_csv
from reports.tables.articles import ARTICLES
from reports.tables.events import EVENTS
from reports.tables.participations import PARTICIPATIONS
from reports.tables.partners import PARTNERS
from reports.tables.practices import PRACTICES
from reports.tables.projects import PROJECTS
from reports.tables.targets import TARGETS
from results.models import GoodPractice

# Each table with the public records that it tells of, of one project or, where that is None, of all.
TABLES = [
    (PROJECTS, lambda project: chosen(Project, project, "pk")),
    (PARTICIPATIONS, lambda project: chosen(Project, project, "pk")),
    (TARGETS, lambda project: chosen(Project, project, "pk")),
    (PARTNERS, lambda project: chosen(Partner, project, "participations__project")),
    (PRACTICES, lambda project: chosen(GoodPractice, project, "project")),
    (ARTICLES, lambda project: chosen(Article, project, "projects")),
    (EVENTS, lambda project: chosen(Event, project, "project")),
]


def chosen(model, project, relation: str):
    records = model.objects.published()
    if project is None:
        return records
    # By their keys: a join would tell of a record once for each project that it belongs to.
    return records.filter(pk__in=model.objects.filter(**{relation: project.pk}).values("pk"))


def write_tables(scope, folder: Path):
    """A CSV file for each table and language: `projects.sl.csv`."""
    folder.mkdir(parents=True, exist_ok=True)
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            for report, selection in TABLES:
                write_table(report.for_visitors(), selection(scope.project), folder / f"{report.name}.{code}.csv")


def write_table(report: Report, selection, path: Path):
    with path.open("wb") as file:
        write_csv(report, report.told(report.rows(selection), None, settings.PORTAL_ADDRESS), file, "")
