"""Finds what visitors may see: each record once, in the language that is best for the reader."""

from dataclasses import dataclass, field, replace

from django.db.models import Case, Count, F, IntegerField, Model, Q, Value, When, Window
from django.db.models.functions import RowNumber

from editorial import showing
from editorial.translations import active_languages
from search.engines import engine
from search.excerpts import Marker, Piece
from search.models import SearchDocument
from search.queries import Query, Word, understood
from search.sources import SOURCES, Source, source_named
from search.spelling import similar_to
from search.words import folded

ON_A_PAGE = 20


@dataclass(frozen=True)
class Hit:
    """A record that was found in `language`, with its title and a passage of its text in pieces."""

    source: Source
    record: Model
    language: str
    title: list[Piece]
    excerpt: list[Piece]

    @property
    def address(self) -> str:
        return self.record.get_absolute_url()

    @property
    def matched(self) -> list[str]:
        """The words for which it was found, as they stand there."""
        return list(dict.fromkeys(piece.text for piece in [*self.title, *self.excerpt] if piece.is_match))


@dataclass(frozen=True)
class Found:
    """
    What a search found. `numbers` has how many records of each kind, `alone` the words that are found one by one where
    all together are not.
    """

    query: Query
    numbers: list[tuple[Source, int]] = field(default_factory=list)
    source: Source | None = None
    hits: list[Hit] = field(default_factory=list)
    page: int = 1
    alone: list[Word] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(number for source, number in self.numbers)

    @property
    def number(self) -> int:
        """How many there are of the chosen kind, or of all."""
        return dict(self.numbers).get(self.source, 0) if self.source else self.total

    @property
    def pages(self) -> int:
        return max(-(-self.number // ON_A_PAGE), 1)

    @property
    def previous_page(self) -> int | None:
        return self.page - 1 if self.page > 1 else None

    @property
    def next_page(self) -> int | None:
        return self.page + 1 if self.page < self.pages else None

    @property
    def replaced(self) -> list[tuple[Word, list[str]]]:
        """Words that stand nowhere, with the similar ones for which something public on this page was found."""
        seen = {folded(text): text for hit in self.hits for text in hit.matched}
        pairs = [(word, [seen[term] for term in word.similar if term in seen]) for word in self.query.words]
        return [(word, similar) for word, similar in pairs if similar]


def find(text: str, language: str, source: Source | None = None, page: int = 1) -> Found:
    """
    What the words find for a reader of `language`; of one kind where `source` is one. A page beyond the last is
    the last.

    Newer ones come first where two are as good: in the reader's language before others, in the title before the body,
    as typed before another form of the word before its beginning or a similar word.
    """
    query = understood(text, language)
    counted = numbers_of(query)
    if query.words and not any(own for number, own in counted.values()):
        query = with_similar_words(query)
        counted = numbers_of(query) if any(word.similar for word in query.words) else counted
    numbers = [(each, counted[each.name][0]) for each in SOURCES if each.name in counted]
    found = Found(query, numbers, source)
    if not numbers:
        return replace(found, alone=[word for word in query.words if len(query.words) > 1 and stands_somewhere(word)])
    page = min(max(page, 1), found.pages)
    return replace(found, page=page, hits=hits(query, source, page) if found.number else [])


def with_similar_words(query: Query) -> Query:
    """The query in which a word that stands nowhere, in none of its own forms, is taken for similar ones that do."""
    return replace(query, words=[word if stands_somewhere(word.strict) else similar(word) for word in query.words])


def similar(word: Word) -> Word:
    return word.also(similar_to(word.text))


def stands_somewhere(word: Word) -> bool:
    return matching(Query([word], active_languages())).exists()


def matching(query: Query):
    documents = SearchDocument.objects.public().filter(language__in=query.languages)
    return engine().matching(documents, query)


def numbers_of(query: Query) -> dict[str, tuple[int, int]]:
    """For each kind that has any: how many records there are, and how many documents in the reader's own language."""
    if not query.words:
        return {}
    own = Count("pk", filter=Q(language=query.languages[0]))
    counted = matching(query).order_by().values("kind").annotate(number=Count("record_id", distinct=True), own=own)
    return {kind: numbers for kind, *numbers in counted.values_list("kind", "number", "own")}


def hits(query: Query, source: Source | None, page: int) -> list[Hit]:
    documents = matching(query)
    if source:
        documents = documents.filter(kind=source.name)
    places = [When(language=language, then=Value(place)) for place, language in enumerate(query.languages)]
    documents = documents.annotate(
        place=Case(*places, output_field=IntegerField()),
        best=Window(RowNumber(), partition_by=["kind", "record_id"], order_by=["place", "closeness"]),
    )
    is_foreign = Case(When(place=0, then=Value(0)), default=Value(1))
    ranked = documents.filter(best=1).order_by(
        is_foreign, "closeness", F("dated").desc(nulls_last=True), "kind", "-record_id"
    )
    first = (page - 1) * ON_A_PAGE
    chosen = list(ranked.values_list("pk", flat=True)[first : first + ON_A_PAGE])
    loaded = SearchDocument.objects.only("kind", "record_id", "language", "title", "body").in_bulk(chosen)
    return list(shown([loaded[pk] for pk in chosen if pk in loaded], query))


def shown(documents: list[SearchDocument], query: Query):
    """The documents with their records, one query a kind, and with the facts that they name as these stand now."""
    records = {
        source.name: source.addressed([each.record_id for each in documents if each.kind == source.name])
        for source in SOURCES
        if any(each.kind == source.name for each in documents)
    }
    bodies = bodies_as_read(documents)
    for each in documents:
        if record := records[each.kind].get(each.record_id):
            marker = Marker(query, each.language)
            source = source_named(each.kind)
            yield Hit(source, record, each.language, marker.marked(each.title), marker.excerpt(bodies[each.pk]))


def bodies_as_read(documents: list[SearchDocument]) -> dict[int, str]:
    """The documents' texts as any visitor reads them; further queries only where facts are named, two a kind."""
    naming = [each for each in documents if "[[" in each.body]
    pks = {kind: [each.record_id for each in naming if each.kind == kind] for kind in {each.kind for each in naming}}
    records = {kind: source_named(kind).with_wholes(numbers) for kind, numbers in pks.items()}
    texts = {each.pk: showing.Text(each.body, records[each.kind].get(each.record_id)) for each in naming}
    found = showing.Found(None, list(texts.values()))
    return {each.pk: found.told(texts[each.pk]) if each.pk in texts else each.body for each in documents}
