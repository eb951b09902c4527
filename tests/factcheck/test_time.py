"""No text takes longer than in proportion to its length: 200 KB are checked in seconds, whatever stands in them."""

import time

import pytest

from factcheck.checking import check
from tests.factcheck.scoring import inno_industry

LENGTH = 200_000  # characters
LONGEST = 8  # seconds, on a machine that has other things to do; the worst one takes two by itself
HOSTILE = {
    "figures": "1",
    "groups of figures": "1 111",
    "groups with points": "1.111.",
    "dates": "31.1.2022–",
    "years": "2019 ",
    "month names": "January ",
    "number words": "twenty-",
    "opened tags": "<a ",
    "opened comments": "<!--",
    "opened scripts": "<script>",
    "nested brackets": "[[",
    "parentheses": "(((",
    "references": "&amp;",
    "spaces": "\u00a0",
    "lines": "\n",
    "one word": "partner",
    "partners": "10 partners from ",
    "amounts": "total budget of 1 million EUR ",
    "marks": "a\u0301\u0301\u0301",
    "capitals": "PROJECT CLUSTRAT ",
    "verbs": "running is ",
    "shares": "ERDF funding 85 % ",
    "counts": "ten partners ",
    "years from": "from 2019 to ",
    "countries": "partners from United Kingdom, ",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_text_is_read_in_bounded_time(piece):
    text = (piece * (LENGTH // len(piece) + 1))[:LENGTH]
    begun = time.process_time()
    check(text, "en", inno_industry())
    assert time.process_time() - begun < LONGEST
