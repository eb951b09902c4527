from django.urls import path

from reports.public import PublicDownload

urlpatterns = [path("downloads/<slug:name>.<slug:extension>", PublicDownload.as_view(), name="public_download")]
