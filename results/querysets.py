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

    def for_list(self):
        """What a card in a list shows."""
        texts_of_project = [f"project__{text}" for text in Project.long_texts]
        return self.select_related("project").lean(
            "description", "resources", "evidence", "difficulties", "transfer", *texts_of_project
        )

    def for_page(self):
        return self.select_related(
            "project__programme__period", "project__programme__fund", "partner", "picture"
        ).lean()

    def related_to(self, practice: int, project: int):
        """Others on one of the topics of a practice, or of its project."""
        rows = self.model.topics.through.objects
        topics = rows.filter(goodpractice=practice).values("topic")
        same = Q(project=project) | Q(pk__in=rows.filter(topic__in=topics).values("goodpractice"))
        return self.filter(same).exclude(pk=practice)
