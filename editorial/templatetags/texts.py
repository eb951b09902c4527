"""
Texts of records on pages: `{% rich article "body" %}`, `{% text project "summary" words=30 default=project.title %}`.

Between `{% texts %}` and `{% endtexts %}`, which base.html puts around every page, they are resolved all at once.
"""

from django import template

from editorial.facts import facts
from editorial.showing import Text, Texts, for_staff
from editorial.translations import language_of

register = template.Library()

register.filter("for_staff", for_staff)


def put(context, text: Text):
    """Where no page collects its texts, one is resolved by itself."""
    request = getattr(context, "request", None)
    texts = getattr(request, "_texts", None)
    if texts:
        return texts.later(text)
    texts = Texts(request)
    return texts.fill(texts.later(text))


@register.simple_tag(takes_context=True)
def rich(context, record, field):
    """A rich text in the reader's language, or the one it falls back to."""
    return put(context, Text(getattr(record, field) or "", record, language_of(record, field), is_rich=True))


@register.simple_tag(takes_context=True)
def text(context, record, field, words=0, default=""):
    """A plain text likewise: at most so many of its `words`, and `default` where there is none."""
    return put(context, Text(getattr(record, field) or default or "", record, words=words))


class TextsNode(template.Node):
    def __init__(self, nodelist):
        self.nodelist = nodelist

    def render(self, context):
        request = getattr(context, "request", None)
        if request is None:
            return self.nodelist.render(context)
        texts = request._texts = Texts(request)
        try:
            return texts.fill(self.nodelist.render(context))
        finally:
            request._texts = None


@register.tag
def texts(parser, token):
    nodelist = parser.parse(["endtexts"])
    parser.delete_first_token()
    return TextsNode(nodelist)


@register.filter
def has_own_facts(options):
    """Whether texts can name facts of the very records that the model's options are of."""
    return options.model is facts.model
