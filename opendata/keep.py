"""
The delivery to keep.eu of 2021-2027: projects with their partners and indicators, as keep.schema.json describes it.

What is unknown is null: an unset date is no 1970-01-01, a target is never told as what was delivered, and a result
indicator has its own code. Names of fields are those of the delivery.
"""

from decimal import Decimal
from operator import attrgetter
from typing import BinaryIO

from django.db.models import F, Prefetch
from django.utils.translation import gettext_lazy as _

from editorial.translations import active_languages, column
from opendata.dataset import Dataset
from opendata.fields import Field, page_of, texts
from opendata.licence import licence, publisher
from opendata.writing import DataFormat, write_members
from projects.models import Participation, Project
from results.models import Indicator, Target

STRUCTURE = "keep.eu 2021-2027"
PER_CENT = 100
CENTS = Decimal("0.01")
DELIVERED_LEVELS = [Indicator.Level.OUTPUT, Indicator.Level.RESULT]
PARTNER_TYPES = {Participation.Role.LEAD: "lead", Participation.Role.PARTNER: "project"}


def prepared(projects):
    named = Participation.objects.annotate(organisation_type=F("partner__kind__name_en"))  # keep.eu's own words
    participations = Prefetch("participations", named.select_related("partner").lean())
    targets = Prefetch("targets", Target.objects.with_actual())
    related = projects.select_related("programme__period", "programme__fund", "specific_objective")
    return related.prefetch_related("websites", participations, targets).order_by("pk").lean()


def rate(record) -> Decimal | None:
    """In per cent, to two decimals."""
    return None if record.eu_rate is None else (record.eu_rate * PER_CENT).quantize(CENTS)


def website(project) -> str | None:
    return next((each.address for each in project.websites.all()), None)


def indicators(project) -> list[dict]:
    """Output and result indicators alone: the delivery knows no others. Only approved figures are delivered."""
    return [
        {
            "indicator_type": target.indicator.level,
            "code": target.indicator.code,
            "name": in_languages(target.indicator, "name"),
            "delivered": target.actual,
        }
        for target in project.targets.all()
        if target.indicator.level in DELIVERED_LEVELS
    ]


def in_languages(record, field: str) -> dict[str, str]:
    """A text in each of the languages in use that it is written in."""
    found = {language: getattr(record, column(field, language)) for language in active_languages()}
    return {language: text for language, text in found.items() if text}


def partners(project) -> list[dict]:
    """Lead and partners who have not left; associated partners have no part in the funding."""
    return [partner_of(participation) for participation in project.consortium]


def partner_of(participation) -> dict:
    """What an organisation's own page tells is told only where visitors see that page."""
    partner, known = participation.partner, participation.partner.is_public
    english = {"en": partner.english_name} if partner.english_name else {}
    return {
        "partner_type": PARTNER_TYPES[participation.role],
        "organisation_name": {"original": partner.name, **english},
        "country": partner.country,
        "town": partner.city or None,
        "address": partner.address or None if known else None,
        "postal_code": None,  # part of the address, which is kept as one text
        "participant_identification_code": partner.pic or None if known else None,
        "organisation_type": participation.organisation_type if known else None,
        "legal_status": partner.legal_status or None if known else None,
        "website": partner.website or None if known else None,
        "total_eligible_budget": participation.total_budget,
        "cofinancing_amount": participation.union_funding,
        "cofinancing_rate": rate(participation),
    }


def write_keep(dataset: Dataset, portal: str, file: BinaryIO):
    columns = dataset.columns
    head = {"licence": licence(), "publisher": publisher(), "structure": STRUCTURE}
    write_members(file, head, "projects", (nested(columns, row) for row in dataset.rows(portal)))


def nested(columns, row) -> dict:
    """A row with the languages of each text in one object, and with lists where nothing is listed."""
    told = {}
    for each, value in zip(columns, row, strict=True):
        if each.language:
            told.setdefault(each.field.name, {}).update({each.language: value} if value else {})
        else:
            told[each.name] = [] if value is None and each.format == "list" else value
    return told


def nobody_keeps(*_of) -> None:
    """What the delivery has a field for, but this portal no record of."""


KEEP = Dataset(
    name="keep",
    title=_("Delivery to keep.eu"),
    description=_(
        "Projects with their partners and what their indicators delivered, in the structure by which programmes of "
        "2021-2027 deliver to keep.eu, the database of Interreg projects."
    ),
    keywords=[_("Interreg"), _("keep.eu"), _("projects"), _("partners"), _("indicators")],
    themes=("REGI", "GOVE"),
    records=lambda: Project.objects.published(),
    prepared=prepared,
    fields=[
        Field("programme_cci", _("Programme"), _("Its CCI code."), attrgetter("programme.cci")),
        Field("programming_period", _("Programming period"), _("As 2021-2027."), attrgetter("programme.period.code")),
        Field("project_id", _("Operation code"), _("The programme’s own code."), attrgetter("operation_code")),
        Field("acronym", _("Acronym"), _("The short name of the project."), attrgetter("acronym")),
        Field("call_serial_number", _("Call"), _("In which the project was chosen."), attrgetter("call")),
        Field("name", _("Title"), _("In each language that has it."), texts("title"), per_language=True),
        Field("description", _("Summary"), _("What it does."), texts("summary"), "long_text", per_language=True),
        Field(
            "expected_achievements",
            _("Expected achievements"),
            _("What changes through the project, and for whom."),
            texts("change"),
            "rich_text",
            per_language=True,
        ),
        Field(
            "actual_achievements",
            _("Actual achievements"),
            _("Always empty: the portal has one text for both."),
            nobody_keeps,
            "rich_text",
            per_language=True,
        ),
        Field("project_start_date", _("Start"), _("The first day."), attrgetter("start"), "day"),
        Field("project_end_date", _("End"), _("The last day, as it stands now."), attrgetter("end"), "day"),
        Field("total_budget", _("Total budget"), _("In EUR."), attrgetter("total_budget"), "amount"),
        Field(
            "contributing_eu_funds",
            _("Funds"),
            _("Their codes."),
            lambda project: [project.programme.fund.code],
            "list",
        ),
        Field(
            "programme_priority_code",
            _("Programme priority"),
            _("Always empty: the portal keeps no priorities of programmes."),
            nobody_keeps,
        ),
        Field(
            "priority_specific_objective",
            _("Specific objective"),
            _("Its code, as RSO1.1."),
            lambda project: project.specific_objective and project.specific_objective.code,
        ),
        Field("eu_funding_amount", _("Union funding"), _("In EUR."), attrgetter("union_funding"), "amount"),
        Field(
            "eu_funding_cofinancing_rate",
            _("Union co-financing rate"),
            _("In per cent: 85 is 85 per cent."),
            rate,
            "number",
        ),
        Field("website", _("Website"), _("The first one of the project."), website, "address"),
        Field("page", _("Page"), _("In this portal."), page_of, "address"),
        Field(
            "project_indicators",
            _("Indicators"),
            _("Output and result indicators with what approved figures come to."),
            indicators,
            "list",
        ),
        Field("partners", _("Partners"), _("Lead and partners, with their shares."), partners, "list"),
    ],
)
KEEP_JSON = DataFormat("json", "JSON", "application/json", "JSON", write_keep)
