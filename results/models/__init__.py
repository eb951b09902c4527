from results.models.indicators import Indicator, Measurement, ReportingPeriod, Target
from results.models.policy import ActionPlan, PolicyChange, PolicyInstrument
from results.models.practices import GoodPractice

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
