from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from editorial.admin import PublishableAdmin, TranslatedAdmin, TranslatedInline
from editorial.list_filters import ChoiceFilter, RecordFilter
from partners.models import Contact, OrganisationType, Partner


@admin.register(OrganisationType)
class OrganisationTypeAdmin(TranslatedAdmin):
    fields = ["name", "code", "order"]
    main_text = "name"
    list_display = ["name", "code", "order", "written_in"]
    search_fields = ["name", "code"]


class ContactInline(TranslatedInline):
    model = Contact
    fields = [
        "project", "function", ("email", "phone"), "person", ("start", "end"), ("consent_given_on", "consent_ends_on"),
    ]  # fmt: skip
    autocomplete_fields = ["project"]
    list_select_related = ["partner", "project"]


@admin.register(Partner)
class PartnerAdmin(PublishableAdmin):
    fieldsets = [
        (
            _("What it is"),
            {
                "fields": [
                    "name", "english_name", "short_name", ("kind", "legal_status"), "description",
                    "website", "logo", "is_agency",
                ]
            },
        ),
        (
            _("Where it is"),
            {"fields": ["address", "city", "country", ("nuts2", "region"), ("latitude", "longitude")]},
        ),
        (_("Numbers it is known by"), {"fields": [("pic", "registration_number")]}),
        PublishableAdmin.PUBLISHING,
    ]  # fmt: skip
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["kind", "logo"]
    inlines = [ContactInline]
    main_text = "description"
    list_display = ["name", "short_name", "country", "city", "kind", "state", "written_in"]
    list_select_related = ["kind"]
    list_filter = ["state", ("country", ChoiceFilter), ("kind", RecordFilter), "legal_status"]
    search_fields = ["name", "english_name", "short_name", "city", "description", "pic", "registration_number", "slug"]


class ConsentFilter(admin.SimpleListFilter):
    title = _("consent")
    parameter_name = "consent"

    def lookups(self, request, model_admin):
        return [("ends", _("Ends soon, or has ended"))]

    def queryset(self, request, contacts):
        return contacts.whose_consent_ends() if self.value() == "ends" else contacts


@admin.register(Contact)
class ContactAdmin(TranslatedAdmin):
    fieldsets = [
        (_("Whose contact it is"), {"fields": ["partner", "project"]}),
        (_("Function and person"), {"fields": ["function", ("email", "phone"), "person", ("start", "end")]}),
        (_("Consent"), {"fields": [("consent_given_on", "consent_ends_on")]}),
    ]
    autocomplete_fields = ["partner", "project"]
    main_text = "function"
    list_display = ["function", "person", "partner", "project", "email", "consent_given_on", "consent_ends_on"]
    list_select_related = ["partner", "project"]
    list_filter = [ConsentFilter]
    search_fields = ["function", "person", "email", "partner__name", "partner__short_name", "project__acronym"]
