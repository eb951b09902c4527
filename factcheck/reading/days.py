"""What dates are about: the project's start, its end, or something else."""

from collections.abc import Iterator
from itertools import pairwise

from factcheck.findings import CheckedFact
from factcheck.reading.context import FAR, FOREIGN, PROJECT, Context
from factcheck.reading.items import Day, Item
from factcheck.reading.statement import Statement

RANGE = 4  # signs and words that may stand between the two dates of a range
BESIDE = 3
SHORT = 4  # letters of an article
# The Union's programming periods, which stand beside the names of programmes.
PERIODS = {(2000, 2006), (2007, 2013), (2014, 2020), (2021, 2027), (2028, 2034)}


def statements(items: list[Item], continues: bool) -> Iterator[Statement]:
    """`continues`: the sentence before spoke of the project, so that this one may leave out whom it is about."""
    ranges = dict(all_ranges(items))
    seconds = set(ranges.values())
    for place, item in enumerate(items):
        if item.kind != "date" or place in seconds or is_period(items, place, ranges.get(place)):
            continue
        context = Context(items, place)
        if place in ranges:
            yield from of_range(items, place, ranges[place], continues)
        elif fact := of_single(context, continues):
            yield statement(context, *meant(context, fact))


def statement(context, fact, *otherwise) -> Statement:
    item = context.item
    softened = context.is_softened()
    return Statement(fact, item.start, item.end, item.value, softened=softened, otherwise=otherwise)


def meant(context, fact) -> list[CheckedFact]:
    """The fact that the words beside the date name or, where they say when in a year something was, the other one."""
    other = CheckedFact.END if fact == CheckedFact.START else CheckedFact.START
    is_other = says_when_in_year(context, fact) or (fact == CheckedFact.START and is_over_since(context))
    return [other, fact] if is_other else [fact]


def is_over_since(context) -> bool:
    """`has been closed since January 2023`: whether what began then is that the project is over."""
    return bool(context.in_clause("finished")) and not context.in_clause("start", "run")


def says_when_in_year(context, fact) -> bool:
    """`ended at the beginning of 2023`, `until the start of 2023`: whether not the word beside it says what it is."""
    is_start = fact == CheckedFact.START
    word, *other, preposition = ("start", "end", "finished", "until") if is_start else ("end", "start", "from")
    near = next((place for place in context.places(word) if is_part_of_date(context, place)), None)
    if near is None or context.item.value.day:
        return False
    before = context.items[max(near - 2, 0) : near]
    others = [place for place in context.in_clause(*other) if not is_part_of_date(context, place)]
    return any(item.means(preposition) for item in before) or any(is_alone(context, near, each) for each in others)


def is_part_of_date(context, place) -> bool:
    """`beginning of 2023`, `Anfang des Jahres 2023`, `2023. gada sākumā`: whether a word and the date make one."""
    first, last = sorted((place, context.place))
    between = context.items[first + 1 : last]
    has_year = any(item.means("year", "of_year") for item in between)
    if len(between) > BESIDE or (place > context.place and not has_year):
        return False
    return all(item.means("of", "year", "of_year") or (has_year and len(item.text) <= SHORT) for item in between)


def is_time_of_year(context, place) -> bool:
    """`by the end of 2021`, `bis Ende 2021`: whether a word only says when in a year or month something was."""
    if context.item.value.day or not is_part_of_date(context, place):
        return False
    before, between = context.items[max(place - 2, 0) : place], context.items[place + 1 : context.place]
    return any(item.means("of") for item in between) or any(item.means("from", "until") for item in before)


def says_what(context, place) -> bool:
    return not is_time_of_year(context, place) and not is_of_event(context.items, place)


def is_of_event(items, place) -> bool:
    """`closing event`, `evento de encerramento`: whether a word only says which event of the project is meant."""
    before, behind = items[max(place - 2, 0) : place], items[place + 1 : place + 2]
    is_behind_event = len(before) == 2 and before[0].means("event") and before[1].means("of")
    return is_behind_event or any(item.means("event") for item in behind)


def is_alone(context, near, place) -> bool:
    """Whether a word of the clause belongs to no other date, and no “and” parts it from the word near the date."""
    first, last = sorted((near, place))
    between = [each for each in range(first + 1, last) if each != context.place]
    behind = [each for each in context.clause if each > max(place, context.place)] if place > near else []
    others = [each for each in [*between, *behind] if context.items[each].kind == "date"]
    return not others and not any(context.items[each].means("and") for each in between)


def all_ranges(items) -> Iterator[tuple[int, int]]:
    """`1.8.2019–31.1.2023`, `from August 2019 until January 2023`: the places of both dates."""
    dates = [place for place, item in enumerate(items) if item.kind == "date"]
    taken = -1
    for first, second in pairwise(dates):
        if first != taken and is_range(items, first, second):
            taken = second
            yield first, second


def is_range(items, first, second) -> bool:
    between = items[first + 1 : second]
    if len(between) > RANGE or any(item.kind not in ("word", "sign") for item in between):
        return False
    if first_day(items[first].value) >= first_day(items[second].value):
        return False
    if any(item.means("until", "to") or item.text in {"–", "-", "—", "/"} for item in between):
        return not any(item.means("start", "end") for item in between)
    if items[first].means("from") and items[second].means("until"):
        return True
    opened = items[max(first - 2, 0) : first]
    return any(item.means("between") for item in opened) and any(item.means("and") for item in between)


def first_day(day: Day) -> tuple[int, int, int]:
    return day.year, day.month or 1, day.day or 1


def is_period(items, first, second) -> bool:
    if second is None:
        return False
    both = items[first].value, items[second].value
    return all(day.month is None for day in both) and tuple(day.year for day in both) in PERIODS


def of_range(items, first, second, continues) -> Iterator[Statement]:
    context, end = Context(items, first), Context(items, second)
    if context.has("extend") and not context.has("run"):
        if not end.is_about_something_else():
            yield statement(end, CheckedFact.END)
        return
    said = context.has("run", "start", "end", within=REACH_OF_ROLE) or end.has("run", "start", "end", within=RANGE * 2)
    beside = any(each.has("own_name", "project", within=RANGE + 3) for each in (context, end))
    if (said or beside) and is_the_projects(context, said, continues) and not end_is_foreign(end, context):
        yield statement(context, CheckedFact.START)
        yield statement(end, CheckedFact.END)


REACH_OF_ROLE = 10


def end_is_foreign(end, start) -> bool:
    """Whether right behind the range something else is named: `from 3 to 5 March 2020 a study visit`."""
    project = [place for place in start.in_clause(*PROJECT) if place < start.place]
    return not project and any(end.distance(place) <= RANGE for place in end.foreign() if place > end.place)


def of_single(context: Context, continues: bool) -> CheckedFact | None:
    """The start or the end, by the nearest word that says so; None where that isn't clear."""
    start, end = nearness(context, "start", "from"), nearness(context, "end", "until")
    if context.has("extend"):
        start, end = FAR, end if preposition(context, "until", "to") < FAR else FAR
    nearest = min(start, end)
    if start == end or nearest > REACH_OF_ROLE or context.nearest("decision") < nearest:
        return None
    verbs = [place for place in context.places("start", "end", "run", "extend") if says_what(context, place)]
    by_verb = any(context.distance(place) <= REACH_OF_ROLE for place in verbs)
    if not by_verb or not is_the_projects(context, by_verb, continues):
        return None
    return CheckedFact.START if start < end else CheckedFact.END


def nearness(context, verb: str, before: str) -> int:
    said = [context.distance(place) for place in context.places(verb) if not is_of_event(context.items, place)]
    return min([*said, preposition(context, before)])


def preposition(context, *concepts) -> int:
    """How near a `from` or `until` is that stands right before the date, or is its ending; FAR where none is."""
    if context.item.means(*concepts):
        return 1
    near = context.nearest(*concepts, after=False)
    behind = context.nearest(*(f"{concept}_behind" for concept in concepts), before=False)
    return min(near if near <= BESIDE else FAR, behind if behind <= BESIDE else FAR)


def is_the_projects(context: Context, said: bool, continues: bool) -> bool:
    """Whether the date is said of the project, and not of what else begins and ends."""
    agents = ["body", "partner_name"] if context.in_clause("project", "own_name") else []
    if context.began_with_something_else(*agents):
        return False
    if context.is_about_something_else(*agents) or context.sentence_names("keep") or hangs_on_something_else(context):
        return False
    if context.sentence_names(*PROJECT) or context.is_label():
        return True
    return said and continues and not context.foreign()


def hangs_on_something_else(context) -> bool:
    """Whether the clause has no verb that says what begins or ends, and the sentence began with something else."""
    if context.in_clause("start", "end", "run", "extend"):
        return False
    earlier = context.items[: context.clause[0]]
    return any(item.means(*FOREIGN) and not item.means("own_name", "name") for item in earlier)
