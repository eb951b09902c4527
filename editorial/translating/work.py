"""One record in one language: its sources, what changed in them, and the form for its texts with all of its checks."""

from typing import NamedTuple

from django.contrib.admin.utils import flatten_fieldsets
from django.http import Http404
from django.utils.dateparse import parse_datetime
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from editorial.collisions import Collision, OpenForm, sealed
from editorial.comparison import Piece, marked, plain
from editorial.fields import RichTextField
from editorial.locks_admin import lock, saves
from editorial.translating.models import Progress, Translation
from editorial.translating.progress import base_texts, digest, settle, sources, text_of, translations_of
from editorial.translations import column


class Line(NamedTuple):
    """A text with its source beside it; without a `bound` field it can only be read."""

    name: str
    label: str
    state: Progress
    source: str
    source_language: str
    target: str
    pieces: list[Piece]  # the source with the words marked that changed since; empty unless outdated
    only_markup: bool  # whether it was no word that changed
    is_rich: bool
    bound: object


def writable_columns(request, model_admin, record, language) -> list[str]:
    """The record's columns in a language that the person may write, in the order of its form: `["title_sl", …]`"""
    if not model_admin.has_change_permission(request, record):
        return []
    shown = flatten_fieldsets(model_admin.get_fieldsets(request, record))
    closed = model_admin.get_readonly_fields(request, record)
    names = [column(field, language) for field, source in sources(record).items() if source != language]
    return [name for name in shown if name in names and name not in closed]


def languages_form(request, model_admin, record, columns, data=None):
    """The record's own form, with its checks, for some of its columns alone."""
    form = model_admin.get_form(request, record, change=True, fields=columns)(data, instance=record)
    form.fields = {name: field for name, field in form.fields.items() if name in columns}
    return form


def save(request, model_admin, form):
    """Save what the form changed, as the record's own page does, with a version."""
    record = model_admin.save_form(request, form, change=True)
    model_admin.save_model(request, record, form, change=True)
    model_admin.log_change(request, record, model_admin.construct_change_message(request, form, [], False))


def known_of(records) -> list[dict[str, Translation]]:
    """What is known of each record's translations as it now stands, language by language; nothing is written."""
    rows = {}
    for row in Translation.objects.of(records).select_related("checked_by"):
        rows.setdefault((row.kind, row.record_id), {})[row.language] = row
    found = [translations_of(record, rows.get((record._meta.label_lower, record.pk), {})) for record in records]
    return [{row.language: row for row in each} for each in found]


class Work:
    """A page of the queue: a record, the language it is translated into, and the form, once it was sent its data."""

    def __init__(self, request, model_admin, record, language):
        self.request, self.admin, self.record, self.language = request, model_admin, record, language
        self.collision, self.form, self.columns = None, None, []

    def open(self):
        self.columns = writable_columns(self.request, self.admin, self.record, self.language)
        self.form = self.form_for(None) if self.columns else None
        return self

    def stored(self):
        """The record as it stands in the database. Raises Http404 where it was deleted since."""
        if (record := self.admin.get_object(self.request, str(self.record.pk))) is None:
            raise Http404
        return record

    def may_write(self) -> bool:
        return bool(writable_columns(self.request, self.admin, self.record, self.language))

    def form_for(self, data):
        return languages_form(self.request, self.admin, self.record, self.columns, data)

    def receive(self) -> bool:
        """
        Take what was sent, to be called in a transaction. False where the page is to be shown once more, as something
        changed meanwhile or is wrong; then nothing is saved, and what was typed stands in the form.
        """
        lock(type(self.record), pk=self.record.pk)
        self.record = self.stored()
        self.open()
        seen = self.request.POST.get("_seen") == self.seen()
        data = self.request.POST
        if self.form:
            data = self.merged()
        if not seen:
            self.request.held_back = _(
                "The text to translate from changed while you were writing. Nothing is saved yet: look at it once "
                "more, then save."
            )
        if self.form:
            self.form = self.form_for(data)
            seen = self.form.is_valid()
        if not seen:  # a form puts what was typed into the record that it checks
            self.record = self.stored()
        return seen

    def merged(self):
        self.collision = Collision(OpenForm(self.form, []), self.request.POST, self.request.FILES)
        if "_kept" in self.request.POST:
            self.request.held_back = _("This is what you had typed. Nothing of it is saved yet: look at it, then save.")
        if self.collision.differences:
            since = self.collision.since
            self.collision.saves = saves([self.record], parse_datetime(since)) if since else []
            self.request.held_back = _(
                "Someone else changed this record while you were writing. Nothing is saved yet: see above what they"
                " changed, then save."
            )
        return self.collision.data

    def opened(self) -> str:
        """The form as it was opened, to travel with it."""
        if self.collision:
            return self.collision.sealed()
        return sealed(OpenForm(self.form, []).state()) if self.form else ""

    def seen(self) -> str:
        """A mark of what the person has before their eyes and can't write: the sources, and texts they only read."""
        texts = [text_of(self.record, name, source) for name, source in sources(self.record).items()]
        texts += [
            text_of(self.record, name, self.language)
            for name in sources(self.record)
            if column(name, self.language) not in self.columns
        ]
        return digest("\0".join(texts))

    def save(self, right=(), approves=False) -> bool:
        """Save what was typed, and mark texts as `right` or all of them as approved. Whether anything was done."""
        changed = bool(self.form and self.form.has_changed())
        if changed:
            save(self.request, self.admin, self.form)
        known = self.known().fields
        writable = [name for name in known if column(name, self.language) in self.columns]
        if approves:
            settle(self.record, self.language, known, self.request.user, approved=True)
        elif marked_right := [name for name in right if name in writable]:
            settle(self.record, self.language, marked_right, self.request.user)
            return True
        return changed or approves

    def known(self) -> Translation | None:
        """How far the record is translated into the language; None where there is nothing to be translated."""
        return known_of([self.record])[0].get(self.language)

    def lines(self) -> list[Line]:
        row = self.known()
        before, written = base_texts(row), sources(self.record)
        names = [name for name in written if name in row.fields]
        return [self.line(name, row.fields[name], written[name], before.get(name)) for name in names]

    def line(self, name, known, source_language, before) -> Line:
        text = type(self.record)._meta.get_field(name)
        source, target = (text_of(self.record, name, code) for code in (source_language, self.language))
        pieces = marked(plain(text, before), plain(text, source)) if before is not None else []
        place = column(name, self.language)
        return Line(
            name,
            capfirst(text.verbose_name),
            Progress(known["state"]),
            source,
            source_language,
            target,
            pieces,
            bool(pieces) and all(piece.what == "same" for piece in pieces),
            isinstance(text, RichTextField),
            self.form[place] if place in self.columns else None,
        )
