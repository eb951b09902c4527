"""The visibility pack: right for period and language, made from facts, for who may see the project."""

from io import BytesIO
from zipfile import ZipFile

import pikepdf
import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.core.files.base import ContentFile
from PIL import Image

from editorial.models import Picture
from editorial.states import State
from interreg_portal.languages import OFFICIAL_LANGUAGES
from projects.models import ProgrammingPeriod
from tests import factories as make
from tests.accounts.people import logged_in, make_person
from tests.visibility.made import STATEMENTS, make_large_project, words_of
from visibility.pack import FILES, pack_of
from visibility.poster import poster_of, screen_of

pytestmark = pytest.mark.django_db
LOGO, EMBLEM_BLUE, STAR_YELLOW = (255, 0, 255), (0, 51, 153), (255, 204, 0)


@pytest.fixture(autouse=True)
def laid_out_anew(settings):
    cache.clear()
    settings.LANGUAGES = [(code, OFFICIAL_LANGUAGES[code]) for code in ("en", "sl", "lv", "bg", "de", "el")]


def get(office, project, name, language="en", status=200):
    answer = office.get(f"/admin/visibility/projects/{project.pk}/{language}/{name}")
    assert answer.status_code == status
    return answer


def with_logo(project, width, height):
    file = BytesIO()
    Image.new("RGB", (width, height), LOGO).save(file, "PNG")
    picture = Picture.objects.create(file=ContentFile(file.getvalue(), name="logo.png"), alt_en="A logo")
    type(project.programme).objects.filter(pk=project.programme_id).update(logo=picture)
    return type(project).objects.for_page().for_overview().get(pk=project.pk)


def extent(image, colour) -> tuple[int, int]:
    """How wide and high the rectangle is that holds all pixels near a colour."""
    bands = [
        band.point(lambda value, wanted=wanted: 255 if abs(value - wanted) < 4 else 0)
        for band, wanted in zip(image.split(), colour, strict=True)
    ]
    merged = Image.merge("RGB", bands).convert("L").point(lambda value: 255 if value == 255 else 0)
    left, top, right, bottom = merged.getbbox()
    return right - left, bottom - top


def test_the_poster_is_one_tagged_page_of_a3_in_each_language(office):
    project = make_large_project()
    for language in ("en", "bg", "el", "de"):
        with pikepdf.open(BytesIO(get(office, project, "poster-a3.pdf", language).content)) as pdf:
            assert len(pdf.pages) == 1, language
            assert [round(float(side) / 72 * 25.4) for side in pdf.pages[0].MediaBox[2:]] == [297, 420]
            assert str(pdf.Root.Lang).split("-")[0] == language
            with pdf.open_metadata() as metadata:
                assert metadata["pdfuaid:part"] == "1"


def test_the_poster_says_who_pays_what_it_is_and_who_leads(office):
    project = make_large_project()
    words = words_of(get(office, project, "poster-a3.pdf", "bg").content)
    for expected in (STATEMENTS["bg"], "EXAMPLE RIVER", "1 486 250 EUR", "1 189 000 EUR", "Danube Region", "2021-2027"):
        assert expected in words
    assert project.lead.partner.name in words


def test_a_poster_of_2014_2020_names_the_union_and_the_fund(office):
    project = make.make_project(programme=make.make_programme("2014-2020"))
    words = words_of(get(office, project, "poster-a3.pdf").content)
    assert "Statement of 2014-2020" in words
    assert "European Regional Development Fund" in words


@pytest.mark.parametrize("sheet_of", [poster_of, screen_of])
@pytest.mark.parametrize("shape", [(1600, 400), (500, 500), (200, 900)])
def test_no_logo_stands_higher_than_the_emblem_which_keeps_its_colours_and_form(rf, sheet_of, shape):
    project = with_logo(make.make_project(), *shape)
    image = Image.open(BytesIO(sheet_of(project, rf.get("/")).make_png())).convert("RGB")
    width, height = image.size
    # The band in which both stand: at the poster's top, at the screen's foot.
    band = (0, 0, width, round(height * 0.15)) if sheet_of is poster_of else (0, height - 228, width, height)
    band = image.crop(band)
    left = band.crop((0, 0, round(width * (0.28 if sheet_of is poster_of else 0.17)), band.height))
    emblem = extent(left, EMBLEM_BLUE)
    assert emblem[0] / emblem[1] == pytest.approx(1.5, abs=0.03)
    assert extent(left, STAR_YELLOW)[1] < emblem[1]
    assert extent(band, LOGO)[1] <= emblem[1]


def test_the_screen_has_the_pixels_of_a_display(office):
    answer = get(office, make_large_project(), "screen.png", "el")
    assert Image.open(BytesIO(answer.content)).size == (1920, 1080)


def test_the_signature_shows_the_emblem_by_an_address_that_lasts(office):
    project = make_large_project()
    signature = BeautifulSoup(get(office, project, "signature.html", "el").content, "html.parser")
    assert signature.table["lang"] == "el"
    assert signature.img["src"] == "http://testserver/static/images/eu-emblem.png"
    assert signature.img["alt"]
    assert STATEMENTS["el"] in signature.get_text()
    assert signature.a["href"] == "http://testserver/el/projects/river/"
    words = get(office, project, "signature.txt", "el").content.decode()
    assert STATEMENTS["el"] in words
    assert "http://testserver/el/projects/river/" in words


def test_what_is_typed_into_a_title_is_no_markup_in_the_signature(office):
    project = make.make_project(title_en="<script>alert(1)</script>")
    assert b"<script>" not in get(office, project, "signature.html").content


def test_the_paragraph_for_the_press_has_the_facts_in_the_notation_of_its_language(office):
    words = get(office, make_large_project(), "press.txt", "sl").content.decode().replace("\xa0", " ")
    for expected in ("EXAMPLE RIVER", "1.486.250 EUR", "1. januar 2023", "http://testserver/sl/projects/river/"):
        assert expected in words


def test_the_pack_holds_every_file_and_the_emblem_and_is_the_same_each_time(rf):
    make_large_project()
    project = make.Project.objects.for_page().for_overview().get()
    first, again = pack_of(project, rf.get("/")), pack_of(project, rf.get("/"))
    assert first == again
    with ZipFile(BytesIO(first)) as pack:
        names = set(pack.namelist())
        assert pack.testzip() is None
    assert names == {f"river-en-{file.name}" for file in FILES} | {"eu-emblem.svg", "eu-emblem.png"}


def test_the_page_offers_each_file_in_each_language_and_says_what_is_not_translated(office):
    project = make.make_project()
    page = BeautifulSoup(office.get(f"/admin/visibility/projects/{project.pk}/?language=bg").content, "html.parser")
    addresses = [link["href"] for link in page.select(".records a, a.more") if "/bg/" in link["href"]]
    assert len(addresses) == len(FILES) + 1
    assert all(office.get(address).status_code == 200 for address in addresses)
    assert "title: English" in page.select_one(".visibility__warning").text
    assert page.select_one('.choices [aria-current="true"]')["lang"] == "bg"


def test_the_project_leads_to_its_pack(office):
    project = make.make_project()
    page = office.get(f"/admin/projects/project/{project.pk}/change/").content.decode()
    assert f"/admin/visibility/projects/{project.pk}/" in page


def test_what_is_not_there_is_not_found(office, client):
    project = make.make_project()
    for place in (f"{project.pk}/en/else.pdf", f"{project.pk}/fr/press.txt", "999/en/press.txt", "999/"):
        assert office.get(f"/admin/visibility/projects/{place}").status_code == 404


def test_a_picture_that_cannot_be_read_is_told_and_not_skipped(office):
    project = with_logo(make.make_project(), 40, 30)
    logo = project.programme.logo
    for name in logo.file_names:
        logo.file.storage.delete(name)
    answer = office.get(f"/admin/visibility/projects/{project.pk}/en/poster-a3.pdf", follow=True)
    assert "The file can’t be made" in answer.content.decode()


def test_a_partner_editor_gets_the_packs_of_their_own_projects_alone(client):
    own, other = make.make_project(state=State.DRAFT), make.make_project()
    participation = make.make_participation(own, "lead")
    browser = logged_in(make_person("partner_editor", partner=participation.partner))
    assert browser.get(f"/admin/visibility/projects/{own.pk}/").status_code == 200
    assert get(browser, own, "press.txt").content
    assert browser.get(f"/admin/visibility/projects/{other.pk}/").status_code == 404
    get(browser, other, "poster-a3.pdf", status=404)


def test_visitors_are_sent_to_the_login(client):
    project = make.make_project()
    for place in (f"projects/{project.pk}/", f"projects/{project.pk}/en/all.zip", "late/"):
        assert client.get(f"/admin/visibility/{place}")["Location"].startswith("/admin/login/")


def test_periods_of_which_the_portal_knows_no_rule_have_a_pack_and_no_duties(office):
    ProgrammingPeriod.objects.create(code="2028-2034", funding_statement_en="Funded by the European Union")
    project = make.make_project(programme=make.make_programme("2028-2034"))
    assert "knows no duties" in office.get(f"/admin/visibility/projects/{project.pk}/").content.decode()
    assert "Funded by the European Union" in words_of(get(office, project, "poster-a3.pdf").content)
