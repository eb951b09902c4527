"""The pages on which a list is brought in: a file, its columns, the dry run, what was written, and the way back."""

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from editorial.admin import lean
from editorial.locks_admin import lock
from imports.forms import ColumnsForm, RereadForm, UploadForm
from imports.models import Import
from imports.reading import Refused
from imports.receiving import correct, currency_for, receive
from imports.rereading import read_again
from imports.showing import recognised_of, records_of, rows_shown
from imports.stages import DECIDED, OPEN, UNDER_WAY, Stage, is_silent, stage_of
from imports.tasks import ask, set_off, try_import

# The step of the way that a page belongs to, as numbered in way.html.
HERE = {Stage.TRYING: 3, Stage.TRIED: 3, Stage.WRITING: 4, Stage.WRITTEN: 4, Stage.UNDONE: 4}
NOT_NOW = gettext_lazy("Somebody else goes on with this import at this moment, or has confirmed it.")
LOOK_AGAIN = 3  # seconds until the page of work under way shows how far it is


def page(request, template, one=None, **context):
    context = {**admin.site.each_context(request), "opts": Import._meta, "one": one, **context}
    context["may_import"] = request.user.has_perm("imports.add_import")
    return TemplateResponse(request, f"admin/imports/{template}.html", context)


def address(one: Import) -> str:
    return reverse("admin:imports_import_change", args=[one.pk])


def sought(request, pk) -> Import:
    """An import, for who may import."""
    if not request.user.has_perm("imports.add_import"):
        raise PermissionDenied
    return get_object_or_404(lean(Import.objects.for_list()), pk=pk)


def locked(pk) -> Import:
    """The import as it stands now that nobody else can take a step with it."""
    lock(Import, pk=pk)
    return lean(Import.objects.for_list()).get(pk=pk)


def upload(request):
    """Where it begins: a file is taken, or refused with the form as it was filled in."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        programme = given["programme"] or given["cci"]
        try:
            file, language = given["file"], given["language"]
            one = receive(file.read(), file.name, request.user, programme, language, by_hand=True)
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("import_columns", one.pk)
    limit = settings.IMPORT_BYTES
    return page(request, "upload", title=_("Import a list"), form=form, here=1, limit=limit)


def show(request, one: Import):
    """The page of an import, whatever it has come to."""
    stage = stage_of(one)
    if stage in UNDER_WAY:
        return under_way(request, one, stage)
    if stage == Stage.COLUMNS:
        return columns_page(request, one, ColumnsForm(one))
    template = "written" if stage in DECIDED else "dry_run"
    records = records_of(one) if stage in DECIDED else []
    return page(
        request, template, one, title=one.name, stage=stage, here=HERE[stage], records=records, others=same_file(one),
        **rows_shown(one, request.GET),
    )  # fmt: skip


def same_file(one: Import):
    """Imports that wrote the very same file before."""
    others = lean(Import.objects.for_list()).exclude(pk=one.pk)
    return others.filter(file=one.file_id, confirmed_at__isnull=False, undone_at=None)


def under_way(request, one, stage):
    """How far the work is. The page loads itself anew, unless its reader has stopped that."""
    is_still = "still" in request.GET
    answer = page(
        request,
        "under_way",
        one,
        title=one.name,
        stage=stage,
        here=HERE[stage],
        is_still=is_still,
        is_silent=is_silent(one),
    )
    if not is_still:
        answer.headers["Refresh"] = str(LOOK_AGAIN)
    return answer


def columns(request, pk):
    """What the columns mean, corrected and sent off into the dry run."""
    one = sought(request, pk)
    if stage_of(one) not in OPEN:
        messages.info(request, _("The columns can no longer be changed."))
        return redirect(address(one))
    form = ColumnsForm(one, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and take_columns(one.pk, form):
        set_off(one, try_import)
        return redirect(address(one))
    return columns_page(request, one, form)


@require_POST
def again(request, pk):
    """The file read once more, by what the person says of it."""
    one = sought(request, pk)
    form = RereadForm(one, request.POST)
    if form.is_valid():
        try:
            take_reading(pk, form)
            return redirect("import_columns", pk)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return columns_page(request, one, ColumnsForm(one), form)


@transaction.atomic
def take_reading(pk, form: RereadForm):
    one, said = locked(pk), form.cleaned_data
    if stage_of(one) not in OPEN:
        raise Refused(NOT_NOW)
    read_again(one, form.header_rows(), said.get("encoding", ""), said.get("separator", ""))


def take_columns(pk, form: ColumnsForm) -> bool:
    """Keep what was chosen and ask for the dry run; what is wrong with it, the form says."""
    chosen = form.cleaned_data
    try:
        with transaction.atomic():
            one = locked(pk)
            if stage_of(one) not in OPEN:
                raise ValidationError(NOT_NOW)
            before = one.programme, one.cci
            one.programme, one.cci = chosen["programme"], chosen["cci"]
            is_other = before != (one.programme, one.cci) and "currency" not in form.changed_data
            currency = currency_for(one) if is_other else chosen["currency"]
            correct(one, form.mappings(), language=chosen["language"], currency=currency)
            ask(one)
    except ValidationError as mistake:
        form.add_error(None, mistake)
    return form.is_valid()


def columns_page(request, one, form, reread=None):
    if not request.user.has_perm("imports.add_import"):
        form.close()
    return page(
        request, "columns", one, title=one.name, here=2, form=form, reread=reread or RereadForm(one),
        facts=recognised_of(one), others=same_file(one), is_tried=stage_of(one) == Stage.TRIED,
    )  # fmt: skip
