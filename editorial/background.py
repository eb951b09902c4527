"""Work that takes longer than a page may: how far it is, and how it is stopped."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Cancelled(Exception):
    """Someone wants the work to stop. What was written until then is undone by whoever does the work."""


class Work(models.Model):
    """
    A record of work that a worker may do. Whoever does it calls `begin`, then `advance` every now and then, which
    raises Cancelled where someone has asked for it, and in the end `finish`, `fail` or `stop`.
    """

    class Progress(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("work", "Waiting for its turn")
        RUNNING = "running", pgettext_lazy("work", "Under way")
        DONE = "done", pgettext_lazy("work", "Done")
        FAILED = "failed", pgettext_lazy("work", "Failed")
        CANCELLED = "cancelled", pgettext_lazy("work", "Cancelled")

    progress = models.CharField(_("progress"), max_length=9, choices=Progress, default=Progress.WAITING)
    steps_done = models.PositiveIntegerField(_("steps done"), default=0)
    steps = models.PositiveIntegerField(_("steps in all"), null=True, blank=True)
    asked_at = models.DateTimeField(_("asked for at"), auto_now_add=True)
    began_at = models.DateTimeField(_("began at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    is_to_stop = models.BooleanField(_("is to stop"), default=False)
    fault = models.TextField(_("what went wrong"), blank=True)

    class Meta:
        abstract = True

    @property
    def is_under_way(self) -> bool:
        return self.progress in (self.Progress.WAITING, self.Progress.RUNNING)

    @property
    def percent(self) -> int | None:
        """How far it is, from 0 to 100; None where nobody knows how much there is to do."""
        return min(100, 100 * self.steps_done // self.steps) if self.steps else None

    def begin(self) -> bool:
        """Whether it may begin: nobody has begun it, and nobody has cancelled it meanwhile."""
        waiting = type(self).objects.filter(pk=self.pk, progress=self.Progress.WAITING)
        begun = waiting.update(progress=self.Progress.RUNNING, began_at=timezone.now())
        self.refresh_from_db()
        return bool(begun)

    def advance(self, steps_done: int, steps: int | None = None):
        """Say how far it is; raise Cancelled where it is to stop."""
        self.note(steps_done=steps_done, steps=steps)
        if type(self).objects.filter(pk=self.pk, is_to_stop=True).exists():
            raise Cancelled

    def cancel(self):
        """Ask it to stop; what has not begun yet is cancelled at once."""
        mine = type(self).objects.filter(pk=self.pk)
        if not mine.filter(progress=self.Progress.WAITING).update(
            progress=self.Progress.CANCELLED, ended_at=timezone.now()
        ):
            mine.filter(progress=self.Progress.RUNNING).update(is_to_stop=True)
        self.refresh_from_db()

    def finish(self):
        self.note(progress=self.Progress.DONE, ended_at=timezone.now())

    def fail(self, fault: str):
        """Keep a sentence for the person who asked for the work."""
        self.note(progress=self.Progress.FAILED, ended_at=timezone.now(), fault=fault)

    def stop(self):
        self.note(progress=self.Progress.CANCELLED, ended_at=timezone.now())

    def note(self, **values):
        """Write these values alone, whatever else of the record is written meanwhile."""
        type(self).objects.filter(pk=self.pk).update(**values)
        for name, value in values.items():
            setattr(self, name, value)
