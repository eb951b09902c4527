from results.models.indicators import Indicator, Target
from results.models.policy import ActionPlan, PolicyChange, PolicyInstrument
from results.models.practices import GoodPractice
from results.models.reporting import Measurement, ReportingPeriod

__all__ = [
    "ActionPlan",
    "GoodPractice",
    "Indicator",
    "Measurement",
    "PolicyChange",
    "PolicyInstrument",
    "ReportingPeriod",
    "Target",
]
