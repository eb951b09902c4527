"""What stands below an e-mail, and what a newspaper gets: plain words with the facts, in the active language."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from visibility.content import figures, funding_words, partner, programme_name, told, told_at_length


def signature_of(project, request) -> dict:
    """What both forms of the signature say. The emblem's address holds no hash, as e-mails outlive many upgrades."""
    return {
        "language": get_language(),
        "acronym": project.acronym,
        "heading": told(project, "title", request),
        "programme": programme_name(project.programme, request),
        "funding": funding_words(project.programme, request),
        "address": request.build_absolute_uri(project.get_absolute_url()),
        "emblem": request.build_absolute_uri(f"{settings.STATIC_URL}images/eu-emblem.png"),
    }


def signature_html(project, request) -> str:
    return render_to_string("visibility/signature.html", signature_of(project, request))


def signature_text(project, request) -> str:
    told = signature_of(project, request)
    fund = told["funding"]["fund"]
    lines = [
        f"{told['acronym']} – {told['heading']['text']}",
        told["address"],
        told["funding"]["statement"]["text"],
        fund and fund["text"],
        f"{told['programme']['text']} {told['programme']['period']}",
    ]
    return "\n".join(filter(None, lines)) + "\n"


def press_paragraph(project, request) -> str:
    """What the project is, what will change, its facts by their names, and who pays: for a text to begin with."""
    texts = [
        told_at_length(project, "summary", request),
        told_at_length(project, "change", request, is_rich=True),
    ]
    programme = programme_name(project.programme, request)
    funding = funding_words(project.programme, request)
    facts = [(each["label"], each["value"], each["note"]) for each in figures(project)]
    if project.lead:
        lead = partner(project.lead)
        facts.append((_("Lead partner"), lead["name"], lead["where"]))
    facts.append((_("Programme"), f"{programme['text']} {programme['period']}", ""))
    words = [part["text"] for part in (funding["statement"], funding["fund"]) if part]
    parts = [
        f"{project.acronym}: {told(project, 'title', request)['text']}",
        *(" ".join(sentences) for text in texts for sentences in text["paragraphs"]),
        "\n".join(f"{label}: {value}{f' ({note})' if note else ''}" for label, value, note in facts),
        ". ".join(words),
        request.build_absolute_uri(project.get_absolute_url()),
    ]
    return "\n\n".join(parts) + "\n"
