"""The fact check on pages that lie on lower floors: the menu, and the form of a record."""

from django import template

from factcheck.rights import takes_part
from factcheck.showing import panel_of, project_of
from factcheck.texts import models_about_projects

register = template.Library()


@register.filter
def has_texts_to_check(user) -> bool:
    """Whether there are texts about projects that the person may see."""
    return takes_part(user)


@register.filter
def is_fact_checked(opts) -> bool:
    """Whether the texts of a model's records are about projects."""
    return opts.model in models_about_projects()


@register.simple_tag(takes_context=True)
def fact_panel(context):
    """What the form of a record says of its texts (Panel)."""
    record = context.get("original") or context["opts"].model()
    return panel_of(context["request"], record, project_of(record))
