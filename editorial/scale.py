"""The scale of a picture: where a day or a figure lies between two ends."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Scale:
    """From `first` to `last`, dates or figures alike; on a scale without length everything lies at its beginning."""

    first: Any
    last: Any

    def at(self, value) -> float:
        """In per cent of the picture's width, from 0 to 100; what lies outside stays at the edge."""
        if self.first == self.last:
            return 0
        share = (value - self.first) / (self.last - self.first)
        return round(min(max(float(share), 0), 1) * 100, 2)

    def width(self, start, end) -> float:
        return round(self.at(end) - self.at(start), 2)
