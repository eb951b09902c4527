"""Discrepancies as people read them: on the form of the record, in the list, with what may be done about each."""

from dataclasses import dataclass
from functools import cached_property

from django.apps import apps
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from editorial.formats import language_name, long_date
from editorial.names import names_of
from editorial.translating.board import names
from editorial.translations import column
from editorial.waiting import address_of
from factcheck.findings import CheckedFact, Verdict
from factcheck.models import Acceptance, Discrepancy
from factcheck.record import records_of
from factcheck.register import discrepancies_in
from factcheck.rights import changeable, languages_of
from factcheck.texts import records, texts_of
from projects.models import Amendment, Project

FIRST = 3  # discrepancies that a form shows without being asked


@dataclass
class Shown:
    """A discrepancy with the names of what it is about; `is_kept`: whether it stands so in the text as it was saved."""

    row: Discrepancy
    record: str = ""
    project: str = ""
    amendment: str = ""
    acceptance: Acceptance | None = None
    may_change: bool = False
    may_write: bool = False
    is_kept: bool = True

    @cached_property
    def model(self):
        return apps.get_model(self.row.kind)

    @property
    def kind(self) -> str:
        return capfirst(self.model._meta.verbose_name)

    @property
    def place(self) -> str:
        """“Text, Slovenian”"""
        field = self.model._meta.get_field(self.row.field)
        return f"{capfirst(field.verbose_name)}, {language_name(self.row.language)}"

    @property
    def column(self) -> str:
        return column(self.row.field, self.row.language)

    @property
    def form(self) -> str:
        """Where the text is written, with the passage selected, seen from any page."""
        address = address_of(self.model, "change", self.row.record_id)
        return f"{address}?passage={self.row.key}#id_{self.column}"

    @property
    def accept_address(self) -> str:
        return self.address("accept")

    @property
    def put_address(self) -> str:
        return self.address("put")

    def address(self, deed: str) -> str:
        """Where it is done; of a record that isn't saved yet nothing is done there, but by the form's own script."""
        return reverse(f"factcheck_{deed}", args=[self.row.kind, self.row.record_id or 0, self.row.key])

    @property
    def fact(self) -> str:
        return capfirst(CheckedFact(self.row.fact).label)

    @property
    def verdict(self) -> str:
        return Verdict(self.row.verdict).label


def shown(request, rows: list[Discrepancy]) -> list[Shown]:
    """Some discrepancies for a page; the queries grow with the kinds of records among them alone."""
    keys = {(row.kind, row.record_id) for row in rows}
    called, mine = names(keys), changeable(request, keys)
    projects = names_of(Project, {row.project_id for row in rows})
    decided = in_words({row.amendment_id for row in rows} - {None})
    accepted = accepted_of(rows)
    found = []
    for row in rows:
        may_change = (row.kind, row.record_id) in mine
        each = Shown(row, called.get((row.kind, row.record_id), "–"), projects.get(row.project_id, "–"))
        each.amendment, each.acceptance = decided.get(row.amendment_id, ""), accepted.get(row.key)
        each.may_change = may_change
        each.may_write = may_change and request.user.may_write(each.model._meta.get_field(each.column))
        found.append(each)
    return found


def accepted_of(rows) -> dict[str, Acceptance]:
    keys = [row.key for row in rows]
    found = Acceptance.objects.filter(key__in=keys).select_related("accepted_by") if keys else []
    return {each.key: each for each in found}


def in_words(amendments: set[int]) -> dict[int, str]:
    """`{3: "Extension, 1 March 2022"}`"""
    found = Amendment.objects.filter(pk__in=amendments).lean() if amendments else []
    return {
        each.pk: ", ".join(filter(None, [each.get_kind_display(), each.decided_on and long_date(each.decided_on)]))
        for each in found
    }


@dataclass
class Panel:
    """What the form of a record says of its texts. `project`: the number of the one that they are about, or None."""

    project: int | None
    found: list[Shown]

    @property
    def open(self) -> list[Shown]:
        return [each for each in self.found if not each.acceptance]

    @property
    def first(self) -> list[Shown]:
        """Those that are shown at once: the form begins below them."""
        return self.open[:FIRST]

    @property
    def more(self) -> list[Shown]:
        return self.open[FIRST:]

    @property
    def accepted(self) -> list[Shown]:
        return [each for each in self.found if each.acceptance]


def project_of(record) -> int | None:
    """The number of the only project that a saved record is about."""
    about = records(type(record)).filter(pk=record.pk).values_list("about_project", flat=True)
    return about.first() if record.pk else None


def panel_of(request, record, project: int | None, typed: dict[str, str] | None = None) -> Panel:
    """
    The record's discrepancies as it is saved, or with what is `typed` into some of its columns: worked out now, so that
    nobody sees what was true before the last save. The record mustn't be saved afterwards.
    """
    if project is None:
        return Panel(None, [])
    for name, text in (typed or {}).items():
        setattr(record, name, text)
    said = texts_of(record, project, languages_of(request.user))
    known = records_of([Project(pk=project)])
    found = shown(request, discrepancies_in(said, known, timezone.now()))
    if typed is not None:
        kept = set(Discrepancy.objects.of(record).values_list("key", flat=True))
        for each in found:
            each.is_kept = each.row.key in kept
    return Panel(project, found)
