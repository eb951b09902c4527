"""A page as it stands in a static copy."""

from archive.rewriting import addresses_in, addresses_in_style, as_drawing, relative, rewritten


def copied(html, leads_to=lambda address: address.replace("/", "_"), whole=False, note=""):
    return rewritten(html, leads_to, lambda address: f"<drawing {address}>", whole, note)


def test_a_page_without_links_stays_letter_for_letter():
    page = (
        "<!DOCTYPE html>\n<html lang=en><BODY Class='x'>5 &lt; 6 &amp; &#233;<br/><!-- so --><p hidden>žš</BODY></html>"
    )
    assert copied(page) == page.replace("</BODY>", "</body>")


def test_links_and_pictures_lead_to_files_of_the_copy():
    assert (
        copied('<a class="x" href="/a/?b=1&amp;c=2" hidden>A</a>') == '<a class="x" href="_a_?b=1&amp;c=2" hidden>A</a>'
    )
    assert copied('<img src="/a" srcset="/a 400w, /b 800w">') == '<img src="_a" srcset="_a 400w, _b 800w">'
    assert copied('<link rel="stylesheet" href="/a.css">') == '<link rel="stylesheet" href="_a.css">'


def test_a_link_that_leads_nowhere_keeps_its_words():
    assert copied('<a href="/gone/">Gone</a>', lambda address: None) == "<a>Gone</a>"


def test_where_the_page_was_is_still_said():
    page = '<link rel="canonical" href="https://portal.example.eu/en/">'
    assert copied(page) == page


def test_what_needs_the_portal_is_left_out_with_all_that_is_in_it():
    page = "<p>A</p><form><p>B<input></p><form></form></form><script>c()</script>"
    page += '<div data-copy="never">D<br></div><p>E</p>'
    assert copied(page) == "<p>A</p><p>E</p>"
    assert copied('<link rel="preload" href="/f"><link rel="alternate" href="/feed">') == ""


def test_what_machines_read_of_the_page_stays():
    page = '<script type="application/ld+json">{"a": "<b>"}</script>'
    assert copied(page) == page


def test_the_main_menu_stays_in_a_copy_of_the_whole_portal_alone():
    page = '<nav data-copy="whole"><a href="#a">A</a></nav>'
    assert (copied(page), copied(page, whole=True)) == ("", page)


def test_drawings_of_other_files_come_into_the_page_once():
    page = '<body class="b"><p>A<use href="/static/europe.svg#SI"/><use href="/static/europe.svg#AT"/></body>'
    expected = (
        '<body class="b"><drawing /static/europe.svg><i>note</i>'
        '<p>A<use href="#europe-SI"/><use href="#europe-AT"/></body>'
    )
    assert copied(page, note="<i>note</i>") == expected
    drawing = as_drawing("/static/europe.svg", '<?xml version="1.0"?><svg><path id="SI"/><use href="#SI"/></svg>')
    assert '<svg><path id="europe-SI"/><use href="#europe-SI"/></svg>' in drawing


def test_the_addresses_of_a_page_and_of_a_style_are_found():
    page = (
        '<body><a href="/a">A</a><img srcset="/b 1x"><use href="/c.svg#d"/><form action="/e"><a href="/f"></a></form>'
    )
    assert addresses_in(page, whole=False) == ["/a", "/b", "/c.svg"]
    assert addresses_in_style("@import 'a.css'; p { background: url( \"b.png\" ) } q { c: url(d.woff2) }") == [
        "a.css",
        "b.png",
        "d.woff2",
    ]


def test_the_way_from_file_to_file():
    assert relative("en/b/index.html", "en/a/index.html") == "../b/index.html"
    assert relative("en/a/index.html", "en/a/index.html") == "index.html"
    assert relative("static/a b.css", "index.html") == "static/a%20b.css"
    assert relative("en/index.html", "en/a/b/index.html") == "../../index.html"
