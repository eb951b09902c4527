from datetime import date, time
from decimal import Decimal

import pytest
from django.utils import translation

from editorial import formats
from editorial.templatetags.languages import whole_amount


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "1,637,941.00 EUR"),
        ("sl", "1.637.941,00 EUR"),
        ("lv", "1\xa0637\xa0941,00 EUR"),
        ("bg", "1\xa0637\xa0941,00 EUR"),
        ("de", "1.637.941,00 EUR"),
        ("mt", "1,637,941.00 EUR"),
    ],
)
def test_amounts_stand_in_the_notation_of_the_language(language, expected):
    with translation.override(language):
        assert formats.amount(Decimal("1637941.00")) == expected


def test_an_amount_that_stands_by_itself_has_no_cents_for_readers_and_keeps_them_for_machines():
    assert formats.whole_amount(Decimal("3234997.50")) == "3,234,998 EUR"
    assert whole_amount(Decimal("3234997.50")) == '<data class="amount" value="3234997.50">3,234,998 EUR</data>'
    assert whole_amount(None) == ""


@pytest.mark.parametrize(("language", "expected"), [("en", "85%"), ("sl", "85\xa0%"), ("de", "85\xa0%"), ("bg", "85%")])
def test_a_rate_has_no_needless_decimals(language, expected):
    with translation.override(language):
        assert formats.percentage(Decimal("0.85")) == expected


def test_a_rate_keeps_the_decimal_that_matters():
    assert formats.percentage(Decimal("0.812")) == "81.2%"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "3–5 Mar 2020"),
        ("sl", "3.–5. mar. 2020"),
        ("lv", "2020. gada 3.–5. marts"),
        ("bg", "3 – 5 март 2020 г."),
        ("es", "3–5 de marzo de 2020"),
    ],
)
def test_days_of_one_month_are_told_as_a_range(language, expected):
    with translation.override(language):
        assert formats.date_range(date(2020, 3, 3), date(2020, 3, 5)) == expected


def test_one_day_is_no_range():
    assert formats.date_range(date(2020, 3, 3), date(2020, 3, 3)) == "3 March 2020"


def test_countries_have_european_portuguese_names_and_none_is_a_union():
    with translation.override("pt"):
        assert formats.country_name("SI") == "Eslovénia"
    codes = dict(formats.country_choices())
    assert {"SI", "GB", "GR"} <= set(codes)
    assert not {"EU", "UN", "ZZ", "XA"} & set(codes)


@pytest.mark.parametrize(
    ("language", "day", "clock"),
    [("en", "1 Aug 2019", "14:05"), ("sl", "1. avg. 2019", "14:05"), ("fi", "1.8.2019", "14.05")],
)
def test_days_and_times_in_columns_are_short(language, day, clock):
    with translation.override(language):
        assert formats.short_date(date(2019, 8, 1)) == day
        assert formats.clock(time(14, 5)) == clock


def test_an_amount_below_a_header_that_names_the_euro_has_none():
    assert formats.bare_amount(Decimal("1637941")) == "1,637,941.00"
