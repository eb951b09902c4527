from django.contrib import admin
from django.urls import path

from factcheck import views

view = admin.site.admin_view

urlpatterns = [
    path("", view(views.listing), name="factcheck"),
    path("elsewhere/", view(views.outside), name="factcheck_outside"),
    path("<str:kind>/typed/", view(views.typed), name="factcheck_typed"),
    path("<str:kind>/<int:pk>/<slug:key>/accept/", view(views.accept), name="factcheck_accept"),
    path("<str:kind>/<int:pk>/<slug:key>/put/", view(views.put), name="factcheck_put"),
]
