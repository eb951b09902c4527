import json
import os
from functools import cache
from pathlib import Path

from django.http import HttpResponse
from django.views.generic import ListView

from benchmarks.speed.reference.models import Entry


class EntryList(ListView):
    """The latest 20 entries, by one query."""

    queryset = Entry.objects.order_by("-published_on")[:20]
    template_name = "reference/entries.html"


@cache
def kept(name: str) -> tuple[bytes, dict]:
    """The bytes and the headers of an answer that the portal gave, as benchmarks/speed keeps them in BENCH_ANSWERS."""
    folder = Path(os.environ["BENCH_ANSWERS"])
    return (folder / name).read_bytes(), json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))


def same(request, name):
    """The very bytes of an answer of the portal, out of memory."""
    content, headers = kept(name)
    return HttpResponse(content, headers=headers)
