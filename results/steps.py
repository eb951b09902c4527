"""The steps of figures, from a draft to an approved value, and those of the periods that they are reported for."""

from dataclasses import replace

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from editorial.review import BY_CODE, Step


class FigureState(TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned")
    APPROVED = "approved", _("Approved")


FIGURE_STEPS = [
    replace(
        BY_CODE["submit"],
        effect=_("Those who review are told. You can go on writing until it is approved."),
        origins=(FigureState.DRAFT, FigureState.RETURNED),
        state=FigureState.SUBMITTED,
    ),
    Step(
        "approve",
        _("Approve"),
        _("It counts in public from now on, and can't be changed any more."),
        _("%(person)s approved “%(name)s”."),
        (FigureState.DRAFT, FigureState.SUBMITTED, FigureState.RETURNED),
        FigureState.APPROVED,
        makes_public=True,
    ),
    replace(BY_CODE["return"], origins=(FigureState.SUBMITTED,), state=FigureState.RETURNED),
    replace(
        BY_CODE["redraft"],
        effect=_("It waits for nobody any more."),
        origins=(FigureState.SUBMITTED, FigureState.RETURNED),
        state=FigureState.DRAFT,
    ),
    Step(
        "reopen",
        _("Reopen"),
        _("It no longer counts in public, and goes back to those who entered it, with your reason."),
        _("%(person)s reopened “%(name)s”."),
        (FigureState.APPROVED,),
        FigureState.RETURNED,
        needs_note=True,
    ),
]

OPEN, LOCKED = "open", "locked"
PERIOD_STANDINGS = [(OPEN, _("Open")), (LOCKED, _("Locked"))]
PERIOD_STEPS = [
    Step(
        "lock",
        _("Lock"),
        _("Its dates and figures stay as they are from now on."),
        _("%(person)s locked “%(name)s”."),
        (OPEN,),
        LOCKED,
        writes=("locked_on",),
    ),
    Step(
        "reopen",
        _("Reopen"),
        _("Its figures can be entered, approved and reopened again. The reason is kept."),
        _("%(person)s reopened “%(name)s”."),
        (LOCKED,),
        OPEN,
        needs_note=True,
        writes=("locked_on",),
        right="results.reopen_reportingperiod",
    ),
]
