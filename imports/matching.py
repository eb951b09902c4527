"""What the portal has already, found by identifiers; never by a name that is only similar."""

from collections import defaultdict
from collections.abc import Container
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from editorial.translations import active_languages, column
from imports.lines import Line
from imports.programmes import named, plain
from partners.models import OrganisationType, Partner
from projects.models import Programme, Project, SpecificObjective
from search.words import folded


def name_key(name: str) -> str:
    """A name without case and surplus spaces: two that differ in anything else are two names."""
    return " ".join(name.casefold().split())


@dataclass(eq=False)
class Entity:
    """
    A record that the list speaks of: `pk` is None while it is new. `values` are what is to be written, `before` what
    the portal has in their place. `line` is the first row that speaks of it.
    """

    model: type
    line: Line
    pk: int | None = None
    values: dict[str, Any] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)
    known: dict[str, Any] = field(default_factory=dict)  # what the portal has of it
    record: Any = None

    @property
    def is_new(self) -> bool:
        return self.pk is None

    def say(self, name: str, value) -> bool:
        """Take a value where it is known and differs from what stands; tells whether it changes an existing record."""
        if value in (None, "") or self.current(name) == value:
            return False
        if not self.is_new:
            self.before[name] = self.known.get(name)
        self.values[name] = value
        return not self.is_new

    def current(self, name: str):
        return self.values.get(name, self.known.get(name))


class Contradiction(Exception):
    """The portal or the list says something else of the same thing; its text says what."""


class Programmes:
    """The portal's programmes by code and name; those that it doesn't have yet stand for themselves by their code."""

    def __init__(self):
        self.all = list(Programme.objects.select_related("period"))
        self.by_cci = {programme.cci: programme for programme in self.all}
        self.by_name = named(self.all)

    def called(self, name: str) -> str:
        """The CCI code of the programme with this name; empty where there is none, or several."""
        key = plain(name)
        if key in self.by_name:
            return self.by_name[key]
        found = {cci for known, cci in self.by_name.items() if known.lstrip("0123456789") == key}
        return found.pop() if len(found) == 1 else ""


PARTNER_FIELDS = [
    "pk", "name", "english_name", "short_name", "kind_id", "legal_status", "country", "nuts2", "city", "address",
    "latitude", "longitude", "website", "pic", "registration_number",
]  # fmt: skip


class Partners:
    """Organisations by PIC, by country and registration number, by country and name."""

    def __init__(self):
        self.by_pic, self.by_number, self.by_name = {}, {}, {}
        self.called = defaultdict(dict)  # of whatever country
        self.numbers = set()
        self.kinds = kinds()
        for values in Partner.objects.order_by("-pk").values(*PARTNER_FIELDS).iterator():
            self.keep(Entity(Partner, None, pk=values["pk"], known=values))

    def keep(self, entity: Entity):
        country = entity.current("country") or ""
        if pic := entity.current("pic"):
            self.by_pic[pic] = entity
        if number := entity.current("registration_number"):
            self.by_number[country, number.casefold()] = entity
            self.numbers.add(number.casefold())
        for name in {entity.current("name"), entity.current("english_name")} - {None, ""}:
            self.by_name[country, name_key(name)] = entity
            self.called[name_key(name)][id(entity)] = entity

    def find(self, line: Line, country: str, among: Container[int] = ()) -> Entity | None:
        """
        `country` counts where the row itself says none, `among` are the project's organisations. Raises Contradiction
        where one of the same name has another PIC, or several could be meant.
        """
        pic, number = line.values.get("pic"), line.values.get("registration_number", "")
        country = line.values.get("country") or country
        if found := self.by_pic.get(pic) or self.by_number.get((country, number.casefold())):
            return found
        key = name_key(name_of(line))
        found = self.by_name.get((country, key))
        if not found and not line.values.get("country"):
            found = self.only_one(list(self.called[key].values()), among)
        if found and pic and found.current("pic") not in ("", None, pic):
            message = _("The portal has an organisation of this name and country with another PIC, %(pic)s.")
            raise Contradiction(message % {"pic": found.current("pic")})
        return found

    @staticmethod
    def only_one(found: list[Entity], among: Container[int]) -> Entity | None:
        found = [entity for entity in found if entity.pk in among] or found
        if len(found) > 1:
            raise Contradiction(_("The portal has organisations of this name in several countries. Add the country."))
        return found[0] if found else None


def name_of(line: Line) -> str:
    """What an organisation is called in a row, as it calls itself where that is said."""
    names = ("partner_name", "lead_name", "english_name")
    return next((line.values[name] for name in names if line.values.get(name)), "")


def kinds() -> dict[str, int]:
    """The types of organisations by their folded names in all languages, and by CORDIS's codes."""
    found = {}
    for kind in OrganisationType.objects.exclude(code="not-available"):
        for language in [*active_languages(), "en"]:
            if name := getattr(kind, column("name", language)):
                found[folded(name)] = kind.pk
        if kind.code == "higher-education-and-research":
            found |= {"hes": kind.pk, "rec": kind.pk}
    return found


PROJECT_FIELDS = [
    "pk", "programme_id", "keep_id", "operation_code", "acronym", "start", "end", "approved_on", "total_budget",
    "union_funding", "national_cofinancing", "call", "specific_objective_id", "state", "published_at",
    "durability_years", "cancelled_on",
]  # fmt: skip


class Projects:
    """The portal's projects by number in keep.eu, by programme and code, by programme and name, by acronym."""

    def __init__(self, languages: set[str]):
        self.titles = [column("title", language) for language in sorted(languages | set(active_languages()))]
        self.by_keep_id, self.by_code = {}, {}
        self.by_title, self.by_acronym = defaultdict(list), defaultdict(list)
        self.objectives = dict(SpecificObjective.objects.values_list("code", "pk"))
        summaries = [column("summary", language) for language in sorted(languages)]
        for values in Project.objects.order_by("pk").values(*PROJECT_FIELDS, *self.titles, *summaries).iterator():
            self.keep(values)

    def keep(self, values: dict):
        programme = values["programme_id"]
        if values["keep_id"]:
            self.by_keep_id[values["keep_id"]] = values
        if values["operation_code"]:
            self.by_code[programme, values["operation_code"].casefold()] = values
        if values["acronym"]:
            self.by_acronym[programme, name_key(values["acronym"])].append(values)
        for title in {name_key(values[name]) for name in self.titles if values[name]}:
            self.by_title[programme, title].append(values)

    def with_acronym(self, acronym: str, programme: int | None) -> list[dict]:
        """Those of a programme, or of any where none is said."""
        key = name_key(acronym)
        if programme:
            return self.by_acronym.get((programme, key), [])
        return [values for (_programme, known), found in self.by_acronym.items() if known == key for values in found]
