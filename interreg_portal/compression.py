"""Pages leave the portal compressed, whether or not the proxy before it does so."""

import re

from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

TEXTS = ("text/", "application/atom+xml", "application/xml", "application/json")

# `gzip`, or `*`, but for `gzip;q=0`
ACCEPTED = re.compile(r"(?:^|,)\s*(?:gzip|\*)\s*(?:;\s*q=(?!0(?:\.0*)?\s*(?:,|$))[^,]*)?(?:,|$)", re.IGNORECASE)


def accepts_gzip(request) -> bool:
    return ACCEPTED.search(request.META.get("HTTP_ACCEPT_ENCODING", "")) is not None


class CompressedPages(GZipMiddleware):
    """
    Compresses texts alone: spreadsheets, documents and pictures, which come as files, are compressed already, and
    tell a browser their length. Django adds a random length, so that a length gives nothing away (BREACH).
    """

    def process_response(self, request, response):
        if response.streaming or not response.headers.get("Content-Type", "").startswith(TEXTS):
            return response
        if not accepts_gzip(request):  # Django takes `gzip;q=0` for a yes
            patch_vary_headers(response, ["Accept-Encoding"])
            return response
        return super().process_response(request, response)
