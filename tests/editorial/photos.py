"""Pictures to test with, as the files that someone uploads."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def photo(format="JPEG", size=(60, 40), name=None, mode="RGB", color="navy", **options):
    content = BytesIO()
    Image.new(mode, size, color).save(content, format, **options)
    return SimpleUploadedFile(name or f"photo.{format.lower()}", content.getvalue())


def half_and_half(size=(60, 40), mode="RGB"):
    """A picture whose left half is red and whose right half is blue."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (size[0] // 2, 0, size[0], size[1]))
    return image.convert(mode)


def upload(image, format, name="photo", **options):
    content = BytesIO()
    image.save(content, format, **options)
    return SimpleUploadedFile(f"{name}.{format.lower()}", content.getvalue())
