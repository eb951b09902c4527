"""The back office: Django's admin, with a menu arranged by task instead of by app."""

from django.apps import apps
from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.views import follow_notice, notices, speak
from interreg_portal.record_search import cleaned, search

# Each task with the models that serve it, in the order in which they are needed.
TASKS = [
    (
        _("Projects"),
        "projects",
        [
            "Project", "Participation", "Phase", "Amendment", "Document", "StakeholderGroup", "DutyEvidence", "Import",
        ],
    ),
    (
        _("Results"),
        "results",
        [
            "Measurement", "Target", "ReportingPeriod", "GoodPractice",
            "PolicyInstrument", "ActionPlan", "PolicyChange",
        ],
    ),
    (_("News"), "news", ["Article", "Event", "MediaMention", "Newsletter", "Picture", "Page"]),
    (_("Reports"), "reports", ["ReportSnapshot"]),
    (_("Organisations"), "organisations", ["Partner", "Contact"]),
    (
        _("Vocabularies"),
        "vocabularies",
        ["Programme", "Topic", "Indicator", "SpecificObjective", "ProgrammingPeriod", "Fund", "OrganisationType"],
    ),
    (_("Administration"), "administration", ["User", "Copy"]),
]  # fmt: skip


def with_place(tasks, path):
    """The menu knows where its reader is; the groups are open where they hold that place, and all of them elsewhere."""
    for task in tasks:
        for model in task["models"]:
            model["is_current"] = bool(model["admin_url"]) and path.startswith(model["admin_url"])
        task["is_open"] = any(model["is_current"] for model in task["models"])
    somewhere = any(task["is_open"] for task in tasks)
    return [task | {"is_open": task["is_open"] or not somewhere} for task in tasks]


class Choices(AutocompleteJsonView):
    def serialize_result(self, record, to_field_name):
        name = getattr(self.model_admin, "option_label", str)
        return super().serialize_result(record, to_field_name) | {"text": name(record)}


class BackOffice(AdminSite):
    site_title = _("Back office")
    site_header = _("Interreg Portal")
    index_title = _("What would you like to do?")
    enable_nav_sidebar = True

    def get_urls(self):
        own = [
            path("language/", self.admin_view(speak), name="speak"),
            path("notices/", self.admin_view(notices), name="notices"),
            path("notices/<int:pk>/", self.admin_view(follow_notice), name="follow_notice"),
            path("search/", self.admin_view(self.search), name="search"),
            path("r/<int:content_type_id>/<path:object_id>/", self.admin_view(self.page_of), name="view_on_site"),
        ]
        return [*own, *super().get_urls()]

    def search(self, request):
        words = cleaned(request.GET.get("q", ""))
        context = self.each_context(request) | {
            "title": gettext("Search results"),
            "words": words,
            "found": search(self, request, words) if words else [],
        }
        return TemplateResponse(request, "admin/search.html", context)

    def page_of(self, request, content_type_id, object_id):
        """A record's public page. Django's own way there tells the address of any record to anyone."""
        kinds = apps.get_model("contenttypes", "ContentType")
        model = get_object_or_404(kinds, pk=content_type_id).model_class()
        model_admin = self._registry.get(model)
        record = model_admin and model_admin.get_object(request, object_id)
        if not (record and hasattr(record, "get_absolute_url") and model_admin.has_view_permission(request, record)):
            raise Http404
        return redirect(record)

    def autocomplete_view(self, request):
        return Choices.as_view(admin_site=self)(request)

    def get_app_list(self, request, app_label=None):
        """The models that the user may see, grouped by task; one app's own list where an app is asked for."""
        apps = super().get_app_list(request, app_label)
        if app_label:
            return apps
        models = {model["object_name"]: model for app in apps for model in app["models"]}
        tasks = [
            {"name": name, "app_label": label, "app_url": "", "has_module_perms": True,
             "models": [models[model] for model in names if model in models]}
            for name, label, names in TASKS
        ]  # fmt: skip
        return with_place([task for task in tasks if task["models"]], request.path)


class BackOfficeConfig(AdminConfig):
    default_site = "interreg_portal.back_office.BackOffice"
