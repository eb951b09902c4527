"""Recall and false alarms on the passages of each language; `make factcheck-score` prints them."""

import pytest

from factcheck.reading.vocabulary import languages
from tests.factcheck.scoring import LANGUAGES, SETS, inno_industry, passages, score


@pytest.fixture(scope="module")
def record():
    return inno_industry()


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_nine_of_ten_wrong_facts_are_found_and_one_of_twenty_right_ones_raises_an_alarm_at_most(name, language, record):
    result = score(name, language, record)
    assert result.recall >= 0.9, result.missed
    assert result.false_alarms <= 0.05, result.alarms


def test_there_are_passages_in_each_language_that_can_be_read():
    assert sorted(LANGUAGES) == languages()
    for language in LANGUAGES:
        found = [passages(name, language) for name in SETS]
        assert sum(len(each["wrong"]) for each in found) >= 15
        assert sum(len(each["right"]) for each in found) >= 15
