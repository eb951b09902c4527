from django.core.management import BaseCommand
from django.utils.translation import gettext as _

from search.index import rebuild
from search.models import SearchDocument


class Command(BaseCommand):
    help = (
        "Writes the search index anew, for all languages in use, while it goes on being searched. What is saved in the "
        "back office gets there by itself; this is for upgrades, new languages, bulk loads and commands."
    )

    def add_arguments(self, parser):
        parser.add_argument("--if-empty", action="store_true", help="Only where there is no index yet.")

    def handle(self, *, if_empty, **options):
        if if_empty and SearchDocument.objects.exists():
            return
        self.stdout.write(_("The search index holds %(number)d documents.") % {"number": rebuild()})
