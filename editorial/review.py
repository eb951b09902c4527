"""
The review: which steps a record can take, who may take them from where, and what they do. Here stand those of what
has a public page; a model that is Reviewable otherwise names its own, as figures and reporting periods do.

A step is written by whoever saves the record (`take`, then `decide`); who should hear of it is for a floor above,
which puts a function into `hearers`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.decisions import Decision
from editorial.states import SCHEDULED, State


@dataclass(frozen=True)
class Step:
    """
    A way from one of some standings (`origins`) to a state. `label` stands on its button, `effect` says what it does,
    `told` the sentence with which others hear of it; steps of the same code have the same one. Who takes it may write
    the fields in `writes`, may set the state, and has the permission `right` where one is named.
    """

    code: str
    label: str
    effect: str
    told: str
    origins: tuple[str, ...]
    state: str
    needs_note: bool = False
    needs_time: bool = False
    makes_public: bool = False  # then the record must be complete for it
    writes: tuple[str, ...] = ("state",)
    right: str = ""

    def is_for(self, user, model) -> bool:
        """Whether the person may take the step with some record of the model, as far as their role goes."""
        writes = all(user.may_write(model._meta.get_field(name)) for name in self.writes)
        return writes and user.may_set(self.state) and (not self.right or user.has_perm(self.right))

    def leads_on(self, record) -> bool:
        return record.standing in self.origins and not record.hindrance(self)


class Reviewable:
    """
    A record that takes steps: `steps` are those there are, `standings` what it may be in and how editors call that,
    `standing_field` where that is kept, and `written_by_steps` what is saved of it with a step.
    """

    review_name = gettext_lazy("Review")
    steps: list[Step] = []
    standings: list[tuple[str, str]] = []
    standing_field = "state"
    is_scheduled = False

    @property
    def written_by_steps(self) -> list[str]:
        return [self.standing_field]

    @property
    def standing(self) -> str:
        return self.state

    @property
    def standing_name(self) -> str:
        return str(dict(self.standings)[self.standing])

    def hindrance(self, step: Step) -> str:
        """What keeps the record from a step that its standing would let it take, in a sentence; empty where nothing."""
        return ""

    def take(self, step: Step, due: datetime | None = None):
        """Give the unsaved record what the step gives it; `due` is the time of a step that needs one."""
        self.state = step.state

    def why_fixed(self) -> str:
        """Why nobody may change or delete the record as it stands, in a sentence; empty where they may."""
        return ""

    def check_unfixed(self):
        """Raise ValidationError where what is about to be saved changes what is fixed."""

    def also_concerned(self) -> list[int]:
        """The numbers of people who hear of its steps beside those who wrote it."""
        return []


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
        makes_public=True,
    ),
    Step(
        "schedule",
        gettext_lazy("Schedule"),
        gettext_lazy("Visitors see it from the time you set. Until then it can be changed and taken back."),
        gettext_lazy("%(person)s scheduled “%(name)s”."),
        (State.DRAFT, State.IN_REVIEW, State.RETURNED, SCHEDULED, State.WITHDRAWN),
        State.PUBLISHED,
        needs_time=True,
        makes_public=True,
        writes=("state", "published_at"),
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


def model_named(label: str):
    """The model of a label such as `projects.phase`; None where the portal no longer has it."""
    try:
        return apps.get_model(label)
    except LookupError:
        return None


def step_named(code: str, model) -> Step | None:
    """The step with this code that records of the model take; None where there is none, or no such model."""
    return next((step for step in getattr(model, "steps", ()) if step.code == code), None)


def steps_for(user, record) -> list[Step]:
    """What the person may do next with a record that they may change."""
    return [step for step in record.steps if step.is_for(user, type(record)) and step.leads_on(record)]


def obstacle(step: Step, user, record) -> str:
    """Why the person can't take the step with the record as it stands, in a sentence; empty where they can."""
    if not step.is_for(user, type(record)):
        return _("Your role doesn't allow this step: %(step)s.") % {"step": step.label}
    if record.standing in step.origins:
        return record.hindrance(step)
    names = {"step": step.label, "state": record.standing_name}
    return _("“%(step)s” is not possible from the state “%(state)s”.") % names


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


def told(step_code: str, model, person, name: str) -> str:
    """What somebody did with a record of the model, in a sentence: “Jana Kos returned “Kick-off”.”"""
    who = str(person) if person else _("Someone who is no longer here")
    step = step_named(step_code, model)
    if step_code == TAKEN_BACK:
        return _("%(person)s took back the last step of “%(name)s”.") % {"person": who, "name": name}
    return (step.told if step else _("%(person)s changed “%(name)s”.")) % {"person": who, "name": name}
