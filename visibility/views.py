from django.http import HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control

from editorial.views import RecordPage
from projects.models import Project
from projects.views import ProjectPage
from visibility.factsheet import factsheet_of


class Factsheet(RecordPage):
    """A project's factsheet, for whoever may see the project. It is laid out anew only when something on it changes."""

    model = Project
    listed = ProjectPage.listed

    def get_queryset(self):
        return super().get_queryset().for_page().for_overview().lean()

    def render_to_response(self, context, **kwargs):
        """
        Browsers and proxies keep it and ask each time whether it is still the same, by its digest alone: a figure that
        is approved changes the sheet, but no date of the project's.
        """
        sheet = factsheet_of(self.object, self.request)
        tag = f'"{sheet.digest}"'
        answer = get_conditional_response(self.request, etag=tag) or as_pdf(sheet.pdf(), f"{self.object.slug}.pdf")
        answer.headers["ETag"] = tag
        patch_cache_control(answer, no_cache=True, **{"public" if self.object.is_public else "private": True})
        return answer


def as_pdf(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
