from projects.models.documents import Document
from projects.models.funding import Fund, Programme, ProgrammingPeriod, SpecificObjective, Topic
from projects.models.participation import Participation, StakeholderGroup, StakeholderMember
from projects.models.project import Amendment, Phase, Project, ProjectWebsite, check_project

__all__ = [
    "Amendment",
    "Document",
    "Fund",
    "Participation",
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
