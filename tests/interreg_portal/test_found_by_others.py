"""What search engines, feed readers, calendars and those who share a page get to read."""

import json
from datetime import date, time, timedelta
from io import BytesIO
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from django.utils.translation import override
from icalendar import Calendar
from PIL import Image

from editorial.previews import Preview, token_for
from editorial.share_image import draw_share_image, font, lines_of
from editorial.states import State
from tests.factories import make_article, make_event, make_partner, make_practice, make_project

pytestmark = pytest.mark.django_db

ATOM = {"atom": "http://www.w3.org/2005/Atom"}
MAP = {"map": "http://www.sitemaps.org/schemas/sitemap/0.9", "xhtml": "http://www.w3.org/1999/xhtml"}


def read(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return BeautifulSoup(answer.content, "html.parser")


def told(page) -> dict:
    """What a page's JSON-LD says, by type."""
    [script] = page.find_all("script", type="application/ld+json")
    return {thing["@type"]: thing for thing in json.loads(script.string)["@graph"]}


def alternates(page) -> dict:
    return {link["hreflang"]: link["href"] for link in page.find_all("link", rel="alternate", hreflang=True)}


class TestHead:
    def test_only_real_translations_are_announced_and_each_names_the_others(self, client):
        project = make_project(title_en="Clusters", title_sl="Grozdi", slug="clusters")
        expected = {language: f"http://testserver/{language}/projects/clusters/" for language in ("en", "sl")}
        for language in expected:
            with override(language):
                page = read(client, project.get_absolute_url())
            assert alternates(page) == expected
            assert page.find("link", rel="canonical")["href"] == expected[language]

    def test_a_page_that_falls_back_sends_search_engines_to_the_language_it_is_written_in(self, client):
        make_project(title_en="Clusters", slug="clusters")
        page = read(client, "/lv/projects/clusters/")
        assert page.find("link", rel="canonical")["href"] == "http://testserver/en/projects/clusters/"

    def test_a_list_is_the_same_page_however_it_is_filtered(self, client):
        page = read(client, "/sl/news/?q=industrija&page=1")
        assert page.find("link", rel="canonical")["href"] == "http://testserver/sl/news/"
        assert set(alternates(page)) == {"en", "sl", "lv", "bg"}

    def test_a_shared_page_shows_its_title_its_text_and_its_picture(self, client):
        make_article(title_sl="Obisk tovarne", lead_sl="Partnerji so videli robote.", slug="obisk")
        page = read(client, "/sl/news/obisk/")
        told = {tag["property"]: tag["content"] for tag in page.find_all("meta", property=True)}
        assert told["og:title"] == "Obisk tovarne"
        assert told["og:description"] == "Partnerji so videli robote."
        assert told["og:locale"] == "sl_SI"
        assert told["og:type"] == "article"
        picture = client.get(told["og:image"].removeprefix("http://testserver"))
        assert Image.open(BytesIO(picture.content)).size == (1200, 630)

    def test_a_draft_that_staff_look_at_has_no_picture_for_others(self, office):
        make_article(slug="secret", state=State.DRAFT)
        assert office.get("/en/share/article/secret.png").status_code == 404
        assert office.get("/en/share/user/editor.png").status_code == 404

    def test_a_preview_announces_nothing(self, client):
        article = make_article(state=State.DRAFT)
        page = read(client, Preview(token_for(article), article).address("en"))
        assert not page.find("link", rel="canonical")
        assert not page.find("script", type="application/ld+json")


class TestLinkedData:
    def test_a_project_says_what_its_page_says(self, client):
        project = make_project(acronym="CLUSTERS", title_en="Clusters", start=date(2023, 1, 1), end=None)
        data = told(read(client, project.get_absolute_url()))["ResearchProject"]
        assert (data["name"], data["alternateName"], data["foundingDate"]) == ("Clusters", "CLUSTERS", "2023-01-01")
        assert "dissolutionDate" not in data

    def test_the_way_to_a_page_is_the_one_that_visitors_see(self, client):
        project = make_project()
        make_article(project)
        page = read(client, f"{project.get_absolute_url()}news/")
        seen = [link["href"] for link in page.select(".breadcrumb a")]
        crumbs = told(page)["BreadcrumbList"]["itemListElement"]
        assert [crumb["item"].removeprefix("http://testserver") for crumb in crumbs] == seen
        assert seen == ["/en/", "/en/projects/", project.get_absolute_url()]

    def test_articles_practices_and_organisations_are_told_by_their_kind(self, client):
        project = make_project()
        article = make_article(project, author=make_partner(name="RRA"), title_en="Visit")
        data = told(read(client, article.get_absolute_url()))["NewsArticle"]
        assert (data["headline"], data["author"]["name"]) == ("Visit", "RRA")
        assert data["about"][0]["name"] == project.acronym
        practice = make_practice(project, title_en="A hub")
        assert told(read(client, practice.get_absolute_url()))["Article"]["headline"] == "A hub"
        partner = make_partner(name="Zavod", country="SI")
        data = told(read(client, partner.get_absolute_url()))["Organization"]
        assert (data["name"], data["address"]["addressCountry"]) == ("Zavod", "SI")

    def test_an_event_is_told_in_its_own_time_zone(self, client):
        event = make_event(
            start_date=date(2026, 6, 1), start_time=time(9, 30), time_zone="Europe/Riga", status="cancelled"
        )
        data = told(read(client, event.get_absolute_url()))["Event"]
        assert data["startDate"] == "2026-06-01T09:30:00+03:00"
        assert data["eventStatus"].endswith("EventCancelled")

    def test_nobody_can_end_the_script_by_a_title(self, client):
        article = make_article(title_en="</script><script>alert(1)</script>")
        page = read(client, article.get_absolute_url())
        assert told(page)["NewsArticle"]["headline"] == "</script><script>alert(1)</script>"
        assert not [script for script in page.find_all("script") if script.string and script.string == "alert(1)"]


class TestSitemap:
    def test_it_names_every_public_page_in_the_languages_that_it_is_written_in(self, client):
        make_project(slug="clusters", title_en="Clusters", title_sl="Grozdi")
        make_project(slug="secret", state=State.DRAFT)
        index = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314
        sections = [place.text for place in index.findall("map:sitemap/map:loc", MAP)]
        pages = {}
        for address in sections:
            section = ElementTree.fromstring(client.get(address).content)  # noqa: S314
            for page in section.findall("map:url", MAP):
                others = {link.get("hreflang"): link.get("href") for link in page.findall("xhtml:link", MAP)}
                pages[page.find("map:loc", MAP).text] = others
        clusters = {language: f"http://testserver/{language}/projects/clusters/" for language in ("en", "sl")}
        announced = {address: others for address, others in pages.items() if "clusters" in address}
        assert announced == dict.fromkeys(clusters.values(), clusters)
        assert "http://testserver/lv/news/" in pages
        assert not [address for address in pages if "secret" in address]

    @pytest.mark.parametrize("section", ["projects", "partners", "news", "events", "practices", "pages"])
    def test_its_queries_do_not_grow(self, client, section, django_assert_num_queries):
        for _number in range(3):
            project = make_project()
            make_partner(), make_article(), make_event(), make_practice(project)
        with django_assert_num_queries(1):
            assert client.get(f"/sitemap-{section}.xml").status_code == 200

    def test_robots_are_shown_the_way(self, client):
        robots = client.get("/robots.txt").content.decode()
        assert "Disallow: /admin/" in robots
        assert "Sitemap: http://testserver/sitemap.xml" in robots


class TestFeeds:
    def entries(self, client, address):
        feed = ElementTree.fromstring(client.get(address).content)  # noqa: S314
        return [entry.find("atom:title", ATOM).text for entry in feed.findall("atom:entry", ATOM)]

    def test_a_feed_holds_what_is_public_and_written_in_its_language(self, client):
        make_article(title_en="Visit", title_sl="Obisk")
        make_article(title_en="Only English")
        make_article(title_en="Draft", title_sl="Osnutek", state=State.DRAFT)
        make_article(title_en="Later", title_sl="Jutri", published_at=timezone.now() + timedelta(days=1))
        assert self.entries(client, "/sl/news/feed/") == ["Obisk"]
        assert set(self.entries(client, "/en/news/feed/")) == {"Visit", "Only English"}
        assert self.entries(client, "/lv/news/feed/") == []

    def test_a_project_has_a_feed_of_its_own_that_outlasts_its_address(self, client):
        project = make_project(slug="before")
        make_article(project, title_en="Of the project")
        make_article(title_en="Of another")
        assert self.entries(client, "/en/projects/before/feed/") == ["Of the project"]
        project.slug = "now"
        project.save()
        assert client.get("/en/projects/before/feed/").headers["Location"] == "/en/projects/now/feed/"

    def test_its_queries_do_not_grow(self, client, django_assert_max_num_queries):
        for _number in range(5):
            make_article(make_project(), author=make_partner())
        with django_assert_max_num_queries(2):
            client.get("/en/news/feed/")


class TestCalendars:
    def calendar(self, client, address):
        answer = client.get(address)
        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
        return Calendar.from_ical(answer.content)

    def test_an_event_goes_into_a_calendar_with_its_time_and_place(self, client):
        event = make_event(
            title_en="Study visit",
            start_date=date(2026, 6, 1),
            start_time=time(9, 30),
            end_time=time(16),
            time_zone="Europe/Riga",
            city="Rīga",
            country="LV",
        )
        [entry] = self.calendar(client, f"/en/events/{event.slug}/event.ics").events
        assert str(entry["summary"]) == "Study visit"
        assert entry.start.isoformat() == "2026-06-01T09:30:00+03:00"
        assert entry.end.isoformat() == "2026-06-01T16:00:00+03:00"
        assert str(entry["location"]) == "Rīga, Latvia"
        assert str(entry["url"]) == f"http://testserver{event.get_absolute_url()}"

    def test_an_event_of_two_days_ends_with_the_second(self, client):
        event = make_event(start_date=date(2026, 6, 1), end_date=date(2026, 6, 2))
        [entry] = self.calendar(client, f"/en/events/{event.slug}/event.ics").events
        assert (entry.start, entry.end) == (date(2026, 6, 1), date(2026, 6, 3))

    def test_an_event_that_begins_at_an_hour_and_ends_at_none_is_no_error(self, client):
        event = make_event(start_time=time(9), end_date=None)
        [entry] = self.calendar(client, f"/en/events/{event.slug}/event.ics").events
        assert "DTEND" not in entry

    def test_an_event_of_which_only_the_month_is_known_has_no_place_in_a_calendar(self, client):
        event = make_event(start_date=timezone.localdate(), only_month_known=True)
        assert client.get(f"/en/events/{event.slug}/event.ics").status_code == 404
        assert self.calendar(client, "/en/events/calendar.ics").events == []
        assert "event.ics" not in client.get(event.get_absolute_url()).content.decode()

    def test_one_subscribes_to_what_one_has_filtered(self, client):
        project = make_project()
        ahead = timezone.localdate() + timedelta(days=9)
        make_event(title_en="Ours", project=project, start_date=ahead)
        make_event(title_en="Another", start_date=ahead, status="cancelled")
        make_event(title_en="Long ago", start_date=date(2015, 1, 1))
        make_event(title_en="Draft", start_date=ahead, state=State.DRAFT)
        events = self.calendar(client, "/en/events/calendar.ics").events
        assert {(str(entry["summary"]), str(entry["status"])) for entry in events} == {
            ("Ours", "CONFIRMED"),
            ("Another", "CANCELLED"),
        }
        link = read(client, f"/en/events/?project={project.slug}").select_one(".subscribe a")["href"]
        assert [str(entry["summary"]) for entry in self.calendar(client, link).events] == ["Ours"]


class TestShareImage:
    def test_a_long_title_ends_in_an_ellipsis_after_four_lines(self):
        lines = lines_of("industrijska preobrazba " * 30, font(54, 700), 1040, 4)
        assert len(lines) == 4
        assert lines[-1].endswith(" …")
        assert all(font(54, 700).getlength(line) <= 1040 for line in lines)

    @pytest.mark.parametrize("title", ["Čebelarji", "Практика за клъстери", "Ευρώπη", "", "A" * 300])
    def test_titles_in_every_alphabet_are_drawn(self, title):
        picture = Image.open(BytesIO(draw_share_image("INNO INDUSTRY", title, "RRA Posavje")))
        assert picture.size == (1200, 630)
        for letter in title[:1]:
            assert font(54, 700).getmask(letter).getbbox() != font(54, 700).getmask("\uffff").getbbox()
