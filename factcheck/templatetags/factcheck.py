"""The fact check on pages that lie on lower floors: the menu, and the form of a record."""

from django import template

from factcheck.rights import takes_part
from factcheck.showing import has_panel, panel_of, project_of

register = template.Library()


@register.filter
def has_texts_to_check(user) -> bool:
    """Whether there are texts about projects that the person may see."""
    return takes_part(user)


@register.simple_tag(takes_context=True)
def fact_panel(context):
    """What the form of a record says of its texts (Panel); None where they aren't about a project."""
    record, opts = context.get("original"), context["opts"]
    if not has_panel(opts.model):
        return None
    record = record or opts.model()
    return panel_of(context["request"], record, project_of(record))
