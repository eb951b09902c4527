from django.urls import re_path

from editorial import views

urlpatterns = [re_path(r"^pictures/(?P<name>[\w-]+\.\w+)$", views.picture_file)]
