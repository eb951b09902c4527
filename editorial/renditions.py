"""The sizes in which a picture is sent to visitors, made once when it is uploaded, so that none waits for it."""

from io import BytesIO

from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image

from editorial.pictures import FORMATS

WIDTHS = [400, 800, 1200, 2000]  # pixels
OPTIONS = {
    "AVIF": {"quality": 60, "speed": 8},
    "WEBP": {"quality": 78, "method": 3},
    "JPEG": {"quality": 80, "progressive": True},
    "PNG": {"optimize": False},
}


def make_renditions(file) -> list[dict]:
    """
    Store a picture in several widths and formats beside its file, none wider than itself, the widest first.

    Each is told by `name` in the storage, `format` (AVIF, WEBP, and JPEG or PNG for old browsers), `width` and `height`
    in pixels and `bytes`.
    """
    with file.storage.open(file.name) as source, Image.open(source, formats=list(FORMATS)) as image:
        shown = image.convert("RGBA" if image.has_transparency_data else "RGB")
    shown.info = {}
    made = []
    for width in widths(shown.width):
        shown = shown.resize((width, max(1, round(shown.height * width / shown.width))), reducing_gap=2.0)
        made += [keep(shown, format, file) for format in ("AVIF", "WEBP", "PNG" if shown.mode == "RGBA" else "JPEG")]
    return made


def widths(full: int) -> list[int]:
    return sorted({min(full, width) for width in WIDTHS}, reverse=True)


def keep(image, format, file) -> dict:
    content = BytesIO()
    image.save(content, format, **OPTIONS[format])
    name = f"{file.name.rpartition('.')[0]}-{image.width}.{FORMATS[format]}"
    name = file.storage.save(name, ContentFile(content.getvalue()))
    size = {"width": image.width, "height": image.height, "bytes": content.tell()}
    return {"name": name, "format": format} | size


def source_set(storage, renditions) -> str:
    """The addresses of renditions with their widths, as `srcset` wants them."""
    return ", ".join(f"{storage.url(rendition['name'])} {rendition['width']}w" for rendition in renditions)


def remove_after_commit(storage, names):
    """Remove files once what no longer needs them is sure to stay: not if the transaction fails after all."""
    for name in names:
        transaction.on_commit(lambda name=name: storage.delete(name), robust=True)
