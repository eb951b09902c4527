from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a record stands on its way to the public: draft → in review → published → withdrawn, or returned."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    RETURNED = "returned", _("Returned")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


SCHEDULED = "scheduled"  # published, from a time to come on: no state of its own, so that nothing need run at that time
STANDINGS = [*State.choices[:3], (SCHEDULED, _("Scheduled")), *State.choices[3:]]
IN_HAND = [State.DRAFT, State.IN_REVIEW, State.RETURNED]  # not public, and not been
