"""What a closing report says of a project's duties to make the funding visible."""

from django.utils.translation import gettext as _

from projects.models import Project
from reports.parts.duties import Duty, tellers
from reports.parts.wording import page_of, words
from visibility.models import DutyEvidence
from visibility.standing import Standing, standings_of, with_evidence


def duties_told(projects: list[Project]) -> dict[int, list[Duty]]:
    """The duties of each project by its key, with the first evidence of each, or how it stands."""
    found = with_evidence(Project.objects.filter(pk__in=[project.pk for project in projects])).lean()
    return {project.pk: [told(each) for each in standings_of(project)] for project in found}


def told(standing: Standing) -> Duty:
    name, shown = str(standing.duty.title), [each for each in standing.evidence if each.met_on]
    if shown:
        return Duty(name, what_shows(shown[0]), standing.met_on, address_of(shown[0]))
    if standing.is_met_by_page:
        return Duty(name, _("Its page in this portal"), standing.met_on, page_of(standing.project))
    return Duty(name, standing.words)


def what_shows(evidence: DutyEvidence) -> str:
    if evidence.document:
        return words(evidence.document, "title") or evidence.document.filename
    return evidence.note or evidence.address or _("A picture")


def address_of(evidence: DutyEvidence) -> str | None:
    return page_of(evidence.document) if evidence.document else evidence.address or None


tellers.append(duties_told)
