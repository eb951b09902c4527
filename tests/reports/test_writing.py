"""What holds for a report in every format."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils.translation import get_language, override

from reports.document import Section, document_of
from reports.writing.formats import DOCUMENT_FORMATS
from tests.reports.documents import MADE_AT, document, draft, imprint

every_format = pytest.mark.parametrize("name", DOCUMENT_FORMATS)


def written(name, report, **changed):
    return DOCUMENT_FORMATS[name].write(report, imprint(report, **changed))


@every_format
def test_the_same_report_and_imprint_make_the_same_bytes(name):
    assert written(name, draft("sl")) == written(name, draft("sl"))


@every_format
def test_the_language_of_who_makes_it_changes_nothing(name):
    first = written(name, document("el", sections=[]))
    with override("de"):
        assert written(name, document("el", sections=[])) == first
        assert get_language() == "de"


@every_format
def test_another_moment_makes_another_file(name):
    report = document(sections=[])
    later = MADE_AT + timedelta(seconds=10)
    assert written(name, report) != written(name, report, made_at=later)


@every_format
def test_a_report_without_sections_number_or_subtitle_is_a_file_too(name):
    report = replace(document(), sections=[], subtitle="")
    assert written(name, report, number="", maker="", agency="", version="")


@every_format
def test_a_section_without_a_title_or_parts_spoils_nothing(name):
    report = document(sections=[Section("", [], level=2), Section("A\x00title\x0b", []), Section("Deep", [], level=2)])
    assert written(name, report)


@every_format
def test_names_that_hold_control_characters_spoil_nothing(name):
    report = document(title="A\x0btitle\x00", subtitle="\x1f", sections=[])
    assert written(name, report, agency="Agen\x0bcy", maker="\x00")


@every_format
def test_long_names_spoil_nothing(name):
    report = document(
        title="A very long title " * 40, subtitle="Partner, " * 200, sections=[Section("long " * 100, [])]
    )
    assert written(name, report, agency="Agency " * 60)


def test_what_was_kept_as_content_makes_the_same_files():
    report = document("bg")
    for name in DOCUMENT_FORMATS:
        assert written(name, document_of(report.content)) == written(name, report)
