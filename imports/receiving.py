"""A file that comes in: kept, and what is recognised of it."""

from datetime import datetime, time
from hashlib import sha256
from itertools import islice, zip_longest

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from imports import fields
from imports.countries import country_named
from imports.currencies import currency_of_programme
from imports.finding import IDENTIFYING, LOOKED_AT, Header, header_among, header_at, header_unknown
from imports.headers import is_guess, recognise
from imports.models import Import, ListFile, RememberedMapping
from imports.programmes import check_cci, programme_of
from imports.publishers import fixed_fields
from imports.reading import Cell, ListOfSheets, Refused, Sheet, open_list
from imports.reading.tables import Money
from imports.values import Marks, is_empty
from projects.models import Programme

SAMPLES = 3
PROJECTS = IDENTIFYING - {"partner_name", "lead_name", "pic", "english_name"}


def receive(
    content: bytes, name: str, user=None, programme: Programme | str | None = None, language="", by_hand=False
) -> Import:
    """
    Keep a file and recognise its tables; nothing is tried yet. `programme` may be the CCI code of one that the portal
    doesn't have yet. `by_hand` also takes tables whose columns somebody has to name. Raises Refused where the file is
    no list, or the code none.
    """
    cci = check_cci(programme) if isinstance(programme, str) and programme else ""
    found = open_list(content)
    tables, languages, is_fixed = recognised(found, by_hand=by_hand)
    one = Import(name=name[-250:], format=found.format[:20], tables=tables, made_by=user, kind=kind_of(tables))
    known = programme_of(cci) if cci else programme or None
    one.programme, one.cci = (known, "") if known and known.pk else (None, cci)
    one.language = language or language_of(languages)
    one.currency = "EUR" if is_fixed else currency_for(one)
    one.file = kept(content, name)
    one.save()
    return one


def kept(content: bytes, name: str) -> ListFile:
    digest = sha256(content).hexdigest()
    made = {"name": name[-250:], "size": len(content), "content": content}
    return ListFile.objects.get_or_create(sha256=digest, defaults=made)[0]


def recognised(found: ListOfSheets, header_rows=(), by_hand=False) -> tuple[list[dict], dict[str, int], bool]:
    """
    The tables, the languages of their headers, and whether their publisher's headers are fixed. `header_rows` are what
    someone said, a number or None for each table. Beside a publisher's tables no others are taken. Where no column of
    any table is known, the tables are taken as they look if that is to be done `by_hand`, or was done so before. Raises
    Refused.
    """
    tables, languages = [], {}
    headers = [header_of(sheet, said) for sheet, said in zip_longest(found.sheets, header_rows[: len(found.sheets)])]
    fixed = [header is not None and fixed_fields(header.headers) is not None for header in headers]
    for place, (sheet, header) in enumerate(zip(found.sheets, headers, strict=True)):
        is_taken = header and (fixed[place] or not any(fixed))
        tables.append(table_in(sheet, header if is_taken else None))
        if is_taken:
            for language, count in header.recognised.languages.items():
                languages[language] = languages.get(language, 0) + count
    if not any(table["columns"] for table in tables):
        tables = unknown_tables(found, by_hand and not any(header_rows))
    return tables, languages, any(fixed)


def header_of(sheet: Sheet, said: int | None) -> Header | None:
    """The headers: where someone said, else among the first rows."""
    return header_at(said, list(sheet.rows())) if said else header_among(list(islice(sheet.rows(), 2 * LOOKED_AT)))


def unknown_tables(found: ListOfSheets, by_hand: bool) -> list[dict]:
    tables = []
    for sheet in found.sheets:
        tables.append(table_in(sheet, header_unknown(list(sheet.rows()))))
    if not any(table.get("is_remembered") or (by_hand and table["columns"]) for table in tables):
        message = _(
            "No table was found whose columns are known. A list has a row with the columns' names, one of them the "
            "operation's or the organisation's name."
        )
        raise Refused(message)
    return tables


def table_in(sheet: Sheet, header: Header | None) -> dict:
    table = {"sheet": sheet.name, "columns": [], "mapping": [], "samples": [], "rows": 0}
    return table | (table_of(header, list(sheet.rows())) if header else {})


def table_of(header: Header, rows) -> dict:
    below = [cells for number, cells in rows if number > header.last]
    width = len(header.headers)
    samples = [
        [as_read(cells[place]) for cells in below if place < len(cells) and not is_empty(cells[place])][:SAMPLES]
        for place in range(width)
    ]
    remembered = RememberedMapping.objects.filter(signature=signature(header.headers)).first()
    mapping = remembered.mapping if remembered else fitting(header, samples)
    return {
        "header_row": header.row,
        "first_row": header.last + 1,
        "columns": header.headers,
        "mapping": mapping,
        "samples": samples,
        "rows": len(below),
        "is_remembered": remembered is not None,
        "guessed": [] if remembered else guessed(header.headers, mapping),
        "day_order": day_order(mapping, below),
    }


def as_read(cell: Cell) -> str:
    """A cell for people to look at."""
    if isinstance(cell, Money):
        return f"{cell.amount} {cell.currency}"
    if isinstance(cell, datetime) and cell.time() == time.min:
        return cell.date().isoformat()
    return str(cell)


def guessed(headers: list[str], mapping: list[str]) -> list[int]:
    """The places of the columns whose meaning is to be looked at."""
    if fixed_fields(headers) is not None:
        return []
    return [place for place, header in enumerate(headers) if mapping[place] and is_guess(header)]


def day_order(mapping: list[str], rows) -> str:
    """Whether dates with strokes have the day or the month first: `day`, `month`; empty where nothing shows it."""
    marks = Marks()
    for place, name in enumerate(mapping):
        if fields.kind_of(name) == "day":
            for cells in rows:
                marks.see_day(cells[place] if place < len(cells) else None)
    return next(iter(marks.orders)) if len(marks.orders) == 1 else ""


def fitting(header: Header, samples: list[list[str]]) -> list[str]:
    """The columns' fields, where one that is only called a country, as “Kraj” is, leaves its place to another."""
    named = each_once(header.recognised.fields, samples)
    place = named.index("country") if "country" in named else None
    if place is None or not samples[place] or any(map(country_named, samples[place])):
        return named
    return fitting(recognised_without(header, place), samples)


def each_once(named: list[str], samples: list[list[str]]) -> list[str]:
    """Of several columns of one field, as keep.eu has one for each period, the first that holds something."""
    kept = {}
    for place, name in enumerate(named):
        if name not in kept or not samples[kept[name]]:
            kept[name] = place
    return [name if kept[name] == place else "" for place, name in enumerate(named)]


def recognised_without(header: Header, place: int) -> Header:
    headers = ["" if number == place else text for number, text in enumerate(header.headers)]
    return header._replace(headers=headers, recognised=recognise(headers))


def signature(headers: list[str]) -> str:
    return sha256("\n".join(" ".join(header.split()).lower() for header in headers).encode()).hexdigest()


def kind_of(tables: list[dict]) -> str:
    """Of organisations where columns name them and no project."""
    named = {field for table in tables for field in table["mapping"] if field}
    has_projects = named & PROJECTS or any(field.startswith("title_") for field in named)
    return Import.Kind.OPERATIONS if has_projects or not named else Import.Kind.ORGANISATIONS


def language_of(languages: dict[str, int]) -> str:
    """That of the most headers; of several, another than English, which headers are in beside the list's own."""
    best = max(languages.values(), default=0)
    found = [language for language, count in languages.items() if count == best and language != "en"]
    return found[0] if len(found) == 1 else "en"


def currency_for(one: Import) -> str:
    """What amounts are in whose currency the list doesn't say."""
    cci = one.programme.cci if one.programme else one.cci
    return currency_of_programme(cci) if cci else "EUR"


def correct(one: Import, mappings: list[list[str]], *, programme=None, language="", currency=""):
    """
    Take a person's mapping of each table's columns, in the order of `one.tables`, and remember it for such tables.
    Raises ValidationError where a field is given twice in a table, or one is unknown.
    """
    for table, mapping in zip(one.tables, mappings, strict=True):
        check_mapping(table, mapping)
    for table, mapping in zip(one.tables, mappings, strict=True):
        if table["columns"] and table["mapping"] != mapping:
            made = {"mapping": mapping}
            RememberedMapping.objects.update_or_create(signature=signature(table["columns"]), defaults=made)
        table["mapping"] = mapping
    if programme is not None and programme != one.programme:
        one.programme, one.cci = programme, ""
        one.currency = currency_for(one)
    one.language, one.currency = language or one.language, currency or one.currency
    one.kind = kind_of(one.tables)
    one.planned_at = None  # what was tried before was another list
    one.save()


def check_mapping(table: dict, mapping: list[str]):
    given = [field for field in mapping if field]
    if len(mapping) != len(table["columns"]) or not all(map(fields.is_field, given)):
        raise ValidationError(_("A column is mapped to a field that there is not."), code="unknown")
    for field in given:
        if given.count(field) > 1:
            label = dict(fields.choices_of_fields()).get(field, field)
            message = _("Two columns can't both be “%(field)s”. Choose one of them.")
            raise ValidationError(message % {"field": label}, code="twice")
