from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from editorial.previews import FollowInvitation
from interreg_portal import views, writing
from interreg_portal.found_by_others import share_image
from interreg_portal.gaps import gaps
from interreg_portal.styleguide import Styleguide
from opendata.api.page import DescriptionPage
from opendata.page import SLUG, OpenDataPage

urlpatterns = [
    path("", views.choose_language),
    path("", include("interreg_portal.found_by_others")),
    path("data/api/", include("opendata.api.urls")),
    path("admin/", include("accounts.urls")),
    path("admin/records/", admin.site.admin_view(writing.record_choices), name="record_choices"),
    path("admin/records/<str:label>/<int:pk>/", admin.site.admin_view(writing.record_form), name="record_form"),
    path("admin/missing/", admin.site.admin_view(gaps), name="gaps"),
    path("admin/facts/", admin.site.admin_view(writing.fact_choices), name="fact_choices"),
    path("admin/translations/", include("editorial.translating.urls")),
    path("admin/factcheck/", include("factcheck.urls")),
    path("admin/visibility/", include("visibility.office_urls")),
    path("admin/imports/", include("imports.urls")),
    path("admin/", admin.site.urls),
    path("media/", include("editorial.urls")),
    path("data/", include("opendata.urls")),
    *i18n_patterns(
        path("preview/<str:token>/", FollowInvitation.as_view(), name="preview"),
        path("", views.Home.as_view(), name="home"),
        path("styleguide/", Styleguide.as_view(), name="styleguide"),
        path("share/<str:kind>/<slug:slug>.png", share_image, name="share_image"),
        path("", include("projects.urls")),
        path("", include("partners.urls")),
        path("", include("results.urls")),
        path("", include("news.urls")),
        path("data/api/", DescriptionPage.as_view(), name="api_page"),
        path("", include("search.urls")),
        path("", include("reports.urls")),
        path("", include("visibility.urls")),
        path("open-data/", OpenDataPage.as_view(), {"slug": SLUG}, name="open_data"),
        path("", include("pages.urls")),
    ),
]

handler403 = "interreg_portal.views.not_allowed"
handler404 = "interreg_portal.views.not_found"
handler500 = "interreg_portal.views.failed"
