"""Texts of the sample: one that is written in several languages says the same in each."""

import re
import tomllib
from collections import defaultdict
from pathlib import Path
from random import Random

from django.utils.text import capfirst

from editorial.translations import column

# The languages of the sample, each with the share of its records that are written in it.
SHARES = {"en": 0.97, "sl": 0.85, "lv": 0.55, "bg": 0.5}
SLOT = re.compile(r"{(\w+)}")
TEXTS = tomllib.loads(Path(__file__).with_name("texts.toml").read_text(encoding="utf-8"))
LAYOUTS = {
    name: [(SLOT.sub("{}", layout), SLOT.findall(layout)) for layout in layouts]
    for name, layouts in TEXTS["layouts"].items()
}
THEMES = defaultdict(list)
for theme in TEXTS["theme"]:
    THEMES[theme["topic"]].append(theme)


def combined(parts: dict[str, list[str]]) -> list[str]:
    """Every word that a head, a middle and a tail make."""
    return [head + middle + tail for head in parts["heads"] for middle in parts["middles"] for tail in parts["tails"]]


class Author:
    """Writes the texts of one record: on one theme of a topic, in the languages that fall to it."""

    def __init__(self, rng: Random, topic: str, **names):
        """`names` are put in as they are: `project`, the `key` by which texts link to it, `city`."""
        self.rng = rng
        languages = [language for language, share in SHARES.items() if rng.random() < share] or ["sl"]
        words = {"theme": rng.choice(THEMES[topic])} | {slot: rng.choice(TEXTS[slot]) for slot in ("groups", "output")}
        names["number"] = rng.randrange(6, 60, 2)
        self.words = {
            language: names | {slot: word[language] for slot, word in words.items()} for language in languages
        }

    def write(self, **fields: str) -> dict[str, str]:
        """Texts for a record's fields, each of a kind or layout of texts.toml: `title="lead"` → `{"title_en": …}`."""
        return {
            column(field, language): text
            for field, kind in fields.items()
            for language, text in self.texts(kind).items()
        }

    def texts(self, kind: str) -> dict[str, str]:
        """One text in each of the languages."""
        layout, kinds = self.rng.choice(LAYOUTS.get(kind) or [("{}", [kind])])
        chosen = [self.rng.choice(TEXTS[each]) for each in kinds]
        return {
            language: layout.format(*(capfirst(sentence[language].format_map(words)) for sentence in chosen))
            for language, words in self.words.items()
        }
