"""The back office's forms and lists of reporting periods and of the figures that are reported for them."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from editorial.admin import TranslatedAdmin, TranslatedTable, as_text
from editorial.apart import SpanRow, SpanRows
from editorial.copying import Copied
from editorial.formats import number
from editorial.list_filters import RecordFilter
from editorial.locks_admin import lock
from editorial.review_admin import Reviewed, StandingFilter
from editorial.review_forms import ReviewedForm
from editorial.translations import columns, inactive_columns, translated_fields
from results.due import figures_due
from results.models import Measurement, ReportingPeriod
from results.models.reporting import is_to_translate
from results.period_report import report_view
from results.steps import LOCKED, OPEN


class Fixed:
    """For admins of records that are closed to changes at times: approved figures, locked periods."""

    shown_as = {}  # fields that are read by another name than they are written

    def is_only_shown(self, request, record) -> bool:
        """
        Whether nothing can be typed into the record. What was typed before somebody fixed it keeps its fields: it is
        refused with a message instead of being dropped.
        """
        return bool(record and record.why_fixed()) and not any(name in request.POST for name in self.closed(record))

    def closed(self, record) -> list[str]:
        """What of a fixed record is closed: all but the languages into which its texts can still be translated."""
        used = [field for field in self.opts.concrete_fields if field.name not in inactive_columns(self.model)]
        return [field.name for field in used if not is_to_translate(record, field)]

    def get_fieldsets(self, request, obj=None):
        groups = super().get_fieldsets(request, obj)
        if not self.is_only_shown(request, obj):
            return groups
        texts = [name for text in translated_fields(self.model) for name in columns(text) if name in self.closed(obj)]
        shown = {name: as_text(self.opts.get_field(name)) for name in texts} | self.shown_as
        return [
            (title, options | {"fields": [shown.get(name, name) for name in options["fields"]]})
            for title, options in groups
        ]

    def get_readonly_fields(self, request, obj=None):
        readonly = super().get_readonly_fields(request, obj)
        if not self.is_only_shown(request, obj):
            return readonly
        return [*readonly, *(name for name in self.closed(obj) if name not in readonly), *self.shown_as.values()]

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if self.is_only_shown(request, obj) and not context["adminform"].form.visible_fields():
            context |= dict.fromkeys(["show_save", "show_save_and_continue", "show_save_and_add_another"], False)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not (obj and obj.why_fixed())

    def get_deleted_objects(self, objs, request):
        """What is fixed is named with the reason, which says more than that the right to delete it is lacking."""
        *rest, lacking, protected = super().get_deleted_objects(objs, request)
        fixed = [format_html("{}: {}", record, reason) for record in objs if (reason := record.why_fixed())]
        return *rest, set() if fixed else lacking, [*fixed, *protected]


class PeriodRows(SpanRows):
    def clean(self):
        super().clean()
        fixed = [row.instance for row in self.deleted_forms if row.instance.why_fixed()]
        if fixed:
            raise ValidationError([f"{period}: {period.why_fixed()}" for period in fixed], code="locked")


class ReportingPeriodTable(TranslatedTable):
    model = ReportingPeriod
    classes = ["collapse"]
    form = SpanRow
    formset = PeriodRows
    fields = ["number", "start", "end", "due_on", "locked_on"]
    readonly_fields = ["locked_on"]  # by a step of the period's own form
    list_select_related = ["project"]
    copied = Copied(without=["locked_on"], begins=["start"], ends=["end", "due_on"])


class DueFilter(admin.SimpleListFilter):
    title = _("figures")
    parameter_name = "figures"

    def lookups(self, request, model_admin):
        return [("due", _("Due, and not all handed in"))]

    def queryset(self, request, periods):
        return figures_due(periods, request.user) if self.value() == "due" else periods


class LockFilter(StandingFilter):
    parameter_name = "standing"

    def queryset(self, request, periods):
        known = self.value() in (OPEN, LOCKED)
        return periods.filter(locked_on__isnull=self.value() == OPEN) if known else periods


@admin.register(ReportingPeriod)
class ReportingPeriodAdmin(Fixed, Reviewed, TranslatedAdmin):
    form = ReviewedForm
    change_form_template = "admin/results/period_form.html"
    fields = ["project", "number", ("start", "end"), "due_on", "locked_on"]
    readonly_fields = ["locked_on"]
    left_on_restore = ("locked_on",)
    autocomplete_fields = ["project"]
    list_display = ["project", "number", "start", "end", "due_on", "standing"]
    list_display_links = ["project", "number"]
    list_select_related = ["project"]
    list_filter = [DueFilter, LockFilter, ("project", RecordFilter)]
    search_fields = ["project__acronym", "project__title", "number"]

    @admin.display(description=_("state"), ordering="locked_on")
    def standing(self, period):
        return super().standing(period)

    def get_urls(self):
        view = self.admin_site.admin_view(report_view)
        return [path("<int:pk>/report/", view, name="results_reportingperiod_report"), *super().get_urls()]

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj and not obj.locked_on and request.user.has_perm("results.add_measurement"):
            context["report_address"] = reverse("admin:results_reportingperiod_report", args=[obj.pk])
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)


class MeasurementForm(ReviewedForm):
    def clean(self):
        """Nobody locks the period between the check and the saving."""
        period = self.cleaned_data.get("period") or (self.instance.period if self.instance.period_id else None)
        if period and transaction.get_connection().in_atomic_block:  # a form that is only judged saves nothing
            lock(ReportingPeriod, pk=period.pk)
            period.refresh_from_db(fields=["locked_on"])
        return super().clean()


@admin.register(Measurement)
class MeasurementAdmin(Fixed, Reviewed, TranslatedAdmin):
    form = MeasurementForm
    fieldsets = [
        (_("What is measured"), {"fields": ["target", "period", "participation"]}),
        (_("What was reached"), {"fields": ["value", "narrative"]}),
        (_("Evidence"), {"fields": ["evidence_document", "evidence_address"]}),
        (_("Who entered it"), {"fields": ["author"]}),
    ]
    readonly_fields = ["author"]
    shown_as = {"value": "figure"}
    left_on_restore = ("state",)
    autocomplete_fields = ["target", "period", "participation", "evidence_document"]
    main_text = "narrative"
    list_display = ["target", "period", "participation", "figure", "state", "author", "written_in"]
    list_select_related = [
        "target__project", "target__indicator", "period__project", "participation__partner", "participation__project",
        "evidence_document", "author",
    ]  # fmt: skip
    list_filter = ["state", ("target__project", RecordFilter)]
    search_fields = [
        "target__project__acronym", "target__indicator__code", "target__indicator__name", "narrative",
        "participation__partner__name",
    ]  # fmt: skip

    def locked(self, request, object_id):
        """Its period first, in the order in which the report of a period locks: nobody closes it until it is saved."""
        if record := self.get_object(request, object_id):
            lock(ReportingPeriod, pk=record.period_id)
        return super().locked(request, object_id)

    def take_with_each(self, request, numbers, form):
        with transaction.atomic():
            lock(ReportingPeriod, pk__in=Measurement.objects.filter(pk__in=numbers).values("period"))
            super().take_with_each(request, numbers, form)

    def save_model(self, request, measurement, form, change):
        if not change:
            measurement.author = request.user
        super().save_model(request, measurement, form, change)

    @admin.display(description=_("value"), ordering="value")
    def figure(self, measurement):
        return number(measurement.value)
