"""How data leave the portal: to anyone, for any site's scripts, and quickly where nothing has changed."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.generic import View

from opendata.licence import licence

FRESH = 300  # seconds for which a cache needn't ask again
METHODS = "GET, HEAD, OPTIONS"
OPEN_TO_ALL = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Disposition, Content-Length, ETag, Last-Modified, Link",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Robots-Tag": "noindex",  # search engines show the page that explains the data
}
PREFLIGHT = {
    "Allow": METHODS,
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "If-Modified-Since, If-None-Match",
    "Access-Control-Max-Age": "86400",  # seconds
}


class OpenData(View):
    """A file of data. `described_by` is the address of what explains it, with its media type."""

    http_method_names = ["get", "head", "options"]

    def dispatch(self, request, *args, **kwargs):
        answer = super().dispatch(request, *args, **kwargs)
        if answer.status_code in (200, 304):
            answer.headers["Cache-Control"] = f"public, max-age={FRESH}"
            answer.headers["Link"] = ", ".join(self.links())
        for name, value in OPEN_TO_ALL.items():
            answer.headers[name] = value
        return answer

    def options(self, request, *args, **kwargs):
        return HttpResponse(status=204, headers=PREFLIGHT)

    def described_by(self) -> tuple[str, str] | None:
        return None

    def links(self) -> list[str]:
        """What the header `Link` leads to."""
        described = '<{}>; rel="describedby"; type="{}"'
        explained = self.described_by()
        found = [f'<{licence()["address"]}>; rel="license"']
        return [*found, described.format(*explained)] if explained else found

    @property
    def portal(self) -> str:
        """The portal's address as it was asked for, with scheme and host."""
        return self.request.build_absolute_uri("/")

    def unless_known(self, digest: str, changed: datetime | None, make: Callable[[], HttpResponse]) -> HttpResponse:
        """304 or 412 where the sender's conditions ask for it, before anything is put together; else what is made."""
        etag, moment = f'W/"{digest}"', changed and int(changed.timestamp())
        answer = get_conditional_response(self.request, etag, moment) or make()
        answer.headers["ETag"] = etag
        if moment:
            answer.headers["Last-Modified"] = http_date(moment)
        return answer
