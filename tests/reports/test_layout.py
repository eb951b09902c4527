from decimal import Decimal

import pytest

from reports.document import Heading, Section, Table
from reports.writing.layout import PAPERS, headings, paper, runs, shares, type_size
from tests.reports.documents import hostile, partners, wide

PORTAL = "https://projects.example.org/"
UPRIGHT, BROAD, BROADEST = PAPERS


def amounts(columns, value=Decimal("1234567.89")):
    headers = [Heading("Name"), *[Heading("Sum", "amount")] * columns]
    return Table("amounts", "Amounts", headers, [["A", *[value] * columns]])


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (partners(3), UPRIGHT),
        (hostile(), UPRIGHT),
        (wide(), BROAD),
        (amounts(5), UPRIGHT),
        (amounts(7, None), BROAD),  # narrow, but many
        (amounts(13), BROADEST),
        (amounts(40), BROADEST),
    ],
)
def test_a_table_gets_the_paper_that_holds_it(table, expected):
    assert paper(table, PORTAL) == expected


def test_sections_on_the_same_paper_go_on_together():
    one, two, three = (
        Section(title, [table]) for title, table in (("A", partners(1)), ("B", hostile()), ("C", wide()))
    )
    assert runs([one, two, three], PORTAL) == [(UPRIGHT, [one, two]), (BROAD, [three])]


def test_a_heading_alone_stays_with_what_follows_it():
    heading, below = Section("A", []), Section("B", [wide()], level=2)
    assert runs([heading, below], PORTAL) == [(BROAD, [heading, below])]


def test_each_column_gets_what_it_needs_and_texts_share_the_rest():
    name, country, budget, rate, day = shares(partners(3), PORTAL, UPRIGHT.characters)
    assert name > 3 * country
    assert budget >= len("1,234.50") + 2
    assert rate >= len("85%") + 2
    assert day >= len("1 May 2024") + 2
    assert sum((name, country, budget, rate, day)) == pytest.approx(UPRIGHT.characters, abs=0.1)


def test_columns_that_nothing_is_wished_for_share_the_rest_as_well():
    assert sum(shares(amounts(2), PORTAL, 94)) == pytest.approx(94, abs=0.1)


def test_type_is_smaller_only_where_the_broadest_paper_is_too_narrow():
    assert type_size(shares(amounts(13), PORTAL, BROADEST.characters), BROADEST) == 8.5
    assert 2 < type_size(shares(amounts(40), PORTAL, BROADEST.characters), BROADEST) < 5


def test_the_first_heading_is_of_level_1_and_none_is_skipped():
    sections = [Section(str(level), [], level=level) for level in (2, 2, 1, 2)]
    assert list(headings(sections)) == [1, 2, 1, 2]
