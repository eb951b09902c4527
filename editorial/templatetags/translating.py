"""How the back office speaks of translations."""

from django import template

from editorial.translating.board import takes_part
from editorial.translating.models import Progress

register = template.Library()

MARKS = {Progress.MISSING: "○", Progress.STALE: "↻", Progress.COMPLETE: "✓", Progress.APPROVED: "✓✓"}


@register.filter
def has_translations_to_do(user) -> bool:
    """Whether there is anything for the person to translate or to approve."""
    return takes_part(user)


@register.inclusion_tag("admin/translations/state.html")
def progress(state, number=None):
    """A state as a sign with its word beside it; with a number where it is said of several texts."""
    state = Progress(state)
    return {"state": state.value, "name": state.label, "mark": MARKS[state], "number": number}
