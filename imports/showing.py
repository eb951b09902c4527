"""What the pages of an import show of its rows and of the records that it wrote."""

from dataclasses import dataclass

from django.contrib import admin
from django.contrib.admin.exceptions import NotRegistered
from django.core.paginator import Paginator
from django.db.models import Count
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from editorial.formats import number
from editorial.review import model_named
from imports.models import OUTCOMES, Import, RowResult
from imports.tasks import rows_of

ROWS_A_PAGE = 50
OTHER = "other"  # rows of which something else becomes than the dry run before said
SIGNS = {
    ",": gettext_lazy("comma"),
    ";": gettext_lazy("semicolon"),
    "tab": gettext_lazy("tab"),
    "|": gettext_lazy("vertical bar"),
}
DAY_ORDERS = {
    "day": gettext_lazy("the day before the month"),
    "month": gettext_lazy("the month before the day"),
}
AFTERWARDS = dict(RowResult.Outcome.choices)
BEFORE = AFTERWARDS | {
    "created": pgettext_lazy("rows of a list", "to be created"),
    "changed": pgettext_lazy("rows of a list", "to be changed"),
}


def rows_shown(one: Import, asked) -> dict:
    """A page of the rows that the query of an address asks for: `?show=refused&page=2`; anything odd shows them all."""
    rows, others = one.rows.all(), one.rows.filter(is_other=True)
    shown = asked.get("show") if asked.get("show") in (*OUTCOMES, OTHER) else ""
    rows = others if shown == OTHER else rows.filter(outcome=shown) if shown else rows
    page = Paginator(rows, ROWS_A_PAGE).get_page(asked.get("page"))
    return {
        "shown": shown,
        "tabs": tabs(one),
        "others_now": others.count(),
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
        "page_query": f"show={shown}&" if shown else "",
        "has_sheets": sum(bool(table.get("columns")) for table in one.tables) > 1,
    }


def tabs(one: Import) -> list[tuple[str, str, int]]:
    """All rows, and those of each outcome: what an address asks them with, in words, and how many they are."""
    names = AFTERWARDS if one.confirmed_at else BEFORE
    every = ("", pgettext("rows of a list", "all"), sum(one.counts.values()))
    return [every, *((outcome, names[outcome], number) for outcome, number in one.counts.items())]


def recognised_of(one: Import) -> list[tuple[str, str]]:
    """What the portal found out about a file, in words: `[("Kind of list", "List of operations"), …]`"""
    format, *details = one.format.split()
    facts = [(_("Kind of list"), one.get_kind_display()), (_("Format"), format)]
    if format == "CSV":
        separator, encoding = details
        facts += [(_("Separator between the cells"), SIGNS[separator]), (_("Encoding"), encoding)]
    facts += [(_("Rows"), number(rows_of(one))), (_("Size"), filesizeformat(one.file.size))]
    orders = {table.get("day_order") for table in one.tables} - {"", None}
    facts += [(pgettext("list", "Dates"), DAY_ORDERS[order]) for order in sorted(orders)]
    return facts


@dataclass
class Records:
    """Records of a kind that an import made or changed, with the address of their list where there is one."""

    name: str
    made: int
    changed: int
    address: str


def records_of(one: Import) -> list[Records]:
    counted = one.written.order_by().values_list("model", "is_new").annotate(number=Count("pk"))
    numbers = {(label, is_new): number for label, is_new, number in counted}
    return [
        Records(
            capfirst(model_named(label)._meta.verbose_name_plural),
            numbers.get((label, True), 0),
            numbers.get((label, False), 0),
            address_of_list(one, label),
        )
        for label in sorted({label for label, _is_new in numbers})
        if model_named(label)
    ]


def address_of_list(one: Import, label: str) -> str:
    """The list of the back office with the records of an import alone; empty where there is none."""
    try:
        options = admin.site.get_model_admin(model_named(label))
    except NotRegistered:
        return ""
    app, name = label.split(".")
    return f"{reverse(f'admin:{app}_{name}_changelist')}?import={one.pk}" if is_filtered(options) else ""


def is_filtered(options) -> bool:
    return any(getattr(each, "parameter_name", "") == "import" for each in options.list_filter)
