"""With a search server the portal finds the same as without. The server here is our own and speaks a little of it."""

import pytest

from editorial.states import State
from news.models import Article
from search.engines import engine, made
from search.engines.database import WEIGHTS
from search.finding import find
from search.index import rebuild
from search.models import SearchDocument
from tests.factories import make_article, make_event
from tests.search.search_server import search_server

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings):
    with search_server() as running:
        address = f"opensearch://reader:p%40ss@127.0.0.1:{running.server_port}/portal"
        settings.SEARCH = {"ENGINE": "search.engines.opensearch.OpenSearch", "URL": address}
        yield running
        made.cache_clear()


def found(words, language="en"):
    return [(hit.record, hit.language) for hit in find(words, language).hits]


def test_it_finds_what_the_database_finds_in_the_same_order(server, settings):
    make_article(title_en="Practice of one town", title_sl="Praksa enega mesta")
    make_article(title_en="Practices of one town")
    make_article(title_en="Town", body_en="<p>Its practice.</p>")
    make_article(title_en="Town", body_en="<p>It is practiceful.</p>")
    make_event(title_en="Stakeholders in practice", title_sl="Deležniki")
    rebuild()
    queries = [
        ("practice", "en"),
        ("prakse", "sl"),
        ("town practices", "en"),
        ("stakehlders", "en"),
        ("prac", "lv"),
        ("x", "en"),
    ]
    by_server = [found(*query) for query in queries]
    settings.SEARCH = {"ENGINE": "search.engines.database.Database"}
    assert by_server == [found(*query) for query in queries]
    assert [bool(hits) for hits in by_server] == [True] * 5 + [False]


def test_the_index_is_made_with_its_fields_and_holds_only_words(server):
    make_article(title_en="Practices")
    make_article(title_en="Secret", state=State.DRAFT)
    rebuild()
    assert set(server.mappings["properties"]) == {"language", *WEIGHTS}
    (document,) = server.indices["portal"].values()
    assert document == {
        "language": "en",
        "title_words": ["practices"],
        "title_lemmas": ["practice"],
        "body_words": [],
        "body_lemmas": [],
    }


def test_the_login_of_the_address_is_used(server):
    rebuild()
    find("practice", "en")
    assert set(server.logins) == {"Basic cmVhZGVyOnBAc3M="}


def test_it_follows_what_is_saved_and_deleted(server, at_once):
    engine().prepare()
    with at_once():
        article = make_article(title_en="Practices")
    assert found("practice") == [(article, "en")]
    with at_once():
        article.delete()
    assert server.indices == {"portal": {}}


def test_a_draft_is_not_found_even_if_the_server_has_it(server, indexed):
    engine().prepare()
    article = indexed(make_article(title_en="Practices"))
    Article._base_manager.filter(pk=article.pk).update(state=State.DRAFT)
    assert len(server.indices["portal"]) == 1
    assert (found("practice"), find("practice", "en").total) == ([], 0)


def test_where_the_server_does_not_answer_the_database_searches(server, indexed, settings, client, caplog):
    engine().prepare()
    article = indexed(make_article(title_en="Practices"))
    server.indices.clear()
    assert found("practice") == [(article, "en")]
    assert "The search server did not answer" in caplog.text


def test_a_server_that_is_gone_keeps_nobody_from_saving(settings, at_once, caplog):
    settings.SEARCH = {"ENGINE": "search.engines.opensearch.OpenSearch", "URL": "opensearch://127.0.0.1:9/portal"}
    with at_once():
        article = make_article(title_en="Practices")
    assert SearchDocument.objects.count() == 1
    assert "could not take in news.Article" in caplog.text
    assert find("practice", "en").hits[0].record == article
