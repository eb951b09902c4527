from dataclasses import dataclass
from typing import Any

from factcheck.findings import CheckedFact


@dataclass(frozen=True)
class Statement:
    """
    A fact as a text states it between `start` and `end`. `approximately` is over, under, about,
    besides (one more than are counted) or nothing. A softened
    one tells what was planned, denied or aimed at, so it can agree with the record but not contradict it; so does one
    whose value is that of a fact in `otherwise`, which the context may mean as well.
    """

    fact: CheckedFact
    start: int
    end: int
    value: Any
    approximately: str = ""
    softened: bool = False
    otherwise: tuple[CheckedFact, ...] = ()
