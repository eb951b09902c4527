"""Static files as visitors get them: hashed, compressed ahead, and the style sheets of the public pages as one."""

import re
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

SHEET = "css/site.css"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
IMPORT = re.compile(r'@import "([^"]+)"( [^;]+)?;')


def in_one(sheet: Path) -> str:
    """A style sheet with the sheets beside it that it imports where it does so, and without comments."""

    def imported(found):
        name, medium = found.groups()
        style = (sheet.parent / name).read_text(encoding="utf-8")
        return f"@media{medium} {{\n{style}}}" if medium else style

    return COMMENT.sub("", IMPORT.sub(imported, sheet.read_text(encoding="utf-8")))


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Browsers follow the imports of `site.css` while developing; a visitor would wait for each of them."""

    def post_process(self, paths, dry_run=False, **options):
        if SHEET in paths:
            storage, path = paths[SHEET]
            joined = InMemoryStorage()
            joined.save(SHEET, ContentFile(in_one(Path(storage.path(path))).encode()))
            paths = paths | {SHEET: (joined, SHEET)}
        yield from super().post_process(paths, dry_run=dry_run, **options)
