"""Numbers, dates, amounts and shares in a row of tokens, put together from what stands beside one another."""

from dataclasses import replace
from decimal import Decimal

from factcheck.reading.items import Day, Figure, Item
from factcheck.reading.vocabulary import Vocabulary, folded

ORDINALS = {"st", "nd", "rd", "th", "er", "re", "o", "a", "ro", "ti", "e"}
LEAST_WITHOUT_CURRENCY = 1_000_000


def figures(items: list[Item], words: Vocabulary) -> list[Item]:
    """The row with dates, amounts and shares as one item each; numbers in words become numbers."""
    items = with_dates(list(with_compounds_apart(items, words)), words)
    items = with_number_words(items, words)
    return with_amounts(items, words)


def joined(items: list[Item], kind: str, value) -> Item:
    text = " ".join(item.text for item in items)
    concepts = frozenset().union(*(item.concepts for item in items))
    return Item(kind, text, items[0].start, items[-1].end, concepts=concepts, value=value)


def put_together(items, find) -> list[Item]:
    """
    The items, those that say something together as one. `find(place, free)` gives what stands at a place and its first
    place and the one behind it, or None; the `free` items before it say nothing together yet.
    """
    found, place = [], 0
    while place < len(items):
        item, begin, end = find(place, len(found)) or (items[place], place, place + 1)
        del found[len(found) - (place - begin) :]
        found.append(item)
        place = end
    return found


def with_compounds_apart(items, words):
    """`dreijährig`, `triletni`: a number and what it counts in one word, as two items."""
    for item in items:
        number = item.means("year", "month") and item.kind == "word" and number_in_front(item.word, words)
        if not number:
            yield item
            continue
        cut = item.start + min(len(number), item.end - item.start - 1)
        yield Item("number", item.text[: len(number)], item.start, cut, value=Figure(words.numbers[number]))
        yield replace(item, start=cut, word=item.word[len(number) :])


def number_in_front(word: str, words) -> str | None:
    """The longest number that a word begins with, if what follows is a word of its own."""
    for length in range(len(word) - 2, 1, -1):
        if word[:length] in words.numbers and any(
            each.concept in ("year", "month") for each in words.inner(word, length)
        ):
            return word[:length]
    return None


# Dates


def with_dates(items, words) -> list[Item]:
    def date_at(place, free):
        begin, end, day = date_around(items, place, free, words)
        if day:
            return replace(joined(items[begin:end], "date", day), concepts=ending_of(items[place], words)), begin, end

    found = put_together(items, date_at)
    return [as_year(item, found[index + 1 : index + 2]) for index, item in enumerate(found)]


def ending_of(month: Item, words) -> frozenset[str]:
    """Whether the month's case says “from” or “until”, as in Hungarian; the other words of a date say nothing."""
    endings = words.notation.get("endings", {})
    return frozenset(role for role, ends in endings.items() if month.word.endswith(tuple(map(folded, ends))))


def date_around(items, place, free, words):
    """The first and last place of the date whose month stands at a place, and what it says; None without a year."""
    month = words.month(items[place].word) if items[place].kind == "word" else None
    if month is None:
        return place, place, None
    begin, day = day_before(items, place, free, words)
    end, year, day = after_month(items, place + 1, day, words)
    if year is None:
        begin, year = year_before(items, begin, free, words)
    said = Day(year, month, day)
    return (begin, end, said) if year and said.is_possible else (place, place, None)


def day_before(items, place, free, words):
    """`31.`, `31st of`, `31 de`, `31-го` before a month."""
    before = place - 1
    while place - before <= 3 and before >= place - free and is_between(items[before], words):
        before -= 1
    if before >= max(place - free, 0) and is_day(items[before]):
        return before, int(items[before].value.value)
    return place, None


def is_between(item, words) -> bool:
    return item.text in {".", "º", "°", "-"} or item.word in ORDINALS or item.means("of")


def is_day(item) -> bool:
    return item.kind == "number" and item.text.isdigit() and 1 <= int(item.text[:3]) <= 31 and len(item.text) <= 2


def is_year(item) -> bool:
    return item.kind == "number" and len(item.text) == 4 and item.text[:2] in ("19", "20")


def after_month(items, place, day, words):
    """The year behind a month, with the day that English and Hungarian put there, and the place behind it all."""
    after = place
    if day is None and after < len(items) and is_day(items[after]):
        day, after = int(items[after].text), after + 1
        while after < len(items) and items[after].word in ORDINALS:
            after += 1
        place_of_day = after
    else:
        place_of_day = None
    end = after
    while end < len(items) and end - after < 2 and (items[end].text in {".", ",", "/", "'"} or items[end].means("of")):
        end += 1
    if end < len(items) and is_year(items[end]):
        year, end = int(items[end].text), end + 1
        return behind_year(items, end, words), year, day
    if place_of_day is not None:
        dotted = place_of_day < len(items) and items[place_of_day].text == "."
        return place_of_day + (dotted and words.notation.get("year_first", False)), None, day
    return place, None, day


def behind_year(items, end, words) -> int:
    """The place behind `г.`, `leta`, `roku` that may follow a year."""
    if end < len(items) and items[end].means("of_year"):
        end += 1
        if end < len(items) and items[end].text == "." and len(items[end - 1].text) <= 2:
            end += 1
    return end


def year_before(items, begin, free, words):
    """`2019. gada`, `2019.` before the day or month."""
    if not words.notation.get("year_first"):
        return begin, None
    before, limit = begin - 1, max(begin - free, 0)
    while before >= limit and begin - before <= 3 and (items[before].text == "." or items[before].means("of_year")):
        before -= 1
    if before >= limit and is_year(items[before]):
        return before, int(items[before].text)
    return begin, None


def as_year(item, following) -> Item:
    """A number of four digits that nothing is counted by, as the year that it may be."""
    if not is_year(item) or (following and following[0].means("thousand", "million", "currency", "percent")):
        return item
    return replace(item, kind="date", value=Day(int(item.text)))


# Numbers in words


def with_number_words(items, words) -> list[Item]:
    """`forty two`, `cuarenta y dos`, `tri a pol`: the words of one number as one number."""

    def number_at(place, free):
        if items[place].kind == "word" and items[place].value is not None:
            value, end = number_from(items, place)
            number = joined(items[place:end], "number", Figure(value))
            return replace(number, word="" if end > place + 1 else items[place].word), place, end

    return put_together(items, number_at)


def number_from(items, place):
    value, end = items[place].value.value, place + 1
    if value < 20 or value % 10:
        return value, end
    unit = end
    while unit < len(items) and unit - end < 1 and (items[unit].means("and") or items[unit].text == "-"):
        unit += 1
    if (
        unit < len(items)
        and items[unit].value is not None
        and items[unit].kind == "word"
        and items[unit].value.value < 10
    ):
        return value + items[unit].value.value, unit + 1
    return value, end


# Amounts and shares


def with_amounts(items, words) -> list[Item]:
    return put_together(items, lambda place, free: quantity(items, place, free, words))


def quantity(items, place, free, words):
    """The amount or share whose number stands at a place, with its first place and the one behind it, or None."""
    number = items[place]
    if number.kind != "number":
        return None
    if share_end := end_of_share(items, place + 1):
        return joined(items[place:share_end], "percent", number.value), place, share_end
    value, end, is_large = with_magnitudes(items, place, words)
    before = place - 1 if free and items[place - 1].means("currency") else place
    after = currency_after(items, end)
    if after or before < place:
        end = after or end
        return joined(items[before:end], "amount", value), before, end
    if is_large and value.value >= LEAST_WITHOUT_CURRENCY:
        return joined(items[place:end], "amount", value), place, end
    return None


def end_of_share(items, place) -> int | None:
    if place < len(items) and items[place].text == "-":
        place += 1
    return place + 1 if place < len(items) and (items[place].text == "%" or items[place].means("percent")) else None


def with_magnitudes(items, place, words):
    """`1,64 mio`, `1 millió 638 ezer`: the value, the place behind it, and whether it had such a word."""
    value, end = items[place].value, place + 1
    factor, behind = magnitude_at(items, end, words)
    if factor is None:
        return value, end, False
    total = scaled(value, factor)
    if behind < len(items) and items[behind].kind == "number":
        smaller, last = magnitude_at(items, behind + 1, words)
        if smaller is not None and smaller < factor:
            less = items[behind].value.times(smaller)
            return Figure(total.value + less.value, less.unit), last, True
    return total, behind, True


def scaled(value: Figure, factor: Decimal) -> Figure:
    """A thousand millions and more were meant as a decimal sign: `1.467 Mio.` where `1,467 Mio.` is right."""
    if factor >= LEAST_WITHOUT_CURRENCY and value.value >= 1000:
        value = Figure(value.value / 1000, Decimal("0.001"))
    return Figure(value.value, min(value.unit, Decimal(1))).times(factor)


def magnitude_at(items, place, words):
    """What the word at a place multiplies by, and the place behind it and its dot."""
    if place < len(items) and items[place].means("of") and place + 1 < len(items):
        factor, behind = magnitude_at(items, place + 1, words)
        return (factor, behind) if factor else (None, place)
    if place >= len(items) or items[place].kind != "word":
        return None, place
    factor = words.magnitude(items[place].word)
    dotted = factor and place + 1 < len(items) and items[place + 1].text == "."
    return factor, place + 1 + bool(dotted and len(items[place].word) <= 5)


def currency_after(items, place) -> int | None:
    """The place behind `EUR`, `de euros` or `€` at a place, or behind a word like `Mio€` that holds it."""
    if items[place - 1].means("currency"):
        return place
    skipped = place + (place < len(items) and (items[place].means("of") or items[place].text == "-"))
    return skipped + 1 if skipped < len(items) and items[skipped].means("currency") else None
