"""The organisations of a list held against the portal, without writing anything."""

from collections.abc import Container
from contextlib import suppress

from django.utils.translation import gettext as _

from imports.fitting import field_of, fitted
from imports.lines import Line
from imports.matching import Contradiction, Entity, Partners, Programmes, name_of
from imports.models import Import
from imports.plan import Plan
from partners.models import Partner
from projects.lifecycle import Stage
from projects.models import Project
from search.words import folded

LONGEST_ACRONYM = Project._meta.get_field("acronym").max_length
CLOSED = {Stage.CLOSED, Stage.IN_DURABILITY, Stage.ARCHIVED}
CANONICAL = ("start", "end", "total_budget", "union_funding", "national_cofinancing")
PARTNER_VALUES = ("english_name", "short_name", "legal_status", "nuts2", "city", "latitude", "longitude")
ONLY_WHERE_EMPTY = ("english_name", "short_name")  # what an organisation is called is nothing that a list corrects
SHARE_VALUES = {
    "partner_budget": "total_budget",
    "partner_union_funding": "union_funding",
    "other_contribution": "other_contribution",
    "joined": "joined",
    "left": "left",
    "order": "order",
}


class Organisations:
    """Plans a list of organisations, and those of a list of operations."""

    def __init__(self, one: Import, plan: Plan):
        self.one, self.plan = one, plan
        self.programmes, self.partners = Programmes(), Partners()

    def plan_organisations(self):
        first = {}
        for line in self.plan.lines:
            if line.mistakes or line.skipped:
                continue
            partner = self.partner(line, "")
            before = first.setdefault(id(partner), line) if partner else line
            if before is not line:
                message = _("Row %(row)d is about the same organisation. That one is taken.")
                line.skipped = message % {"row": before.number}
            elif partner:
                self.say_partner(partner, line)

    def country_of(self, line: Line, cci: str) -> str:
        """The organisation's country: as the row says, else that of a programme of one country."""
        country = {"EL": "GR", "UK": "GB"}.get(cci[4:6], cci[4:6])
        return line.values.get("country") or ("" if country == "TC" else country)

    def find_partner(self, line: Line, cci: str, among: Container[int]) -> Entity | None:
        with suppress(Contradiction):
            return self.partners.find(line, self.country_of(line, cci), among)

    def partner(self, line: Line, cci: str, among: Container[int] = ()) -> Entity | None:
        """
        The organisation of a row, of several of one name that in the project; None, and the row refused, where it
        can't be told which.
        """
        country = self.country_of(line, cci)
        try:
            found = self.partners.find(line, country, among)
        except Contradiction as problem:
            line.refuse(str(problem), "pic" if "pic" in line.values else "partner_name", line.values.get("pic"))
            return None
        if found:
            return found
        name = name_of(line)
        if not name:
            line.refuse(_("The row doesn't say what the organisation is called."))
            return None
        made = Entity(Partner, line, values={"name": fitted(name, 250), "country": country})
        if len(name) > 250:
            line.note(_("The organisation's name is longer than the portal's and was shortened."), "partner_name")
        for identifier in ("pic", "registration_number"):
            if value := line.values.get(identifier):
                made.values[identifier] = value[:40]
        self.partners.keep(made)
        self.plan.entities.append(made)
        self.plan.note(line, "created")
        return made

    def say_partner(self, partner: Entity, line: Line):
        """What else a row says of its organisation; of one that is new, by its first row alone."""
        was_empty = not partner.values
        if partner.is_new and partner.line is not line:
            return
        for name, value in self.partner_values(line).items():
            old = partner.known.get(name)
            if not partner.is_new and old and name in (*ONLY_WHERE_EMPTY, "pic", "registration_number"):
                continue
            if partner.say(name, value):
                self.plan.change(line, field_of(name), old, value)
        if was_empty and partner.values:
            partner.line = line
            self.plan.entities.append(partner)

    def partner_values(self, line: Line) -> dict:
        said = line.values
        values = {name: said[name] for name in PARTNER_VALUES if name in said}
        for name, most in (("english_name", 250), ("short_name", 60), ("city", 100)):
            if name in values:
                values[name] = fitted(values[name], most)
        if "coordinates" in said:
            values["latitude"], values["longitude"] = said["coordinates"]
        if ("latitude" in values) != ("longitude" in values):
            values.pop("latitude", None), values.pop("longitude", None)
        if kind := self.partners.kinds.get(folded(said.get("organisation_type", ""))):
            values["kind_id"] = kind
        if "partner_website" in said and len(said["partner_website"]) <= 200:
            values["website"] = said["partner_website"]
        address = ", ".join(filter(None, [said.get("address"), said.get("postcode")]))
        for identifier in ("pic", "registration_number"):
            if self.is_free(identifier, line):
                values[identifier] = said[identifier][:40]
        return values | ({"address": fitted(address, 250)} if said.get("address") else {})

    def is_free(self, identifier: str, line: Line) -> bool:
        """Whether a row gives an identifier that no organisation has."""
        value = line.values.get(identifier)
        if not value:
            return False
        taken = self.partners.by_pic if identifier == "pic" else self.partners.numbers
        return value.casefold() not in taken
