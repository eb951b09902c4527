"""Writing a backup while the portal goes on."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.core.files.storage import Storage, default_storage
from django.db import connection, transaction

from interreg_portal.backup.bundle import FORMAT, MANIFEST, content_hash, new_bundle, put, put_file
from interreg_portal.backup.rows import applied, fields_of, lines_of, models_at


def back_up(path: Path, made_at: datetime, key: str = "") -> dict:
    """
    Write a backup of the database at one moment, and of all uploads, and return its manifest. Raises Unusable where the
    key is none, OSError where the file can't be written; then there is no file.
    """
    with new_bundle(path, key) as archive:
        with one_moment():
            migrations = applied()
            tables = {
                f"tables/{model._meta.db_table}.jsonl": {
                    "columns": [field.column for field in fields_of(model)],
                    **put(archive, f"tables/{model._meta.db_table}.jsonl", lines_of(model)),
                }
                for model in models_at(tuple(migrations))
            }
        files = {f"files/{name}": each for name, each in put_uploads(archive)}
        manifest = {
            "format": FORMAT,
            "portal": settings.PORTAL_VERSION,
            "made_at": made_at.isoformat(),
            "database": connection.vendor,
            "migrations": migrations,
            "tables": tables,
            "files": files,
            "content": content_hash(tables, files),
        }
        archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
    return manifest


@contextmanager
def one_moment():
    """Everything is read as it is now, and nobody who saves meanwhile has to wait."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")  # `atomic` would take the lock of a writer
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def put_uploads(archive) -> Iterator[tuple[str, dict]]:
    for name in uploads(default_storage):
        try:
            with default_storage.open(name) as file:
                yield name, put_file(archive, f"files/{name}", file)
        except FileNotFoundError:
            continue  # it was replaced meanwhile; the row that is in the backup said so before


def uploads(storage: Storage, folder: str = "") -> Iterator[str]:
    """The names of all files, in order."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted(files):
        yield str(PurePosixPath(folder) / name)
    for name in sorted(folders):
        yield from uploads(storage, str(PurePosixPath(folder) / name))
