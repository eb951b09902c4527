"""Texts as long as the portal takes them."""

from django.utils.text import Truncator

from projects.models import Project

LONGEST_TITLE = Project._meta.get_field("title").max_length


def fitted_title(title: str) -> str:
    return fitted(title, LONGEST_TITLE)


def fitted(text: str, most: int) -> str:
    return text if len(text) <= most else Truncator(text).chars(most)


def shortened(title: str, most: int) -> str:
    """The beginning of a name, up to a whole word."""
    if len(title) <= most:
        return title
    return title[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"


def field_of(name: str) -> str:
    """The field of a list that a record's column is filled from."""
    base, _mark, language = name.rpartition("_")
    return base if base in ("title", "summary") and len(language) == 2 else name.removesuffix("_id")
