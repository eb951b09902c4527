"""What a form of the back office does so that nobody's work is lost to somebody else's."""

from copy import copy

from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.http import JsonResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from editorial.collisions import Collision, OpenForm, sealed
from editorial.models import Presence


class HeldBack:
    """A form that is shown once more before it is saved, with `reason` above it."""

    reason = None

    def clean(self):
        cleaned = super().clean()
        self.add_error(None, ValidationError(self.reason, code="held_back"))
        return cleaned


def lock(model, **condition):
    """Let nobody else write these rows until the transaction ends. On SQLite the transaction itself does so."""
    list(model._base_manager.filter(**condition).order_by("pk").select_for_update(no_key=True).values_list("pk"))


def written(data) -> list[tuple[str, str]]:
    """The texts of a form that was sent, to be copied from a page."""
    marks = ("csrfmiddlewaretoken", "_", "initial-")
    counts = ("_FORMS", "-id")
    return [
        (name, text)
        for name, texts in data.lists()
        for text in texts
        if text.strip() and not name.startswith(marks) and not name.endswith(counts) and "password" not in name
    ]


def saves(records, since):
    """The log's entries since a time about any of the records, or about one that holds the first in its own form."""
    record = records[0]
    relations = [field.name for field in record._meta.fields if isinstance(field, models.ForeignKey)]
    holders = [holder for name in relations if (holder := getattr(record, name)) is not None]
    condition = models.Q()
    for found in [*records, *holders]:
        kind = ContentType.objects.get_for_model(found, for_concrete_model=False)
        condition |= models.Q(content_type=kind, object_id=str(found.pk))
    entries = LogEntry.objects.filter(condition, action_time__gte=since).select_related("user", "content_type")
    held_by = {str(holder) for holder in holders}
    return [
        entry for entry in entries[:20] if entry.object_repr not in held_by or str(record) in entry.get_change_message()
    ]


class TwoEditors:
    """For a ModelAdmin: the second to save sees what changed meanwhile, and everyone sees who else is there."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_presence"
        return [
            path("<path:object_id>/presence/", self.admin_site.admin_view(self.presence_view), name=name),
            *super().get_urls(),
        ]

    def presence_view(self, request, object_id):
        """A form says that it is open, or with `gone` that it no longer is, and hears who else has it open."""
        record = self.get_object(request, unquote(object_id))
        if request.method != "POST" or record is None or not self.has_change_permission(request, record):
            raise PermissionDenied
        if "gone" in request.POST:
            Presence.objects.at(record).filter(user=request.user).delete()
            return JsonResponse({"others": []})
        Presence.objects.note(request.user, record)
        return JsonResponse({"others": [str(other) for other in Presence.objects.beside(request.user, record)]})

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        sends = request.method == "POST" and "_saveasnew" not in request.POST
        if sends and "_kept" in request.POST:
            request.held_back = _("This is what you had typed. Nothing of it is saved yet: look at it, then save.")
        if not sends or object_id is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            record = self.locked(request, unquote(object_id))
            if record is None and self.is_there(unquote(object_id)):
                return self.typed_texts(request, _("You may not change this record, or no longer."))
            if record is None:
                return self.answer_about_deleted(request, unquote(object_id), extra_context)
            if not self.has_change_permission(request, record):
                return self.typed_texts(request, self.why_closed(request, record))
            self.meet(request, record)
            answer = super().changeform_view(request, object_id, form_url, extra_context)
            if answer.status_code == 302:
                Presence.objects.at(record).filter(user=request.user).delete()
            return answer

    def why_closed(self, request, record) -> str:
        """Why someone may not change a record that is within their reach."""
        return _("You may not change this record, or no longer.")

    def is_there(self, object_id) -> bool:
        return object_id.isdecimal() and self.model._base_manager.filter(pk=object_id).exists()

    def locked(self, request, object_id):
        """The record as it stands now that nobody else can change it or its rows; None where it is no more."""
        record = self.get_object(request, object_id)
        if record is None:
            return None
        lock(self.model, pk=record.pk)
        for formset, _inline in self.get_formsets_with_inlines(request, record):
            lock(formset.model, **{formset.fk.name: record.pk})
        return self.get_object(request, object_id)

    def open_form(self, request, record) -> OpenForm:
        asking = copy(request)
        asking.method = "GET"
        fields = flatten_fieldsets(self.get_fieldsets(request, record))
        form = self.get_form(request, record, change=True, fields=fields)(instance=record)
        formsets = zip(*self._create_formsets(asking, record, change=True), strict=True)
        return OpenForm(form, [rows for rows, inline in formsets if inline.has_change_permission(request, record)])

    def meet(self, request, record):
        """Merge what was sent with what others saved meanwhile, and hold the form back where they did."""
        collision = Collision(self.open_form(request, record), request.POST, request.FILES)
        request.POST, request.collision = collision.data, collision
        if collision.differences:
            collision.saves = (
                saves(collision.form.records(), parse_datetime(collision.since)) if collision.since else []
            )
            request.held_back = _(
                "Someone else changed this record while you were writing. Nothing is saved yet: see above what they"
                " changed, then save."
            )

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        reason = getattr(request, "held_back", None)
        return type(form.__name__, (HeldBack, form), {"reason": reason}) if reason else form

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if change and self.has_change_permission(request, obj):
            context |= self.of_others(request, context, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def of_others(self, request, context, record):
        if request.method == "POST":
            opened, collision = request.collision.sealed(), request.collision
        else:
            rows = [inline.formset for inline in context["inline_admin_formsets"] if inline.has_change_permission]
            opened, collision = sealed(OpenForm(context["adminform"].form, rows).state()), None
        Presence.objects.note(request.user, record)
        others = Presence.objects.beside(request.user, record)
        return {"opened": opened, "collision": collision, "others": others, "watches": True}

    def answer_about_deleted(self, request, object_id, extra_context):
        """What was typed for a record that is no more stands in a form that makes a new one of it."""
        kind = ContentType.objects.get_for_model(self.model, for_concrete_model=False)
        entry = LogEntry.objects.filter(content_type=kind, object_id=object_id, action_flag=DELETION).first()
        if not self.has_add_permission(request):
            return self.typed_texts(request, _("This record was deleted while you were writing."))
        request.POST = self.as_new(request)
        request.held_back = (
            _("%(name)s deleted this record while you were writing. Saving makes a new one of what you typed.")
            % {"name": entry.user.get_full_name() or entry.user.get_username()}
            if entry
            else _("This record is no longer there. Saving makes a new one of what you typed.")
        )
        add = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_add")
        return super().changeform_view(request, None, add, extra_context)

    def as_new(self, request):
        """What was sent, without what tied it to the record and the rows of before."""
        data = request.POST.copy()
        asking = copy(request)
        asking.method = "GET"
        for formset in self._create_formsets(asking, self.model(), change=False)[0]:
            ties = (f"-{formset.model._meta.pk.name}", f"-{formset.fk.name}")
            for name in [name for name in data if name.startswith(f"{formset.prefix}-") and name.endswith(ties)]:
                data[name] = ""
            data[f"{formset.prefix}-INITIAL_FORMS"] = 0
        return data

    def typed_texts(self, request, reason):
        """A page with what was typed, where there is no longer a form for it."""
        context = self.admin_site.each_context(request) | {"title": reason, "texts": written(request.POST)}
        return render(request, "admin/typed_texts.html", context, status=403)
