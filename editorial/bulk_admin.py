"""For admins: what is done to several records of a list at once, and undone again."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from editorial.bulk import bulk_change, last_bulk_change, undo
from editorial.models import BulkChange
from editorial.restoring import Refused
from editorial.versions import is_kept, kind


class UndoesBulk:
    """Shows above a list what its reader did last to several of its records, and undoes it."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.undo_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_undo"
        return [*([path("undo/<int:bulk_id>/", view, name=name)] if is_kept(self.model) else []), *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        last = {"last_bulk": last_bulk_change(request.user, self.model)}
        return super().changelist_view(request, last | (extra_context or {}))

    def delete_queryset(self, request, records):
        if not is_kept(self.model):
            return super().delete_queryset(request, records)
        with bulk_change(request, records) as bulk:
            for record in bulk.records:
                bulk.delete(record)

    def undo_view(self, request, bulk_id):
        """Undo what the person who asks did to several records; nobody undoes another's."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        change = get_object_or_404(BulkChange, pk=bulk_id, kind=kind(self.model))
        if change.user_id != request.user.pk:
            raise PermissionDenied
        try:
            self.tell(request, undo(change, request))
        except Refused as refusal:
            messages.warning(request, " ".join(refusal.sentences))
        except IntegrityError:  # found by the database at the very end: someone was faster
            messages.error(request, _("Someone has changed meanwhile what these records refer to. Nothing was undone."))
        return redirect(self.address("changelist"))

    def tell(self, request, outcome):
        if outcome.done:
            sentence = ngettext(
                "Undone: %(number)d record is as it was.", "Undone: %(number)d records are as they were.", outcome.done
            )
            messages.success(request, sentence % {"number": outcome.done})
        for name, reason in outcome.left:
            sentence = _("“%(name)s” was left as it is. %(reason)s")
            messages.warning(request, sentence % {"name": name, "reason": reason})
