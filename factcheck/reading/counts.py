"""Counts of partners and countries, and durations."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from factcheck.findings import CheckedFact
from factcheck.reading.context import FAR, Context
from factcheck.reading.items import Figure, Item
from factcheck.reading.statement import Statement

HEAD = 4  # words within which a number's noun follows
NEAR = 7
BESIDE = 2
MOST = 1000  # partners, countries, months


@dataclass(frozen=True)
class Counted:
    """A number and its noun: their places, what is counted, how many."""

    first: int
    last: int
    what: str
    number: Decimal


def statements(items: list[Item], continues: bool) -> Iterator[Statement]:
    counted = list(all_counted(items))
    for place, each in enumerate(counted):
        context = Context(items, each.first)
        fact = None
        if each.what in ("partner", "country"):
            fact = of_count(context, each, counted[:place], counted[place + 1 :], continues)
        elif each.what in ("month", "year"):
            fact = of_duration(context, each, continues)
        if fact:
            softened = context.is_softened() or (fact == CheckedFact.DURATION and bool(context.in_clause("extend")))
            span = items[each.first].start, items[each.last].end
            yield Statement(fact, *span, value_of(each), approximately(context, each), softened)


def approximately(context, each) -> str:
    """Also “besides”: `together with nine partners`, who tells it is the tenth."""
    before = context.items[max(context.place - 3, 0) : context.place]
    is_besides = each.what in ("partner", "country") and any(item.means("besides") for item in before)
    return "besides" if is_besides else context.approximately()


def value_of(each: Counted) -> Figure:
    """In years, months are counted: three years are 36, precise to a year where someone says “about”."""
    if each.what == "year":
        return Figure(each.number * 12, Decimal(12) if each.number == int(each.number) else Decimal(6))
    return Figure(each.number)


def all_counted(items) -> Iterator[Counted]:
    place = 0
    while place < len(items):
        each = counted_at(items, place) or listed_at(items, place)
        if each:
            yield each
        place = each.last + 1 if each else place + 1


def counted_at(items, place) -> Counted | None:
    """`ten European partners`, `42-monatig`, `three and a half years`, `3 years and 6 months`"""
    number = number_at(items, place)
    if number is None:
        return None
    head = head_of(items, place)
    if head is None:
        return None
    what = next(filter(None, map(noun, items[head:place:-1])))
    half = Decimal("0.5") if any(item.means("half") for item in items[place + 1 : head]) else Decimal(0)
    last = head
    if what == "year":
        half, last = half_behind(items, head, half)
        months = counted_at(items, last + 2) if last + 2 < len(items) and items[last + 1].means("and") else None
        if months and months.what == "month" and number == int(number):
            return Counted(place, months.last, "month", number * 12 + months.number)
    return Counted(place, last, what, number + half)


def number_at(items, place) -> Decimal | None:
    item = items[place]
    if item.kind != "number" or not 1 < item.value.value < MOST:
        return None
    return item.value.value


def head_of(items, place) -> int | None:
    """The place of the noun that a number counts; None where another figure or a comma comes first."""
    for after in range(place + 1, min(place + 1 + HEAD, len(items))):
        item = items[after]
        if item.kind not in ("word", "sign") or item.clause != items[place].clause or item.text in ".:|/%":
            return None
        if item.means("month", "year", "day"):
            return after if noun(item) else None
        if item.means("event", "part", "output", "body", "associated", "more", "each") and not item.means("half"):
            return None
        if item.means("partner", "country"):
            return last_of_name(items, after)
        if (
            item.means("and", "from", "until")
            and not item.means("of")
            and not any(i.means("half") for i in items[place + 1 : after + 3])
        ):
            return None
    return None


def last_of_name(items, place) -> int | None:
    """The last word of `project partners`, `partner organisations`; None for `partner meetings`."""
    following = items[place + 1 : place + 3]
    for offset, item in enumerate(following, 1):
        if item.kind != "word" and item.text != "-":
            break
        if item.means("event", "part", "output", "body", "associated") and not item.means("organisation"):
            return None if items[place].means("of_partners") and not items[place].means("country") else place
        if item.means("country", "organisation") and not item.means("from"):
            return place + offset
        if item.concepts:
            break
    if items[place].means("event", "part", "output", "body", "associated"):
        return None
    return place


def noun(item) -> str | None:
    """What is counted; `partner countries` are countries."""
    return next((what for what in ("country", "partner", "month", "year") if item.means(what)), None)


def half_behind(items, head, half):
    """`tre anni e mezzo`, `dve leti in pol`"""
    following = items[head + 1 : head + 4]
    if following and following[0].means("and") and any(item.means("half") for item in following[1:]):
        offset = next(offset for offset, item in enumerate(following) if item.means("half"))
        return Decimal("0.5"), head + 1 + offset
    return half, head


def listed_at(items, place) -> Counted | None:
    """`Partners: 10`, `the number of partners is nine`"""
    what = noun(items[place]) if items[place].kind == "word" else None
    if what is None or items[place].means("event", "part", "output", "body", "associated"):
        return None
    following = items[place + 1 : place + 5]
    is_label = bool(following) and following[0].text in {":", "|"}
    is_counted = any(item.means("number_of") for item in items[max(place - 4, 0) : place + 2])
    for offset, item in enumerate(following, 1):
        number = number_at(items, place + offset)
        if number is not None and (is_counted or (is_label and offset == 2)):
            return (
                Counted(place + offset, place + offset, what, number)
                if head_of(items, place + offset) is None
                else None
            )
        if item.kind not in ("word", "sign") or item.text in ",;.–":
            return None
    return None


# Whose count it is


def of_count(context, each, before, after, continues) -> CheckedFact | None:
    items = context.items
    around = items[max(each.first - BESIDE, 0) : each.last + 1]
    if any(item.means("more", "each", "other", "subset") for item in around) or is_of_more(items, each):
        return None
    joined = near_other_count(each, [*before, *after], items)
    evidence = ("partner", "consortium", "compose", "number_of")
    if each.what == "country" and not joined and not context.has(*evidence, within=NEAR):
        return None
    if is_elsewhere(context, each):
        return None
    fact = CheckedFact.PARTNERS if each.what == "partner" else CheckedFact.COUNTRIES
    return fact if is_said_of_project(context, each, joined, continues) else None


def near_other_count(each, others, items) -> bool:
    """`ten partners from nine countries`: whether the other of the two is counted beside it."""
    pair = {"partner": "country", "country": "partner"}[each.what]
    near = [other for other in others if other.what == pair]
    return any(max(other.first - each.last, each.first - other.last) <= HEAD for other in near)


def is_of_more(items, each) -> bool:
    """`nine of the partners`: a number whose noun comes behind an “of”."""
    return any(item.means("of_them") for item in items[each.first + 1 : each.last + 3])


def is_elsewhere(context, each) -> bool:
    """Whether others than the project are counted: who came to a meeting, practices from seven countries."""
    foreign = context.foreign()
    if any(place < context.place for place in foreign) or context.began_with_something_else("body"):
        return True
    if context.in_clause("project", "own_name"):
        foreign = [place for place in foreign if not context.items[place].means("body", "partner_name")]
    evidence = context.in_clause("project", "own_name", "consortium", "compose")
    return bool(foreign) and not any(place <= each.last for place in evidence)


def is_said_of_project(context, each, joined, continues) -> bool:
    if joined or context.is_label():
        return True
    around = context.in_clause("consortium", "compose", "own_name", "number_of", *subject(context, each))
    return any(place not in range(each.first, each.last + 1) for place in around) or is_compound(context, each)


def subject(context, each) -> list[str]:
    """The project is one where it has the partners or is what they work in, and not only beside them."""
    return ["project"] if each.what == "partner" or context.in_clause("having", "compose") else []


def is_compound(context, each) -> bool:
    """`ten project partners`: the noun itself says whose they are."""
    return any(item.means("project", "consortium") for item in context.items[each.first + 1 : each.last + 1])


def of_duration(context, each, continues) -> CheckedFact | None:
    items = context.items
    around = items[max(each.first - BESIDE, 0) : each.first] + items[each.last + 1 : each.last + 1 + BESIDE]
    if any(item.means("every", "later", "more", "each", "difference") for item in around):
        return None
    beside = is_beside_project(items, each)
    said = min(context.nearest("run"), Context(items, each.last).nearest("run"))
    foreign = [place for place in context.foreign() if place < context.place or not beside]
    if (foreign and context.is_about_something_else()) or not (beside or said <= NEAR):
        return None
    if context.in_clause("end", "keep") and not beside and said == FAR:
        return None
    has_subject = beside or context.has("project", "own_name", "consortium") or context.is_label()
    return CheckedFact.DURATION if has_subject or (continues and not context.foreign()) else None


def is_beside_project(items, each) -> bool:
    """`the 42-month project`, `este proyecto de tres años`"""
    behind = Context(items, each.last).nearest("project", "own_name", before=False) <= BESIDE + 1
    before = items[max(each.first - 2, 0) : each.first]
    return behind or (len(before) == 2 and before[0].means("project") and before[1].means("of"))
