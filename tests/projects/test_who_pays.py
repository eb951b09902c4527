"""Who pays for a project, as far as it is published."""

from decimal import Decimal

import pytest
from bs4 import BeautifulSoup

from projects.models import Project
from projects.who_pays import funding_of
from tests.factories import make_project


def parts(total=None, union=None, national=None, rounded=False):
    project = Project(
        total_budget=total and Decimal(total),
        union_funding=union if union is None else Decimal(union),
        national_cofinancing=national if national is None else Decimal(national),
        union_funding_is_rounded=rounded,
    )
    return funding_of(project)


def table(funding):
    return [(part.source, part.amount, part.share) for part in funding.parts]


def test_what_the_partners_pay_is_what_the_others_leave():
    funding = parts(total=1000, union=800, national=150)
    assert table(funding) == [
        ("union", 800, Decimal("0.8")),
        ("national", 150, Decimal("0.15")),
        ("own", 50, Decimal("0.05")),
    ]
    assert [(part.x, part.width) for part in funding.parts] == [(0, 80), (80, 15), (95, 5)]


def test_the_shares_add_up_to_the_cent():
    funding = parts(total="1637941.00", union="1330000.01", national="100000.33")
    assert sum(part.amount for part in funding.parts) == funding.total
    assert sum(part.width for part in funding.parts) == pytest.approx(100, abs=0.02)


def test_an_unpublished_part_is_never_zero():
    funding = parts(total=1000, union=800)
    assert table(funding) == [("union", 800, Decimal("0.8")), ("unknown", 200, Decimal("0.2"))]
    assert "not published apart" in str(funding.parts[1].label)


def test_the_union_part_may_be_the_unknown_one():
    assert [part.source for part in parts(total=1000, national=150).parts] == ["national", "unknown"]


@pytest.mark.parametrize(
    "amounts",
    [
        {},
        {"total": 1000},
        {"union": 800},
        {"union": 800, "national": 100},
        {"total": 0, "union": 0},
        {"total": 100, "union": 90, "national": 90},
    ],
)
def test_nothing_is_drawn_or_worked_out_without_a_whole_and_a_part_that_agree(amounts):
    funding = parts(**amounts)
    assert not funding.is_drawn
    assert {part.share for part in funding.parts} == {None}
    assert funding.parts[-1].amount is None


def test_what_is_left_of_a_rounded_part_is_rounded_too():
    assert [part.is_rounded for part in parts(total=1000, union=800, rounded=True).parts] == [True, True]
    assert [part.is_rounded for part in parts(total=1000, union=800, national=200, rounded=True).parts] == [
        True,
        False,
        True,
    ]


def test_nobody_else_pays_where_the_union_pays_all():
    assert table(parts(total=1000, union=1000, national=0))[1:] == [("national", 0, 0), ("own", 0, 0)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "amount", "share"), [("en", "801.00 EUR", "80.1%"), ("sl", "801,00 EUR", "80,1 %")]
)
def test_bar_and_table_show_the_same_in_the_notation_of_the_language(client, language, amount, share):
    project = make_project(total_budget=Decimal(1000), union_funding=Decimal(801), national_cofinancing=Decimal(99))
    page = BeautifulSoup(client.get(f"/{language}/projects/{project.slug}/").content, "html.parser")
    row = page.select_one(".who-pays__table tbody tr").get_text(" ").replace("\xa0", " ")
    assert amount in row
    assert share in row
    assert [bar["width"] for bar in page.select(".who-pays__bar > .who-pays__part")] == ["80.1%", "9.9%", "10.0%"]


@pytest.mark.django_db
def test_an_unknown_budget_is_said_in_words_without_a_bar(client):
    page = BeautifulSoup(client.get(make_project().get_absolute_url()).content, "html.parser")
    assert not page.select(".who-pays__bar")
    assert page.select_one(".who-pays").get_text().count("not published") == 4
