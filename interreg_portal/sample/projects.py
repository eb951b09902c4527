"""Projects of the sample, with what makes them up: partners' parts, phases, documents, amendments."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from random import Random

from django.utils import translation

from editorial.formats import country_name
from editorial.models import Picture
from interreg_portal.sample import DAY, PREFIX
from interreg_portal.sample.organisations import Organisation
from interreg_portal.sample.texts import SHARES, TEXTS, THEMES, Author, combined
from interreg_portal.sample.writing import Writer, chance, day_between, favoured, few, new, standing
from projects.models import (
    Amendment,
    Document,
    Participation,
    Phase,
    Programme,
    Project,
    ProjectWebsite,
    SpecificObjective,
    Topic,
)

# The first and the last month in which a period's projects begin.
STARTS = {
    "2007-2013": (date(2007, 9, 1), date(2013, 6, 1)),
    "2014-2020": (date(2015, 3, 1), date(2020, 12, 1)),
    "2021-2027": (date(2022, 9, 1), date(2027, 6, 1)),
}
MONTHS = [18, 24, 24, 30, 30, 36, 36, 36, 42]
RATES = [Decimal("0.75"), Decimal("0.80"), Decimal("0.85")]  # of Union funding
CENT = Decimal("0.01")


@dataclass(eq=False)
class Kept:
    """A project with what the records need that belong to it or tell of it."""

    record: Project
    topics: list[Topic]
    partners: list[Organisation]
    participations: list[Participation] = field(default_factory=list)
    phases: list[Phase] = field(default_factory=list)

    def author(self, rng: Random) -> Author:
        """Who writes a text about it."""
        names = {"project": self.record.acronym, "key": self.record.pk, "city": rng.choice(self.partners).city}
        return Author(rng, self.topics[0].slug, **names)


class Projects:
    """Writes the sample's projects, some numbers after the others."""

    def __init__(self, writer: Writer, organisations: list[Organisation], pictures: list[Picture], file, seed: int):
        self.writer, self.organisations, self.pictures, self.file = writer, organisations, pictures, file
        self.rng = chance(seed, "projects")
        self.programmes = list(
            Programme.objects.filter(period__code__in=STARTS).select_related("period").order_by("cci")
        )
        self.rng.shuffle(self.programmes)
        self.members = {programme: members(programme, organisations) for programme in self.programmes}
        self.topics = list(Topic.objects.filter(slug__in=THEMES).order_by("order", "slug"))
        self.objectives = list(SpecificObjective.objects.order_by("code"))
        self.acronyms = combined(TEXTS["acronyms"])
        self.rng.shuffle(self.acronyms)

    def write(self, numbers: list[int]) -> list[Kept]:
        batch = [self.project(number) for number in numbers]
        self.writer.write([kept.record for kept in batch])
        self.writer.link(Project, "topics", [(kept.record.pk, topic.pk) for kept in batch for topic in kept.topics])
        for kept in batch:
            kept.participations, kept.phases = self.participations(kept), self.phases(kept)
        self.writer.write([participation for kept in batch for participation in kept.participations])
        self.writer.write([phase for kept in batch for phase in kept.phases])
        for rows in (self.websites, self.documents, self.amendments):
            self.writer.write([row for kept in batch for row in rows(kept)])
        return batch

    def project(self, number: int) -> Kept:
        rng = self.rng
        programme = favoured(rng, self.programmes)
        first, last = STARTS[programme.period.code]
        start = months_later(first, rng.randint(0, months_between(first, last)))
        topics = rng.sample(self.topics, rng.choice([1, 1, 2, 3]))
        round_number, index = divmod(number - 1, len(self.acronyms))
        acronym = self.acronyms[index] + (f" {round_number + 1}" if round_number else "")
        partners = self.consortium(programme)
        author = Author(rng, topics[0].slug, project=acronym, city=partners[0].city)
        project = new(
            Project,
            slug=f"{PREFIX}project-{number}",
            acronym=acronym,
            programme=programme,
            call=str(rng.randint(1, 6)),
            specific_objective=rng.choice(self.objectives) if programme.period.code == "2021-2027" else None,
            operation_code=f"SMP{number:05}",
            picture=rng.choice(self.pictures) if rng.random() < 0.4 else None,
            approved_on=min(start - timedelta(days=rng.randint(60, 200)), DAY),
            start=start,
            end=months_later(start, rng.choice(MONTHS)) - timedelta(days=1),
            durability_years=rng.choice([0, 5, 5, 5]),
            cancelled_on=start + timedelta(days=200) if start < date(2025, 1, 1) and rng.random() < 0.01 else None,
            **self.amounts(),
            **standing(rng, day_between(rng, start - timedelta(days=60), start + timedelta(days=120))),
            **author.write(title="project_title", summary="summary"),
            **(author.write(change="changes") if rng.random() < 0.85 else {}),
            **(author.write(goals="goals") if rng.random() < 0.6 else {}),
        )
        return Kept(project, topics, partners)

    def amounts(self) -> dict:
        """Budgets about 1.3 million EUR, few of them ten times as large, some not published."""
        rng = self.rng
        total = Decimal(f"{min(20e6, 1.3e6 * rng.lognormvariate(0, 0.8)):.2f}")
        funding = cents(total * rng.choice(RATES))
        return {
            "total_budget": total if rng.random() < 0.94 else None,
            "union_funding": funding if rng.random() < 0.92 else None,
            "national_cofinancing": total - funding if rng.random() < 0.3 else None,
        }

    def consortium(self, programme) -> list[Organisation]:
        """Two to fifteen organisations, the lead partner first; of the programme's area if that has enough."""
        number = 2 + few(self.rng, 3.5, 13)
        chosen = {}
        for attempt in range(4 * number):
            pool = self.members[programme] if attempt < 2 * number else self.organisations
            chosen[favoured(self.rng, pool)] = None
            if len(chosen) == number:
                break
        return list(chosen)

    def participations(self, kept: Kept) -> list[Participation]:
        rng, project = self.rng, kept.record
        lead, partner, associated = Participation.Role
        roles = [lead, *rng.choices([partner, associated], [9, 1], k=len(kept.partners) - 1)]
        rows = [
            new(
                Participation,
                project=project,
                partner_id=organisation.pk,
                role=role,
                order=order,
                left=project.start + timedelta(days=300) if role != lead and rng.random() < 0.02 else None,
                **(Author(rng, kept.topics[0].slug).write(unit="unit") if rng.random() < 0.2 else {}),
            )
            for order, (organisation, role) in enumerate(zip(kept.partners, roles, strict=True), 1)
        ]
        if None not in (project.total_budget, project.union_funding) and rng.random() < 0.6:
            self.share_out(project, [row for row in rows if row.role != associated])
        return rows

    def share_out(self, project, participations):
        """Give each a share of the project's amounts; what rounding leaves is the lead partner's."""
        weights = [Decimal(self.rng.randint(50, 150)) for _ in participations]
        rate = project.union_funding / project.total_budget
        for participation, weight in zip(participations, weights, strict=True):
            participation.total_budget = cents(project.total_budget * weight / sum(weights))
            participation.union_funding = cents(participation.total_budget * rate)
        lead = participations[0]
        lead.total_budget += project.total_budget - sum(each.total_budget for each in participations)
        lead.union_funding += project.union_funding - sum(each.union_funding for each in participations)

    def phases(self, kept: Kept) -> list[Phase]:
        rng, project = self.rng, kept.record
        number = rng.choice([0, 1, 2, 2, 3])
        author = kept.author(rng)
        length = months_between(project.start, project.end) + 1
        starts = [months_later(project.start, length * each // number) for each in range(number)]
        ends = [start - timedelta(days=1) for start in starts[1:]] + [project.end]
        return [
            new(
                Phase,
                project=project,
                number=place,
                start=start,
                end=end,
                **author.write(name="phase", goal="project_aim"),
            )
            for place, (start, end) in enumerate(zip(starts, ends, strict=False), 1)
        ]

    def websites(self, kept: Kept) -> list[ProjectWebsite]:
        address = f"https://{kept.record.slug}.example.org/"
        return [ProjectWebsite(project=kept.record, address=address)] if self.rng.random() < 0.6 else []

    def documents(self, kept: Kept) -> list[Document]:
        rng, project = self.rng, kept.record
        return [
            new(
                Document,
                project=project,
                phase=rng.choice([None, *kept.phases]),
                kind=rng.choice(Document.Kind.values),
                language=rng.choice(list(SHARES)),
                issued_on=day_between(rng, project.start, project.end),
                file=self.file.name,
                size=self.file.size,
                pages=1,
                **kept.author(rng).write(title="document"),
            )
            for _ in range(few(rng, 1.2, 12))
        ]

    def amendments(self, kept: Kept) -> list[Amendment]:
        """One project in six has its end from an extension."""
        rng, project = self.rng, kept.record
        if project.end > DAY or rng.random() > 1 / 6:
            return []
        return [
            new(
                Amendment,
                project=project,
                kind=Amendment.Kind.EXTENSION,
                decided_on=project.end - timedelta(days=200),
                previous_end=months_later(project.end + timedelta(days=1), -6) - timedelta(days=1),
                new_end=project.end,
                **kept.author(rng).write(reason="extension"),
            )
        ]


def members(programme, organisations) -> list[Organisation]:
    """The organisations of the countries that the programme's name tells; all of them where it doesn't tell two."""
    with translation.override("en"):
        countries = {each.country for each in organisations if country_name(each.country) in (programme.name_en or "")}
    return [each for each in organisations if each.country in countries or len(countries) < 2]


def cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_DOWN)


def months_later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    return day.replace(year=day.year + years, month=month + 1)


def months_between(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month
