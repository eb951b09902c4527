from django.http import Http404
from django.urls import path, re_path

from opendata.api.description import description_file
from opendata.api.gate import gated
from opendata.api.resources import api


def nothing_here(request):
    raise Http404


# Ninja makes a pattern an address; the gate goes before each, and before whatever else is asked for.
_patterns, _app, _namespace = api.urls
for _pattern in _patterns:
    _pattern.callback = gated(_pattern.callback)

urlpatterns = [
    path("v1/openapi.json", gated(description_file), name="api_description"),
    path("v1/", (_patterns, _app, _namespace)),
    re_path("^v1(?:/.*)?$", gated(nothing_here)),
]
