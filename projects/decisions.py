"""What a decision changed, in the reader's words and notation; the figures stand apart, as no grammar bends them."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from editorial.formats import amount, listing, long_date, number


@dataclass(frozen=True)
class Told:
    """One thing that changed: a sentence, and figures with their labels: `[("New end", "31 January 2023"), …]`"""

    sentence: str
    figures: list[tuple[str, str]] = field(default_factory=list)


def told(amendment, partnership) -> list[Told]:
    """All that an amendment changed, without its reason. `partnership` are its PartnershipChanges."""
    parts = [
        of_end(amendment.previous_end, amendment.new_end),
        of_total_budget(amendment.previous_total_budget, amendment.new_total_budget),
        of_union_funding(amendment.previous_union_funding, amendment.new_union_funding),
        *of_partners(partnership),
        of_counts(amendment),
    ]
    return [part for part in parts if part]


def before_and_after(label, previous, new, say) -> list[tuple[str, str]]:
    """What stands there now and what stood there before, each “not published” where it isn't known."""
    unknown = _("not published")
    return [
        (label, unknown if new is None else say(new)),
        (_("Previously"), unknown if previous is None else say(previous)),
    ]


def of_end(previous: date | None, new: date | None) -> Told | None:
    if previous == new:
        return None
    sentence = moved_end(previous, new) if previous and new else ""
    return Told(sentence, before_and_after(_("New end"), previous, new, long_date))


def moved_end(previous: date, new: date) -> str:
    """In months where the end was moved by whole ones, else in days."""
    first, last = sorted([previous + timedelta(days=1), new + timedelta(days=1)])
    months = (last.year - first.year) * 12 + last.month - first.month
    is_later = new > previous
    if first.day != last.day:
        return moved_by_days((last - first).days, is_later)
    if is_later:
        sentence = ngettext("Extended by %(months)s month", "Extended by %(months)s months", months)
    else:
        sentence = ngettext("Shortened by %(months)s month", "Shortened by %(months)s months", months)
    return sentence % {"months": number(months)}


def moved_by_days(days: int, is_later: bool) -> str:
    if is_later:
        sentence = ngettext("Extended by %(number)s day", "Extended by %(number)s days", days)
    else:
        sentence = ngettext("Shortened by %(number)s day", "Shortened by %(number)s days", days)
    return sentence % {"number": number(days)}


def of_total_budget(previous, new) -> Told | None:
    raised, reduced = _("Total budget raised by %(amount)s"), _("Total budget reduced by %(amount)s")
    return of_amount(previous, new, raised, reduced, _("New total budget"))


def of_union_funding(previous, new) -> Told | None:
    raised, reduced = _("Union funding raised by %(amount)s"), _("Union funding reduced by %(amount)s")
    return of_amount(previous, new, raised, reduced, _("New Union funding"))


def of_amount(previous, new, raised, reduced, label) -> Told | None:
    if previous == new:
        return None
    sentence = ""
    if None not in (previous, new):
        sentence = (raised if new > previous else reduced) % {"amount": amount(abs(new - previous))}
    return Told(sentence, before_and_after(label, previous, new, amount))


def of_partners(partnership) -> list[Told]:
    """Who joined, who left, and who leads."""
    names = {
        what: [str(each.partner) for each in partnership if each.what == what] for what in ("joined", "left", "leads")
    }
    sentences = [
        (names["joined"], ngettext("New partner: %(names)s", "New partners: %(names)s", len(names["joined"]))),
        (
            names["left"],
            ngettext("No longer a partner: %(names)s", "No longer partners: %(names)s", len(names["left"])),
        ),
        (names["leads"], _("New lead partner: %(names)s")),
    ]
    return [Told(sentence % {"names": listing(who)}) for who, sentence in sentences if who]


def of_counts(amendment) -> Told | None:
    """How many partners from how many countries there were and are, as far as it is known and changed."""
    figures = []
    for label, previous, new in (
        (_("Number of partners"), amendment.previous_partner_count, amendment.new_partner_count),
        (_("Number of countries"), amendment.previous_country_count, amendment.new_country_count),
    ):
        if None not in (previous, new) and previous != new:
            figures += before_and_after(label, previous, new, number)
    return Told("", figures) if figures else None


def as_approved(project, fact: str):
    """What the `end`, `total_budget` or `union_funding` was before all decisions; None where that isn't known."""
    changes = [each for each in project.amendments.all() if each.changes_fact(fact)]
    before, after = ([getattr(each, f"{when}_{fact}") for each in changes] for when in ("previous", "new"))
    # The days of decisions needn't be known: what no decision led to stands first.
    return next((value for value in before if value not in after), before[0]) if changes else getattr(project, fact)
