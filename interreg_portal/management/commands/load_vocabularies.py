import csv
from collections import Counter, defaultdict

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from editorial.translations import column
from partners.models import OrganisationType
from projects.models import Fund, Programme, ProgrammingPeriod, SpecificObjective, Topic
from results.models import Indicator

FOLDER = settings.BASE_DIR / "interreg_portal" / "vocabularies"

# What is loaded, the field that tells its records apart, and the files; a model comes after those that it refers to.
VOCABULARIES = [
    (ProgrammingPeriod, "code", ["programming_periods.csv", "funding_statements.csv"]),
    (Fund, "code", ["funds.csv"]),
    (Programme, "cci", ["programmes.csv"]),
    (Topic, "slug", ["topics.csv"]),
    (SpecificObjective, "code", ["specific_objectives.csv"]),
    (Indicator, "code", ["indicators.csv", "indicator_translations.csv"]),
    (OrganisationType, "code", ["organisation_types.csv"]),
]


def read(filename: str, key: str):
    """
    Each row of a file as (key, {column: text}), without empty cells and `basis`, which says where a text comes from.

    A row with a `language` holds texts in that language: its `name` is the column `name_sl`.
    """
    with open(FOLDER / filename, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            row.pop("basis", None)
            language = row.pop("language", None)
            code = row.pop(key)
            yield code, {column(name, language) if language else name: text for name, text in row.items() if text}


class Command(BaseCommand):
    """
    Brings the vocabularies of `interreg_portal/vocabularies` into the database, all of them or none.

    Records are matched on their code. What the files say is refreshed; what they leave open stays as staff have it:
    websites, logos, own statements, texts in further languages, and records of the portal's own. Nothing is deleted.
    """

    help = "Loads programmes, funds, indicators and the other vocabularies. It may run again at any time."

    @transaction.atomic
    def handle(self, **options):
        self.records = {}
        for model, key, files in VOCABULARIES:
            count = self.load(model, key, files)
            line = _("%(vocabulary)s: %(created)d created, %(updated)d updated, %(unchanged)d unchanged")
            self.stdout.write(line % {"vocabulary": capfirst(model._meta.verbose_name_plural), **count})

    def load(self, model, key: str, files: list[str]) -> dict[str, int]:
        """Saves what is new or has changed; answers how many were created, updated and unchanged."""
        texts = defaultdict(dict)
        for filename in files:
            for code, row in read(filename, key):
                texts[code] |= row
        records = self.records[model] = {getattr(record, key): record for record in model.objects.all()}
        count = Counter(created=0, updated=0, unchanged=0)
        for code, row in texts.items():
            record = records.setdefault(code, model(**{key: code}))
            count[self.refresh(record, row)] += 1
        return count

    def refresh(self, record, row: dict[str, str]) -> str:
        """Gives the record what its row says; answers what that came to: created, updated or unchanged."""
        values = {name: self.value(record, name, text) for name, text in row.items()}
        is_new = record.pk is None
        changed = {name: value for name, value in values.items() if is_new or getattr(record, name) != value}
        for name, value in changed.items():
            setattr(record, name, value)
        if changed:
            record.save()
        return "created" if is_new else "updated" if changed else "unchanged"

    def value(self, record, name: str, text: str):
        """A cell as its field wants it; where the field refers to another vocabulary, that one's record by its code."""
        field = record._meta.get_field(name)
        return self.records[field.related_model][text] if field.is_relation else field.to_python(text)
