"""Texts stand in the order of the reader's alphabet, the same on both databases."""

import pytest
from django.db.models import F
from django.utils.translation import override

from editorial.alphabets import alphabetical, reading_order
from partners.models import Partner
from tests.factories import make_partner

IN_ORDER = {
    "bg": "10 асансьор Асеновград идея ион йод Ъгъл Ямбол Яна INNO",
    "cs": "cena čas had chata ih řeka zima žena",
    "de": "Apfel Äpfel Ärger arm Ofen Öl über Uhr Zug",
    "el": "άλφα βήτα Ωμέγα alfa",
    "en": "1 10 2 alfa Alfa ALFA Émile eta Zagreb",
    "es": "nube nz ñu ocio",
    "et": "sala šokk zoo žest tamm vesi õun ärm öö üks",
    "hu": "cukor csata gz gyár oz öt suz szabó út uz üz zug zseb",
    "lv": "āda cits čaka gads ģerbonis iela īss kalns ķegums lauki ļaudis sala šķūnis zeme žogs",
    "pl": "ar ąż lody łódź sok śnieg zima źle żaba",
    "ro": "az ăla âla iz îmi sz șa tz ţară țel",
    "sk": "cas čas ďaleko dom hora chata oz ôsmy zima žaba",
    "sl": "ab AB cesta čebela Đakovo emona sola šola Zagreb zrno žito",
    "sv": "apa zoo åka Ål ära öl",
}


def mixed(words) -> list[str]:
    """The same words in an order of no meaning: by their last letters."""
    return sorted(words, key=lambda word: word[::-1])


def sorted_by_database() -> list[str]:
    return list(Partner.objects.order_by(alphabetical(F("name")), "pk").values_list("name", flat=True))


@pytest.mark.parametrize("language", IN_ORDER)
def test_words_stand_in_the_order_of_the_alphabet(language):
    words = IN_ORDER[language].split()
    with override(language):
        assert sorted(mixed(words), key=reading_order) == words


@pytest.mark.django_db
@pytest.mark.parametrize("language", IN_ORDER)
def test_the_database_puts_them_into_the_same_order(language):
    words = IN_ORDER[language].split()
    for word in mixed(words):
        make_partner(name=word)
    with override(language):
        assert sorted_by_database() == words


@pytest.mark.django_db
def test_every_official_language_has_an_order(settings):
    make_partner(name="alfa")
    for language in settings.MODELTRANSLATION_LANGUAGES:
        with override(language):
            assert sorted_by_database() == ["alfa"]
