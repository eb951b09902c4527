from datetime import date, timedelta

from django.core.management import BaseCommand

from benchmarks.speed.reference.models import Entry

SENTENCE = "The partners met to compare what each region had tried and what it would try next. "


class Command(BaseCommand):
    help = "Fills the plain list that the portal's pages are measured against."

    def handle(self, **options):
        Entry.objects.bulk_create(
            Entry(
                kind=Entry.Kind.values[number % 2],
                title=f"Entry {number}: how regions learn from one another",
                slug=f"entry-{number}",
                author=f"Author {number % 50}",
                place=f"Place {number % 200}",
                summary=SENTENCE * 5,
                body=f"<p>{SENTENCE * 20}</p>",
                amount=number * 1234,
                published_on=date(2020, 1, 1) + timedelta(days=number),
                website="https://entries.example.org/",
            )
            for number in range(1000)
        )
