"""The content of a report, which is kept as JSON."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy

from reports.document import Document, Fact, Facts, Heading, Paragraph, Section, Table, document_of


def report():
    columns = [Heading("Partner"), Heading("Share", "amount"), Heading("Joined", "day"), Heading("Rate", "percent")]
    rows = [["A", Decimal("12.50"), date(2024, 5, 1), Decimal("0.85")], ["B", None, "spring 2024", None]]
    total = ["Total", Decimal("12.50"), None, None]
    parts = [
        Paragraph("First.\n\nSecond."),
        Facts("dates", [Fact("End", date(2025, 1, 31), "day"), Fact("Partners", 9, "number")]),
        Table("partners", "Partners", columns, rows, total, "One share is not published."),
    ]
    return Document("closing", "Closing report", "INNO", "en", [Section("Partners", parts)])


def test_what_was_kept_as_json_is_read_again():
    assert document_of(report().content) == report()


def test_the_same_content_has_the_same_hash_and_another_figure_another_one():
    other = report()
    other.sections[0].parts[2].rows[0][1] = Decimal("12.51")
    assert report().content_hash == report().content_hash != other.content_hash


def test_the_hash_knows_a_draft():
    assert replace(report(), is_draft=True).content_hash != report().content_hash


def test_a_text_to_be_translated_is_kept_in_the_language_of_the_report():
    document = replace(report(), title=gettext_lazy("Project"))
    assert document.content["title"] == "Project"
