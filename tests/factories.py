"""Records to test with. Each names only what the test doesn't care about; English texts are written by name."""

from datetime import UTC, date, datetime
from hashlib import sha256
from itertools import count

from django.utils import timezone

from editorial.states import State
from imports.models import Import, ListFile
from news.models import Article, Event
from partners.models import Partner
from projects.models import Fund, Participation, Phase, Programme, ProgrammingPeriod, Project
from reports.document import Document, Section
from reports.models import ReportSnapshot, SnapshotFile, SnapshotNumber, key_of
from results.models import GoodPractice, Indicator, Measurement, ReportingPeriod, Target

numbers = count(1)


def make_programme(period="2021-2027", **fields):
    number = next(numbers)
    period, _ = ProgrammingPeriod.objects.get_or_create(
        code=period,
        defaults={"funding_statement_en": f"Statement of {period}", "names_fund": period == "2014-2020"},
    )
    fund, _ = Fund.objects.get_or_create(code="ERDF", defaults={"name_en": "European Regional Development Fund"})
    return Programme.objects.create(
        **{"cci": f"2021TC{number:09}", "name_en": f"Programme {number}", "period": period, "fund": fund} | fields
    )


def make_project(**fields):
    number = next(numbers)
    return Project.objects.create(
        **{
            "programme": fields.get("programme") or make_programme(),
            "slug": f"project-{number}",
            "acronym": f"PROJECT {number}",
            "title_en": f"Title of project {number}",
            "start": date(2023, 1, 1),
            "end": date(2025, 12, 31),
            "state": State.PUBLISHED,
        }
        | fields
    )


def make_partner(**fields):
    number = next(numbers)
    defaults = {
        "slug": f"partner-{number}",
        "name": f"Organisation {number}",
        "country": "SI",
        "state": State.PUBLISHED,
    }
    return Partner.objects.create(**defaults | fields)


def make_participation(project, role="partner", **fields):
    partner = fields.pop("partner", None) or make_partner()
    return Participation.objects.create(project=project, partner=partner, role=role, order=next(numbers), **fields)


def make_phase(project, **fields):
    number = next(numbers)
    defaults = {"number": number, "name_en": f"Phase {number}", "start": project.start, "end": project.end}
    return Phase.objects.create(project=project, **defaults | fields)


def make_indicator(**fields):
    number = next(numbers)
    defaults = {"code": f"IND{number}", "name_en": f"Indicator {number}", "unit_en": "pieces", "level": "output"}
    return Indicator.objects.create(**defaults | fields)


def make_target(project, **fields):
    indicator = fields.pop("indicator", None) or make_indicator()
    return Target.objects.create(project=project, indicator=indicator, **{"value": 10} | fields)


def make_period(project, **fields):
    defaults = {"number": next(numbers), "start": project.start, "end": project.end}
    return ReportingPeriod.objects.create(project=project, **defaults | fields)


def make_measurement(target, **fields):
    period = fields.pop("period", None) or make_period(target.project)
    return Measurement.objects.create(target=target, period=period, **{"value": 4, "state": "approved"} | fields)


def make_article(*projects, **fields):
    number = next(numbers)
    defaults = {"slug": f"article-{number}", "title_en": f"Article {number}", "state": State.PUBLISHED}
    article = Article.objects.create(**defaults | fields)
    article.projects.set(projects)
    return article


def make_event(**fields):
    number = next(numbers)
    defaults = {
        "slug": f"event-{number}",
        "title_en": f"Event {number}",
        "kind": "workshop",
        "start_date": date(2024, 5, 14),
        "state": State.PUBLISHED,
    }
    return Event.objects.create(**defaults | fields)


def make_practice(project, **fields):
    number = next(numbers)
    defaults = {
        "slug": f"practice-{number}",
        "title_en": f"Practice {number}",
        "country": "SI",
        "state": State.PUBLISHED,
    }
    return GoodPractice.objects.create(project=project, **defaults | fields)


def make_kept_report(project, **fields):
    document = Document("closing", "Closing report", "", "en", [Section("Nothing to tell", [])])
    number = SnapshotNumber.next(2026)
    number.take()
    snapshot = ReportSnapshot.objects.create(
        **{
            "number": str(number),
            "kind": document.kind,
            "language": document.language,
            "title": document.title,
            "model": "projects.project",
            "pks": [project.pk],
            "names": [str(project)],
            "selection_key": key_of("projects.project", [project.pk]),
            "maker": "An editor",
            "made_at": datetime(2026, 2, 1, tzinfo=UTC),
            "content": document.content,
            "content_hash": document.content_hash,
            "progress": ReportSnapshot.Progress.DONE,
        }
        | fields
    )
    SnapshotFile.objects.create(
        snapshot=snapshot,
        format="json",
        name=f"{number}.json",
        content=b"{}",
        bytes=2,
        sha256=sha256(b"{}").hexdigest(),
    )
    return snapshot


def make_import(rows=(), **fields):
    """An import that was tried; `rows` are pairs of an outcome and the row's details."""
    number = next(numbers)
    content = f"Operation name;Start\r\nBridge {number};2021-03-01\r\n".encode()
    file = ListFile.objects.create(
        name=f"list-{number}.csv", sha256=sha256(content).hexdigest(), size=len(content), content=content
    )
    table = {
        "sheet": "", "header_row": 1, "columns": ["Operation name", "Start"], "mapping": ["title", "start"],
        "samples": [[f"Bridge {number}"], ["2021-03-01"]], "first_row": 2, "rows": max(1, len(rows)),
    }  # fmt: skip
    outcomes = [outcome for outcome, _details in rows]
    defaults = {
        "file": file, "name": file.name, "kind": "operations", "format": "CSV ; utf-8", "tables": [table],
        "progress": Import.Progress.DONE, "planned_at": timezone.now(), "plan_digest": f"{number:064}",
    }  # fmt: skip
    one = Import.objects.create(**defaults | {name: outcomes.count(name) for name in set(outcomes)} | fields)
    for place, (outcome, details) in enumerate(rows, 2):
        one.rows.create(number=place, outcome=outcome, label=f"Operation {place}", details=details)
    return one
