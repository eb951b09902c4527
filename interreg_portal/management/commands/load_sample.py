"""Fills a portal with invented content, as much as a programme has; `interreg_portal/sample/` makes it."""

from argparse import ArgumentTypeError

from django.core.management import BaseCommand, CommandError, call_command
from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from editorial.models import Publishable
from interreg_portal.sample import PREFIX
from interreg_portal.sample.portal import write_portal
from interreg_portal.sample.writing import Writer
from projects.models import Project


def positive(text: str) -> int:
    if not text.isdecimal() or int(text) == 0:
        raise ArgumentTypeError(f"“{text}” is no whole number from 1 on.")
    return int(text)


class Command(BaseCommand):
    help = (
        "Fills an empty portal with invented projects, articles and what goes with them, in English, Slovenian, "
        "Latvian and Bulgarian, to try how it works with many of them. The same numbers and seed make the same "
        "content. The lists of translations and of the fact check are left to refresh_translations and "
        "refresh_factcheck."
    )

    def add_arguments(self, parser):
        parser.add_argument("--projects", type=positive, default=1000, help="How many projects (1000).")
        parser.add_argument("--articles", type=positive, default=10_000, help="How many articles (10000).")
        parser.add_argument("--seed", type=int, default=1, help="Another number makes other content (1).")
        parser.add_argument("--without-index", action="store_true", help="Leave the search index to reindex.")
        parser.add_argument("--force", action="store_true", help="Also into a portal that holds content of its own.")

    def handle(self, *, projects, articles, seed, without_index, force, **options):
        if Project.objects.filter(slug__startswith=PREFIX).exists():
            self.stdout.write(_("The portal holds a sample already. It stays as it is."))
            return
        if not force:
            check_empty()
        writer = Writer(self.stdout.write)
        with transaction.atomic(), translation.override("en"):
            call_command("load_vocabularies", stdout=self.stdout)
            write_portal(writer, projects, articles, seed)
        if not without_index:
            call_command("reindex", stdout=self.stdout)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # both databases plan badly for tables that were filled since
        made = ", ".join(f"{count} {model._meta.verbose_name_plural}" for model, count in writer.made.items())
        self.stdout.write(_("The sample is loaded: %(made)s.") % {"made": made})


def check_empty():
    """Raise CommandError where the portal holds anything with a page, as the sample is hard to get out again."""
    numbers = {model: model.objects.count() for model in Publishable.__subclasses__()}
    found = [
        f"{number} {model._meta.verbose_name if number == 1 else model._meta.verbose_name_plural}"
        for model, number in numbers.items()
        if number
    ]
    if found:
        message = _(
            "This portal holds content of its own (%(found)s), and a sample is hard to get out again, so nothing was "
            "loaded. Name another database in DATABASE_URL, run migrate, and load it there."
        )
        raise CommandError(message % {"found": ", ".join(found)})
