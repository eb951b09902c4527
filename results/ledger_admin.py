from django.contrib import admin
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.admin import TranslatedAdmin, TranslatedInline
from editorial.copying import Copied
from editorial.formats import number, percentage
from editorial.list_filters import RecordFilter
from results.ledger import Line, ledger_of, said_and_listed, unexplained_differences
from results.models import Target


class TargetInline(TranslatedInline):
    model = Target
    classes = ["collapse"]
    fields = [("indicator", "order"), ("value", "baseline", "baseline_year"), "note"]
    autocomplete_fields = ["indicator"]
    list_select_related = ["indicator", "project"]
    copied = Copied(without=["baseline", "baseline_year", "difference_note", "difference_note_is_public"])


class DifferenceFilter(admin.SimpleListFilter):
    title = gettext_lazy("report and records")
    parameter_name = "records"

    def lookups(self, request, model_admin):
        return [("differ", _("Differ, and nothing says why"))]

    def queryset(self, request, targets):
        if self.value() != "differ":
            return targets
        return targets.filter(pk__in=[line.target.pk for line in unexplained_differences(targets)])


@admin.register(Target)
class TargetAdmin(TranslatedAdmin):
    fieldsets = [
        (gettext_lazy("What was promised"), {"fields": ["project", "indicator", "value", "note", "order"]}),
        (gettext_lazy("Where it began"), {"fields": [("baseline", "baseline_year")]}),
        (gettext_lazy("What was reached"), {"fields": ["ledger"]}),
        (
            gettext_lazy("Where the report differs from the records"),
            {"fields": ["difference_note", "difference_note_is_public"]},
        ),
    ]
    readonly_fields = ["ledger"]
    autocomplete_fields = ["project", "indicator"]
    main_text = "note"
    list_display = ["indicator", "project", "promised", "reached", "outcome", "records"]
    list_select_related = ["project", "indicator"]
    list_filter = [("project", RecordFilter), "indicator__level", DifferenceFilter]
    search_fields = ["project__acronym", "indicator__code", "indicator__name", "note"]

    def for_list(self, targets):
        return targets.with_actual()

    def for_page(self, targets):
        """Each with its line of the ledger: two queries for all of them."""
        for line in ledger_of(targets):
            line.target.line = line

    @admin.display(description=gettext_lazy("target"), ordering="value")
    def promised(self, target):
        return None if target.value is None else number(target.value)

    @admin.display(description=gettext_lazy("reached (approved)"))
    def reached(self, target):
        return _("not yet reported") if target.line.reached is None else number(target.line.reached)

    @admin.display(description=gettext_lazy("how it stands"))
    def outcome(self, target):
        line = target.line
        share = "" if line.share is None else f" ({percentage(line.share)})"
        return line.outcome and f"{line.outcome.label}{share}"

    @admin.display(description=gettext_lazy("records of the portal"))
    def records(self, target):
        line = target.line
        if not line.differs:
            return line.listed
        text = said_and_listed(line)
        return text if line.is_explained else format_html('<strong class="warns">{}</strong>', text)

    @admin.display(description=gettext_lazy("as approved"))
    def ledger(self, target):
        """The target's line with its parts, as visitors see it, and what disagrees with it."""
        if not target.pk:
            return None
        (line,) = ledger_of([target], by_day=True)
        address = address_of_counted(line)
        words = said_and_listed(line) if line.differs else ""
        return render_to_string("admin/results/ledger.html", {"line": line, "address": address, "difference": words})


def address_of_counted(line: Line) -> str | None:
    """Where visitors see the records that are counted; None where there are none."""
    if not line.listed:
        return None
    return reverse("project_counted", args=[line.target.project.slug, line.indicator.counts])
