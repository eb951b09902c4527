"""The columns that every record with a public page has; how far it is with publishing is for staff."""

from operator import attrgetter, methodcaller

from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from editorial.translations import languages_with
from reports.columns import Column


def languages(record) -> list[str]:
    """The names of the languages in which the record has a title, in the reader's."""
    return [get_language_info(code)["name_translated"] for code in languages_with(record, "title")]


LANGUAGES = Column(_("Languages"), languages)
PUBLICATION = [
    Column(_("Publishing state"), attrgetter("standing_name"), for_staff=True),
    Column(_("Published from"), attrgetter("published_at"), "moment", for_staff=True),
    Column(_("Last changed"), attrgetter("updated_at"), "moment"),
    Column(_("Address of the page"), methodcaller("get_absolute_url"), "address"),
]
