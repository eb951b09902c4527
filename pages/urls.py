from django.urls import re_path

from pages import views

urlpatterns = [
    # Three letters at least, so that a language code is never taken for a page.
    re_path(r"^(?P<slug>[a-z][a-z0-9-]{2,})/$", views.PageView.as_view(), name="page"),
]
