"""Where an import stands on its way, worked out from what is known of it."""

from datetime import timedelta

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from imports.models import Import


class Stage(TextChoices):
    COLUMNS = "columns", pgettext_lazy("import", "Columns to be looked at")
    TRYING = "trying", pgettext_lazy("import", "Dry run under way")
    TRIED = "tried", pgettext_lazy("import", "Tried, nothing written")
    WRITING = "writing", pgettext_lazy("import", "Being written")
    WRITTEN = "written", pgettext_lazy("import", "Imported")
    UNDONE = "undone", pgettext_lazy("import", "Undone")


OPEN = {Stage.COLUMNS, Stage.TRIED}  # when the columns can be corrected
UNDER_WAY = {Stage.TRYING, Stage.WRITING}
DECIDED = {Stage.WRITTEN, Stage.UNDONE}
PATIENCE = timedelta(minutes=10)  # after which work that was told to stop, and goes on, has lost its worker


def stage_of(one: Import) -> Stage:
    """A dry run stands until the columns are corrected, also where writing failed or was stopped."""
    if one.undone_at:
        return Stage.UNDONE
    if one.confirmed_at:
        return Stage.WRITING if one.is_under_way else Stage.WRITTEN
    if one.planned_at and not one.is_under_way:
        return Stage.TRIED
    return Stage.TRYING if is_asked_for(one) else Stage.COLUMNS


def is_asked_for(one: Import) -> bool:
    """Whether work is under way, or waits for the worker; what was only read has no steps yet."""
    return one.is_under_way and one.steps is not None


def is_silent(one: Import) -> bool:
    """Whether work has been going on for so long that its worker may be gone."""
    return bool(one.began_at) and one.began_at < timezone.now() - PATIENCE
