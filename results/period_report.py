"""The page on which someone reports a period: every target of the project on one page, saved together or not at all."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import modelform_factory
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from editorial.collisions import Collision, OpenForm, sealed
from editorial.decisions import Decision
from editorial.formats import listing, number
from editorial.keeping import keep_before
from editorial.locks_admin import lock, saves
from editorial.review import decide
from editorial.rights import in_reach_of
from projects.models import Document, Participation
from results.models import Indicator, Measurement, ReportingPeriod, Target
from results.period_rows import SUBMIT, rows_class

WHOLE = "whole"
EMPTY_FORM = modelform_factory(ReportingPeriod, fields=[])  # what a Collision holds the rows against


def report_view(request, pk):
    measurements = admin.site.get_model_admin(Measurement)
    if not (measurements.has_add_permission(request) and measurements.has_change_permission(request)):
        raise PermissionDenied
    periods = in_reach_of(request.user, ReportingPeriod.objects.select_related("project"))
    report = PeriodReport(request, get_object_or_404(periods, pk=pk))
    return report.receive() if request.method == "POST" else report.page()


class PeriodReport:
    """A period as one person reports it, for the whole project or for the `participation` that the address names."""

    def __init__(self, request, period):
        self.request, self.period = request, period
        self.admin = admin.site.get_model_admin(Measurement)
        self.participations = self.reporters()
        self.participation = self.chosen()
        self.targets = period.project.targets.with_actual().select_related("indicator", "project").lean()
        self.collision, self.rows = None, None

    def reporters(self) -> list[Participation]:
        """Those whose shares the person may enter, who had not left before the period."""
        here = self.period.project.participations.select_related("partner", "project")
        if self.request.user.only_own_organisation:
            here = here.filter(partner=self.request.user.partner_id)
        return list(here.exclude(left__lt=self.period.start).lean())

    def chosen(self) -> Participation | None:
        """Whose figures they are; by default those of one's own organisation, and of the whole project for its lead."""
        asked, user = self.request.GET.get("for"), self.request.user
        if asked is None:
            own = (each for each in self.participations if each.partner_id == user.partner_id and not each.is_lead)
            return next(own, None)
        found = next((each for each in self.participations if str(each.pk) == asked), None)
        if found is None and asked != WHOLE:
            raise Http404
        return found

    def figures(self):
        figures = Measurement.objects.filter(period=self.period, participation=self.participation)
        return figures.select_related("period", "target__project", "target__indicator", "evidence_document").lean()

    def elsewhere(self) -> dict[int, str]:
        """Why a target is not reported here, by its number: it has a value of the other kind."""
        is_whole = self.participation is None
        others = Measurement.objects.filter(period=self.period, participation__isnull=not is_whole)
        found = {}
        for figure in others.select_related("participation__partner").lean():
            value = f"{number(figure.value)} ({figure.standing_name})"
            value = f"{figure.participation.partner}: {value}" if is_whole else value
            found.setdefault(figure.target_id, []).append(value)
        shares, whole = _("Reported by shares. %(figures)s"), _("Reported for the whole project: %(figures)s")
        sentence = shares if is_whole else whole
        return {target: sentence % {"figures": listing(figures)} for target, figures in found.items()}

    def notes(self) -> dict[int, str]:
        found = self.elsewhere()
        for target in self.targets if self.participation else ():
            if target.indicator.measure == Indicator.Measure.PERCENTAGE:
                found.setdefault(target.pk, _("A percentage is reported for the whole project, not by shares."))
        return found

    def open_rows(self, data=None):
        figures, notes = list(self.figures()), self.notes()
        reported = {figure.target_id for figure in figures}
        open_ones = () if self.period.locked_on else self.targets
        new = [target for target in open_ones if target.pk not in reported and target.pk not in notes]
        rows = rows_class(self.admin, self.request, len(new))
        rows.participation, rows.targets = self.participation, Target.objects.filter(project=self.period.project)
        rows.documents, rows.submits = self.documents(), "_submit" in self.request.POST
        return rows(
            data, instance=self.period, queryset=self.figures(), initial=[{"target": target.pk} for target in new]
        )

    def documents(self) -> list[tuple]:
        documents = in_reach_of(self.request.user, Document.objects.filter(project=self.period.project))
        return [("", "–"), *((document.pk, str(document)) for document in documents.lean())]

    def open_form(self, rows) -> OpenForm:
        return OpenForm(EMPTY_FORM(instance=self.period), [rows])

    @transaction.atomic
    def receive(self):
        """Save what was sent, or show it once more with what is to be looked at."""
        lock(ReportingPeriod, pk=self.period.pk)
        self.period.refresh_from_db(fields=["locked_on"])
        if reason := self.period.why_fixed():
            return self.admin.typed_texts(self.request, reason)
        lock(Measurement, period=self.period.pk)
        self.collision = Collision(self.open_form(self.open_rows()), self.request.POST, self.request.FILES)
        self.rows = self.open_rows(self.collision.data)
        is_held_back = self.collision.differences or "_kept" in self.request.POST
        if not self.rows.is_valid() or is_held_back:
            return self.page()
        self.tell(self.save())
        return redirect(self.request.get_full_path())

    def save(self) -> tuple[int, int]:
        """Save each row that was changed, and submit what can be where that was asked; how many of each."""
        saved = submitted = 0
        for row in self.rows.forms:
            is_submitted = self.rows.submits and bool(row.cleaned_data) and SUBMIT.leads_on(row.instance)
            if row.has_changed() or is_submitted:
                self.save_row(row, is_submitted)
                saved, submitted = saved + 1, submitted + is_submitted
        return saved, submitted

    def save_row(self, row, is_submitted):
        figure, user, is_new = row.instance, self.request.user, row.instance.pk is None
        keep_before(Measurement, figure.pk)
        before = figure.standing
        if is_new:
            figure.author = user
        if is_submitted:
            figure.take(SUBMIT)
        row.save()
        log = self.admin.log_addition if is_new else self.admin.log_change
        log(self.request, figure, self.admin.construct_change_message(self.request, row, [], is_new))
        if is_submitted:
            decide(SUBMIT, figure, before, user)

    def tell(self, counts):
        saved, submitted = counts
        if submitted:
            sentence = ngettext(
                "%(number)d figure is submitted for review.", "%(number)d figures are submitted for review.", submitted
            )
            messages.success(self.request, sentence % {"number": submitted})
        elif saved:
            sentence = ngettext("%(number)d figure is saved.", "%(number)d figures are saved.", saved)
            messages.success(self.request, sentence % {"number": saved})
        else:
            messages.info(self.request, _("Nothing was changed."))

    def page(self):
        rows = self.rows or self.open_rows()
        if self.collision and self.collision.differences and self.collision.since:
            records, since = [row.instance for row in rows.initial_forms], parse_datetime(self.collision.since)
            self.collision.saves = saves([self.period, *records], since)
        context = admin.site.each_context(self.request) | {
            "title": _("Report a period"),
            "subtitle": str(self.period),
            "opts": ReportingPeriod._meta,
            "period": self.period,
            "participation": self.participation,
            "participations": self.participations,
            "formset": rows,
            "lines": self.lines(rows),
            "collision": self.collision,
            "opened": self.collision.sealed() if self.collision else sealed(self.open_form(rows).state()),
            "errors": rows.is_bound and rows.total_error_count(),
            "is_kept": "_kept" in self.request.POST,
        }
        return TemplateResponse(self.request, "admin/results/report.html", context)

    def lines(self, rows) -> list[dict]:
        """For the page: every target with its rows, or why it has none. Several are of people who began it at once."""
        by_target, notes, reasons = {}, self.notes(), self.reasons(rows)
        for row in rows.forms:
            row.reason = reasons.get(row.instance.pk, "")
            by_target.setdefault(str(row["target"].value()), []).append(row)
        return [
            {"target": target, "rows": shown(by_target.get(str(target.pk), [])), "note": notes.get(target.pk)}
            for target in self.targets
        ]

    def reasons(self, rows) -> dict[int, str]:
        """Why figures were returned, by the figures' numbers."""
        numbers = [row.instance.pk for row in rows.initial_forms if row.instance.state == Measurement.State.RETURNED]
        decisions = Decision.objects.filter(kind=Measurement._meta.label_lower, record_id__in=numbers).order_by("pk")
        return {
            decision.record_id: decision.note for decision in decisions if decision.after == Measurement.State.RETURNED
        }


def shown(rows) -> list:
    """A target's rows without the empty one, where somebody else has just begun the target."""
    return [row for row in rows if row.instance.pk or row.errors] if len(rows) > 1 else rows
