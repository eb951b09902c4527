"""From a selection in a list to a report: the list's action, and the page of its kind, language, period and files."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from editorial.rights import in_reach_of
from partners.models import Partner
from projects.models import Project
from reports.kind import Kind, all_kinds
from reports.making import AT_ONCE, Asked, may_make, start
from reports.writing.formats import DOCUMENT_FORMATS
from results.models import ReportingPeriod

NAMES_SHOWN = 30
# How the reporting periods of what is selected are found.
PERIODS = {Project: "project__in", Partner: "project__participations__partner__in"}


def kinds_for(user, model) -> dict[str, Kind]:
    """The kinds of report that the user may make of records of the model, by name."""
    return {name: kind for name, kind in all_kinds().items() if kind.model is model and may_make(user, kind)}


def offer_kinds(model_admin):
    """Put the action into the menu above the list, for those for whom there is a kind."""
    model_admin.has_kept_reports_permission = lambda request: bool(kinds_for(request.user, model_admin.model))
    model_admin.actions = [*model_admin.actions, make_report]


@admin.action(permissions=["kept_reports"], description=gettext_lazy("Make a report …"))
def make_report(model_admin, request, selection):
    form = ReportForm(kinds_for(request.user, selection.model), selection, initial={"language": get_language()})
    return page(request, model_admin.opts, form)


class ReportForm(forms.Form):
    records = forms.CharField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of report"), widget=forms.RadioSelect)
    period = forms.TypedChoiceField(
        label=gettext_lazy("Reporting period"), coerce=int, empty_value=None, required=False
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the report"))
    formats = forms.MultipleChoiceField(label=gettext_lazy("Files"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, kinds: dict[str, Kind], selection, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.kinds, self.selection = kinds, selection
        self.fields["kind"].choices = [(name, named(kind)) for name, kind in kinds.items()]
        self.fields["language"].choices = settings.LANGUAGES
        self.fields["formats"].choices = [(name, each.name) for name, each in DOCUMENT_FORMATS.items()]
        self.initial = first_choices(kinds) | self.initial | {"records": ",".join(map(str, self.pks))}
        self.choose_period()

    @property
    def pks(self) -> list[int]:
        return list(self.selection.order_by("pk").values_list("pk", flat=True))

    def choose_period(self):
        """Only where a kind asks for it; the numbers are those that the selection has."""
        asking = [str(kind.title) for kind in self.kinds.values() if kind.asks_period]
        if not asking:
            del self.fields["period"]
            return
        numbers = periods_of(self.selection)
        self.fields["period"].choices = [("", "–"), *((number, number) for number in numbers)]
        self.fields["period"].help_text = _("For: %(kinds)s") % {"kinds": ", ".join(asking)}

    def clean(self):
        cleaned = super().clean()
        kind = self.kinds.get(cleaned.get("kind"))
        if kind and not kind.asks_period:
            cleaned["period"] = None
        elif kind and "period" not in self.errors and cleaned.get("period") is None:
            self.add_error("period", _("Choose the reporting period that the report is to tell of."))
        return cleaned

    @property
    def asked(self) -> Asked:
        chosen = self.cleaned_data
        return Asked(
            self.kinds[chosen["kind"]], self.selection, chosen["language"], chosen["period"], chosen["formats"]
        )


def named(kind: Kind):
    return format_html("<span><strong>{}</strong><br>{}</span>", kind.title, kind.purpose)


def first_choices(kinds: dict[str, Kind]) -> dict:
    return {"kind": next(iter(kinds), None), "formats": list(DOCUMENT_FORMATS)[:1]}


def periods_of(selection) -> list[int]:
    way = PERIODS.get(selection.model)
    found = ReportingPeriod.objects.filter(**{way: selection.order_by()}) if way else ReportingPeriod.objects.none()
    return list(found.order_by("number").values_list("number", flat=True).distinct())


def page(request, opts, form: ReportForm):
    """The page of the choices. Errors stand beside them, and nothing chosen is lost."""
    number = form.selection.count()
    context = admin.site.each_context(request) | {
        "title": _("Make a report"),
        "opts": opts,
        "form": form,
        "number": number,
        "names": [str(record) for record in form.selection[:NAMES_SHOWN]],
        "more": max(0, number - NAMES_SHOWN),
        "takes_long": number > AT_ONCE,
        "address": reverse("admin:reports_reportsnapshot_make", args=[opts.label_lower]),
    }
    return TemplateResponse(request, "admin/reports/make.html", context)


def selected_in(request, model):
    """The records that a request names, or none at all where one of them isn't within reach."""
    pks = {part for part in request.POST.get("records", "").split(",") if part.isascii() and part.isdigit()}
    pks = {int(pk) for pk in pks if len(pk) < 19}
    records = in_reach_of(request.user, model._default_manager.filter(pk__in=pks))
    return records if records.count() == len(pks) else records.none()


def make_view(request, label):
    """What the page of the choices sends: the report is made, or a worker is asked to."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    model = next((kind.model for kind in all_kinds().values() if kind.model._meta.label_lower == label), None)
    kinds = kinds_for(request.user, model)
    if not kinds:
        raise PermissionDenied
    selection = selected_in(request, model)
    if not selection.exists():
        messages.error(request, _("Some of what was selected is no longer there, or not yours to see. Select it anew."))
        return redirect(f"admin:{label.replace('.', '_')}_changelist")
    form = ReportForm(kinds, selection, request.POST)
    if not form.is_valid():
        return page(request, model._meta, form)
    snapshot = form.asked.record(request.user)
    start(snapshot)
    return redirect("admin:reports_reportsnapshot_change", snapshot.pk)
