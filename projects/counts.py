"""How the published projects spread over topics and years, each count with the address of the list it counts."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode

from editorial.bars import Count, foreign_language
from editorial.dates import LAST_YEAR
from projects.models import Project, Topic
from projects.querysets import COLOURS


def list_of(**chosen) -> str:
    """The address of the list of projects with these filters."""
    return f"{reverse('projects')}?{urlencode(chosen)}"


def projects_by_topic() -> list[Count]:
    """The topics that a project has, the most frequent first. A project counts for each of its topics."""
    published = Q(projects__in=Project.objects.published())
    topics = Topic.objects.annotate(number=models.Count("projects", filter=published, distinct=True))
    topics = topics.filter(number__gt=0).order_by("-number", "order", "slug").lean()
    return [
        Count(
            str(topic), topic.number, list_of(topic=topic.slug), foreign_language(topic, "name"), topic.order % COLOURS
        )
        for topic in topics
    ]


def projects_by_year() -> list[Count]:
    """The years from the first start to the last known end, with the projects that ran in each for at least a day."""
    spans = Project.objects.published().filter(start__isnull=False).order_by()
    spans = list(spans.values_list("start__year", "end__year").annotate(models.Count("pk")))
    return [Count(str(year), number, list_of(year=year)) for year, number in in_years(spans)]


def in_years(spans: Iterable[tuple[int, int | None, int]]) -> list[tuple[int, int]]:
    """
    How many projects each year had, from spans as (first year, last year or None, how many projects).

    As `ProjectQuerySet.in_year` counts: what has no end runs on.
    """
    spans = list(spans)
    if not spans:
        return []
    first, last = min(span[0] for span in spans), max(span[1] or span[0] for span in spans)
    last = min(last, LAST_YEAR)
    return [
        (year, sum(number for start, end, number in spans if start <= year <= (end or year)))
        for year in range(first, last + 1)
    ]
