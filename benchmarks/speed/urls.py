from django.urls import include, path

from interreg_portal.urls import *  # noqa: F403

urlpatterns = [path("reference/", include("benchmarks.speed.reference.urls")), *urlpatterns]  # noqa: F405
