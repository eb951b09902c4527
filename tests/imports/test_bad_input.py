"""What is no list, or a broken one: told row by row, or refused as a whole with a sentence."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from imports.planning import try_out
from imports.reading import Refused, open_list
from imports.receiving import receive
from projects.models import Project

HEADERS = "Operation code;Operation name;Beneficiary;Start date;End date;Total eligible cost\n"
CCI = "2014AT16RFOP001"


def archive(**parts) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as zipped:
        for name, content in parts.items():
            zipped.writestr(name.replace("__", "/") + ".xml", content)
    return file.getvalue()


def rows_of(content: bytes) -> list:
    return [row for sheet in open_list(content).sheets for row in sheet.rows()]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (bytes(range(256)) * 40, "neither text nor a spreadsheet"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "neither text nor a spreadsheet"),
        (b"PK\x03\x04 broken", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 nothing", "damaged"),
        (archive(word__document="<a/>"), "not a spreadsheet"),
        (b"<html><body><p>Not found</p></body></html>", "without a table"),
        (b"<?xml version='1.0'?><list/>", "XML"),
        (b'{"operations": [', "damaged"),
        (b"[1, 2, 3]", "no list of records"),
        (b"a\n" * 60_000, "more than 50000 rows"),
    ],
)
def test_what_is_no_list_is_refused_with_a_sentence(content, said):
    with pytest.raises(Refused, match=said):
        rows_of(content)


def test_an_archive_that_unpacks_to_far_too_much_is_not_opened():
    with pytest.raises(Refused, match="unpacks to far more"):
        open_list(archive(xl__workbook="<a/>", xl__worksheets__sheet1=b" " * 30_000_000))


def test_a_spreadsheet_that_declares_entities_is_not_opened():
    with pytest.raises(Refused, match="declares"):
        open_list(archive(xl__workbook='<!DOCTYPE a [<!ENTITY b "bb">]><a/>'))


def tried(text: str | bytes):
    content = text if isinstance(text, bytes) else text.encode()
    one = receive(content, "list.csv", programme=CCI)
    try_out(one)
    return one


def reasons(text):
    return {
        row.number: [detail["message"] for detail in row.details] for row in tried(text).rows.filter(outcome="refused")
    }


@pytest.mark.django_db
def test_each_broken_row_is_refused_for_its_own_reason():
    rows = [
        "A1;A bridge;Town;01.02.2020;31.12.2022;1.912,96",
        "A2;A road;Town;31.02.2020;31.12.2022;1.912,96",
        "A3;A school;Town;01.02.2020;01.01.2019;1.912,96",
        "A4;A port;Town;01.02.2020;31.12.2022;a lot",
        "A5;A mill;Town;01.02.2020;31.12.2022;-5",
        "A6;A house;Town;01.02.2020;31.12.2022;10;20;30",
        ";;Town;01.02.2020;31.12.2022;10",
        "A1;Another bridge;Village;01.02.2020;31.12.2022;10",
    ]

    found = reasons(HEADERS + "\n".join(rows))

    assert found == {
        3: ["There is no such day."],
        4: ["The end is before the start."],
        5: ["This is no number."],
        6: ["An amount can't be negative."],
        7: ["The row has more cells than the table has columns. Are there separators within a text?"],
        8: ["The row doesn't say which operation it is about: it has neither a name nor a code."],
        9: ["Row 2 has the same operation with something else in this column."],
    }


@pytest.mark.django_db
def test_years_as_dates_stay_unknown_and_are_told():
    one = tried(HEADERS + "A1;A bridge;Town;2020;2022;1000")

    row = one.rows.get()
    assert row.outcome == "created"
    assert [detail["message"] for detail in row.details] == ["A year alone is no date."] * 2


@pytest.mark.django_db
def test_a_list_without_known_columns_is_refused():
    with pytest.raises(Refused, match="No table was found"):
        receive(b"apples;pears\n1;2\n", "fruit.csv", programme=CCI)


@pytest.mark.django_db
def test_what_is_no_cci_code_is_refused():
    with pytest.raises(Refused, match="no CCI code"):
        receive(HEADERS.encode(), "list.csv", programme="Interreg")


@pytest.mark.django_db
def test_html_that_calls_itself_a_spreadsheet_is_read():
    cells = "</td><td>".join(["A1", "A bridge", "Town", "01.02.2020", "31.12.2022", "1.912,96 €"])
    heads = "</th><th>".join(HEADERS.strip().split(";"))
    one = tried(f"<html><table><tr><th>{heads}</th></tr><tr><td>{cells}</td></tr></table></html>")

    assert one.format == "HTML"
    assert one.created == 1


@pytest.mark.django_db
def test_nothing_is_written_by_trying():
    tried(HEADERS + "A1;A bridge;Town;01.02.2020;31.12.2022;1000")

    assert not Project.objects.exists()
