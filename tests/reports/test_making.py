"""A report is made of one state of the records, numbered, kept as it is, or not made at all."""

import signal
import threading
from datetime import timedelta
from hashlib import sha256

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone, translation

from accounts.models import User
from editorial.background import Cancelled
from editorial.translations import active_languages
from projects.models import Project
from reports import making
from reports.document import document_of
from reports.making import AT_ONCE, make, make_again, one_state, start
from reports.models import Kept, ReportSnapshot, SnapshotFile, SnapshotNumber
from reports.writing.formats import DOCUMENT_FORMATS
from tests import factories as make_one
from tests.accounts.people import make_person

YEAR = timezone.localdate().year
WORKER_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT)


@pytest.fixture
def kept(ask, projects):
    snapshot = ask(*projects)
    make(snapshot)
    return snapshot


def test_a_report_is_kept_with_all_that_proves_it(kept, editor, projects, settings):
    assert kept.progress == "done"
    assert kept.number == f"{YEAR}-0001"
    assert (kept.title, kept.maker, kept.made_by) == ("Budgets of projects", str(editor), editor)
    assert kept.pks == sorted(project.pk for project in projects)
    assert kept.names == [str(project) for project in sorted(projects, key=lambda project: project.pk)]
    assert kept.portal_version == settings.PORTAL_VERSION
    assert kept.content_hash == kept.document.content_hash
    assert kept.is_intact
    assert not kept.is_draft
    file = kept.files.get()
    assert file.name == f"{YEAR}-0001-budgets-en.json"
    assert file.sha256 == sha256(file.content).hexdigest()
    assert file.bytes == len(file.content)
    assert kept.number.encode() in file.content
    assert kept.content_hash.encode() in file.content


def test_the_same_made_twice_has_the_same_hash_and_another_number(kept, ask, projects):
    again = ask(*reversed(projects))
    make(again)
    assert again.content_hash == kept.content_hash
    assert again.selection_key == kept.selection_key
    assert again.number == f"{YEAR}-0002"


def test_a_changed_fact_changes_the_hash_and_leaves_what_is_kept_byte_for_byte(kept, ask, projects):
    content, file = kept.content, bytes(kept.files.get().content)
    Project.objects.filter(pk=projects[0].pk).update(total_budget=101)
    again = ask(*projects)
    make(again)
    assert again.content_hash != kept.content_hash
    kept = ReportSnapshot.objects.get(pk=kept.pk)
    assert (kept.content, bytes(kept.files.get().content)) == (content, file)


@pytest.mark.parametrize("language", ["en", "sl", "lv", "bg"])
def test_a_report_is_in_its_language_whatever_its_makers(ask, projects, language):
    assert language in active_languages()
    snapshot = ask(*projects, language=language, formats=list(DOCUMENT_FORMATS))
    with translation.override("lv"):
        make(snapshot)
    assert snapshot.progress == "done", snapshot.fault
    assert snapshot.document.language == language
    with translation.override(language):
        assert snapshot.document.tables[0].columns[0].title == translation.gettext("Project")
    assert [file.format for file in snapshot.files.all()] == list(DOCUMENT_FORMATS)


DEEDS = {
    "save": lambda kept: kept.save(),
    "save of a field": lambda kept: kept.save(update_fields=["title"]),
    "delete": lambda kept: kept.delete(),
    "update": lambda kept: ReportSnapshot.objects.filter(pk=kept.pk).update(title="Other"),
    "delete of several": lambda kept: ReportSnapshot.objects.all().delete(),
    "bulk update": lambda kept: ReportSnapshot.objects.bulk_update([kept], ["title"]),
    "save of a file": lambda kept: kept.files.get().save(),
    "delete of a file": lambda kept: kept.files.get().delete(),
    "update of files": lambda kept: kept.files.update(content=b""),
    "delete of files": lambda kept: SnapshotFile.objects.all().delete(),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_nothing_changes_or_deletes_what_is_kept(kept, deed):
    kept.title = "Other"
    with pytest.raises(Kept), transaction.atomic():
        DEEDS[deed](kept)
    assert ReportSnapshot.objects.get(pk=kept.pk).title == "Budgets of projects"


@pytest.mark.parametrize("note", [{"fault": "x"}, {"progress": "failed"}])
def test_who_still_works_on_it_cannot_note_anything_either(kept, note):
    with pytest.raises(Kept):
        kept.note(**note)


def test_what_is_changed_past_the_portal_shows(kept):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE reports_snapshotfile SET content = %s", [b"{}"])
        cursor.execute("UPDATE reports_reportsnapshot SET content = %s", ['{"title": "Other"}'])
    changed = ReportSnapshot.objects.get(pk=kept.pk)
    assert not changed.is_intact
    assert not changed.files.get().is_intact


def test_the_maker_keeps_their_name_when_the_account_goes(ask, projects):
    person = make_person("editor", first_name="Ana", last_name="Kranjc")
    snapshot = ask(*projects, by=person)
    make(snapshot)
    User.objects.get(pk=person.pk).delete()
    snapshot = ReportSnapshot.objects.get(pk=snapshot.pk)
    assert (snapshot.made_by, snapshot.maker) == (None, "Ana Kranjc")


def test_a_report_that_does_not_reconcile_is_refused_or_made_as_a_marked_draft(ask, projects):
    Project.objects.filter(pk=projects[1].pk).update(total_budget=None)
    snapshot = ask(*projects)
    make(snapshot)
    assert (snapshot.progress, snapshot.number, snapshot.content) == ("failed", None, None)
    assert snapshot.is_refused
    assert snapshot.problems == ["The budget of BETA is unknown."]
    make_again(snapshot, as_draft=True)
    assert (snapshot.progress, snapshot.is_draft) == ("done", True)
    assert snapshot.document.is_draft
    assert snapshot.document.problems == snapshot.problems == ["The budget of BETA is unknown."]


def test_what_reconciles_meanwhile_is_no_draft(ask, projects):
    snapshot = ask(*projects, as_draft=True)
    make(snapshot)
    assert (snapshot.is_draft, snapshot.document.is_draft, snapshot.problems) == (False, False, [])


def test_a_fault_leaves_a_sentence_and_no_gap_in_the_numbers(ask, projects, monkeypatch, caplog):
    def fail(*args):
        raise ValueError("A fault in a writer")

    with monkeypatch.context() as broken:
        broken.setattr(making, "write_file", fail)
        snapshot = ask(*projects)
        make(snapshot)
    assert snapshot.progress == "failed"
    assert snapshot.fault.startswith("A fault of the portal")
    assert f"Report {snapshot.pk}" in caplog.text
    assert not SnapshotFile.objects.exists()
    make_again(snapshot)
    assert (snapshot.progress, snapshot.number) == ("done", f"{YEAR}-0001")


def test_what_is_cancelled_before_or_in_the_middle_leaves_nothing(ask, projects, monkeypatch):
    before = ask(*projects)
    before.cancel()
    make(before)
    assert before.progress == "cancelled"
    middle = ask(*projects)
    written = making.write_file

    def cancel_meanwhile(*args):
        ReportSnapshot.objects.get(pk=middle.pk).cancel()
        return written(*args)

    monkeypatch.setattr(making, "write_file", cancel_meanwhile)
    make(middle)
    middle.refresh_from_db()
    assert (middle.progress, middle.number, middle.content) == ("cancelled", None, None)
    assert not SnapshotFile.objects.exists()
    assert not SnapshotNumber.objects.filter(last__gt=0).exists()


def test_who_was_faster_gets_the_number_and_the_other_the_next_one(ask, projects, monkeypatch):
    first, second = ask(*projects), ask(*projects)
    written = making.write_file

    def make_the_other_meanwhile(*args):
        monkeypatch.setattr(making, "write_file", written)
        make(second)
        return written(*args)

    monkeypatch.setattr(making, "write_file", make_the_other_meanwhile)
    make(first)
    assert (second.number, first.number) == (f"{YEAR}-0001", f"{YEAR}-0002")
    assert first.number.encode() in bytes(first.files.get().content)


@pytest.mark.django_db(transaction=True)
def test_two_makers_at_once_get_two_numbers(ask, projects):
    snapshots = [ask(*projects) for _ in range(4)]

    def work(snapshot):
        make(snapshot)
        connection.close()

    threads = [threading.Thread(target=work, args=[snapshot]) for snapshot in snapshots]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = sorted(ReportSnapshot.objects.values_list("number", flat=True))
    assert numbers == [f"{YEAR}-{number:04}" for number in range(1, 5)]


def test_one_report_is_made_once_however_many_begin_it(ask, projects):
    snapshot, other = ask(*projects), None
    other = ReportSnapshot.objects.get(pk=snapshot.pk)
    make(snapshot)
    make(other)
    assert SnapshotFile.objects.count() == 1


def test_work_that_gives_no_sign_of_life_can_be_done_anew_and_its_ghost_keeps_nothing(ask, projects):
    snapshot = ask(*projects)
    assert snapshot.begin()
    assert not snapshot.is_silent
    long_ago = timezone.now() - timedelta(minutes=11)
    ReportSnapshot.objects.filter(pk=snapshot.pk).update(began_at=long_ago)
    ghost = ReportSnapshot.objects.get(pk=snapshot.pk)
    assert ghost.is_silent
    document = making.put_together(ghost)
    make_again(snapshot)
    assert snapshot.progress == "done"
    with pytest.raises((Cancelled, Kept)):
        making.keep(ghost, document)
    assert ReportSnapshot.objects.get(pk=snapshot.pk).number == f"{YEAR}-0001"
    assert SnapshotFile.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_report_reads_one_state_though_others_write_meanwhile(projects):
    def write():
        Project.objects.update(total_budget=999)
        connection.close()

    with one_state():
        before = list(Project.objects.values_list("total_budget", flat=True))
        other = threading.Thread(target=write)
        other.start()
        other.join()
        assert list(Project.objects.values_list("total_budget", flat=True)) == before
    assert set(Project.objects.values_list("total_budget", flat=True)) == {999}
    with transaction.atomic():  # as ever afterwards
        Project.objects.update(total_budget=1)


@pytest.fixture
def worker():
    """The real worker, until nothing is left to do. It listens to signals, which the tests get back."""
    listening = {number: signal.getsignal(number) for number in WORKER_SIGNALS}
    yield lambda: call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
    for number, handler in listening.items():
        signal.signal(number, handler)


@pytest.mark.django_db(transaction=True)
def test_of_many_records_a_worker_makes_it(ask, worker, projects):
    several = [make_one.make_project(total_budget=10) for _ in range(AT_ONCE)]
    snapshot = ask(*several, *projects, language="sl")
    start(snapshot)
    assert ReportSnapshot.objects.get(pk=snapshot.pk).progress == "waiting"
    worker()
    snapshot = ReportSnapshot.objects.get(pk=snapshot.pk)
    assert (snapshot.progress, snapshot.number, snapshot.percent) == ("done", f"{YEAR}-0001", 100)
    assert len(document_of(snapshot.content).tables[0].rows) == AT_ONCE + 2


@pytest.mark.django_db(transaction=True)
def test_a_worker_leaves_alone_what_was_cancelled_while_it_waited(ask, worker, projects):
    several = [make_one.make_project(total_budget=10) for _ in range(AT_ONCE)]
    snapshot = ask(*several, *projects)
    start(snapshot)
    ReportSnapshot.objects.get(pk=snapshot.pk).cancel()
    worker()
    assert ReportSnapshot.objects.get(pk=snapshot.pk).progress == "cancelled"


def test_who_lost_a_record_or_the_right_meanwhile_gets_no_report(ask, projects):
    agency = make_one.make_partner()
    make_one.make_participation(projects[0], partner=agency)
    person = make_person("partner_editor", partner=agency)
    snapshot = ask(projects[0], by=person)
    make(snapshot)
    assert snapshot.progress == "done"
    beyond = ask(*projects, by=person)
    make(beyond)
    assert beyond.progress == "failed"
    assert beyond.fault == "Some of what was selected is no longer there, or no longer yours to see."
    stranger = ask(projects[0], by=make_person("translator"))
    make(stranger)
    assert stranger.fault.startswith("You may no longer make this kind of report")
