from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.defaultfilters import filesizeformat
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from archive.keeping import whose_keeping_waits
from archive.making import ask_for
from archive.models import Copy, Retention
from archive.retention import kept_until
from archive.tasks import make_copy
from editorial.admin import TranslatedInline
from editorial.formats import long_date
from editorial.rights import RecordRights, in_reach_of
from projects.models import Project

REFRESHED_AFTER = 5  # seconds, while a copy is being made


class RetentionInline(TranslatedInline):
    model = Retention
    classes = ["collapse"]
    fields = [("last_paid_in", "has_state_aid"), "until"]
    readonly_fields = ["until"]

    @admin.display(description=_("to be kept until"))
    def until(self, retention):
        day = kept_until(retention.project) if retention and retention.pk else None
        return long_date(day) if day else _("not known until the year of the last payment is")


@admin.register(Copy)
class CopyAdmin(RecordRights, admin.ModelAdmin):
    """Copies are asked for from the list of projects, or here for the whole portal; nobody writes one by hand."""

    change_list_template = "admin/archive/copies.html"
    change_form_template = "admin/archive/copy.html"
    fields = ["name", "standing", "download", "asked_at", "ended_at", "made_by", "place", "extent", "digest", "nowhere"]
    list_display = ["name", "standing", "asked_at", "made_by", "extent", "download"]
    list_filter = ["progress"]
    list_select_related = ["made_by"]
    search_fields = ["name"]

    def get_queryset(self, request):
        return in_reach_of(request.user, super().get_queryset(request))

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def get_urls(self):
        own = {"whole/": self.ask_for_whole, "<int:pk>/cancel/": self.cancel, "<int:pk>/file/": self.file}
        pages = [
            path(place, self.admin_site.admin_view(view), name=f"archive_copy_{view.__name__}")
            for place, view in own.items()
        ]
        return [*pages, *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        answer = super().change_view(request, object_id, form_url, extra_context)
        record = getattr(answer, "context_data", {}).get("original")
        if record and record.is_under_way:
            answer.headers["Refresh"] = str(REFRESHED_AFTER)
        return answer

    def changelist_view(self, request, extra_context=None):
        context = {"may_ask": may_ask(request), "title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, context | (extra_context or {}))

    @method_decorator(require_POST)
    def ask_for_whole(self, request):
        if not may_ask(request):
            raise PermissionDenied
        return begin(request, [None])

    @method_decorator(require_POST)
    def cancel(self, request, pk):
        copy = get_object_or_404(self.get_queryset(request), pk=pk)
        if not may_ask(request):
            raise PermissionDenied
        copy.cancel()
        return redirect(self.page_of(copy))

    def file(self, request, pk):
        copy = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_view_permission(request, copy):
            raise PermissionDenied
        if not copy.file:
            raise Http404
        name = copy.file.name.rpartition("/")[2]
        return FileResponse(copy.file.open(), as_attachment=True, filename=name, content_type="application/zip")

    def page_of(self, copy) -> str:
        return reverse("admin:archive_copy_change", args=[copy.pk])

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        self.remove_files([obj])

    def delete_queryset(self, request, queryset):
        copies = list(queryset)
        super().delete_queryset(request, queryset)
        self.remove_files(copies)

    def remove_files(self, copies):
        for copy in copies:
            if copy.file:
                transaction.on_commit(lambda file=copy.file: file.storage.delete(file.name))

    @admin.display(description=_("state"), ordering="progress")
    def standing(self, copy):
        words = copy.get_progress_display()
        return f"{words} ({copy.percent} %)" if copy.percent and copy.is_under_way else copy.fault or words

    @admin.display(description=_("extent"))
    def extent(self, copy):
        if copy.pages is None:
            return ""
        pages = ngettext("%(number)d page", "%(number)d pages", copy.pages) % {"number": copy.pages}
        return f"{pages}, {filesizeformat(copy.size)}"

    @admin.display(description=_("file"))
    def download(self, copy):
        if not copy.file:
            return ""
        return format_html('<a href="{}">{}</a>', reverse("admin:archive_copy_file", args=[copy.pk]), _("Download"))

    @admin.display(description=_("links that led nowhere"))
    def nowhere(self, copy):
        return format_html_join(", ", "{} ({})", copy.missing.items()) or _("none")


def may_ask(request) -> bool:
    return request.user.has_perm("archive.add_copy")


def begin(request, projects):
    """Ask a worker for a copy of each project, or of the whole portal where that is None."""
    with transaction.atomic():
        copies = [ask_for(request.user, project) for project in projects]
        for copy in copies:
            make_copy.enqueue(copy.pk)
    if len(copies) == 1:
        return redirect("admin:archive_copy_change", copies[0].pk)
    sentence = ngettext("%(number)d copy is being made.", "%(number)d copies are being made.", len(copies))
    messages.success(request, sentence % {"number": len(copies)})
    return redirect("admin:archive_copy_changelist")


@admin.action(permissions=["archive"], description=_("Make a copy for the archive"))
def archive(model_admin, request, projects):
    return begin(request, in_reach_of(request.user, projects))


class KeepingFilter(admin.SimpleListFilter):
    title = _("keeping of documents")
    parameter_name = "keeping"

    def lookups(self, request, model_admin):
        return [("waits", _("Something waits"))]

    def queryset(self, request, projects):
        return whose_keeping_waits(projects) if self.value() == "waits" else projects


# The keeping of a project's documents is part of its form, copies are asked for from its list.
project_admin = admin.site.get_model_admin(Project)
project_admin.inlines = [*project_admin.inlines, RetentionInline]
project_admin.actions = [*project_admin.actions, archive]
project_admin.has_archive_permission = may_ask
project_admin.list_filter = [*project_admin.list_filter, KeepingFilter]
