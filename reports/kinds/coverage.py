"""Translation coverage: how far what visitors see of projects is translated, by language, project and kind."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.apps import apps
from django.db.models import F
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from editorial.formats import language_name
from editorial.models import Translation
from editorial.translating import board
from editorial.translating.progress import kinds
from editorial.translations import active_languages
from projects.models import Project
from reports.columns import Column
from reports.kind import Kind
from reports.parts.identity import titles_of
from reports.parts.layout import section, table_of
from reports.parts.selection import left_out, nothing_said, public
from reports.parts.wording import document


@dataclass(frozen=True)
class Piece:
    """A record's translation into a language, of one of the projects that the record is about."""

    project: Project
    translation: Translation


@dataclass(frozen=True)
class Coverage:
    """How far the records of a group are translated into a language: in records, and the share in texts."""

    names: tuple
    language: str
    rows: list[Translation]

    def number_of(self, state: str) -> int:
        return sum(state_of(row) == state for row in self.rows)

    @property
    def share(self) -> Decimal | None:
        """Of one, the texts that are translated and up to date."""
        texts = sum(texts_in(row) for row in self.rows)
        return Decimal(sum(row.complete + row.approved for row in self.rows)) / texts if texts else None


def texts_in(row) -> int:
    return row.missing + row.stale + row.complete + row.approved


def state_of(row) -> str:
    if row.missing:
        return "missing" if row.missing == texts_in(row) else "partly"
    return "stale" if row.stale else "complete"


def public_records(projects) -> dict[tuple[str, int], list[int]]:
    """The public records of some projects, by kind and number, each with the projects' numbers; a query a kind."""
    found = defaultdict(list)
    for model, records in translated(projects).items():
        path = board.path_to_whole(model) or "pk"
        for pk, project in records.order_by("pk").annotate(whose=F(path)).values_list("pk", "whose"):
            found[board.label(model), pk].append(project)
    return found


def translated(projects) -> dict:
    """What visitors see of the projects, of each model whose records belong to projects and are translated."""
    found = {}
    for model in kinds():
        path = board.path_to_whole(model)
        if path is not None:
            records = board.public(model)
            found[model] = records.filter(**{f"{path or 'pk'}__in": [project.pk for project in projects]})
    return found


def pieces_of(projects: list[Project]) -> list[Piece]:
    by_number = {project.pk: project for project in projects}
    whose = public_records(projects)
    rows = Translation.objects.filter(
        board.any_of(board.records_of(model, records) for model, records in translated(projects).items()),
        language__in=active_languages(),
    )
    rows = rows.order_by("kind", "record_id", "language")
    return [Piece(by_number[pk], row) for row in rows for pk in whose[row.kind, row.record_id] if pk in by_number]


def grouped(pieces: Iterable[Piece], names: Callable[[Piece], tuple]) -> list[Coverage]:
    """By name, then by language in the portal's order."""
    order, found = active_languages(), defaultdict(dict)
    for piece in pieces:
        row = piece.translation
        found[names(piece), row.language][row.pk] = row
    by_name = sorted(found, key=lambda key: (key[0], order.index(key[1])))
    return [Coverage(*key, list(found[key].values())) for key in by_name]


def kind_of(piece: Piece) -> str:
    return str(capfirst(apps.get_model(piece.translation.kind)._meta.verbose_name_plural))


def build(selection, period, user):
    projects = list(public(selection, user).order_by("acronym", "pk").lean())
    sections = sections_on(pieces_of(projects)) if projects else nothing_said()
    return document("coverage", _("Translation coverage"), sections, titles_of(projects))


def sections_on(pieces: list[Piece]):
    in_all = grouped(pieces, lambda piece: ())
    projects = grouped(pieces, lambda piece: (piece.project.acronym,))
    records = grouped(pieces, lambda piece: (piece.project.acronym, kind_of(piece)))
    note = _("The language that a record was written in first is no translation and isn't counted.")
    otherwise = _("There is nothing to translate.")
    by_kind = table_of("records", _("By kind of record"), [PROJECT, KIND_OF, *STATES], records)
    return [
        section(_("By language"), table_of("languages", _("By language"), STATES, in_all, note, otherwise)),
        section(_("By project"), table_of("projects", _("By project"), [PROJECT, *STATES], projects)),
        section(_("By kind of record"), by_kind),
    ]


def number_of(header: str, state: str) -> Column:
    return Column(header, lambda row: row.number_of(state), "number")


PROJECT = Column(gettext_lazy("Project"), lambda row: row.names[0])
KIND_OF = Column(gettext_lazy("Kind"), lambda row: row.names[1])
STATES = [
    Column(gettext_lazy("Language"), lambda row: language_name(row.language)),
    Column(gettext_lazy("Records"), lambda row: len(row.rows), "number"),
    number_of(pgettext_lazy("translations", "Complete"), "complete"),
    number_of(pgettext_lazy("translations", "Partly"), "partly"),
    number_of(pgettext_lazy("translations", "Outdated"), "stale"),
    number_of(pgettext_lazy("translations", "Missing"), "missing"),
    Column(gettext_lazy("Texts up to date"), lambda row: row.share, "percent"),
]

KIND = Kind(
    name="coverage",
    title=gettext_lazy("Translation coverage"),
    purpose=gettext_lazy(
        "How many records of the selected projects are translated completely, partly or not at all, and which are "
        "outdated, by language and kind. For translators and for who pays them."
    ),
    model=Project,
    build=build,
    problems=lambda selection, period, user: left_out(selection, user),
    order=70,
)
