"""A project with more of everything than a sheet has room for, and files read back."""

from datetime import date
from decimal import Decimal
from io import BytesIO

from pypdf import PdfReader

from partners.models import Contact
from projects.models import ProgrammingPeriod
from tests import factories as make

LONG = {
    "en": "Small towns learn to read their river together with their schools. ",
    "sl": "Majhna mesta se skupaj s šolami učijo brati svojo reko in žlebove. ",
    "lv": "Mazās pilsētas kopā ar skolām mācās lasīt savu upi un tās ūdeņus. ",
    "bg": "Малките градове се учат заедно с училищата да разчитат своята река. ",
    "de": "Hochwasserschutzverantwortliche kleiner Gemeinden lernen gemeinsam mit Schulen. ",
    "el": "Οι μικρές πόλεις μαθαίνουν μαζί με τα σχολεία να διαβάζουν το ποτάμι τους. ",
}
STATEMENTS = {
    "en": "Co-funded by the European Union",
    "bg": "Съфинансирано от Европейския съюз",
    "el": "Με τη συγχρηματοδότηση της Ευρωπαϊκής Ένωσης",
}


def in_languages(field: str, times: int, most: int | None = None) -> dict:
    return {f"{field}_{language}": (text * times)[:most].strip() for language, text in LONG.items()}


def make_large_project(**fields):
    programme = make.make_programme(name_en="Danube Region")
    words = {f"funding_statement_{language}": statement for language, statement in STATEMENTS.items()}
    ProgrammingPeriod.objects.filter(pk=programme.period_id).update(**words)
    project = make.make_project(
        **{
            "programme": programme,
            "slug": "river",
            "acronym": "EXAMPLE RIVER",
            "approved_on": date(2022, 11, 30),
            "total_budget": Decimal("1486250.00"),
            "union_funding": Decimal("1189000.00"),
        }
        | in_languages("title", 4, 245)
        | in_languages("summary", 20)
        | in_languages("change", 60)
        | in_languages("goals", 60)
        | fields
    )
    for number in range(25):
        partner = make.make_partner(name=f"Example Organisation for Long Names of Regional Development {number}")
        make.make_participation(project, "partner" if number else "lead", partner=partner)
        make.make_target(project, indicator=make.make_indicator(**in_languages("name", 1)))
        make.make_practice(project, **in_languages("title", 1, 100))
        function = {"function_en": f"Communication in region {number}", "email": f"office-{number}@example.org"}
        Contact.objects.create(partner=partner, project=project, consent_given_on=date(2024, 1, 1), **function)
        project.websites.create(address=f"https://region-{number}.example.org/{'long-' * 12}page/")
    return project


def words_of(content: bytes) -> str:
    """The text of a PDF in one line, its hyphens at the ends of lines taken back."""
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    return " ".join(text.replace("\xa0", " ").split())
