"""The review in the back office: the steps on a record's form and in the actions of its list."""

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from editorial.bulk import bulk_change
from editorial.decisions import Decision
from editorial.querysets import translated
from editorial.readiness import Gap, gaps_of, required, with_all_that_is_checked
from editorial.review import Step, decide, obstacle, steps_for, told
from editorial.review_forms import Asked, StepForm
from editorial.states import SCHEDULED, State


class NotReady(Exception):
    """A record was to be published while something required is missing; what was saved for it is undone."""

    def __init__(self, gaps: list[Gap]):
        super().__init__(gaps)
        self.gaps = gaps


class StandingFilter(admin.SimpleListFilter):
    """By the state as editors know it, at the address that a filter by the field has."""

    title = gettext_lazy("state")
    parameter_name = "state__exact"

    def lookups(self, request, model_admin):
        return model_admin.model.standings

    def queryset(self, request, records):
        now, asked = timezone.now(), self.value()
        if asked == SCHEDULED:
            return records.filter(state=State.PUBLISHED, published_at__gt=now)
        if asked == State.PUBLISHED:
            return records.filter(state=asked).exclude(published_at__gt=now)
        return records.filter(state=asked) if asked in dict(records.model.standings) else records


def action_of(step: Step):
    """The list's action that takes a step with many records."""

    def act(model_admin, request, records):
        return model_admin.take_with_many(request, records, step)

    return act, step.code, step.label


def asked_in(request) -> Asked | None:
    """The step that a form's button asks for; none where a record is saved from another page."""
    return getattr(request, "asked", None)


class Reviewed:
    """
    For admins of Reviewable records: their state is changed by steps alone, each with its reason and together with
    what was typed, and nothing gets public of which something required is missing.
    """

    def get_list_display(self, request):
        return ["standing" if name == "state" else name for name in super().get_list_display(request)]

    def get_list_filter(self, request):
        return [StandingFilter if name == "state" else name for name in super().get_list_filter(request)]

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def standing(self, record):
        return format_html('<span class="standing standing--{}">{}</span>', record.standing, record.standing_name)

    def get_readonly_fields(self, request, obj=None):
        """When something scheduled is published is changed by scheduling it anew."""
        scheduled = ["published_at"] if obj and obj.is_scheduled else []
        return [*super().get_readonly_fields(request, obj), *scheduled]

    # The form

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """What is typed is saved together with the step, or neither is."""
        request.asked = Asked.by(request, self.model)
        if request.asked is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        try:
            with transaction.atomic():
                return super().changeform_view(request, object_id, form_url, extra_context)
        except NotReady as refusal:
            request.asked.gaps = refusal.gaps
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.asked = asked_in(request)
        return form

    def save_model(self, request, record, form, change):
        if asked := asked_in(request):
            asked.before = record.standing
            record.take(asked.step, asked.form.cleaned_data.get("due"))
        super().save_model(request, record, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if asked := asked_in(request):
            record = self.model._base_manager.get(pk=form.instance.pk)
            gaps = required(gaps_of(record)) if asked.step.makes_public else []
            if gaps:
                raise NotReady(gaps)
            decide(asked.step, record, asked.before, request.user, asked.form.cleaned_data["note"])

    def response_add(self, request, record, post_url_continue=None):
        return self.response_to_step(request, record) or super().response_add(request, record, post_url_continue)

    def response_change(self, request, record):
        return self.response_to_step(request, record) or super().response_change(request, record)

    def response_to_step(self, request, record):
        if not request.asked or "_popup" in request.POST:
            return None
        message = _("“%(name)s” is saved. Its state is now: %(state)s.")
        messages.success(request, message % {"name": record, "state": record.standing_name})
        return HttpResponseRedirect(self.address("change", record.pk))

    def meet(self, request, record):
        """Of what others changed meanwhile, a step is told in words."""
        super().meet(request, record)
        collision = request.collision
        if collision.differences and collision.since:
            last = Decision.objects.on(record).first()
            if last and last.at >= parse_datetime(collision.since):
                request.held_back = f"{self.in_words(last, record)} {request.held_back}"

    def why_closed(self, request, record):
        last, reason = Decision.objects.on(record).first(), super().why_closed(request, record)
        return f"{self.in_words(last, record)} {reason}" if last else reason

    def in_words(self, decision, record) -> str:
        """“Jana Kos withdrew “Kick-off”. Why: The date was wrong.”"""
        sentence = told(decision.step, self.model, decision.person, str(record))
        return f"{sentence} " + _("Why: %(note)s") % {"note": decision.note} if decision.note else sentence

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        may_save = self.has_add_permission(request) if add else self.has_change_permission(request, obj)
        context["review"] = self.course(request, context, obj, may_save and not context["is_popup"])
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)

    def course(self, request, context, record, may_save) -> dict:
        """What the form says of the record's review: where it stands, what is missing, what can be done, what was."""
        asked, form = request.asked, context["adminform"].form
        current = record or self.model()
        decisions = [
            {"decision": decision, "told": told(decision.step, self.model, decision.person, str(record))}
            for decision in (Decision.objects.on(record) if record else [])
        ]
        gaps = asked.gaps if asked else []
        if record and may_save and not gaps:
            gaps = gaps_of(with_all_that_is_checked([record])[0])
        steps = steps_for(request.user, current) if may_save else []
        data = request.POST if request.method == "POST" else None
        return {
            "title": current.review_name,
            "why_fixed": record.why_fixed() if record else "",
            "standing": current.standing,
            "name": current.standing_name,
            "due": record.published_at if record and record.is_scheduled else None,
            "decisions": decisions,
            "returned": next((each for each in decisions if each["decision"].after == current.standing), None)
            if current.standing == State.RETURNED
            else None,
            "gaps": [(gap, gap.address or self.anchor(gap, form)) for gap in gaps],
            "lacks": len(required(gaps)),
            "steps": [(step, StepForm(step, data), bool(asked and asked.step is step)) for step in steps],
        }

    def anchor(self, gap, form) -> str:
        """Where in this form a gap is filled in; empty where its reader can't."""
        place = gap.place_in(self.model)
        return f"#{place}" if gap.field in form.fields or place.endswith("-group") else ""

    # The list

    def get_actions(self, request):
        steps = [step for step in self.model.steps if step.is_for(request.user, self.model)]
        offered = steps if self.has_change_permission(request) and "_popup" not in request.GET else []
        return {step.code: action_of(step) for step in offered} | super().get_actions(request)

    def take_with_many(self, request, records, step):
        """A page that says of which records the step can be taken and of which not and why; then it is taken."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        numbers = list(records.values_list("pk", flat=True))
        form = StepForm(step, request.POST if "_confirmed" in request.POST else None)
        if form.is_valid():
            self.take_with_each(request, numbers, form)
            return None
        chosen = with_all_that_is_checked(list(self.get_queryset(request).filter(pk__in=numbers)))
        mine = self.numbers_to_change(request, numbers)
        judged = [(record, *self.judge(request, record, step, mine)) for record in chosen]
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": step.label,
            "step": step,
            "form": form,
            "able": [record for record, reason, gaps in judged if not (reason or gaps)],
            "unable": [
                (record, reason, [(gap, gap.link(record)) for gap in gaps])
                for record, reason, gaps in judged
                if reason or gaps
            ],
            "checkbox": ACTION_CHECKBOX_NAME,
            "list_address": reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"),
        }
        return TemplateResponse(request, "admin/review/several.html", context)

    def numbers_to_change(self, request, numbers) -> set:
        """Those of the records that the person may change, by one query."""
        records = translated(self.model._default_manager.filter(pk__in=numbers))
        return set(records.editable_by(request.user).values_list("pk", flat=True))

    def judge(self, request, record, step, mine) -> tuple[str, list[Gap]]:
        """Why the step can't be taken with a record: a sentence, and what is missing; both empty where it can."""
        if record.pk not in mine:
            return _("You may not change this record, or no longer."), []
        if reason := obstacle(step, request.user, record):
            return reason, []
        return "", required(gaps_of(record)) if step.makes_public else []

    def take_with_each(self, request, numbers, form):
        with bulk_change(request, self.model._base_manager.filter(pk__in=numbers)) as bulk:
            mine = self.numbers_to_change(request, numbers)
            taken = [record for record in bulk.records if self.take(request, record, form, mine, bulk)]
        left = len(numbers) - len(taken)
        done = ngettext("%(step)s: done with %(number)d record.", "%(step)s: done with %(number)d records.", len(taken))
        if taken:
            messages.success(request, done % {"step": form.step.label, "number": len(taken)})
        stays = ngettext(
            "%(number)d record stays as it was, because the step is not possible or something required is missing.",
            "%(number)d records stay as they were, because the step is not possible or something required is missing.",
            left,
        )
        if left:
            messages.warning(request, stays % {"number": left})

    def take(self, request, record, form, mine, bulk) -> bool:
        """Take a step with one record, unless it isn't possible any more."""
        step = form.step
        if any(self.judge(request, record, step, mine)):
            return False
        before = record.standing
        record.take(step, form.cleaned_data.get("due"))
        with bulk.changing(record):
            record.save(update_fields=record.written_by_steps)
            decide(step, record, before, request.user, form.cleaned_data["note"])
        return True
