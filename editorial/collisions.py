"""
Two editors at once: the form as it was opened, the record as it is now and what was typed, compared field by field.

Values are compared as a browser sends them, a list of strings for each of a field's inputs. Unlike a mark that every
save must set, this misses nothing, whoever wrote it: another form, a bulk action, an import or a restored version.
"""

from dataclasses import dataclass
from hashlib import sha256

from django.core import signing
from django.forms import BooleanField, ChoiceField, ModelChoiceField
from django.forms.widgets import CheckboxInput, ChoiceWidget, FileInput, MultiWidget, PasswordInput
from django.utils import timezone
from django.utils.choices import flatten_choices
from django.utils.translation import gettext as _
from django_prose_editor.widgets import ProseEditorWidget

from editorial.names import Names
from editorial.wording import in_words

SALT = "form as it was opened"
THEIRS, MINE = "theirs", "mine"
LONGEST_NUMBER = 5  # figures, of a form's rows


def widget_of(bound):
    """The widget that sends a field's value, without the links that the admin puts beside it."""
    return getattr(bound.field.widget, "widget", bound.field.widget)


def input_names(bound) -> list[str]:
    """The names of a field's inputs, without its row's prefix: `["published_at_0", "published_at_1"]`."""
    widget = widget_of(bound)
    endings = widget.widgets_names if isinstance(widget, MultiWidget) else [""]
    return [bound.name + ending for ending in endings]


def one_line_ends(texts) -> list[str]:
    return [text.replace("\r\n", "\n") for text in texts]


def sent_by(widget, value) -> list[str]:
    if isinstance(widget, CheckboxInput):
        return ["on"] if widget.check_test(value) else []
    if isinstance(widget, FileInput):
        return [str(value or "")]
    if isinstance(widget, ChoiceWidget):
        texts = widget.format_value(value)
        return sorted(texts) if widget.allow_multiple_selected else list(texts)
    text = widget.format_value(value)
    return one_line_ends(["" if text is None else str(text)])


def sent(bound) -> list[list[str]]:
    """What a browser would send of a field as it stands."""
    widget, value = widget_of(bound), bound.value()
    if not isinstance(widget, MultiWidget):
        return [sent_by(widget, value)]
    values = value if isinstance(value, list) else widget.decompress(value)
    return [sent_by(part, value) for part, value in zip(widget.widgets, values, strict=True)]


def typed(bound, row: dict[str, list[str]]) -> list[list[str]]:
    """What a browser did send of a field, in the same form as `sent`."""
    widget = widget_of(bound)
    texts = [one_line_ends(row.get(name, [])) for name in input_names(bound)]
    if isinstance(widget, CheckboxInput):
        return [["on"] if any(part) else [] for part in texts]
    return [sorted(part) for part in texts] if getattr(widget, "allow_multiple_selected", False) else texts


def shown(bound, value) -> str:
    """A value as people read it: the names of what was chosen, the words of a rich text."""
    field, texts = bound.field, [text for part in value or [] for text in part if text]
    if isinstance(field, ModelChoiceField):
        chosen = field.queryset.filter(pk__in=[text for text in texts if text.isdecimal() and len(text) < 19])
        return ", ".join(field.label_from_instance(record) for record in chosen)
    if isinstance(field, ChoiceField):
        names = {str(code): str(name) for code, name in flatten_choices(field.choices)}
        return ", ".join(names.get(text, text) for text in texts)
    if isinstance(field, BooleanField):
        return _("Yes") if texts else _("No")
    if isinstance(widget_of(bound), ProseEditorWidget):
        names = Names()
        names.need_mentioned(texts)
        texts = [in_words(text, names.of) for text in texts]
    return " ".join(texts)


def is_to_go(row: dict[str, list[str]]) -> bool:
    """Whether a row of an inline was marked to be deleted."""
    return any(row.get("DELETE", []))


@dataclass
class Difference:
    """Something that another one changed meanwhile. One that is `open` must be decided on before anything is saved."""

    label: str
    before: str = ""
    now: str = ""
    mine: str = ""
    open: bool = False
    name: str = ""  # of the radio buttons
    stamp: str = ""  # says which of their values was seen: a choice doesn't hold for one that came later


class OpenForm:
    """A record's form with the rows of its inlines, as it stands in the database."""

    def __init__(self, form, formsets):
        self.form, self.formsets = form, formsets

    def key(self, formset, pk) -> str:
        return f"{formset.prefix}:{pk}"

    def compared(self, form, formset=None):
        """The fields that are compared: those that can be typed into, without passwords and a row's own marks."""
        marks = {formset.fk.name, formset.model._meta.pk.name, "DELETE"} if formset else set()
        fields = [bound for bound in form if bound.name not in marks and not bound.field.disabled]
        return [bound for bound in fields if not isinstance(widget_of(bound), PasswordInput)]

    def state(self) -> dict[str, dict[str, list]]:
        """The record's own values under "", a row's under its key: `{"": {"title_en": [["Title"]]}, …}`."""
        rows = {"": (self.form, None)}
        for formset in self.formsets:
            rows |= {self.key(formset, form.instance.pk): (form, formset) for form in formset.initial_forms}
        return {
            key: {bound.name: sent(bound) for bound in self.compared(form, formset)}
            for key, (form, formset) in rows.items()
        }

    def records(self) -> list:
        return [self.form.instance, *(form.instance for formset in self.formsets for form in formset.initial_forms)]


def sealed(state, at="") -> str:
    """A form's state and the time it was read, by default now, to travel with the form."""
    return signing.dumps({"at": at or timezone.now().isoformat(), "state": state}, salt=SALT, compress=True)


def unsealed(text) -> tuple[dict, str]:
    """The state and the time; empty where the form came without them, so that every difference is asked about."""
    try:
        opened = signing.loads(text, salt=SALT)
        return opened["state"], opened["at"]
    except signing.BadSignature:
        return {}, ""


class Collision:
    """
    What was typed, merged with what others saved since the form was opened.

    `data` is what was sent with their changes in it, `differences` what the editor should look at before it is saved,
    `opened` the state that the form is compared with next.
    """

    def __init__(self, form: OpenForm, data, files):
        self.form, self.data, self.files = form, data.copy(), files
        self.before, self.since = unsealed(data.get("_opened", ""))
        self.now = form.state()
        self.opened = {key: dict(fields) for key, fields in self.now.items()}
        self.differences = []
        if self.before != self.now or not self.counts_rows():
            self.merge()

    @property
    def is_open(self) -> bool:
        return any(difference.open for difference in self.differences)

    def sealed(self) -> str:
        return sealed(self.opened, self.since if self.is_open else "")

    def counts_rows(self) -> bool:
        """Whether as many stored rows came as there are: a hand-made request could send them as new ones."""
        return all(
            self.data.get(f"{rows.prefix}-INITIAL_FORMS") == str(len(rows.initial_forms)) for rows in self.form.formsets
        )

    def merge(self):
        row = {name: self.data.getlist(name) for name in self.data}
        self.merge_fields("", self.form.form, None, row)
        for name, texts in row.items():
            self.data.setlist(name, texts)
        for formset in self.form.formsets:
            self.merge_rows(formset)

    def merge_fields(self, key, form, formset, row):
        """Put what only they changed into the row, and find what both changed."""
        before = self.before.get(key, {})
        for bound in self.form.compared(form, formset):
            was, now, mine = before.get(bound.name), self.now[key][bound.name], self.typed(bound, row)
            if mine == now or now == was:
                continue
            label = f"{formset.model._meta.verbose_name} “{form.instance}”: {bound.label}" if formset else bound.label
            difference = Difference(label, *(shown(bound, value) for value in (was, now, mine)))
            choice = self.choice(f"{key}:{bound.name}", now, difference)
            if difference.open and mine == was:  # only they changed it
                choice, difference = THEIRS, Difference(label, shown(bound, was), shown(bound, now))
                self.differences.append(difference)
            if choice == THEIRS:
                row |= dict(zip(input_names(bound), now, strict=True))
            if difference.open:
                self.differences.append(difference)
                self.keep_open(key, bound.name, was)

    def typed(self, bound, row):
        """A file counts as changed only where one came along, which no browser sends twice."""
        if not isinstance(widget_of(bound), FileInput):
            return typed(bound, row)
        file = self.files.get(bound.name)
        return [[file.name]] if file else self.before.get("", {}).get(bound.name, sent(bound))

    def choice(self, place, now, difference) -> str:
        """What the editor chose to keep; without a choice the difference is left open."""
        difference.name = f"_choice:{place}"
        difference.stamp = sha256(repr(now).encode()).hexdigest()[:12]
        choice, _dash, stamp = self.data.get(difference.name, "").partition("-")
        difference.open = choice not in (THEIRS, MINE) or stamp != difference.stamp
        return "" if difference.open else choice

    def keep_open(self, key, name, was):
        """An open difference is found again when the form comes back."""
        self.opened[key].pop(name)
        if was is not None:
            self.opened[key][name] = was

    def merge_rows(self, formset):
        pk = formset.model._meta.pk.name
        rows = self.rows_sent(formset)
        known = {row[pk][0]: row for row in rows if row.get(pk, [""])[0]}
        fresh = [row for row in rows if not row.get(pk, [""])[0]]
        stored = [
            self.merge_row(formset, form, known.pop(str(form.instance.pk), None)) for form in formset.initial_forms
        ]
        for number, row in known.items():
            fresh += self.merge_deleted(formset, number, row)
        self.write_rows(formset, stored, fresh)

    def rows_sent(self, formset) -> list[dict[str, list[str]]]:
        total = self.data.get(f"{formset.prefix}-TOTAL_FORMS", "0")
        is_number = total.isdecimal() and len(total) < LONGEST_NUMBER  # a hand-made one may be of any length
        starts = [f"{formset.prefix}-{number}-" for number in range(int(total) if is_number else 0)]
        rows = {start: {} for start in starts}
        for name in self.data:
            start = name[: name.find("-", len(formset.prefix) + 1) + 1]
            if start in rows:
                rows[start][name.removeprefix(start)] = self.data.getlist(name)
        return list(rows.values())

    def row_now(self, formset, form) -> dict[str, list[str]]:
        row = {formset.model._meta.pk.name: [str(form.instance.pk)], formset.fk.name: [str(formset.instance.pk)]}
        for bound in self.form.compared(form, formset):
            row |= dict(zip(input_names(bound), sent(bound), strict=True))
        return row

    def merge_row(self, formset, form, row):
        key = self.form.key(formset, form.instance.pk)
        name = f"{formset.model._meta.verbose_name} “{form.instance}”"
        if row is None:
            self.differences.append(Difference(name, now=_("added")))
            return self.row_now(formset, form)
        if not is_to_go(row):
            self.merge_fields(key, form, formset, row)
        elif self.before.get(key) != self.now[key]:
            difference = Difference(name, now=self.summary(formset, form), mine=_("deleted"))
            if self.choice(f"{key}:", self.now[key], difference) == THEIRS:
                return self.row_now(formset, form)
            if difference.open:
                self.differences.append(difference)
                self.keep_row_open(key)
        return row

    def keep_row_open(self, key):
        self.opened.pop(key, None)
        if key in self.before:
            self.opened[key] = self.before[key]

    def summary(self, formset, form) -> str:
        """What they changed in a row: “total budget: 100.00”."""
        before, now = self.before.get(self.form.key(formset, form.instance.pk), {}), self.form.compared(form, formset)
        changed = [bound for bound in now if before.get(bound.name) != sent(bound)]
        return "\n".join(f"{bound.label}: {shown(bound, sent(bound))}" for bound in changed)

    def merge_deleted(self, formset, number, row) -> list:
        """The row that they deleted, where it is wanted again or not yet decided upon, as one to be added."""
        key = self.form.key(formset, number)
        before, fields = self.before.get(key), self.form.compared(formset.empty_form, formset)
        mine = [bound for bound in fields if (before or {}).get(bound.name) != typed(bound, row)]
        name = f"{formset.model._meta.verbose_name} “{self.name_of(formset, fields, row)}”"
        difference = Difference(name, now=_("deleted"))
        if is_to_go(row) or not mine:
            self.differences += [] if is_to_go(row) else [difference]
            return []
        difference.mine = "\n".join(f"{bound.label}: {shown(bound, typed(bound, row))}" for bound in mine)
        choice = self.choice(f"{key}:", None, difference)
        if difference.open:
            self.differences.append(difference)
            self.keep_row_open(key)
            return [row]
        return [row | {formset.model._meta.pk.name: [""]}] if choice == MINE else []

    def name_of(self, formset, fields, row) -> str:
        """What a row that is no longer there can be told by: its first value."""
        return next((text for bound in fields if (text := shown(bound, typed(bound, row)))), "")

    def write_rows(self, formset, stored, fresh):
        for number in range(len(self.rows_sent(formset))):
            for name in [name for name in self.data if name.startswith(f"{formset.prefix}-{number}-")]:
                del self.data[name]
        for number, row in enumerate([*stored, *fresh]):
            for name, texts in row.items():
                self.data.setlist(f"{formset.prefix}-{number}-{name}", texts)
        self.data[f"{formset.prefix}-INITIAL_FORMS"] = str(len(stored))
        self.data[f"{formset.prefix}-TOTAL_FORMS"] = str(len(stored) + len(fresh))
