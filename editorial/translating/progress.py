"""
What each text's translations were made from, and so which of them are outdated.

A translation that is written is taken to be made from the source as it stands then. Where nobody knows from what it was
made, as after an import, the source as it is first seen counts. Whatever keeps a version comes by here.
"""

from collections.abc import Iterable
from hashlib import blake2b

from django.contrib import admin
from django.db import models, transaction
from django.utils import timezone

from editorial.translating.models import COUNTS, Progress, SourceText, Translation
from editorial.translations import active_languages, column, languages_with, translated_fields

BATCH = 500


def kinds() -> list[type[models.Model]]:
    """The models whose records are translated: those with texts and a form."""
    return [model for model in admin.site._registry if translated_fields(model)]


def texts(model) -> list[str]:
    """The names of a model's texts, in the order in which it declares them."""
    found = translated_fields(model)
    return [field.name for field in model._meta.fields if field.name in found]


def text_of(record, field: str, language: str) -> str:
    """A text as it is compared: without the line ends of a browser and space at its ends."""
    return (getattr(record, column(field, language)) or "").replace("\r\n", "\n").strip()


def digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=16).hexdigest()


def source_language(record, field: str) -> str | None:
    """What a text is translated from: the portal's own language, else the first that it is written in."""
    return next(iter(languages_with(record, field)), None)


def sources(record) -> dict[str, str]:
    """The texts of a record that are written, with the language each is translated from: `{"title": "en"}`."""
    found = {field: source_language(record, field) for field in texts(type(record))}
    return {field: language for field, language in found.items() if language}


def state(known: dict, origin: str) -> str:
    if not known["text"]:
        return Progress.MISSING
    if known["base"] != origin:
        return Progress.STALE
    return Progress.APPROVED if known["approved"] else Progress.COMPLETE


def judged(record, field, origin: str, language, known: dict | None) -> dict:
    """What is known of a text in a language, brought to what now stands there."""
    text = text_of(record, field, language)
    now = {"text": digest(text) if text else "", "base": origin, "approved": False}
    if known and known["text"] == now["text"]:
        now |= {"base": known["base"] if text else origin, "approved": known["approved"]}
    return now | {"state": str(state(now, origin))}


def translations_of(record, known: dict[str, Translation]) -> list[Translation]:
    """A row for each language that the record is to be translated into, brought to what it now says."""
    written = sources(record)
    origins = {field: digest(text_of(record, field, source)) for field, source in written.items()}
    found = []
    for language in active_languages():
        row = known.get(language) or Translation(kind=record._meta.label_lower, record_id=record.pk, language=language)
        fields = {
            field: judged(record, field, origins[field], language, row.fields.get(field))
            for field, source in written.items()
            if source != language
        }
        if fields:
            row.is_changed = fields != row.fields or row.pk is None
            row.fields = fields
            row.count()
            found.append(row)
    return found


def observe(records: Iterable[models.Model]) -> int:
    """
    Bring what is known of the records' translations to what they now say, and give the number of rows that changed.

    Takes whole records, which no column in use was left out of. Three queries at most, however many there are.
    """
    records = [record for record in records if type(record) in kinds()]
    if not records:
        return 0
    known = {}
    for row in Translation.objects.of(records):
        known.setdefault((row.kind, row.record_id), {})[row.language] = row
    rows, surplus, bases = [], [], {}
    for record in records:
        before = known.get((record._meta.label_lower, record.pk), {})
        now = translations_of(record, before)
        changed = [row for row in now if row.is_changed]
        rows += changed
        surplus += [row.pk for row in before.values() if row not in now]
        if changed:
            bases |= source_texts(record)
    write(rows, bases)
    if surplus:
        Translation.objects.filter(pk__in=surplus).delete()
    return len(rows) + len(surplus)


def source_texts(record) -> dict[str, str]:
    found = [text_of(record, field, source) for field, source in sources(record).items()]
    return {digest(text): text for text in found}


def write(rows: list[Translation], bases: dict[str, str]):
    unique = {(row.kind, row.record_id, row.language): row for row in rows}
    SourceText.objects.bulk_create(
        [SourceText(digest=key, text=text) for key, text in bases.items()], ignore_conflicts=True, batch_size=BATCH
    )
    Translation.objects.bulk_create(
        unique.values(),
        update_conflicts=True,
        unique_fields=["kind", "record_id", "language"],
        update_fields=["fields", *COUNTS],
        batch_size=BATCH,
    )


def forget(records: Iterable[models.Model]):
    """Records that were deleted have no translations."""
    Translation.objects.of(records).delete()


@transaction.atomic
def settle(record, language: str, fields: Iterable[str], user, approved=False):
    """Mark texts as right for the source as it stands now, or approve them. What is missing stays so."""
    observe([record])
    row = Translation.objects.select_for_update().get(
        kind=record._meta.label_lower, record_id=record.pk, language=language
    )
    for name in fields:
        known = row.fields.get(name)
        if known and known["text"]:
            origin = digest(text_of(record, name, source_language(record, name)))
            known |= {"base": origin, "approved": approved or (known["approved"] and known["base"] == origin)}
            known["state"] = str(state(known, origin))
    row.count()
    row.checked_by, row.checked_at = user, timezone.now()
    row.save()


def base_texts(row: Translation) -> dict[str, str]:
    """What the outdated texts of a row were translated from: `{"title": "The source as it was"}`."""
    bases = {name: known["base"] for name, known in row.fields.items() if known["state"] == Progress.STALE}
    kept = dict(SourceText.objects.filter(pk__in=bases.values()).values_list("pk", "text"))
    return {name: kept[base] for name, base in bases.items() if base in kept}


def refresh() -> tuple[int, int]:
    """Go through every record: how many there are, and how many translations were brought up to date by it."""
    number = changed = 0
    for model in kinds():
        pks = list(model._base_manager.order_by("pk").values_list("pk", flat=True))
        gone = Translation.objects.filter(kind=model._meta.label_lower).exclude(
            record_id__in=model._base_manager.values("pk")
        )
        changed += gone.delete()[0]
        for start in range(0, len(pks), BATCH):
            batch = pks[start : start + BATCH]
            with transaction.atomic():
                locked = model._base_manager.filter(pk__in=batch).order_by("pk").select_for_update(no_key=True)
                changed += observe(locked)
        number += len(pks)
    known = [model._meta.label_lower for model in kinds()]
    Translation.objects.exclude(kind__in=known, language__in=active_languages()).delete()
    forget_unused_sources()
    return number, changed


def forget_unused_sources():
    used = {
        known["base"]
        for fields in Translation.objects.values_list("fields", flat=True).iterator()
        for known in fields.values()
    }
    unused = [key for key in SourceText.objects.values_list("pk", flat=True) if key not in used]
    for start in range(0, len(unused), BATCH):
        SourceText.objects.filter(pk__in=unused[start : start + BATCH]).delete()
