from django.contrib import admin

from editorial.admin import PublishableAdmin
from pages.models import Page


@admin.register(Page)
class PageAdmin(PublishableAdmin):
    fieldsets = [(None, {"fields": ["title", "summary", "body"]}), PublishableAdmin.PUBLISHING]
    list_display = ["title", "slug", "state", "written_in", "updated_at"]
    list_filter = ["state"]
    search_fields = ["title", "summary", "body", "slug"]
