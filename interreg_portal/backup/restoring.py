"""Bringing a backup back, into the tables that it was made from, which then become those of today."""

from pathlib import Path
from zipfile import ZipFile

from django.core.exceptions import SuspiciousFileOperation
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.files.utils import validate_file_name
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from accounts.models import User
from interreg_portal.backup.bundle import Unusable, faults_in, open_bundle
from interreg_portal.backup.making import uploads
from interreg_portal.backup.rows import applied, empty, fill, known, last_of, models_at, number_on


def restore(path: Path, key: Path | None = None, overwrite: bool = False) -> dict:
    """
    Bring a backup back and return its manifest. Raises Unusable, OSError; what is wrong with the backup, or speaks
    against it, is found before anything is written. Uploads that the backup doesn't have stay where they are.
    """
    with open_bundle(path, key) as (archive, manifest):
        check_whole(archive, manifest)
        migrations = tuple(tuple(each) for each in manifest["migrations"])
        check_fits(migrations)
        check_free(manifest, overwrite)
        if not applied():
            MigrationExecutor(connection).migrate(last_of(migrations))
        bring_rows(archive, manifest, migrations)
        bring_files(archive, manifest)
    call_command("migrate", verbosity=0)
    call_command("reindex", verbosity=0)
    return manifest


def check_whole(archive: ZipFile, manifest: dict):
    if faults := faults_in(archive, manifest):
        message = _("The backup is damaged, so nothing was restored. Missing, changed or added: %(parts)s")
        raise Unusable(message % {"parts": ", ".join(faults)})
    for part in manifest["files"]:
        try:
            validate_file_name(part.removeprefix("files/"), allow_relative_path=True)
        except SuspiciousFileOperation as error:
            message = _("The backup names a file that no portal has, so nothing was restored: %(part)s")
            raise Unusable(message % {"part": part}) from error


def check_fits(migrations: tuple[tuple[str, str], ...]):
    if unknown := set(migrations) - known().graph.nodes.keys():
        message = _("The backup was made by a newer portal, which knows %(steps)s. Upgrade this one first.")
        raise Unusable(message % {"steps": ", ".join(".".join(each) for each in sorted(unknown))})
    if applied() not in ([], sorted(migrations)):
        raise Unusable(
            _(
                "This database is that of another version than the backup's. Name an empty one in DATABASE_URL: it"
                " gets the backup's version first and is then upgraded."
            )
        )


def check_free(manifest: dict, overwrite: bool):
    """A portal in which anybody can log in, or where uploads lie already, is somebody's."""
    if overwrite:
        return
    if applied() and User.objects.exists():
        raise Unusable(_("This portal is in use. To replace all that it holds, say --overwrite."))
    there = {f"files/{name}" for name in uploads(default_storage)}
    if taken := sorted(there & manifest["files"].keys()):
        message = _("%(number)d uploads of the backup are here already, as %(one)s. To replace them, say --overwrite.")
        raise Unusable(message % {"number": len(taken), "one": taken[0].removeprefix("files/")})


def bring_rows(archive: ZipFile, manifest: dict, migrations: tuple[tuple[str, str], ...]):
    models = models_at(migrations)
    with transaction.atomic():
        empty(models)
        for model in models:
            name = f"tables/{model._meta.db_table}.jsonl"
            with archive.open(name) as lines:
                fill(model, manifest["tables"][name]["columns"], lines)
        number_on(models)


def bring_files(archive: ZipFile, manifest: dict):
    for part in manifest["files"]:
        name = part.removeprefix("files/")
        default_storage.delete(name)
        with archive.open(part) as file:
            default_storage.save(name, File(file, name=name))
