"""Until when a project's record must be kept."""

from datetime import date

KEPT_YEARS = 5
KEPT_YEARS_WITH_STATE_AID = 10


def retention_ends(last_paid_in: int | None, has_state_aid: bool) -> date | None:
    """
    The last day on which documents must be kept: five years, or ten with state aid, from 31 December of the year of the
    last payment (Reg. (EU) 2021/1060, Article 82(1)). None while that year isn't known.
    """
    if last_paid_in is None:
        return None
    return date(last_paid_in + (KEPT_YEARS_WITH_STATE_AID if has_state_aid else KEPT_YEARS), 12, 31)


def kept_until(project) -> date | None:
    """
    The last day of both duties, to keep the documents and to keep the results; None while the last payment isn't known,
    as then nobody can tell.
    """
    retention = getattr(project, "retention", None)
    if retention is None or retention.ends is None:
        return None
    return max(filter(None, [retention.ends, project.durability_ends]))
