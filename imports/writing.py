"""A confirmed import is written in one transaction."""

from itertools import islice

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from editorial.background import Cancelled
from editorial.changes import tell_of_change
from editorial.keeping import keep, keep_before, note_why
from editorial.models import FormerSlug, Snapshot
from editorial.states import State
from editorial.translating.progress import observe
from editorial.versions import kind
from imports.letters import Addresses
from imports.matching import Entity
from imports.models import Import, Written
from imports.plan import STEP, Plan
from imports.planner import make_plan
from imports.planning import again, keep_plan
from imports.programmes import make_programme, programme_of
from imports.reading import Refused
from imports.undoing import Undone, undo
from partners.models import Partner
from projects.amending import changes_since, public_facts
from projects.models import AmountElsewhere, Participation, Project, ProjectWebsite

__all__ = ["Undone", "confirm", "undo", "write"]

ORDER = [Partner, Project, Participation, AmountElsewhere]  # what others refer to comes first
SCREEN = "import"


class Outdated(Exception):
    """The portal has changed since the plan was made."""


def confirm(one: Import, user=None):
    """Say that it is to be written; its Work waits for its turn. Raises Refused where it was not tried."""
    if not one.planned_at or one.confirmed_at or one.is_under_way:
        raise Refused(_("Only an import that was tried, and isn't written yet, can be confirmed."))
    again(one, confirmed_at=timezone.now(), confirmed_by=user)


def write(one: Import):
    """
    Write what was confirmed, everything or nothing. Takes the Work from waiting to done, failed or cancelled.

    Where the portal has changed since the dry run so that something else would become of a row, nothing is written: the
    new dry run stands in its place, `confirmed_at` is empty again, and `fault` says so.
    """
    if not one.begin():
        return
    changed = _("The portal has changed since the list was tried. Nothing was written. Look at it once more.")
    try:
        plan = make_plan(one, one.advance)
        if plan.digest() != one.plan_digest:
            keep_plan(one, plan, tells_apart=True)
            raise Refused(changed)
        write_plan(one, plan)
    except Cancelled:
        one.note(confirmed_at=None, confirmed_by=None)
        one.stop()
    except Refused as problem:
        take_back(one, str(problem))
    except (Outdated, IntegrityError):
        take_back(one, changed)
    except Exception:
        take_back(one, _("Something went wrong while the list was written. Nothing of it was kept."))
        raise
    else:
        one.finish()


def take_back(one: Import, fault: str):
    one.note(confirmed_at=None, confirmed_by=None)
    one.fail(fault)


@transaction.atomic
def write_plan(one: Import, plan: Plan):
    """Raises Outdated where a record that is to be changed is no longer as the plan has it."""
    writer = Writer(one)
    for cci in sorted(plan.ccis):
        writer.programme(cci)
    for model in ORDER:
        entities = [entity for entity in plan.entities if entity.model is model]
        for batch in in_batches(entity for entity in entities if entity.is_new):
            writer.create(model, batch)
        writer.change(model, [entity for entity in entities if entity.before])
    writer.amend()
    if one.cci in writer.programmes:
        one.note(programme=programme_of(one.cci), cci="")


def in_batches(entities):
    entities = iter(entities)
    while batch := list(islice(entities, STEP)):
        yield batch


def plain(value):
    """A value as JSON keeps it."""
    return value if value is None or isinstance(value, (int, str, bool)) else str(value)


class Writer:
    def __init__(self, one: Import):
        self.one = one
        self.addresses = {model: Addresses(model, FormerSlug) for model in (Partner, Project)}
        self.programmes = {}
        self.kept: dict[tuple, models.Model] = {}  # records with a history, whose next version is due
        self.facts = {}

    def programme(self, cci: str):
        """A programme stays where its import is undone: it is a word of the vocabulary."""
        programme = make_programme(cci)
        self.programmes[cci] = programme.pk
        observe([programme])

    def create(self, model, batch: list[Entity]):
        if Import.objects.filter(pk=self.one.pk, is_to_stop=True).exists():
            raise Cancelled
        for entity in batch:
            entity.record = self.made(model, entity)
        model.objects.bulk_create([entity.record for entity in batch])
        for entity in batch:
            entity.pk = entity.record.pk
        if model is Project:
            ProjectWebsite.objects.bulk_create(websites_of(batch))
        observe([entity.record for entity in batch])
        Written.objects.bulk_create([self.row(entity, is_new=True) for entity in batch])

    def made(self, model, entity: Entity):
        values = {name: self.resolved(name, value) for name, value in entity.values.items()}
        if model is Project:
            values.pop("website", None)
            values["slug"] = self.addresses[Project].new(values["acronym"], "project")
        if model is Partner:
            values["slug"] = self.addresses[Partner].new(values["name"], "organisation")
        return model(**values)

    def resolved(self, name: str, value):
        """What an entity refers to, now that it has a number."""
        if isinstance(value, Entity):
            return value.record or value.model(pk=value.pk)
        return self.programmes.get(value, value) if name == "programme_id" else value

    def number_of(self, name: str, value):
        return value.pk if isinstance(value, Entity) else self.resolved(name, value)

    def row(self, entity: Entity, is_new: bool) -> Written:
        after = {name: plain(self.number_of(name, value)) for name, value in entity.values.items()}
        before = {name: plain(value) for name, value in entity.before.items()}
        label = entity.model._meta.label_lower
        return Written(import_of=self.one, model=label, record_id=entity.pk, is_new=is_new, before=before, after=after)

    def change(self, model, entities: list[Entity]):
        """Records with a history get a version; of the others, as drafts that nobody worked on, the import is told."""
        found = {record.pk: record for record in self.locked(model, entities)}
        self.facts |= public_facts(projects_of(found.values()))
        with_history = set()
        for batch in in_batches(entities):
            snapshots = Snapshot.objects.filter(kind=kind(model), record_id__in=[entity.pk for entity in batch])
            with_history |= set(snapshots.values_list("record_id", flat=True))
        for entity in entities:
            record = found.get(entity.pk)
            if record is None or any(getattr(record, name) != value for name, value in entity.before.items()):
                raise Outdated
            if entity.pk in with_history or getattr(record, "state", None) == State.PUBLISHED:
                keep_before(model, entity.pk)
                self.kept[model, entity.pk] = record
            for name, value in entity.values.items():
                setattr(record, name, self.resolved(name, value))
        self.update(model, entities, found)

    def locked(self, model, entities: list[Entity]):
        for batch in in_batches(entities):
            yield from model._base_manager.filter(pk__in=[entity.pk for entity in batch]).select_for_update(no_key=True)

    def update(self, model, entities: list[Entity], found: dict):
        for batch in in_batches(entities):
            records = [found[entity.pk] for entity in batch]
            names = {name for entity in batch for name in entity.values}
            if hasattr(model, "updated_at"):
                names.add("updated_at")
                for record in records:
                    record.updated_at = timezone.now()
            model._base_manager.bulk_update(records, sorted(names))
            observe(records)
            tell_of_change(model, [record.pk for record in records if is_public(record)])
            Written.objects.bulk_create([self.row(entity, is_new=False) for entity in batch])

    def amend(self):
        """Keep the versions of what was changed; facts of public projects are corrected, for the import's reason."""
        why = _("Import %(number)d: %(name)s") % {"number": self.one.pk, "name": self.one.name}
        corrected = {(Project, change.project) for change in changes_since(self.facts)}
        for key, record in self.kept.items():
            keep(record, self.one.confirmed_by, SCREEN)
            note_why(*key, why)
        for model, pk in corrected - set(self.kept):
            keep(model.objects.get(pk=pk), self.one.confirmed_by, SCREEN)
            note_why(model, pk, why)


def is_public(record) -> bool:
    """What nobody sees yet is in no index."""
    return getattr(record, "is_public", False)


def websites_of(batch: list[Entity]) -> list[ProjectWebsite]:
    with_site = [entity for entity in batch if "website" in entity.values]
    return [ProjectWebsite(project=entity.record, address=entity.values["website"]) for entity in with_site]


def projects_of(records) -> list[int]:
    return [record.pk if isinstance(record, Project) else getattr(record, "project_id", None) for record in records]
