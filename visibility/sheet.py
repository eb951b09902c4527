"""A sheet of paper or a screen that shows a project: what is on it, the template that lays it out, and its file."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import segno
from django.conf import settings
from django.core.cache import cache
from typst import compile

from reports.document import as_text
from reports.typst import as_json, compile_pdf, fonts, lay_out

TEMPLATES = Path(__file__).parent
EMBLEM = "eu-emblem.svg"
KEPT = 24 * 3600  # seconds


def emblem(name: str = EMBLEM) -> bytes:
    """The emblem by its official geometry, as the portal's pages show it."""
    return (settings.BASE_DIR / "static" / "images" / name).read_bytes()


def qr_code(address: str) -> bytes:
    """An SVG of the address, which a telephone still reads where a sixth of it is dirty."""
    file = BytesIO()
    segno.make(address, error="m", micro=False).save(file, kind="svg", border=1, scale=8)
    return file.getvalue()


@dataclass(frozen=True)
class Sheet:
    """`template` is the name of one beside this module; `files` are pictures by the names that it knows them by."""

    template: str
    title: str
    language: str
    made_at: datetime
    address: str
    data: dict
    files: dict[str, bytes] = field(default_factory=dict)

    @property
    def path(self) -> Path:
        return TEMPLATES / f"{self.template}.typ"

    @property
    def all_files(self) -> dict[str, bytes]:
        return {EMBLEM: emblem(), "qr.svg": qr_code(self.address)} | self.files

    @cached_property
    def digest(self) -> str:
        """SHA-256 of everything that the file is made of: the same facts give the same file."""
        said = [self.template, self.title, self.language, self.address, self.data]
        told = json.dumps(said, default=as_text, sort_keys=True).encode()
        templates = [path.read_bytes() for path in sorted(TEMPLATES.glob("*.typ"))]
        parts = [told, emblem(), *templates, *(self.files[name] for name in sorted(self.files))]
        return sha256(b"".join(sha256(part).digest() for part in parts)).hexdigest()

    def pdf(self) -> bytes:
        """A tagged PDF/UA-1. Raises PdfFailed."""
        return self.kept("pdf", self.make_pdf)

    def png(self) -> bytes:
        """One pixel for each point of the template's page."""
        return self.kept("png", self.make_png)

    def kept(self, kind: str, make) -> bytes:
        """The file from the cache; made where it isn't there."""
        return cache.get_or_set(f"sheet:{kind}:{self.digest}", make, KEPT)

    def make_pdf(self) -> bytes:
        return compile_pdf(
            self.path,
            self.data,
            title=self.title,
            language=self.language,
            made_at=self.made_at,
            files=self.all_files,
        )

    def make_png(self) -> bytes:
        data = as_json(self.data | {"title": self.title, "language": self.language})
        with TemporaryDirectory() as folder:
            lay_out(Path(folder), self.path, self.all_files)
            page = Path(folder) / self.path.name
            return compile(page, root=folder, sys_inputs={"data": data}, font_paths=fonts(), format="png", ppi=72)
