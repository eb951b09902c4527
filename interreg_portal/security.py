"""
The headers that tell a browser what a page of the portal may do, so that whatever gets into a text can do nothing.

Django 6 has a middleware and a setting for the first of them (SECURE_CSP), which will take over POLICY as it stands.
"""

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles.finders import find
from django.core.files.storage import default_storage
from django_prose_editor.widgets import importmap

SELF = "'self'"
POLICY = {
    "default-src": ["'none'"],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF, "data:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "frame-src": [SELF],  # the pages in a preview
    "form-action": [SELF],
    "base-uri": ["'none'"],
}
HEADERS = {
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# Who may show an answer in a frame is said once, by Django's decorators for the older header.
FRAMED_BY = {"DENY": "'none'", "SAMEORIGIN": SELF}


def hash_of(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def editor_map() -> str:
    """The map of modules that the rich text editor writes into a form; it names static files by their hashes."""
    return re.fullmatch(r"<script[^>]*>(.*)</script>", str(importmap)).group(1)


def editor_style() -> str:
    """The style that the rich text editor's script adds to a page by itself."""
    script = Path(find("django_prose_editor/editor.js")).read_text(encoding="utf-8")
    return re.search(r"=`(\.ProseMirror \{[^`]*)`", script).group(1)


def uploads() -> list[str]:
    """Where uploaded pictures come from, if not from the portal: `["https://portal.s3.example.eu"]`"""
    address = urlsplit(default_storage.url("pictures/any"))
    return [f"{address.scheme}://{address.netloc}"] if address.netloc else []


def policy() -> str:
    here = {"script-src": [hash_of(editor_map())], "style-src": [hash_of(editor_style())], "img-src": uploads()}
    return "; ".join(" ".join([name, *sources, *here.get(name, [])]) for name, sources in POLICY.items())


class SecurityHeaders:
    def __init__(self, get_response):
        self.get_response = get_response
        self.policy = policy()

    def __call__(self, request):
        answer = self.get_response(request)
        for name, value in HEADERS.items():
            answer.headers.setdefault(name, value)
        # Django's own pages for developers write their styles into the page.
        if not (settings.DEBUG and answer.status_code in (404, 500)):
            framed_by = FRAMED_BY[answer.get("X-Frame-Options", settings.X_FRAME_OPTIONS)]
            answer.headers.setdefault("Content-Security-Policy", f"{self.policy}; frame-ancestors {framed_by}")
        return answer
