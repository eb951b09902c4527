"""What amounts and shares are about: the total budget, the Union's part, or something else."""

from collections.abc import Iterator

from factcheck.findings import CheckedFact
from factcheck.reading.context import FAR, FOREIGN, PROJECT, Context, follows_number
from factcheck.reading.items import Item
from factcheck.reading.statement import Statement

NEAR = 6  # words within which a word such as “own” or “each” says whose amount it is
BESIDE = 3
PARTNERS = ("partner_name", "partner", "lead")
PARTNERS = ("partner_name", "partner", "lead")
UNION = ("union", "fund")


def statements(items: list[Item]) -> Iterator[Statement]:
    for place, item in enumerate(items):
        context = Context(items, place)
        about = {"amount": amount, "percent": share}.get(item.kind)
        if about and (found := about(context)):
            fact, *otherwise = found
            approximately, softened = (
                context.approximately(),
                context.is_softened() or bool(context.in_clause("change")),
            )
            yield Statement(fact, item.start, item.end, item.value, approximately, softened, tuple(otherwise))


def amount(context: Context) -> list[CheckedFact]:
    """The facts that an amount may be, the likeliest first."""
    total, union = nearest_total(context), nearest_union(context)
    nearest = min(total, union)
    if nearest == FAR or is_a_part(context, nearest) or belongs_to_something_else(context):
        return []
    ways = {CheckedFact.TOTAL_BUDGET: total, CheckedFact.UNION_FUNDING: union - preference(context, total, union)}
    return sorted((fact for fact in ways if ways[fact] < FAR - NEAR), key=ways.get)


def nearest_total(context) -> int:
    """How far the words are that name a budget, or a sum that is the project's and not said to be the Union's."""
    if is_called_total(context):
        return 1
    budget = nearest_own(context, "budget")
    if budget < FAR or not context.has(*PROJECT) or context.in_clause(*UNION):
        return budget
    return nearest_own(context, "total", "sum")


def is_called_total(context) -> bool:
    """`Budget: ERDF 1.33 million, total 1.64 million`: whether the word beside an amount makes it the whole budget."""
    beside = context.items[max(context.place - 2, 0) : context.place + BESIDE]
    is_total = any(item.means("total") for item in beside) and context.sentence_names("budget")
    return is_total and not context.in_clause(*UNION)


def nearest_own(context, *concepts) -> int:
    """The distance to the nearest such word that isn't another amount's: `of a budget of 2 million, 30,000 are ours`"""
    places = [place for place in context.places(*concepts) if not context.figures_since(place)]
    return min(map(context.distance, places), default=FAR)


def nearest_union(context) -> int:
    """How far the words are that name the Union or its fund, where something is said to be paid."""
    return context.nearest(*UNION) if context.has("support", "budget", "fund") else FAR


def preference(context, total, union) -> int:
    """`EFRE-Budget: …`: of a budget and a fund on the same side of the amount, the fund says more."""
    same_side = any(context.nearest(*UNION, **{side: False}) == union for side in sides(context, total))
    return 2 if same_side and union < FAR else 0


def sides(context, total) -> list[str]:
    """The side on which the nearest word for a budget doesn't stand, as an argument of `nearest`."""
    return [side for side in ("before", "after") if context.nearest("budget", **{side: False}) == total]


def is_a_part(context, nearest) -> bool:
    """Whether it is an own or national share, a difference, or an amount for each."""
    return context.nearest("own", "each", "difference") <= min(nearest + BESIDE, NEAR)


def belongs_to_something_else(context) -> bool:
    """Whether the clause names something else that has a budget, and no project between that and the amount."""
    owners = context.in_clause(*FOREIGN, *PARTNERS)
    if not (context.has("total", within=NEAR) and context.has("budget", within=NEAR)):
        owners += [place for place in range(context.place) if context.items[place].means(*PARTNERS)]
        if names_lead_partner(context) or speaks_of_something_else(context):
            return True
    owners = [place for place in owners if is_owner(context, place)]
    return any(not is_project_between(context, place) for place in owners)


def names_lead_partner(context) -> bool:
    """Whether the sentence began with the lead partner: what follows is said of it, though it names the project."""
    leads = [place for place in range(context.place) if context.items[place].means("lead")]
    return any(item.means("partner") for place in leads for item in context.items[place : place + 2])


def speaks_of_something_else(context) -> bool:
    """Whether the clause doesn't name the project, and the last thing named before it isn't the project."""
    if context.in_clause(*PROJECT):
        return False
    named = [item for item in context.items[: context.place] if item.means(*PROJECT, *FOREIGN)]
    return bool(named) and not named[-1].means(*PROJECT)


def is_project_between(context, place) -> bool:
    first, last = sorted((place, context.place))
    return any(item.means(*PROJECT) for item in context.items[first + 1 : last])


def is_owner(context, place) -> bool:
    item, items = context.items[place], context.items
    if item.means("own_name", "name") or (item.means("project") and not item.means("partner")):
        return False
    if item.means("partner") and (follows_number(items, place) or item.means("country")):
        return False
    return place < context.place or context.distance(place) <= BESIDE


def share(context: Context) -> list[CheckedFact]:
    """A percentage is the rate of co-financing where the Union's part is named and nobody else's."""
    union, support = context.nearest("union", "fund"), context.nearest("support")
    if union == FAR or (support == FAR and not context.has("fund")) or min(union, support) > NEAR * 2:
        return []
    if not (context.has("fund") or context.sentence_names(*PROJECT) or context.is_label()):
        return []  # the share of industry in the EU's economy
    if context.nearest("own", "each", "difference") <= union or context.is_about_something_else():
        return []
    return [CheckedFact.RATE]
