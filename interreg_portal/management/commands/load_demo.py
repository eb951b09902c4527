"""Loads what interreg_portal/demo/ holds: a TOML file a subject, in the order of their names (see the README there)."""

import re
import tomllib
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.management import BaseCommand, CommandError, call_command
from django.db import models, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from editorial.fields import RichTextField
from editorial.models import Publishable
from projects.models import Project

DEMO = Path(__file__).parents[2] / "demo"

# A link in a text to another record, which the file names by its key: `record:projects.project/inno-industry`.
LINK = re.compile(r'"record:([a-z_.]+)/([a-z0-9-]+)"')

# By which fields a record is recognised. What has a public page is recognised by its address.
NATURAL_KEYS = {
    "partners.contact": ["partner", "email"],
    "partners.organisationtype": ["code"],
    "projects.amendment": ["project", "kind", "new_end", "new_total_budget"],
    "projects.document": ["project", "title_en"],
    "projects.participation": ["project", "partner"],
    "projects.phase": ["project", "number"],
    "projects.programme": ["cci"],
    "projects.projectwebsite": ["project", "address"],
    "projects.specificobjective": ["code"],
    "projects.stakeholdergroup": ["project", "country"],
    "projects.stakeholdermember": ["group", "name"],
    "results.actionplan": ["instrument", "title_en"],
    "results.indicator": ["code"],
    "results.measurement": ["target", "period", "participation"],
    "results.policychange": ["instrument", "kind", "description_en"],
    "results.policyinstrument": ["project", "name_en"],
    "results.reportingperiod": ["project", "number"],
    "results.target": ["project", "indicator"],
    "news.mediamention": ["project", "title"],
    "news.newsletter": ["project", "number"],
    "visibility.dutyevidence": ["project", "duty", "met_on"],
}


class Command(BaseCommand):
    help = (
        "Loads the demo: INNO INDUSTRY, two invented projects, the pages. Run again, it sets every text and figure of "
        "the demo back to what it was and leaves what was added. It refuses on a portal that holds other content."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--if-empty", action="store_true", help="Load only where there is no content yet, so that no edit is lost."
        )

    def handle(self, *, if_empty, **options):
        subjects = dict(read())
        others = other_content(subjects.values())
        if if_empty and (others or Project.objects.exists()):
            self.stdout.write(_("The portal holds content already. It stays as it is."))
        elif others:
            message = _(
                "This portal holds content of its own (%(others)s), so nothing was loaded. The demo needs an empty "
                "portal: name another database in DATABASE_URL, run migrate, and load it there."
            )
            raise CommandError(message % {"others": ", ".join(others)})
        else:
            self.load(subjects)
        call_command("reindex", "--if-empty", stdout=self.stdout)

    @transaction.atomic
    def load(self, subjects):
        call_command("load_roles", stdout=self.stdout)
        call_command("load_vocabularies", stdout=self.stdout)
        for subject, content in subjects.items():
            written = Counter(changed=0, unchanged=0)
            for model, entry in entries(content):
                load_record(model, entry, written)
            line = _("%(subject)s: %(changed)d new or set back, %(unchanged)d as they were")
            self.stdout.write(line % {"subject": subject, **written})
        call_command("refresh_translations", stdout=self.stdout)
        call_command("refresh_factcheck", stdout=self.stdout)
        self.stdout.write(_("The demo is loaded."))


def read():
    """Each file's name and content, in the order in which they are loaded."""
    for path in sorted(DEMO.glob("*.toml")):
        yield path.stem, tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)


def entries(content):
    """The models and top-level records of one file: `[[projects.project]]` names an app and its model."""
    for app, kinds in content.items():
        for kind, records in kinds.items():
            for entry in records:
                yield apps.get_model(app, kind), entry


def other_content(subjects) -> list[str]:
    """What the portal holds beside the demo, as `["2 projects", "1 article"]`."""
    slugs = defaultdict(list)
    for content in subjects:
        for model, entry in entries(content):
            slugs[model].append(entry.get("slug"))
    found = []
    for model in Publishable.__subclasses__():
        count = model.objects.exclude(slug__in=slugs[model]).count()
        if count:
            names = model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural
            found.append(f"{count} {names}")
    return found


def load_record(model, entry, written):
    """Bring a record, then those below it, to what the entry says; count in `written` what changed and what didn't."""
    columns, lists, below = {}, {}, {}
    for name, value in entry.items():
        field = model._meta.get_field(name)
        if field.one_to_many:
            below[field] = value
        elif field.many_to_many:
            lists[name] = [find(field.related_model, key) for key in value]
        else:
            columns[name] = column_value(field, value)
    record = model.objects.filter(**{name: columns.get(name) for name in natural_key(model)}).first() or model()
    changed = record.pk is None or any(differs(record, name, value) for name, value in columns.items())
    if changed:
        save(record, columns)
    for name, records in lists.items():
        getattr(record, name).set(records)
    written["changed" if changed else "unchanged"] += 1
    for field, children in below.items():
        for child in children:
            load_record(field.related_model, {field.field.name: record} | child, written)


def natural_key(model) -> list[str]:
    return NATURAL_KEYS.get(model._meta.label_lower, ["slug"])


def find(model, key):
    """The record that a key names: "inno-industry" for a project, ["inno-industry", 1] for its first phase."""
    names, parts = natural_key(model), key if isinstance(key, list) else [key]
    values = {name: column_value(model._meta.get_field(name), part) for name, part in zip(names, parts, strict=True)}
    try:
        return model.objects.get(**values)
    except model.DoesNotExist as error:
        message = _("The demo needs the %(kind)s “%(key)s”, which is not there. Run migrate and load_vocabularies.")
        raise CommandError(message % {"kind": model._meta.verbose_name, "key": key}) from error


def column_value(field, value):
    """What a record's field is to hold for a value of the file: a key names a record, a file's name its content."""
    if isinstance(field, models.ForeignKey) and not isinstance(value, models.Model):
        return find(field.related_model, value)
    if isinstance(field, models.FileField):
        return ContentFile((DEMO / value).read_bytes(), name=value)
    if isinstance(field, RichTextField):
        return LINK.sub(lambda link: f'"record:{link[1]}/{find(apps.get_model(link[1]), link[2]).pk}"', value).strip()
    return value.strip() if isinstance(value, str) else value


def differs(record, name, value) -> bool:
    present = getattr(record, name)
    if isinstance(value, ContentFile):
        return not present.name.endswith(f"/{value.name}")
    return present != value


def save(record, columns):
    """Save what the portal's own rules allow; raises CommandError with their words where they don't."""
    for name, value in columns.items():
        setattr(record, name, value)
    try:
        # In another language, full_clean would write the fallback into that language's empty columns.
        with translation.override("en"):
            record.full_clean()
    except ValidationError as error:
        message = _(
            "“%(record)s” of the demo can't be loaded, so nothing was: %(errors)s "
            "Change what was added to it, or load the demo into an empty portal."
        )
        raise CommandError(message % {"record": record, "errors": " ".join(error.messages)}) from error
    record.save()
