from django.urls import path

from projects import views

urlpatterns = [
    path("projects/", views.ProjectList.as_view(), name="projects"),
    path("projects/<slug:slug>/", views.ProjectOverview.as_view(), name="project"),
    path("projects/<slug:slug>/partners/", views.ProjectPartners.as_view(), name="project_partners"),
    path("projects/<slug:slug>/documents/", views.ProjectDocuments.as_view(), name="project_documents"),
    path(
        "projects/<slug:slug>/documents/<int:pk>/<str:filename>",
        views.DocumentFile.as_view(),
        name="project_document",
    ),
]
