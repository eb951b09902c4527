"""Loaded after the admins of all other floors, when every form with the rows of every floor is known."""

from django.contrib import admin
from django_tasks_db.models import DBTaskResult

from editorial.versions import register_all
from editorial.versions_admin import KeepsVersions

admin.site.unregister(DBTaskResult)  # what a worker does is shown on the pages of what it does it for
register_all(KeepsVersions)
