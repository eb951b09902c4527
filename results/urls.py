from django.urls import path

from results import views

urlpatterns = [
    path("projects/<slug:slug>/results/", views.ProjectResults.as_view(), name="project_results"),
    path("projects/<slug:slug>/results/<slug:counts>/", views.ProjectCounted.as_view(), name="project_counted"),
    path("projects/<slug:slug>/practices/", views.ProjectPractices.as_view(), name="project_practices"),
    path("projects/<slug:slug>/policy/", views.ProjectPolicy.as_view(), name="project_policy"),
    path("practices/", views.PracticeList.as_view(), name="practices"),
    path("practices/<slug:slug>/", views.PracticePage.as_view(), name="practice"),
]
