"""What all texts of the portal say, held against the records of their projects."""

from collections.abc import Callable, Iterator
from itertools import islice

from django.db.models import QuerySet
from django.utils.translation import override

from factcheck.checking import check, languages
from factcheck.findings import Finding
from factcheck.record import records_of
from factcheck.texts import Text, texts
from projects.models import Project

AT_ONCE = 500  # texts whose records are fetched together
# Functions that say whether a finding in a text is left out, as what somebody accepted is.
left_out: list[Callable[[Text, Finding], bool]] = []


def findings_in_portal(
    projects: QuerySet | None = None, chosen: list[str] | None = None
) -> Iterator[tuple[Text, Finding]]:
    """
    What the texts of some projects say, by default of all, in some languages, by default in all that are in use and can
    be read. Each text is held against the record as of the day it was written for.
    """
    said = (text for text in texts(projects, chosen) if text.language in languages())
    while batch := list(islice(said, AT_ONCE)):
        known = records_of(Project.objects.filter(pk__in={text.project for text in batch}))
        for text in batch:
            with override(text.language):
                found = check(text.words, text.language, known[text.project], text.as_of)
            yield from ((text, each) for each in found if not any(is_out(text, each) for is_out in left_out))
