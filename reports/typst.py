"""PDFs from Typst templates: accessible ones, as PDF/UA-1 (ISO 14289-1) has it; the same bytes from the same data."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from unicodedata import category, normalize

from django.utils.translation import gettext as _
from PIL import ImageFont
from typst import Fonts, TypstError, compile

from reports.cells import REFUSED
from reports.document import as_text

FONT_FOLDER = Path(__file__).parent / "fonts"
FACES = ["Inter-Regular.ttf", "Ubuntu-Regular.ttf"]  # the bold ones have the same characters
UNKNOWN_CHARACTER = "□"
KEPT_CHARACTERS = "\n\t\u00ad\u200b"  # where lines end, or may end
NO_CHARACTER = "\U0010ffff"  # of which every font shows its sign for what it lacks


class PdfFailed(Exception):
    """A PDF can't be made; says why in a sentence."""


def compile_pdf(
    template: Path,
    data: dict,
    *,
    title: str,
    language: str,
    made_at: datetime,
    files: Mapping[str, bytes] | None = None,
    to_be_kept: bool = False,
) -> bytes:
    """
    The PDF that a template makes of data, which may hold whatever JSON can, besides dates, decimals and lazy texts.

    The template finds them by `json(bytes(sys.inputs.data))`, with `title` and `language` (such as `sl`) beside them,
    and must give both to `#set document(title: …)` and `#set text(lang: …)`. It may import the templates in its folder,
    and show the pictures in `files` by their names. Text in data stays text, whatever it looks like. Of the fonts,
    only those in `reports/fonts/` are there: Inter, and Ubuntu for what stands beside the emblem.

    `made_at` is the moment in the PDF, with its time zone. What is `to_be_kept` for years is PDF/A-2a too (ISO
    19005-2), which takes fewer kinds of pictures. Raises PdfFailed, for example where a picture has no alternative
    text.
    """
    told = data | {"title": title, "language": language.split("-")[0]}
    with TemporaryDirectory() as folder:
        lay_out(Path(folder), template, files or {})
        try:
            return compile(
                Path(folder) / template.name,
                root=folder,
                sys_inputs={"data": as_json(told)},
                font_paths=fonts(),
                pdf_standards=["ua-1", "a-2a"] if to_be_kept else ["ua-1"],
                timestamp=int(made_at.timestamp()),
            )
        except TypstError as error:
            reason = _("The PDF can’t be made from %(template)s: %(reason)s")
            raise PdfFailed(reason % {"template": template.name, "reason": error.message}) from error


def lay_out(folder: Path, template: Path, files: Mapping[str, bytes]):
    """Put all that a template may read into one folder, beyond which it can't look."""
    beside = {path.name: path.read_bytes() for path in template.parent.glob("*.typ")}
    for name, content in (beside | dict(files)).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


@cache
def fonts() -> Fonts:
    return Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONT_FOLDER])


def as_json(data: dict) -> str:
    text = json.dumps(data, default=as_text, ensure_ascii=False)
    return json.dumps(printable(json.loads(text)), ensure_ascii=False)


def printable(value):
    """The value with texts of which every character can be shown: PDF/UA allows no other."""
    if isinstance(value, str):
        return "".join(map(printable_character, normalize("NFC", REFUSED.sub("", value))))
    if isinstance(value, list):
        return [printable(part) for part in value]
    if isinstance(value, dict):
        return {name: printable(part) for name, part in value.items()}
    return value


@cache
def printable_character(character: str) -> str:
    """The character if a font has it; what can't be seen anyway is left out, a space is one, all else is a box."""
    kind = category(character)[0]
    if character in KEPT_CHARACTERS or (kind != "C" and any(has_glyph(face, character) for face in faces())):
        return character
    return {"C": "", "M": "", "Z": " "}.get(kind, UNKNOWN_CHARACTER)


def has_glyph(face, character: str) -> bool:
    return bytes(face.getmask(character)) != bytes(face.getmask(NO_CHARACTER))


@cache
def faces() -> list:
    return [ImageFont.truetype(FONT_FOLDER / name, 24, layout_engine=ImageFont.Layout.BASIC) for name in FACES]
