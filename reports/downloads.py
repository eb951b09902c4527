"""Reports as downloads in the back office: of the records selected in a list, in each kind of file."""

from functools import partial
from tempfile import TemporaryFile

from django.contrib.admin import action
from django.contrib.auth import get_permission_codename
from django.http import FileResponse
from django.utils import timezone
from django.utils.text import format_lazy

from partners.models import Partner
from reports.columns import Report
from reports.spreadsheets import FILE_FORMATS, FileFormat


def offer(report: Report, model_admin):
    """Put the report's downloads into the menu above a list, for those who may see both the list and what it tells."""
    setattr(model_admin, f"has_{report.name}_permission", partial(may_download, report, model_admin))
    downloads = [as_action(report, file_format) for file_format in FILE_FORMATS]
    model_admin.actions = [*model_admin.actions, *downloads]


def may_download(report, model_admin, request) -> bool:
    meta = report.model._meta
    rights = [f"{meta.app_label}.{get_permission_codename(right, meta)}" for right in ("view", "change")]
    return model_admin.has_view_permission(request) and any(request.user.has_perm(right) for right in rights)


def as_action(report: Report, file_format: FileFormat):
    """The download as an action of the admin, named after report and file: `projects_xlsx`."""

    @action(permissions=[report.name], description=format_lazy(report.label, format=file_format.name))
    def download(model_admin, request, selection):
        return answer(report, file_format, selection, request.user, portal=request.build_absolute_uri("/"))

    download.__name__ = f"{report.name}_{file_format.extension}"
    return download


def answer(report: Report, file_format: FileFormat, selection, user, portal: str) -> FileResponse:
    """The file of what was selected, as far as it is in the user's reach."""
    return as_file(report, file_format, report.cells(selection, user, portal))


def as_file(report: Report, file_format: FileFormat, rows) -> FileResponse:
    """The finished file, written to disk first: a fault on the way is an error page, never half a file."""
    file = TemporaryFile()  # noqa: SIM115 – the response closes it
    agency = Partner.objects.agency()
    file_format.write(report, rows, file, agency.name if agency else "")
    file.seek(0)
    name = f"{report.name}-{timezone.localdate():%Y-%m-%d}.{file_format.extension}"
    return FileResponse(file, as_attachment=True, filename=name, content_type=file_format.content_type)
