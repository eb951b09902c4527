from datetime import datetime
from pathlib import Path

from django.core.management import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from interreg_portal.backup.bundle import Unusable, faults_in, open_bundle
from interreg_portal.backup.restoring import restore


def day_of(manifest: dict) -> str:
    return f"{datetime.fromisoformat(manifest['made_at']):%Y-%m-%d %H:%M}"


class Command(BaseCommand):
    help = (
        "Brings a backup back, from SQLite or PostgreSQL into either, and from an older portal into this one. Stop the"
        " portal first. Give it an empty database; one in use is only replaced with --overwrite."
    )
    requires_migrations_checks = False

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--key", type=Path, metavar="FILE", help="the file with the secret key")
        parser.add_argument("--overwrite", action="store_true", help="replace all that the portal holds")
        parser.add_argument("--check", action="store_true", help="only hold the backup against its hashes")

    def handle(self, *, file, key, overwrite, check, **options):
        try:
            if check:
                return self.hold_against_hashes(file, key)
            manifest = restore(file, key, overwrite)
        except (Unusable, OSError) as reason:
            raise CommandError(str(reason)) from reason
        except DatabaseError as reason:
            message = _("The database refused the backup, and is as it was before. It says: %(reason)s")
            raise CommandError(message % {"reason": reason}) from reason
        self.stdout.write(_("The portal is as it was on %(day)s.") % {"day": day_of(manifest)})
        self.stdout.write(manifest["content"])

    def hold_against_hashes(self, file: Path, key: Path | None):
        with open_bundle(file, key) as (archive, manifest):
            if faults := faults_in(archive, manifest):
                message = _("Missing, changed or added: %(parts)s")
                raise CommandError(message % {"parts": ", ".join(faults)})
        self.stdout.write(_("Every part is as it was saved on %(day)s.") % {"day": day_of(manifest)})
        self.stdout.write(manifest["content"])
