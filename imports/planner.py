"""A list held against the portal, without writing anything."""

from collections.abc import Callable
from datetime import date

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from editorial.states import State
from editorial.translations import column
from imports.fitting import LONGEST_TITLE, field_of, fitted_title, shortened
from imports.grouping import Operation, grouped, title_of
from imports.lines import Line
from imports.matching import Contradiction, Entity, Projects, name_key, name_of
from imports.models import Import
from imports.organisations import Organisations
from imports.plan import STEP, Plan, read_lines
from imports.reading import Refused
from projects.lifecycle import Stage, stage_on
from projects.models import AmountElsewhere, Participation, Phase, Project
from results.models import ReportingPeriod

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


def make_plan(one: Import, advance: Callable[[int, int], None] = lambda done, steps: None) -> Plan:
    """Raises Refused where the list as a whole can't be taken, as without a programme."""
    lines = read_lines(one, advance)
    if not lines:
        raise Refused(_("The list has no rows below its headers."))
    plan = Plan(lines)
    if one.kind == Import.Kind.ORGANISATIONS:
        Organisations(one, plan).plan_organisations()
    else:
        Operations(one, plan).plan_operations(advance)
    return plan


class Operations(Organisations):
    """Plans a list of operations with their partners."""

    def plan_operations(self, advance):
        usable = [line for line in self.plan.lines if not line.skipped]
        ccis = {id(line): self.cci_of(line) for line in usable}
        if usable and not any(ccis.values()) and not self.refers_only(usable):
            message = _("The list doesn't say which programme it belongs to. Give its CCI code, as 2014TC16RFIR001.")
            raise Refused(message)
        self.projects = Projects(self.languages(usable))
        self.phases = spans()
        self.locked = set(ReportingPeriod.objects.exclude(locked_on=None).values_list("project", flat=True))
        operations, steps = grouped(usable, ccis), len(self.plan.lines)
        self.participations = self.known_participations(operations)
        for number, operation in enumerate(operations):
            self.plan_operation(operation)
            if number % STEP == 0:
                advance(steps // 2 + steps * number // (2 * len(operations)), steps)

    def refers_only(self, lines: list[Line]) -> bool:
        """Whether all rows only refer to projects by their acronyms, as the portal's own list of partners does."""
        return not any(title_of(line.values) for line in lines)

    def languages(self, lines) -> set[str]:
        named = {name.rpartition("_")[2] for line in lines for name in line.values if name.startswith("title_")}
        return named | {self.one.language}

    def cci_of(self, line: Line) -> str:
        """The code of a row's programme: as the row says it, else as was said of the list."""
        code = str(line.values.get("programme_cci", "")).upper()
        if code and not known_code(code):
            line.refuse(_("This is no CCI code."), "programme_cci", code)
        name = line.values.get("programme_name")
        said_of_list = self.one.programme.cci if self.one.programme else self.one.cci
        return code or (name and self.programmes.called(name)) or said_of_list

    def known_participations(self, operations) -> dict[int, dict[int, dict]]:
        """The participations of all projects that the list may be about, by project and partner."""
        fields = ["pk", "project_id", "partner_id", "role", *SHARE_VALUES.values()]
        found = {}
        for values in Participation.objects.order_by().values(*fields).iterator():
            found.setdefault(values["project_id"], {})[values["partner_id"]] = values
        return found

    def plan_operation(self, operation: Operation):
        lines = operation.accepted
        if not lines:
            return
        try:
            known = self.known_project(operation)
        except Contradiction as problem:
            return refuse_all(lines, str(problem))
        if known is None and not operation.title:
            return refuse_all(lines, _("Neither the list nor the portal has the project that this row refers to."))
        programme = self.programmes.by_cci.get(operation.cci)
        if known is None and not operation.cci:
            return refuse_all(lines, _("The row doesn't say which programme it belongs to."))
        project = Entity(Project, lines[0], pk=known and known["pk"], known=known or {})
        if known is None:
            project.values["programme_id"] = programme.pk if programme else operation.cci
            if programme is None:
                self.plan.ccis.add(operation.cci)
        values = self.project_values(operation, lines[0], project)
        if mistake := self.mistake_in(project, values):
            return refuse_all(lines, *mistake)
        self.say_project(project, values, operation)
        self.plan_shares(project, operation, lines)

    def known_project(self, operation: Operation) -> dict | None:
        """Raises Contradiction where several could be meant."""
        values = operation.values
        programme = self.programmes.by_cci.get(operation.cci)
        pk = programme and programme.pk
        if found := self.projects.by_keep_id.get(values.get("keep_id")):
            return found
        if code := values.get("operation_code"):
            found = self.projects.by_code.get((pk, code.casefold()))
            if found or pk:
                return found or self.without_code(self.by_name(operation, pk))
        if operation.title:
            return self.by_name(operation, pk)
        found = self.projects.with_acronym(values.get("acronym", ""), pk)
        return self.only_one(found)

    def by_name(self, operation: Operation, pk: int | None) -> dict | None:
        """The project of the programme with this very name; of several the one with the same dates and acronym."""
        if pk is None:
            return None
        found = self.projects.by_title.get((pk, name_key(fitted_title(operation.title))), [])
        found = [values for values in found if self.is_the_same(values, operation)]
        for name in ("start", "end", "acronym"):
            if len(found) > 1 and operation.values.get(name):
                found = [values for values in found if values[name] == operation.values[name]]
        return self.only_one(found)

    def is_the_same(self, values: dict, operation: Operation) -> bool:
        """Whether a project of the same name has a partner of the operation, or nothing is known of partners."""
        acronym = operation.values.get("acronym")
        if acronym and name_key(acronym) == name_key(values["acronym"]):
            return True
        known = self.participations.get(values["pk"], {})
        partners = [self.find_partner(line, operation.cci, known) for line in operation.accepted if name_of(line)]
        return not known or not partners or any(partner and partner.pk in known for partner in partners)

    @staticmethod
    def without_code(found: dict | None) -> dict | None:
        """A project that has a code is told by it, whatever it is called."""
        return found if found and not found["operation_code"] else None

    @staticmethod
    def only_one(found: list[dict]) -> dict | None:
        if len(found) > 1:
            raise Contradiction(_("The portal has several projects of this name. Only a code can tell which is meant."))
        return found[0] if found else None

    def project_values(self, operation: Operation, line: Line, project: Entity) -> dict:
        """
        What the list says, as the columns of a project hold it. A title that the project has in another language is no
        translation: the portal's own tables show it where there is none.
        """
        said = operation.values
        values = {name: said[name] for name in TAKEN_AS_SAID if name in said}
        for name, text in said.items():
            if name.startswith(("title", "summary")):
                values[name if "_" in name else column(name, self.one.language)] = text
        self.fit_texts(values, line)
        if acronym := said.get("acronym"):
            values["acronym"] = Truncator(acronym).chars(LONGEST_ACRONYM)
        elif project.is_new:
            values["acronym"] = shortened(operation.title, LONGEST_ACRONYM)
        if code := said.get("specific_objective"):
            values["specific_objective_id"] = self.projects.objectives.get(code.split()[0])
        for name in ("total_budget", "union_funding", "national_cofinancing"):
            if name in said and operation.currencies[name] == "EUR":
                values[name] = said[name]
        shown = {project.known[name] for name in self.projects.titles if project.known.get(name)}
        return {
            name: value
            for name, value in values.items()
            if value not in (None, "") and not (name.startswith("title_") and value in shown)
        }

    def fit_texts(self, values: dict, line: Line):
        """A name that is too long is shortened, and stands whole before the summary."""
        for name in [name for name in values if name.startswith("title_")]:
            whole = values[name]
            if len(whole) > LONGEST_TITLE:
                values[name] = fitted_title(whole)
                summary = column("summary", name.rpartition("_")[2])
                values[summary] = "\n\n".join(filter(None, [whole, values.get(summary)]))
                line.note(_("The name is longer than the portal's. It stands whole before the summary."), "title")

    def mistake_in(self, project: Entity, values: dict) -> tuple | None:
        """The sentence on, and the field of, what contradicts itself, together with what the portal has."""
        now = {name: values.get(name, project.known.get(name)) for name in CANONICAL}
        if None not in (now["start"], now["end"]) and now["end"] < now["start"]:
            return _("The end is before the start."), "end"
        if None not in (now["total_budget"], now["union_funding"]) and now["union_funding"] > now["total_budget"]:
            return _("The Union's part is above the total budget."), "union_funding"
        parts = [now["union_funding"], now["national_cofinancing"]]
        if None not in (now["total_budget"], *parts) and sum(parts) > now["total_budget"]:
            return _("The Union's and the national part together are above the total budget."), "national_cofinancing"
        for name, most in (("operation_code", 40), ("call", 20)):
            if len(values.get(name, "")) > most:
                return _("This has more than %(most)d characters.") % {"most": most}, name
        first, last = self.phases.get(project.pk, (None, None))
        if first and ((now["start"] and now["start"] > first) or (now["end"] and now["end"] < last)):
            return _("The project has phases outside these dates."), "end"
        return None

    def say_project(self, project: Entity, values: dict, operation: Operation):
        line = project.line
        frozen = self.why_frozen(project)
        for name, value in values.items():
            old = project.known.get(name)
            if frozen and name in CANONICAL and old != value:
                line.note(frozen, name, value)
            elif project.say(name, value):
                self.plan.change(line, field_of(name), old, value)
        self.say_website(project, operation)
        if project.is_new:
            self.plan.note(line, "created")
        if project.values:
            self.plan.entities.append(project)
        self.say_elsewhere(project, operation, frozen)
        for each in operation.accepted:
            self.plan.labels[id(each)] = values.get("acronym") or operation.title

    def say_website(self, project: Entity, operation: Operation):
        if project.is_new and operation.values.get("website"):
            project.values["website"] = operation.values["website"]

    def why_frozen(self, project: Entity) -> str:
        """Why the facts of a project stay as they are; empty where they may change."""
        known = project.known
        if project.is_new:
            return ""
        if project.pk in self.locked:
            return _("A reporting period of this project is locked: its dates and amounts stay.")
        is_public = known["state"] == State.PUBLISHED
        if is_public and stage_on(Project(**{name: known[name] for name in STAGE_FIELDS})) in CLOSED:
            return _("This project is public and closed: its dates and amounts stay.")
        return ""

    def say_elsewhere(self, project: Entity, operation: Operation, frozen: str):
        """Amounts in another currency, which are kept as they were published."""
        for what in AmountElsewhere.What.values:
            currency = operation.currencies.get(what, "EUR")
            if currency == "EUR" or what not in operation.values:
                continue
            known = {}
            if not project.is_new:
                found = AmountElsewhere.objects.filter(project=project.pk, what=what)
                known = found.values("pk", "amount", "currency").first() or {}
            amount = Entity(AmountElsewhere, project.line, pk=known.get("pk"), known=known)
            new = {"amount": operation.values[what], "currency": currency}
            if amount.is_new:
                amount.values = {"project": project, "what": what, **new}
                self.plan.note(project.line, "created" if project.is_new else "changed")
            elif any(known[name] != value for name, value in new.items()):
                old = f"{known['amount']} {known['currency']}"
                self.plan.change(project.line, what, old, f"{new['amount']} {new['currency']}")
                for name, value in new.items():
                    amount.say(name, value)
            if amount.values:
                self.plan.entities.append(amount)

    def plan_shares(self, project: Entity, operation: Operation, lines: list[Line]):
        known = self.participations.get(project.pk, {})
        partners = [(line, self.partner(line, operation.cci, known)) for line in lines if name_of(line)]
        has_lead = any(values["role"] == "lead" for values in known.values())
        only_one = len({id(partner) for _line, partner in partners if partner}) == 1 and len(operation.lines) == len(
            lines
        )
        for place, (line, partner) in enumerate(partners):
            if partner is None:
                continue
            self.say_partner(partner, line)
            found = known.get(partner.pk) if partner.pk else None
            share = Entity(Participation, line, pk=found and found["pk"], known=found or {})
            role = self.role_of(line, only_one and not known)
            if role == "lead" and has_lead and not (found and found["role"] == "lead"):
                line.note(_("The project has a lead partner already. This one is taken as a partner."), "role")
                role = "partner"
            has_lead |= role == "lead"
            if share.is_new:
                share.values = {"project": project, "partner": partner, "order": place + 1}
                self.plan.note(line, "created")
            self.say_share(share, line, operation, role)
            if share.values:
                self.plan.entities.append(share)

    def role_of(self, line: Line, is_single: bool) -> str | None:
        if line.values.get("role"):
            return line.values["role"]
        return "lead" if is_single or line.values.get("lead_name") else None

    def say_share(self, share: Entity, line: Line, operation: Operation, role: str | None):
        said = {to: line.values[name] for name, to in SHARE_VALUES.items() if name in line.values}
        currencies = {to: line.currencies.get(name, "EUR") for name, to in SHARE_VALUES.items()}
        if operation.has_shares:
            for name in ("total_budget", "union_funding"):
                if name in line.values:
                    said[name], currencies[name] = line.values[name], line.currencies[name]
        if text := line.values.get("unit"):
            said[column("unit", self.one.language)] = Truncator(text).chars(200)
        total, union = said.get("total_budget"), said.get("union_funding")
        if None not in (total, union) and union > total:
            line.note(_("The partner's Union funding is above its budget: neither is taken."), "partner_union_funding")
            said.pop("total_budget"), said.pop("union_funding")
        if said.get("joined") and said.get("left") and said["left"] < said["joined"]:
            line.note(_("The organisation left before it joined: neither date is taken."), "left")
            said.pop("joined"), said.pop("left")
        for name, value in {"role": role, **said}.items():
            if currencies.get(name, "EUR") != "EUR":
                message = _("A partner's amount in %(currency)s isn't kept.")
                line.note(message % {"currency": currencies[name]}, name, value)
                continue
            old = share.known.get(name)
            if share.say(name, value):
                self.plan.change(line, name, old, value)


TAKEN_AS_SAID = ("operation_code", "keep_id", "call", "approved_on", "start", "end")
STAGE_FIELDS = ("start", "end", "durability_years", "cancelled_on")


def known_code(code: str) -> bool:
    return len(code) == 15 and code[:4].isdigit() and code.isalnum()


def spans() -> dict[int, tuple[date, date]]:
    """From when to when each project has phases."""
    found = {}
    for project, start, end in Phase.objects.values_list("project", "start", "end"):
        first, last = found.get(project, (start, end))
        found[project] = min(first, start), max(last, end)
    return found


def refuse_all(lines: list[Line], message: str, name: str = ""):
    for line in lines:
        line.refuse(message, name, line.values.get(name))
