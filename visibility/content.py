"""
What a project's sheets tell of it, in the active language and as its reader may see it: the same facts as its page.

A text is `{"text", "lang"}`, with the language that it is really in, so that it is read out and hyphenated rightly.
"""

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from editorial.formats import country_name, date_range, long_date, percentage, whole_amount
from editorial.showing import FIGURE, resolve
from editorial.translations import language_of
from partners.models import Partner
from projects.who_pays import funding_of
from reports.cells import plain_text
from visibility.sentences import paragraphs


def plain(text: str) -> dict:
    """A text in the reader's language, or one that has none, as a name."""
    return {"text": text, "lang": get_language()}


def told(record, field: str, request) -> dict:
    """A text of a record, with the facts that it names."""
    return {
        "text": resolve(getattr(record, field), record, request=request),
        "lang": language_of(record, field),
    }


def told_at_length(record, field: str, request, is_rich=False) -> dict:
    """A longer text in `paragraphs` of sentences, without its pictures."""
    source = FIGURE.sub("", getattr(record, field) or "")
    words = resolve(source, record, is_rich=is_rich, request=request)
    return {
        "paragraphs": paragraphs(plain_text(words.replace("<li>", "<li>• ")) if is_rich else words),
        "lang": language_of(record, field),
    }


def funding_words(programme, request) -> dict:
    """
    The words beside the emblem: the programme's own or its period's, and the fund where the period names it
    (Impl. Reg. (EU) 821/2014, Article 4; Reg. (EU) 2021/1060, Article 47 and Annex IX).
    """
    source = (programme, "own_statement") if programme.own_statement else (programme.period, "funding_statement")
    return {
        "statement": told(*source, request),
        "fund": told(programme.fund, "name", request) if programme.period.names_fund else None,
        "emblem": _("Emblem of the European Union"),
    }


def money(amount) -> str:
    """What is unknown is not zero."""
    return _("not published") if amount is None else whole_amount(amount)


def rounded(amount: str, is_rounded: bool) -> str:
    return f"{amount} ({_('rounded')})" if is_rounded else amount


def span(project) -> str:
    """From when to when it runs, or the one day that is known. A line breaks between the days alone."""
    if project.start and project.end:
        return date_range(project.start, project.end).replace(" ", "\xa0").replace("–\xa0", "– ")
    day = project.start or project.end
    return long_date(day) if day else _("not published")


def figure(label: str, value: str, note: str = "") -> dict:
    return {"label": label, "value": value, "note": note}


def figures(project) -> list[dict]:
    """The four figures that stand first on the project's page too."""
    rate, months, partners = project.eu_rate, project.months, len(project.consortium)
    of_budget = _("%(rate)s of the budget") % {"rate": percentage(rate)} if rate else ""
    in_months = ngettext("%(months)s month", "%(months)s months", months or 0) % {"months": months}
    from_countries = ngettext("from %(number)s country", "from %(number)s countries", len(project.countries))
    return [
        figure(_("Total budget"), money(project.total_budget)),
        figure(
            _("Union funding"),
            money(project.union_funding),
            rounded(of_budget, project.union_funding_is_rounded).strip(),
        ),
        figure(_("Duration"), span(project), in_months if months else ""),
        figure(
            _("Partnership"),
            ngettext("%(number)s partner", "%(number)s partners", partners) % {"number": partners},
            from_countries % {"number": len(project.countries)},
        ),
    ]


def bar(project) -> list[dict]:
    """Who pays how much, for the bar and the words below it; empty where nothing can be drawn."""
    funding = funding_of(project)
    return [
        {
            "source": part.source,
            "label": str(part.label),
            "amount": rounded(money(part.amount), part.is_rounded),
            "share": percentage(part.share),
            "percent": part.width,
        }
        for part in funding.parts
        if funding.is_drawn
    ]


def partner(participation) -> dict:
    organisation = participation.partner
    role = "" if participation.role == participation.Role.PARTNER else participation.get_role_display()
    where = country_name(organisation.country)
    return {"name": organisation.name, "role": role, "where": f"{organisation.city}, {where}".removeprefix(", ")}


def partners(project) -> list[dict]:
    """The consortium in its order, by which the map numbers it, and those who are associated."""
    associated = [each for each in project.participations.all() if each.role == each.Role.ASSOCIATED]
    return [
        *(partner(each) | {"number": str(number)} for number, each in enumerate(project.consortium, start=1)),
        *(partner(each) | {"number": ""} for each in associated),
    ]


def programme_name(programme, request) -> dict:
    """`Interreg Europe 2021-2027`; the period stands by itself, as a name often has no room for it."""
    return told(programme, "name", request) | {"period": programme.period.code}


def agency_name() -> str:
    agency = Partner.objects.agency()
    return agency.name if agency else _("Interreg Portal")
