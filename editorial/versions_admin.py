"""The back office's pages on versions: a record's history, two compared, one restored, a deleted one brought back."""

from contextlib import contextmanager
from functools import partial

from django.contrib import messages
from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from editorial import history
from editorial.comparison import compare
from editorial.keeping import deletion, keep, keep_before
from editorial.models import Snapshot
from editorial.restoring import Refused, Restoration, bring_back, restore, rows_deleted, rows_of
from editorial.versions import State, deleted, is_kept, kind, snapshots_of, state_in, state_now

PER_PAGE = 25


class KeepsVersions:
    """
    Keeps what the form, the actions and the deletions of an admin write, and shows it. Whatever else saves a record
    keeps it by `log_change`, or by `editorial.keeping.keep`.

    `left_on_restore` names fields that restoring leaves as they stand: nothing gets public by it.
    """

    left_on_restore = ()

    def save_form(self, request, form, change):
        if change and is_kept(self.model):
            keep_before(self.model, form.instance.pk)
        return super().save_form(request, form, change)

    def log_addition(self, request, record, message):
        self.keep(request, record)
        return super().log_addition(request, record, message)

    def log_change(self, request, record, message):
        self.keep(request, record)
        return super().log_change(request, record, message)

    def keep(self, request, record):
        if is_kept(type(record)):
            keep(record, request.user, history.screen_of(request))

    def delete_model(self, request, record):
        if not is_kept(self.model):
            return super().delete_model(request, record)
        with deletion(record, request.user):
            super().delete_model(request, record)

    def may_restore(self, request, record) -> bool:
        """A version holds all of a record, so it is for those who may write all of it."""
        return self.has_change_permission(request, record) and self.writes_everything(request.user)

    def may_bring_back(self, request) -> bool:
        return self.has_add_permission(request) and self.writes_everything(request.user)

    def writes_everything(self, user) -> bool:
        fields = [*self.opts.local_concrete_fields, *self.opts.local_many_to_many]
        return not user.only_own_organisation and all(map(user.may_write, fields))

    def get_urls(self):
        page = partial(f"{self.opts.app_label}_{self.opts.model_name}_{{}}".format)
        view = self.admin_site.admin_view
        kept = [
            path("deleted/", view(self.deleted_view), name=page("deleted")),
            path("deleted/<int:snapshot_id>/", view(self.bring_back_view), name=page("bring_back")),
            path("<path:object_id>/history/compare/", view(self.compare_view), name=page("compare")),
            path("<path:object_id>/history/<int:snapshot_id>/", view(self.restore_view), name=page("restore")),
        ]
        return [*(kept if is_kept(self.model) else []), *super().get_urls()]

    def address(self, name, *args) -> str:
        return reverse(f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_{name}", args=args)

    def record_or_404(self, request, object_id):
        """The record with this number, among those that the user may see."""
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404(_("There is no such record, or it has been deleted."))
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        return record

    def answer(self, request, template, **context):
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        name = f"versions/{template}.html"
        return TemplateResponse(request, [f"admin/{self.opts.app_label}/{name}", f"admin/{name}"], context)

    def changelist_view(self, request, extra_context=None):
        offers = is_kept(self.model) and self.may_bring_back(request)
        address = self.address("deleted") if offers else None
        return super().changelist_view(request, {"deleted_address": address} | (extra_context or {}))

    def history_view(self, request, object_id, extra_context=None):
        if not is_kept(self.model):
            return super().history_view(request, object_id, extra_context)
        record = self.record_or_404(request, object_id)
        page = Paginator(snapshots_of(self.model, record.pk), PER_PAGE).get_page(request.GET.get("page"))
        saves = [{"snapshot": each, "screen": history.screen(each), "changes": history.changes(each)} for each in page]
        return self.answer(
            request,
            "history",
            title=_("History"),
            record=record,
            page=page,
            saves=saves,
            may_restore=self.may_restore(request, record),
        )

    def compare_view(self, request, object_id):
        record = self.record_or_404(request, object_id)
        snapshots = list(self.chosen(request, record))
        if len(snapshots) != 2:
            messages.warning(request, _("Choose two versions to compare."))
            return redirect(self.address("history", quote(record.pk)))
        older, newer = snapshots
        comparison = compare(state_in(older, self.model), state_in(newer, self.model), self.model)
        return self.answer(
            request,
            "compare",
            title=_("Two versions compared"),
            record=record,
            older=older,
            newer=newer,
            comparison=comparison,
            may_restore=self.may_restore(request, record),
        )

    def chosen(self, request, record):
        """The two versions that the address names, the older first; by default the second is the one before."""
        snapshots = snapshots_of(self.model, record.pk)
        chosen = [request.GET.get(name, "") for name in ("old", "new")]
        numbers = {int(value) for value in chosen if value.isdecimal() and len(value) < 19}
        if len(numbers) == 1:
            before = snapshots.filter(pk__lt=max(numbers)).values_list("pk", flat=True).first()
            numbers.add(before or 0)
        return snapshots.filter(pk__in=numbers).order_by("pk") if numbers else snapshots.none()

    def snapshot_or_404(self, snapshot_id, **of) -> Snapshot:
        snapshot = Snapshot.objects.filter(kind=kind(self.model), pk=snapshot_id, **of).select_related("user").first()
        if snapshot is None:
            raise Http404(_("This version is no longer kept."))
        return snapshot

    def restore_view(self, request, object_id, snapshot_id):
        record = self.get_object(request, unquote(object_id))
        if record is None:
            snapshot = self.snapshot_or_404(snapshot_id)
            messages.warning(request, _("The record has been deleted meanwhile. Here it can be brought back."))
            return redirect(self.address("deleted"))
        if not self.may_restore(request, record):
            raise PermissionDenied
        snapshot = self.snapshot_or_404(snapshot_id, record_id=record.pk)
        return self.write(request, snapshot, restore) or self.restore_preview(request, record, snapshot)

    def restore_preview(self, request, record, snapshot):
        state = state_in(snapshot, self.model)
        return self.answer(
            request,
            "restore",
            title=_("Restore a version"),
            record=record,
            snapshot=snapshot,
            comparison=compare(state_now(self.model, record.pk), state, self.model, self.left_on_restore),
            keeps_state="state" in self.left_on_restore,
            gaps=Restoration(rows_of(state)).gaps(),
        )

    def write(self, request, snapshot, bring):
        """Restore or bring back a version where the request asks for it; a refusal is told, and the page shown anew."""
        if request.method != "POST":
            return None
        try:
            with transaction.atomic(), self.watched(request, snapshot):
                record = bring(snapshot, self.model, request.user)
        except Refused as refusal:
            return self.refuse(request, refusal.sentences)
        except IntegrityError:  # found by the database at the very end: someone was faster
            return self.refuse(request, [_("Someone has changed meanwhile what this version refers to. Try again.")])
        super().log_change(request, record, str(history.screen(snapshots_of(self.model, record.pk)[0])))
        messages.success(request, self.done(bring, record))
        return redirect(self.address("change", quote(record.pk)))

    @contextmanager
    def watched(self, request, snapshot):
        """Stands around whatever brings a version back, also undo: raises Refused where it mustn't be done."""
        yield

    def refuse(self, request, sentences):
        messages.error(request, _("Nothing was changed."))
        for sentence in sentences:
            messages.error(request, sentence)

    def done(self, bring, record) -> str:
        if bring is restore:
            return _("“%(name)s” is as it was in that version.") % {"name": record}
        if "state" in self.left_on_restore:
            return _("“%(name)s” is back, as a draft: nobody else sees it until it is published.") % {"name": record}
        return _("“%(name)s” is back.") % {"name": record}

    def deleted_view(self, request):
        if not self.may_bring_back(request):
            raise PermissionDenied
        page = Paginator(deleted(self.model), PER_PAGE).get_page(request.GET.get("page"))
        return self.answer(
            request,
            "deleted",
            title=_("Deleted: %(names)s") % {"names": self.opts.verbose_name_plural},
            page=page,
            saves=history.deletions(self.model, page),
        )

    def bring_back_view(self, request, snapshot_id):
        if not self.may_bring_back(request):
            raise PermissionDenied
        snapshot = self.snapshot_or_404(snapshot_id)
        if there := self.get_object(request, str(snapshot.record_id)):
            messages.info(request, _("“%(name)s” is there already.") % {"name": there})
            return redirect(self.address("change", quote(there.pk)))
        return self.write(request, snapshot, bring_back) or self.bring_back_preview(request, snapshot)

    def bring_back_preview(self, request, snapshot):
        rows = rows_deleted(snapshot, self.model)
        state = state_in(snapshot, self.model)
        beside = [row for row in rows if row not in rows_of(state)]
        restoration = Restoration(rows)
        return self.answer(
            request,
            "bring_back",
            title=_("Bring back"),
            name=state.record.name,
            snapshot=snapshot,
            comparison=compare(State(None, {}), state, self.model, self.left_on_restore),
            comes_as_draft="state" in self.left_on_restore,
            beside=[(capfirst(row.model._meta.verbose_name), row.name) for row in beside],
            gaps=restoration.gaps(),
            obstacles=restoration.obstacles(),
        )
