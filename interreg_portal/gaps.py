from django.contrib import admin
from django.core.paginator import Paginator
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from editorial.readiness import public_with_gaps


def gaps(request):
    """What visitors see although something required is missing, of what the person may change."""
    found = [
        (record, [(gap.text, gap.link(record)) for gap in gaps]) for record, gaps in public_with_gaps(request.user)
    ]
    context = admin.site.each_context(request) | {
        "title": _("Public, with something missing"),
        "page": Paginator(found, 50).get_page(request.GET.get("page")),
    }
    return TemplateResponse(request, "admin/gaps.html", context)
