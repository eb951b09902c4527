"""
Texts as they are read: facts in the reader's words, links that lead to their records, figures with their pictures.

A page's texts are resolved together at its end, so that it takes one query for the facts, one for the pictures and
one for each kind of record that is linked to, however many texts there are.
"""

import re
from dataclasses import dataclass
from secrets import token_hex

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import get_language, gettext

from editorial.facts import TOKEN, by_slug, facts, tokens_in
from editorial.models import Picture
from editorial.previews import shown_by_link
from editorial.views import reader

FIGURE = re.compile(r'<figure data-picture="(\d+)"><figcaption>(.*?)</figcaption></figure>', re.S)
LINK = re.compile(r'<a href="record:([a-z_]+\.[a-z_]+)/(\d+)">(.*?)</a>', re.S)


@dataclass(frozen=True)
class Text:
    """A text of a record in a language. `words`: how many are shown at most, for one that isn't rich."""

    source: str
    record: Model | None
    language: str = ""
    is_rich: bool = False
    words: int = 0


def has_page(model) -> bool:
    """Whether the records of a model have public pages, or files, of their own."""
    return hasattr(model, "get_absolute_url") and hasattr(model._default_manager.none(), "visible_to")


def seen(request, model, user=None):
    """The records of a model with pages that the page's reader may see; without a page the user, or any visitor."""
    records = model._default_manager
    if request is None:
        return records.visible_to(user or AnonymousUser())
    return records.visible_to(reader(request)) | shown_by_link(request, model)


def model_called(label: str):
    """`projects.project` → Project; None where there is no such model."""
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None


def is_at_hand(subject: Model) -> bool:
    """Whether the page has read the record with all that its facts need, and everyone may see it."""
    return facts.is_loaded(subject) and subject.is_public


class Texts:
    """The texts of a page. `later` keeps a place for one, `fill` puts all of them into theirs."""

    def __init__(self, request=None):
        self.request, self.waiting, self.mark = request, [], token_hex(8)

    def later(self, text: Text) -> SafeString:
        self.waiting.append(text)
        return mark_safe(f"{self.mark}-{len(self.waiting) - 1};")  # noqa: S308

    def fill(self, page: str) -> SafeString:
        found = Found(self.request, self.waiting)
        place = re.compile(rf"{self.mark}-(\d+);")
        return mark_safe(place.sub(lambda number: found.shown(self.waiting[int(number[1])]), page))  # noqa: S308


class Found:
    """What some texts refer to, as far as their reader may see it: the request's, without one the user or a visitor."""

    def __init__(self, request, texts: list[Text], user=None):
        self.request, self.user = request, user
        rich = [text.source for text in texts if text.is_rich]
        self.pictures = self.pictures_in(rich)
        self.addresses = self.addresses_in(rich)
        named = [(text, tokens_in(text.source)) for text in texts if "[[" in text.source]
        slugs = {slug for _text, tokens in named for slug, _name in tokens if slug}
        own = {id(text): self.subject(text) for text, tokens in named if any(not slug for slug, _name in tokens)}
        self.own = {text: subject.pk for text, subject in own.items() if subject}
        at_hand = {subject.pk: subject for subject in own.values() if subject and is_at_hand(subject)}
        self.by_slug, by_pk = self.subjects(slugs, set(self.own.values()) - at_hand.keys())
        self.by_pk = by_pk | at_hand

    def subject(self, text: Text) -> Model | None:
        """The one record that the text's own facts are about, if there is one."""
        subjects = facts.subjects_of(text.record)
        return subjects[0] if len(subjects) == 1 else None

    def subjects(self, slugs: set, pks: set) -> tuple[dict, dict]:
        if not (slugs or pks):
            return {}, {}
        visible = seen(self.request, facts.model, self.user)
        found = list(facts.load(visible.filter(Q(pk__in=pks) | Q(slug__in=slugs))))
        slugged = {record.slug: record for record in found}
        return slugged | by_slug(facts.load(visible), slugs - slugged.keys()), {record.pk: record for record in found}

    def pictures_in(self, sources) -> dict[str, Picture]:
        pks = {pk for source in sources for pk, _caption in FIGURE.findall(source)}
        return {str(picture.pk): picture for picture in Picture.objects.filter(pk__in=pks).lean()} if pks else {}

    def addresses_in(self, sources) -> dict[tuple[str, str], str]:
        """`{("projects.project", "12"): "/sl/projects/inno-industry/"}`"""
        wanted = {}
        for label, pk, _words in (link for source in sources for link in LINK.findall(source)):
            wanted.setdefault(label, set()).add(pk)
        return {
            (label, str(record.pk)): record.get_absolute_url()
            for label, pks in wanted.items()
            if (model := model_called(label)) and has_page(model)
            for record in seen(self.request, model, self.user).filter(pk__in=pks).lean()
        }

    def shown(self, text: Text) -> str:
        """The text as HTML."""
        told = self.told(text)
        if not text.is_rich:
            return escape(Truncator(told).words(text.words) if text.words else told)
        html = LINK.sub(self.link, told)
        html = FIGURE.sub(lambda figure: self.figure(figure, text.language), html)
        opening = format_html(
            '<div class="table-scroll" role="region" tabindex="0" aria-label="{}"><table>', gettext("Table")
        )
        return html.replace("<table>", opening).replace("</table>", "</table></div>")

    def told(self, text: Text) -> str:
        """The text with its facts in the reader's words."""
        say = escape if text.is_rich else str
        return TOKEN.sub(lambda token: say(self.fact(token[1], token[2], text)), text.source)

    def fact(self, slug, name, text) -> str:
        return self.known(slug, name, text) or gettext("not published")

    def known(self, slug, name, text) -> str | None:
        """A fact in the reader's words; None where it isn't known, or not to the reader."""
        subject = self.by_slug.get(slug) if slug else self.by_pk.get(self.own.get(id(text)))
        fact = facts.known.get(name)
        return fact.say(subject) if fact and subject else None

    def unknown_in(self, text: Text) -> list[str]:
        """What a text names that shows as “not published”: `["[[union_funding]]"]`"""
        return [token[0] for token in TOKEN.finditer(text.source) if not self.known(token[1], token[2], text)]

    def link(self, link: re.Match) -> str:
        """What isn't public any more is no link: its words stay."""
        address = self.addresses.get((link[1], link[2]))
        return f'<a href="{escape(address)}">{link[3]}</a>' if address else link[3]

    def figure(self, figure: re.Match, language: str) -> str:
        """What is no longer in the library leaves nothing behind, its caption neither."""
        picture = self.pictures.get(figure[1])
        if picture is None:
            return ""
        other = language if language and language != get_language() else ""
        caption = mark_safe(figure[2])  # noqa: S308 - cleaned when it was saved
        return render_to_string(
            "components/picture.html", {"picture": picture, "caption": caption, "caption_language": other}
        )


def resolve(source: str, record=None, *, is_rich=False, request=None) -> str:
    """
    One text by itself, as the request's reader may see it, without a request as any visitor: HTML of a rich text,
    plain text otherwise. For feeds, files and messages; a page's texts go through the tags of `texts.py` together.
    """
    text = Text(source or "", record, is_rich=is_rich)
    found = Found(request, [text])
    return mark_safe(found.shown(text)) if is_rich else found.told(text)  # noqa: S308


def for_staff(html: str) -> SafeString:
    """A rich text in the back office: a link leads to the record's form, a picture is shown; takes no query."""
    html = LINK.sub(lambda link: format_html('<a href="{}">{}</a>', record_form(link), mark_safe(link[3])), html)  # noqa: S308
    picture = '<figure><img src="{}" alt=""><figcaption>{}</figcaption></figure>'
    html = FIGURE.sub(lambda figure: format_html(picture, picture_shown(figure), mark_safe(figure[2])), html)  # noqa: S308
    return mark_safe(html)  # noqa: S308 - cleaned when it was saved


def record_form(link: re.Match) -> str:
    return reverse("record_form", args=[link[1], link[2]])


def picture_shown(figure: re.Match) -> str:
    return reverse("admin:editorial_picture_shown", args=[figure[1]])
