"""The whole way of a list: from its file to what is written, and back."""

import csv
from html import unescape
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from imports import tasks
from imports.models import Import
from projects.models import Project
from tests import factories as make
from tests.accounts.people import logged_in, make_person
from tests.forms import change, filled_in, mistakes, said, send
from tests.imports.test_screens import UPLOAD, step, text

HEADERS = "Operation code;Operation name;Beneficiary;Country;Start;End;Total eligible cost"
BRIDGE = "OP-1;A bridge over the river;Region of the River;SI;2023-01-01;2024-06-30;1000000"
SCHOOL = "OP-2;A school on the hill;Town of the Hill;AT;2023-02-01;2024-12-31;250000.50"
WRONG = "OP-3;=A road;Town of the Hill;AT;soon;2024-12-31;100"


def content(*rows) -> bytes:
    return "\r\n".join([HEADERS, *rows, ""]).encode()


@pytest.fixture
def programme(db):
    return make.make_programme()


def upload(office, sent: bytes, name="list.csv", **fields):
    return office.post(UPLOAD, {"file": SimpleUploadedFile(name, sent), **fields})


def begun(office, programme, *rows) -> Import:
    """An import whose file was taken, before its columns are looked at."""
    answer = upload(office, content(*rows), programme=programme.pk)
    assert answer.status_code == 302, mistakes(answer)
    return Import.objects.latest("pk")


def chosen(office, one) -> dict:
    """What the form of the columns would send as it stands."""
    return filled_in(office, step("columns", one), 'form[action$="/columns/"]')


def choose(office, one, **changes):
    return office.post(step("columns", one), chosen(office, one) | changes)


def tried(office, programme, *rows, **changes) -> Import:
    one = begun(office, programme, *rows)
    answer = choose(office, one, **changes)
    assert answer.status_code == 302, mistakes(answer)
    return Import.objects.get(pk=one.pk)


def confirm(office, one):
    return office.post(step("confirm", one), {"plan": one.plan_digest}, follow=True)


def test_a_list_is_tried_and_nothing_is_written(office, programme):
    one = tried(office, programme, BRIDGE, SCHOOL, WRONG)
    assert one.counts == {"created": 2, "changed": 0, "unchanged": 0, "skipped": 0, "refused": 1}
    page = text(office.get(change(one)))
    assert "Nothing is written yet" in page
    assert "A bridge over the river" in page
    assert Project.objects.count() == 0


def test_the_page_of_the_columns_says_what_was_recognised(office, programme):
    one = begun(office, programme, BRIDGE, SCHOOL)
    page = text(office.get(step("columns", one)))
    assert "List of operations" in page
    assert "A school on the hill" in page
    fields = chosen(office, one)
    assert (fields["column-0-1"], fields["column-0-4"]) == ("title", "start")
    assert fields["programme"] == str(programme.pk)


UNKNOWN = b"Aaa;Bbb;Ccc\nOP-1;A bridge over the river;x\nOP-2;A school on the hill;y\n"


def test_a_list_whose_headers_nobody_knows_is_named_by_hand_and_remembered(office, programme, tmp_path):
    assert upload(office, UNKNOWN, programme=programme.pk).status_code == 302
    one = Import.objects.get()
    assert "No header of this list is known" in text(office.get(step("columns", one)))
    assert "Choose for at least one column" in text(choose(office, one))
    assert choose(office, one, **{"column-0-0": "operation_code", "column-0-1": "title"}).status_code == 302
    one.refresh_from_db()
    assert (one.kind, one.created) == ("operations", 2)
    path = tmp_path / "later.csv"
    path.write_bytes(UNKNOWN.replace(b"hill", b"bank"))
    call_command("import_data", path, programme=programme.cci)
    assert set(Project.objects.values_list("title", flat=True)) == {"A bridge over the river", "A school on the bank"}


def test_another_row_of_headers_may_be_as_unknown(office, programme):
    upload(office, UNKNOWN, programme=programme.pk)
    one = Import.objects.get()
    office.post(step("again", one), {"separator": ";"})
    one.refresh_from_db()
    assert one.tables[0]["columns"] == ["Aaa", "Bbb", "Ccc"]


@pytest.mark.parametrize(
    "sent",
    [b"Dear colleague,\nthe list follows, as agreed.\nBest wishes", b"Aaa;Bbb\n", b"Aaa\n1\n2\n", b"1;2\n3;4\n5;6\n"],
)
def test_what_is_no_table_is_refused_on_the_page_too(office, programme, sent):
    answer = upload(office, sent, programme=programme.pk)
    assert "No table was found" in text(answer)
    assert not Import.objects.exists()


def test_organisations_may_turn_out_to_be_projects(office, programme):
    upload(office, b"Xyz;Beneficiary;Country\nA bridge;Town of the Hill;AT\n", programme=programme.pk)
    one = Import.objects.get()
    assert choose(office, one, **{"column-0-0": "title"}).status_code == 302
    one.refresh_from_db()
    assert one.kind == "operations"


def test_a_confirmed_list_is_written_as_drafts_which_its_page_leads_to(office, programme):
    one = tried(office, programme, BRIDGE, SCHOOL, WRONG)
    page = text(confirm(office, one))
    assert "The list is imported" in page
    assert set(Project.objects.values_list("state", flat=True)) == {"draft"}
    make.make_project()
    link = f"/admin/projects/project/?import={one.pk}"
    assert link in page
    listed = text(office.get(link))
    assert "2 projects" in listed


@pytest.mark.parametrize("value", ["x", "0", "%00", "9" * 40, "-1"])
def test_the_filter_by_import_stands_odd_values(office, programme, value):
    confirm(office, tried(office, programme, BRIDGE))
    assert office.get(f"/admin/projects/project/?import={value}", follow=True).status_code == 200


def test_the_second_to_confirm_is_told_and_nothing_is_written_twice(office, programme):
    one = tried(office, programme, BRIDGE)
    other = logged_in(make_person("editor"))
    confirm(office, one)
    answer = confirm(other, one)
    assert said(answer) == ["Editor has confirmed this import already. Nothing is written twice."]
    assert Project.objects.count() == 1


def test_what_was_not_seen_is_not_confirmed(office, programme):
    one = tried(office, programme, BRIDGE)
    for plan in ("", "x", None):
        answer = office.post(step("confirm", one), {"plan": plan} if plan is not None else {}, follow=True)
        assert said(answer) == ["The dry run is another one by now. Look at it once more, then confirm it."]
    assert Project.objects.count() == 0


def test_a_portal_that_has_changed_since_is_tried_anew_instead_of_written(office, programme):
    first, second = tried(office, programme, BRIDGE), tried(office, programme, BRIDGE, SCHOOL)
    confirm(office, first)
    page = text(confirm(office, second))
    assert "Nothing is written yet" in page
    assert Project.objects.count() == 1
    second.refresh_from_db()
    assert (second.confirmed_at, second.counts["created"], second.counts["unchanged"]) == (None, 1, 1)
    assert second.fault in unescape(page)
    assert "Of 1 row something else becomes now" in page
    others = text(office.get(change(second), {"show": "other"})).partition('class="import-rows"')[2]
    assert "A bridge over the river" in others
    assert "A school on the hill" not in others
    confirm(office, second)
    assert Project.objects.count() == 2


def test_the_same_list_twice_changes_nothing_and_the_page_says_that_it_came_before(office, programme):
    confirm(office, tried(office, programme, BRIDGE, SCHOOL))
    again = tried(office, programme, BRIDGE, SCHOOL)
    page = text(office.get(change(again)))
    assert "This very file was imported on" in page
    assert again.counts["unchanged"] == 2
    assert "There is nothing to write." in page


def test_a_page_sent_twice_does_nothing_twice(office, programme):
    one = tried(office, programme, BRIDGE)
    choose(office, one)
    assert one.rows.count() == 1
    assert Import.objects.count() == 1


# Columns


def test_a_corrected_column_is_remembered_for_the_next_list_with_these_headers(office, programme):
    tried(office, programme, BRIDGE, **{"column-0-6": ""})
    next_one = begun(office, programme, SCHOOL)
    assert chosen(office, next_one)["column-0-6"] == ""
    assert "as they were corrected" in text(office.get(step("columns", next_one)))


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"column-0-4": "end"}, ""), ({"column-0-1": "state"}, "column-0-1"), ({"currency": "Euro"}, "currency")],
)
def test_columns_that_cannot_be_are_refused_and_what_was_chosen_stays(office, programme, changes, field):
    one = begun(office, programme, BRIDGE)
    answer = choose(office, one, **{"column-0-3": "", **changes})
    assert answer.status_code == 200
    assert field in mistakes(answer)
    assert '<option value="" selected>' in text(answer)
    assert Import.objects.get().planned_at is None


def test_a_programme_that_the_portal_lacks_is_named_by_its_code_and_made_with_the_list(office, programme):
    one = Import.objects.get(pk=upload(office, content(BRIDGE))["Location"].split("/")[-3])
    choose(office, one)
    assert "which programme it belongs to" in text(office.get(change(one)))
    answer = choose(office, one, cci="2014at16rfop001", programme=programme.pk)
    assert mistakes(answer)["cci"] == "Choose a programme or enter a code, not both."
    assert mistakes(choose(office, one, cci="Austria"))["cci"].startswith("A CCI code has 15 characters")
    choose(office, one, cci="2014at16rfop001")
    one.refresh_from_db()
    confirm(office, one)
    assert Project.objects.get().programme.cci == "2014AT16RFOP001"


def again(office, one, **said):
    answer = office.post(step("again", one), said)
    one.refresh_from_db()
    return answer


def test_a_file_is_read_again_as_its_editor_says(office, programme):
    text_of_file = f"List of 2024\r\n{HEADERS}\r\n{SCHOOL.replace('school', 'še')}\r\n"
    upload(office, text_of_file.encode("cp1250"), programme=programme.pk)
    one = Import.objects.get()
    again(office, one, **{"encoding": "cp1251", "header-0": "2"})
    assert one.tables[0]["samples"][1] == ["A љe on the hill"]
    again(office, one, **{"encoding": "cp1250", "separator": ";", "header-0": "1"})
    assert one.tables[0]["columns"] == ["List of 2024"]
    assert again(office, one, **{"encoding": "cp1250", "header-0": "2"}).status_code == 302
    choose(office, one)
    assert one.rows.get().label == "A še on the hill"


ODD = [{"encoding": "latin-x"}, {"separator": "ab"}, {"header-0": "0"}, {"header-0": "9" * 30}, {"header-0": "x"}]


@pytest.mark.parametrize("said", [*ODD, {"encoding": "utf-16"}])
def test_what_cannot_be_read_is_said_and_the_columns_stay(office, programme, said):
    one = begun(office, programme, BRIDGE)
    before = one.tables
    answer = again(office, one, **said)
    assert answer.status_code == 200
    assert "errorlist" in text(answer)
    assert one.tables == before


def test_a_file_is_not_read_again_once_it_is_confirmed(office, programme):
    one = tried(office, programme, BRIDGE)
    confirm(office, one)
    assert "Somebody else goes on with this import" in text(again(office, one))
    assert one.confirmed_at


def test_who_confirms_in_another_language_confirms_the_same(office, editor, programme):
    confirm(office, tried(office, programme, BRIDGE, SCHOOL))
    later = tried(office, programme, BRIDGE.replace("2024-06-30", "2024-09-30"))
    editor.interface_language = "sl"
    editor.save()
    confirm(office, later)
    later.refresh_from_db()
    assert (later.fault, later.counts["changed"]) == ("", 1)
    assert str(Project.objects.get(operation_code="OP-1").end) == "2024-09-30"


def test_what_is_confirmed_keeps_its_columns(office, programme):
    one = tried(office, programme, BRIDGE)
    data = chosen(office, one)
    confirm(office, one)
    assert said(office.post(step("columns", one), data, follow=True)) == ["The columns can no longer be changed."]


# Files


@pytest.mark.parametrize(
    "sent", [b"\x00\x01\x02" * 500, b"<html><body>Not found</body></html>", b"PK\x03\x04broken", b" "]
)
def test_what_is_no_list_is_refused_in_a_sentence_beside_the_form(office, programme, sent):
    answer = upload(office, sent, "list.xls", programme=programme.pk)
    assert answer.status_code == 200
    assert len(mistakes(answer)["file"]) > 10
    assert f'<option value="{programme.pk}" selected>' in text(answer)
    assert Import.objects.count() == 0


def test_a_file_that_is_too_large_is_refused_before_it_is_read(office, settings):
    settings.IMPORT_BYTES = 100
    answer = upload(office, b"x" * 101)
    assert mistakes(answer)["file"] == "The file has more than 100\xa0bytes. Divide it, as by programme or by year."


def test_no_file_is_said_beside_its_field(office, db):
    assert mistakes(office.post(UPLOAD, {})) == {"file": "Choose the file that holds the list."}
    assert mistakes(office.post(UPLOAD, {"file": "list.csv"})) == {"file": "Choose the file that holds the list."}


def test_an_upload_that_breaks_off_leaves_nothing(office, db):
    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="list.csv"\r\n\r\nOperation na'
    answer = office.post(UPLOAD, body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code in (200, 400)
    assert Import.objects.count() == 0


def test_the_file_comes_back_as_it_was_sent(office, programme):
    one = tried(office, programme, BRIDGE)
    answer = office.get(step("file", one))
    assert b"".join(answer.streaming_content) == content(BRIDGE)
    assert 'filename="list.csv"' in answer["Content-Disposition"]


def test_refused_rows_come_back_as_a_list_to_mend_that_no_spreadsheet_takes_for_formulas(office, programme):
    one = tried(office, programme, BRIDGE, WRONG)
    answer = office.get(step("refused", one))
    mended = b"".join(answer.streaming_content).decode("utf-8-sig")
    header, row = csv.reader(StringIO(mended), delimiter=";")
    assert header[:7] == HEADERS.split(";")
    assert row[:3] == ["OP-3", "'=A road", "Town of the Hill"]
    assert row[7] == "3"
    assert "soon" in row[8] or "date" in row[8]
    again = upload(office, mended.replace("soon", "2023-05-01").encode(), programme=programme.pk)
    assert again.status_code == 302
    choose(office, Import.objects.latest("pk"))
    assert Import.objects.latest("pk").counts["created"] == 1


# Long lists


@pytest.fixture
def long_lists(monkeypatch):
    monkeypatch.setattr(tasks, "AT_ONCE", 1)


def work():
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_a_long_list_is_tried_and_written_by_the_worker(long_lists, office, programme):
    one = tried(office, programme, BRIDGE, SCHOOL)
    assert "The dry run is under way" in text(office.get(change(one)))
    work()
    one.refresh_from_db()
    assert "to be created" in text(office.get(change(one)))
    assert "The list is being written" in text(confirm(office, one))
    assert Project.objects.count() == 0
    work()
    assert "The list is imported" in text(office.get(change(one)))
    assert Project.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_what_is_stopped_before_its_turn_is_not_begun(long_lists, office, programme):
    one = tried(office, programme, BRIDGE, SCHOOL)
    work()
    one.refresh_from_db()
    confirm(office, one)
    office.post(step("cancel", one))
    work()
    assert Project.objects.count() == 0
    assert "Nothing is written yet" in text(office.get(change(one)))


# Undo


def test_undo_shows_first_what_goes_back_and_then_takes_it_back(office, programme):
    one = tried(office, programme, BRIDGE, SCHOOL)
    confirm(office, one)
    page = text(office.get(step("undo", one)))
    assert "go back to what they were" in page
    assert Project.objects.count() == 2
    answer = office.post(step("undo", one), follow=True)
    assert Project.objects.count() == 0
    assert "This import was undone" in text(answer)
    assert said(office.post(step("undo", one), follow=True)) == ["There is nothing to undo."]


def test_what_was_changed_since_stays_and_is_named_before_and_after(office, programme):
    one = tried(office, programme, BRIDGE, SCHOOL)
    confirm(office, one)
    school = Project.objects.get(operation_code="OP-2")
    send(office, change(school), {"call": "Second call"})
    assert "A school on the hill" in text(office.get(step("undo", one))).partition('id="left"')[2]
    answer = office.post(step("undo", one), follow=True)
    assert any("A school on the hill" in sentence for sentence in said(answer))
    assert Project.objects.get() == school


def test_nobody_undoes_what_was_not_written(office):
    one = make.make_import([("created", [])])
    assert said(office.get(step("undo", one), follow=True)) == ["There is nothing to undo."]
