"""Which rows of a list speak of the same operation."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from imports.lines import Line
from imports.matching import name_key, name_of

NO_LETTERS = re.compile(r"\W+")
AMOUNTS = ("total_budget", "union_funding", "national_cofinancing")
FACTS = ("operation_code", "keep_id", "start", "end", "approved_on", "call", "specific_objective", "acronym")


@dataclass(eq=False)
class Operation:
    """An operation with its rows. `values` are what they agree on; `has_shares`: amounts are those of partners."""

    cci: str
    lines: list[Line] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    currencies: dict[str, str] = field(default_factory=dict)
    has_shares: bool = False

    @property
    def accepted(self) -> list[Line]:
        return [line for line in self.lines if not line.mistakes and not line.skipped]

    @property
    def title(self) -> str:
        return title_of(self.values)


def title_of(values: dict) -> str:
    if values.get("title"):
        return values["title"]
    return next((value for name, value in values.items() if name.startswith("title_")), "")


def key_of(line: Line, cci: str) -> tuple | None:
    """What tells a row's operation from the others; None where the row doesn't say it."""
    values = line.values
    if code := values.get("operation_code"):
        return cci, "code", code.casefold()
    if number := values.get("keep_id"):
        return cci, "keep", number
    title = name_key(title_of(values))
    if acronym := values.get("acronym"):
        return cci, "acronym", name_key(acronym)
    if not title:
        return None
    # Many operations have the same name. Without a code, rows are of one only where all else agrees as well.
    summary = NO_LETTERS.sub("", values.get("summary", "").casefold())
    return cci, "title", title, values.get("start"), values.get("end"), summary or ("by", name_key(name_of(line)))


def grouped(lines: list[Line], ccis: dict[int, str]) -> list[Operation]:
    """The operations in the order of the file: of rows that name them, then of rows that only refer to them."""
    found, aliases = {}, {}
    for line in lines:
        cci = ccis[id(line)]
        key = key_of(line, cci)
        if key is None:
            line.refuse(_("The row doesn't say which operation it is about: it has neither a name nor a code."))
        elif title_of(line.values):
            operation = found.setdefault(key, Operation(cci))
            operation.lines.append(line)
            if acronym := line.values.get("acronym"):
                aliases.setdefault((cci, "acronym", name_key(acronym)), operation)
    for line in lines:
        key = key_of(line, ccis[id(line)])
        if key and not title_of(line.values):
            acronym = (ccis[id(line)], "acronym", name_key(line.values.get("acronym") or ""))
            operation = found.get(key) or aliases.get(acronym) or found.setdefault(key, Operation(ccis[id(line)]))
            operation.lines.append(line)
    for operation in found.values():
        settle(operation)
    return list(found.values())


def settle(operation: Operation):
    """Bring together what the rows say, refusing those that contradict an earlier one."""
    first = {}
    for line in operation.accepted:
        if not contradicts(operation, line, first):
            for name in facts_in(line):
                operation.values.setdefault(name, line.values[name])
                first.setdefault(name, line)
            settle_duplicates(line, first)
    settle_amounts(operation)


def facts_in(line: Line) -> list[str]:
    texts = [name for name in line.values if name.startswith(("title", "summary")) or name == "website"]
    return [name for name in FACTS if name in line.values] + texts


def contradicts(operation: Operation, line: Line, first: dict) -> bool:
    for name in facts_in(line):
        said, now = operation.values.get(name), line.values[name]
        if said is None or said == now or (isinstance(now, str) and name_key(said) == name_key(now)):
            continue
        if name.startswith("summary") or name in ("website", "acronym"):
            line.note(_("Row %(row)d says this otherwise. That one is taken.") % {"row": first[name].number}, name)
            continue
        message = _("Row %(row)d has the same operation with something else in this column.")
        line.refuse(message % {"row": first[name].number}, name, now)
    return bool(line.mistakes)


def settle_duplicates(line: Line, first: dict):
    """Of rows about the same organisation in an operation the first is taken, where the others say nothing else."""
    if not name_of(line):
        return
    key = ("partner", line.values.get("pic") or name_key(name_of(line)))
    before = first.setdefault(key, line)
    if before is line:
        return
    other = [name for name, value in line.values.items() if name in AMOUNTS and before.values.get(name) != value]
    if other:
        message = _("Row %(row)d has the same operation and organisation with another amount.")
        line.refuse(message % {"row": before.number}, other[0], line.values[other[0]])
    else:
        line.skipped = _("Row %(row)d says the same.") % {"row": before.number}


def settle_amounts(operation: Operation):
    """Amounts that rows about several partners agree on are the operation's; where they differ, the partners' own."""
    lines = operation.accepted
    for name in AMOUNTS:
        said = [line.values[name] for line in lines if name in line.values]
        operation.has_shares |= len(set(said)) > 1
    for name in AMOUNTS:
        said = [line for line in lines if name in line.values]
        currencies = {line.currencies[name] for line in said}
        if not said or len(currencies) > 1:
            for line in said if len(currencies) > 1 else ():
                line.note(_("The rows of this operation have several currencies: its amount isn't taken."), name)
            continue
        if not operation.has_shares:
            operation.values[name] = said[0].values[name]
        elif len(said) == len(operation.lines):
            operation.values[name] = sum(line.values[name] for line in said)
        operation.currencies[name] = currencies.pop()
