"""Kinds of report: a module in `reports/kinds/` each, which is all that a new one takes."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules

from django.db.models import Model, QuerySet

from reports import kinds
from reports.document import Document


@dataclass(frozen=True)
class Problem:
    """Why a report doesn't reconcile, in a sentence, and the back office's address where to mend it, if any."""

    sentence: str
    address: str = ""


@dataclass(frozen=True)
class Kind:
    """
    A kind of report on selected records.

    `name` is part of file names and stays as it is; `title` and `purpose` are words for editors. `model` is what is
    selected, in the list that offers the report. `build(selection, period, user)` puts it together in the active
    language, of approved and public values only, as far as they are in the user's reach; `problems` finds what keeps it
    from reconciling. `period` is the number of a reporting period where `asks_period`, else None.
    """

    name: str
    title: str
    purpose: str
    model: type[Model]
    build: Callable[[QuerySet, int | None, Model], Document]
    problems: Callable[[QuerySet, int | None, Model], list[Problem]] = lambda selection, period, user: []
    asks_period: bool = False
    order: int = 100


def all_kinds() -> dict[str, Kind]:
    """Every `KIND` of a module in `reports/kinds/`, by its name, in their order."""
    modules = [import_module(f"{kinds.__name__}.{module.name}") for module in iter_modules(kinds.__path__)]
    found = sorted((module.KIND for module in modules), key=lambda kind: (kind.order, kind.name))
    return {kind.name: kind for kind in found}
