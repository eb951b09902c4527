"""
How the EU names languages, countries, kinds of file and topics: addresses of the authority tables of its Publications
Office (https://op.europa.eu/en/web/eu-vocabularies/authority-tables), which DCAT-AP asks for.
"""

from functools import cache

from babel.core import get_global

TABLES = "http://publications.europa.eu/resource/authority/"
LANGUAGES = {
    "bg": "BUL", "cs": "CES", "da": "DAN", "de": "DEU", "el": "ELL", "en": "ENG", "es": "SPA", "et": "EST",
    "fi": "FIN", "fr": "FRA", "ga": "GLE", "hr": "HRV", "hu": "HUN", "it": "ITA", "lt": "LIT", "lv": "LAV",
    "mt": "MLT", "nl": "NLD", "pl": "POL", "pt": "POR", "ro": "RON", "sk": "SLK", "sl": "SLV", "sv": "SWE",
}  # fmt: skip
FORMER = {"BUR", "DDR", "FXX", "TMP", "YMD", "ZAR"}  # codes of countries that are called otherwise today
PUBLIC = f"{TABLES}access-right/PUBLIC"
AS_IT_CHANGES = f"{TABLES}frequency/UPDATE_CONT"


def language(code: str) -> str:
    """`sl` → `…/language/SLV`"""
    return f"{TABLES}language/{LANGUAGES[code]}"


def file_type(code: str) -> str:
    return f"{TABLES}file-type/{code}"


# The table's own English names of the themes that the datasets have.
THEMES = {"ECON": "Economy and finance", "GOVE": "Government and public sector", "REGI": "Regions and cities"}


def theme(code: str) -> str:
    return f"{TABLES}data-theme/{code}"


def media_type(name: str) -> str:
    """`text/csv` as IANA registered it."""
    return f"https://www.iana.org/assignments/media-types/{name}"


@cache
def three_letters() -> dict[str, str]:
    """ISO 3166-1 codes of three letters by those of two, from CLDR: `{"SI": "SVN", …}`"""
    aliases = get_global("territory_aliases").items()
    codes = ((long, short[0]) for long, short in aliases if len(short) == 1 and len(long) == 3 and long.isalpha())
    return {short: long for long, short in codes if long not in FORMER}


def country(code: str) -> str | None:
    """`SI` → `…/country/SVN`; None for a code that is no country's."""
    long = three_letters().get(code)
    return f"{TABLES}country/{long}" if long else None
