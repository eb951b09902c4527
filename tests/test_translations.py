"""The interface is complete in every language that `make messages` keeps, and its sentences fit their values."""

import re
from functools import cache
from io import BytesIO
from pathlib import Path

import django
import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation import ngettext, override
from django.utils.translation.template import templatize

ROOT = Path(settings.BASE_DIR)
LANGUAGES = re.search(r"^INTERFACE_LANGUAGES := (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)[
    1
].split()
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%[sd]")


def sources():
    for app in settings.PORTAL_APPS:
        for path in (ROOT / app).rglob("*.py"):
            yield path, path.read_bytes()
    for path in (ROOT / "templates").rglob("*.html"):
        yield path, flush_left(templatize(path.read_text(encoding="utf-8"))).encode()


def flush_left(text):
    """What is left of a template keeps its indents, which mean nothing, but not to Python."""
    return "\n".join(line.lstrip() for line in text.splitlines())


@cache
def texts_in_use():
    """Every text that the code and the templates mark for translation, as (context, text)."""
    found = set()
    for path, source in sources():
        for _line, message, _comments, context in extract("python", BytesIO(source), KEYWORDS):
            text = message[0] if isinstance(message, tuple) else message
            assert text, f"an empty text in {path}"
            found.add((context, text))
    return found


def catalogue(language):
    path = ROOT / "locale" / language / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        return read_po(file, locale=language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_in_use_is_translated(language):
    messages = catalogue(language)
    missing = []
    for context, text in texts_in_use():
        message = messages.get(text, context)
        forms = [message.string] if message and isinstance(message.string, str) else (message.string if message else [])
        if not forms or not all(forms) or message.fuzzy:
            missing.append(text)
    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_all_plural_forms_and_the_placeholders_of_its_text(language):
    messages = catalogue(language)
    for message in messages:
        if not message.id:
            continue
        texts = message.id if isinstance(message.id, tuple) else (message.id,)
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        assert len(forms) == (messages.num_plurals if len(texts) > 1 else 1), message.id
        wanted = set(PLACEHOLDER.findall(texts[-1]))
        for form in forms:
            assert set(PLACEHOLDER.findall(form)) in (wanted, set(PLACEHOLDER.findall(texts[0]))), message.id


def translated(language, path):
    """The (context, text) pairs that a catalogue translates; none where there is no such file."""
    if not path.exists():
        return set()
    with path.open("rb") as file:
        messages = read_po(file, locale=language)
    return {(message.context, plain(message.id)) for message in messages if message.string and not message.fuzzy}


def plain(text):
    return text[0] if isinstance(text, tuple) else text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("app", ["admin", "auth"])
def test_what_django_says_in_the_back_office_is_translated_by_django_or_by_us(language, app):
    folder = Path(django.__file__).parent / "contrib" / app / "locale"
    with (folder / "en" / "LC_MESSAGES" / "django.po").open("rb") as file:
        wanted = {(message.context, plain(message.id)) for message in read_po(file) if message.id}
    ours = [ROOT / "locale", ROOT / "locale" / "django"]
    known = [translated(language, path / language / "LC_MESSAGES" / "django.po") for path in [folder, *ours]]
    assert wanted - set.union(*known) == set()


def test_slovenian_counts_one_two_three_and_five_differently():
    with override("sl"):
        words = {ngettext("%(number)s partner", "%(number)s partners", number) for number in (1, 2, 3, 5)}
    assert len(words) == 4
