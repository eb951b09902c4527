"""Data for machines at addresses without a language, below `/data/`. They stay: programs know them."""

from django.urls import path, re_path

from opendata import views

urlpatterns = [
    path("", views.DataIndex.as_view(), name="data_index"),
    path("keep.schema.json", views.KeepSchema.as_view(), name="keep_schema"),
    path("<slug:name>.csv-metadata.json", views.DataColumns.as_view(), name="data_columns"),
    re_path(r"^catalogue\.(?P<extension>jsonld|ttl|rdf)$", views.CatalogueFile.as_view(), name="data_catalogue"),
    path("<slug:name>.<slug:extension>", views.DataFile.as_view(), name="data_file"),
]
