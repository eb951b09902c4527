"""News of the sample: articles, events, newsletters, and what others published."""

from datetime import date, time, timedelta
from typing import NamedTuple

from editorial.models import Picture
from interreg_portal.sample import DAY, PREFIX
from interreg_portal.sample.organisations import Organisation
from interreg_portal.sample.projects import Kept
from interreg_portal.sample.texts import Author
from interreg_portal.sample.writing import Writer, chance, day_between, favoured, few, in_batches, new, standing
from news.models import Article, Event, MediaMention, Newsletter

OUTLETS = ["The Border Courier", "Radio Three Valleys", "Regional Evening News", "Upland Television"]


class Told(NamedTuple):
    """What articles need of a project, small enough to be kept of all of them."""

    pk: int
    acronym: str
    topic: str
    topics: list[int]
    partners: list[Organisation]
    start: date
    end: date


def told(kept: Kept) -> Told:
    project, topics = kept.record, [topic.pk for topic in kept.topics]
    return Told(project.pk, project.acronym, kept.topics[0].slug, topics, kept.partners, project.start, project.end)


class News:
    """Writes what there is to tell of a batch of projects, and in the end the articles about all of them."""

    def __init__(self, writer: Writer, pictures: list[Picture], seed: int):
        self.writer, self.pictures = writer, pictures
        self.rng = chance(seed, "news")
        self.number = 0  # of the event written last

    def write(self, batch: list[Kept]):
        for rows in (self.events, self.mentions, self.newsletters):
            self.writer.write([row for kept in batch for row in rows(kept)])

    def events(self, kept: Kept) -> list[Event]:
        return [self.event(kept) for _ in range(few(self.rng, 1.5, 15))]

    def event(self, kept: Kept) -> Event:
        rng, project, host, author = self.rng, kept.record, self.rng.choice(kept.partners), kept.author(self.rng)
        self.number += 1
        start = project.start + timedelta(days=rng.randrange((project.end - project.start).days))
        begins = rng.choice([None, time(9), time(10), time(13, 30)])
        event = new(
            Event,
            slug=f"{PREFIX}event-{self.number}",
            project=project,
            phase=next((phase for phase in kept.phases if phase.start <= start <= phase.end), None),
            kind=rng.choice(Event.Kind.values),
            start_date=start,
            end_date=start + timedelta(days=rng.choice([0, 0, 0, 1, 2])),
            start_time=begins,
            only_month_known=begins is None and rng.random() < 0.1,
            status=rng.choices(Event.Status.values, [95, 2, 3])[0],
            attendance=rng.choice(["", *Event.Attendance.values]),
            city=host.city,
            country=host.country,
            host_id=host.pk,
            participants=rng.randint(8, 160) if start < DAY and rng.random() < 0.7 else None,
            **standing(rng, day_between(rng, start - timedelta(days=60), start)),
            **author.write(title="event_title", description="paragraph"),
            **(author.write(outcome="paragraph") if start < DAY and rng.random() < 0.5 else {}),
        )
        event.settle_end()
        return event

    def mentions(self, kept: Kept) -> list[MediaMention]:
        return [self.mention(kept) for _ in range(few(self.rng, 0.8, 20))]

    def mention(self, kept: Kept) -> MediaMention:
        [(language, title)] = self.rng.sample(list(kept.author(self.rng).texts("mention").items()), 1)
        return MediaMention(
            project=kept.record,
            outlet=self.rng.choice(OUTLETS),
            title=title,
            language=language,
            kind=self.rng.choice(MediaMention.Kind.values),
            published_on=day_between(self.rng, kept.record.start, kept.record.end),
            address="https://media.example.org/" if self.rng.random() < 0.8 else "",
        )

    def newsletters(self, kept: Kept) -> list[Newsletter]:
        return [
            new(
                Newsletter,
                project=kept.record,
                number=number,
                issued_on=day_between(self.rng, kept.record.start, kept.record.end),
                address=f"https://{kept.record.slug}.example.org/{number}/",
                **kept.author(self.rng).write(title="newsletter"),
            )
            for number in range(1, 1 + few(self.rng, 0.5, 8))
        ]

    def write_articles(self, number: int, projects: list[Told]):
        """Articles in the order of their days, as they would be written, until half a year after a project's end."""
        rng = self.rng
        about = [favoured(rng, projects) for _ in range(number)]
        told = sorted((day_between(rng, each.start, each.end + timedelta(days=180)), each) for each in about)
        for batch in in_batches(enumerate(told, 1)):
            articles = [(self.article(place, day, project), project) for place, (day, project) in batch]
            self.writer.write([article for article, _ in articles])
            own = {(article.pk, project.pk) for article, project in articles}
            others = {(article.pk, rng.choice(projects).pk) for article, _ in articles if rng.random() < 0.1}
            self.writer.link(Article, "projects", sorted(own | others))
            topics = [(article.pk, topic) for article, project in articles for topic in project.topics]
            self.writer.link(Article, "topics", topics)

    def article(self, number: int, day: date, project: Told) -> Article:
        rng, writer = self.rng, self.rng.choice(project.partners)
        author = Author(rng, project.topic, project=project.acronym, key=project.pk, city=writer.city)
        is_taken_over = rng.random() < 0.1
        return new(
            Article,
            slug=f"{PREFIX}article-{number}",
            author_id=writer.pk,
            source_name=rng.choice(OUTLETS) if is_taken_over else "",
            source_address="https://media.example.org/" if is_taken_over else "",
            picture=rng.choice(self.pictures) if rng.random() < 0.5 else None,
            **standing(rng, day),
            **author.write(title="article_title", lead="lead", body="article"),
        )
