"""
The table of documents and the index of their words, which the database keeps up by itself.

A migration that changes a column of the documents makes SQLite build the table anew, and takes the triggers away with
the old one: it must make them again.
"""

from django.db import migrations, models

POSTGRESQL = """
ALTER TABLE search_searchdocument ADD COLUMN terms tsvector GENERATED ALWAYS AS (
  setweight(to_tsvector('simple', title_words), 'A') || setweight(to_tsvector('simple', title_lemmas), 'B') ||
  setweight(to_tsvector('simple', body_words), 'C') || setweight(to_tsvector('simple', body_lemmas), 'D')
) STORED;
CREATE INDEX search_document_terms ON search_searchdocument USING gin (terms);
"""
COLUMNS = "title_words, title_lemmas, body_words, body_lemmas"
ADD = """INSERT INTO search_words(rowid, title_words, title_lemmas, body_words, body_lemmas)
  VALUES (new.id, new.title_words, new.title_lemmas, new.body_words, new.body_lemmas);"""
REMOVE = """INSERT INTO search_words(search_words, rowid, title_words, title_lemmas, body_words, body_lemmas)
  VALUES ('delete', old.id, old.title_words, old.title_lemmas, old.body_words, old.body_lemmas);"""
SQLITE = [
    f"CREATE VIRTUAL TABLE search_words USING fts5("
    f"{COLUMNS}, content='search_searchdocument', content_rowid='id', columnsize=0, prefix='3')",
    f"CREATE TRIGGER search_words_of_new AFTER INSERT ON search_searchdocument BEGIN {ADD} END",
    f"CREATE TRIGGER search_words_of_gone AFTER DELETE ON search_searchdocument BEGIN {REMOVE} END",
    f"CREATE TRIGGER search_words_of_changed AFTER UPDATE ON search_searchdocument BEGIN {REMOVE} {ADD} END",
]


def index_words(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else ():
        schema_editor.execute(statement)


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE search_words")


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="SearchDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("record_id", models.PositiveBigIntegerField()),
                ("language", models.CharField(max_length=2)),
                ("title", models.TextField()),
                ("body", models.TextField()),
                ("title_words", models.TextField()),
                ("title_lemmas", models.TextField()),
                ("body_words", models.TextField()),
                ("body_lemmas", models.TextField()),
                ("dated", models.DateField(null=True)),
                ("indexed_at", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "record_id", "language"), name="one_document_per_language")
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchTerm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("term", models.CharField(max_length=60, unique=True)),
                ("head", models.CharField(max_length=2)),
                ("tail", models.CharField(max_length=2)),
                ("length", models.PositiveSmallIntegerField()),
            ],
            options={
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["head", "length"], name="search_term_head"),
                    models.Index(fields=["tail", "length"], name="search_term_tail"),
                ],
            },
        ),
        migrations.RunPython(index_words, drop_index),
    ]
