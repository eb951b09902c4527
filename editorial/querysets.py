from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q, TextField, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import IContains

from editorial.changes import tell_of_change
from editorial.prepared import ThisMoment
from editorial.renditions import remove_after_commit
from editorial.rows import Rows
from editorial.states import IN_HAND, State
from editorial.translations import column, columns, inactive_columns, translated_fields


def translated(records):
    """The queryset as a TranslatedQuerySet, whatever its model's manager gives."""
    if isinstance(records, TranslatedQuerySet):
        return records
    return TranslatedQuerySet(records.model, query=records.query)


class Joined(Func):
    """Texts between spaces. Not `Concat`, which nests more deeply than SQLite reads."""

    template, arg_joiner = "(%(expressions)s)", " || ' ' || "
    output_field = TextField()


class TranslatedQuerySet(models.QuerySet):
    _rows: dict[str, Rows] = {}

    def lean(self, *without: str):
        """
        Leave the columns of languages that are not in use in the database, those of `select_related` too, and
        `without`, texts that a card doesn't show, in all languages.

        Called last, and only to read: at 24 languages a row is four times lighter without them.
        """
        texts = [name for text in without for name in (text, *columns(text))]
        unused = self._inactive_columns(self.model, self.query.select_related)
        # As Django has it: modeltranslation would look for translations of each name once more.
        return models.QuerySet.defer(self, *unused, *texts)

    def _inactive_columns(self, model, related, path=""):
        names = [path + name for name in inactive_columns(model)]
        for name, below in (related or {}).items():
            names += self._inactive_columns(model._meta.get_field(name).related_model, below, f"{path}{name}__")
        return names

    def with_rows(self, **rows: Rows):
        """
        With small rows of each record, by the same query: as if they were prefetched where the name is the relation's,
        else as a list under that name.
        """
        records = self.annotate(**{f"rows_of_{name}": each.gathered(self.model) for name, each in rows.items()})
        records._rows = self._rows | rows
        return records

    def _clone(self):
        clone = super()._clone()
        clone._rows = self._rows
        return clone

    def _fetch_all(self):
        is_new = self._result_cache is None
        super()._fetch_all()
        if is_new and self._fields is None:
            for record in self._result_cache:
                self._read_rows(record)

    def _read_rows(self, record):
        for name, rows in self._rows.items():
            read = rows.read(record.__dict__.pop(f"rows_of_{name}"), record)
            if name != rows.relation:
                setattr(record, name, read)
                continue
            prefetched = models.QuerySet(self.model._meta.get_field(name).related_model)
            prefetched._result_cache, prefetched._prefetch_done = read, True
            record.__dict__.setdefault("_prefetched_objects_cache", {})[name] = prefetched

    def containing(self, words: str, fields: list[str]):
        """Records in which each of the words stands somewhere in the fields, in any language in use."""
        translated = translated_fields(self.model)
        names = [name for field in fields for name in (columns(field) if field in translated else [field])]
        # Words hold no space, so that none is found across two texts; to look once a record is the quickest.
        texts = Joined(*(Coalesce(F(name), Value("")) for name in names))
        return self.filter(*(IContains(texts, word) for word in words.split()))

    def in_reach_of(self, user):
        """What a person may work with: everything, or what is their organisation's where their role ends there."""
        return self.of_organisation(user.partner_id) if user.only_own_organisation else self

    def of_organisation(self, organisation):
        """
        What an organisation takes part in. A model's `belongs_to` names the relation to what it is a part of, as a
        phase of its project; a model without it, such as a vocabulary, is everyone's.
        """
        whole = getattr(self.model, "belongs_to", None)
        if whole is None:
            return self
        wholes = translated(self.model._meta.get_field(whole).related_model._default_manager.all())
        parts = self.model._base_manager.filter(**{f"{whole}__in": wholes.of_organisation(organisation)})
        return self.filter(pk__in=parts.values("pk"))

    def editable_by(self, user):
        """Those within reach that a person with the right to change such records may change."""
        return self.in_reach_of(user)


class FollowedQuerySet(TranslatedQuerySet):
    """Of Followed records: what is changed or deleted together is told of as well."""

    def update(self, **fields):
        pks = list(self.values_list("pk", flat=True))
        updated = super().update(**fields)
        tell_of_change(self.model, pks)
        return updated

    update.alters_data = True

    def delete(self):
        pks = list(self.values_list("pk", flat=True))
        deleted = super().delete()
        tell_of_change(self.model, pks)
        return deleted

    delete.alters_data = True
    delete.queryset_only = True


class PublishableQuerySet(FollowedQuerySet):
    def published(self):
        """What a visitor may see now: published, and not before its time."""
        return self.filter(state=State.PUBLISHED, published_at__lte=ThisMoment())

    def withdrawn(self):
        """What visitors could see once and no longer may: their addresses answer 410."""
        return self.filter(state=State.WITHDRAWN, published_at__lte=ThisMoment())

    def visible_to(self, user):
        """What is published; to those who may see the model's drafts, also whatever is in their reach."""
        app, name = self.model._meta.app_label, self.model._meta.model_name
        if not any(user.has_perm(f"{app}.{right}_{name}") for right in ("view", "change")):
            return self.published()
        if not user.only_own_organisation:
            return self
        records = self.model._default_manager
        own, public = (Q(pk__in=which.values("pk")) for which in (records.in_reach_of(user), records.published()))
        return self.filter(own | public)

    def editable_by(self, user):
        """Who is bound to their organisation leaves what was published once to the portal's editors."""
        records = super().editable_by(user)
        return records.filter(state__in=IN_HAND) if user.only_own_organisation else records


class PictureQuerySet(TranslatedQuerySet):
    def delete(self):
        """Deletes their files too, once it is sure that they are deleted."""
        stored = [(picture.file.storage, picture.file_names) for picture in self]
        deleted = super().delete()
        for storage, names in stored:
            remove_after_commit(storage, names)
        return deleted

    delete.alters_data = True
    delete.queryset_only = True

    def undescribed(self):
        """Those still without a description in the portal's first language, though they are no mere decoration."""
        text = column("alt", settings.LANGUAGE_CODE)
        return self.filter(models.Q(**{text: ""}) | models.Q(**{f"{text}__isnull": True}), is_decorative=False)
