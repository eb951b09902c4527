"""A report asks the same number of queries for three records and for thirty, whatever belongs to each."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partners.models import OrganisationType, Partner
from projects.models import Document, Project, ProjectWebsite, SpecificObjective, Topic
from reports.spreadsheets import FILE_FORMATS
from reports.tables.articles import ARTICLES
from reports.tables.events import EVENTS
from reports.tables.participations import PARTICIPATIONS
from reports.tables.partners import PARTNERS
from reports.tables.practices import PRACTICES
from reports.tables.projects import PROJECTS
from reports.tables.targets import TARGETS
from tests.factories import (
    make_article,
    make_event,
    make_measurement,
    make_participation,
    make_partner,
    make_phase,
    make_practice,
    make_project,
    make_target,
    numbers,
)
from tests.reports.sheets import written

pytestmark = pytest.mark.django_db


def make_topic():
    number = next(numbers)
    return Topic.objects.create(slug=f"topic-{number}", name_en=f"Topic {number}")


def full_partner():
    kind = OrganisationType.objects.create(code=f"kind-{next(numbers)}", name_en="Agency")
    return make_partner(kind=kind, website="https://example.org/")


def full_project():
    objective = SpecificObjective.objects.create(code=f"SO{next(numbers)}", name_en="Research")
    project = make_project(specific_objective=objective)
    project.topics.add(make_topic(), make_topic())
    ProjectWebsite.objects.create(project=project, address="https://example.org/")
    make_participation(project, "lead", partner=full_partner(), total_budget=100, union_funding=85)
    return project


def full_target():
    project = full_project()
    document = Document.objects.create(project=project, language="en", file=ContentFile(b"one", name="list.csv"))
    make_measurement(make_target(project), evidence_document=document)


def full_partnership():
    make_participation(make_project(), "lead", partner=full_partner())


def full_article():
    article = make_article(make_project(), make_project(), author=make_partner(), title_sl="Novica")
    article.topics.add(make_topic())


def full_event():
    project = make_project()
    make_event(project=project, phase=make_phase(project), host=make_partner(), start_date=date(2024, 5, 14))


def full_practice():
    make_practice(make_project(), partner=make_partner()).topics.add(make_topic())


RECORDS = [
    (PROJECTS, full_project, Project),
    (PARTICIPATIONS, full_project, Project),
    (TARGETS, full_target, Project),
    (PARTNERS, full_partnership, Partner),
    (ARTICLES, full_article, ARTICLES.model),
    (EVENTS, full_event, EVENTS.model),
    (PRACTICES, full_practice, PRACTICES.model),
]


def queries_for(report, file_format, selected) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        written(report, file_format, selected.objects.all())
    return len(queries)


@pytest.mark.parametrize("file_format", FILE_FORMATS, ids=lambda file_format: file_format.extension)
@pytest.mark.parametrize(("report", "make", "selected"), RECORDS, ids=[report.name for report, *_ in RECORDS])
def test_the_queries_dont_grow_with_the_rows(report, make, selected, file_format):
    for _ in range(3):
        make()
    few = queries_for(report, file_format, selected)
    for _ in range(27):
        make()
    assert queries_for(report, file_format, selected) == few
    assert few <= 6
