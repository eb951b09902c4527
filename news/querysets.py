from django.db.models import Case, Prefetch, Q, When
from django.utils import timezone

from editorial.models import Picture
from editorial.prepared import ThisMoment
from editorial.querysets import PublishableQuerySet
from editorial.states import State
from projects.models import Document, Project


class ArticleQuerySet(PublishableQuerySet):
    def for_list(self):
        """What a card in a list shows."""
        projects = Prefetch("projects", Project.objects.published().lean(*Project.long_texts))
        return self.select_related("picture").prefetch_related(projects).lean("body")

    def for_page(self):
        projects = Prefetch("projects", Project.objects.published().with_funding().lean())
        return self.select_related("author", "picture").prefetch_related(projects).lean()


def upcoming_first() -> list:
    """What to sort events by: those that are not over today, the next one first; then the past ones, latest first."""
    today = timezone.localdate()
    is_past = Case(When(end_date__lt=today, then=1), default=0)
    ahead = Case(When(end_date__gte=today, then="start_date"))
    return [is_past, ahead, "-start_date", "-pk"]


class EventQuerySet(PublishableQuerySet):
    def published(self):
        """An event of a project is public only together with it."""
        alone = Q(project__isnull=True)
        # Not by a subquery: beside OR, PostgreSQL would read all projects for it.
        with_project = Q(project__state=State.PUBLISHED, project__published_at__lte=ThisMoment())
        return super().published().filter(alone | with_project)

    def withdrawn(self):
        """Also the published events of a withdrawn project."""
        with_project = super().published().filter(project__in=Project.objects.withdrawn())
        return super().withdrawn() | with_project

    def for_list(self):
        """What a card in a list shows."""
        texts_of_project = [f"project__{text}" for text in Project.long_texts]
        return self.select_related("project").lean("description", "outcome", *texts_of_project)

    def for_page(self):
        """With its project's funding, its host and what was handed out at it."""
        documents = Prefetch("documents", Document.objects.in_public().select_related("project").lean())
        pictures = Prefetch("pictures", Picture.objects.lean())
        funding = ["project__programme__period", "project__programme__fund"]
        return self.select_related(*funding, "phase", "host").prefetch_related(documents, pictures).lean()

    def upcoming(self, day=None):
        """Events that are not over on the day, by default today; the next one first."""
        return self.filter(end_date__gte=day or timezone.localdate()).order_by("start_date", "pk")

    def past(self, day=None):
        """Events that were over before the day, the latest one first."""
        return self.filter(end_date__lt=day or timezone.localdate()).order_by("-start_date", "-pk")
