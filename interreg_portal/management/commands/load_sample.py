"""Fills a portal with invented content, as much of it as a programme has (interreg_portal/sample/ holds what it is)."""

from argparse import ArgumentTypeError

from django.core.management import BaseCommand, CommandError, call_command
from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from editorial.models import Publishable
from interreg_portal.sample import PREFIX
from interreg_portal.sample.portal import write_portal
from projects.models import Project


def positive(text: str) -> int:
    if not text.isdecimal() or int(text) == 0:
        raise ArgumentTypeError(f"“{text}” is not a number from 1 on.")
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
        parser.add_argument(
            "--force", action="store_true", help="Also beside content that is no sample: both are hard to tell apart."
        )

    def handle(self, *, projects, articles, seed, without_index, force, **options):
        if Project.objects.filter(slug__startswith=PREFIX).exists():
            self.stdout.write(_("The portal holds a sample already. It stays as it is."))
            return
        others = other_content()
        if others and not force:
            message = _(
                "This portal holds content of its own (%(others)s), so nothing was loaded: a sample is hard to get out "
                "again. Name another database in DATABASE_URL, run migrate, and load it there."
            )
            raise CommandError(message % {"others": ", ".join(others)})
        with transaction.atomic(), translation.override("en"):
            call_command("load_vocabularies", stdout=self.stdout)
            made = write_portal(projects, articles, seed, self.stdout.write).made
        for model, count in made.items():
            self.stdout.write(f"{model._meta.verbose_name_plural}: {count}")
        if not without_index:
            call_command("reindex", stdout=self.stdout)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def other_content() -> list[str]:
    """What the portal holds that has a page, as `["2 projects", "1 article"]`."""
    found = []
    for model in Publishable.__subclasses__():
        if count := model.objects.count():
            names = model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural
            found.append(f"{count} {names}")
    return found
