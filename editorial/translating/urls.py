from django.contrib import admin
from django.urls import path

from editorial.translating import views

view = admin.site.admin_view

urlpatterns = [
    path("", view(views.overview), name="translations"),
    path("export/", view(views.export), name="translation_export"),
    path("returned/", view(views.returned), name="translation_returned"),
    path("returned/<int:pk>/", view(views.report), name="translation_report"),
    path("next/<str:language>/", view(views.first), name="translation_queue"),
    path("<str:kind>/<int:pk>/", view(views.of_record), name="translation_record"),
    path("<str:kind>/<int:pk>/<str:language>/", view(views.work), name="translation_work"),
]
