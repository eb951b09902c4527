"""What a rich text may hold, and how whatever comes in, from Word or from anywhere, is brought to it."""

import re

import nh3

INLINE = {"a", "br", "em", "strong"}
BLOCKS = {
    "p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "table", "thead", "tbody", "tr", "th", "td",
    "figure", "figcaption",
}  # fmt: skip
SPANS = {"colspan", "rowspan"}
ATTRIBUTES = {"a": {"href"}, "ol": {"start", "type"}, "th": SPANS, "td": SPANS, "figure": {"data-picture"}}
SCHEMES = {"http", "https", "mailto", "record"}
# How a text refers to one of the portal's own records: `record:projects.project/12`.
RECORD = re.compile(r"record:([a-z_]+\.[a-z_]+)/([1-9]\d{0,17})")
PICTURE = re.compile(r"[1-9]\d{0,17}")

# What other programs call the same thing; a page's h1 is its title.
RENAMED = {"h1": "h2", "h5": "h4", "h6": "h4", "b": "strong", "i": "em", "div": "p"}
OTHER_NAMES = re.compile(rf"(</?)({'|'.join(RENAMED)})(?=[\s/>])", re.I)
NOT_BOLD = re.compile(r"<b\b[^<>]*(?<!bidi-)font-weight:\s*normal[^<>]*>", re.I)  # around all that Google Docs copies
WORDS_BULLETS = re.compile(r"<!(?:--)?\[if !supportLists\](?:--)?>.{0,2000}?<!(?:--)?\[endif\](?:--)?>", re.I | re.S)
EMPTY_BLOCK = re.compile(r"<(p|h2|h3|h4|blockquote)>(?:\s|&nbsp;|<br>)*</\1>")
NO_LINK = re.compile(r"<a>(.*?)</a>", re.S)
NO_FIGURE = re.compile(r"<figure>(.*?)</figure>", re.S)
FIGURE = re.compile(r'<figure data-picture="(\d+)">(.*?)</figure>', re.S)
CAPTION = re.compile(r"<figcaption>(.*?)</figcaption>", re.S)
STRAY_CAPTION = re.compile(r"(?<!\">)<figcaption>(.*?)</figcaption>", re.S)


def allowed(tag: str, attribute: str, value: str) -> str | None:
    """An attribute's value where it may stand, None where it must go. Harmful schemes are nh3's own business."""
    if attribute == "data-picture":
        return value if PICTURE.fullmatch(value) else None
    if attribute == "href" and value.strip().lower().startswith("record:"):
        return value if RECORD.fullmatch(value) else None
    return value


CLEANER = nh3.Cleaner(
    tags=INLINE | BLOCKS,
    attributes=ATTRIBUTES,
    attribute_filter=allowed,
    url_schemes=SCHEMES,
    link_rel=None,
    clean_content_tags={"script", "style", "title", "xml"},
)
LINE_CLEANER = nh3.Cleaner(
    tags=INLINE, attributes={"a": {"href"}}, attribute_filter=allowed, url_schemes=SCHEMES, link_rel=None
)


def clean(text: str) -> str:
    """The text with nothing but what an article needs; what can't stay as it is keeps its words."""
    text = NOT_BOLD.sub("<span>", WORDS_BULLETS.sub("", text))
    text = CLEANER.clean(OTHER_NAMES.sub(lambda tag: tag[1] + RENAMED[tag[2].lower()], text))
    text = NO_LINK.sub(r"\1", text)
    text = NO_FIGURE.sub(lambda figure: f"<p>{LINE_CLEANER.clean(figure[1])}</p>", text)
    text = STRAY_CAPTION.sub(r"<p>\1</p>", FIGURE.sub(as_figure, text))
    return EMPTY_BLOCK.sub("", text)


def as_figure(figure: re.Match) -> str:
    caption = CAPTION.search(figure[2])
    words = LINE_CLEANER.clean(caption[1]) if caption else ""
    return f'<figure data-picture="{figure[1]}"><figcaption>{words}</figcaption></figure>'
