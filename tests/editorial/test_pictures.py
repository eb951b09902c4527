"""A picture is what its content says, whatever its name, and keeps nothing that the picture doesn't show."""

from io import SEEK_END

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from PIL import Image, ImageCms

from editorial.models import Picture
from editorial.pictures import check_picture, plain_copy
from tests.editorial.photos import half_and_half, photo, upload


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_pictures_of_the_web_are_taken(format):
    check_picture(photo(format))


HOSTILE = {
    "text.png": b"I am no picture",
    "page.jpg": b"<html><script>alert(1)</script></html>",
    "drawing.png": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "postscript.jpg": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n",
    "program.gif": b"MZ\x90\x00" + b"\x00" * 100,
    "cut.jpg": photo().read()[:100],
    "empty.png": b"",
    "tiff.jpg": b"II*\x00\x08\x00\x00\x00",
}


def test_a_damaged_avif_is_refused_too():
    content = bytearray(photo("AVIF").read())
    content[-10:] = bytes(10)
    with pytest.raises(ValidationError, match="damaged"):
        check_picture(SimpleUploadedFile("photo.avif", bytes(content)))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_is_no_picture_is_refused_whatever_it_is_called(name):
    with pytest.raises(ValidationError, match="no picture"):
        check_picture(SimpleUploadedFile(name, HOSTILE[name]))


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(settings):
    settings.PICTURE_PIXELS = 2_000_000
    with pytest.raises(ValidationError, match="2 million pixels"):
        check_picture(photo("PNG", size=(1500, 1400)))


def test_a_picture_of_too_many_bytes_is_refused(settings):
    settings.PICTURE_BYTES = 100
    with pytest.raises(ValidationError, match="Save it smaller"):
        check_picture(photo())


def test_the_copy_that_is_kept_is_upright_and_tells_nothing_of_the_camera():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif[0x010F] = "A camera"
    exif.get_ifd(0x8825)[1] = "N"  # position
    original = photo(size=(60, 40), exif=exif)
    original.seek(0, SEEK_END)
    original.write(b"<script>alert(1)</script>")
    copy = plain_copy(original)
    with Image.open(copy) as image:
        assert image.size == (40, 60)
        assert not image.getexif()
    copy.seek(0)
    assert b"script" not in copy.read()


def test_a_picture_is_described_or_marked_as_decoration():
    picture = Picture(file=photo(), width=60, height=40)
    with pytest.raises(ValidationError) as refusal:
        picture.clean()
    assert set(refusal.value.message_dict) == {"alt"}
    picture.is_decorative = True
    picture.clean()


@pytest.mark.django_db
def test_only_pictures_are_served_by_their_address(client, tmp_path):
    picture = Picture.objects.create(file=photo(), alt_en="Blue")
    assert client.get(picture.file.url).status_code == 200
    secret = tmp_path / "media" / "documents"
    secret.mkdir(parents=True)
    (secret / "plan.pdf").write_bytes(b"%PDF")
    for address in (
        "/media/documents/plan.pdf",
        "/media/pictures/..%2Fdocuments%2Fplan.pdf",
        "/media/pictures/none.jpg",
    ):
        assert client.get(address).status_code == 404


def copied(file):
    image = Image.open(plain_copy(file))
    image.load()
    return image


def animation(format):
    frames = [Image.new("RGB", (20, 20), color) for color in ("red", "green", "blue")]
    return upload(frames[0], format, save_all=True, append_images=frames[1:], duration=100)


@pytest.mark.parametrize("format", ["GIF", "WEBP", "AVIF", "PNG"])
def test_of_an_animation_the_first_picture_is_kept(format):
    file = animation(format)
    check_picture(file)
    with copied(file) as image:
        assert getattr(image, "n_frames", 1) == 1
        red, green, blue = image.convert("RGB").getpixel((10, 10))
        assert red > 240 > 20 > max(green, blue)


def test_a_picture_mixed_for_print_is_kept_in_the_colours_of_the_web():
    with copied(photo(mode="CMYK", color=(0, 255, 255, 0))) as image:
        assert image.mode == "RGB"
        red, green, blue = image.getpixel((5, 5))
        assert red > 200 > 60 > max(green, blue)


def test_colours_of_a_profile_are_worked_out_and_the_profile_goes():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    for given in (ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(), profile, b"no profile at all"):
        with copied(photo(icc_profile=given)) as image:
            assert image.getpixel((5, 5))[2] > 100
            assert "icc_profile" not in image.info


def test_a_photo_with_colours_of_its_own_is_turned_upright_all_the_same():
    exif = Image.Exif()
    exif[0x0112] = 6
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    with copied(photo(size=(60, 40), exif=exif, icc_profile=profile)) as image:
        assert image.size == (40, 60)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_what_a_camera_wrote_wrongly_keeps_nobody_from_the_picture(format):
    with copied(photo(format, exif=b"Exif\0\0/M\0*damaged")) as image:
        assert image.size == (60, 40)


def test_sixteen_bits_of_grey_become_eight_and_not_all_white():
    deep = Image.new("I;16", (20, 20), 0x8000)
    with copied(upload(deep, "PNG")) as image:
        assert (image.mode, image.getpixel((5, 5))) == ("L", 128)


@pytest.mark.parametrize("format", ["PNG", "GIF"])
def test_a_palette_keeps_what_is_transparent(format):
    image = Image.new("P", (20, 20), 0)
    image.putpalette([255, 0, 0, 0, 0, 255])
    image.paste(1, (10, 0, 20, 20))
    with copied(upload(image, format, transparency=0)) as kept:
        colours = kept.convert("RGBA")
        assert colours.getpixel((5, 5))[3] == 0
        assert colours.getpixel((15, 5)) == (0, 0, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "RGBA", "P"])
def test_every_way_of_writing_pixels_is_taken(mode):
    with copied(upload(half_and_half(mode=mode), "PNG")) as image:
        assert image.size == (60, 40)


def test_a_progressive_photo_is_taken():
    check_picture(photo(progressive=True))
    assert copied(photo(progressive=True)).size == (60, 40)


def test_a_picture_with_an_endless_side_is_refused_with_its_size():
    with pytest.raises(ValidationError, match="20000 × 10 pixels"):
        check_picture(photo("PNG", size=(20_000, 10)))


@pytest.mark.django_db
def test_it_is_described_in_the_portals_first_language_whatever_other_has_it():
    picture = Picture(file=photo(), width=60, height=40, alt_sl="Moder pravokotnik")
    with pytest.raises(ValidationError, match="Describe the picture"):
        picture.clean()


@pytest.mark.django_db
@pytest.mark.parametrize("percent", [-1, 101])
def test_the_focal_point_lies_within_the_picture(percent):
    picture = Picture(file=photo(), alt_en="Blue", focus_x=percent)
    with pytest.raises(ValidationError) as refusal:
        picture.full_clean()
    assert "focus_x" in refusal.value.message_dict
    with pytest.raises(IntegrityError), transaction.atomic():
        picture.save()


def test_the_focal_point_has_a_class_for_the_style_sheet():
    sheet = (settings.BASE_DIR / "static/css/focus.css").read_text(encoding="utf-8")
    for focus in (0, 4, 5, 37, 50, 96, 100):
        for name in Picture(focus_x=focus, focus_y=100 - focus).focus_classes.split():
            assert f".{name} " in sheet


@pytest.mark.django_db
@pytest.mark.parametrize(("format", "type"), [("AVIF", "image/avif"), ("WEBP", "image/webp"), ("JPEG", "image/jpeg")])
def test_a_picture_is_sent_as_what_it_is_and_kept_by_browsers(client, format, type):
    answer = client.get(Picture.objects.create(file=photo(format), alt_en="Blue").file.url)
    assert answer["Content-Type"] == type
    assert "immutable" in answer["Cache-Control"]
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
