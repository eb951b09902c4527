from pathlib import Path

from django.core.management import BaseCommand, CommandError
from django.utils.translation import gettext as _

from archive.bag import faults_in
from archive.copying import NotCopied
from archive.making import ask_for, make_in
from archive.models import Copy
from projects.models import Project


class Command(BaseCommand):
    help = (
        "Writes a static copy of a project's public pages, or of the whole portal's, into a new folder: in all"
        " languages, with files, tables and a manifest of hashes. It opens from the folder or from any web server."
    )

    def add_arguments(self, parser):
        parser.add_argument("slugs", nargs="*", metavar="SLUG", help="the project's part of its address")
        parser.add_argument("--whole", action="store_true", help="copy the whole portal")
        parser.add_argument("--output", type=Path, default=Path(), help="where the new folder goes (default: here)")
        parser.add_argument("--check", type=Path, metavar="FOLDER", help="only hold a copy against its hashes")

    def handle(self, *, slugs, whole, output, check, **options):
        if check:
            return self.hold_against_hashes(check)
        projects = [self.project(slug) for slug in slugs] + ([None] if whole else [])
        if not projects:
            raise CommandError(_("Name a project by its part of the address, or say --whole."))
        for project in projects:
            self.copy(project, output)

    def project(self, slug: str) -> Project:
        if project := Project.objects.filter(slug=slug).first():
            return project
        raise CommandError(_("There is no project “%(slug)s”.") % {"slug": slug})

    def copy(self, project, output: Path):
        copy = ask_for(None, project)
        copy.begin()
        try:
            made = make_in(output, copy)
        except (NotCopied, OSError) as reason:
            copy.fail(str(reason))
            raise CommandError(_("The copy was not made. %(reason)s") % {"reason": reason}) from reason
        copy.note(place=str(made.folder.resolve()))
        copy.finish()
        self.tell(copy, made)

    def tell(self, copy: Copy, made):
        self.stdout.write(_("%(pages)d pages and %(files)d files in %(folder)s.") % {
            "pages": copy.pages, "files": copy.files, "folder": made.folder
        })  # fmt: skip
        for address, status in sorted(made.missing.items()):
            self.stderr.write(_("%(address)s answered %(status)d; links to it lead nowhere in the copy.") % {
                "address": address, "status": status
            })  # fmt: skip

    def hold_against_hashes(self, folder: Path):
        try:
            faults = faults_in(folder)
        except FileNotFoundError as error:
            raise CommandError(_("%(folder)s holds no copy.") % {"folder": folder}) from error
        if faults:
            raise CommandError(_("Missing, changed or not of the copy: %(files)s") % {"files": ", ".join(faults)})
        self.stdout.write(_("Every file is as it was copied."))
