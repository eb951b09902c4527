from datetime import date
from decimal import Decimal

from editorial.bars import Count, bars
from editorial.scale import Scale


def test_a_scale_says_where_a_day_or_a_figure_lies():
    assert Scale(date(2024, 1, 1), date(2024, 1, 11)).at(date(2024, 1, 6)) == 50
    assert Scale(Decimal(0), Decimal(3)).at(Decimal(1)) == 33.33
    assert Scale(-10, 10).width(0, 5) == 25


def test_what_lies_outside_a_scale_stays_at_its_edge():
    assert [Scale(0, 10).at(value) for value in (-5, 15)] == [0, 100]


def test_on_a_scale_without_length_everything_lies_at_its_beginning():
    assert Scale(5, 5).at(7) == 0


def test_the_highest_count_is_the_longest_bar_and_nothing_has_no_length():
    assert [bar.width for bar in bars([Count("A", 8), Count("B", 2), Count("C", 0)])] == [100, 25, 0]
    assert [bar.width for bar in bars([Count("A", 0)])] == [0]
    assert bars([]) == []
