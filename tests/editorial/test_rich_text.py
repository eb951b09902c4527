"""What may come into a rich text, and what becomes of the rest."""

import pytest

from editorial.rich_text import clean
from tests.editorial.pasted import GOOGLE_DOCS, WORD
from tests.factories import make_article

HOSTILE = {
    "a script": "<script>alert(1)</script><p>kept</p>",
    "an event of a link": '<p><a href="https://example.org" onclick="alert(1)">kept</a></p>',
    "a scheme that runs": '<p><a href="javascript:alert(1)">kept</a></p>',
    "a scheme in disguise": '<p><a href=" java\tscript:alert(1)">kept</a></p>',
    "a scheme with data": '<p><a href="data:text/html,<script>alert(1)</script>">kept</a></p>',
    "a record that is none": '<p><a href="record:javascript:alert(1)">kept</a></p>',
    "a record with more to it": '<p><a href="record:projects.project/1?x=alert(1)">kept</a></p>',
    "a picture that isn't one": '<figure data-picture="1 onerror=alert(1)"><figcaption>kept</figcaption></figure>',
    "a picture from elsewhere": '<p>kept</p><img src="https://example.org/x.png" onerror="alert(1)">',
    "markup in a figure": '<figure data-picture="1"><figcaption>kept<svg onload="alert(1)"></figcaption></figure>',
    "a style": '<p style="background:url(javascript:alert(1))" class="hero">kept</p>',
    "a frame": '<iframe srcdoc="<script>alert(1)</script>"></iframe><p>kept</p>',
    "a form": '<form action="https://example.org"><input name="alert"><button>kept</button></form>',
    "a foreign namespace": "<math><mi><mglyph><style><img src=x onerror=alert(1)></style></mi></math><p>kept</p>",
    "an open comment": "<p>kept</p><!-- <img src=x onerror=alert(1)>",
    "a conditional comment": "<p>kept</p><!--[if IE]><script>alert(1)</script><![endif]-->",
    "a template": "<template><script>alert(1)</script></template><p>kept</p>",
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_could_harm_is_taken_out_and_the_words_stay(what):
    cleaned = clean(HOSTILE[what])
    assert "kept" in cleaned
    for evil in ("alert", "script", " on", "style=", "class=", "<svg", "<img", "<form", "iframe", "srcdoc"):
        assert evil not in cleaned.replace("https://example.org", "")


@pytest.mark.parametrize(
    "text",
    [
        '<figure data-picture="12"><figcaption>Robots <em>at work</em></figcaption></figure>',
        '<figure data-picture="12"><figcaption></figcaption></figure>',
        '<p><a href="record:projects.project/12">the project</a> cost [[total_budget]]</p>',
        '<p><a href="https://example.org/?a=1&amp;b=2">out</a> <a href="mailto:info@example.org">mail</a></p>',
        '<p><a href="/en/about/">a page</a></p>',
        '<h2>a</h2><h3>b</h3><h4>c</h4><ul><li><p>d</p></li></ul><ol start="3"><li><p>e</p></li></ol>',
        '<table><tbody><tr><th colspan="2"><p>a</p></th></tr><tr><td><p>b</p></td><td></td></tr></tbody></table>',
        "<blockquote><p>said</p></blockquote><p><strong>a</strong><br><em>b</em></p>",
    ],
)
def test_what_the_editor_writes_stays_as_it_is(text):
    assert clean(text) == text


def test_headings_begin_below_the_title_of_the_page():
    assert clean("<h1>a</h1><h2>b</h2><h5>c</h5><h6>d</h6>") == "<h2>a</h2><h2>b</h2><h4>c</h4><h4>d</h4>"


def test_a_figure_without_a_picture_is_a_paragraph():
    assert clean("<figure><img src=x><figcaption>What it shows</figcaption></figure>") == "<p>What it shows</p>"


def test_a_caption_is_one_line_of_words():
    html = '<figure data-picture="3"><p>lost</p><figcaption><h2>Head</h2><p>line</p></figcaption></figure>'
    assert clean(html) == '<figure data-picture="3"><figcaption>Headline</figcaption></figure>'


@pytest.mark.parametrize("text", ["", "<p></p>", "<p>&nbsp;</p>", "<h2><br></h2>", "<p> <br> </p><p></p>"])
def test_nothing_but_empty_lines_is_empty(text):
    assert clean(text) == ""


@pytest.mark.parametrize("text", [WORD, GOOGLE_DOCS, *HOSTILE.values()])
def test_what_was_cleaned_once_is_clean(text):
    assert clean(clean(text)) == clean(text)


def test_text_from_word_keeps_its_structure_and_loses_the_rest():
    cleaned = " ".join(clean(WORD).split())
    assert "<h2>Study visit</h2>" in cleaned
    assert "<strong>Nine partners</strong>" in cleaned
    assert "<em>Latvia</em>" in cleaned
    assert '<a href="https://example.org/report">The report</a>' in cleaned
    assert "<td><p><strong>Who</strong></p></td>" in cleaned
    for junk in (
        "mso",
        "Mso",
        "<o:p",
        "<span",
        "<font",
        "<!--",
        "[if",
        "style",
        "Generator",
        "clip_image",
        "·",
        "<p></p>",
    ):
        assert junk not in cleaned


def test_text_from_google_docs_is_not_bold_throughout():
    cleaned = clean(GOOGLE_DOCS)
    assert "<strong>" not in cleaned
    assert "<h2>Study visit</h2>" in cleaned
    assert "<li><p>\nRobots</p></li>" in cleaned


@pytest.mark.django_db
def test_a_text_that_was_cleaned_stays_in_its_language_alone():
    article = make_article(body_sl="<p onclick='x()'>Obisk</p>")
    article.refresh_from_db()
    assert (article.body_sl, article.body_en) == ("<p>Obisk</p>", None)
