"""The list of imports, and in the lists of what they write a filter by import."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from editorial.admin import RecordList, lean
from imports import views
from imports.models import Import, Written
from imports.showing import tabs
from imports.stages import stage_of
from partners.models import Partner
from projects.models import Participation, Project

OFFERED = 20  # imports in the filter


@admin.register(Import)
class ImportAdmin(admin.ModelAdmin):
    """Imports are made by their own pages, and afterwards neither changed nor deleted."""

    list_display = ["name", "standing", "asked_at", "made_by", "programme", "rows"]
    list_filter = ["kind", "confirmed_at"]
    search_fields = ["name", "programme__cci", "made_by__username"]
    list_per_page = 50

    def get_queryset(self, request):
        return lean(super().get_queryset(request).for_list())

    def for_list(self, imports):
        return imports

    def for_page(self, imports):
        """Their query tells all."""

    def get_changelist(self, request, **kwargs):
        return RecordList

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": _("Imports")} | (extra_context or {}))

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied
        return views.upload(request)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        one = self.get_object(request, object_id)
        if not self.has_view_permission(request, one) or request.method == "POST":
            raise PermissionDenied
        if one is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return views.show(request, one)

    @admin.display(description=_("state"))
    def standing(self, one):
        return stage_of(one).label

    @admin.display(description=_("rows"))
    def rows(self, one):
        """`created: 70, refused: 2`"""
        return ", ".join(f"{name}: {number}" for outcome, name, number in tabs(one)[1:] if number) or None


class ImportFilter(admin.SimpleListFilter):
    """The records that an import made or changed: in the lists of what imports write."""

    title = _("import")
    parameter_name = "import"

    def lookups(self, request, model_admin):
        if not request.user.has_perm("imports.view_import"):
            return []
        written = Written.objects.filter(import_of=OuterRef("pk"), model=model_admin.opts.label_lower)
        return list(Import.objects.filter(Exists(written)).values_list("pk", "name")[:OFFERED])

    def queryset(self, request, records):
        number = self.value()
        if not number or not number.isdecimal() or len(number) > 18:
            return records
        written = Written.objects.filter(import_of=number, model=records.model._meta.label_lower)
        return records.filter(pk__in=written.values("record_id"))


for model in (Project, Partner, Participation):
    options = admin.site.get_model_admin(model)
    options.list_filter = [*options.list_filter, ImportFilter]
