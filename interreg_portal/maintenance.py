"""While the portal is being worked on visitors read so, in their language; the back office stays open."""

from django.conf import settings
from django.shortcuts import render
from django.utils.translation import gettext as _

from opendata.api.gate import gated, with_headers
from opendata.api.problems import Refused

RETRY_AFTER = 600  # seconds, after which browsers and search engines may ask again
DATA = "/data/api/v1"
OPEN = ("/admin/", "/healthz", settings.MEDIA_URL, settings.STATIC_URL)


def closed() -> bool:
    return settings.MAINTENANCE_FILE.exists()


def unavailable(request):
    """503 without anything that the work may have stopped: no database, no session."""
    answer = render(request, "503.html", {"agency": None}, status=503)
    answer.headers["Retry-After"] = str(RETRY_AFTER)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@gated
def data_unavailable(request):
    """The same for programs, which read no pages."""
    raise Refused("unavailable", _("Ask again in ten minutes."))


class Maintenance:
    """Closes the public pages for as long as there is a file at MAINTENANCE_FILE: no restart, all workers at once."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if closed() and not request.path.startswith(OPEN):
            if request.path.startswith(DATA):
                return with_headers(data_unavailable(request), {"Retry-After": str(RETRY_AFTER)})
            return unavailable(request)
        return self.get_response(request)
