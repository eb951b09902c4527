from django.contrib import admin

from news.models import Article, Event
from partners.models import Partner
from projects.models import Project
from reports.downloads import offer
from reports.tables.articles import ARTICLES
from reports.tables.events import EVENTS
from reports.tables.participations import PARTICIPATIONS
from reports.tables.partners import PARTNERS
from reports.tables.practices import PRACTICES
from reports.tables.projects import PROJECTS
from reports.tables.targets import TARGETS
from results.models import GoodPractice

# The reports that the list of a model offers for the records selected in it.
OFFERED = {
    Project: [PROJECTS, PARTICIPATIONS, TARGETS],
    Partner: [PARTNERS],
    Article: [ARTICLES],
    Event: [EVENTS],
    GoodPractice: [PRACTICES],
}

for model, reports in OFFERED.items():
    for report in reports:
        offer(report, admin.site.get_model_admin(model))
