"""Forms of the back office, filled in and read as a browser would."""

from bs4 import BeautifulSoup
from django.urls import reverse


def change(record) -> str:
    """The address of the form that changes a record."""
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])


def filled_in(office, address, form="#content-main form") -> dict:
    """What a browser would send of the (first) form at the address, as it stands; nothing where there is none."""
    return fields_of(office.get(address), form)


def fields_of(answer, form="#content-main form") -> dict:
    """The same of a page that was opened already."""
    form = BeautifulSoup(answer.content, "html.parser").select_one(form)
    if form is None:
        return {}
    data = {field["name"]: field.get_text().removeprefix("\n") for field in form.select("textarea[name]")}
    for field in form.select("input[name]:not([type=file], [type=submit])"):
        if field.get("type") not in ("checkbox", "radio") or field.has_attr("checked"):
            data.setdefault(field["name"], field.get("value", "on" if field.get("type") == "checkbox" else ""))
    for field in form.select("select[name]"):
        chosen = [option["value"] for option in field.select("option[selected]")]
        if chosen or not field.has_attr("multiple"):
            data[field["name"]] = chosen if field.has_attr("multiple") else "".join(chosen[:1])
    return data


def send(office, address, changes, **options):
    """Send the form at the address as it stands but for some changes."""
    return office.post(address, filled_in(office, address) | changes, **options)


def take(office, address, step: str, note="", **changes):
    """Send the form at the address by the button of a step, with a note and what else is typed."""
    return send(office, address, {"_step": step, f"review-{step}-note": note} | changes)


def with_row(data: dict, prefix: str, **fields) -> dict:
    """The same with one more row in an inline, as “Add another” makes it."""
    number = int(data[f"{prefix}-TOTAL_FORMS"])
    empty = f"{prefix}-__prefix__-"
    row = {name.replace("__prefix__", str(number)): value for name, value in data.items() if name.startswith(empty)}
    return (
        data
        | row
        | {f"{prefix}-{number}-{name}": value for name, value in fields.items()}
        | {f"{prefix}-TOTAL_FORMS": number + 1}
    )


def mistakes(answer) -> dict[str, str]:
    """What the form that came back finds fault with: the field's name → the sentence beside it."""
    found = {}
    for errors in BeautifulSoup(answer.content, "html.parser").select("#content-main ul.errorlist"):
        field = errors.find_next(
            lambda tag: tag.name in ("input", "select", "textarea") and tag.get("type") != "hidden"
        )
        found["" if "nonfield" in errors["class"] else field["name"]] = errors.get_text(" ", strip=True)
    return found


def said(answer) -> list[str]:
    """The messages at the top of the page."""
    return [
        line.get_text(strip=True) for line in BeautifulSoup(answer.content, "html.parser").select(".messagelist li")
    ]
