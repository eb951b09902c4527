"""Records to test with. Each names only what the test doesn't care about; English texts are written by name."""

from datetime import date
from itertools import count

from editorial.states import State
from news.models import Article, Event
from partners.models import Partner
from projects.models import Fund, Participation, Phase, Programme, ProgrammingPeriod, Project
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
