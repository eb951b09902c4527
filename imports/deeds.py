"""What is done with an import that was tried: written, stopped, undone, downloaded."""

from io import BytesIO
from pathlib import PurePath

from django.contrib import messages
from django.db import OperationalError, transaction
from django.http import FileResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_POST

from imports.reading import Refused
from imports.refused import refused_rows
from imports.stages import UNDER_WAY, Stage, is_silent, stage_of
from imports.tasks import set_off, write_import
from imports.undoing import preview
from imports.views import address, locked, page, sought
from imports.writing import confirm, undo
from reports.spreadsheets import CSV

NAMED = 10  # records that messages name one by one


@require_POST
def confirmed(request, pk):
    """Write what the person saw in the dry run; whoever comes second is told."""
    one = sought(request, pk)
    try:
        take_confirmation(pk, request)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        set_off(one, write_import)
    return redirect(address(one))


@transaction.atomic
def take_confirmation(pk, request):
    one = locked(pk)
    if one.confirmed_at:
        sentence = _("%(person)s has confirmed this import already. Nothing is written twice.")
        raise Refused(sentence % {"person": one.confirmed_by or _("Somebody")})
    if stage_of(one) != Stage.TRIED or request.POST.get("plan") != one.plan_digest:
        raise Refused(_("The dry run is another one by now. Look at it once more, then confirm it."))
    confirm(one, request.user)


@require_POST
def cancelled(request, pk):
    """Stop the work under way. What was only waiting is back where it was at once."""
    one = sought(request, pk)
    try:
        is_stopped = stop(pk)
    except OperationalError:  # SQLite, which lets nobody else write meanwhile
        messages.warning(request, _("It is being written at this moment and can’t be stopped any more."))
    else:
        told = _("It is stopped. Nothing has been written."), _("It has ended already: there is nothing to stop.")
        messages.info(request, told[0] if is_stopped else told[1])
    return redirect(address(one))


@transaction.atomic
def stop(pk) -> bool:
    """Whether there was anything to stop."""
    one = locked(pk)
    if stage_of(one) not in UNDER_WAY:
        return False
    if one.is_to_stop and is_silent(one):
        one.stop()
    else:
        one.cancel()
    if not one.is_under_way and one.confirmed_at:
        one.note(confirmed_at=None, confirmed_by=None)
    return True


def undone(request, pk):
    """First what undoing would do; sent back, it is done."""
    one = sought(request, pk)
    if stage_of(one) != Stage.WRITTEN:
        messages.info(request, _("There is nothing to undo."))
        return redirect(address(one))
    if request.method == "POST":
        return take_back(request, one)
    outcome = preview(one, request.user)
    return page(request, "undo", one, title=_("Undo an import"), here=4, outcome=outcome)


def take_back(request, one):
    try:
        with transaction.atomic():
            tell(request, undo(locked(one.pk), request.user))
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect(address(one))


def tell(request, outcome):
    sentence = ngettext(
        "Undone: %(number)d record is as it was.", "Undone: %(number)d records are as they were.", outcome.done
    )
    messages.success(request, sentence % {"number": outcome.done})
    for name, reason in outcome.left[:NAMED]:
        sentence = _("“%(name)s” was left as it is. %(reason)s")
        messages.warning(request, sentence % {"name": name, "reason": reason})
    if (more := len(outcome.left) - NAMED) > 0:
        sentence = ngettext("%(number)d more record stays as it is.", "%(number)d more records stay as they are.", more)
        messages.warning(request, sentence % {"number": more})


@require_GET
def file(request, pk):
    """The list as it was sent."""
    one = sought(request, pk)
    return FileResponse(BytesIO(one.file.content), as_attachment=True, filename=one.name)


@require_GET
def refused(request, pk):
    """The rows that were refused, to be mended."""
    one = sought(request, pk)
    name = f"{PurePath(one.name).stem}-{pgettext('file name', 'refused')}.csv"
    return FileResponse(BytesIO(refused_rows(one)), as_attachment=True, filename=name, content_type=CSV.content_type)
