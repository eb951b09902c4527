from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from reports.cells import cell, plain_text, safe_text

PORTAL = "https://projects.example.eu/"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", " =", "\t=", "\r=", "\n=", "\x00=", "\xa0=", "＝"])
def test_a_text_that_begins_like_a_formula_gets_an_apostrophe(start):
    assert safe_text(f"{start}1+1") == f"'{start[-1]}1+1"


@pytest.mark.parametrize("start", ["\t", "\r", "\r\n", "  "])
def test_a_text_doesnt_begin_with_blanks_that_a_spreadsheet_would_skip(start):
    assert safe_text(f"{start}Study visit") == "Study visit"


def test_a_sign_inside_a_text_stays_as_it_is():
    assert safe_text("a = b – c@d") == "a = b – c@d"


def test_control_characters_are_taken_out_and_line_breaks_stay():
    assert safe_text("one\x0b\x1f\r\ntwo\ufffe\ud800") == "one\ntwo"


@pytest.mark.parametrize("value", [Decimal("-5.5"), -3, 0, date(2019, 8, 1), time(10, 30), None])
def test_numbers_and_dates_stay_what_they_are(value):
    assert cell(value, "text", PORTAL) == value


def test_a_moment_is_told_by_the_portals_clock():
    moment = datetime(2024, 7, 1, 12, 0, 30, 500, tzinfo=UTC)
    assert cell(moment, "moment", PORTAL) == datetime(2024, 7, 1, 14, 0, 30)  # noqa: DTZ001 – files know no time zone


@pytest.mark.parametrize("format", ["text", "rich_text", "country", "address"])
@pytest.mark.parametrize("value", ["", []])
def test_a_text_without_words_is_an_empty_cell(value, format):
    assert cell(value, format, PORTAL) is None


def test_a_list_is_told_in_one_cell():
    assert cell(["SME; growth", "Innovation"], "text", PORTAL) == "SME; growth; Innovation"


def test_addresses_of_the_portal_get_its_host_and_others_keep_theirs():
    addresses = ["/en/projects/inno/", "https://example.org/"]
    assert cell(addresses, "address", PORTAL) == f"{PORTAL}en/projects/inno/; https://example.org/"


def test_words_are_the_readers():
    with translation.override("sl"):
        assert cell("BG", "country", PORTAL) == "Bolgarija"
        assert cell(True, "text", PORTAL) == "Da"
        assert cell(_("No"), "text", PORTAL) == "Ne"


def test_rich_text_comes_out_as_lines_of_words():
    html = "<h2>Aims</h2><p>Fewer <b>losses</b> &amp; more<br>jobs</p><ul><li>One</li><li><p>Two</p></li></ul>"
    assert plain_text(html) == "Aims\nFewer losses & more\njobs\nOne\nTwo"


def test_cells_of_a_table_in_rich_text_are_kept_apart():
    assert plain_text("<table><tr><td>Jobs</td><td>5</td></tr></table>") == "Jobs 5"


def test_rich_text_that_begins_like_a_formula_gets_an_apostrophe_too():
    assert cell("<p>-5 % energy</p>", "rich_text", PORTAL) == "'-5 % energy"
