"""
The demo read from page to page: links lead somewhere, languages name one another, files can be read by their
libraries, and the HTML is what the standard says.
"""

import gzip
import json
import os
import re
import shutil
import subprocess
import tempfile
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree

import brotli
import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.test import RequestFactory, TestCase, override_settings
from django.urls import get_resolver
from django.utils.translation import override
from icalendar import Calendar

from benchmarks.page_weight import KB, MOST, MOST_WITHOUT_FONTS, weigh
from interreg_portal.static_files import in_one
from interreg_portal.views import failed, not_allowed
from tests.factories import make_article
from tests.interreg_portal.crawl import HOST, Crawl, Visited, in_english, kind_of
from tests.interreg_portal.test_demo import IN_MEMORY

CHECKER = Path(settings.BASE_DIR) / "var" / "html" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
# Pages that no link leads to.
STARTS = ["/en/", "/sitemap.xml", "/en/nothing/", "/en/search/?q=industry", "/en/projects/?q=nowhere", "/"]
# Whoever has a link to a preview sees it; pictures have a test of their own, and the style guide is for developers.
NOT_LINKED = {"preview", "share_image", "styleguide"}


class TestEveryPage(TestCase):
    @classmethod
    def setUpClass(cls):
        """The demo is loaded and read once for all tests; they only look at what came."""
        super().setUpClass()
        cls.sent = {}
        with override_settings(STORAGES=settings.STORAGES | IN_MEMORY):
            call_command("load_demo", stdout=StringIO())
            make_article(slug="only-two", title_en="In two languages", title_sl="V dveh jezikih")
            cls.crawl = Crawl().run(*STARTS)
            cls.crawl.visit("/lv/news/only-two/")
            cls.crawl.visit("/sl/news/only-two/")
            media = {link for page in cls.crawl.pages for link, _ in page.links() if link.startswith("/media/")}
            cls.media = {link for link in media if default_storage.exists(link.removeprefix("/media/"))}

    def pages_with(self, finding) -> dict:
        """The pages on which something was found, with what."""
        found = {page.address: finding(page) for page in self.crawl.pages}
        return {address: what for address, what in found.items() if what}

    def is_known(self, link) -> bool:
        """Whether the link leads to something: in English everything was visited, and paths are one for all."""
        if link.startswith("/static/"):
            return finders.find(link.removeprefix("/static/")) is not None
        if link.startswith("/media/"):
            return link in self.media
        path = in_english(link).partition("?")[0]
        answers = [page.status for address, page in self.crawl.visited.items() if address.partition("?")[0] == path]
        return bool(answers) and max(answers) < 400

    def test_every_link_leads_somewhere(self):
        def dead(page):
            own = {page.address, in_english(page.address)}  # "nothing" names itself in the other languages
            links = {link for link, _fragment in page.links() if in_english(link) not in own}
            return {link for link in links if not self.is_known(link) and not link.startswith("/admin/")}

        assert self.pages_with(dead) == {}
        wrong = {address: page.status for address, page in self.crawl.visited.items() if page.status >= 400}
        assert wrong == {f"/{language}/nothing/": 404 for language in ("en", "sl", "lv", "bg")}

    def test_every_link_to_a_part_of_a_page_finds_it(self):
        def missing(page):
            targets = [(self.crawl.visited.get(link), fragment) for link, fragment in page.links() if fragment]
            return {fragment for target, fragment in targets if target and fragment not in target.reading.ids}

        assert self.pages_with(missing) == {}

    def test_every_kind_of_page_was_read_in_every_language(self):
        for language in ("en", "sl", "lv", "bg"):
            with override(language):
                addresses = get_resolver().reverse_dict
                names = {name for name in addresses if addresses[name][0][0][0].startswith(f"{language}/")}
                read = {kind_of(address)[0] for address in self.crawl.visited}
            assert {name for name in names if isinstance(name, str)} - read - NOT_LINKED == set()

    def test_translations_name_one_another_and_nothing_else(self):
        for page in self.crawl.pages:
            told = page.reading.alternates
            for language, address in told.items():
                assert address.startswith(f"{HOST}/{language}/")
                other = self.crawl.visited.get(address.removeprefix(HOST))
                if other:
                    assert other.reading.alternates == told, (page.address, address)
                    assert other.reading.canonical == address
        only = self.crawl.visited["/lv/news/only-two/"].reading
        assert set(only.alternates) == {"en", "sl"}
        assert only.canonical == f"{HOST}/en/news/only-two/"

    def test_what_machines_read_can_be_read(self):
        assert len(self.feeds()) >= 8
        assert all(entry.find(f"{ATOM}id").text for feed in self.feeds() for entry in feed.iter(f"{ATOM}entry"))
        calendars = self.crawl.of_type("text/calendar")
        assert len(calendars) >= 8
        assert all(Calendar.from_ical(page.content).get("version") == "2.0" for page in calendars)
        described = [page for page in self.crawl.pages if page.reading.data]
        kinds = {thing["@type"] for page in described for thing in json.loads(page.reading.data)["@graph"]}
        assert kinds >= {"ResearchProject", "Organization", "NewsArticle", "Event", "BreadcrumbList"}

    def feeds(self):
        return [ElementTree.fromstring(page.content) for page in self.crawl.of_type("application/atom+xml")]  # noqa: S314

    def test_the_sitemap_names_pages_that_are_there(self):
        client, named = self.crawl.client, []
        index = ElementTree.fromstring(self.crawl.visited["/sitemap.xml"].content)  # noqa: S314
        for section in index.iter(f"{MAP}loc"):
            pages = ElementTree.fromstring(client.get(section.text.removeprefix(HOST)).content)  # noqa: S314
            named += [page.text.removeprefix(HOST) for page in pages.iter(f"{MAP}loc")]
        assert len(named) > 100
        assert [address for address in named if not self.is_known(address)] == []

    def test_no_page_is_heavy(self):
        heavy = {}
        for page in self.crawl.pages:
            weight = weigh(page.address, self.as_sent)
            if weight.total > MOST or weight.without_fonts > MOST_WITHOUT_FONTS:
                heavy[page.address] = weight
        assert heavy == {}
        assert weigh("/bg/", self.as_sent).fonts > 30 * KB, "the fonts were not counted"

    def test_a_page_waits_for_one_style_sheet_and_for_no_script(self):
        def waits_for(page):
            if page.status == 302:
                return []
            head = BeautifulSoup(page.text, "html.parser").head
            sheets = [link["href"] for link in head.find_all("link", rel="stylesheet")]
            scripts = [script for script in head.find_all("script", src=True) if script.get("type") != "module"]
            return scripts or sheets != ["/static/css/site.css"]

        assert self.pages_with(waits_for) == {}

    def test_every_picture_has_its_measures_and_one_at_most_comes_first(self):
        def unmeasured(page):
            pictures = BeautifulSoup(page.text, "html.parser").find_all("img")
            first = [picture for picture in pictures if picture.get("fetchpriority") == "high"]
            return len(first) > 1 or [each for each in pictures if not (each.get("width") and each.get("height"))]

        assert self.pages_with(unmeasured) == {}

    def as_sent(self, address) -> tuple[bytes, int]:
        """What stands at an address, and in how many bytes it is sent: pages by gzip, static files by Brotli."""
        if address not in self.sent:
            if address.startswith("/static/"):
                file = Path(finders.find(address.removeprefix("/static/")))
                content = in_one(file).encode() if file.suffix == ".css" else file.read_bytes()
                compressed = content if address.endswith(".woff2") else brotli.compress(content)
            else:
                content = self.crawl.visited[address].content
                compressed = gzip.compress(content, compresslevel=6)
            self.sent[address] = content, len(compressed)
        return self.sent[address]

    def test_the_html_is_what_the_standard_says(self):
        give_up = pytest.fail if os.environ.get("CI") else pytest.skip
        if not (shutil.which("java") and CHECKER.exists()):
            give_up("`make html` gets the Nu HTML checker, which needs Java.")
        request = RequestFactory().get("/en/")
        request.preview = None
        errors = [
            Visited(f"/{view.__name__}/", 500, "text/html", view(*arguments).content)
            for view, *arguments in [(failed, request), (not_allowed, request, None)]
        ]
        with tempfile.TemporaryDirectory() as folder:
            for page in [*self.crawl.pages, *errors]:
                if page.status != 302:
                    name = re.sub(r"[^a-z0-9]+", "_", page.address)
                    (Path(folder) / f"{name}.html").write_bytes(page.content)
            checked = subprocess.run(  # noqa: S603
                ["java", "-jar", CHECKER, "--errors-only", "--stdout", "--skip-non-html", "--format", "gnu", folder],  # noqa: S607
                capture_output=True, text=True, check=False,
            )  # fmt: skip
        assert (checked.returncode, checked.stdout.replace(folder, "")) == (0, ""), checked.stderr
