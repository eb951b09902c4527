from django.conf import settings
from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

PER_PAGE = 30


@require_POST
def speak(request):
    """Keep the language that someone wants the back office in, and go back to the page they were on."""
    language, page = request.POST.get("language"), request.POST.get("page", "")
    if language in dict(settings.LANGUAGES):
        request.user.interface_language = language
        request.user.save(update_fields=["interface_language"])
    is_ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return redirect(page if is_ours else reverse("admin:index"))


def notices(request):
    """What someone was told, the latest first, and their choice whether it comes by e-mail too."""
    if request.method == "POST":
        return keep_choice(request)
    told = request.user.notices.select_related("actor")
    context = admin.site.each_context(request) | {
        "title": _("Notices"),
        "page": Paginator(told, PER_PAGE).get_page(request.GET.get("page")),
    }
    return TemplateResponse(request, "admin/notices.html", context)


def keep_choice(request):
    """Mark every notice as read, or switch the digest on or off."""
    if "read" in request.POST:
        request.user.notices.mark_read()
        messages.success(request, _("All notices are marked as read."))
    elif "digest" in request.POST:
        request.user.wants_digest = request.POST["digest"] == "on"
        request.user.save(update_fields=["wants_digest"])
        on, off = _("You get a digest by e-mail from now on."), _("You get no digest by e-mail any more.")
        messages.success(request, on if request.user.wants_digest else off)
    return redirect("admin:notices")


@require_POST
def follow_notice(request, pk):
    """Mark a notice as read, and open the form of what it is about."""
    notice = get_object_or_404(request.user.notices, pk=pk)
    request.user.notices.filter(pk=pk).mark_read()
    return redirect(notice.path or reverse("admin:notices"))
