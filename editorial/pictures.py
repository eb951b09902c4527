"""What a picture may be, and how it is kept: by what its file holds, never by what the file is called."""

import struct
from io import BytesIO
from secrets import token_hex

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.template.defaultfilters import filesizeformat
from django.utils.text import slugify
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

FORMATS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "AVIF": "avif", "GIF": "gif"}
CONTENT_TYPES = {"jpg": "image/jpeg", "jpeg": "image/jpeg"} | {
    name: f"image/{name}" for name in ("png", "webp", "avif", "gif")
}
LONGEST_SIDE = 16_000  # pixels; WebP can't hold more than 16,383
BROKEN = (UnidentifiedImageError, OSError, SyntaxError, ValueError, RuntimeError)  # what damaged files raise
PALETTE = ("P", "PA", "1")


def picture_address(picture, filename) -> str:
    """Where a picture is kept: under a name that its editor finds again, and nobody else can guess or overwrite."""
    stem, _dot, extension = filename.rpartition(".")
    return f"pictures/{slugify(stem)[:40] or 'picture'}-{token_hex(8)}.{extension.lower()}"


def content_type(name: str) -> str:
    """What a stored picture is sent as: “image/avif”. The machine's own list of types may not know it."""
    return CONTENT_TYPES.get(name.rpartition(".")[2], "application/octet-stream")


def check_picture(file):
    """Raise ValidationError unless the file's content, whatever its name, is a picture within the portal's limits."""
    if file.size > settings.PICTURE_BYTES:
        limit = filesizeformat(settings.PICTURE_BYTES)
        raise ValidationError(
            _("The picture has more than %(limit)s. Save it smaller and try again.") % {"limit": limit}
        )
    try:
        with Image.open(file, formats=list(FORMATS)) as image:
            check_size(image)
            image.load()
    except Image.DecompressionBombError as error:
        raise too_many_pixels() from error
    except BROKEN as error:
        raise ValidationError(
            _("This file is no picture, or a damaged one. Choose a JPEG, PNG, WebP, AVIF or GIF.")
        ) from error
    finally:
        file.seek(0)


def check_size(image):
    """Raise ValidationError where a picture, opened but not unpacked yet, has too many pixels in all or on a side."""
    if image.width * image.height > settings.PICTURE_PIXELS:
        raise too_many_pixels()
    if max(image.size) > LONGEST_SIDE:
        message = _("The picture is %(width)d × %(height)d pixels; a side may have %(limit)d. Cut it to what matters.")
        raise ValidationError(message % {"width": image.width, "height": image.height, "limit": LONGEST_SIDE})


def too_many_pixels() -> ValidationError:
    message = _("The picture has more than %(millions)d million pixels. Save it smaller and try again.")
    return ValidationError(message % {"millions": settings.PICTURE_PIXELS // 1_000_000})


def plain_copy(file) -> ContentFile:
    """
    The picture drawn anew, upright and in the web's colours (sRGB): without position, camera data or anything else that
    lay in the file. Of an animation its first picture is kept: what moves by itself must have a button that stops it.
    """
    with Image.open(file, formats=list(FORMATS)) as image:
        # What a telephone writes as a JPEG with a second picture in it calls itself MPO.
        format, copy = image.format if image.format in FORMATS else "JPEG", BytesIO()
        drawn = in_web_colours(upright(image))
        drawn.info = {key: drawn.info[key] for key in ("transparency",) if key in drawn.info}
        drawn.save(copy, format, quality=90)
    return ContentFile(copy.getvalue(), name=f"{file.name.rpartition('.')[0]}.{FORMATS[format]}")


def upright(image):
    """The picture turned as the camera was held; as it lies in the file where what the camera wrote is damaged."""
    try:
        return ImageOps.exif_transpose(image)
    except (*BROKEN, struct.error, KeyError, TypeError):
        return image.copy()


def in_web_colours(image):
    """The picture in sRGB at 8 bits a colour, whatever it was mixed in: CMYK, a camera's own colours, 16 bits."""
    if image.mode.startswith("I"):
        return image.point(lambda value: value * (1 / 256)).convert("L")
    profile, mode = image.info.get("icc_profile"), "RGBA" if image.has_transparency_data else "RGB"
    if profile and image.mode not in PALETTE:
        try:
            source, target = ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
            plain = image if image.mode in ("RGB", "RGBA", "CMYK", "L") else image.convert(mode)
            return ImageCms.profileToProfile(plain, source, target, outputMode=mode)
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a broken profile, or one of other colours than the picture's: as if there were none
    return image if image.mode in ("RGB", "RGBA", "L", "LA", *PALETTE) else image.convert(mode)
