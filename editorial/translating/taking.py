"""What of a file that came back from a translator is taken, and what is refused and why: text by text, in sentences."""

from copy import copy
from dataclasses import asdict, dataclass

from django.apps import apps
from django.contrib import admin
from django.db import transaction
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.comparison import plain
from editorial.formats import language_name
from editorial.locks_admin import lock
from editorial.translating.board import viewable_kinds, writable_languages
from editorial.translating.inline import Broken, numbers, rejoined, segmented, words_of, written
from editorial.translating.progress import settle, sources, text_of
from editorial.translating.work import languages_form, save, writable_columns
from editorial.translating.xliff import NotOurs, Returned, Unit, is_rich, same_sources
from editorial.translations import active_languages, column

TAKEN, UNCHANGED, EMPTY, REFUSED = "taken", "unchanged", "empty", "refused"

BROKEN = {
    "lost": gettext_lazy("A code is missing that stands for a paragraph, a link or a fact of the source."),
    "doubled": gettext_lazy("A code of the source occurs twice."),
    "invented": gettext_lazy("There is a code in it that the source doesn't have."),
    "moved": gettext_lazy("A code was moved into or out of another paragraph, item or link."),
    "unbalanced": gettext_lazy("A code begins and doesn't end, or the other way round."),
    "unknown": gettext_lazy("There is markup in it that the source doesn't have."),
}


@dataclass
class Verdict:
    """What became of one text. Where its source has changed, `theirs` was translated and `now` stands there today."""

    id: str
    record: str
    field: str
    what: str
    why: str = ""
    theirs: str = ""
    now: str = ""
    before: str = ""
    after: str = ""
    address: str = ""

    def refuse(self, why, **told):
        self.what, self.why = REFUSED, str(why)
        for name, text in told.items():
            setattr(self, name, text)
        return self


def check_language(user, returned: Returned):
    """Raise NotOurs where the person can take nothing of the file, whatever it holds."""
    if returned.language not in active_languages():
        message = _("This file is a translation into “%(language)s”, which is none of the portal's languages.")
        raise NotOurs(message % {"language": returned.language[:20] or "?"})
    if returned.language not in writable_languages(user):
        message = _("This file is a translation into %(language)s, in which you may not write.")
        raise NotOurs(message % {"language": language_name(returned.language)})


class Taking:
    """A file that came back, held against the records as they stand now."""

    def __init__(self, request, returned: Returned):
        self.request, self.returned, self.language = request, returned, returned.language

    def by_record(self) -> dict[tuple[str, int], list[Unit]]:
        found = {}
        for unit in self.returned.units:
            kind, pk, _field = unit.key
            found.setdefault((kind, int(pk) if pk and len(pk) < 19 else 0), []).append(unit)
        return found

    def records(self, keys) -> dict:
        """The records that the person may see, a query a kind."""
        numbers, found = {}, {}
        allowed = {model._meta.label_lower: model for model in viewable_kinds(self.request.user)}
        for kind, pk in keys:
            if kind in allowed:
                numbers.setdefault(allowed[kind], set()).add(pk)
        for model, pks in numbers.items():
            options = admin.site._registry[model]
            for record in options.get_queryset(self.request).filter(pk__in=pks):
                if options.has_view_permission(self.request, record):
                    found[model._meta.label_lower, record.pk] = record
        return found

    def judge(self) -> list[Verdict]:
        """What would be taken now. Nothing is saved."""
        units = self.by_record()
        records = self.records(units)
        return [verdict for key in units for verdict in self.of_record(records.get(key), units[key])[0]]

    def take(self) -> list[Verdict]:
        """Take what can be taken, each record in a transaction of its own, with a version."""
        verdicts = []
        for key, units in self.by_record().items():
            with transaction.atomic():
                verdicts += self.take_record(key, units)
        return verdicts

    def take_record(self, key, units) -> list[Verdict]:
        if key[0] in apps_labels():
            lock(apps.get_model(key[0]), pk=key[1])
        record = self.records([key]).get(key)
        verdicts, form, right = self.of_record(record, units)
        if form:
            save(self.request, admin.site._registry[type(record)], form)
        if right:
            settle(form.instance if form else record, self.language, right, self.request.user)
        return verdicts

    def of_record(self, record, units):
        """A verdict for each unit, the form that saves what is taken, and the texts that are right as they stand."""
        if record is None:
            why = _("There is no such record, or you may not see it.")
            return [Verdict(unit.id, "", unit.name, REFUSED, why) for unit in units], None, []
        options = admin.site._registry[type(record)]
        columns = writable_columns(self.request, options, record, self.language)
        verdicts, texts = [], {}
        for unit in units:
            verdict = self.verdict(record, unit)
            verdicts.append(verdict)
            self.look_at(verdict, record, unit, columns, texts)
        form = self.valid_form(options, record, texts)
        right = self.unchanged(form, texts)
        return verdicts, form if form and form.changed_data else None, right

    def verdict(self, record, unit) -> Verdict:
        kind, pk, name = unit.key
        field = next((field for field in record._meta.fields if field.name == name), None)
        label = str(capfirst(field.verbose_name)) if field else unit.name
        address = reverse("translation_work", args=[kind, pk, self.language])
        return Verdict(unit.id, str(record), label, TAKEN, address=address)

    def look_at(self, verdict, record, unit, columns, texts):
        """Put the text of a unit among those to be saved, `{column: (name, text, verdict, unit)}`, or say why not."""
        name = unit.key[2]
        source = sources(record).get(name)
        place = column(name, self.language)
        if source is None:
            return verdict.refuse(_("The record has no such text, or no longer."))
        if source == self.language:
            return verdict.refuse(_("The text is written in this language; it is what others are translated from."))
        if place not in columns:
            return verdict.refuse(_("You may not write this text in this language."))
        if place in texts:
            return verdict.refuse(_("The file has this text twice; the first one counts."))
        rich, text = is_rich(type(record), name), text_of(record, name, source)
        parts = segmented(text, rich)
        if source != self.returned.source_language or not same_sources(unit.sources, parts):
            theirs = "\n".join(map(words_of, unit.sources))
            why = _("The text to translate from has changed since the file was exported.")
            return verdict.refuse(why, theirs=theirs, now=plain(type(record)._meta.get_field(name), text))
        return self.read_target(verdict, record, unit, parts, rich, texts)

    def read_target(self, verdict, record, unit, parts, rich, texts):
        name = unit.key[2]
        said = [target is not None and words_of(target).strip() for target in unit.targets]
        needed = [bool(words_of(source).strip()) for source in unit.sources]
        if not any(said):
            verdict.what, verdict.why = EMPTY, _("Not translated.")
            return None
        if any(need and not has for need, has in zip(needed, said, strict=True)):
            return verdict.refuse(_("Only a part of it is translated."))
        try:
            pairs = zip(unit.targets, parts.sources, strict=True)
            text = "".join(self.text(target, source, parts, rich) for target, source in pairs)
        except Broken as error:
            return verdict.refuse(BROKEN[str(error)])
        place = column(name, self.language)
        if text == rejoined(text_of(record, name, self.language), rich):
            text = getattr(record, place)  # to the letter, with the line ends of a browser
        texts[place] = (name, text, verdict, unit)
        return None

    def text(self, target, source, parts, rich) -> str:
        """A segment without words may come back without a target: it is the same in every language."""
        return written(source if target is None else target, parts, numbers(source), rich)

    def valid_form(self, options, record, texts):
        """The form that all checks let pass, without the texts that they refuse; None where nothing is left."""
        while texts:
            data = {place: text for place, (_name, text, _verdict, _unit) in texts.items()}
            # A form writes into the record that it checks, also what is then refused.
            form = languages_form(self.request, options, copy(record), list(texts), data)
            if form.is_valid():
                return form
            faulty = [place for place in form.errors if place in texts] or list(texts)
            for place in faulty:
                reasons = form.errors.get(place) or form.non_field_errors()
                texts.pop(place)[2].refuse(" ".join(reasons) or _("The record's rules don't allow it."))
        return None

    def unchanged(self, form, texts) -> list[str]:
        """Say which texts stand there already. What the translator says is done is right for today's source."""
        right = []
        for place, (name, _text, verdict, unit) in texts.items():
            field = form.instance._meta.get_field(name)
            before, after = (plain(field, text) for text in (form.initial.get(place), form.cleaned_data[place]))
            if place in form.changed_data:
                verdict.before, verdict.after = before, after
            else:
                verdict.what, verdict.why = UNCHANGED, _("It stands there already.")
                right += [name] if unit.is_done else []
        return right


def apps_labels() -> set[str]:
    return {model._meta.label_lower for model in admin.site._registry}


def told(verdicts: list[Verdict]) -> list[dict]:
    return [asdict(verdict) for verdict in verdicts]


def summary(report: list[dict]) -> dict[str, int]:
    """How many texts became what: `{"taken": 12, "refused": 1, …}`"""
    return {what: sum(each["what"] == what for each in report) for what in (TAKEN, UNCHANGED, EMPTY, REFUSED)}
