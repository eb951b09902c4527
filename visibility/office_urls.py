"""Pages of the back office, below `/admin/visibility/`."""

from django.contrib import admin
from django.urls import path

from visibility import pack_views

view = admin.site.admin_view

urlpatterns = [
    path("late/", view(pack_views.late), name="visibility"),
    path("projects/<int:pk>/", view(pack_views.pack), name="visibility_pack"),
    path("projects/<int:pk>/<slug:language>/<str:name>", view(pack_views.pack_file), name="visibility_file"),
]
