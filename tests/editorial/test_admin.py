from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from PIL import Image

from editorial.list_filters import RecordFilter
from editorial.models import Picture
from news.models import Article
from projects.models import Project
from tests.factories import make_article, make_participation, make_phase, make_programme, make_project
from tests.forms import change, filled_in, mistakes, send, with_row

LIST, ADD = "/admin/news/article/", "/admin/news/article/add/"
ADD_PICTURE = "/admin/editorial/picture/add/"


def page(office, address, **query):
    return BeautifulSoup(office.get(address, query).content, "html.parser")


def names_in(office, address, **query):
    return [link.get_text(strip=True) for link in page(office, address, **query).select("#result_list tbody th")]


def test_a_form_holds_the_languages_in_use_and_names_each_in_its_own_words(office):
    form = page(office, ADD)
    fields = form.select("input[name^=title_]")
    assert [(field["name"], field["lang"], field["data-language"]) for field in fields] == [
        (f"title_{language}", language, language) for language in ("en", "sl", "lv", "bg")
    ]
    labels = [label.get_text(strip=True) for label in form.select("label[for^=id_title_]")]
    assert labels == ["Title (English):", "Title (slovenščina):", "Title (latviešu):", "Title (български):"]


def test_rich_text_keeps_its_editor(office):
    assert page(office, ADD).select_one("textarea[name=body_sl][data-django-prose-editor-article]")


def test_only_the_portals_first_language_is_required(office):
    answer = send(office, ADD, {"slug": "news", "title_sl": "Novica"})
    sentence = "Write this in English at least: it is shown where another language is missing."
    assert mistakes(answer) == {"title_en": sentence}
    assert send(office, ADD, {"slug": "news", "title_en": "News"}).status_code == 302


def test_another_first_language_is_the_required_one(office, settings):
    settings.LANGUAGE_CODE = "sl"
    answer = send(office, ADD, {"slug": "news", "title_en": "News"})
    assert list(mistakes(answer)) == ["title_sl"]


def test_text_in_a_language_that_is_not_in_use_survives_a_save(office):
    project = make_project(title_de="Titel", title_sl="Naslov")
    make_phase(project, name_de="Erste Phase")
    make_participation(project, "lead", unit_de="Abteilung")
    data = filled_in(office, change(project)) | {"acronym": "NEW", "title_sl": "", "phases-0-name_en": "First"}
    assert office.post(change(project), data).status_code == 302
    saved = Project.objects.get()
    assert (saved.acronym, saved.title_de, saved.title_sl) == ("NEW", "Titel", None)
    assert (saved.phases.get().name_en, saved.phases.get().name_de) == ("First", "Erste Phase")
    assert saved.participations.get().unit_de == "Abteilung"


@pytest.mark.parametrize("interface", ["en", "sl", "bg"])
def test_a_text_is_emptied_in_whatever_language_the_editor_works(office, editor, interface):
    editor.interface_language = interface
    editor.save()
    article = make_article(title_sl="Novica", lead_sl="Uvod", lead_bg="Увод")
    assert send(office, change(article), {"lead_sl": "", "title_sl": ""}).status_code == 302
    saved = Article.objects.get()
    assert not any([saved.title_sl, saved.lead_sl])
    assert (saved.title_en, saved.lead_bg) == (article.title_en, "Увод")


def test_a_search_finds_words_of_any_language(office):
    make_article(title_en="Innovation", title_sl="Inovacije v industriji")
    make_article(title_en="Other", body_bg="<p>Иновации</p>")
    assert names_in(office, LIST, q="industriji") == ["Innovation"]
    assert names_in(office, LIST, q="Иновации") == ["Other"]


def test_a_search_finds_a_related_records_words_of_any_language(office):
    make_phase(make_project(title_lv="Rūpniecība"), name_en="First phase")
    assert len(names_in(office, "/admin/projects/phase/", q="Rūpniecība")) == 1


def test_a_relation_is_chosen_by_words_of_any_language(office):
    programme = make_programme(name_sl="Interreg Evropa")
    asked = {"app_label": "projects", "model_name": "project", "field_name": "programme", "term": "evropa"}
    choices = office.get("/admin/autocomplete/", asked).json()["results"]
    assert [choice["id"] for choice in choices] == [str(programme.pk)]


def test_a_text_is_sorted_as_the_editor_reads_it(office, editor):
    editor.interface_language = "sl"
    editor.save()
    make_article(title_en="Zebra", title_sl="Ananas")
    make_article(title_en="Banana")
    make_article(title_en="Apple", title_sl="Češnja")
    assert names_in(office, LIST, o="1") == ["Ananas", "Banana", "Češnja"]
    assert names_in(office, LIST, o="-1") == ["Češnja", "Banana", "Ananas"]


def test_a_slug_is_made_from_the_first_languages_title(office):
    script = page(office, ADD).select_one("#django-admin-prepopulated-fields-constants")
    assert "#id_title_en" in script["data-prepopulated-fields"]


def test_a_missing_address_is_asked_for(office):
    answer = send(office, ADD, {"title_en": "News", "slug": ""})
    assert mistakes(answer) == {
        "slug": "The page needs an address. Take a few words of the title, as “final-event-in-postojna”."
    }


@pytest.mark.parametrize("row", [{"TOTAL_FORMS": "x"}, {"TOTAL_FORMS": "99999999"}, {"0-id": "x"}, {"0-id": "9" * 40}])
def test_a_form_that_was_tampered_with_saves_nothing(office, row):
    project = make_project()
    make_phase(project)
    data = filled_in(office, change(project)) | {f"phases-{name}": value for name, value in row.items()}
    answer = office.post(change(project), data | {"acronym": "OTHER"})
    assert answer.status_code == 200
    assert Project.objects.get().acronym == project.acronym


def test_a_row_added_to_an_inline_is_written_in_each_language(office):
    project = make_project()
    rows = with_row(filled_in(office, change(project)), "phases", number="1", name_en="First", name_bg="Първа",
                    start="2024-01-01", end="2024-02-01")  # fmt: skip
    assert office.post(change(project), rows).status_code == 302
    assert project.phases.get().name_bg == "Първа"


def test_view_on_site_leads_to_the_page_in_the_editors_language(office, editor):
    editor.interface_language = "sl"
    editor.save()
    article = make_article()
    link = page(office, change(article)).select_one("a.viewsitelink")["href"]
    with translation.override("sl"):
        assert office.get(link)["Location"].endswith(article.get_absolute_url())


def photo(format="JPEG", name="photo.jpg", size=(60, 40)):
    """A photo that says where it was taken and with what."""
    content, exif = BytesIO(), Image.Exif()
    exif[0x010F] = "CameraMaker"
    exif.get_ifd(0x8825)[2] = (46.0, 0.0, 0.0)
    Image.new("RGB", size, "#003399").save(content, format, exif=exif)
    return SimpleUploadedFile(name, content.getvalue())


def add_picture(office, file, **fields):
    return office.post(ADD_PICTURE, {"file": file, "alt_en": "A blue rectangle"} | fields)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_picture_is_kept_without_camera_and_position(office, format):
    assert add_picture(office, photo(format, f"photo.{format.lower()}")).status_code == 302
    picture = Picture.objects.get()
    assert (picture.width, picture.height) == (60, 40)
    with Image.open(picture.file) as image:
        assert (image.format, dict(image.getexif())) == (format, {})
    with picture.file.open() as file:
        assert b"CameraMaker" not in file.read()


def test_a_telephones_double_picture_is_kept_as_one(office):
    content, shot = BytesIO(), Image.new("RGB", (60, 40))
    shot.save(content, "MPO", save_all=True, append_images=[shot])
    assert add_picture(office, SimpleUploadedFile("photo.jpg", content.getvalue())).status_code == 302
    with Image.open(Picture.objects.get().file) as image:
        assert image.format == "JPEG"


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (SimpleUploadedFile("photo.png", b"only words"), "This file is no picture"),
        (SimpleUploadedFile("photo.png", b""), "empty"),
        (SimpleUploadedFile("photo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "This file is no picture"),
        (SimpleUploadedFile("photo.jpg", photo().read()[:200]), "This file is no picture"),
        (photo("TIFF", "photo.jpg"), "This file is no picture"),
        ("", "required"),
    ],
    ids=["text", "empty", "svg", "cut off", "tiff", "none"],
)
def test_a_file_that_is_no_picture_is_refused(office, file, sentence):
    assert sentence in mistakes(add_picture(office, file))["file"]
    assert not Picture.objects.exists()


def test_a_picture_with_too_many_pixels_is_refused(office, settings):
    settings.PICTURE_PIXELS = 1000
    assert "million pixels" in mistakes(add_picture(office, photo()))["file"]


def test_a_picture_needs_a_description(office):
    assert "Describe the picture" in mistakes(add_picture(office, photo(), alt_en=""))["alt_en"]
    assert add_picture(office, photo(), alt_en="", is_decorative="on").status_code == 302


def test_a_picture_is_described_anew_without_being_sent_again(office):
    add_picture(office, photo())
    picture = Picture.objects.get()
    assert send(office, change(picture), {"alt_en": "A dark blue rectangle"}).status_code == 302
    assert Picture.objects.get().alt_en == "A dark blue rectangle"
    assert Picture.objects.get().file == picture.file
    assert page(office, change(picture)).select_one("img.preview")["src"] == picture.fallback_url


@pytest.fixture
def phases_of_many(monkeypatch):
    """Phases of more projects than a filter lists."""
    monkeypatch.setattr(RecordFilter, "OFFERED", 2)
    return [make_phase(make_project(acronym=name), name_en=f"Phase of {name}") for name in ("ALPHA", "BETA", "GAMMA")]


def test_a_filter_by_one_of_many_projects_is_a_search_for_it(office, phases_of_many):
    options = page(office, "/admin/projects/phase/").select_one(".filter-search")
    assert [link.text for link in options.select("li a")] == ["All"]
    assert options.select_one("select.admin-autocomplete")["name"] == "project__id__exact"
    assert options.select_one("label")["for"] == options.select_one("select")["id"]


def test_a_project_searched_for_narrows_the_list_and_stays_chosen(office, phases_of_many):
    project = phases_of_many[1].project
    shown = page(office, "/admin/projects/phase/", project__id__exact=project.pk)
    assert "1 phase" in shown.select_one(".paginator").text
    assert shown.select_one(".filter-search li.selected a").text == "BETA"
    assert shown.select_one(".filter-search option[selected]").text == "BETA"


def test_a_search_for_a_project_leaves_the_other_filters_as_they_are(office, phases_of_many):
    asked = {"q": "Phase", "project__id__exact": phases_of_many[0].project_id, "o": "2", "p": "1"}
    kept = page(office, "/admin/projects/phase/", **asked).select(".filter-search input[type=hidden]")
    assert {(field["name"], field["value"]) for field in kept} == {("q", "Phase"), ("o", "2")}


@pytest.mark.parametrize("number", ["x", "9" * 40, "-1", "\u0662"])
def test_what_is_no_project_narrows_a_list_to_nothing_or_is_passed_over(office, phases_of_many, number):
    answer = office.get("/admin/projects/phase/", {"project__id__exact": number}, follow=True)
    assert answer.status_code == 200
    assert not BeautifulSoup(answer.content, "html.parser").select(".filter-search li.selected + li.selected")


def test_a_search_over_several_pages_shows_each_record_once_in_the_order_of_the_list(office, monkeypatch):
    monkeypatch.setattr(admin.site.get_model_admin(Article), "list_per_page", 2)
    for name in ("Sava", "Drava", "Mura", "Krka", "Soča"):
        make_article(title_en=f"Along the {name}")
    make_article(title_en="Elsewhere")
    pages = [names_in(office, LIST, q="along", o="1", p=number) for number in (1, 2, 3)]
    assert [len(names) for names in pages] == [2, 2, 1]
    assert [name for names in pages for name in names] == [
        f"Along the {name}" for name in ("Drava", "Krka", "Mura", "Sava", "Soča")
    ]
