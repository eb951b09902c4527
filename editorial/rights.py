"""
What a person may see and change in the back office: their permissions, and within these the limits of their role.

Which records those are is said by the models (`in_reach_of`, `editable_by`), which fields and states by the person
(`may_write`, `may_set`). Lists, choices, forms and actions of the admin all ask here.
"""

from django.contrib.admin.utils import flatten_fieldsets

from editorial.querysets import translated


def in_reach_of(user, records):
    """Those of the records, of whatever model, that the person may work with."""
    return translated(records).in_reach_of(user)


def may_see(user, record) -> bool:
    """Whether the record is one of those that the person works with, as far as records go."""
    if not user.only_own_organisation:
        return True
    return in_reach_of(user, type(record)._default_manager.filter(pk=record.pk)).exists()


def may_change(user, record) -> bool:
    """Whether the record is one of those that the person may change, as far as records go."""
    if not user.only_own_organisation:
        return True
    return translated(type(record)._default_manager.all()).editable_by(user).filter(pk=record.pk).exists()


def holds_others(user, record, field) -> bool:
    """Whether a record refers by the field to something beyond the person's reach, and so must go on doing so."""
    if not (field.is_relation and user.only_own_organisation):
        return False
    held = getattr(record, field.name).all() if field.many_to_many else [getattr(record, field.attname)]
    keys = {getattr(key, "pk", key) for key in held} - {None}
    return in_reach_of(user, field.related_model._default_manager.filter(pk__in=keys)).count() < len(keys)


class FieldRights:
    """For admins and inlines: which records are offered, and which of a record's fields can be written."""

    def get_queryset(self, request):
        return in_reach_of(request.user, super().get_queryset(request))

    def has_change_permission(self, request, obj=None):
        fields = [*self.opts.concrete_fields, *self.opts.many_to_many]
        return super().has_change_permission(request, obj) and any(map(request.user.may_write, fields))

    def get_readonly_fields(self, request, obj=None):
        readonly = [*super().get_readonly_fields(request, obj)]
        fields = {field.name: field for field in self.opts.get_fields()}
        shown = [name for name in flatten_fieldsets(self.get_fieldsets(request, obj)) if name not in readonly]
        closed = [name for name in shown if name in fields and self.is_closed(request.user, fields[name], obj)]
        return readonly + closed + [text for text in shown if callable(text)]

    def is_closed(self, user, field, obj) -> bool:
        return not user.may_write(field)

    def get_prepopulated_fields(self, request, obj=None):
        readonly = self.get_readonly_fields(request, obj)
        fields = super().get_prepopulated_fields(request, obj).items()
        return {name: source for name, source in fields if name not in readonly}

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Who is bound to their organisation says of a new record what makes it their organisation's."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if request.user.only_own_organisation and db_field.name == getattr(self.model, "belongs_to", None):
            field.required = True
        return field


class RecordRights:
    """For admins: what may be done with one record."""

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request, obj) and (obj is None or may_see(request.user, obj))

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or may_change(request.user, obj))

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (obj is None or may_change(request.user, obj))

    def is_closed(self, user, field, obj) -> bool:
        return super().is_closed(user, field, obj) or (obj is not None and holds_others(user, obj, field))
