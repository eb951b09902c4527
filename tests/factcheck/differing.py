"""A project and texts that say something else of it than its record."""

from decimal import Decimal

from tests.factories import make_article, make_project

BUDGET = Decimal("1637941.00")
STATED = "EUR 1,467,941.00"
WRONG = f"<p>Its total budget is {STATED} in all.</p>"
RIGHT = "<p>Its total budget is EUR 1,637,941.00 in all.</p>"


def make_known_project(**fields):
    return make_project(**{"total_budget": BUDGET} | fields)


def make_differing_article(project=None, **fields):
    """A draft that states another budget than its project has."""
    return make_article(project or make_known_project(), **{"state": "draft", "body_en": WRONG} | fields)
