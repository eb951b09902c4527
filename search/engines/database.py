"""The search in the database itself: a `tsvector` with a GIN index on PostgreSQL, an FTS5 table on SQLite."""

from django.db.models import BooleanField, Case, F, Func, IntegerField, QuerySet, Value, When

from search.queries import Form, Query

# The columns of a document that are searched, with the weights that mark their words in the tsvector.
WEIGHTS = {"title_words": "A", "title_lemmas": "B", "body_words": "C", "body_lemmas": "D"}
WORDS_OF_TITLE = ["title_words"]
TITLE = ["title_words", "title_lemmas"]
WORDS = ["title_words", "body_words"]
ANYWHERE = list(WEIGHTS)

Clauses = list[frozenset[Form]]

# How close a document comes to a query: the first of these that it meets. All that are found meet the last one.
LEVELS = [
    (lambda query: query.exact, WORDS_OF_TITLE),
    (lambda query: query.by_lemma, TITLE),
    (lambda query: query.loose, TITLE),
    (lambda query: query.exact, WORDS),
    (lambda query: query.by_lemma, ANYWHERE),
    (lambda query: query.loose, ANYWHERE),
]


class Matches(Func):
    """The condition that one of each set of forms stands in the columns of a document."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, clauses: Clauses, columns: list[str]):
        super().__init__(F("pk"))
        self.clauses, self.columns = clauses, columns

    def as_sqlite(self, compiler, connection, **context):
        document, _ = compiler.compile(self.get_source_expressions()[0])
        terms = " AND ".join(f"({' OR '.join(map(fts_term, sorted(forms)))})" for forms in self.clauses)
        found = "SELECT rowid FROM search_words WHERE search_words MATCH %s"
        return f"{document} IN ({found})", [f"{{{' '.join(self.columns)}}} : ({terms})"]

    def as_postgresql(self, compiler, connection, **context):
        table = connection.ops.quote_name(self.get_source_expressions()[0].alias)
        # Without weights the index alone answers; with them each document has to be looked at.
        weights = "" if self.columns == ANYWHERE else "".join(WEIGHTS[column] for column in self.columns)
        terms = " & ".join(
            f"({' | '.join(f'{lexeme(form)}{weights}' for form in sorted(forms))})" for forms in self.clauses
        )
        return f"{table}.terms @@ %s::tsquery", [terms]


# A folded word holds letters and figures only, so that nothing in it could end the quotation.
def fts_term(form: Form) -> str:
    return f'"{form.term}"*' if form.begins else f'"{form.term}"'


def lexeme(form: Form) -> str:
    return f"'{form.term}':*" if form.begins else f"'{form.term}':"


class Database:
    """Nothing has to be written to it: the documents' table keeps its index itself."""

    def __init__(self, url=None):
        pass

    def prepare(self):
        """Make sure that there is an index to write to."""

    def write(self, documents: list):
        """Take in documents that were just saved."""

    def forget(self, pks: list[int]):
        """Let go of documents that were just deleted."""

    def matching(self, documents: QuerySet, query: Query) -> QuerySet:
        """
        Those of the documents in which all words stand, with their `closeness`, the place in LEVELS; 0 is the best.
        """
        levels = [Matches(clauses(query), columns) for clauses, columns in LEVELS]
        closeness = Case(
            *(When(level, then=Value(place)) for place, level in enumerate(levels[:-1])),
            default=Value(len(levels) - 1),
            output_field=IntegerField(),
        )
        return documents.filter(levels[-1]).annotate(closeness=closeness)
