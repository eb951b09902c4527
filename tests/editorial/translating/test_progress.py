"""What is known of each translation: missing, made from the source as it is, outdated, approved."""

import pytest
from django.core.management import call_command

from editorial.keeping import deletion
from editorial.models import SourceText, Translation
from editorial.translating.progress import base_texts, observe, settle
from news.models import Article
from tests import factories as make
from tests.forms import change, send


def row(record, language="sl"):
    return Translation.objects.get(kind=record._meta.label_lower, record_id=record.pk, language=language)


def states(record, language="sl"):
    return {name: known["state"] for name, known in row(record, language).fields.items()}


def fresh(record):
    return type(record).objects.get(pk=record.pk)


def test_at_first_sight_what_is_there_counts_as_made_from_the_source_as_it_is(article):
    call_command("refresh_translations")
    assert states(article) == {"title": "complete", "lead": "complete", "body": "missing"}
    assert states(article, "bg") == {"title": "missing", "lead": "missing", "body": "missing"}
    assert not Translation.objects.filter(kind="news.article", language="en").exists()


def test_a_changed_source_makes_the_translation_outdated_whichever_way_it_was_saved(office, article):
    send(office, change(article), {"title_en": "Ten partners meet"})
    assert states(article)["title"] == "stale"
    assert base_texts(row(article)) == {"title": "Nine partners meet"}
    assert (row(article).missing, row(article).stale, row(article).complete) == (1, 1, 1)


def test_a_source_changed_by_a_command_is_noticed_by_the_refresh_and_by_the_next_save(office, article):
    call_command("refresh_translations")
    Article.objects.update(title_en="Ten partners meet")
    send(office, change(article), {"lead_bg": "Те се срещнаха."})
    assert states(article)["title"] == "stale"
    Article.objects.update(lead_en="They met in Krško.")
    call_command("refresh_translations")
    assert states(article)["lead"] == "stale"


def test_a_source_that_is_as_it_was_again_makes_the_translation_right_again(office, article):
    send(office, change(article), {"title_en": "Ten partners meet"})
    send(office, change(article), {"title_en": "Nine partners meet"})
    assert states(article)["title"] == "complete"


def test_a_translation_that_is_written_is_made_from_the_source_of_today(office, article):
    send(office, change(article), {"title_en": "Ten partners meet"})
    send(office, change(article), {"title_sl": "Deset partnerjev se sreča"})
    assert states(article)["title"] == "complete"


def test_both_written_at_once_belong_together(office, article):
    send(office, change(article), {"title_en": "Ten partners meet", "title_sl": "Deset partnerjev se sreča"})
    assert states(article)["title"] == "complete"


def test_where_the_portals_language_has_no_text_the_first_that_has_one_is_the_source(office):
    article = make.make_article(lead_sl="Srečali so se.")
    send(office, change(article), {})
    assert states(article, "sl") == {"title": "missing"}
    assert states(article, "lv") == {"title": "missing", "lead": "missing"}


def test_rows_of_a_form_are_looked_at_with_it(office):
    project = make.make_project()
    phase = make.make_phase(project, name_sl="Prva faza")
    send(office, change(project), {"phases-0-name_en": "The very first phase"})
    assert states(phase)["name"] == "stale"


def test_still_right_takes_the_source_of_today_and_says_who(office, editor, article):
    send(office, change(article), {"title_en": "Nine partners met"})
    settle(fresh(article), "sl", ["title"], editor)
    assert states(article)["title"] == "complete"
    assert row(article).checked_by == editor


def test_an_approval_holds_until_the_text_or_its_source_changes(office, editor, article):
    settle(article, "sl", ["title", "lead", "body"], editor, approved=True)
    assert states(article) == {"title": "approved", "lead": "approved", "body": "missing"}
    send(office, change(article), {"title_en": "Ten partners meet", "lead_sl": "Dobili so se v Dobovi."})
    assert states(article) == {"title": "stale", "lead": "complete", "body": "missing"}


def test_still_right_does_not_approve_what_was_approved_for_another_source(office, editor, article):
    settle(article, "sl", ["title"], editor, approved=True)
    send(office, change(article), {"title_en": "Ten partners meet"})
    settle(fresh(article), "sl", ["title"], editor)
    assert states(article)["title"] == "complete"


def test_a_deleted_record_has_no_translations(editor, article):
    call_command("refresh_translations")
    with deletion(article, editor):
        article.delete()
    assert not Translation.objects.filter(kind="news.article").exists()


def test_the_refresh_can_run_again_and_forgets_what_is_gone(article, capsys):
    call_command("refresh_translations")
    sources = SourceText.objects.count()
    capsys.readouterr()
    call_command("refresh_translations")
    assert "brought up to date: 0." in capsys.readouterr().out
    Article.objects.update(title_en="Ten partners meet")
    call_command("refresh_translations")
    assert SourceText.objects.count() == sources + 1  # the former one is still what the translation was made from
    Article.objects.all().delete()
    call_command("refresh_translations")
    assert not Translation.objects.filter(kind="news.article").exists()
    assert not SourceText.objects.filter(text__contains="partners").exists()


def test_a_language_that_is_switched_off_is_forgotten_by_the_refresh(article, settings):
    call_command("refresh_translations")
    settings.LANGUAGES = [each for each in settings.LANGUAGES if each[0] != "bg"]
    call_command("refresh_translations")
    assert not Translation.objects.filter(language="bg").exists()


def test_a_change_of_line_ends_alone_is_none(article):
    Article.objects.update(lead_en="One\nTwo")
    observe([fresh(article)])
    Article.objects.update(lead_en="One\r\nTwo ")
    observe([fresh(article)])
    assert states(article)["lead"] == "complete"


@pytest.mark.parametrize("number", [1, 12])
def test_looking_at_records_takes_few_queries_however_many(db, django_assert_max_num_queries, number):
    articles = [make.make_article() for _ in range(number)]
    with django_assert_max_num_queries(7):
        observe(articles)
