from django.contrib import admin
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from editorial.admin import TranslatedAdmin
from editorial.forms import StoredFileForm
from editorial.list_filters import ChoiceFilter, RecordFilter
from editorial.usage import UseFilter, WhereUsed
from projects.models import Document


@admin.register(Document)
class DocumentAdmin(WhereUsed, TranslatedAdmin):
    form = StoredFileForm
    fieldsets = [
        (_("What it is"), {"fields": ["title", "kind", "project", "phase", "issued_on"]}),
        (_("File"), {"fields": ["file", "language"]}),
    ]
    autocomplete_fields = ["project", "phase"]
    date_hierarchy = "issued_on"
    list_display = ["title", "project", "kind", "language", "issued_on", "extent", "uses", "written_in"]
    list_select_related = ["project"]
    list_filter = ["kind", UseFilter, ("language", ChoiceFilter), ("project", RecordFilter)]
    search_fields = ["title", "file", "project__acronym"]

    def option_label(self, document):
        return f"{document.project}: {document}"

    @admin.display(description=_("size"), ordering="size")
    def extent(self, document):
        pages = ngettext("%(pages)s page", "%(pages)s pages", document.pages or 0) % {"pages": document.pages}
        return f"{filesizeformat(document.size)}, {pages}" if document.pages else filesizeformat(document.size)
