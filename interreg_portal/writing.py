"""What the editor of texts offers to choose from: the portal's own records to link to, and facts of projects."""

from typing import NamedTuple

from django.contrib.admin import site
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.text import capfirst

from editorial.facts import facts
from editorial.rich_text import RECORD
from editorial.showing import has_page, model_called
from interreg_portal.record_search import Matches, address, cleaned, search

OFFERED = 5  # projects of which facts are offered at once


class Choice(NamedTuple):
    """A record to link to: `target` is what the text keeps of it, “record:projects.project/12”."""

    target: str
    name: str
    is_public: bool


class Said(NamedTuple):
    """A fact of a project as the menu shows it; `value` is empty where it isn't known."""

    token: str
    label: str
    value: str | None


def choices(found: Matches) -> list[Choice]:
    model, label = found.admin.model, getattr(found.admin, "option_label", str)
    public = model._default_manager.visible_to(AnonymousUser()).filter(pk__in=[record.pk for record in found.records])
    public = set(public.values_list("pk", flat=True))
    kind = model._meta.label_lower
    return [Choice(f"record:{kind}/{record.pk}", label(record), record.pk in public) for record in found.records]


def record_of(request, label, pk):
    """The record and its admin, as far as the user may see it; None and None otherwise."""
    admin = site._registry.get(model_called(label))
    record = admin and admin.get_object(request, str(pk))
    return (record, admin) if record and admin.has_view_permission(request, record) else (None, None)


def record_choices(request):
    """What is found for `q` of what can be linked to, and what is linked to now: a part of the page."""
    words = cleaned(request.GET.get("q", ""))
    found = search(site, request, words, lambda admin: has_page(admin.model)) if words else []
    link = RECORD.fullmatch(request.GET.get("current", ""))
    current, admin = record_of(request, *link.groups()) if link else (None, None)
    context = {
        "words": words,
        "kinds": [(matches.name, choices(matches)) for matches in found],
        "current": current and f"{capfirst(admin.opts.verbose_name)}: {getattr(admin, 'option_label', str)(current)}",
        "is_gone": bool(link and not current),
    }
    return render(request, "admin/rich_text/records.html", context)


def record_form(request, label, pk):
    """Where a link in a text leads to in the back office."""
    record, admin = record_of(request, label, pk)
    if record is None:
        raise Http404
    return redirect(address(admin, "change", pk))


def fact_choices(request):
    """The facts of the projects given by number, or of those that are found for `q`: a part of the page."""
    admin, words = site.get_model_admin(facts.model), cleaned(request.GET.get("q", ""))
    own = [pk for pk in request.GET.getlist("own") if pk.isdecimal() and len(pk) < 19]
    projects = admin.get_queryset(request) if admin.has_view_permission(request) else facts.model.objects.none()
    if words:
        found, _may_repeat = admin.get_search_results(request, projects, words)
        projects = projects.filter(pk__in=found.values("pk"))
    else:
        projects = projects.filter(pk__in=own)
    is_new = not words and request.GET.get("own") == "new"
    groups = [
        (project, said(project, "" if own == [str(project.pk)] else f"{project.slug}:"))
        for project in facts.load(projects)[:OFFERED]
    ]
    context = {"words": words, "groups": [(None, said(None, ""))] if is_new else groups, "own": own}
    return render(request, "admin/rich_text/facts.html", context)


def said(project, prefix) -> list[Said]:
    return [
        Said(f"[[{prefix}{fact.name}]]", capfirst(fact.label), fact.say(project) if project else None)
        for fact in facts.known.values()
    ]
