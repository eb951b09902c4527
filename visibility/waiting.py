from django.urls import reverse
from django.utils.translation import gettext_lazy

from editorial.formats import listing
from editorial.waiting import Part, Waiting, add_records, add_waiting
from projects.models import Project
from visibility import telling  # noqa: F401 – what closing reports say of duties
from visibility.standing import overdue_for


def duties_overdue(user):
    """Running projects that are late with a duty, for who may record how it was met."""
    if not user.has_perm("visibility.add_dutyevidence"):
        return
    late = overdue_for(user)
    yield Part(
        [*late],
        Project,
        reverse("visibility"),
        note=lambda project: listing([str(each.duty.title) for each in late[project]]),
        address=pack_address,
    )


def pack_address(project) -> str:
    return reverse("visibility_pack", args=[project.pk])


add_waiting(Waiting("visibility", gettext_lazy("Duties of visibility overdue"), 55))
add_records("visibility", duties_overdue)
