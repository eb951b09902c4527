"""
How long a search takes where 6,000 articles in four languages are 24,000 documents, in milliseconds.

    .venv/bin/python benchmarks/search.py                # on the database of the settings' kind, in one of its own
    DATABASE_URL=postgres://… .venv/bin/python benchmarks/search.py

It makes a database beside the configured one, fills it (a minute or two) and removes it. `--records=600` is quicker.
"""

import argparse
import os
import random
import statistics
import sys
import time
from pathlib import Path

import django
from django.db import connection

sys.path.insert(0, str(Path(__file__).parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "interreg_portal.settings")
os.environ |= {"DEBUG": "false", "HTTPS": "false", "SECRET_KEY": "benchmark-" * 6, "ALLOWED_HOSTS": "testserver"}
os.environ["PORTAL_LANGUAGES"] = "en,sl,lv,bg"
django.setup()

from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone, translation  # noqa: E402

from interreg_portal.management.commands.load_demo import read  # noqa: E402
from news.models import Article  # noqa: E402
from search.finding import find  # noqa: E402
from search.index import rebuild  # noqa: E402
from search.models import SearchTerm  # noqa: E402

ROUNDS = 9
QUERIES = [
    ("sl", "industrije"),
    ("lv", "klasteru"),
    ("bg", "практики"),
    ("en", "innovation"),
    ("en", "good practices of regions"),
    ("en", "rare12"),
    ("en", "pro"),
    ("en", "a"),
    ("en", "inovations"),
    ("en", "unknowable moonwalkers"),
]


def texts_of(value, language):
    """All texts of the demo in a language."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from [each] if name.endswith(f"_{language}") else texts_of(each, language)
    elif isinstance(value, list):
        for each in value:
            yield from texts_of(each, language)


def fill(records: int):
    """Articles of 150 words in each language, out of the words of the demo and some invented rare ones."""
    chance = random.Random(1)  # noqa: S311
    demo = dict(read())
    words = {}
    for language in ("en", "sl", "lv", "bg"):
        words[language] = " ".join(str(text) for text in texts_of(list(demo.values()), language)).split()
    articles = []
    for number in range(records):
        article = Article(slug=f"article-{number}", state="published", published_at=timezone.now())
        for language, known in words.items():
            body = [*chance.choices(known, k=150), f"rare{chance.randrange(100)}"]
            setattr(article, f"title_{language}", " ".join(chance.choices(known, k=7))[:200])
            setattr(article, f"body_{language}", f"<p>{' '.join(body).replace('<', ' ')}</p>")
        articles.append(article)
    Article.objects.bulk_create(articles, batch_size=500)


def milliseconds(work) -> str:
    """The best and the median of some rounds, and the processor's time in this process, without a database server's."""
    times, computing = [], []
    for _ in range(ROUNDS):
        began, computed = time.perf_counter(), time.process_time()
        work()
        times.append((time.perf_counter() - began) * 1000)
        computing.append((time.process_time() - computed) * 1000)
    return f"{min(times):7.1f} {statistics.median(times):7.1f} {min(computing):7.1f}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--records", type=int, default=6000)
    records = parser.parse_args().records
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        fill(records)
        began = time.perf_counter()
        documents = rebuild()
        print(f"{connection.vendor}, Django {django.__version__}")
        took = time.perf_counter() - began
        print(f"{documents} documents, {SearchTerm.objects.count()} terms, written in {took:.0f} s")
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE")
        print("   best  median     cpu  found  queries")
        for language, words in QUERIES:
            translation.activate(language)
            find(words, language)
            with CaptureQueriesContext(connection) as queries:
                number = find(words, language).number
            took = milliseconds(lambda words=words, language=language: find(words, language))
            print(f"{took} {number:6} {len(queries):4}  {language} {words}")
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


main()
