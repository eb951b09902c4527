"""A static copy opens from a folder, with every link leading to a file of it, and its hashes hold."""

import subprocess
from urllib.parse import unquote, urldefrag

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command

from archive.asking import Answer, Visitor
from archive.bag import faults_in
from archive.copying import NotCopied, StaticCopy
from archive.models import Copy
from archive.scope import OneProject, Place, WholePortal, belongs
from editorial.models import Picture
from editorial.states import State
from news.models import Article
from projects.models import Document, Project
from tests.factories import make_article, make_event, make_participation, make_partner, make_practice, make_project
from tests.test_back_office import picture_file

pytestmark = pytest.mark.django_db
ELSEWHERE = ("http://", "https://", "mailto:", "tel:", "#")


@pytest.fixture
def project(settings):
    settings.PORTAL_ADDRESS = "https://portal.example.eu"
    settings.ALLOWED_HOSTS = ["portal.example.eu"]
    settings.LANGUAGES = [("en", "English"), ("sl", "Slovenian")]
    project = make_project(slug="orchard", acronym="ORCHARD", title_sl="Sadovnjak", summary_en="Old trees.")
    picture = Picture.objects.create(file=picture_file(), alt_en="A blue rectangle")
    make_participation(project, "lead", partner=make_partner(slug="grower", logo=picture, latitude=46, longitude=15))
    make_article(project, slug="planted", picture=picture, body_en='<p><a href="/en/news/elsewhere/">So</a></p>')
    make_article(project, slug="draft", state=State.DRAFT)
    make_article(make_project(slug="other"), slug="elsewhere")
    make_event(project=project, slug="harvest")
    make_practice(project, slug="grafting")
    Document.objects.create(
        project=project, title_en="List", language="en", file=ContentFile(b"a,b", name="trees and š.csv")
    )
    return project


def copy_of(scope, folder) -> StaticCopy:
    made = StaticCopy(scope, folder)
    made.make()
    return made


@pytest.fixture
def folder(tmp_path):
    """An empty one; uploads lie beside it."""
    path = tmp_path / "copies"
    path.mkdir()
    return path


@pytest.fixture
def made(project, folder):
    return copy_of(OneProject.of(project), folder)


def pages_of(folder):
    return {path: BeautifulSoup(path.read_text(), "html.parser") for path in folder.rglob("*.html")}


def targets(page):
    tags = [(tag, tag.get("href") or tag.get("src")) for tag in page.find_all(["a", "img", "source"])]
    tags += [(tag, tag["href"]) for tag in page.find_all("link", rel=["stylesheet", "icon"])]
    yield from (address for _tag, address in tags if address)
    for tag in page.find_all(srcset=True):
        yield from (part.split()[0] for part in tag["srcset"].split(","))


def dead_links(folder) -> set:
    """Links of all pages to what isn't a file of the copy."""
    inside = {
        (path, unquote(urldefrag(address).url))
        for path, page in pages_of(folder).items()
        for address in targets(page)
        if not address.startswith(ELSEWHERE)
    }
    return {(path, address) for path, address in inside if not (path.parent / address).is_file()}


def test_every_link_leads_to_a_file_of_the_copy(made):
    assert dead_links(made.folder) == set()
    assert made.missing == {}


def test_the_copy_holds_the_project_in_all_languages_and_nothing_that_visitors_dont_see(made, settings):
    for code, _name in settings.LANGUAGES:
        for page in ("projects/orchard/", "projects/orchard/partners/", "news/planted/", "events/harvest/"):
            assert (made.payload / code / page / "index.html").is_file(), (code, page)
        assert (made.payload / code / "events/harvest/event.ics").is_file()
        assert not (made.payload / code / "news/draft").exists()
        assert not (made.payload / code / "news/elsewhere").exists()
    [document] = made.payload.glob("en/projects/orchard/documents/*/*")
    assert document.read_bytes() == b"a,b"


def test_what_belongs_to_other_projects_keeps_its_words_without_a_link(made):
    page = BeautifulSoup((made.payload / "en/news/planted/index.html").read_text(), "html.parser")
    assert page.find("a", string="So").attrs == {}


def test_each_page_says_when_and_where_it_was_copied_in_its_language(made):
    for language in ("en", "sl"):
        page = (made.payload / language / "projects/orchard/index.html").read_text()
        note = BeautifulSoup(page, "html.parser").find(class_="copy-note").text
        assert f"https://portal.example.eu/{language}/projects/orchard/" in note
        assert str(made.made_at.year) in note


def test_no_script_and_no_form_is_left(made):
    for path, page in pages_of(made.folder).items():
        assert not page.find_all("form"), path
        assert all(script["type"] == "application/ld+json" for script in page.find_all("script")), path


def test_the_facts_lie_there_as_tables_in_each_language(made):
    table = (made.payload / "tables/projects.sl.csv").read_text("utf-8-sig")
    assert "ORCHARD" in table
    assert "Sadovnjak" in table
    assert "PROJECT" not in table  # the other project's


def test_the_hashes_hold_for_a_tool_that_knows_nothing_of_the_portal(made):
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        command = ["sha256sum", "--check", "--quiet", manifest]
        done = subprocess.run(command, cwd=made.folder, capture_output=True)  # noqa: S603 – the bag's own files
        assert done.returncode == 0, done.stdout
    assert faults_in(made.folder) == []


def test_a_changed_a_missing_and_an_added_file_are_noticed(made):
    (made.payload / "tables/projects.sl.csv").write_text("x")
    (made.payload / "tables/partners.en.csv").unlink()
    (made.payload / "new.txt").write_text("x")
    assert faults_in(made.folder) == ["data/new.txt", "data/tables/partners.en.csv", "data/tables/projects.sl.csv"]


def test_the_same_state_gives_the_same_pages(project, folder):
    first, second = (StaticCopy(OneProject.of(project), folder / name) for name in ("a", "b"))
    second.made_at = first.made_at
    for each in (first, second):
        each.folder.mkdir()
        each.make()
    assert (first.folder / "manifest-sha256.txt").read_text() == (second.folder / "manifest-sha256.txt").read_text()


def test_the_whole_portal_is_copied_with_its_lists_page_by_page(project, folder):
    for _ in range(25):
        make_article(project)
    made = copy_of(WholePortal(), folder)
    assert dead_links(made.folder) == set()
    assert (made.payload / "en/index.html").is_file()
    assert (made.payload / "sl/news/index-page-2.html").is_file()
    assert (made.payload / "en/projects/other/index.html").is_file()
    assert not (made.payload / "en/search").exists()


def test_a_copy_of_the_portal_explains_nothing_that_only_a_running_portal_answers():
    described = Place("/en/data/api/")
    assert not belongs(WholePortal(), described)
    assert belongs(WholePortal(), Place("/data/operations.csv"))


def test_a_draft_project_is_not_copied(project, folder):
    Project.objects.filter(pk=project.pk).update(state=State.DRAFT)
    with pytest.raises(NotCopied):
        copy_of(OneProject.of(project), folder)


def test_a_former_address_leads_to_the_page_as_it_is_called_now(project, folder):
    article = Article.objects.get(slug="planted")
    article.slug = "planted-again"
    article.save()
    event = project.events.get()
    event.description_en = '<p><a href="/en/news/planted/">Planted</a></p>'
    event.save()
    made = copy_of(OneProject.of(project), folder)
    page = BeautifulSoup((made.payload / "en/events/harvest/index.html").read_text(), "html.parser")
    link = page.find("a", string="Planted")
    assert link is None or "href" not in link.attrs or (made.payload / "en/events/harvest" / link["href"]).is_file()


def test_a_failing_page_is_told_and_its_links_lead_nowhere(project, folder, monkeypatch):
    ask = Visitor.ask

    def fail_on_harvest(visitor, address):
        return Answer(500, "text/html", b"") if "/harvest/" in address else ask(visitor, address)

    monkeypatch.setattr(Visitor, "ask", fail_on_harvest)
    made = copy_of(OneProject.of(project), folder)
    assert made.missing["/en/events/harvest/"] == 500
    assert dead_links(made.folder) == set()


@pytest.mark.parametrize("address", ["/media/../secret", "/static/../../etc/passwd", "/en/a\\b"])
def test_an_address_that_would_leave_the_folder_is_none_of_the_copy(address):
    assert not Place.of(address).is_safe


def test_the_command_writes_a_folder_and_remembers_it(project, folder):
    call_command("archive_project", "orchard", output=folder)
    [copied] = folder.iterdir()
    copy = Copy.objects.get()
    assert (copy.progress, copy.project, copy.place) == ("done", project, str(copied.resolve()))
    assert copy.pages == 20
    call_command("archive_project", check=copied)
    (copied / "index.html").write_text("")
    with pytest.raises(CommandError, match=r"index\.html"):
        call_command("archive_project", check=copied)


def test_the_command_overwrites_nothing_and_says_what_is_wrong(project, folder):
    with pytest.raises(CommandError, match="nowhere"):
        call_command("archive_project", "nowhere", output=folder)
    with pytest.raises(CommandError, match="--whole"):
        call_command("archive_project", output=folder)
    call_command("archive_project", "orchard", output=folder)
    with pytest.raises(CommandError, match="orchard"):
        call_command("archive_project", "orchard", output=folder)
    with pytest.raises(CommandError):
        call_command("archive_project", check=folder)
