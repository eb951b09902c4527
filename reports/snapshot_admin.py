"""Reports that are kept, in the back office: their list, each with its files, and what became of those not yet made."""

from datetime import timedelta

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, Q
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks_db.models import DBTaskResult

from editorial.formats import language_name
from editorial.rights import FieldRights, RecordRights
from reports.comparison import compare
from reports.kind import all_kinds
from reports.making import Asked, make_again, may_make, start
from reports.models import SILENCE, ReportSnapshot, SnapshotFile
from reports.offering import make_view
from reports.reading import read
from reports.writing.formats import DOCUMENT_FORMATS

PATIENCE = timedelta(seconds=30)  # after which a waiting report says that no worker takes it
COMPARED = 50  # earlier reports that one can be compared with


class KindFilter(admin.SimpleListFilter):
    title = gettext_lazy("kind")
    parameter_name = "kind"

    def lookups(self, request, model_admin):
        return [(name, kind.title) for name, kind in all_kinds().items()]

    def queryset(self, request, snapshots):
        return snapshots.filter(kind=self.value()) if self.value() else snapshots


class LanguageFilter(admin.SimpleListFilter):
    title = gettext_lazy("language")
    parameter_name = "language"

    def lookups(self, request, model_admin):
        used = model_admin.get_queryset(request).order_by().values_list("language", flat=True).distinct()
        return sorted((code, language_name(code)) for code in used)

    def queryset(self, request, snapshots):
        return snapshots.filter(language=self.value()) if self.value() else snapshots


def has_worker() -> bool:
    """Whether a worker does something, or did so a moment ago. What one left behind when it died tells nothing."""
    now = timezone.now()
    busy, done = Q(status="RUNNING", started_at__gt=now - SILENCE), Q(finished_at__gt=now - PATIENCE)
    return DBTaskResult.objects.filter(busy | done).exists()


def is_mine(request, snapshot) -> bool:
    """Whether the attempt to make it is the user's to stop, repeat or clear away."""
    return request.user.is_superuser or snapshot.made_by_id == request.user.pk


@admin.register(ReportSnapshot)
class ReportSnapshotAdmin(RecordRights, FieldRights, admin.ModelAdmin):
    list_display = ["name", "kind_name", "language_name", "period", "made", "maker", "state", "downloads"]
    list_display_links = ["name"]
    list_filter = [KindFilter, LanguageFilter, "is_draft", "progress", "made_at"]
    search_fields = ["number", "title", "maker"]
    list_per_page = 50
    actions = None

    def get_urls(self):
        own = [
            ("make/<str:label>/", make_view, "make"),
            ("file/<int:pk>/", self.download, "file"),
            ("<int:pk>/do/", self.do, "do"),
        ]
        pages = [
            path(place, self.admin_site.admin_view(view), name=f"reports_reportsnapshot_{name}")
            for place, view, name in own
        ]
        return [*pages, *super().get_urls()]

    def get_queryset(self, request):
        files = SnapshotFile.objects.defer("content")
        snapshots = super().get_queryset(request).prefetch_related(Prefetch("files", files))
        return snapshots.defer("content", "pks", "names", "problems")

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": _("Kept reports")} | (extra_context or {}))

    # The list

    @admin.display(description=gettext_lazy("report"), ordering="number")
    def name(self, snapshot):
        return str(snapshot)

    @admin.display(description=gettext_lazy("kind"), ordering="kind")
    def kind_name(self, snapshot):
        return snapshot.kind_title

    @admin.display(description=gettext_lazy("language"), ordering="language")
    def language_name(self, snapshot):
        return language_name(snapshot.language)

    @admin.display(description=gettext_lazy("made at"), ordering="made_at")
    def made(self, snapshot):
        return snapshot.made_at

    @admin.display(description=gettext_lazy("state"), ordering="progress")
    def state(self, snapshot):
        if snapshot.is_draft:
            return format_html('<span class="standing standing--returned">{}</span>', _("Draft"))
        return snapshot.get_progress_display()

    @admin.display(description=gettext_lazy("files"))
    def downloads(self, snapshot):
        links = ((address_of(file), format_name(file)) for file in snapshot.files.all())
        return format_html_join(" ", '<a href="{}">{}</a>', links)

    # Where to begin

    def add_view(self, request, form_url="", extra_context=None):
        """Reports begin with a selection: says in which list for which kind."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        offered = {}
        for kind in all_kinds().values():
            if may_make(request.user, kind):
                offered.setdefault(kind.model._meta, []).append(kind)
        context = self.admin_site.each_context(request) | {
            "title": _("Make a report"),
            "opts": self.opts,
            "offered": [(meta, address_of_list(meta), kinds) for meta, kinds in offered.items()],
        }
        return TemplateResponse(request, "admin/reports/begin.html", context)

    # One report

    def change_view(self, request, object_id, form_url="", extra_context=None):
        snapshot = self.get_object(request, unquote(object_id))
        if snapshot is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if request.method != "GET" or not self.has_view_permission(request, snapshot):
            raise PermissionDenied
        context = self.admin_site.each_context(request) | {
            "title": str(snapshot),
            "opts": self.opts,
            "snapshot": snapshot,
            "kind": snapshot.kind_found,
            "is_mine": is_mine(request, snapshot),
            "may_make": self.may_make_again(request, snapshot),
        }
        if snapshot.is_made:
            return TemplateResponse(request, "admin/reports/snapshot.html", context | self.told(request, snapshot))
        return TemplateResponse(request, "admin/reports/attempt.html", context | self.awaited(request, snapshot))

    def may_make_again(self, request, snapshot) -> bool:
        kind = snapshot.kind_found
        return kind is not None and may_make(request.user, kind)

    def told(self, request, snapshot) -> dict:
        earlier = ReportSnapshot.objects.in_reach_of(request.user).earlier_than(snapshot)
        compared = self.compared_with(request, snapshot, earlier)
        return {
            "sections": read(snapshot.document),
            "files": [(file, address_of(file), format_name(file)) for file in snapshot.files.all()],
            "earlier": earlier.only("number", "title", "made_at", "kind")[:COMPARED],
            "compared": compared,
            "comparison": compare(compared.document, snapshot.document) if compared else None,
        }

    def compared_with(self, request, snapshot, earlier):
        """The earlier report that was chosen, else the last one on the same selection."""
        chosen = request.GET.get("with", "")
        if chosen.isdigit() and len(chosen) < 19:
            return earlier.filter(pk=chosen).first()
        return earlier.filter(selection_key=snapshot.selection_key).first()

    def awaited(self, request, snapshot) -> dict:
        """What a report that isn't made waits for; what keeps it from reconciling is looked up as it is now."""
        late = snapshot.asked_at < timezone.now() - PATIENCE
        kind, asks = snapshot.kind_found, snapshot.is_refused and self.may_make_again(request, snapshot)
        selected = asks and snapshot.selected(request.user)
        return {
            "lacks_worker": snapshot.progress == snapshot.Progress.WAITING and late and not has_worker(),
            "problems": kind.problems(selected, snapshot.period, request.user) if asks else [],
            "is_looked_up": asks,
        }

    def do(self, request, pk):
        """What the buttons of a report's page do."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        snapshot = get_object_or_404(self.get_queryset(request), pk=pk)
        deeds = {"cancel": self.cancel, "again": self.again, "draft": self.again, "remove": self.remove}
        deed = (deeds | {"repeat": self.repeat}).get(request.POST.get("deed"))
        if deed is None or not self.has_add_permission(request):
            raise PermissionDenied
        if deed != self.repeat and (snapshot.is_made or not is_mine(request, snapshot)):
            return redirect(self.page_of(snapshot))  # made meanwhile, or somebody else's
        return deed(request, snapshot)

    def page_of(self, snapshot) -> str:
        return reverse("admin:reports_reportsnapshot_change", args=[snapshot.pk])

    def cancel(self, request, snapshot):
        snapshot.stop() if snapshot.is_silent else snapshot.cancel()
        return redirect(self.page_of(snapshot))

    def again(self, request, snapshot):
        if not snapshot.is_under_way or snapshot.is_silent:
            make_again(snapshot, as_draft=request.POST["deed"] == "draft")
        return redirect(self.page_of(snapshot))

    def remove(self, request, snapshot):
        if not snapshot.is_under_way:
            snapshot.delete()
            messages.success(request, _("The attempt is cleared away."))
        return redirect("admin:reports_reportsnapshot_changelist")

    def repeat(self, request, snapshot):
        """A new report by the same choices, of what is recorded now."""
        if not self.may_make_again(request, snapshot):
            raise PermissionDenied
        selection = snapshot.selected(request.user)
        if selection.count() != len(snapshot.pks):
            messages.error(
                request, _("Some of what was selected is no longer there, or not yours to see. Select it anew.")
            )
            return redirect(self.page_of(snapshot))
        asked = Asked(snapshot.kind_found, selection, snapshot.language, snapshot.period, snapshot.formats)
        new = asked.record(request.user)
        start(new)
        return redirect(self.page_of(new))

    def download(self, request, pk):
        """A file as it was kept; not where it is no longer what its hash was taken of."""
        file = get_object_or_404(SnapshotFile.objects.select_related("snapshot"), pk=pk)
        if not self.has_view_permission(request, file.snapshot):
            raise Http404
        if not file.is_intact:
            sentence = _(
                "“%(name)s” is no longer the file that was kept, so it isn’t handed out. Tell an administrator."
            )
            messages.error(request, sentence % {"name": file.name})
            return redirect(self.page_of(file.snapshot))
        answer = HttpResponse(bytes(file.content), content_type=file.content_type)
        answer["Content-Disposition"] = f'attachment; filename="{file.name}"'
        answer["X-Content-Type-Options"] = "nosniff"
        answer["Cache-Control"] = "private, no-store"
        return answer


def address_of(file: SnapshotFile) -> str:
    return reverse("admin:reports_reportsnapshot_file", args=[file.pk])


def address_of_list(meta) -> str:
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")


def format_name(file: SnapshotFile) -> str:
    known = DOCUMENT_FORMATS.get(file.format)
    return str(known.name) if known else file.format.upper()
