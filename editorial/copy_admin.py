"""For admins: a page that makes a copy of a record as the start of another one."""

from dataclasses import replace
from functools import partial

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.helpers import AdminForm
from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.forms import modelform_factory
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.copying import Copied, Move, NotCopied, copied_parts, save_copy, twin
from editorial.forms import RecordForm
from editorial.translations import column, translated_fields


class CopyForm(RecordForm):
    """What a copy can't share with its original; it is `named` otherwise, so that nobody mistakes it for that one."""

    original = None
    named = ()

    def clean(self):
        cleaned = super().clean()
        for name in self.named:
            typed, had = cleaned.get(name), getattr(self.original, name)
            if typed and had and typed.strip().casefold() == had.strip().casefold():
                self.add_error(name, _("The original is called so. Give the copy a name of its own."))
        return cleaned


class Duplicable:
    """
    For a ModelAdmin: “Duplicate” on the form and for one record of the list. `copy_asks` names the fields that the page
    asks for, `copy_names` those of them that must differ from the original, `copy_first_day` the one by which the days
    of the copy are moved. `copied` says what is taken along, and `copy_explained` says it to people.
    """

    copied = Copied()
    copy_asks = []
    copy_names = []
    copy_first_day = None
    copy_explained = ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.actions = [*self.actions, "duplicate"]

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_copy"
        return [
            path("<path:object_id>/copy/", self.admin_site.admin_view(self.copy_view), name=name),
            *super().get_urls(),
        ]

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj and obj.pk and self.has_add_permission(request):
            context["copy_address"] = self.address("copy", quote(obj.pk))
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    @admin.action(permissions=["add"], description=gettext_lazy("Duplicate the one ticked"))
    def duplicate(self, request, records):
        if len(records) != 1:
            messages.warning(request, _("Tick just one to make a copy of it."))
            return None
        return redirect(self.address("copy", quote(records[0].pk)))

    def copy_view(self, request, object_id):
        seen = self.get_object(request, unquote(object_id))
        if not self.has_add_permission(request) or (seen and not self.has_view_or_change_permission(request, seen)):
            raise PermissionDenied
        if seen is None:
            raise Http404(_("There is no such record, or it has been deleted."))
        original = self.model._base_manager.get(pk=seen.pk)  # with its texts in all languages
        form = self.copy_form(request, original)
        if request.method == "POST" and form.is_valid():
            try:
                return self.make_copy(request, form, original)
            except NotCopied as refusal:
                for sentence in refusal.sentences:
                    form.add_error(None, sentence)
            except IntegrityError:  # someone took the address or the number in this very moment
                form.add_error(None, _("Someone has just entered the same. Look at what you typed and try again."))
        return self.copy_page(request, form, original)

    def asked(self) -> list[str]:
        """The fields of the page: a text in the portal's first language."""
        texts = translated_fields(self.model)
        return [column(name, settings.LANGUAGE_CODE) if name in texts else name for name in self.copy_asks]

    def copy_form(self, request, original):
        callback = partial(self.formfield_for_dbfield, request=request)
        fields = modelform_factory(self.model, CopyForm, fields=self.asked(), formfield_callback=callback)
        form = fields(request.POST if request.method == "POST" else None, instance=self.model())
        form.original = original
        form.named = [
            name for name, asked in zip(self.asked(), self.copy_asks, strict=True) if asked in self.copy_names
        ]
        for each in form.fields.values():
            each.required = each.widget.is_required = True
        return form

    def make_copy(self, request, form, original):
        move = Move(getattr(original, self.copy_first_day), form.cleaned_data[self.copy_first_day])
        copied = replace(self.copied, without=[*self.copied.without, *self.copy_asks])
        new = twin(original, copied, move, request.user)
        for name, value in form.cleaned_data.items():
            setattr(new, name, value)
        self.finish_copy(new, original)
        save_copy(new, original, copied, move, self.addable_parts(request, new), request.user)
        self.log_addition(request, new, _("Made as a copy of %(name)s.") % {"name": original})
        messages.success(request, self.copy_done(new, original))
        return redirect(self.address("change", quote(new.pk)))

    def finish_copy(self, new, original):
        """What else a copy needs before it is saved."""

    def addable_parts(self, request, new) -> list:
        inlines = self.get_inline_instances(request, new)
        addable = {type(inline) for inline in inlines if inline.has_add_permission(request, new)}
        return [part for part in copied_parts(self.model) if part.inline in addable]

    def copy_done(self, new, original) -> str:
        return _("“%(new)s” is a draft made from “%(original)s”: nobody else sees it until it is published.") % {
            "new": new,
            "original": original,
        }

    def copy_page(self, request, form, original):
        prepopulated = {
            name: source
            for name, source in self.get_prepopulated_fields(request).items()
            if {name, *source} <= form.fields.keys()
        }
        fieldsets = [(None, {"fields": list(form.fields)})]
        context = self.admin_site.each_context(request) | {
            "title": _("Duplicate"),
            "subtitle": str(original),
            "opts": self.opts,
            "original": original,
            "form": form,
            "adminform": AdminForm(form, fieldsets, prepopulated, model_admin=self),
            "media": self.media + form.media,
            "explained": self.copy_explained,
            "change_address": reverse(
                f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[quote(original.pk)]
            ),
        }
        return TemplateResponse(request, "admin/copy.html", context)
