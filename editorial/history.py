"""What a record's history says of each save: who, when, from which screen, and what changed, in words."""

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from reversion.models import Version

from editorial.formats import listing
from editorial.models import BulkChange, Snapshot
from editorial.review import model_named, step_named

# The screens that a save can come from, by their codes. `action:…` is an action of the list.
SCREENS = {
    "form": gettext_lazy("Form: %(name)s"),
    "page": gettext_lazy("Page of its own: %(name)s"),
    "restore": gettext_lazy("An earlier version restored"),
    "bring_back": gettext_lazy("Brought back"),
    "deletion": gettext_lazy("Deletion: %(name)s"),
    "translation": gettext_lazy("Translations: queue"),
    "returned": gettext_lazy("Translations: a file that came back"),
    "outside": gettext_lazy("Changed outside the forms"),
    "preview": gettext_lazy("Made a link to the preview."),
    "undo": gettext_lazy("An action over several records undone"),
    "copy": gettext_lazy("Made as a copy"),
    "import": gettext_lazy("Import of a list"),
}

TRANSLATING = {"translation_work": "translation", "translation_report": "returned"}  # addresses and their screens


def screen_of(request) -> str:
    """The code of the screen from which a request saves something."""
    page = request.resolver_match.url_name or ""
    if page.endswith("_changelist") and request.POST.get("action"):
        return f"action:{request.POST['action']}"[:100]
    if page in TRANSLATING:
        return TRANSLATING[page]
    for own in ("preview", "copy"):
        if page.endswith(f"_{own}"):
            return own
    if asked := getattr(request, "asked", None):
        return f"step:{asked.step.code}"
    return "form" if page.endswith(("_add", "_change", "_changelist")) else "page"


def screen(snapshot: Snapshot) -> str:
    model = model_named(snapshot.of)
    name = capfirst(model._meta.verbose_name) if model else snapshot.of
    step = step_named(snapshot.screen.partition(":")[2], model)
    if step and snapshot.screen.startswith("step:"):
        return _("Form: %(name)s – %(step)s") % {"name": name, "step": step.label}
    if snapshot.screen.startswith("action:"):
        return _("List: %(action)s") % {"action": action_name(model, snapshot.screen.partition(":")[2])}
    return SCREENS.get(snapshot.screen, SCREENS["page"]) % {"name": name}


def action_name(model, code: str) -> str:
    """What the list calls one of its actions; its code where it no longer offers it."""
    if step := step_named(code, model):
        return str(step.label)
    options = admin.site._registry.get(model)
    action = options.get_action(code) if options else None
    return str(action[2] % {"verbose_name_plural": model._meta.verbose_name_plural}) if action else code


def bulk_name(bulk: BulkChange) -> str:
    """What an action over several records is called."""
    model = model_named(bulk.kind)
    if bulk.screen.startswith("action:"):
        return action_name(model, bulk.screen.partition(":")[2])
    return screen(Snapshot(screen=bulk.screen, of=bulk.kind))


def changes(snapshot: Snapshot) -> list[str]:
    """What a save changed: `["Title (English, slovenščina)", "Phases: 1 added"]`"""
    if snapshot.gone:
        return [_("This is what was deleted.")]
    why = [_("Why: %(note)s") % {"note": snapshot.changes["why"]}] if "why" in (snapshot.changes or {}) else []
    if not {"fields", "rows"} & (snapshot.changes or {}).keys():
        return [_("The first version that was kept."), *why]
    model = model_named(snapshot.kind)
    fields = [sentence for change in snapshot.changes.get("fields", []) if (sentence := of_field(model, *change))]
    rows = [sentence for change in snapshot.changes.get("rows", []) if (sentence := of_rows(*change))]
    return [*fields, *rows, *why] or [_("Saved without a change.")]


def deletions(model, snapshots) -> list[dict]:
    """Snapshots of deleted records with the name under which each was kept and the screen that deleted it."""
    snapshots = list(snapshots)
    versions = Version.objects.get_for_model(model).filter(revision__in=[each.revision_id for each in snapshots])
    kept = versions.values_list("revision_id", "object_id", "object_repr")
    names = {(revision, int(pk)): name for revision, pk, name in kept}
    return [
        {"snapshot": each, "screen": screen(each), "name": names.get((each.revision_id, each.record_id), "")}
        for each in snapshots
    ]


def of_field(model, name: str, languages: list[str]) -> str:
    try:
        label = capfirst(model._meta.get_field(name).verbose_name)
    except FieldDoesNotExist:
        return ""
    named = [title for code, title in settings.LANGUAGES if code in languages]
    if languages and not named:
        return ""
    return f"{label} ({', '.join(named)})" if named else label


def of_rows(label: str, added: int, removed: int, changed: int) -> str:
    model = model_named(label)
    counted = [
        (added, ngettext("%(number)d added", "%(number)d added", added)),
        (removed, ngettext("%(number)d removed", "%(number)d removed", removed)),
        (changed, ngettext("%(number)d changed", "%(number)d changed", changed)),
    ]
    words = listing([sentence % {"number": number} for number, sentence in counted if number])
    return f"{capfirst(model._meta.verbose_name_plural)}: {words}" if model else ""
