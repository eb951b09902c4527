"""The values of a kept version as people read them: choices, related records, dates and amounts in words."""

from datetime import date, datetime

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from reversion.models import Version

from editorial.fields import AmountField, RichTextField
from editorial.formats import amount, long_date, number
from editorial.querysets import TranslatedQuerySet
from editorial.wording import mentioned_in


class Names:
    """What related records are called, of those that were asked for: two queries a model, however many there are."""

    def __init__(self):
        self.needed, self.found = {}, {}

    def need(self, shown_fields, *rows):
        for shown in shown_fields:
            if model := shown.field.related_model:
                values = [row.fields.get(shown.field.name) for row in rows if row]
                self.needed.setdefault(model, set()).update(numbers(values))
            elif isinstance(shown.text, RichTextField):
                self.need_mentioned([row.fields.get(shown.field.name) or "" for row in rows if row])

    def need_mentioned(self, texts):
        """What the rich texts show or link to."""
        for text in texts:
            for model, pks in mentioned_in(text).items():
                self.needed.setdefault(model, set()).update(pks)

    def of(self, model, pk) -> str:
        if model not in self.found:
            self.found[model] = names_of(model, self.needed.get(model, {pk}))
        return self.found[model].get(pk) or _("no. %(number)s, deleted since") % {"number": pk}


def numbers(values) -> set:
    """The records' numbers among the values of relations to one and to several."""
    return {pk for value in values for pk in (value if isinstance(value, list) else [value]) if pk is not None}


def names_of(model, pks) -> dict:
    """A name for each of the records; what no longer exists has the name that it was kept under last."""
    related = getattr(admin.site._registry.get(model), "list_select_related", ())
    records = TranslatedQuerySet(model).filter(pk__in=pks)
    names = {record.pk: str(record) for record in (records.select_related(*related) if related else records).lean()}
    content_type = ContentType.objects.get_for_model(model)
    gone = Version.objects.filter(content_type=content_type, object_id__in=[str(pk) for pk in pks if pk not in names])
    for pk, name in gone.order_by("pk").values_list("object_id", "object_repr"):
        names[int(pk)] = _("%(name)s (deleted since)") % {"name": name}
    return names


def in_words(field: models.Field, value, names: Names) -> str:
    """A value in the notation of JSON as the form's reader would say it; empty for none."""
    if value in (None, "", []):
        return ""
    if field.many_to_many:
        return ", ".join(sorted(names.of(field.related_model, pk) for pk in value))
    if field.related_model:
        return names.of(field.related_model, value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    try:
        return measured(field, value)
    except (ValueError, ValidationError):  # kept when the field was of another kind
        return str(value)


def measured(field, value) -> str:
    if isinstance(field, models.FileField):
        return value.rpartition("/")[2]
    if isinstance(field, models.DateTimeField):
        moment = timezone.localtime(datetime.fromisoformat(value))
        return f"{long_date(moment.date())}, {moment:%H:%M}"
    if isinstance(field, models.DateField):
        return long_date(date.fromisoformat(value))
    if isinstance(field, models.TimeField):
        return value[:5]
    if isinstance(field, models.DecimalField):
        return (amount if isinstance(field, AmountField) else number)(field.to_python(value))
    return str(value)
