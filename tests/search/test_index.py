"""The index follows what is saved and deleted."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import translation

from editorial import changes
from editorial.states import State
from news.models import Article
from projects.models import Document
from search.finding import find
from search.index import rebuild
from search.models import SearchDocument, SearchTerm
from tests.factories import make_article, make_project
from tests.forms import change, send

pytestmark = pytest.mark.django_db


def found(words, language="en"):
    return [hit.record for hit in find(words, language).hits]


def test_a_record_is_found_as_soon_as_it_is_published_and_no_longer_once_it_is_withdrawn(at_once):
    with at_once():
        article = make_article(title_en="Clusters", state=State.DRAFT)
    assert not SearchDocument.objects.exists()
    for state, is_found in [(State.PUBLISHED, True), (State.WITHDRAWN, False), (State.PUBLISHED, True)]:
        article.state = state
        with at_once():
            article.save()
        assert found("clusters") == [article] * is_found
        assert SearchDocument.objects.exists() is is_found


def test_a_changed_text_is_found_by_its_new_words_alone(at_once):
    with at_once():
        article = make_article(title_en="Clusters", title_sl="Grozdi")
    article.title_en, article.title_sl = "Forests", ""
    with at_once():
        article.save()
    assert (found("clusters"), found("grozdi"), found("forests")) == ([], [], [article])
    assert SearchDocument.objects.count() == 1


def test_a_changed_address_leads_to_the_new_one(at_once):
    with at_once():
        article = make_article(title_en="Clusters")
    Article._base_manager.update(slug="new-address")
    assert find("clusters", "en").hits[0].address == "/en/news/new-address/"
    assert article.slug != "new-address"


@pytest.mark.parametrize("delete", [lambda article: article.delete(), lambda article: Article.objects.all().delete()])
def test_what_is_deleted_leaves_the_index(at_once, delete):
    with at_once():
        article = make_article(title_en="Clusters")
    with at_once():
        delete(article)
    assert not SearchDocument.objects.exists()


def test_records_that_are_changed_together_are_taken_in(at_once):
    article = make_article(title_en="Clusters", state=State.DRAFT)
    with at_once():
        Article.objects.update(state=State.PUBLISHED, published_at=article.created_at)
    assert found("clusters") == [article]


def test_a_save_in_the_back_office_is_taken_in(at_once, office):
    article = make_article(title_en="Clusters")
    with at_once():
        send(office, change(article), {"title_en": "Forests of the region"})
    assert found("forests") == [article]


def test_a_save_that_is_taken_back_changes_nothing(at_once):
    with at_once(), transaction.atomic():
        make_article(title_en="Clusters")
        transaction.set_rollback(True)
    assert not SearchDocument.objects.exists()


def test_an_index_that_fails_keeps_nobody_from_saving(at_once, monkeypatch, caplog):
    monkeypatch.setattr(changes, "_followers", [lambda model, pks: 1 / 0])
    with at_once():
        article = make_article(title_en="Clusters")
    assert Article.objects.get() == article
    assert "ZeroDivisionError" in caplog.text


def test_an_untranslated_name_is_found_in_every_language(at_once):
    with at_once():
        project = make_project()
        Document.objects.create(project=project, title_en="Plan", language="en", file="a/b.pdf", size=1)
    assert [hit.source.name for hit in find("plan", "lv").hits] == ["document"]


def test_the_whole_index_can_be_written_anew_again_and_again():
    article = make_article(title_en="Clusters", title_sl="Grozdi", body_sl="<p>O industriji</p>")
    make_article(title_en="Secret", state=State.DRAFT)
    assert rebuild() == rebuild() == 2
    assert found("industrija", "sl") == [article]
    assert not SearchTerm.objects.filter(term="secret").exists()


def test_writing_it_anew_forgets_what_is_gone(indexed):
    article, other = make_article(title_en="Clusters", title_sl="Grozdi"), make_article(title_en="Forests")
    indexed(article, other)
    Article._base_manager.filter(pk=article.pk).update(title_sl="")
    Article._base_manager.filter(pk=other.pk).update(state=State.WITHDRAWN)
    assert rebuild() == 1
    assert set(SearchTerm.objects.values_list("term", flat=True)) == {"clusters"}


def test_a_language_that_is_no_longer_in_use_is_not_found(indexed, settings):
    indexed(make_article(title_en="Meeting", title_lv="Klasteri"))
    settings.LANGUAGES = [("en", "English"), ("sl", "Slovenian")]
    assert found("klasteri") == []
    assert rebuild() == 1


def test_the_command_writes_it_anew(capsys):
    make_article(title_en="Clusters")
    call_command("reindex")
    call_command("reindex", "--if-empty")
    assert capsys.readouterr().out == "The search index holds 1 documents.\n"


def test_the_command_prints_what_the_page_finds(indexed, client, capsys):
    indexed(make_article(slug="met", title_sl="Srečanje grozdov", lead_sl="V Postojni."))
    call_command("search", "grozd", "srečanja", language="sl", as_json=True)
    answer = json.loads(capsys.readouterr().out)
    assert answer["results"] == [
        {
            "kind": "article",
            "address": "/sl/news/met/",
            "language": "sl",
            "title": "Srečanje grozdov",
            "excerpt": "V Postojni.",
            "matched": ["Srečanje", "grozdov"],
        }
    ]
    assert (answer["number"], answer["kinds"], answer["language"]) == (1, {"article": 1}, "sl")
    with translation.override("sl"):
        page = client.get("/sl/search/?q=grozd+srečanja").content.decode()
    assert '<a href="/sl/news/met/"><mark>Srečanje</mark> <mark>grozdov</mark></a>' in page


def test_the_command_prints_lines_for_people(indexed, capsys):
    indexed(make_article(slug="met", title_en="Clusters"))
    call_command("search", "clusters")
    assert "Clusters – /en/news/met/" in capsys.readouterr().out


@pytest.mark.parametrize("choice", [{"language": "fr"}, {"language": "xx"}, {"kind": "nothing"}])
def test_the_command_says_what_it_does_not_know(choice):
    with pytest.raises(CommandError, match="is n"):
        call_command("search", "clusters", **choice)
