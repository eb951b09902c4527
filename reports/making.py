"""
How a report that is kept is made: put together of one state of the records, written as files, given a number.

    snapshot = Asked(kind, selection, "sl", 3, ["pdf"]).record(user)
    start(snapshot)  # at once where little is selected, else by a worker
"""

import logging
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import get_permission_codename
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django_tasks import task

from editorial.background import Cancelled
from partners.models import Partner
from reports.document import Document, Imprint, document_of
from reports.kind import Kind, Problem
from reports.models import ReportSnapshot, SnapshotFile, SnapshotNumber, key_of
from reports.writing.formats import DOCUMENT_FORMATS

logger = logging.getLogger(__name__)

AT_ONCE = 50  # records, of which a report is made while its maker waits; of more by a worker


class Refused(Exception):
    """The report doesn't reconcile, and nobody asked for a draft."""

    def __init__(self, problems: list[Problem]):
        super().__init__(problems)
        self.problems = problems


class Impossible(Exception):
    """Why the report can't be made at all, in a sentence."""


@dataclass(frozen=True)
class Asked:
    """What someone wants a report of, and how."""

    kind: Kind
    selection: QuerySet
    language: str
    period: int | None
    formats: list[str]
    as_draft: bool = False

    def record(self, user) -> ReportSnapshot:
        """The record of the work, with the selection as it is called now."""
        selected = sorted((record.pk, str(record)) for record in self.selection)
        label, pks = self.kind.model._meta.label_lower, [pk for pk, _name in selected]
        return ReportSnapshot.objects.create(
            kind=self.kind.name,
            language=self.language,
            period=self.period,
            formats=self.formats,
            as_draft=self.as_draft,
            model=label,
            pks=pks,
            names=[name for _pk, name in selected],
            selection_key=key_of(label, pks),
            made_by=user,
            maker=str(user),
            made_within_id=user.partner_id if user.only_own_organisation else None,
        )


def may_make(user, kind: Kind) -> bool:
    """Whether the user makes reports at all, and may see what the kind is made of."""
    meta = kind.model._meta
    rights = [f"{meta.app_label}.{get_permission_codename(right, meta)}" for right in ("view", "change")]
    return user.is_active and user.has_perm("reports.add_reportsnapshot") and any(map(user.has_perm, rights))


def start(snapshot: ReportSnapshot):
    if len(snapshot.pks) <= AT_ONCE:
        make(snapshot)
    else:
        make_in_background.enqueue(snapshot.pk)


@task
def make_in_background(pk: int):
    snapshot = ReportSnapshot.objects.filter(pk=pk).select_related("made_by").first()
    if snapshot and snapshot.made_by:
        with translation.override(snapshot.made_by.interface_language or settings.LANGUAGE_CODE):
            make(snapshot)


def make(snapshot: ReportSnapshot):
    """Make it, unless someone has begun or cancelled it. What goes wrong is told by the record; nothing half stays."""
    if not snapshot.begin():
        return
    try:
        snapshot.advance(0, 1 + len(snapshot.formats))
        keep(snapshot, put_together(snapshot))
    except Cancelled:
        snapshot.stop()
    except Refused as refusal:
        snapshot.note(problems=[str(problem.sentence) for problem in refusal.problems])
        snapshot.fail(_("The report doesn’t reconcile."))
    except Impossible as reason:
        snapshot.fail(str(reason))
    except Exception:
        logger.exception("Report %s (%s) could not be made.", snapshot.pk, snapshot.kind)
        sentence = _(
            "A fault of the portal kept the report from being made. The log tells it under “Report %(number)s”."
        )
        snapshot.fail(sentence % {"number": snapshot.pk})


@contextmanager
def one_state():
    """
    All that is read inside is of one moment. On SQLite, nobody who writes meanwhile has to wait for it. Inside a
    caller's transaction it is that one's.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        usual, connection.transaction_mode = connection.transaction_mode, "DEFERRED"
        try:
            with transaction.atomic():
                yield
        finally:
            connection.transaction_mode = usual
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield


def put_together(snapshot: ReportSnapshot) -> Document:
    """The report as content, in its language. Raises Refused or Impossible."""
    kind, user = snapshot.kind_found, snapshot.made_by
    if kind is None or not may_make(user, kind):
        raise Impossible(_("You may no longer make this kind of report, or the portal no longer has it."))
    with one_state():
        if snapshot.selected(user).count() != len(snapshot.pks):
            raise Impossible(_("Some of what was selected is no longer there, or no longer yours to see."))
        with translation.override(snapshot.language):
            problems = kind.problems(snapshot.selected(user), snapshot.period, user)
            if problems and not snapshot.as_draft:
                raise Refused(problems)
            document = kind.build(snapshot.selected(user), snapshot.period, user)
            marked = replace(document, is_draft=bool(problems), problems=[problem.sentence for problem in problems])
            return document_of(marked.content)  # with all its words, as they are in this language


def keep(snapshot: ReportSnapshot, document: Document):
    """
    Write the files and store them with the report. They bear its number, which is taken in the transaction that stores
    it; where another report was faster, they are written once more for the next one.
    """
    is_kept = False
    while not is_kept:
        now = timezone.now()
        number = SnapshotNumber.next(timezone.localtime(now).year)
        imprint = imprint_of(snapshot, document, str(number), now)
        files = write_files(snapshot, document, imprint)
        is_kept = store(snapshot, document, imprint, files, number)
    snapshot.refresh_from_db()


def imprint_of(snapshot, document: Document, number: str, made_at: datetime) -> Imprint:
    agency = Partner.objects.agency()
    return Imprint(
        number=number,
        made_at=made_at,
        maker=snapshot.maker,
        portal=str(admin.site.site_header),
        agency=agency.name if agency else "",
        version=settings.PORTAL_VERSION,
        address=settings.PORTAL_ADDRESS,
        content_hash=document.content_hash,
    )


def write_files(snapshot, document: Document, imprint: Imprint) -> list[SnapshotFile]:
    files = []
    for name in snapshot.formats:
        snapshot.advance(1 + len(files), 1 + len(snapshot.formats))
        files.append(write_file(snapshot, document, imprint, name))
    return files


def write_file(snapshot, document: Document, imprint: Imprint, name: str) -> SnapshotFile:
    file_format = DOCUMENT_FORMATS[name]
    content = file_format.write(document, imprint)
    return SnapshotFile(
        snapshot=snapshot,
        format=name,
        name=f"{imprint.number}-{snapshot.kind}-{snapshot.language}.{file_format.extension}",
        content_type=file_format.content_type,
        content=content,
        bytes=len(content),
        sha256=sha256(content).hexdigest(),
    )


def store(snapshot, document: Document, imprint: Imprint, files: list[SnapshotFile], number: SnapshotNumber) -> bool:
    """Whether it is stored; not where the number is taken. Raises Cancelled where it was to stop or isn’t ours now."""
    mine = ReportSnapshot.objects.filter(
        pk=snapshot.pk, progress=ReportSnapshot.Progress.RUNNING, began_at=snapshot.began_at, is_to_stop=False
    )
    with transaction.atomic():
        if not number.take():
            return False
        stored = mine.update(
            progress=ReportSnapshot.Progress.DONE,
            steps_done=1 + len(files),
            ended_at=timezone.now(),
            number=imprint.number,
            made_at=imprint.made_at,
            portal_version=imprint.version,
            title=title_of(document),
            is_draft=document.is_draft,
            problems=document.problems,
            content=document.content,
            content_hash=imprint.content_hash,
        )
        if not stored:
            raise Cancelled
        SnapshotFile.objects.bulk_create(files)
    return True


def title_of(document: Document) -> str:
    """What it is and what of, as long as a list has room for."""
    return Truncator(" – ".join(filter(None, [document.title, document.subtitle]))).chars(200)


def make_again(snapshot: ReportSnapshot, as_draft: bool = False):
    """Try once more what came to nothing, or what a worker left behind when it died."""
    ReportSnapshot.objects.filter(pk=snapshot.pk).update(
        progress=ReportSnapshot.Progress.WAITING,
        as_draft=as_draft,
        asked_at=timezone.now(),
        began_at=None,
        ended_at=None,
        alive_at=None,
        is_to_stop=False,
        steps_done=0,
        fault="",
        problems=[],
    )
    snapshot.refresh_from_db()
    start(snapshot)
