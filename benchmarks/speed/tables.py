"""What was found, as tables: for a terminal and for docs/performance.md."""

from dataclasses import dataclass

from benchmarks.speed.figures import Figure, figures, grown

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Table:
    """The first `texts` columns hold texts, the others figures."""

    title: str
    headings: list[str]
    rows: list[list[str]]
    texts: int = 1

    def plain(self) -> str:
        """With columns as wide as what stands in them."""
        lines = [self.headings, *self.rows]
        widths = [max(len(cell) for cell in column) for column in zip(*lines, strict=True)]
        return "\n".join([self.title, *("  ".join(self.aligned(line, widths)).rstrip() for line in lines)])

    def aligned(self, line, widths):
        for place, (cell, width) in enumerate(zip(line, widths, strict=True)):
            yield cell.ljust(width) if place < self.texts else cell.rjust(width)

    def markdown(self) -> str:
        rule = ["---" if place < self.texts else "--:" for place in range(len(self.headings))]
        lines = [self.headings, rule, *self.rows]
        return "\n".join([f"### {self.title}", *(f"| {' | '.join(line)} |" for line in lines)])


def tables(databases: dict[str, dict]) -> list[Table]:
    found = [table_of_figures(databases)]
    for database, measured in databases.items():
        found += [
            table_of_load(database, measured["load"]),
            table_of_growth(f"Growth on {database}: ms of the processor a page, by the projects", measured["growth"]),
            table_of_growth(f"The back office on {database}: the same", measured["office"], first=0),
        ]
    return [*found, table_of_memory(databases)]


def table_of_figures(databases) -> Table:
    """Each figure once a kind of database."""
    rows = []
    for each in zip(*(figures(measured) for measured in databases.values()), strict=True):
        sign = "≥" if each[0].is_least else "≤"
        rows.append([each[0].name, f"{sign} {each[0].bound:g}", *map(verdict, each)])
    return Table("What the portal holds itself to", ["", "bound", *databases], rows)


def verdict(figure: Figure) -> str:
    if figure.value is None:
        return "nothing to measure"
    value = f"{figure.value:.2f}".rstrip("0").rstrip(".")
    where = f" ({figure.where})" if figure.where else ""
    return f"{value}{where}, {'reached' if figure.is_reached else 'not reached'}"


def table_of_load(database, lines) -> Table:
    rows = [
        [
            line["page"],
            line["way"],
            spread(line["cost"], 2 if line["cost"]["median"] > 0.2 else 3),
            f"{line['cpu']['median'] * 1000:.2f}",
            f"{line['rate']['median']:.0f}",
            f"{line['rate_by_bare']['median']:.2f}" if "rate_by_bare" in line else "",
            f"{line['p50'] * 1000:.1f}",
            f"{line['p99'] * 1000:.1f}",
        ]
        for line in lines
    ]
    headings = ["page", "way", "cost", "CPU, ms", "a second", "by bare", "median, ms", "99 %, ms"]
    return Table(f"Side by side on {database}, ten visitors at once", headings, rows, texts=2)


def table_of_growth(title, pages, first: int = 1) -> Table:
    sizes = list(next(iter(pages.values())))
    ratios = grown(pages, first)
    rows = [
        [
            page,
            str(max(cost["queries"] for cost in costs.values())),
            *(f"{costs[size]['cpu']['median'] * 1000:.1f}" for size in sizes),
            f"{ratios[page]:.2f}",
        ]
        for page, costs in pages.items()
    ]
    numbers = [f"{int(size):,}" for size in sizes]
    return Table(title, ["page", "queries", *numbers, f"{numbers[-1]} by {numbers[min(first, len(sizes) - 2)]}"], rows)


def table_of_memory(databases) -> Table:
    answers = [key for key in next(iter(databases.values()))["memory"] if key.isdigit()]
    headings = ["database", "bare worker", "the portal's", *(f"after {int(number):,} answers" for number in answers)]
    rows = [
        [database, *(memory(measured["memory"][key]) for key in ["bare", "worker", *answers])]
        for database, measured in databases.items()
    ]
    return Table("Memory of a worker, MB: all that it holds (its share of what workers share)", headings, rows)


def memory(taken: dict) -> str:
    return f"{taken['held'] / MEGABYTE:.0f} ({taken['share'] / MEGABYTE:.0f})"


def spread(values: dict, digits: int) -> str:
    median, low, high = (f"{values[key]:.{digits}f}" for key in ("median", "low", "high"))
    return f"{median} ({low}–{high})"
