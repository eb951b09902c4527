"""What the portal answers to a visitor, asked within the same process: no network, no server, no rights."""

from dataclasses import dataclass
from io import BytesIO
from urllib.parse import quote, unquote, urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.utils.functional import cached_property


@dataclass(frozen=True)
class Answer:
    """What an address answered; `leads_to` is where a redirect points."""

    status: int
    type: str
    content: bytes
    leads_to: str = ""

    @property
    def is_page(self) -> bool:
        return self.type.startswith("text/html")


class Visitor:
    """Someone without a login who reads the portal under its own address (`PORTAL_ADDRESS`)."""

    @cached_property
    def handler(self):
        return WSGIHandler()

    def ask(self, address: str) -> Answer:
        """The answer to GET of a path with its query. What fails within the portal is its page for that, with 500."""
        response = self.handler.get_response(WSGIRequest(environment(address)))
        content = b"".join(response)
        # Not `response.close()`, which would close the database's connection under whoever asks.
        if file := getattr(response, "file_to_stream", None):
            file.close()
        headers = response.headers
        return Answer(response.status_code, headers.get("Content-Type", ""), content, headers.get("Location", ""))


def environment(address: str) -> dict:
    """A request as WSGI has it (PEP 3333)."""
    portal, asked = urlsplit(settings.PORTAL_ADDRESS), urlsplit(address)
    is_safe = portal.scheme == "https"
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote(quote(asked.path), "latin-1"),
        "QUERY_STRING": asked.query,
        "SERVER_NAME": portal.hostname,
        "SERVER_PORT": str(portal.port or (443 if is_safe else 80)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": portal.netloc,
        "HTTP_X_FORWARDED_PROTO": portal.scheme,
        "wsgi.url_scheme": portal.scheme,
        "wsgi.input": BytesIO(),
    }
