"""Texts held against the record of the project that they speak of."""

from datetime import date, timedelta

from factcheck.agreement import agrees, is_plausible, stage_agrees
from factcheck.findings import CheckedFact, Finding, Verdict
from factcheck.reading.statement import Statement
from factcheck.reading.subjects import Names
from factcheck.reading.vocabulary import languages
from factcheck.reading.whole_texts import statements
from factcheck.record import Former, Record, record_of, records_of
from factcheck.wording import recorded_in_words, stated_in_words
from projects.facts import facts as nameable

AROUND = timedelta(days=60)

__all__ = ["Record", "check", "languages", "record_of", "records_of"]


def check(text: str, language: str, record: Record, as_of: date | None = None) -> list[Finding]:
    """
    What a text says about a project and how it agrees with the record, in the order of the text, which may be plain or
    HTML. `language` is that of the text, one of `languages()`; others are not read. `as_of` is the day that the text
    was published on; None: it has to be right today.
    """
    if language not in languages():
        return []
    names = Names(record.own_names, record.partner_names, record.known_names)
    said = statements(text, language, names)
    found = (finding(each, text, record, as_of) for each in said)
    return sorted(filter(None, found), key=lambda each: each.start)


def finding(said: Statement, text: str, record: Record, as_of: date | None) -> Finding | None:
    """What the record has to say to a statement; None where it doesn't know the fact, or the text isn't clear."""
    judged = judge(said, record, as_of)
    if judged is None or (judged[0] != Verdict.AGREES and (said.softened or is_said_otherwise(said, record, as_of))):
        return None
    verdict, former = judged
    return Finding(
        passage=text[said.start : said.end],
        start=said.start,
        end=said.end,
        fact=said.fact,
        stated=stated_in_words(said),
        recorded=recorded_in_words(said.fact, record, as_of),
        verdict=verdict,
        token=f"[[{said.fact}]]" if said.fact in nameable.known else None,
        amendment=former and former.amendment,
    )


def judge(said: Statement, record: Record, as_of: date | None) -> tuple[Verdict, Former | None] | None:
    if said.fact == CheckedFact.STAGE:
        return verdict(any(stage_agrees(said.value, record.stage_on(day)) for day in days_around(as_of))), None
    if said.fact == CheckedFact.COUNTRY:
        return (verdict(said.value in record.countries), None) if record.countries else None
    known = record.facts[said.fact]
    if known.value is None or not is_plausible(said.value, known.value):
        return None
    if agrees(said.fact, said.value, known.value, known.off_by, said.approximately):
        return Verdict.AGREES, None
    for former in known.former:
        if agrees(said.fact, said.value, former.value, known.off_by, said.approximately):
            held_then = as_of and former.until and as_of <= former.until
            return (Verdict.AGREES if held_then else Verdict.OUTDATED), former
    return Verdict.CONTRADICTS, None


def days_around(as_of: date | None) -> list[date | None]:
    """The days whose stage a text may have meant: news of a beginning or an end come somewhat earlier or later."""
    if as_of is None or not date.min + AROUND < as_of < date.max - AROUND:
        return [as_of]
    return [as_of, as_of - AROUND, as_of + AROUND]


def verdict(is_right: bool) -> Verdict:
    return Verdict.AGREES if is_right else Verdict.CONTRADICTS


def is_said_otherwise(said: Statement, record: Record, as_of: date | None) -> bool:
    """Whether the figure is right for another fact that the text may mean as well."""
    return any(
        known.value is not None and agrees(fact, said.value, known.value, known.off_by, said.approximately)
        for fact in said.otherwise
        if (known := record.facts[fact])
    )
