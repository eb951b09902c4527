"""Zip archives, which Office files are too, whose bytes tell nothing but what is in them and the moment they bear."""

from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo


def pack(files: Mapping[str, bytes], moment: datetime) -> bytes:
    archive = BytesIO()
    with ZipFile(archive, "w") as zipped:
        for name, content in files.items():
            info = ZipInfo(name, moment.astimezone(UTC).timetuple()[:6])
            info.compress_type = ZIP_DEFLATED
            info.create_system = 0  # whatever system this is
            zipped.writestr(info, content)
    return archive.getvalue()


def pack_again(archive: bytes, moment: datetime, instead: Mapping[str, bytes] | None = None) -> bytes:
    """The archive with the moment in place of the clock's, and with some of its files exchanged."""
    with ZipFile(BytesIO(archive)) as zipped:
        return pack({name: zipped.read(name) for name in zipped.namelist()} | dict(instead or {}), moment)
