"""Every answer tells browsers what the page may do: nothing that isn't in the portal's own files."""

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import RequestFactory

from editorial.previews import token_for
from editorial.states import State
from interreg_portal.security import SecurityHeaders, hash_of
from tests.factories import make_article
from tests.test_back_office import address, each_model

S3 = {
    "BACKEND": "storages.backends.s3.S3Storage",
    "OPTIONS": {
        "access_key": "key",
        "secret_key": "secret",
        "endpoint_url": "https://s3.example.eu",
        "bucket_name": "portal",
        "region_name": "eu",
    },
}


def policy(answer) -> dict[str, list[str]]:
    """The directives with their sources: `{"script-src": ["'self'", …]}`"""
    parts = [directive.split() for directive in answer["Content-Security-Policy"].split(";")]
    return {name: sources for name, *sources in parts}


@pytest.mark.parametrize(
    "path", ["/en/", "/en/search/?q=a", "/en/nothing/", "/", "/admin/login/", "/media/pictures/x.png"]
)
def test_every_answer_forbids_what_is_not_the_portals_own(client, db, path):
    answer = client.get(path)
    found = policy(answer)
    assert found["default-src"] == found["base-uri"] == found["frame-ancestors"] == ["'none'"]
    assert not any("unsafe" in source or "*" in source for sources in found.values() for source in sources)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]


def test_what_a_preview_shows_is_framed_by_the_portal_alone(client, db):
    article = make_article(state=State.DRAFT)
    answer = client.get(article.get_absolute_url(), {"preview": token_for(article)})
    assert policy(answer)["frame-ancestors"] == ["'self'"]
    assert policy(answer)["frame-src"] == ["'self'"]


@each_model
def test_a_form_has_no_script_or_style_in_it_but_what_is_allowed_by_its_hash(office, model):
    answer = office.get(address(model, "add"))
    page = BeautifulSoup(answer.content, "html.parser")
    inline = [script for script in page.select("script:not([src])") if script.get("type") != "application/json"]
    assert {hash_of(script.string) for script in inline} <= set(policy(answer)["script-src"])
    assert not page.select("style, [style], [onclick], [onchange], [href^='javascript:']")


def test_the_editors_map_of_modules_is_allowed(office):
    page = BeautifulSoup(office.get("/admin/news/article/add/").content, "html.parser")
    assert len(page.select("script[type=importmap]")) == 1


def test_pictures_of_a_bucket_come_from_there(settings):
    settings.STORAGES = settings.STORAGES | {"default": S3}
    answer = SecurityHeaders(lambda request: HttpResponse())(RequestFactory().get("/"))
    assert policy(answer)["img-src"] == ["'self'", "data:", "https://s3.example.eu"]


def test_djangos_pages_for_developers_keep_their_styles(settings):
    settings.DEBUG = True
    for status, forbidden in ((200, True), (404, False), (500, False)):
        answer = SecurityHeaders(lambda request, status=status: HttpResponse(status=status))(RequestFactory().get("/"))
        assert ("Content-Security-Policy" in answer) == forbidden
