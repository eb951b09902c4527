"""A draft is seen as it will look: in the back office, and by whoever was given a link, until it expires."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from django.urls import reverse

from editorial.previews import Preview, invitation, token_for
from editorial.states import State
from pages.models import Page
from projects.models import Document
from tests.factories import make_article, make_event, make_participation, make_partner, make_practice, make_project

pytestmark = pytest.mark.django_db


def drafts():
    project = make_project(state=State.DRAFT)
    return [
        project,
        make_article(project, state=State.DRAFT),
        make_event(project=project, state=State.DRAFT),
        make_practice(project, state=State.DRAFT),
        make_partner(state=State.DRAFT),
        Page.objects.create(slug="about", title_en="About"),
    ]


def by_link(record, language="en"):
    """The address to which the link of an invitation leads."""
    return Preview(token_for(record), record).address(language)


def preview_page(record):
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_preview", args=[record.pk])


def make_document(project):
    file = ContentFile(b"a,b", name="report.csv")
    return Document.objects.create(project=project, title_en="Report", language="en", file=file)


def read(answer):
    return BeautifulSoup(answer.content, "html.parser")


def test_a_link_shows_a_draft_of_every_kind_in_every_language(client):
    for record in drafts():
        assert client.get(record.get_absolute_url()).status_code == 404
        for language in ("en", "bg"):
            answer = client.get(invitation(record, language), follow=True)
            assert answer.status_code == 200, record
            assert f'<html lang="{language}">' in answer.content.decode()
            assert read(answer).select_one(".preview-bar")


def test_a_previewed_page_is_kept_by_nobody_and_framed_by_the_portal_alone(client):
    answer = client.get(by_link(drafts()[0]))
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert read(answer).select_one("meta[name=robots]")["content"] == "noindex, nofollow"


def test_a_public_page_is_cached_and_framed_as_ever(client):
    answer = client.get(make_project().get_absolute_url())
    assert answer["Cache-Control"] == "no-cache"  # as said where the page cache is off, and not "no-store"
    assert answer["X-Frame-Options"] == "DENY"
    assert not read(answer).select_one(".preview-bar, meta[name=robots]")


def test_a_link_to_a_project_opens_its_sections_and_documents(client):
    project = make_project(state=State.DRAFT)
    make_participation(project, "lead")
    document = make_document(project)
    for name in ("Partners", "Documents"):
        page = read(client.get(by_link(project)))
        address = page.find("nav", class_="sections").find("a", string=name)["href"]
        assert client.get(address).status_code == 200
    page = read(client.get(address))
    assert client.get(page.select_one(".documents a")["href"]).status_code == 200
    assert client.get(document.get_absolute_url()).status_code == 404
    assert client.get(page.select_one(".languages a[hreflang=sl]")["href"]).status_code == 200


def test_a_link_shows_no_other_draft(client):
    project, article, *_others = drafts()
    other = make_project(state=State.DRAFT)
    token = token_for(article)
    for address in (project.get_absolute_url(), other.get_absolute_url(), make_project().get_absolute_url()):
        assert client.get(address, {"preview": token}).status_code == 404
    own = make_document(other).get_absolute_url()
    assert client.get(own, {"preview": token_for(project)}).status_code == 404
    assert other.acronym not in client.get(by_link(article)).content.decode()


def test_the_draft_of_the_home_page_is_seen_by_its_link_alone(client):
    home = Page.objects.create(slug=Page.HOME, title_en="Welcome to the new portal")
    assert home.title_en not in client.get("/en/").content.decode()
    assert home.title_en in client.get(by_link(home)).content.decode()


def test_an_expired_link_says_so_with_a_way_on(client, settings):
    article = drafts()[1]
    addresses = [by_link(article), invitation(article, "sl")]
    settings.PREVIEW_AGE = timedelta(seconds=-1)
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 410
        assert read(answer).select_one("main a")
        assert article.title_en not in answer.content.decode()


@pytest.mark.parametrize("token", ["", "x", "a:b:c", "%00", "%F0%9F%98%80", "x" * 3000, "..%2F"])
def test_a_forged_link_is_politely_refused(client, token):
    article = make_article(state=State.DRAFT)
    answer = client.get(f"{article.get_absolute_url()}?preview={token}")
    assert answer.status_code == 404
    assert read(answer).select_one("main a")


def test_a_link_that_was_tampered_with_is_refused(client):
    article, other = make_article(state=State.DRAFT), make_article(state=State.DRAFT)
    stolen = token_for(other).split(":")[0] + ":" + token_for(article).split(":", 1)[1]
    assert client.get(other.get_absolute_url(), {"preview": stolen}).status_code == 404
    assert client.get(reverse("preview", args=[stolen])).status_code == 404


def test_a_link_goes_on_working_when_the_address_changes_and_stops_when_the_record_is_gone(client):
    article = make_article(state=State.DRAFT)
    link = invitation(article, "en")
    article.slug = "quite-another-address"
    article.save()
    assert client.get(link, follow=True).status_code == 200
    article.state = State.WITHDRAWN
    article.save()
    assert client.get(link).status_code == 404
    article.delete()
    assert client.get(link).status_code == 404


def test_the_bar_doesnt_call_a_public_page_not_public(client):
    assert "not public" not in read(client.get(by_link(make_article()))).select_one(".preview-bar").text
    assert "not public" in read(client.get(by_link(make_article(state=State.DRAFT)))).select_one(".preview-bar").text


def test_the_form_leads_to_a_preview_on_two_screens_in_any_language(office):
    for record in drafts():
        form = read(office.get(preview_page(record).replace("preview", "change")))
        assert form.select_one("a.previewlink")["href"] == preview_page(record)
        page = read(office.get(preview_page(record), {"language": "lv"}))
        frames = page.select("iframe")
        assert len(frames) == 2
        assert office.get(frames[0]["src"]).status_code == 200
        assert frames[0]["src"].startswith("/lv/")
        assert len(page.select(".choices a")) == 4


@pytest.mark.parametrize("language", ["xx", "", "%00", "en'"])
def test_an_unknown_language_of_the_preview_is_the_portals_first(office, language):
    page = read(office.get(f"{preview_page(make_article())}?language={language}"))
    assert page.select_one("iframe")["src"].startswith("/en/")


def test_a_new_link_is_made_by_a_button_and_told_in_the_history(office, client):
    article = make_article(state=State.DRAFT)
    assert not read(office.get(preview_page(article))).select_one("#preview-link")
    field = read(office.post(preview_page(article))).select_one("#preview-link")
    assert field.has_attr("readonly")
    office.logout()
    assert client.get(field["value"].removeprefix("http://testserver"), follow=True).status_code == 200


def test_the_history_tells_who_made_a_link(office):
    article = make_article(state=State.DRAFT)
    office.post(preview_page(article))
    history = office.get(preview_page(article).replace("preview", "history")).content.decode()
    assert "Made a link to the preview." in history


def test_a_withdrawn_record_has_no_preview_and_no_links(office):
    article = make_article(state=State.WITHDRAWN)
    for answer in (office.get(preview_page(article)), office.post(preview_page(article))):
        assert answer.status_code == 200
        assert not read(answer).select_one("iframe, #preview-link")


def test_only_who_may_view_the_record_sees_its_preview_and_makes_links(client, django_user_model):
    article = make_article(state=State.DRAFT)
    someone = django_user_model.objects.create_user("someone", is_staff=True)
    assert client.post(preview_page(article)).status_code == 302
    client.force_login(someone)
    assert client.get(preview_page(article)).status_code == 403
    assert client.post(preview_page(article)).status_code == 403
    someone.user_permissions.add(Permission.objects.get(codename="view_article"))
    assert client.post(preview_page(article)).status_code == 200
    assert client.get(preview_page(make_project())).status_code == 403


def test_the_preview_of_what_isnt_there_leads_back_to_the_start(office):
    article = make_article()
    for number in ("0", "x", "9" * 30):
        answer = office.get(preview_page(article).replace(str(article.pk), number), follow=True)
        assert answer.redirect_chain[-1][0] == "/admin/"
