"""For the lists of the back office: the records selected go into a file for an outside translator."""

from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.translating.forms import ExportForm
from editorial.translations import translated_fields


@admin.action(description=gettext_lazy("Export for an outside translator"), permissions=["view"])
def send_to_translator(model_admin, request, records):
    """Asks into which language, then sends the file."""
    context = model_admin.admin_site.each_context(request) | {
        "title": _("Send to an outside translator"),
        "opts": model_admin.opts,
        "records": list(records),
        "kind": model_admin.opts.label_lower,
        "export_form": ExportForm(user=request.user),
        "export_only_chosen": True,
    }
    return TemplateResponse(request, "admin/translations/sending.html", context)


class SendsToTranslators:
    def get_actions(self, request):
        actions = super().get_actions(request)
        if translated_fields(self.model) and IS_POPUP_VAR not in request.GET:
            name = send_to_translator.__name__
            actions[name] = (send_to_translator, name, send_to_translator.short_description)
        return actions
