from django.urls import path

from benchmarks.speed.reference import views

urlpatterns = [
    path("", views.EntryList.as_view(), name="entries"),
    path("<slug:slug>/", views.EntryList.as_view(), name="entry"),
    path("same/<str:name>", views.same, name="same"),
]
