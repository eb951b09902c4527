from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from interreg_portal.backup.bundle import Unusable, make_key
from interreg_portal.backup.making import back_up

ENDING = "portal-*.backup"


class Command(BaseCommand):
    help = (
        "Writes the database and all uploads into one file, while the portal goes on. It holds everything about people"
        " too: give it a key, or keep it where nobody else gets. The settings (.env) aren't in it."
    )

    def add_arguments(self, parser):
        parser.add_argument("--to", type=Path, metavar="FOLDER", help="where the file goes (default: BACKUPS)")
        parser.add_argument(
            "--key", default=settings.BACKUP_KEY, help="a public key, age1…, to encrypt it for (default: BACKUP_KEY)"
        )
        parser.add_argument("--keep", type=int, metavar="N", help="keep the newest N files of the folder and no others")
        parser.add_argument("--make-key", type=Path, metavar="FILE", help="only write a new secret key to a file")

    def handle(self, *, to, key, keep, make_key, **options):
        if make_key:
            return self.new_key(make_key)
        if keep is not None and keep < 1:
            raise CommandError(_("Keep one backup at least: --keep 1."))
        folder, made_at = to or settings.BACKUPS, timezone.localtime()
        path = folder / f"portal-{made_at:%Y-%m-%d-%H%M%S}.backup"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            manifest = back_up(path, made_at, key)
        except (Unusable, OSError) as reason:
            raise CommandError(_("No backup was made. %(reason)s") % {"reason": reason}) from reason
        self.tell(path, manifest)
        for old in sorted(folder.glob(ENDING))[: -keep if keep else 0]:
            old.unlink()

    def tell(self, path: Path, manifest: dict):
        number = len(manifest["files"])
        files = ngettext("%(number)d upload", "%(number)d uploads", number) % {"number": number}
        megabytes = path.stat().st_size / settings.MEGABYTE
        self.stdout.write(f"{path} ({megabytes:.1f} MB, {files})\n{manifest['content']}")

    def new_key(self, path: Path):
        try:
            public = make_key(path)
        except OSError as reason:
            raise CommandError(_("No key was made. %(reason)s") % {"reason": reason}) from reason
        told = _("The secret key is in %(path)s. Take it to another machine: no backup can be opened without it.")
        self.stdout.write(told % {"path": path})
        self.stdout.write(f"BACKUP_KEY={public}")
