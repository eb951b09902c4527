"""Pages leave the portal compressed, whether or not the proxy before it does so."""

from django.middleware.gzip import GZipMiddleware

TEXTS = ("text/", "application/atom+xml", "application/xml", "application/json")


class CompressedPages(GZipMiddleware):
    """
    Compresses texts alone: spreadsheets, documents and pictures, which come as files, are compressed already, and
    tell a browser their length. Django adds a random length, so that a length gives nothing away (BREACH).
    """

    def process_response(self, request, response):
        if response.streaming or not response.headers.get("Content-Type", "").startswith(TEXTS):
            return response
        return super().process_response(request, response)
