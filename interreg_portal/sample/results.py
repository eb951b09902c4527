"""Results of the sample: what projects promised, what they report, and what of it others can take over."""

from datetime import date, timedelta
from decimal import Decimal

from editorial.models import Picture
from interreg_portal.sample import DAY, PREFIX
from interreg_portal.sample.projects import Kept, months_later
from interreg_portal.sample.texts import Author
from interreg_portal.sample.writing import Writer, chance, day_between, few, new, standing
from results.models import GoodPractice, Indicator, Measurement, ReportingPeriod, Target
from results.steps import FigureState

LOCKED_AFTER = timedelta(days=180)  # from a period's end on
UNDER_REVIEW = [FigureState.APPROVED, FigureState.APPROVED, FigureState.SUBMITTED, FigureState.DRAFT]


class Results:
    """Writes the results of a batch of projects."""

    def __init__(self, writer: Writer, pictures: list[Picture], seed: int):
        self.writer, self.pictures = writer, pictures
        self.rng = chance(seed, "results")
        self.indicators = list(
            Indicator.objects.filter(measure=Indicator.Measure.NUMBER, is_common=True).order_by("code")
        )
        self.number = 0  # of the practice written last

    def write(self, batch: list[Kept]):
        reporting = [kept for kept in batch if self.rng.random() < 0.7]
        periods = {kept: self.periods(kept) for kept in reporting}
        targets = {kept: self.targets(kept) for kept in reporting}
        self.writer.write([period for kept in reporting for period in periods[kept]])
        self.writer.write([target for kept in reporting for target in targets[kept]])
        promised = [(kept, target) for kept in reporting for target in targets[kept]]
        self.writer.write([row for kept, target in promised for row in self.measurements(kept, target, periods[kept])])
        practices = [(practice, kept) for kept in batch for practice in self.practices(kept)]
        self.writer.write([practice for practice, _ in practices])
        topics = [(practice.pk, topic.pk) for practice, kept in practices for topic in kept.topics]
        self.writer.link(GoodPractice, "topics", topics)

    def periods(self, kept: Kept) -> list[ReportingPeriod]:
        """Half years, from the project's start to its end."""
        project, periods, start = kept.record, [], kept.record.start
        while start < project.end:
            end = min(months_later(start, 6) - timedelta(days=1), project.end)
            due_on, locked_on = end + timedelta(days=90), end + LOCKED_AFTER
            periods.append(
                ReportingPeriod(
                    project=project,
                    number=len(periods) + 1,
                    start=start,
                    end=end,
                    due_on=due_on,
                    locked_on=locked_on if locked_on < DAY else None,
                )
            )
            start = end + timedelta(days=1)
        return periods

    def targets(self, kept: Kept) -> list[Target]:
        rng = self.rng
        return [
            new(
                Target,
                project=kept.record,
                indicator=indicator,
                value=Decimal(1 + int(rng.lognormvariate(3, 1.2))) if rng.random() < 0.92 else None,
                baseline=Decimal(0) if indicator.level == Indicator.Level.RESULT else None,
                order=order,
            )
            for order, indicator in enumerate(rng.sample(self.indicators, rng.choice([1, 2, 3, 3, 4, 6])), 1)
        ]

    def measurements(self, kept: Kept, target: Target, periods: list[ReportingPeriod]) -> list[Measurement]:
        """A value for each period that has ended: the whole project's, or shares of its partners."""
        rng, is_summed = self.rng, target.indicator.calculation == Indicator.Calculation.SUM
        reporters = [None]
        if is_summed and rng.random() < 0.2:
            reporters = [each for each in kept.participations if each.role != "associated" and not each.left][:3]
        ended = [period for period in periods if period.end < DAY]
        rows = []
        for number, period in enumerate(ended, 1):
            part = Decimal(1 if is_summed else number) / (len(periods) * len(reporters))
            for reporter in reporters:
                reached = int((target.value or 20) * part * Decimal(rng.randint(60, 130)) / 100)
                narrative = Author(rng, kept.topics[0].slug).write(narrative="narrative") if rng.random() < 0.3 else {}
                state = FigureState.APPROVED if period.locked_on else rng.choice(UNDER_REVIEW)
                rows.append(
                    new(
                        Measurement,
                        target=target,
                        period=period,
                        participation=reporter,
                        value=reached,
                        state=state,
                        **narrative,
                    )
                )
        return rows

    def practices(self, kept: Kept) -> list[GoodPractice]:
        return [self.practice(kept) for _ in range(few(self.rng, 0.6, 6))]

    def practice(self, kept: Kept) -> GoodPractice:
        rng, project, partner, author = self.rng, kept.record, self.rng.choice(kept.partners), kept.author(self.rng)
        self.number += 1
        return new(
            GoodPractice,
            slug=f"{PREFIX}practice-{self.number}",
            project=project,
            partner_id=partner.pk,
            place=partner.city,
            country=partner.country,
            start=date(rng.randint(2004, project.start.year), 1, 1),
            picture=rng.choice(self.pictures) if rng.random() < 0.3 else None,
            validation=rng.choice(["", *GoodPractice.Validation.values]),
            **standing(rng, day_between(rng, project.start, project.end)),
            **author.write(title="practice_title", summary="practice_summary", description="paragraph"),
            **author.write(evidence="paragraph", transfer="paragraph"),
            **(author.write(resources="paragraph", difficulties="paragraph") if rng.random() < 0.6 else {}),
        )
