from django.core.management import BaseCommand
from django.utils.translation import ngettext

from factcheck.register import refresh


class Command(BaseCommand):
    help = (
        "Holds every text of the portal against the record, for the list in the back office. What is saved there is "
        "checked by itself; this is for what time makes outdated, once a day, and for upgrades and bulk loads."
    )

    def handle(self, **options):
        number = refresh()
        said = "%(number)d passage differs from the record.", "%(number)d passages differ from the record."
        self.stdout.write(ngettext(*said, number) % {"number": number})
