"""
Keeps what the texts of the portal say otherwise than the record: brought up to date with what is saved, and all of it
by `manage.py refresh_factcheck`, as what is right today may be outdated tomorrow.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import blake2b
from html import unescape
from itertools import islice

from django.db import models, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import override

from editorial.changes import follow_changes
from editorial.wording import END_OF_BLOCK, END_OF_CELL
from factcheck.checking import check
from factcheck.findings import Finding
from factcheck.models import Acceptance, CheckedProject, Discrepancy
from factcheck.portal import left_out
from factcheck.record import Record, records_of
from factcheck.texts import Text, models_about_projects, records, texts, texts_of
from partners.models import Partner
from projects.models import Amendment, Participation, Project

AT_ONCE = 200  # records of a project whose texts are checked anew in the request that changes its facts
BATCH = 500  # texts
AROUND = 80  # characters that are shown before and after a passage
SPACES = re.compile(r"\s+")
# Whose changes may change a project's facts, with the lookup from the project.
FACTS_FROM = {
    Project: "pk",
    Amendment: "amendments",
    Participation: "participations",
    Partner: "participations__partner",
}
KEPT = ["verdict", "before", "after", "amendment", "token", "start", "end", "checked_at"]


def digest(*parts) -> str:
    return blake2b("\0".join(map(str, parts)).encode(), digest_size=16).hexdigest()


def plain(text: str) -> str:
    """Part of a text in one line, without markup, also where a tag is cut off at its ends."""
    text = text.rpartition("<")[0] if text.rfind("<") > text.rfind(">") else text
    begun = text.find(">")
    text = text[begun + 1 :] if begun > -1 and "<" not in text[:begun] else text
    return SPACES.sub(" ", unescape(strip_tags(END_OF_CELL.sub(" ", END_OF_BLOCK.sub(" ", text)))))


def around(text: Text, finding: Finding) -> tuple[str, str]:
    """What is said before and after the passage: more is looked at than is shown, as markup takes its part."""
    before = plain(text.words[max(0, finding.start - 4 * AROUND) : finding.start]).lstrip()
    after = plain(text.words[finding.end : finding.end + 4 * AROUND]).rstrip()
    if len(before) > AROUND:
        before = "… " + before[-AROUND:].partition(" ")[2]
    if len(after) > AROUND:
        after = after[:AROUND].rpartition(" ")[0] + " …"
    return before, after


def key_of(text: Text, finding: Finding) -> str:
    """What tells a discrepancy from any other: where the passage stands, what it says and what is recorded."""
    place = text.record._meta.label_lower, text.record.pk, text.field, text.language, text.project
    return digest(*place, finding.fact, plain(finding.passage).strip(), finding.recorded)


def is_accepted(text: Text, finding: Finding) -> bool:
    """Whether someone said that the passage is right as it stands."""
    return finding.is_alarm and Acceptance.objects.filter(key=key_of(text, finding)).exists()


def token_for(text: Text, finding: Finding) -> str:
    """What may take the passage's place; empty in a short text, such as a title, which names no facts."""
    is_long = isinstance(text.record._meta.get_field(text.field), models.TextField)
    return finding.token or "" if is_long else ""


def discrepancy(text: Text, finding: Finding, now: datetime) -> Discrepancy:
    before, after = around(text, finding)
    return Discrepancy(
        kind=text.record._meta.label_lower,
        record_id=text.record.pk,
        field=text.field,
        language=text.language,
        project_id=text.project,
        fact=finding.fact,
        verdict=finding.verdict,
        passage=plain(finding.passage).strip(),
        before=before,
        after=after,
        recorded=finding.recorded,
        amendment_id=finding.amendment,
        token=token_for(text, finding),
        start=finding.start,
        end=finding.end,
        key=key_of(text, finding),
        checked_at=now,
    )


def discrepancies_in(said: Iterable[Text], known: dict[int, Record], now: datetime) -> list[Discrepancy]:
    """
    What the texts say otherwise than the records of their projects, each passage of a text once; nothing is kept. Texts
    of a project that came or went meanwhile are passed over.
    """
    found = {}
    for text in (text for text in said if text.project in known):
        with override(text.language):
            for finding in check(text.words, text.language, known[text.project], text.as_of):
                if finding.is_alarm:
                    each = discrepancy(text, finding, now)
                    found.setdefault(each.key, each)
    return list(found.values())


@transaction.atomic
def write(scope: QuerySet, found: list[Discrepancy], now: datetime):
    """Keep what was found, and forget what else is kept of the scope."""
    Discrepancy.objects.bulk_create(
        found, update_conflicts=True, unique_fields=["key"], update_fields=KEPT, batch_size=BATCH
    )
    scope.filter(checked_at__lt=now).delete()


def records_of_numbers(pks: Iterable[int]) -> dict[int, Record]:
    """The records of some projects; no query where there are none."""
    projects = [Project(pk=pk) for pk in pks]
    return records_of(projects) if projects else {}


def check_anew(model, pks: Iterable[int]):
    """Hold what records of a model say now against their projects; of those that are gone nothing is kept."""
    now = timezone.now()
    about = list(records(model).filter(pk__in=pks))
    known = records_of_numbers({record.about_project for record in about})
    said = (text for record in about for text in texts_of(record, record.about_project))
    found = discrepancies_in(said, known, now)
    write(Discrepancy.objects.filter(kind=model._meta.label_lower, record_id__in=pks), found, now)


def facts_digest(record: Record) -> str:
    names = (record.own_names, record.partner_names)
    return digest(record.facts, sorted(record.countries), *names, record.stage_on())


def note_checked(known: dict[int, Record], now: datetime, is_due=False):
    rows = [
        CheckedProject(project_id=pk, facts=facts_digest(record), is_due=is_due, checked_at=now)
        for pk, record in known.items()
    ]
    fields = ["facts", "is_due"] if is_due else ["facts", "is_due", "checked_at"]
    CheckedProject.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["project"], update_fields=fields, batch_size=BATCH
    )


def check_projects(projects: QuerySet):
    """Check the texts of those projects whose facts are no longer what they were; where these are many, later."""
    before = dict(CheckedProject.objects.filter(project__in=projects).values_list("project", "facts"))
    for pk, record in records_of_numbers(projects.values_list("pk", flat=True)).items():
        if before.get(pk) != facts_digest(record):
            check_project(pk, record)


def check_project(pk: int, record: Record):
    now, own = timezone.now(), Project.objects.filter(pk=pk)
    is_due = number_of_records(own) > AT_ONCE
    if not is_due:
        write(Discrepancy.objects.filter(project=pk), discrepancies_in(texts(own), {pk: record}, now), now)
    note_checked({pk: record}, now, is_due)


def number_of_records(projects: QuerySet) -> int:
    return sum(records(model, projects).count() for model in models_about_projects())


def take_in(model, pks: Iterable[int]):
    """Bring to what records now say, and to what is recorded now."""
    if model in models_about_projects():
        check_anew(model, pks)
    if lookup := FACTS_FROM.get(model):
        check_projects(Project.objects.filter(**{f"{lookup}__in": pks}).distinct())


def refresh() -> int:
    """Check every text of the portal, and give how many discrepancies there are."""
    began = timezone.now()
    for batch in batches(texts()):
        known = records_of_numbers({text.project for text in batch})
        write(Discrepancy.objects.none(), discrepancies_in(batch, known, began), began)
    Discrepancy.objects.filter(checked_at__lt=began).delete()
    note_checked(records_of_numbers(Project.objects.values_list("pk", flat=True)), began)
    return Discrepancy.objects.count()


def batches(said: Iterator[Text]) -> Iterator[list[Text]]:
    while batch := list(islice(said, BATCH)):
        yield batch


follow_changes(take_in)
left_out.append(is_accepted)
