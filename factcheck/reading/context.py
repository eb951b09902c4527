"""What stands around a figure, and how near."""

from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from factcheck.reading.items import Item

FAR = 99
REACH = 14  # words within which a word of the field may say what a figure is about
CLAUSE_APART, FIGURE_APART, AND_APART = 5, 6, 1  # words that a comma, another such figure, an “and” count for
# What has figures of its own. A partner does too, unless partners are being counted.
FOREIGN = ("event", "meet", "part", "output", "body", "programme")
# Unless they belong to a name, or to an idiom such as “in fase di attuazione”.
NOT_FOREIGN = ("own_name", "name", "ongoing", "finished", "run")
PROJECT = ("project", "own_name", "consortium")


@dataclass
class Context:
    """A place in the row of a sentence."""

    items: list[Item]
    place: int

    @property
    def item(self) -> Item:
        return self.items[self.place]

    def distance(self, place: int) -> int:
        first, last = sorted((place, self.place))
        apart = 1 + CLAUSE_APART * abs(self.items[place].clause - self.item.clause)
        return apart + self.passed[last] - self.passed[first + 1]

    @cached_property
    def passed(self) -> list[int]:
        """How many words stand before each place of the row."""
        return [0, *accumulate(map(self.width, self.items))]

    def width(self, item: Item) -> int:
        """How many words an item counts for where it stands between two others."""
        return (item.kind != "sign") + AND_APART * item.means("and") + FIGURE_APART * self.is_alike(item)

    def is_alike(self, item: Item) -> bool:
        """Whether an item is a figure of the same kind, which draws words of the field to itself."""
        return item.kind == self.item.kind and item.kind in ("date", "amount", "percent")

    def places(self, *concepts: str, before=True, after=True) -> list[int]:
        """Where such words stand within reach."""
        first = max(self.place - 2 * REACH, 0) if before else self.place + 1
        last = self.place + 2 * REACH if after else self.place
        around = range(first, min(last, len(self.items)))
        found = [place for place in around if place != self.place and self.items[place].means(*concepts)]
        return [place for place in found if self.distance(place) <= REACH]

    def nearest(self, *concepts: str, before=True, after=True) -> int:
        """The distance to the nearest such word; FAR where there is none within reach."""
        places = self.places(*concepts, before=before, after=after)
        return min(map(self.distance, places), default=FAR)

    def has(self, *concepts: str, within=REACH, before=True, after=True) -> bool:
        return self.nearest(*concepts, before=before, after=after) <= within

    @cached_property
    def clause(self) -> range:
        """The places of the clause that the figure stands in."""
        here = self.item.clause
        first = last = self.place
        while first and self.items[first - 1].clause == here:
            first -= 1
        while last + 1 < len(self.items) and self.items[last + 1].clause == here:
            last += 1
        return range(first, last + 1)

    def in_clause(self, *concepts: str) -> list[int]:
        return [place for place in self.clause if self.items[place].means(*concepts)]

    def foreign(self) -> list[int]:
        """Where the clause names something that has figures of its own."""
        return [place for place in self.in_clause(*FOREIGN, "partner_name") if not self.is_project_too(place)]

    def is_project_too(self, place: int) -> bool:
        return self.items[place].means(*NOT_FOREIGN)

    def began_with_something_else(self, *agents: str) -> bool:
        """Whether the sentence has named something that has figures of its own, and not yet the project."""
        before = self.items[: self.place]
        foreign = any(item.means(*FOREIGN) and not item.means(*agents, *NOT_FOREIGN) for item in before)
        return foreign and not any(item.means(*PROJECT) for item in before)

    def is_about_something_else(self, *agents: str) -> bool:
        """
        Whether the figure is a meeting's, a phase's, a programme's …: such a word stands before it, or behind it where
        nothing before it has said that it is about the project. `agents` are those who may act in a project.
        """
        foreign = [place for place in self.foreign() if not self.items[place].means(*agents)]
        if any(place < self.place for place in foreign):
            return True
        project = [place for place in self.in_clause(*PROJECT) if place < self.place]
        return bool(foreign) and not project

    def sentence_names(self, *concepts: str) -> bool:
        return any(item.means(*concepts) for item in self.items)

    def is_label(self) -> bool:
        """Whether a colon or the border of a cell stands before the figure: `Start: 1 August 2019`."""
        return any(item.text in {":", "|"} for item in self.items[max(self.place - 2, 0) : self.place])

    def is_softened(self) -> bool:
        """Whether the clause tells what was once planned, what isn't so, or what is aimed at."""
        planned = [place for place in self.places("formerly", after=False) if not self.figures_since(place)]
        return bool(planned) or bool(self.in_clause("formerly", "negation", "target"))

    def figures_since(self, place: int) -> bool:
        return any(map(self.is_alike, self.items[place + 1 : self.place]))

    def approximately(self) -> str:
        """`over`, `under` or `about` where such a word stands right before the figure, else nothing."""
        before = [self.items[place] for place in range(max(self.place - 3, 0), self.place)]
        return next((kind for kind in ("over", "under", "about") if any(item.means(kind) for item in before)), "")


def follows_number(items: list[Item], place: int) -> bool:
    """Whether what stands at a place is being counted: `ten European partners`."""
    return any(item.kind == "number" for item in items[max(place - 3, 0) : place])
