"""The list of all discrepancies, narrowed down by filters that say how many there are of each."""

from collections import Counter

from django import forms
from django.apps import apps
from django.core.paginator import Paginator
from django.db.models import Count
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from editorial.formats import language_name
from editorial.names import names_of
from factcheck.findings import Verdict
from factcheck.models import Standing
from factcheck.rights import visible_to
from projects.models import Project

PER_PAGE = 50


def name_of_kind(kind: str) -> str:
    return capfirst(apps.get_model(kind)._meta.verbose_name_plural)


class Filter(forms.Form):
    """
    What the list is narrowed to. Each choice says how many there are of it, given the others; one query counts them
    all, by every combination that occurs. A value without sense is passed over.
    """

    standing = forms.ChoiceField(label=pgettext_lazy("fact check", "State"), required=False)
    project = forms.ChoiceField(label=_("Project"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    verdict = forms.ChoiceField(label=pgettext_lazy("fact check", "Verdict"), required=False)

    def __init__(self, data, user):
        super().__init__({"standing": Standing.OPEN, **data.dict()})
        self.rows = visible_to(user).with_standing()
        counted = self.rows.order_by().values(*self.fields).annotate(number=Count("pk"))
        self.counts = [({name: str(row[name]) for name in self.fields}, row["number"]) for row in counted]
        self.chosen = {name: self.known(name, self.data.get(name, "")) for name in self.fields}
        self.data |= self.chosen
        for name, field in self.fields.items():
            field.choices = self.choices(name)

    def known(self, name, value) -> str:
        occurs = {row[name] for row, _number in self.counts} | (set(Standing) if name == "standing" else set())
        return str(value) if value in occurs else ""

    def choices(self, name):
        """`[("", "All (7)"), ("sl", "Slovenian (3)")]`, without what nothing is of, but for what is chosen."""
        others = {other: value for other, value in self.chosen.items() if value and other != name}
        numbers = Counter()
        for row, number in self.counts:
            if all(row[other] == value for other, value in others.items()):
                numbers[row[name]] += number
        if chosen := self.chosen[name]:
            numbers[chosen] += 0
        called = sorted(self.names(name, list(numbers)).items(), key=lambda each: each[1].casefold())
        return [
            ("", f"{_('All')} ({numbers.total()})"),
            *((code, f"{label} ({numbers[code]})") for code, label in called),
        ]

    def names(self, name, codes) -> dict[str, str]:
        if name == "project":
            return {str(pk): label for pk, label in names_of(Project, [int(code) for code in codes]).items()}
        say = {"language": language_name, "kind": name_of_kind, "verdict": lambda code: Verdict(code).label}
        say["standing"] = lambda code: Standing(code).label
        return {code: str(say[name](code)) for code in codes}

    @property
    def found(self):
        return self.rows.filter(**{name: value for name, value in self.chosen.items() if value})

    @property
    def total(self) -> int:
        """How many the filters let through, which the counts tell already."""
        wanted = {name: value for name, value in self.chosen.items() if value}
        return sum(number for row, number in self.counts if wanted.items() <= row.items())

    @property
    def is_used(self) -> bool:
        return any(value for name, value in self.chosen.items() if name != "standing")


class Pages(Paginator):
    """A page of the list, whose length the filter has counted already."""

    def __init__(self, form: Filter):
        super().__init__(form.found, PER_PAGE)
        self.count = form.total
