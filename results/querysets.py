from django.db.models import Q

from editorial.querysets import PublishableQuerySet
from projects.models import Project


class GoodPracticeQuerySet(PublishableQuerySet):
    def published(self):
        """A practice is public only together with its project."""
        return super().published().filter(project__in=Project.objects.published())

    def withdrawn(self):
        """Also the published practices of a withdrawn project."""
        with_project = super().published().filter(project__in=Project.objects.withdrawn())
        return super().withdrawn() | with_project

    def for_page(self):
        return self.select_related(
            "project__programme__period", "project__programme__fund", "partner", "picture"
        ).lean()

    def related_to(self, practice):
        """Others on one of its topics, or of its project."""
        same = Q(topics__in=practice.topics.all()) | Q(project=practice.project_id)
        return self.filter(same).exclude(pk=practice.pk).distinct()
