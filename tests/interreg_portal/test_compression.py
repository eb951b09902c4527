import gzip

import pytest

from tests.factories import make_project

pytestmark = pytest.mark.django_db
BROWSER = {"Accept-Encoding": "gzip, deflate, br"}


def test_a_page_leaves_compressed_and_is_the_same_page(client):
    plain = client.get("/en/projects/")
    packed = client.get("/en/projects/", headers=BROWSER)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content) / 2


def test_feeds_and_sitemaps_leave_compressed_too(client):
    for address in ("/en/news/feed/", "/sitemap.xml"):
        assert client.get(address, headers=BROWSER).headers["Content-Encoding"] == "gzip"


def test_a_file_tells_its_length_and_is_not_compressed_twice(client):
    make_project()
    answer = client.get("/en/downloads/projects.xlsx", headers=BROWSER)
    assert "Content-Encoding" not in answer.headers
    assert int(answer.headers["Content-Length"]) == len(b"".join(answer))


def test_who_cannot_unpack_gets_it_plain(client):
    assert "Content-Encoding" not in client.get("/en/projects/", headers={"Accept-Encoding": "identity"}).headers
