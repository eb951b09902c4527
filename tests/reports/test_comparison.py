"""What changed between two reports is told by table, row and value, by fact and by text."""

from datetime import date
from decimal import Decimal

from reports.comparison import compare
from reports.document import Document, Fact, Facts, Heading, Paragraph, Section, Table

COLUMNS = [Heading("Partner"), Heading("Budget", "amount"), Heading("Since", "day")]


def report(rows=(), facts=(), text="", total=None, title="Money", table="partners"):
    parts = [
        Paragraph(text),
        Facts("project", [Fact(*fact) for fact in facts]),
        Table(table, "Partners", COLUMNS, [list(row) for row in rows], total=total),
    ]
    return Document("closing", "Closing report", "", "en", [Section("ALPHA", []), Section(title, parts, level=2)])


def rows_of(comparison):
    return [
        (row.what, row.name, [(line.label, [(piece.what, piece.text) for piece in line.pieces]) for line in row.lines])
        for _title, rows in comparison.tables
        for row in rows
    ]


def test_the_same_content_shows_no_change():
    rows = [["RRA", Decimal("1.50"), date(2024, 1, 1)]]
    assert compare(report(rows, text="Words"), report(rows, text="Words")).is_empty


def test_rows_are_matched_by_their_first_column_and_told_old_to_new():
    before = report([["RRA", Decimal(100), None], ["Chamber", Decimal(5), None]], total=["Total", Decimal(105), None])
    after = report(
        [["City", Decimal(7), None], ["RRA", Decimal(250), date(2024, 5, 1)]], total=["Total", Decimal(257), None]
    )
    found = compare(before, after)
    assert rows_of(found) == [
        ("added", "City", [("Budget (EUR)", [("added", "7.00")])]),
        ("changed", "RRA", [
            ("Budget (EUR)", [("removed", "100.00"), ("added", "250.00")]), ("Since", [("added", "1 May 2024")]),
        ]),
        ("changed", "Total", [("Budget (EUR)", [("removed", "105.00"), ("added", "257.00")])]),
        ("removed", "Chamber", [("Budget (EUR)", [("removed", "5.00")])]),
    ]  # fmt: skip
    assert [title for title, _rows in found.tables] == ["ALPHA – Money – Partners"]


def test_rows_of_the_same_name_are_told_apart_by_their_order():
    before = report([["RRA", Decimal(1), None], ["RRA", Decimal(2), None]])
    after = report([["RRA", Decimal(1), None], ["RRA", Decimal(3), None]])
    assert rows_of(compare(before, after)) == [
        ("changed", "RRA", [("Budget (EUR)", [("removed", "2.00"), ("added", "3.00")])])
    ]


def test_the_order_of_rows_is_no_change():
    rows = [["RRA", Decimal(1), None], ["City", Decimal(2), None]]
    assert compare(report(rows), report(reversed(rows))).is_empty


def test_facts_say_what_they_were_and_are():
    before = report(facts=[("End", date(2024, 1, 31), "day"), ("Partners", Decimal(9), "number")])
    after = report(facts=[("End", date(2025, 1, 31), "day"), ("Partners", Decimal(9), "number"), ("Code", "X1")])
    lines = [(line.label, [(piece.what, piece.text) for piece in line.pieces]) for line in compare(before, after).lines]
    assert lines == [
        ("ALPHA – Money: End", [("removed", "31 Jan 2024"), ("added", "31 Jan 2025")]),
        ("ALPHA – Money: Code", [("added", "X1")]),
    ]


def test_texts_are_compared_word_by_word():
    [line] = compare(report(text="Nine partners meet"), report(text="Ten partners meet")).lines
    assert [(piece.what, piece.text) for piece in line.pieces] == [
        ("removed", "Nine"), ("added", "Ten"), ("same", "partners meet"),
    ]  # fmt: skip


def test_a_table_that_came_or_went_is_told_row_by_row():
    rows = [["RRA", Decimal(1), None]]
    assert [what for what, *_rest in rows_of(compare(report(), report(rows)))] == ["added"]
    found = compare(report(rows), report(rows, table="others"))
    assert [what for what, *_rest in rows_of(found)] == ["added", "removed"]


def test_a_column_that_is_new_is_told():
    before = report([["RRA", Decimal(1), None]])
    table = Table("partners", "Partners", [*COLUMNS, Heading("Role")], [["RRA", Decimal(1), None, "lead"]])
    after = Document("closing", "", "", "en", [Section("ALPHA", []), Section("Money", [table], level=2)])
    assert rows_of(compare(before, after)) == [("changed", "RRA", [("Role", [("added", "lead")])])]


def test_of_several_facts_of_the_same_label_each_is_compared():
    before = report(facts=[("Website", "a.example.org"), ("Website", "b.example.org")])
    after = report(facts=[("Website", "c.example.org"), ("Website", "b.example.org")])
    [line] = compare(before, after).lines
    assert [piece.text for piece in line.pieces] == ["a.example.org", "c.example.org"]


def test_what_is_said_below_a_table_is_compared_too():
    before, after = (
        Document("closing", "", "", "en", [Section("Money", [Table("partners", "Partners", COLUMNS, [], note=note)])])
        for note in ("", "One amount is rounded.")
    )
    [line] = compare(before, after).lines
    assert [piece.text for piece in line.pieces] == ["One amount is rounded."]
