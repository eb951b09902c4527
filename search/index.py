"""Keeps the index as the records are: after each change of one, and all of it anew."""

from collections.abc import Iterable
from itertools import chain, islice

from django.db import transaction
from django.utils import timezone

from editorial.changes import follow_changes
from editorial.facts import TOKEN
from editorial.translations import active_languages
from search.engines import engine
from search.models import SearchDocument, SearchTerm
from search.sources import SOURCES, Source, source_of
from search.words import folded, lemmas, tokens

RECORDS_AT_ONCE = 100
TERMS_AT_ONCE = 1000
WRITTEN = [
    field.name for field in SearchDocument._meta.fields if field.name not in ("id", "kind", "record_id", "language")
]


def take_in(model, pks: Iterable[int]):
    """Bring the index to what the records of a model say now; those that are gone or not published leave it."""
    if source := source_of(model):
        began = timezone.now()
        with transaction.atomic():
            documents = write(source, source.candidates().filter(pk__in=pks), active_languages(), began)
            gone = forget(SearchDocument.objects.of(source, pks).filter(indexed_at__lt=began))
        engine().write(documents)
        engine().forget(gone)


def rebuild() -> int:
    """
    Write the whole index anew while it goes on being searched, and forget what is no longer there. Returns how many
    documents it holds. Languages come one after the other, so that one dictionary is needed at a time.
    """
    began = timezone.now()
    engine().prepare()
    for language in active_languages():
        for source in SOURCES:
            records = source.candidates().order_by("pk").iterator(chunk_size=RECORDS_AT_ONCE)
            while batch := list(islice(records, RECORDS_AT_ONCE)):
                engine().write(write(source, batch, [language], began))
    engine().forget(forget(SearchDocument.objects.filter(indexed_at__lt=began)))
    forget_terms()
    return SearchDocument.objects.count()


def write(source: Source, records, languages, now) -> list[SearchDocument]:
    """Save the documents of some records in some languages."""
    documents = [
        document(source, record, language, now)
        for record in records
        for language in source.languages_of(record)
        if language in languages
    ]
    with transaction.atomic():
        SearchDocument.objects.bulk_create(
            documents,
            update_conflicts=True,
            unique_fields=["kind", "record_id", "language"],
            update_fields=WRITTEN,
        )
        remember_terms(documents)
    return documents


def forget(documents) -> list[int]:
    """Delete documents; returns their numbers."""
    pks = list(documents.values_list("pk", flat=True))
    documents.delete()
    return pks


def document(source: Source, record, language, now) -> SearchDocument:
    title, body = source.title(record, language), source.body(record, language)
    title_words, title_lemmas = analysed(title, language)
    body_words, body_lemmas = analysed(without_facts(body), language)
    return SearchDocument(
        kind=source.name,
        record_id=record.pk,
        language=language,
        title=title,
        body=body,
        title_words=title_words,
        title_lemmas=title_lemmas,
        body_words=body_words,
        body_lemmas=body_lemmas,
        dated=source.day(record),
        indexed_at=now,
    )


def without_facts(text: str) -> str:
    """What of a text is searched: a fact changes, or stops being public, without the text that names it being saved."""
    return TOKEN.sub("…", text)


def analysed(text: str, language: str) -> tuple[str, str]:
    """The folded words of a text, each once, and the lemmas that aren't among them, both between spaces."""
    written = dict.fromkeys(token.text for token in tokens(text))
    words = dict.fromkeys(filter(None, map(folded, written)))
    others = dict.fromkeys(chain.from_iterable(sorted(lemmas(word, language)) for word in written))
    return " ".join(words), " ".join(lemma for lemma in others if lemma and lemma not in words)


def remember_terms(documents):
    found = {term for each in documents for term in f"{each.title_words} {each.body_words}".split() if term.isalpha()}
    SearchTerm.objects.bulk_create(map(SearchTerm.of, sorted(found)), ignore_conflicts=True, batch_size=TERMS_AT_ONCE)


def forget_terms():
    """Forget words that stand in no document any more."""
    there = set()
    for words in SearchDocument.objects.values_list("title_words", "body_words").iterator():
        there.update(" ".join(words).split())
    gone = (pk for pk, term in SearchTerm.objects.values_list("pk", "term") if term not in there)
    while some := list(islice(gone, TERMS_AT_ONCE)):
        SearchTerm.objects.filter(pk__in=some).delete()


follow_changes(take_in)
