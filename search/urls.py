from django.urls import path

from search import views

urlpatterns = [path("search/", views.SearchPage.as_view(), name="search")]
