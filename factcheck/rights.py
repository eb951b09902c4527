"""Whose discrepancies someone sees, and who may do something about them."""

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets

from editorial.querysets import translated
from editorial.translating.board import permission, reach_of, viewable_kinds
from editorial.translations import active_languages, column
from factcheck.models import Discrepancy
from factcheck.texts import models_about_projects


def takes_part(user) -> bool:
    """Whether there are texts about projects that the person may see."""
    return user.is_authenticated and bool(viewable(user))


def viewable(user) -> list:
    kinds = viewable_kinds(user)
    return [model for model in models_about_projects() if model in kinds]


def languages_of(user) -> list[str]:
    """The languages in use in which someone looks after texts: a translator's own, of others all."""
    own = user.languages if user.role and user.role.only_own_languages else active_languages()
    return [language for language in active_languages() if language in own]


def visible_to(user):
    """The discrepancies in texts that someone may see."""
    return Discrepancy.objects.filter(reach_of(user, viewable(user)), language__in=languages_of(user))


def mendable_by(user):
    """Those in texts of records that someone may change."""
    models = [model for model in viewable(user) if user.has_perm(permission("change", model))]
    return Discrepancy.objects.filter(reach_of(user, models, editable=True), language__in=languages_of(user))


def changeable(request, keys) -> set[tuple[str, int]]:
    """Those of some records, given by kind and number, that the person may change; a query a kind at most."""
    found = set()
    for model in viewable(request.user):
        kind = model._meta.label_lower
        pks = {pk for name, pk in keys if name == kind}
        if pks and admin.site.get_model_admin(model).has_change_permission(request):
            mine = translated(model._default_manager.filter(pk__in=pks)).editable_by(request.user)
            found |= {(kind, pk) for pk in mine.values_list("pk", flat=True)}
    return found


def writes(request, model_admin, record, field: str, language: str) -> bool:
    """Whether the person may write a text of the record, in a language."""
    name = column(field, language)
    return (
        model_admin.has_change_permission(request, record)
        and name in flatten_fieldsets(model_admin.get_fieldsets(request, record))
        and name not in model_admin.get_readonly_fields(request, record)
    )
