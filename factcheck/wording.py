"""Facts in the words and the notation of the language that is active."""

from datetime import date

from django.utils.translation import ngettext

from editorial.formats import (
    amount,
    country_name,
    listing,
    long_date,
    month_and_year,
    number,
    percentage,
)
from factcheck.findings import CheckedFact
from factcheck.reading.items import Day
from factcheck.reading.stages import Said
from factcheck.reading.statement import Statement
from factcheck.record import Record

AMOUNTS = {CheckedFact.TOTAL_BUDGET, CheckedFact.UNION_FUNDING}


def stated_in_words(said: Statement) -> str:
    if said.fact == CheckedFact.STAGE:
        return str(Said(said.value).label)
    if said.fact == CheckedFact.COUNTRY:
        return country_name(said.value)
    return day_in_words(said.value) if isinstance(said.value, Day) else in_words(said.fact, said.value.value)


def recorded_in_words(fact: CheckedFact, record: Record, as_of: date | None) -> str:
    if fact == CheckedFact.STAGE:
        return str(record.stage_on(as_of).label)
    if fact == CheckedFact.COUNTRY:
        return listing([country_name(code) for code in sorted(record.countries)])
    return in_words(fact, record.facts[fact].value)


def in_words(fact: CheckedFact, value) -> str:
    if fact in AMOUNTS:
        return amount(value)
    if fact == CheckedFact.RATE:
        return percentage(value / 100)
    if fact == CheckedFact.DURATION:
        return ngettext("%(months)s month", "%(months)s months", int(value)) % {"months": number(value)}
    return long_date(value) if isinstance(value, date) else number(value)


def day_in_words(day: Day) -> str:
    if day.month is None:
        return str(day.year)
    if day.day is None:
        return month_and_year(date(day.year, day.month, 1))
    return long_date(date(day.year, day.month, day.day))
