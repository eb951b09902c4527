"""Markup and facts travel as codes that a translator's tool can't break, and come back as they were."""

from xml.etree.ElementTree import tostring

import pytest
from defusedxml.ElementTree import fromstring

from editorial.translating.inline import Broken, rejoined, segmented, words_of, written

RICH = [
    "<p>One.</p>",
    '<p>A <strong>bold</strong> step,<br>then <a href="https://example.org/?a=1&amp;b=2">more</a>.</p><h2>Title</h2>',
    "<ul><li><p>One</p></li><li><p>Two &amp; <em>three</em></p></li></ul><p></p>",
    "<table><tbody><tr><td><p>a</p></td><td><p>b &lt; c</p></td></tr></tbody></table>",
    "Loose words <em>and</em> more<p>then a paragraph</p>and words",
    "<p>It cost [[total_budget]], or [[inno-industry:total_budget]].</p>",
    "",
]


@pytest.mark.parametrize("text", RICH)
def test_rich_text_comes_back_as_it_was(text):
    assert rejoined(text, is_rich=True) == text


@pytest.mark.parametrize("text", ["A & B < C", "Two\nlines", "[[end_date]] or [[x:y]]", "a \x0b b", "[[", "emoji 🌉"])
def test_plain_text_comes_back_as_it_was(text):
    parts = segmented(text, is_rich=False)
    element = fromstring(tostring(parts.sources[0]))
    assert written(element, parts, set(parts.codes), is_rich=False) == text


def test_each_block_is_a_segment_and_its_words_are_words():
    parts = segmented(RICH[1], is_rich=True)
    assert [words_of(source) for source in parts.sources] == ["A bold step,then more.", "Title"]


def target(inner) -> object:
    return fromstring(f"<target>{inner}</target>")


def test_formatting_may_go_and_move_but_a_link_and_a_paragraph_stay():
    parts = segmented('<p>A <strong>bold</strong> <a href="https://example.org/">link</a></p>', is_rich=True)
    text = written(target('<pc id="1"><pc id="3">povezava</pc> je</pc>'), parts, {"1", "2", "3"}, is_rich=True)
    assert text == '<p><a href="https://example.org/">povezava</a> je</p>'


def test_the_two_ends_of_a_code_may_come_back_apart():
    parts = segmented("<p>A <strong>bold</strong> step</p>", is_rich=True)
    inner = '<sc id="1"/>Krepek <sc id="2"/>korak<ec startRef="2"/>.<ec startRef="1"/>'
    assert written(target(inner), parts, {"1", "2"}, is_rich=True) == "<p>Krepek <strong>korak</strong>.</p>"


@pytest.mark.parametrize(
    ("inner", "reason"),
    [
        ("Korak", "lost"),
        ('<pc id="1">Korak</pc>', "lost"),
        ('<pc id="1">a<pc id="2">b</pc></pc><pc id="1">c</pc>', "doubled"),
        ('<pc id="1">a<pc id="2">b</pc><pc id="9">c</pc></pc>', "invented"),
        ('<pc id="2">a<pc id="1">b</pc></pc>', "moved"),
        ('<sc id="1"/>a<pc id="2">b</pc>', "unbalanced"),
        ('<ec startRef="1"/><pc id="1">a<pc id="2">b</pc></pc>', "unbalanced"),
        ('<pc id="1">a<pc id="2">b</pc></pc><b>c</b>', "unknown"),
        ('<pc id="1">a<pc id="2">b</pc></pc><cp hex="zz"/>', "unknown"),
    ],
)
def test_broken_codes_are_refused(inner, reason):
    parts = segmented('<p>A <a href="https://example.org/">link</a></p>', is_rich=True)
    with pytest.raises(Broken, match=reason):
        written(target(inner), parts, {"1", "2"}, is_rich=True)


def test_what_looks_like_markup_in_the_words_stays_words():
    parts = segmented("<p>A</p>", is_rich=True)
    inner = '<pc id="1">&lt;script&gt;x()&lt;/script&gt;</pc>'
    assert written(target(inner), parts, {"1"}, is_rich=True) == "<p>&lt;script&gt;x()&lt;/script&gt;</p>"
