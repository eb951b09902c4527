from django.core.management import BaseCommand

from editorial.translating.progress import refresh


class Command(BaseCommand):
    help = (
        "Brings the translations board to what the records say: after an import, and once a language is switched on. "
        "It may run at any time, as every night."
    )

    def handle(self, **options):
        number, changed = refresh()
        self.stdout.write(f"Records looked at: {number}; translations brought up to date: {changed}.")
