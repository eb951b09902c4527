"""Where texts mention a picture or a record is known, and told before either is deleted."""

import pytest
from django.urls import reverse

from editorial.mentions import mention_counts
from editorial.models import Picture
from news.models import Article
from projects.models import Project
from tests.editorial.test_library import delete, listed, make_picture
from tests.editorial.test_showing import figure, link, queries_of
from tests.factories import make_article, make_event, make_practice, make_project
from tests.forms import change

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("column", ["body_en", "body_bg", "body_fr"])
def test_a_picture_shown_in_a_text_is_used_in_whatever_language_and_can_not_be_deleted(office, column):
    picture = make_picture()
    article = make_article(**{column: figure(picture)})
    assert (change(article) in office.get(change(picture)).content.decode()) == (column != "body_fr")
    page = delete(office, picture)
    assert "still used" in page.content.decode()
    assert Picture.objects.exists()


def test_a_picture_with_a_number_that_begins_alike_is_not_meant(office):
    picture = make_picture()
    make_article(body_en=f'<figure data-picture="{picture.pk}0"><figcaption></figcaption></figure>')
    delete(office, picture)
    assert not Picture.objects.exists()


def test_the_list_counts_texts_and_the_filter_knows_them(office):
    used, unused = make_picture(), make_picture()
    make_article(body_en=figure(used) + figure(used), body_sl=figure(used), picture=used)
    make_event(outcome_en=figure(used))
    assert listed(office, "used=yes") == {used.pk}
    assert listed(office, "used=no") == {unused.pk}
    assert "in 3 places" in office.get("/admin/editorial/picture/").content.decode()


def test_the_list_costs_the_same_however_many_texts_show_pictures(office):
    make_article(body_en=figure(make_picture()))
    few = queries_of(office, "/admin/editorial/picture/")
    for _ in range(5):
        make_article(body_en=figure(make_picture()))
    assert queries_of(office, "/admin/editorial/picture/") == few


def test_who_deletes_a_record_is_told_which_texts_lose_their_link(office):
    project, other = make_project(), make_project()
    practice = make_practice(other, evidence_sl=f"<p>{link(project)}</p>")
    make_practice(other, evidence_en=f"<p>{link(other)}</p>", slug="not-meant")
    page = office.get(reverse("admin:projects_project_delete", args=[project.pk])).content.decode()
    assert "lose the link" in page
    assert change(practice) in page
    assert "not-meant" not in page
    office.post(reverse("admin:projects_project_delete", args=[project.pk]), {"post": "yes"})
    assert list(Project.objects.all()) == [other]


def test_who_deletes_what_no_text_links_to_is_told_nothing(office):
    page = office.get(reverse("admin:projects_project_delete", args=[make_project().pk])).content.decode()
    assert "lose the link" not in page


def test_mentions_are_counted_by_the_record_that_makes_them():
    project = make_project()
    for _ in range(2):
        make_article(body_en=f"<p>{link(project)} {link(project)}</p>")
    assert mention_counts(Project) == {project.pk: 2}
    assert mention_counts(Article) == {}


@pytest.mark.django_db(transaction=True)
def test_mentions_are_counted_anew_once_a_text_is_saved():
    project = make_project()
    article = make_article(body_en=f"<p>{link(project)}</p>")
    assert mention_counts(Project) == {project.pk: 1}
    article.body_en = "<p>Nothing</p>"
    article.save()
    assert mention_counts(Project) == {}
