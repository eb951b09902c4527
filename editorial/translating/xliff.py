"""
Files for outside translators: XLIFF 2 (OASIS, http://docs.oasis-open.org/xliff/xliff-core/v2.1/), core without modules.

A group is a record, a unit one of its texts; the file says which portal it comes from. Version 2.0 is written, which
every tool for XLIFF 2 reads; nothing here needs 2.1.
"""

from dataclasses import dataclass
from html import unescape
from io import BytesIO
from xml.etree.ElementTree import Element, ElementTree, ParseError, SubElement, register_namespace
from zipfile import ZIP_DEFLATED, ZipFile

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from editorial.comparison import plain
from editorial.fields import RichTextField
from editorial.translating.inline import Segmented, segmented
from editorial.translating.models import Identity, Progress
from editorial.translating.progress import sources, text_of
from editorial.translating.work import known_of

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
DEEPEST = 60  # elements in one another
STATES = {Progress.COMPLETE: "translated", Progress.APPROVED: "final"}
register_namespace("", NAMESPACE)


class NotOurs(Exception):
    """Why a file can't be read at all, in a sentence for the person who uploaded it."""


@dataclass
class Unit:
    """A text that came back: the segments of its source and target, as elements without a namespace."""

    id: str
    name: str
    sources: list[Element]
    targets: list[Element | None]
    is_done: bool  # whether the translator says of all of it that it is translated

    @property
    def key(self) -> tuple[str, str, str]:
        """`news.article.5.title` → `("news.article", "5", "title")`; empty strings where it is none of ours."""
        kind, _dot, rest = self.id.rpartition(".")[0].rpartition(".")
        return (kind, rest, self.id.rpartition(".")[2]) if kind and rest.isdecimal() else ("", "", "")


@dataclass
class Returned:
    """What a file holds that came back."""

    source_language: str
    language: str
    units: list[Unit]


def is_rich(model, field) -> bool:
    return isinstance(model._meta.get_field(field), RichTextField)


def unit_id(record, field) -> str:
    return f"{record._meta.label_lower}.{record.pk}.{field}"


def files_for(records, language: str, everything=False) -> dict[str, tuple[bytes, int]]:
    """
    A file for each language that the records are translated from: `{"en": (…, 12)}`, with the number of its texts.

    What is missing or outdated, or else `everything`.
    """
    groups = {}
    for record, rows in zip(records, known_of(records), strict=True):
        for source, group in groups_of(record, rows.get(language), language, everything).items():
            groups.setdefault(source, []).append(group)
    return {source: (document(source, language, found), count(found)) for source, found in groups.items()}


def count(groups) -> int:
    return sum(len(group.findall("unit")) for group in groups)


def groups_of(record, row, language, everything) -> dict[str, Element]:
    found = {}
    for field, source in sources(record).items() if row else ():
        if field not in row.fields:
            continue
        state = Progress(row.fields[field]["state"])
        if everything or state in (Progress.MISSING, Progress.STALE):
            if source not in found:
                name = f"{capfirst(record._meta.verbose_name)}: {record}"
                found[source] = Element("group", {"id": f"{record._meta.label_lower}.{record.pk}", "name": name})
            found[source].append(unit(record, field, source, language, state))
    return found


def unit(record, field, source_language, language, state) -> Element:
    text = type(record)._meta.get_field(field)
    rich = isinstance(text, RichTextField)
    source, target = (text_of(record, field, code) for code in (source_language, language))
    parts, former = segmented(source, rich), segmented(target, rich, "target")
    fits = bool(target) and former.shape == parts.shape
    element = Element("unit", {"id": unit_id(record, field), "name": capfirst(text.verbose_name)})
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    element.set("canResegment", "no")
    add_notes(element, text, "" if fits else target, state)
    add_data(element, parts)
    for number, segment in enumerate(parts.sources):
        said = STATES.get(state, "initial") if fits else "initial"
        place = SubElement(element, "segment", {"id": f"p{number + 1}", "state": said})
        place.append(segment)
        if fits:
            place.append(former.sources[number])
    return element


def add_notes(element, text, former: str, state):
    notes = []
    if state == Progress.STALE:
        notes.append(_("The source has changed since it was translated. Please bring the translation up to date."))
    if text.max_length:
        notes.append(_("At most %(number)d characters.") % {"number": text.max_length})
    if former:
        notes.append(_("The translation so far: %(text)s") % {"text": plain(text, former)})
    place = SubElement(element, "notes") if notes else None
    for note in notes:
        SubElement(place, "note").text = note


def add_data(element, parts: Segmented):
    if parts.codes:
        data = SubElement(element, "originalData")
        for number, code in parts.codes.items():
            SubElement(data, "data", {"id": f"s{number}"}).text = unescape(code.start) if not code.end else code.start
            if code.end:
                SubElement(data, "data", {"id": f"e{number}"}).text = code.end


def document(source_language, language, groups) -> bytes:
    root = Element("xliff", {"version": "2.0", "srcLang": source_language, "trgLang": language})
    file = SubElement(root, "file", {"id": "portal", "original": Identity.own()})
    file.extend(groups)
    for part in root.iter():
        part.tag = f"{{{NAMESPACE}}}{part.tag}"
    lay_out(root)
    written = BytesIO()
    ElementTree(root).write(written, encoding="utf-8", xml_declaration=True)
    return written.getvalue()


def lay_out(root):
    """Line breaks where they say nothing: between the records and their texts, never inside one."""
    for file in root:
        for part in (file, *file, *(unit for group in file for unit in group)):
            part.tail = "\n"
        for part in (file, *file):
            part.text = "\n"


def bundle(files: dict[str, tuple[bytes, int]], name: str) -> tuple[str, bytes]:
    """One file as it is, several as a ZIP: its name and content."""
    if len(files) == 1:
        return f"{name}.xlf", next(iter(files.values()))[0]
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for source, (content, _number) in files.items():
            archive.writestr(f"{name}-{source}.xlf", content)
    return f"{name}.zip", packed.getvalue()


def read(content: bytes) -> Returned:
    """What a file holds that came back. Raises NotOurs where it is none that this portal sent out."""
    if len(content) > settings.XLIFF_BYTES:
        message = _("The file has more than %(limit)s. Ask for it in parts: fewer records in a file.")
        raise NotOurs(message % {"limit": filesizeformat(settings.XLIFF_BYTES)})
    root = without_namespace(parsed(content))
    if root.tag.rpartition("}")[2] != "xliff":
        raise NotOurs(_("This is no XLIFF file, though it is XML. Choose the .xlf file that the translator sent back."))
    if not root.get("version", "").startswith("2."):
        message = _("This is XLIFF %(version)s; the portal reads version 2, in which it wrote the file.")
        raise NotOurs(message % {"version": root.get("version", "?")[:10]})
    check_origin(root)
    units = [read_unit(unit) for unit in root.iter("unit")]
    if not units:
        raise NotOurs(_("There is no text in this file."))
    source, target = (root.get(name, "").lower().partition("-")[0] for name in ("srcLang", "trgLang"))
    return Returned(source, target, units)


def parsed(content: bytes) -> Element:
    try:
        root = fromstring(content, forbid_dtd=True)
    except ParseError as error:
        message = _(
            "The XML of this file is broken at line %(line)d, column %(column)d, so nothing could be read of it."
        )
        line, place = error.position
        raise NotOurs(message % {"line": line, "column": place + 1}) from error
    except DefusedXmlException as error:
        message = _("The file has a document type or entities in it, which XLIFF never needs. It was not read.")
        raise NotOurs(message) from error
    except (ValueError, LookupError) as error:  # an encoding that nobody knows
        raise NotOurs(_("This file can't be read as XML. Ask for it once more, saved as UTF-8.")) from error
    if depth(root) > DEEPEST:
        raise NotOurs(_("The parts of this file lie deeper in one another than any text needs. It was not read."))
    return root


def depth(root) -> int:
    level, deepest = [root], 0
    while level:
        level, deepest = [part for parent in level for part in parent], deepest + 1
    return deepest


def without_namespace(root: Element) -> Element:
    """Our own elements by their short names; those of others keep their long ones."""
    for part in root.iter():
        part.tag = str(part.tag).removeprefix(f"{{{NAMESPACE}}}")
    return root


def check_origin(root):
    origins = {file.get("original", "") for file in root.iter("file")}
    if origins != {Identity.own()}:
        message = _(
            "This file doesn't come from this portal, or the tool that it was translated with has taken out where it "
            "comes from. Import it where it was exported."
        )
        raise NotOurs(message)


def read_unit(unit) -> Unit:
    parts = [part for part in unit if part.tag == "segment"]
    sources = [source if (source := part.find("source")) is not None else Element("source") for part in parts]
    is_done = bool(parts) and all(part.get("state", "initial") != "initial" for part in parts)
    return Unit(unit.get("id", ""), unit.get("name", ""), sources, [part.find("target") for part in parts], is_done)


def same_sources(theirs: list[Element], now: Segmented) -> bool:
    """Whether the sources in a file are those of the portal, word for word and code for code."""
    return list(map(spoken, theirs)) == list(map(spoken, now.sources))


def spoken(element) -> list:
    """An element as a list that can be compared: `["Text ", ["1", "bold"], " more"]`"""
    found = [element.text or ""]
    for part in element:
        found += [[part.tag, part.get("id") or part.get("hex"), *spoken(part)], part.tail or ""]
    return found
