from django_tasks import task

from archive.making import make
from archive.models import Copy


@task
def make_copy(pk: int):
    """Make a copy that was asked for; nothing where it was deleted meanwhile."""
    if copy := Copy.objects.filter(pk=pk).select_related("project", "made_by").first():
        make(copy)
