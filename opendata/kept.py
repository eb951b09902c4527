"""Files that were written once and are sent until the data change: who asks a hundred times keeps no worker busy."""

import logging
from collections.abc import Callable
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryFile
from typing import BinaryIO

from django.conf import settings

logger = logging.getLogger(__name__)


def kept_file(name: str, digest: str, write: Callable[[BinaryIO], None]) -> BinaryIO:
    """
    The open file of this name and state of the data, written now unless it is there; former ones go. Where nothing can
    be kept, it is written for this once.
    """
    path = path_of(name, digest)
    try:
        return path.open("rb")
    except OSError:
        pass
    try:
        aside = open_aside(path)
    except OSError:
        logger.warning("No file of open data can be kept in %s.", path.parent, exc_info=True)
        return written(TemporaryFile(), write)
    return keep(aside, path, name, write)


def size_of_kept(name: str, digest: str) -> int | None:
    """Its size in bytes; None as long as nobody has asked for it."""
    try:
        return path_of(name, digest).stat().st_size
    except OSError:
        return None


def path_of(name: str, digest: str) -> Path:
    return settings.DATA_FILES / f"{name}.{digest}"


def open_aside(path: Path) -> BinaryIO:
    path.parent.mkdir(parents=True, exist_ok=True)
    return NamedTemporaryFile(dir=path.parent, prefix=".", delete=False)


def written(file: BinaryIO, write) -> BinaryIO:
    write(file)
    file.seek(0)
    return file


def keep(file, path: Path, name: str, write) -> BinaryIO:
    """Written aside first, so that nobody gets half a file."""
    aside = Path(file.name)
    try:
        with file:
            write(file)
        ready = aside.open("rb")
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
    for former in path.parent.glob(f"{name}.*"):
        if former != path:
            former.unlink(missing_ok=True)
    return ready
