"""How a project stands with its duties: each with its evidence, in words."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Prefetch, TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from editorial.formats import long_date, whole_amount
from editorial.rights import in_reach_of
from projects.lifecycle import Stage
from projects.models import Project
from visibility.duties import Duty, duties_of
from visibility.models import DutyEvidence


class State(TextChoices):
    MET = "met", pgettext_lazy("duty", "Met")
    OPEN = "open", pgettext_lazy("duty", "Open")
    OVERDUE = "overdue", pgettext_lazy("duty", "Overdue")
    TO_DECIDE = "to_decide", pgettext_lazy("duty", "To be decided")
    NOT_ASKED = "not_asked", pgettext_lazy("duty", "Does not apply")


@dataclass(frozen=True)
class Standing:
    """A duty of a project, with what was recorded of it."""

    duty: Duty
    project: Project
    evidence: list[DutyEvidence]

    @cached_property
    def due(self) -> date | None:
        return self.duty.due(self.project)

    @cached_property
    def met_on(self) -> date | None:
        """The first day on which it was met: by what was recorded, or by the project's public page."""
        days = [each.met_on for each in self.evidence if each.met_on]
        if self.is_met_by_page:
            days.append(timezone.localtime(self.project.published_at).date())
        return min(days, default=None)

    @property
    def is_met_by_page(self) -> bool:
        return self.duty.page_meets_it and self.project.is_public

    @property
    def waiver(self) -> DutyEvidence | None:
        """Where somebody said that it doesn't apply to the whole project, not to one partner alone."""
        return next((each for each in self.evidence if each.does_not_apply and not each.participation_id), None)

    @property
    def is_below(self) -> bool:
        """Whether the project is too small for it."""
        above, total = self.duty.above, self.project.total_budget
        return None not in (above, total) and total <= above

    @property
    def is_to_decide(self) -> bool:
        """Whether the portal can't know that it applies."""
        return bool(self.duty.only_if) or (self.duty.above is not None and self.project.total_budget is None)

    @property
    def state(self) -> State:
        if self.met_on:
            return State.MET
        if self.waiver or self.is_below:
            return State.NOT_ASKED
        if self.is_to_decide:
            return State.TO_DECIDE
        return State.OVERDUE if self.due and self.due < timezone.localdate() else State.OPEN

    @property
    def words(self) -> str:
        """`met on 3 May 2024`, `overdue since 1 March 2024`, or why it doesn't apply."""
        match self.state:
            case State.MET:
                return _("met on %(day)s") % {"day": long_date(self.met_on)}
            case State.OVERDUE:
                return _("overdue since %(day)s") % {"day": long_date(self.due)}
            case State.TO_DECIDE:
                return _("Say whether it applies, or record how it was met.")
            case State.NOT_ASKED:
                return self.why_not()
        return _("due by %(day)s") % {"day": long_date(self.due)} if self.due else _("not yet met")

    def why_not(self) -> str:
        if self.waiver:
            return _("does not apply: %(reason)s") % {"reason": self.waiver.note}
        return _("does not apply: the total budget is not above %(amount)s") % {"amount": whole_amount(self.duty.above)}


def standings_of(project) -> list[Standing]:
    """All duties of a project that came `with_evidence`."""
    found = list(project.duty_evidence.all())
    return [Standing(duty, project, [each for each in found if each.duty == duty.name]) for duty in duties_of(project)]


def with_evidence(projects):
    """The projects with all that their standings ask for: one query beside their own."""
    evidence = DutyEvidence.objects.select_related("participation__partner", "document__project", "picture").lean()
    return projects.select_related("programme__period").prefetch_related(Prefetch("duty_evidence", evidence))


def overdue_for(user) -> dict[Project, list[Standing]]:
    """
    The running projects in a person's reach that are late with something, each with what it is: two queries. What a
    project that is over has missed can't be made good.
    """
    running = in_reach_of(user, Project.objects.published().in_stage(Stage.RUNNING))
    late = {
        project: [each for each in standings_of(project) if each.state == State.OVERDUE]
        for project in with_evidence(running).order_by("start", "pk").lean()
    }
    return {project: standings for project, standings in late.items() if standings}
