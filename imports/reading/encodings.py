"""In which encoding a text was written: by what its letters would be in each, and by the words of headers in it."""

import codecs

from django.utils.translation import gettext as _

from imports.headers import found_in
from imports.reading.tables import Refused

BOMS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]

# The letters beyond a–z of languages, with the encodings that they used to be written in, the likeliest first.
WESTERN, CENTRAL, BALTIC = ("cp1252",), ("cp1250", "iso8859-2"), ("cp1257", "iso8859-13")
GREEK, CYRILLIC, TURKISH = ("cp1253", "iso8859-7"), ("cp1251", "iso8859-5"), ("cp1254",)
ALPHABETS = [
    ("äöüß", WESTERN),
    ("àâæçéèêëîïôœùûü", WESTERN),
    ("áéíñóúüçàèòïªº", WESTERN),
    ("ãáàâçéêíóôõúªº", WESTERN),
    ("àèéìòù", WESTERN),
    ("åäöéü", WESTERN),
    ("æøåéö", WESTERN),
    ("áéëèïóöüêç", WESTERN),
    ("õäöüšž", WESTERN),
    ("áéíóúŵŷâêôûàö", WESTERN),
    ("áčďéěíňóřšťúůýž", CENTRAL),
    ("áäčďéíĺľňóôŕšťúýžěřů", CENTRAL),
    ("ąćęłńóśźż", CENTRAL),
    ("áéíóöőúüű", CENTRAL),
    ("čšžćđ", CENTRAL),
    ("ăâîșțşţ", CENTRAL),
    ("āčēģīķļņšūžōŗ", BALTIC),
    ("ąčęėįšųūž", BALTIC),
    ("äöõüšž", BALTIC),
    ("αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋΐΰ", GREEK),
    ("абвгдежзийклмнопрстуфхцчшщъыьэюяѝђѓєіїјљњћќџ", CYRILLIC),
    ("çğıöşüâîİ", TURKISH),
]
EVERYWHERE = set("„“”‘’‚–—…€£§°«»•·´©®¹²³¼½¾\xa0\xad™‐")
SAMPLE = 200_000
BEGINNING = 6000  # bytes, in which the headers are
NEAR = 0.2  # of the best share


def text_of(content: bytes, encoding="") -> tuple[str, str]:
    """The text with the name of its encoding, as someone says or as it is found. Raises Refused where it is no text."""
    if encoding:
        return said_to_be(content, encoding), encoding
    for mark, encoding in BOMS:
        if content.startswith(mark):
            return decoded(content, encoding), encoding.removesuffix("-sig")
    if b"\0" in content[:SAMPLE]:
        raise no_text()
    try:
        return content.decode(), "utf-8"
    except UnicodeDecodeError:
        encoding = likeliest(content)
        return decoded(content, encoding), encoding


def said_to_be(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeError as problem:
        raise Refused(_("The file can't be read in this encoding. Choose another one.")) from problem


def no_text() -> Refused:
    return Refused(
        _("This is no list: the file holds neither text nor a spreadsheet. Send XLSX, ODS, XLS, CSV or JSON.")
    )


def decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeError as problem:
        raise no_text() from problem


def likeliest(content: bytes) -> str:
    """The encoding in which the most of what is beyond ASCII are letters of one language."""
    beyond = bytes(byte for byte in content[:SAMPLE] if byte >= 0x80) or bytes(byte for byte in content if byte >= 0x80)
    if len(beyond) > len(content[:SAMPLE]) * 0.95 or any(byte < 9 for byte in content[:SAMPLE]):
        raise no_text()
    rated = {}
    for letters, encodings in ALPHABETS:
        for place, encoding in enumerate(encodings):
            found = share(beyond, content, encoding, set(letters + letters.upper())), -place
            rated[encoding] = max(found, rated.get(encoding, found))
    best, _place = max(rated.values())
    if best < 0.6:
        raise no_text()
    near = [encoding for encoding, (found, _place) in rated.items() if found > best - NEAR]
    return max(near, key=lambda encoding: (words_known(content, encoding), rated[encoding]))


def words_known(content: bytes, encoding: str) -> int:
    """How many concepts of headers the beginning names: in Cyrillic letters, Greek words are words of no language."""
    return len(found_in(content[:BEGINNING].decode(encoding, "replace")))


def share(beyond: bytes, content: bytes, encoding: str, letters: set[str]) -> float:
    """How many of the characters beyond ASCII are letters of a language, from 0 to 1; signs count half."""
    try:
        content.decode(encoding)
    except UnicodeError:
        return 0
    found = beyond.decode(encoding, "replace")
    good = sum(1 if character in letters else 0.5 if character in EVERYWHERE else 0 for character in found)
    return good / len(found)
