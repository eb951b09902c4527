"""What of a selection a report may tell: what visitors see, as far as it is in the person's reach."""

from django.urls import reverse
from django.utils.translation import gettext as _

from reports.document import Paragraph, Section
from reports.kind import Problem


def in_reach(selection, user):
    return selection.model.objects.filter(pk__in=selection.order_by().values("pk")).in_reach_of(user)


def public(selection, user):
    """The selected records that are public and in the person's reach."""
    return in_reach(selection, user).published()


def left_out(selection, user) -> list[Problem]:
    """What was selected and can't be told, as it isn't public; or that nothing can be."""
    shown = public(selection, user)
    hidden = in_reach(selection, user).exclude(pk__in=shown.order_by().values("pk")).order_by("pk").lean()
    sentence = _("%(name)s is not public, so the report leaves it out. Publish it, or take it out of the selection.")
    problems = [Problem(sentence % {"name": record}, form_of(record)) for record in hidden]
    return problems if shown.exists() else [*problems, Problem(nothing())]


def nothing() -> str:
    return _("Nothing that was selected is public and yours to report on.")


def nothing_said() -> list[Section]:
    """What stands in a report on nothing."""
    return [Section(_("Selection"), [Paragraph(nothing())])]


def form_of(record) -> str:
    """The address of a record's form in the back office."""
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])
