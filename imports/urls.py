from django.contrib import admin
from django.urls import path

from imports import deeds, views

view = admin.site.admin_view

urlpatterns = [
    path("<int:pk>/columns/", view(views.columns), name="import_columns"),
    path("<int:pk>/again/", view(views.again), name="import_again"),
    path("<int:pk>/confirm/", view(deeds.confirmed), name="import_confirm"),
    path("<int:pk>/cancel/", view(deeds.cancelled), name="import_cancel"),
    path("<int:pk>/undo/", view(deeds.undone), name="import_undo"),
    path("<int:pk>/file/", view(deeds.file), name="import_file"),
    path("<int:pk>/refused.csv", view(deeds.refused), name="import_refused"),
]
