"""A report for machines: its content with its imprint, as JSON."""

import json
from dataclasses import asdict

from reports.document import Document, Imprint, as_text


def write_json(document: Document, imprint: Imprint) -> bytes:
    """
    `{"content": …, "imprint": …}` in UTF-8, names in alphabetical order. `document_of(content)` is the document again;
    docs/reports.md says how others check the hash.
    """
    told = {"content": document.content, "imprint": asdict(imprint)}
    return (json.dumps(told, default=as_text, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()
