import contextlib
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imports.values import Marks, Unknown, Unreadable, amount, day, share

NO_MARKS = Marks()


def seen(*values) -> Marks:
    marks = Marks()
    for value in values:
        marks.see_number(value)
        marks.see_day(value)
    return marks


def read_amount(text, *others):
    return amount(text, seen(text, *others), NO_MARKS)


@pytest.mark.parametrize(
    ("text", "expected", "currency"),
    [
        ("1.912,96", "1912.96", ""),
        ("1,912.96", "1912.96", ""),
        ("102.691,05 €", "102691.05", "EUR"),
        ("£4.578.474", "4578474.00", "GBP"),
        ("1 234 567,8 zł", "1234567.80", "PLN"),
        ("1'234'567.80 CHF", "1234567.80", "CHF"),
        ("403514,06", "403514.06", ""),
        (0, "0.00", ""),
        (85.5, "85.50", ""),
    ],
)
def test_amounts_are_read_as_countries_write_them(text, expected, currency):
    assert read_amount(text) == (Decimal(expected), currency)


def test_a_mark_before_three_figures_is_decided_by_the_column():
    assert read_amount("£1.000", "£4.578.474")[0] == 1000
    assert read_amount("1.000", "2.5", "3.75")[0] == 1
    assert read_amount("1.000", "2.000", "3.500")[0] == 1000
    with pytest.raises(Unreadable):
        read_amount("1.000")


@pytest.mark.parametrize("text", ["-5", "a lot", "1.91.296", "1.5E9", "12-13", float("inf"), True, date(2020, 1, 1)])
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(Unreadable):
        read_amount(text)


@pytest.mark.parametrize("value", ["18,13 %", "0.1813", 0.1813, "18.13"])
def test_rates_are_shares_of_one(value):
    assert share(value, NO_MARKS, NO_MARKS) == Decimal("0.1813")


@pytest.mark.parametrize(
    "text",
    ["27.06.2016", "27/06/2016", "27-6-16", "2016-06-27", "2016-06-27T00:00:00Z", "2016-06-26T22:00:00Z", 42548,
     "42548", "2016.06.27.", "20160627", "27 June 2016", "27. Juni 2016", "2016-06-27 09:17:05"],
)  # fmt: skip
def test_dates_are_read_as_countries_write_them(text):
    assert day(text, seen(text), NO_MARKS, "de") == date(2016, 6, 27)


def test_the_order_of_day_and_month_is_decided_by_the_column():
    assert day("03/04/2020", seen("03/04/2020", "12/25/2020"), NO_MARKS, "en") == date(2020, 3, 4)
    assert day("03/04/2020", seen("03/04/2020", "25/12/2020"), NO_MARKS, "en") == date(2020, 4, 3)


@pytest.mark.parametrize("value", [2016, "2016", "06/2016", "1970-01-01"])
def test_what_is_less_than_a_date_stays_unknown(value):
    with pytest.raises(Unknown):
        day(value, NO_MARKS, NO_MARKS, "en")


@given(
    st.decimals("0", "9999999999", places=2),
    st.sampled_from([("", "."), (",", "."), (".", ","), (" ", ","), ("'", ".")]),
)
def test_any_amount_is_read_as_it_was_written(value, marks):
    thousands, decimal = marks
    text = f"{value:,.2f}".replace(",", "T").replace(".", decimal).replace("T", thousands)
    assert read_amount(text)[0] == value


@given(st.dates(date(1980, 1, 1), date(2099, 12, 31)), st.sampled_from(["%d.%m.%Y", "%Y-%m-%d", "%Y-%m-%dT00:00:00Z"]))
def test_any_date_is_read_as_it_was_written(value, form):
    assert day(value.strftime(form), NO_MARKS, NO_MARKS, "en") == value


@given(st.text(max_size=30))
def test_whatever_stands_in_a_cell_is_read_or_refused(text):
    value = currency = None
    with contextlib.suppress(Unreadable, Unknown):
        value, currency = read_amount(text)
    assert value is None or (value >= 0 and value == round(value, 2))
    assert currency is None or currency == "" or len(currency) == 3

    found = None
    with contextlib.suppress(Unreadable, Unknown):
        found = day(text, seen(text), NO_MARKS, "en")
    assert found is None or 1900 < found.year < 2200
