"""The back office's pages for translators: the board, a record's state, the queue, files for outside translators."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from editorial.formats import language_name
from editorial.models import Presence
from editorial.querysets import translated
from editorial.translating import board
from editorial.translating.forms import ExportForm, UploadForm
from editorial.translating.models import ReturnedFile
from editorial.translating.progress import kinds, text_of, texts
from editorial.translating.taking import Taking, check_language, summary, told
from editorial.translating.work import Work, known_of
from editorial.translating.xliff import NotOurs, bundle, files_for, read
from editorial.translations import active_languages

MOST = 1000  # records in a file for a translator
FILTERS = ["kind", "project", "public", "state"]


def page(request, template, **context):
    context = {**admin.site.each_context(request), **context}
    return TemplateResponse(request, f"admin/translations/{template}.html", context)


def filtered(request) -> board.BoardFilter:
    return board.BoardFilter(request.GET, request.user, admin.site.get_app_list(request))


def query(request) -> str:
    """The filters of the board, to travel along: `?kind=news&public=yes`; a language is named by the address."""
    chosen = {name: request.GET[name] for name in FILTERS if request.GET.get(name)}
    return f"?{urlencode(chosen)}" if chosen else ""


def check_access(request):
    if not board.viewable_kinds(request.user):
        raise PermissionDenied


def overview(request):
    check_access(request)
    form = filtered(request)
    shown = board.Pages(form.found()).get_page(request.GET.get("page"))
    chosen = form.chosen("language")
    languages = [chosen] if chosen else board.ordered_for(request.user)
    writable = board.writable_languages(request.user)
    known = board.coverage(form.translations(editable=True))
    coverage = [{"language": code, "may_write": code in writable, **known[code]} for code in languages if code in known]
    return page(
        request,
        "board",
        title=_("Translations"),
        form=form,
        languages=languages,
        coverage=coverage,
        may_approve=board.may_approve(request.user),
        may_write=bool(writable),
        page=shown,
        records=board.table(list(shown), languages),
        query=query(request),
        filter_query=request.GET.urlencode(),
        pages=shown.paginator.get_elided_page_range(shown.number, on_each_side=2, on_ends=1),
        page_query=without_page(request),
        export_form=ExportForm(user=request.user, initial={"language": chosen}),
    )


def without_page(request) -> str:
    data = request.GET.copy()
    data.pop("page", None)
    return f"{data.urlencode()}&" if data else ""


def admin_of(kind):
    """The admin for a kind of record that is translated, by the kind's label."""
    model = next((model for model in kinds() if board.label(model) == kind), None)
    if model is None:
        raise Http404(_("There is nothing of this kind to be translated."))
    return admin.site.get_model_admin(model)


def record_or_404(request, kind, pk):
    model_admin = admin_of(kind)
    record = model_admin.get_object(request, str(pk))
    if record is None:
        raise Http404(_("There is no such record, or you may not see it."))
    if not model_admin.has_view_permission(request, record):
        raise PermissionDenied
    return model_admin, record


def of_record(request, kind, pk):
    model_admin, record = record_or_404(request, kind, pk)
    languages = board.ordered_for(request.user)
    known = known_of([record])[0]
    lines = [
        {
            "label": capfirst(record._meta.get_field(name).verbose_name),
            "cells": [(code, cell(record, known.get(code), name, code)) for code in languages],
        }
        for name in texts(type(record))
    ]
    return page(
        request,
        "record",
        title=_("Translations"),
        record=record,
        opts=model_admin.opts,
        kind=kind,
        languages=languages,
        lines=lines,
        checks=[row for code in languages if (row := known.get(code)) and row.checked_by],
        query=query(request),
    )


def cell(record, row, name, language) -> dict:
    known = row.fields.get(name) if row else None
    return {"state": known and known["state"], "is_source": not known and bool(text_of(record, name, language))}


def first(request, language):
    """The beginning of the queue that the filters make."""
    check_access(request)
    row = filtered(request).queue(language).first() if language in active_languages() else None
    if row is None:
        messages.success(request, _("Nothing is waiting here."))
        return redirect(reverse("translations") + query(request))
    return redirect(address_of(row) + query(request))


def address_of(row) -> str:
    return reverse("translation_work", args=[row.kind, row.record_id, row.language])


def go_on(request, kind, pk, language):
    """To what comes next in the queue; at its end to the board."""
    form = filtered(request)
    queue = form.queue(language)
    here = board.with_urgency(kind, pk, language, form.chosen_models())
    following = board.after(here, queue).first() if here else queue.first()
    if following:
        return redirect(address_of(following) + query(request))
    messages.info(request, _("That was the end of the queue."))
    return redirect(reverse("translations") + query(request))


def work(request, kind, pk, language):
    """A record in one language. Whatever has become of it meanwhile, nothing that was typed for it is lost."""
    try:
        return open_work(request, kind, pk, language)
    except (Http404, PermissionDenied):
        if request.method != "POST":
            raise
        reason = _("This can't be saved: the record is no longer there, or you may not write this, or no longer.")
        return admin_of(kind).typed_texts(request, reason)


def open_work(request, kind, pk, language):
    model_admin, record = record_or_404(request, kind, pk)
    if language not in active_languages():
        raise Http404(_("The portal doesn't use this language."))
    if "skip" in request.GET:
        return go_on(request, kind, pk, language)
    task = Work(request, model_admin, record, language)
    if task.known() is None:
        messages.info(request, _("There is nothing to translate into this language here."))
        return redirect("translation_record", kind, pk)
    if request.method == "POST":
        with transaction.atomic():
            answer = receive(request, task)
        if answer:
            return answer
    else:
        task.open()
    return work_page(request, task, kind)


def receive(request, task):
    """The way on where what was sent is saved; None where the page is to be shown once more."""
    writes, approves = task.may_write(), "_approve" in request.POST
    if not (writes or approves) or (approves and not board.may_approve(request.user)):
        raise PermissionDenied
    if not task.receive():
        return None
    done = task.save(request.POST.getlist("right"), approves)
    kind, pk = board.label(type(task.record)), task.record.pk
    Presence.objects.at(task.record).filter(user=request.user).delete()
    name = {"name": task.record, "language": language_name(task.language)}
    if done and approves:
        messages.success(request, _("Approved: %(name)s (%(language)s).") % name)
    elif done:
        messages.success(request, _("Saved: %(name)s (%(language)s).") % name)
    else:
        messages.info(request, _("Nothing was changed in %(name)s (%(language)s).") % name)
    if "_continue" in request.POST:
        return redirect(request.get_full_path())
    return go_on(request, kind, pk, task.language)


def work_page(request, task, kind):
    record, opts = task.record, task.admin.opts
    others = []
    if task.form:
        if request.method == "GET":
            Presence.objects.note(request.user, record)
        others = Presence.objects.beside(request.user, record)
    return page(
        request,
        "work",
        title=_("Translate into %(language)s") % {"language": language_name(task.language)},
        original=record,
        object_id=str(record.pk),
        opts=opts,
        kind=kind,
        language=task.language,
        task=task,
        form=task.form,
        lines=task.lines(),
        known=task.known(),
        opened=task.opened(),
        seen=task.seen(),
        collision=task.collision,
        others=others,
        waiting=filtered(request).queue(task.language).count(),
        may_approve=board.may_approve(request.user),
        may_change=task.admin.has_change_permission(request, record),
        query=query(request),
        media=task.form.media if task.form else "",
        errors=task.form.errors if task.form else {},
    )


def export(request):
    """Sends a file with the texts of the records chosen on the board, or of all that its filters let through."""
    check_access(request)
    form = ExportForm(request.POST or None, user=request.user)
    if request.method != "POST" or not form.is_valid():
        return redirect("translations")
    language = form.cleaned_data["language"]
    if "all" in request.POST:
        queue = filtered(request).translations().filter(language=language)
        queue = queue if form.cleaned_data["everything"] else queue.found_by("unfinished")
        keys = list(queue.values_list("kind", "record_id")[: MOST + 1])
    else:
        keys = chosen(request.POST.getlist("record"))
    if len(keys) > MOST:
        message = _(
            "These are more than %(number)d records. Narrow them down with the filters, and send several files."
        )
        messages.error(request, message % {"number": MOST})
        return redirect_back(request)
    records = records_of(request, keys)
    files = files_for(records, language, bool(form.cleaned_data["everything"]))
    if not files:
        messages.warning(request, _("There is nothing to translate in them: everything is there and up to date."))
        return redirect_back(request)
    name, content = bundle(files, f"translation-{language}-{timezone.localdate():%Y-%m-%d}")
    kind = "application/zip" if name.endswith(".zip") else "application/xliff+xml"
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def redirect_back(request):
    asked = request.GET.urlencode()
    return redirect(reverse("translations") + (f"?{asked}" if asked else ""))


def chosen(values) -> list[tuple[str, int]]:
    """`["news.article:5"]` → `[("news.article", 5)]`; what isn't of this form is passed over."""
    pairs = [value.partition(":")[::2] for value in values]
    return [(kind, int(pk)) for kind, pk in pairs if pk.isdecimal() and len(pk) < 19]


def records_of(request, keys) -> list:
    """The records that the person may see, in the order of their keys; a query a kind."""
    numbers = {}
    for kind, pk in keys:
        numbers.setdefault(kind, set()).add(pk)
    found = {}
    for model in board.viewable_kinds(request.user):
        if pks := numbers.get(board.label(model)):
            options = admin.site.get_model_admin(model)
            for record in translated(options.get_queryset(request)).filter(pk__in=pks):
                found[board.label(model), record.pk] = record
    return [found[key] for key in dict.fromkeys(keys) if key in found]


def returned(request):
    """Files that came back: one is uploaded and looked through; nothing is saved of it before its report was seen."""
    if not board.writable_languages(request.user):
        raise PermissionDenied
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            content = upload.read(settings.XLIFF_BYTES + 1)
            found = read(content)
            check_language(request.user, found)
        except NotOurs as error:
            form.add_error("file", str(error))
        else:
            kept = ReturnedFile.objects.create(
                name=upload.name[:200],
                content=content,
                language=found.language,
                user=request.user,
                report=told(Taking(request, found).judge()),
            )
            return redirect("translation_report", kept.pk)
    return page(
        request,
        "returned",
        title=_("Translations that came back"),
        form=form,
        files=visible_files(request)[:20],
    )


def visible_files(request):
    files = ReturnedFile.objects.defer("content").select_related("user")
    return files if board.may_approve(request.user) else files.filter(user=request.user)


def report(request, pk):
    """What a file that came back holds; sent back, what can be taken of it is taken."""
    file = get_object_or_404(visible_files(request), pk=pk)
    if request.method == "POST":
        return take(request, file)
    order = ["refused", "taken", "empty", "unchanged"]
    verdicts = sorted(file.report, key=lambda verdict: order.index(verdict["what"]))
    return page(
        request,
        "report",
        title=file.name,
        file=file,
        numbers=summary(file.report),
        verdicts=verdicts,
        may_take=file.taken_at is None and file.user_id == request.user.pk,
    )


def take(request, file):
    """Once only, and by who uploaded it: their rights are those it is judged by."""
    file = get_object_or_404(ReturnedFile, pk=file.pk, user=request.user)
    claimed = ReturnedFile.objects.filter(pk=file.pk, taken_at=None)
    if not claimed.update(taken_at=timezone.now()):
        messages.info(request, _("This file has been taken already."))
        return redirect("translation_report", file.pk)
    try:
        # Each record in a transaction of its own, so that the others' editors don't wait for the whole file.
        file.report = told(Taking(request, read(bytes(file.content))).take())
    except BaseException:
        ReturnedFile.objects.filter(pk=file.pk).update(taken_at=None)  # what was taken so far stands there already
        raise
    file.taken_at, file.content = timezone.now(), b""
    file.save()
    numbers = summary(file.report)
    messages.success(request, _("Texts taken: %(taken)d; refused: %(refused)d.") % numbers)
    return redirect("translation_report", file.pk)
