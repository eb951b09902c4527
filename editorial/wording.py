"""A rich text in words alone, as versions and two editors' texts are compared: with what it links to and shows."""

import re
from html import unescape

from django.utils.html import escape, strip_tags
from django.utils.translation import gettext as _

from editorial.facts import TOKEN, facts
from editorial.models import Picture
from editorial.showing import FIGURE, LINK, model_called

END_OF_BLOCK = re.compile(r"<br\s*/?>|</(?:p|h\d|li|blockquote|tr|table|ul|ol|figure|figcaption)>", re.I)
END_OF_CELL = re.compile(r"(?:</p>)?</t[hd]>", re.I)


def mentioned_in(html: str) -> dict[type, set[int]]:
    """The records that a rich text shows or links to: `{Picture: {12}, Project: {3}}`"""
    found = {Picture: {int(pk) for pk, _caption in FIGURE.findall(html)}}
    for label, pk, _words in LINK.findall(html):
        if model := model_called(label):
            found.setdefault(model, set()).add(int(pk))
    return {model: pks for model, pks in found.items() if pks}


def in_words(html: str, name_of) -> str:
    """
    The text without its markup, a line for each paragraph, heading and item. `name_of(model, pk)` says what a record
    is called. A fact is named by its label: “[total budget]”.
    """
    html = FIGURE.sub(lambda figure: figure_in_words(figure, name_of), html)
    html = LINK.sub(lambda link: link_in_words(link, name_of), html)
    text = unescape(strip_tags(END_OF_BLOCK.sub("\n", END_OF_CELL.sub(" | ", html))))
    text = TOKEN.sub(fact_in_words, text)
    return re.sub(r"(?:\s|\|(?= *\n| *$))*\n\s*", "\n", text).strip(" |\n")


def figure_in_words(figure, name_of) -> str:
    name = _("[picture: %(name)s]") % {"name": name_of(Picture, int(figure[1]))}
    return f"{escape(name)} {figure[2]}\n"


def link_in_words(link, name_of) -> str:
    model = model_called(link[1])
    return f"{link[3]} (→ {escape(name_of(model, int(link[2])))})" if model else link[3]


def fact_in_words(token) -> str:
    fact = facts.known.get(token[2])
    if fact is None:
        return token[0]
    return f"[{token[1]}: {fact.label}]" if token[1] else f"[{fact.label}]"
