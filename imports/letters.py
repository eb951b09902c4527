"""Addresses of pages from names in any of the Union's alphabets."""

import re

from django.utils.text import slugify

from search.words import folded

GREEK = {
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k", "λ": "l",
    "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "τ": "t", "υ": "y", "φ": "f", "χ": "ch",
    "ψ": "ps", "ω": "o",
}  # fmt: skip
CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "к": "k", "л": "l",
    "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "ts",
    "ч": "ch", "ш": "sh", "щ": "sht", "ъ": "a", "ь": "y", "ю": "yu", "я": "ya", "і": "i", "ј": "j", "љ": "lj",
    "њ": "nj", "ћ": "c", "ђ": "dj", "џ": "dz", "є": "ye", "ы": "y", "э": "e",
}  # fmt: skip
LATIN = str.maketrans(GREEK | CYRILLIC)
LONGEST = 60  # characters, so that a number fits behind them


def address_of(name: str, otherwise: str) -> str:
    """`Μονάδα 2` → `monada-2`; `otherwise` where nothing of the name can be said in Latin letters."""
    words = "-".join(folded(word).translate(LATIN) for word in re.split(r"[\s/-]+", name))
    return slugify(words)[:LONGEST].strip("-") or otherwise


class Addresses:
    """Gives addresses that no record of a model has, nor had."""

    def __init__(self, model, former):
        self.taken = set(model.objects.values_list("slug", flat=True))
        self.taken |= set(former.objects.filter(kind=model._meta.label_lower).values_list("former", flat=True))
        self.last = {}

    def new(self, name: str, otherwise: str) -> str:
        stem = found = address_of(name, otherwise)
        number = self.last.get(stem, 1)
        while found in self.taken:
            number += 1
            found = f"{stem}-{number}"
        self.last[stem] = number
        self.taken.add(found)
        return found
