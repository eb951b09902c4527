from django.urls import path

from visibility import views

urlpatterns = [
    path("projects/<slug:slug>/factsheet.pdf", views.Factsheet.as_view(), name="project_factsheet"),
]
