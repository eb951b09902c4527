"""While the portal is being worked on visitors read so, in their language; the back office stays open."""

from django.conf import settings
from django.shortcuts import render

RETRY_AFTER = 600  # seconds, after which browsers and search engines may ask again
OPEN = ("/admin/", "/healthz", settings.MEDIA_URL, settings.STATIC_URL)


def unavailable(request):
    """503 without anything that the work may have stopped: no database, no session."""
    answer = render(request, "503.html", {"agency": None}, status=503)
    answer.headers["Retry-After"] = str(RETRY_AFTER)
    answer.headers["Cache-Control"] = "no-store"
    return answer


class Maintenance:
    """Closes the public pages for as long as there is a file at MAINTENANCE_FILE: no restart, all workers at once."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.MAINTENANCE_FILE.exists() and not request.path.startswith(OPEN):
            return unavailable(request)
        return self.get_response(request)
