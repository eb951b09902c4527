"""Visitors are sent a picture in the size and format that suits them, made before they come."""

import time
from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import transaction
from django.template.loader import render_to_string
from PIL import Image

from editorial.models import Picture
from editorial.renditions import widths
from tests.editorial.photos import half_and_half, photo, upload
from tests.factories import make_article

pytestmark = pytest.mark.django_db


def make_picture(size=(1000, 500), **fields):
    return Picture.objects.create(file=photo(size=size), **{"alt_en": "Blue"} | fields)


def stored():
    return sorted(default_storage.listdir("pictures")[1]) if default_storage.exists("pictures") else []


def shown(picture, **context):
    html = render_to_string("components/picture.html", {"picture": picture} | context)
    return BeautifulSoup(html, "html.parser")


@pytest.mark.parametrize(
    ("full", "expected"),
    [
        (4000, [2000, 1200, 800, 400]),
        (2000, [2000, 1200, 800, 400]),
        (1000, [1000, 800, 400]),
        (300, [300]),
        (1, [1]),
    ],
)
def test_none_is_wider_than_the_picture_itself(full, expected):
    assert widths(full) == expected


def test_an_upload_makes_every_width_in_three_formats():
    picture = make_picture()
    made = [(each["format"], each["width"], each["height"]) for each in picture.renditions]
    assert made == [
        (format, width, height)
        for width, height in [(1000, 500), (800, 400), (400, 200)]
        for format in ("AVIF", "WEBP", "JPEG")
    ]
    for rendition in Picture.objects.get().renditions:
        with default_storage.open(rendition["name"]) as file, Image.open(file) as image:
            assert (image.format, image.size) == (rendition["format"], (rendition["width"], rendition["height"]))
            assert file.size == rendition["bytes"]
        assert rendition["name"].startswith(picture.file.name.rpartition(".")[0])


def test_what_is_transparent_stays_so_in_every_format():
    image = half_and_half((500, 100), "RGBA")
    image.putpixel((400, 50), (0, 0, 0, 0))
    picture = Picture.objects.create(file=upload(image, "PNG"), alt_en="Half and half")
    assert {each["format"] for each in picture.renditions} == {"AVIF", "WEBP", "PNG"}
    for name in picture.rendition_names:
        with default_storage.open(name) as file, Image.open(file) as rendition:
            assert rendition.has_transparency_data


def test_a_thin_line_of_a_picture_keeps_a_pixel_of_height():
    assert {each["height"] for each in make_picture(size=(3000, 1)).renditions} == {1}


def test_a_photo_of_2400_pixels_is_ready_in_a_few_seconds():
    began = time.process_time()
    make_picture(size=(2400, 1600))
    assert time.process_time() - began < 6  # about 2 seconds on a free machine


def test_a_browser_chooses_among_formats_and_widths():
    picture = make_picture(credit="Photo: RRA")
    page = shown(picture)
    assert [source["type"] for source in page.select("source")] == ["image/avif", "image/webp"]
    for chosen in [*page.select("source"), page.img]:
        assert [part.split()[1] for part in chosen["srcset"].split(", ")] == ["1000w", "800w", "400w"]
        assert chosen["sizes"]
    assert (page.img["width"], page.img["height"], page.img["loading"]) == ("1000", "500", "lazy")
    assert page.img["src"].endswith("-1000.jpg")
    assert page.figcaption.get_text() == "Photo: RRA"


def test_every_address_offered_is_answered(client):
    page = shown(make_picture())
    offered = [part.split()[0] for each in page.select("[srcset]") for part in each["srcset"].split(", ")]
    assert len(offered) == 9
    for address in offered:
        assert client.get(address).status_code == 200


def test_a_picture_without_renditions_is_shown_all_the_same():
    picture = make_picture()
    picture.renditions = []
    page = shown(picture)
    assert page.img["src"] == picture.file.url
    assert not page.select("[srcset]")


def test_decoration_is_passed_over_by_screen_readers_even_if_someone_described_it():
    assert shown(make_picture(is_decorative=True)).img["alt"] == ""


def test_a_cropped_picture_keeps_its_focal_point_in_sight():
    picture = make_picture(focus_x=12, focus_y=88)
    assert {"picture--cropped", "focus-x-10", "focus-y-90"} <= set(shown(picture, cropped=True).figure["class"])
    assert shown(picture).figure["class"] == ["picture"]


def test_a_visit_makes_nothing(client):
    article = make_article(picture=make_picture())
    before = stored()
    page = BeautifulSoup(client.get(article.get_absolute_url()).content, "html.parser")
    assert len(page.select("figure.picture source")) == 2
    assert client.get("/en/news/").status_code == 200
    assert stored() == before


def test_cards_with_pictures_take_no_more_queries(client, django_assert_max_num_queries):
    make_article(picture=make_picture())
    with django_assert_max_num_queries(30) as few:
        client.get("/en/news/")
    for _ in range(4):
        make_article(picture=make_picture())
    with django_assert_max_num_queries(len(few)):
        client.get("/en/news/")


def test_another_file_takes_the_place_of_the_former_and_its_renditions(django_capture_on_commit_callbacks):
    picture = make_picture()
    former = stored()
    picture.file = photo("PNG", size=(300, 200))
    with django_capture_on_commit_callbacks(execute=True):
        picture.save()
        assert set(former) < set(stored())  # nothing goes before the transaction is through
    assert len(stored()) == 4
    assert not set(former) & set(stored())
    assert {each["width"] for each in Picture.objects.get().renditions} == {300}


def test_words_changed_beside_a_file_touch_no_file(django_capture_on_commit_callbacks):
    picture, before = make_picture(), stored()
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        picture.credit = "Photo: someone else"
        picture.save()
    assert (callbacks, stored()) == ([], before)


@pytest.mark.parametrize("of", [Picture.objects.all, Picture.objects.get])
def test_files_go_with_the_picture(django_capture_on_commit_callbacks, of):
    make_picture()
    with django_capture_on_commit_callbacks(execute=True):
        of().delete()
        assert len(stored()) == 10
    assert stored() == []


@pytest.mark.django_db(transaction=True)
def test_files_stay_where_a_deletion_fails_after_all():
    picture, before = make_picture(), stored()
    with transaction.atomic():
        picture.delete()
        transaction.set_rollback(True)
    assert stored() == before


def run(**options):
    said, complaints = StringIO(), StringIO()
    call_command("make_renditions", stdout=said, stderr=complaints, **options)
    return said.getvalue(), complaints.getvalue()


def test_the_command_makes_what_is_missing_alone():
    whole, without, broken = make_picture(), make_picture(), make_picture()
    Picture.objects.filter(pk=without.pk).update(renditions=[])
    default_storage.delete(broken.renditions[0]["name"])
    assert "new renditions: 2;" in run(missing=True)[0]
    assert Picture.objects.get(pk=whole.pk).renditions == whole.renditions
    for picture in Picture.objects.all():
        assert len(picture.renditions) == 9
        assert all(map(default_storage.exists, picture.rendition_names))


def test_the_command_makes_all_anew_and_removes_those_that_were(django_capture_on_commit_callbacks):
    make_picture()
    with django_capture_on_commit_callbacks(execute=True):
        assert "new renditions: 1;" in run()[0]
    assert len(stored()) == 10


def test_the_command_goes_on_after_a_picture_whose_file_is_lost():
    make_picture()
    lost = make_picture()
    default_storage.delete(lost.file.name)
    said, complaints = run()
    assert "new renditions: 1; without, because their files can't be read: 1." in said
    assert lost.file.name in complaints
