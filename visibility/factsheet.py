"""A project's factsheet: two pages with what its public pages say, in the reader's language."""

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from editorial.formats import country_name, language_name, long_date, number
from editorial.translations import language_of
from results.ledger import ledger_of
from results.models import GoodPractice
from visibility.content import (
    agency_name,
    bar,
    figures,
    funding_words,
    partners,
    plain,
    programme_name,
    told,
    told_at_length,
)
from visibility.map import map_picture
from visibility.sheet import Sheet

LICENCE = "CC BY 4.0"
MOST = 40  # rows of a list that may have to be tried for whether they fit


def factsheet_of(project, request) -> Sheet:
    """The factsheet of a project that came `for_overview`, as the request's reader may see it."""
    address = request.build_absolute_uri(project.get_absolute_url())
    map_words, files = map_picture(project)
    return Sheet(
        template="factsheet",
        title=_("%(project)s: factsheet") % {"project": project.acronym},
        language=get_language(),
        made_at=project.updated_at,
        address=address,
        files=files,
        data={
            "funding": funding_words(project.programme, request),
            "programme": programme_name(project.programme, request),
            "acronym": project.acronym,
            "stage": str(project.stage.label),
            "heading": told(project, "title", request),
            "fallback": fallback(project),
            "summary": told_at_length(project, "summary", request),
            "figures": figures(project),
            "bar": bar(project),
            "texts": [
                {"heading": heading} | told_at_length(project, field, request, is_rich=True)
                for heading, field in ((_("What will change"), "change"), (_("Background and goals"), "goals"))
                if getattr(project, field)
            ],
            "facts": facts(project, request),
            "results": results(project, request),
            "partners": partners(project),
            "map": map_words,
            "practices": practices(project, request),
            "contacts": contacts(project, request),
            "websites": [website.address for website in project.websites.all()],
            "address": address,
            "words": words(project),
        },
    )


def fallback(project) -> str:
    """In which language the project is told, where that isn't the reader's."""
    language = language_of(project, "title")
    if language == get_language():
        return ""
    sentence = _("This page has not been translated yet. You are reading it in another language: %(language)s.")
    return sentence % {"language": language_name(language)}


def fact(label: str, *value: dict) -> dict:
    return {"label": label, "value": value}


def facts(project, request) -> list[dict]:
    """What else is known, the most asked for first."""
    programme, objective = project.programme, project.specific_objective
    topics = [told(topic, "name", request) for topic in project.topics.all()]
    days = [
        (_("Approved on"), project.approved_on),
        (_("Cancelled on"), project.cancelled_on),
        (_("Results kept until"), project.durability_ends),
    ]
    found = [
        fact(_("Programme"), told(programme, "name", request), plain(programme.period.code)),
        project.call and fact(_("Call"), plain(project.call)),
        fact(_("Fund"), told(programme.fund, "name", request)),
        objective and fact(_("Specific objective"), plain(objective.code), told(objective, "name", request)),
        topics and fact(_("Topics"), *topics),
        project.operation_code and fact(_("Operation code"), plain(project.operation_code)),
        *(fact(label, plain(long_date(day))) for label, day in days if day),
    ]
    return [each for each in found if each]


def results(project, request) -> list[dict]:
    """What was promised, what of it is approved or counted, and how that stands: what the overview shows, and more."""
    unpromised = ExpressionWrapper(Q(value=None), output_field=BooleanField())
    targets = project.targets.order_by(unpromised, "order", "pk").with_actual().select_related("indicator").lean()
    return [result(line, request) for line in ledger_of(targets[:MOST], beside_reports=False)]


def result(line, request) -> dict:
    return {
        "name": told(line.indicator, "name", request),
        "promised": "–" if line.promised is None else number(line.promised),
        "reached": _("not yet reported") if line.reached is None else number(line.reached),
        "is_reported": line.reached is not None,
        "outcome": str(line.outcome.label) if line.outcome and line.reached is not None else "",
    }


def practices(project, request) -> list[dict]:
    found = GoodPractice.objects.published().filter(project=project).lean()[:MOST]
    return [told(practice, "title", request) | {"where": country_name(practice.country)} for practice in found]


def contacts(project, request) -> list[dict]:
    """Who may be asked: those who have agreed to being shown, while they hold their function."""
    found = project.contacts.public_on().select_related("partner").lean()[:MOST]
    return [
        {
            "function": told(contact, "function", request),
            "of": ", ".join(filter(None, [contact.person, str(contact.partner)])),
            "ways": list(filter(None, [contact.email, contact.phone])),
        }
        for contact in found
    ]


def words(project) -> dict:
    """The template's own words."""
    day = long_date(timezone.localtime(project.updated_at).date())
    return {
        "kind": _("Factsheet"),
        "money": _("Where the money comes from"),
        "facts": _("At a glance"),
        "results": _("Promised and reached"),
        "columns": [_("Indicator"), _("Promised"), _("Reached")],
        "partners": _("Partners"),
        "practices": _("Good practices"),
        "contact": _("Contact"),
        "websites": _("Websites"),
        "page": _("The project on the web"),
        "qr": _("QR code with the address of the project’s page"),
        "more": _("More on the project’s page."),
        "updated": f"{_('Last updated:')} {day}",
        "published": f"{agency_name()} · {_('Licence: %(licence)s') % {'licence': LICENCE}}",
    }
