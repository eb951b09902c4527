import pytest

from search.index import take_in


@pytest.fixture
def at_once(django_capture_on_commit_callbacks):
    """Has what follows the end of a transaction happen: `with at_once():`"""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def indexed():
    """Takes records into the index: `indexed(make_article(…))`"""

    def index(*records):
        for record in records:
            take_in(type(record), [record.pk])
        return records[0]

    return index
