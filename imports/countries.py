"""Countries as lists name them: by code, or by name in any language of the Union."""

from functools import cache

from django.conf import settings

from editorial.fields import CountryField
from editorial.formats import NO_COUNTRY, locale_of
from search.words import folded

# Names that CLDR has not, or no longer.
OTHERS = {
    "Czech Republic": "CZ", "Slovak Republic": "SK", "Turkey": "TR", "Türkiye": "TR", "Great Britain": "GB",
    "England": "GB", "Scotland": "GB", "Wales": "GB", "Northern Ireland": "GB", "Cymru": "GB",
    "The Netherlands": "NL", "Holland": "NL", "Macedonia": "MK", "FYROM": "MK", "Republic of North Macedonia": "MK",
    "Republic of Moldova": "MD", "Republic of Ireland": "IE", "Republic of Serbia": "RS",
    "Republic of Slovenia": "SI", "Republic of Croatia": "HR", "Bosnia": "BA", "Russia": "RU",
    "Russian Federation": "RU", "Hellas": "GR", "Česká republika": "CZ", "Slovenská republika": "SK",
    "Republika Slovenija": "SI", "Republika Hrvatska": "HR", "Bundesrepublik Deutschland": "DE",
    "Rzeczpospolita Polska": "PL", "Republik Österreich": "AT", "Belarus": "BY",
}  # fmt: skip


@cache
def names() -> dict[str, str]:
    """Folded names and codes with the codes of ISO 3166."""
    found = {}
    for language in reversed(settings.MODELTRANSLATION_LANGUAGES):
        for code, name in locale_of(language).territories.items():
            if len(code) == 2 and code.isalpha() and code not in NO_COUNTRY:
                found[folded(name)] = code
    codes = {folded(code): code for code in set(found.values())}
    european = {folded(code): ours for code, ours in CountryField.EUROPEAN_CODES.items()}
    return found | {folded(name): code for name, code in OTHERS.items()} | codes | european


def country_named(text: str) -> str:
    """`AUSTRIA`, `Österreich`, `AT` → `AT`; `EL` → `GR`; empty where there is no such country."""
    return names().get(folded(text), "")
