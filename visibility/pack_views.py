"""The back office's pages of visibility: a project's pack with its duties, its files, and who is late."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from editorial.formats import language_name
from editorial.rights import in_reach_of
from projects.models import Project
from reports.typst import PdfFailed
from visibility.models import DutyEvidence
from visibility.pack import BY_NAME, FILES, is_language, pack_of, shown_in_others
from visibility.standing import overdue_for, standings_of, with_evidence

ZIP = "all.zip"


def project_seen_by(user, pk) -> Project:
    """The project, whatever its state, for who may see it in the back office. Raises PermissionDenied or Http404."""
    if not (user.has_perm("projects.view_project") or user.has_perm("projects.change_project")):
        raise PermissionDenied
    projects = with_evidence(in_reach_of(user, Project.objects.all())).for_page().for_overview()
    return get_object_or_404(projects.lean(), pk=pk)


def late(request):
    """Every running project that is late with a duty, of those in the person's reach."""
    if not request.user.has_perm("visibility.view_dutyevidence"):
        raise PermissionDenied
    return page(request, "late", title=_("Duties of visibility overdue"), late=overdue_for(request.user))


@never_cache
def pack(request, pk):
    project = project_seen_by(request.user, pk)
    asked = request.GET.get("language", "")
    language = asked if is_language(asked) else get_language()
    with override(language):
        others = shown_in_others(project)
    return page(
        request,
        "pack",
        title=_("Visibility pack"),
        subtitle=str(project),
        project=project,
        language=language,
        language_name=language_name(language),
        others=others,
        files=[(file, file_address(project, language, file.name)) for file in FILES],
        zip_address=file_address(project, language, ZIP),
        standings=[(each, add_address(each)) for each in standings_of(project)],
        may_add=request.user.has_perm("visibility.add_dutyevidence"),
        may_see_evidence=request.user.has_perm("visibility.view_dutyevidence"),
    )


@never_cache
def pack_file(request, pk, language, name):
    """One file of the pack, or all of them as a zip."""
    project = project_seen_by(request.user, pk)
    if not is_language(language) or (name != ZIP and name not in BY_NAME):
        raise Http404
    try:
        with override(language):
            return download(project, request, name)
    except (PdfFailed, OSError) as reason:
        messages.error(request, _("The file can’t be made: %(reason)s") % {"reason": reason})
        return redirect(f"{reverse('visibility_pack', args=[pk])}?{urlencode({'language': language})}")


def download(project, request, name) -> HttpResponse:
    if name == ZIP:
        content, kind, filename = pack_of(project, request), "application/zip", f"{project.slug}-{get_language()}.zip"
    else:
        file = BY_NAME[name]
        content, kind, filename = file.make(project, request), file.content_type, file.name_for(project)
    headers = {"Content-Disposition": f'attachment; filename="{filename}"'}
    return HttpResponse(content, content_type=kind, headers=headers)


def file_address(project, language, name) -> str:
    return reverse("visibility_file", args=[project.pk, language, name])


def add_address(standing) -> str:
    """The form for new evidence of a duty."""
    query = urlencode({"project": standing.project.pk, "duty": standing.duty.name})
    return f"{reverse('admin:visibility_dutyevidence_add')}?{query}"


def page(request, template, **context):
    context = admin.site.each_context(request) | {"opts": DutyEvidence._meta} | context
    return TemplateResponse(request, f"admin/visibility/{template}.html", context)
