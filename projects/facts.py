"""The facts of a project that texts can name."""

from django.utils.translation import gettext_lazy as _

from editorial.facts import Fact, facts
from editorial.formats import amount, long_date, number
from projects.models import Project


def known(value, say):
    """Put a value into words; None where it isn't known."""
    return None if value is None else say(value)


facts.about(
    Project,
    load=lambda projects: projects.with_counts().lean(*Project.long_texts),
    is_loaded=lambda project: hasattr(project, "partner_count"),
)
facts.add(
    Fact("total_budget", _("total budget"), lambda project: known(project.total_budget, amount)),
    Fact("union_funding", _("Union funding"), lambda project: known(project.union_funding, amount)),
    Fact("start_date", _("start"), lambda project: known(project.start, long_date)),
    Fact("end_date", _("end"), lambda project: known(project.end, long_date)),
    Fact("duration_months", _("duration in months"), lambda project: known(project.months, number)),
    Fact("partner_count", _("number of partners"), lambda project: known(project.partner_count or None, number)),
    Fact("country_count", _("number of countries"), lambda project: known(project.country_count or None, number)),
)
