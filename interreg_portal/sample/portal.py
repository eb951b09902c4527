"""All of the sample, in the order in which its parts need each other."""

from io import BytesIO
from random import Random

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from PIL import Image, ImageDraw
from pypdf import PdfWriter

from editorial.models import Picture
from interreg_portal.sample import DAY, PREFIX
from interreg_portal.sample.news import News, told
from interreg_portal.sample.organisations import write_organisations
from interreg_portal.sample.projects import Projects
from interreg_portal.sample.results import Results
from interreg_portal.sample.texts import Author
from interreg_portal.sample.writing import Writer, chance, in_batches, public_since
from pages.models import Page
from projects.models import Fund, Programme, ProgrammingPeriod

DOCUMENT = "documents/sample/sample.pdf"
PICTURES = 3
FORMER_PERIOD = "2007-2013"


def write_portal(writer: Writer, projects: int, articles: int, seed: int):
    """Write so many projects and articles, and all that goes with them; the vocabularies are there."""
    rng = chance(seed, "portal")
    write_former_programmes()
    pictures = [picture(rng) for _ in range(PICTURES)]
    writer.write(pages(rng))
    organisations = write_organisations(writer, max(20, projects * 3 // 2), seed)
    parts = Projects(writer, organisations, pictures, stored_document(), seed)
    results, news, subjects = Results(writer, pictures, seed), News(writer, pictures, seed), []
    for batch in in_batches(range(1, projects + 1)):
        written = parts.write(batch)
        results.write(written)
        news.write(written)
        subjects += map(told, written)
    news.write_articles(articles, subjects)


def write_former_programmes():
    """Programmes of the period before those of the vocabularies, under names of our own."""
    period, _ = ProgrammingPeriod.objects.get_or_create(
        code=FORMER_PERIOD, defaults={"funding_statement_en": "European Union", "names_fund": True}
    )
    for number in range(1, 7):
        Programme.objects.get_or_create(
            cci=f"2007SAMPLE{number:05}",
            defaults={
                "name_en": f"Sample programme {number}",
                "period": period,
                "strand": Programme.Strand.values[number % 3],
                "fund": Fund.objects.get(code="ERDF"),
            },
        )


def picture(rng: Random) -> Picture:
    """Fields and a path, drawn: small, but shown in every way that a photo is."""
    image = Image.new("RGB", (800, 450), f"hsl({rng.randrange(60, 140)}, 45%, 65%)")
    draw = ImageDraw.Draw(image)
    for left in range(0, 800, 100):
        corners = [(left, rng.randrange(300)), (left + 100, rng.randrange(300)), (left + 100, 450), (left, 450)]
        draw.polygon(corners, fill=f"hsl({rng.randrange(40, 150)}, 50%, {rng.randrange(40, 75)}%)")
    draw.line([(x, rng.randrange(200, 400)) for x in range(0, 801, 80)], fill="hsl(35, 40%, 85%)", width=10)
    content = BytesIO()
    image.save(content, "JPEG", quality=85)
    author = Author(rng, "environment-and-circular-economy")
    return Picture.objects.create(
        file=ContentFile(content.getvalue(), name="sample.jpg"), credit="Interreg Portal", **author.write(alt="picture")
    )


def stored_document():
    """The one page that all documents of the sample are."""
    if not default_storage.exists(DOCUMENT):
        content, pdf = BytesIO(), PdfWriter()
        pdf.add_blank_page(595, 842)
        pdf.write(content)
        default_storage.save(DOCUMENT, ContentFile(content.getvalue()))
    return File(default_storage.open(DOCUMENT), name=DOCUMENT)  # a file of a folder would name its whole path


def pages(rng: Random) -> list[Page]:
    author = Author(rng, "cooperation-and-governance")
    texts = author.write(title="page_title", body="page")
    slugs = [f"{PREFIX}page"] + [Page.HOME] * (not Page.objects.filter(slug=Page.HOME).exists())
    return [Page(slug=slug, **texts, **public_since(rng, DAY)) for slug in slugs]
