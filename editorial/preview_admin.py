"""A page of the back office on which a record is seen as it will look, in any language, on a telephone and a desk."""

from django.conf import settings
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from editorial.previews import Preview, invitation, token_for
from editorial.states import State


class WithPreview:
    """For admins of records with a public page: who may view the record may see its preview and send a link to it."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_preview"
        view = self.admin_site.admin_view(self.preview_view)
        return [path("<path:object_id>/preview/", view, name=name), *super().get_urls()]

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj and obj.pk:
            address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_preview", args=[obj.pk])
            context["preview_address"] = address
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    @method_decorator(never_cache)
    def preview_view(self, request, object_id):
        record = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request, record):
            raise PermissionDenied
        if record is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        asked = request.GET.get("language", get_language())
        language = asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        context = self.admin_site.each_context(request) | {
            "title": _("Preview"),
            "subtitle": str(record),
            "opts": self.opts,
            "original": record,
            "language": language,
            "address": Preview(token_for(record), record).address(language),
            "is_withdrawn": record.state == State.WITHDRAWN,
            "days": settings.PREVIEW_AGE.days,
        }
        if request.method == "POST" and not context["is_withdrawn"]:
            context |= self.make_link(request, record, language)
        return TemplateResponse(request, "admin/preview.html", context)

    def make_link(self, request, record, language) -> dict:
        """The link and until when it works; the record's history tells who made it."""
        self.log_change(request, record, _("Made a link to the preview."))
        return {
            "link": request.build_absolute_uri(invitation(record, language)),
            "until": timezone.now() + settings.PREVIEW_AGE,
        }
