from projects.models.amendments import Amendment, PartnershipChange
from projects.models.documents import Document
from projects.models.elsewhere import AmountElsewhere
from projects.models.funding import Fund, Programme, ProgrammingPeriod, SpecificObjective, Topic
from projects.models.participation import Participation, StakeholderGroup, StakeholderMember
from projects.models.project import Phase, Project, ProjectWebsite, check_project

__all__ = [
    "Amendment",
    "AmountElsewhere",
    "Document",
    "Fund",
    "Participation",
    "PartnershipChange",
    "Phase",
    "Programme",
    "ProgrammingPeriod",
    "Project",
    "ProjectWebsite",
    "SpecificObjective",
    "StakeholderGroup",
    "StakeholderMember",
    "Topic",
    "check_project",
]
