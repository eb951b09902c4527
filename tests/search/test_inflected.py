"""
Words that are written in another form than they are typed in: `inflected/` lists such pairs by language, and in
`unrelated.csv` pairs that look alike and have nothing in common.
"""

import csv
from pathlib import Path

import pytest

from search.finding import find
from search.index import take_in
from tests.factories import make_article

pytestmark = pytest.mark.django_db

LISTS = Path(__file__).parent / "inflected"
LANGUAGES = ["sl", "lv", "bg", "sk", "hu", "ro", "de"]


def rows(name):
    with (LISTS / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def found(language, pairs, settings) -> list[bool]:
    """For each pair, whether the article with the one in its title is found by the other."""
    settings.LANGUAGES = [(code, code) for code in dict.fromkeys(["en", language])]
    articles = [make_article(**{f"title_{language}": pair["written"], "title_en": ""}) for pair in pairs]
    take_in(type(articles[0]), [article.pk for article in articles])
    results = [{hit.record for hit in find(pair["typed"], language).hits} for pair in pairs]
    return [article in hits for article, hits in zip(articles, results, strict=True)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nine_of_ten_inflected_words_are_found(language, settings):
    pairs = rows(language)
    assert len(pairs) >= 15
    is_found = found(language, pairs, settings)
    missed = [f"{pair['typed']} → {pair['written']}" for pair, hit in zip(pairs, is_found, strict=True) if not hit]
    print(f"{language}: {sum(is_found)} of {len(pairs)}; missed: {', '.join(missed) or 'none'}")  # noqa: T201
    assert sum(is_found) >= 0.9 * len(pairs), missed


def test_hardly_a_word_is_found_by_one_that_has_nothing_in_common_with_it(settings):
    pairs = rows("unrelated")
    wrong = []
    for language in LANGUAGES:
        own = [pair for pair in pairs if pair["language"] == language]
        is_found = found(language, own, settings)
        wrong += [
            f"{language} {pair['typed']} → {pair['written']}" for pair, hit in zip(own, is_found, strict=True) if hit
        ]
    print(f"{len(wrong)} of {len(pairs)} found wrongly: {', '.join(wrong) or 'none'}")  # noqa: T201
    assert len(wrong) <= 0.1 * len(pairs), wrong
