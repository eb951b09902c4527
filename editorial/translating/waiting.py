"""Outdated translations, for the first screen of those who can mend them."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.formats import language_name
from editorial.translating.board import names, stale_translations_of
from editorial.translating.models import Translation
from editorial.waiting import SHOWN, Part, Waiting, add_records, add_waiting


def stale(user):
    """In the languages that the person writes; what is public first."""
    rows = stale_translations_of(user)
    called = names([(row.kind, row.record_id) for row in rows[:SHOWN]])
    yield Part(
        rows,
        Translation,
        f"{reverse('translations')}?state=stale",
        line=lambda row: called.get((row.kind, row.record_id), "–"),
        note=lambda row: language_name(row.language),
        address=lambda row: reverse("translation_work", args=[row.kind, row.record_id, row.language]),
        name=_("Translations"),
    )


add_waiting(Waiting("stale", gettext_lazy("Outdated translations"), 40))
add_records("stale", stale)
