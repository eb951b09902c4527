"""Rich texts as visitors and staff read them: figures, links to the portal's own records, tables."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from editorial.collisions import shown as shown_to_both
from editorial.comparison import compare
from editorial.models import Picture
from editorial.previews import Preview, token_for
from editorial.showing import resolve
from editorial.states import State
from editorial.versions import state_now
from news.models import Article
from pages.models import Page
from projects.models import Document, Project
from tests.accounts.people import logged_in, make_person
from tests.editorial.photos import photo
from tests.factories import make_article, make_event, make_partner, make_practice, make_project
from tests.forms import change

pytestmark = pytest.mark.django_db


def make_picture(**fields):
    return Picture.objects.create(file=photo(), **{"alt_en": "A robot arm", "alt_sl": "Robotska roka"} | fields)


def figure(picture, caption="At <em>work</em>"):
    return f'<figure data-picture="{picture.pk}"><figcaption>{caption}</figcaption></figure>'


def link(record, words="see there"):
    return f'<a href="record:{record._meta.label_lower}/{record.pk}">{words}</a>'


def prose(browser, record, language="en"):
    with override(language):
        page = browser.get(record.get_absolute_url())
    return BeautifulSoup(page.content, "html.parser").select_one(".prose")


@pytest.mark.parametrize(("language", "alt"), [("en", "A robot arm"), ("sl", "Robotska roka"), ("lv", "A robot arm")])
def test_a_figure_has_its_picture_description_caption_and_credit(client, language, alt):
    picture = make_picture(credit="Photo: Example", licence="CC BY 4.0")
    article = make_article(**{f"body_{code}": figure(picture) for code in ("en", "sl", "lv")})
    shown = prose(client, article, language).figure
    assert shown.img["alt"] == alt
    assert shown.img.get("lang") == ("en" if language == "lv" else None)
    assert shown.img["src"] == picture.fallback_url
    assert [source["type"] for source in shown.select("source")] == ["image/avif", "image/webp"]
    assert shown.figcaption.get_text(" ", strip=True) == "At work Photo: Example, CC BY 4.0"


def test_a_figure_in_a_text_that_fell_back_keeps_both_languages_apart(client):
    article = make_article(body_en=figure(make_picture()), title_sl="Novica")
    shown = prose(client, article, "sl")
    assert shown["lang"] == "en"
    assert shown.figure["lang"] == "sl"
    assert shown.select_one(".picture__caption")["lang"] == "en"


def test_a_new_file_replaces_the_old_one_in_every_text(client):
    picture = make_picture()
    article = make_article(body_en=figure(picture))
    picture.file = photo("PNG", name="other.png")
    picture.save()
    assert "other" in prose(client, article).img["src"]


def test_a_picture_that_is_gone_leaves_nothing_broken(client):
    picture = make_picture()
    article = make_article(body_en=f"<p>before</p>{figure(picture)}<p>after</p>")
    Picture.objects.all().delete()
    assert prose(client, article).decode_contents() == "<p>before</p><p>after</p>"


@pytest.mark.parametrize("language", ["en", "bg"])
def test_a_link_leads_to_the_record_in_the_readers_language_whatever_its_address_is_now(client, language):
    project = make_project()
    article = make_article(body_en=f"<p>{link(project)}</p>")
    project.slug = "another-address"
    project.save()
    assert prose(client, article, language).a["href"] == f"/{language}/projects/another-address/"


def test_every_kind_of_record_with_a_page_can_be_linked_to(client):
    project = make_project()
    document = Document.objects.create(project=project, title_en="Report", language="en", file=photo(name="report.pdf"))
    page = Page.objects.create(slug="contact", title_en="Contact", state=State.PUBLISHED)
    records = [project, make_article(project), make_event(), make_practice(project), make_partner(), page, document]
    article = make_article(body_en="".join(link(record) for record in records))
    assert [each["href"] for each in prose(client, article).select("a")] == [
        record.get_absolute_url() for record in records
    ]


def test_what_is_not_public_is_plain_text_to_visitors_and_a_link_to_staff(office):
    draft = make_project(state=State.DRAFT)
    article = make_article(body_en=f"<p>Please {link(draft)}.</p>")
    assert prose(Client(), article).decode_contents() == "<p>Please see there.</p>"
    assert prose(office, article).a["href"] == draft.get_absolute_url()


@pytest.mark.parametrize("target", ["accounts.user/1", "projects.nothing/1", "nowhere.at_all/1", "projects.phase/1"])
def test_what_has_no_page_is_plain_text(target, editor):
    assert resolve(f'<p><a href="record:{target}">words</a></p>', is_rich=True) == "<p>words</p>"


def test_a_draft_shows_its_figures_and_links_in_the_preview(client):
    article = make_article(state=State.DRAFT)
    article.body_en = f"{figure(make_picture())}<p>{link(article)} {link(make_project())}</p>"
    article.save()
    answer = client.get(Preview(token_for(article), article).address("en"))
    shown = BeautifulSoup(answer.content, "html.parser").select_one(".prose")
    assert shown.img
    assert len(shown.select("a")) == 2


def test_a_table_scrolls_by_itself_and_by_the_keyboard(client):
    article = make_article(body_en="<table><tbody><tr><th><p>a</p></th></tr></tbody></table>")
    region = prose(client, article).table.parent
    assert (region["role"], region["tabindex"], region["aria-label"]) == ("region", "0", "Table")


def queries_of(client, page) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page).status_code == 200
    return len(queries)


def test_a_page_takes_one_query_for_pictures_and_one_a_kind_of_record(client):
    project = make_project()
    fields = ["description", "resources", "evidence", "difficulties", "transfer"]
    practice = make_practice(project, **{f"{field}_en": "<p>x</p>" for field in fields})
    page = practice.get_absolute_url()
    plain = queries_of(client, page)
    for number in (1, 3):
        texts = "".join(
            f"{figure(make_picture())}<p>{link(make_project())} {link(make_partner())} [[start_date]] "
            f"[[{project.slug}:end_date]]</p>"
            for _ in range(number)
        )
        for field in fields:
            setattr(practice, f"{field}_en", texts)
        practice.save()
        assert queries_of(client, page) == plain + 4  # pictures, projects and partners linked to, facts


def test_a_text_that_refers_to_nothing_takes_no_query():
    article = make_article(make_project(), body_en="<p>nothing</p>")
    with CaptureQueriesContext(connection) as queries:
        resolve(article.body_en, article, is_rich=True)
    assert len(queries) == 0


def test_who_only_reads_a_form_sees_the_picture_and_a_link_to_the_form(db):
    project, picture = make_project(), make_picture()
    article = make_article(project, body_en=f"{figure(picture)}<p>{link(project)}</p>")
    page = BeautifulSoup(logged_in(make_person("reader")).get(change(article)).content, "html.parser")
    shown = page.select_one(".field-body_en")
    reader = logged_in(make_person("reader"))
    assert reader.get(shown.img["src"]).url == picture.thumbnail_url
    assert reader.get(shown.select_one("[href*=records]")["href"]).url == change(project)


def test_versions_are_compared_in_words(office):
    project = make_project(acronym="ROBOTS")
    article = make_article(project, body_en="<p>Nothing yet</p>")
    before = state_now(Article, article.pk)
    table = "<table><tbody><tr><td><p>one</p></td><td><p>two</p></td></tr></tbody></table>"
    article.body_en = (
        f"{figure(make_picture(), 'At work')}<p>{link(project)} [[total_budget]] [[robots:end_date]]</p>{table}"
    )
    article.save()
    line = compare(before, state_now(Article, article.pk), Article).lines[0]
    assert next(piece.text for piece in line.pieces if piece.what == "added").split("\n") == [
        "[picture: A robot arm] At work ",
        " see there (→ ROBOTS) [total budget] [robots: end] ",
        " one | two",
    ]


def test_two_editors_compare_in_words_too(office):
    picture, project = make_picture(alt_en="A <b>bold</b> arm"), make_project(acronym="A & B")
    article = make_article(body_en=f"{figure(picture)}<p>{link(project)} [[nonsense]]</p>")
    form = office.get(change(article)).context["adminform"].form
    assert shown_to_both(form["body_en"], [[article.body_en]]).split("\n") == [
        "[picture: A <b>bold</b> arm] At work",
        "see there (→ A & B) [[nonsense]]",
    ]


def test_a_deleted_record_still_has_its_name_in_a_comparison(office):
    project = make_project()
    article = make_article(body_en=f"<p>{link(project)}</p>")
    Project.objects.filter(pk=project.pk).delete()
    form = office.get(change(article)).context["adminform"].form
    assert "deleted since" in shown_to_both(form["body_en"], [[article.body_en]])


def test_a_visitor_is_who_reads_where_there_is_no_request():
    assert list(Project.objects.visible_to(AnonymousUser())) == []
    draft = make_project(state=State.DRAFT)
    assert resolve(f"<p>{link(draft)}</p>", is_rich=True) == "<p>see there</p>"
