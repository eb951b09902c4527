from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from editorial.translations import active_languages
from projects.models import Project
from reports.kind import all_kinds
from reports.making import Asked, make
from reports.offering import periods_of
from reports.writing.formats import DOCUMENT_FORMATS


class Command(BaseCommand):
    help = "Makes a report of projects, as the back office does, keeps it and writes its files."

    def add_arguments(self, parser):
        kinds = [name for name, kind in all_kinds().items() if kind.model is Project]
        parser.add_argument("kind", choices=kinds)
        parser.add_argument("--project", nargs="+", required=True, metavar="SLUG", help="the projects it tells of")
        parser.add_argument("--by", required=True, metavar="USERNAME", help="who makes it: it tells what they may see")
        parser.add_argument(
            "--period", type=int, metavar="NUMBER", help="the reporting period, if the kind asks for it"
        )
        parser.add_argument("--language", default="en", choices=active_languages())
        parser.add_argument("--format", nargs="+", default=["pdf"], choices=list(DOCUMENT_FORMATS))
        parser.add_argument("--output", default=".", type=Path, metavar="FOLDER", help="where its files are written")
        parser.add_argument("--draft", action="store_true", help="make a marked draft where it doesn’t reconcile")

    def handle(self, *, kind, period, language, output, **options):
        chosen, selection = all_kinds()[kind], self.projects(options["project"])
        if chosen.asks_period and period not in periods_of(selection):
            raise CommandError(f"Name a reporting period that the projects have by --period: {periods_of(selection)}")
        if not output.is_dir():
            raise CommandError(f"There is no folder {output}.")
        asked = Asked(
            chosen, selection, language, period if chosen.asks_period else None, options["format"], options["draft"]
        )
        snapshot = asked.record(self.person(options["by"]))
        with translation.override("en"):
            make(snapshot)
        if not snapshot.is_made:
            snapshot.delete()
            raise CommandError("\n".join([snapshot.fault, *snapshot.problems]))
        for file in snapshot.files.all():
            (output / file.name).write_bytes(file.content)
            self.stdout.write(str(output / file.name))

    def projects(self, slugs):
        found = Project.objects.filter(slug__in=slugs)
        if unknown := set(slugs) - set(found.values_list("slug", flat=True)):
            raise CommandError(f"There is no project {', '.join(sorted(unknown))}.")
        return found

    def person(self, name):
        try:
            return get_user_model().objects.get_by_natural_key(name)
        except get_user_model().DoesNotExist:
            raise CommandError(f"There is nobody called {name} in the back office.") from None
