from django.db import models
from django.db.models import Case, Exists, OuterRef, Value, When

from search.sources import SOURCES


class SearchDocumentQuerySet(models.QuerySet):
    def public(self):
        """
        Those whose records visitors may see now, whatever stands in the index.

        It is asked of each document that was found: a CASE, unlike OR, leads no database to begin with all records.
        """
        is_visible = [
            When(kind=each.name, then=Exists(each.visible().filter(pk=OuterRef("record_id")))) for each in SOURCES
        ]
        return self.filter(Case(*is_visible, default=Value(False), output_field=models.BooleanField()))

    def of(self, source, pks):
        return self.filter(kind=source.name, record_id__in=pks)


class SearchDocument(models.Model):
    """
    What a record says in one language, as it is searched. The words' index is the database's own: see the migration.

    `*_words` are the folded words between spaces, `*_lemmas` the lemmas of those that differ from all of the words.
    """

    kind = models.CharField(max_length=20)
    record_id = models.PositiveBigIntegerField()
    language = models.CharField(max_length=2)
    title = models.TextField()
    body = models.TextField()
    title_words = models.TextField()
    title_lemmas = models.TextField()
    body_words = models.TextField()
    body_lemmas = models.TextField()
    dated = models.DateField(null=True)
    indexed_at = models.DateTimeField()

    objects = SearchDocumentQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["kind", "record_id", "language"], name="one_document_per_language")
        ]

    def __str__(self):
        return f"{self.kind} {self.record_id} ({self.language})"


class SearchTerm(models.Model):
    """A word that stands in some document, with what helps to find it by a mistyped one: its ends and its length."""

    term = models.CharField(max_length=60, unique=True)
    head = models.CharField(max_length=2)
    tail = models.CharField(max_length=2)
    length = models.PositiveSmallIntegerField()

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["head", "length"], name="search_term_head"),
            models.Index(fields=["tail", "length"], name="search_term_tail"),
        ]

    def __str__(self):
        return self.term

    @classmethod
    def of(cls, term: str):
        return cls(term=term, head=term[:2], tail=term[-2:], length=len(term))
