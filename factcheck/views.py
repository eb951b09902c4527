"""The back office's pages of the fact check: the list, what is done about a discrepancy, texts from elsewhere."""

from django.apps import apps
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from editorial.locks_admin import lock
from editorial.rights import in_reach_of
from editorial.translating.work import languages_form, save
from editorial.translations import column, columns, translated_fields
from factcheck.checking import check
from factcheck.forms import OutsideText, ReasonForm, check_length
from factcheck.listing import Filter, Pages
from factcheck.models import Acceptance, CheckedProject, Discrepancy
from factcheck.record import record_of
from factcheck.register import check_anew
from factcheck.rights import takes_part, viewable, visible_to, writes
from factcheck.segments import segments
from factcheck.showing import panel_of, project_of, shown
from projects.models import Project


def page(request, template, **context):
    context = {**admin.site.each_context(request), **context}
    return TemplateResponse(request, f"admin/factcheck/{template}.html", context)


def listing(request):
    """What the texts of the portal say otherwise than the record, as far as the person may see them."""
    if not takes_part(request.user):
        raise PermissionDenied
    form = Filter(request.GET, request.user)
    rows = Pages(form).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    return page(
        request,
        "list",
        title=_("Fact check"),
        form=form,
        page=rows,
        found=shown(request, list(rows)),
        pages=rows.paginator.get_elided_page_range(rows.number, on_each_side=2, on_ends=1),
        page_query=f"{asked.urlencode()}&" if asked else "",
        due=in_reach_of(request.user, Project.objects.filter(pk__in=due_projects())).lean(),
    )


def due_projects():
    return CheckedProject.objects.filter(is_due=True).values("project")


def admin_of(request, kind):
    try:
        model = apps.get_model(kind)
    except (LookupError, ValueError):
        model = None
    if model not in viewable(request.user):
        raise Http404(_("There are no texts of this kind, or you may not see them."))
    return admin.site.get_model_admin(model)


@require_POST
def typed(request, kind):
    """What the panel of a form says of what is being typed into it: a part of the page. Nothing is kept."""
    model_admin = admin_of(request, kind)
    model, number = model_admin.model, request.POST.get("record", "")
    record = model_admin.get_object(request, number) if number.isdecimal() and len(number) < 19 else model()
    if record is None:
        raise Http404
    may = model_admin.has_view_permission(request, record) if record.pk else model_admin.has_add_permission(request)
    if not may:
        raise PermissionDenied
    texts = {
        name: request.POST[name] for text in translated_fields(model) for name in columns(text) if name in request.POST
    }
    try:
        check_length("".join(texts.values()))
    except ValidationError:
        message = _("This is too much to be checked while you write. It is checked once it is saved.")
        return HttpResponse(message, status=413, content_type="text/plain; charset=utf-8")
    panel = panel_of(request, record, chosen_project(request, record), texts)
    return render(request, "admin/factcheck/found.html", {"panel": panel, "record": record, "kind": kind})


def chosen_project(request, record) -> int | None:
    """The only project that the form says now, else the one that the record is about as it is saved."""
    if "project" not in request.POST:
        return project_of(record)
    pks = [pk for pk in request.POST.getlist("project") if pk.isdecimal() and len(pk) < 19]
    mine = in_reach_of(request.user, Project.objects.filter(pk__in=pks))
    return mine.values_list("pk", flat=True).first() if len(pks) == 1 else None


def found_again(request, kind, pk, key):
    """A record's admin, the record, and the discrepancy if it is still there with what both say now, else None."""
    model_admin = admin_of(request, kind)
    record = model_admin.get_object(request, str(pk))
    if record is None:
        raise Http404(_("There is no such record, or you may not see it."))
    check_anew(model_admin.model, [pk])
    row = visible_to(request.user).of(record).filter(key=key).first()
    if row is None:
        messages.warning(request, _("The text or the record has changed meanwhile. Look at it once more."))
    return model_admin, record, row


def back(request):
    """Where the person came from; a script that goes on by itself is told in short."""
    if "quiet" in request.POST:
        return HttpResponse(status=204)
    place = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(place, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(place if is_ours else reverse("factcheck"))


@require_POST
def accept(request, kind, pk, key):
    """Keep someone's word that a passage is right as it stands, or take it back."""
    model_admin, record, row = found_again(request, kind, pk, key)
    if not model_admin.has_change_permission(request, record):
        raise PermissionDenied
    if row and "take_back" in request.POST:
        Acceptance.objects.filter(key=key).delete()
    elif row:
        form = ReasonForm({"reason": request.POST.get(f"reason-{key}", "")})
        if not form.is_valid():
            return refused(request, form.errors["reason"][0])
        keep_word(row, request.user, form.cleaned_data["reason"])
    return back(request)


def refused(request, message):
    if "quiet" in request.POST:
        return HttpResponse(message, status=422, content_type="text/plain; charset=utf-8")
    messages.error(request, message)
    return back(request)


def keep_word(row: Discrepancy, user, reason: str):
    about = {name: getattr(row, name) for name in ("kind", "record_id", "passage", "recorded")}
    Acceptance.objects.update_or_create(key=row.key, defaults=about | {"reason": reason, "accepted_by": user})


@require_POST
@transaction.atomic
def put(request, kind, pk, key):
    """Let a token take the place of a passage, and save the record as its own form would, with a version."""
    model = admin_of(request, kind).model
    lock(model, pk=pk)
    model_admin, record, row = found_again(request, kind, pk, key)
    if row is None or not row.token:
        return back(request)
    if not writes(request, model_admin, record, row.field, row.language):
        raise PermissionDenied
    name = column(row.field, row.language)
    text = getattr(record, name)
    changed = {name: text[: row.start] + row.token + text[row.end :]}
    form = languages_form(request, model_admin, record, [name], changed)
    if form.is_valid():
        save(request, model_admin, form)
        messages.success(request, _("The text now names the fact: %(token)s.") % {"token": row.token})
    else:
        messages.error(request, " ".join(fault for faults in form.errors.values() for fault in faults))
    return back(request)


def outside(request):
    """A text from elsewhere with what it says of a project, marked; nothing of it is kept."""
    if not takes_part(request.user):
        raise PermissionDenied
    form = OutsideText(request.POST or None, request.user)
    context = {"title": _("Check a text from elsewhere"), "form": form}
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        found = check(given["text"], given["language"], record_of(given["project"]), given["as_of"])
        context |= {"found": found, "pieces": segments(given["text"], found), "language": given["language"]}
        context["alarms"] = sum(finding.is_alarm for finding in found)
    return page(request, "outside", **context)
