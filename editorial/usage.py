"""Where a record is used: the records of other kinds that point at it, or mention it in their texts."""

from functools import reduce
from operator import or_

from django.contrib import admin
from django.db.models import Count, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from editorial.mentions import mention_counts, mentioning


def relations_to(model) -> list:
    """The relations by which other models lead to this one, those without a name of their own included."""
    relations = [field for field in model._meta.get_fields(include_hidden=True) if field.auto_created]
    return [each for each in relations if not each.concrete and not each.related_model._meta.auto_created]


def users_of(relation, records):
    """The records that lead to some of the given ones by a relation."""
    return relation.related_model._default_manager.filter(**{f"{relation.field.name}__in": records})


def users_by(relation):
    """Those that lead to the record of an outer query by a relation."""
    return relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")}).order_by()


def relation_count(model):
    """How many records lead to one by their relations, as an SQL expression."""
    users = [users_by(relation).values(relation.field.name) for relation in relations_to(model)]
    counts = [Subquery(each.annotate(number=Count("pk")).values("number")) for each in users]
    return sum((Coalesce(count, 0) for count in counts), Value(0))


def is_used(model) -> Q:
    """The condition that a record is used anywhere."""
    related = [Q(Exists(users_by(relation))) for relation in relations_to(model)]
    return reduce(or_, related, Q(pk__in=list(mention_counts(model))))


class UseFilter(admin.SimpleListFilter):
    title = _("use")
    parameter_name = "used"

    def lookups(self, request, model_admin):
        return [("yes", _("Used somewhere")), ("no", _("Not used anywhere"))]

    def queryset(self, request, records):
        if self.value() not in ("yes", "no"):
            return records
        return records.filter(is_used(records.model) if self.value() == "yes" else ~is_used(records.model))


class Places:
    """For an admin: names the records of other kinds that lead to its own, as far as the user may see them."""

    def named(self, request, *users) -> list:
        """Links to the records of some querysets; those that the user may not see are only counted."""
        found, hidden = {}, set()
        for records in users:
            model, pks = records.model, set(records.values_list("pk", flat=True))
            if not pks:
                continue
            seen = self.seen_by(request, model).filter(pk__in=pks)
            found |= {(model, user.pk): self.place(user) for user in seen}
            hidden |= {(model, pk) for pk in pks}
        number = len(hidden - found.keys())
        others = ngettext(
            "%(number)d record that you may not see", "%(number)d records that you may not see", number
        ) % {"number": number}
        return [*found.values(), others] if number else [*found.values()]

    def seen_by(self, request, model):
        related = self.admin_site._registry.get(model)
        may_see = related and related.has_view_or_change_permission(request)
        return related.get_queryset(request) if may_see else model._default_manager.none()

    def place(self, record):
        options = record._meta
        address = reverse(f"{self.admin_site.name}:{options.app_label}_{options.model_name}_change", args=[record.pk])
        return format_html('{}: <a href="{}">{}</a>', capfirst(options.verbose_name), address, record)


class LinkedFromTexts(Places):
    """For an admin of records that texts link to: who deletes one is told which texts lose their link."""

    def get_deleted_objects(self, objs, request):
        to_delete, *rest = super().get_deleted_objects(objs, request)
        texts = self.named(request, *mentioning(self.model, objs, in_use=False))
        told = [_("Texts that link to it keep the words and lose the link:"), texts] if texts else []
        return [*to_delete, *told], *rest


class WhereUsed(Places):
    """For an admin of what other records show: its list and form say where, and what is used can't be deleted."""

    change_form_template = "admin/change_form_with_uses.html"
    delete_confirmation_template = "admin/delete_what_is_used.html"
    delete_selected_confirmation_template = "admin/delete_several_used.html"

    def for_list(self, records):
        return super().for_list(records).annotate(use_count=relation_count(self.model))

    def for_page(self, records):
        mentions = mention_counts(self.model)
        for record in records:
            record.use_count += mentions[record.pk]

    @admin.display(description=_("used"))
    def uses(self, record):
        if not record.use_count:
            return _("nowhere yet")
        return ngettext("in %(number)d place", "in %(number)d places", record.use_count) % {"number": record.use_count}

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        uses = self.places(request, [obj]) if obj else []
        return super().render_change_form(request, context | {"uses": uses}, *args, obj=obj, **kwargs)

    def get_deleted_objects(self, objs, request):
        to_delete, counts, lacking, protected = super().get_deleted_objects(objs, request)
        return to_delete, counts, lacking, self.places(request, objs, in_use=False) or protected

    def places(self, request, records, in_use=True) -> list:
        """Links to the records that use some of the given ones; `in_use`: only texts in languages that are in use."""
        relations = [users_of(relation, records) for relation in relations_to(self.model)]
        return self.named(request, *relations, *mentioning(self.model, records, in_use))
