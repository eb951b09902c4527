"""
The review of what has a public page: which steps there are, who may take them from where, and what they do.

A step is written by whoever saves the record (`prepare`, then `decide`); who should hear of it is for a floor above,
which puts a function into `hearers`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.decisions import Decision
from editorial.states import SCHEDULED, STANDINGS, State


@dataclass(frozen=True)
class Step:
    """
    A way from one of some standings (`origins`) to a state. `label` stands on its button, `effect` says what it does,
    `told` the sentence with which others hear of it.
    """

    code: str
    label: str
    effect: str
    told: str
    origins: tuple[str, ...]
    state: State
    needs_note: bool = False
    needs_time: bool = False

    @property
    def makes_public(self) -> bool:
        """Whether the record must be complete for it."""
        return self.state == State.PUBLISHED

    def is_for(self, user, model) -> bool:
        """Whether the person may take the step with some record of the model, as far as their role goes."""
        fields = [model._meta.get_field(name) for name in ("state", "published_at")]
        writes = all(map(user.may_write, fields)) if self.needs_time else user.may_write(fields[0])
        return writes and user.may_set(self.state)

    def leads_on(self, record) -> bool:
        return record.standing in self.origins


STEPS = [
    Step(
        "submit",
        gettext_lazy("Submit for review"),
        gettext_lazy("Those who review are told. You can go on writing."),
        gettext_lazy("%(person)s submitted “%(name)s” for review."),
        (State.DRAFT, State.RETURNED),
        State.IN_REVIEW,
    ),
    Step(
        "publish",
        gettext_lazy("Publish"),
        gettext_lazy("Visitors see it from now on."),
        gettext_lazy("%(person)s published “%(name)s”."),
        (State.DRAFT, State.IN_REVIEW, State.RETURNED, SCHEDULED, State.WITHDRAWN),
        State.PUBLISHED,
    ),
    Step(
        "schedule",
        gettext_lazy("Schedule"),
        gettext_lazy("Visitors see it from the time you set. Until then it can be changed and taken back."),
        gettext_lazy("%(person)s scheduled “%(name)s”."),
        (State.DRAFT, State.IN_REVIEW, State.RETURNED, SCHEDULED, State.WITHDRAWN),
        State.PUBLISHED,
        needs_time=True,
    ),
    Step(
        "return",
        gettext_lazy("Return"),
        gettext_lazy("It goes back to those who wrote it, with your note."),
        gettext_lazy("%(person)s returned “%(name)s”."),
        (State.IN_REVIEW,),
        State.RETURNED,
        needs_note=True,
    ),
    Step(
        "withdraw",
        gettext_lazy("Withdraw"),
        gettext_lazy("It leaves the portal. Who comes by an old link is told so and shown a way on."),
        gettext_lazy("%(person)s withdrew “%(name)s”."),
        (State.PUBLISHED,),
        State.WITHDRAWN,
        needs_note=True,
    ),
    Step(
        "redraft",
        gettext_lazy("Back to draft"),
        gettext_lazy("It waits for nobody any more, and is not published by itself."),
        gettext_lazy("%(person)s made “%(name)s” a draft again."),
        (State.IN_REVIEW, State.RETURNED, SCHEDULED, State.WITHDRAWN),
        State.DRAFT,
    ),
]
BY_CODE = {step.code: step for step in STEPS}
TAKEN_BACK = "undo"  # a step that an action over several records took, and that was undone

# Functions of a decision and the record it is about, called in the decision's transaction.
hearers: list[Callable[[Decision, models.Model], None]] = []


def steps_for(user, record) -> list[Step]:
    """What the person may do next with a record that they may change."""
    return [step for step in STEPS if step.leads_on(record) and step.is_for(user, type(record))]


def obstacle(step: Step, user, record) -> str:
    """Why the person can't take the step with the record as it stands, in a sentence; empty where they can."""
    if not step.is_for(user, type(record)):
        return _("Your role doesn't allow this step: %(step)s.") % {"step": step.label}
    if step.leads_on(record):
        return ""
    names = {"step": step.label, "state": dict(STANDINGS)[record.standing]}
    return _("“%(step)s” is not possible from the state “%(state)s”.") % names


def prepare(step: Step, record, due: datetime | None = None):
    """Give an unsaved record what the step gives it. One that was published once keeps its day."""
    is_to_come = record.published_at is not None and record.published_at > timezone.now()
    if step.needs_time:
        record.published_at = due
    elif is_to_come:
        record.published_at = timezone.now() if step.makes_public else None
    record.state = step.state


def decide(step: Step, record, before: str, user, note="") -> Decision:
    """Keep that a saved record took the step, and tell those who listen."""
    return decided(step.code, record, before, user, note, record.published_at if step.needs_time else None)


def decided(code: str, record, before: str, user, note="", due: datetime | None = None) -> Decision:
    """The same of what is no step of its own, such as TAKEN_BACK."""
    decision = Decision.objects.create(
        kind=record._meta.label_lower,
        record_id=record.pk,
        step=code,
        before=before,
        after=record.standing,
        note=note,
        person=user,
        due=due,
    )
    for hear in hearers:
        hear(decision, record)
    return decision


def told(step_code: str, person, name: str) -> str:
    """What somebody did, in a sentence: “Jana Kos returned “Kick-off”.”"""
    who = str(person) if person else _("Someone who is no longer here")
    step = BY_CODE.get(step_code)
    if step_code == TAKEN_BACK:
        return _("%(person)s took back the last step of “%(name)s”.") % {"person": who, "name": name}
    return (step.told if step else _("%(person)s changed “%(name)s”.")) % {"person": who, "name": name}
