from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.generic import TemplateView

from search.finding import find
from search.queries import LONGEST_QUERY, cleaned
from search.sources import source_named


@method_decorator(cache_control(no_cache=True), name="dispatch")
class SearchPage(TemplateView):
    """
    What visitors find, with `?q=words&kind=article&page=2`; `part=found` asks for the results without the page.

    It is kept nowhere: there are as many answers as words, and another engine's index changes without the database.
    """

    def get_template_names(self):
        return ["search/found.html" if self.request.GET.get("part") == "found" else "search/search.html"]

    def get_context_data(self, **kwargs):
        asked = self.request.GET
        words, source = cleaned(asked.get("q", "")), source_named(asked.get("kind", ""))
        page = asked.get("page", "")
        found = find(words, get_language(), source, int(page) if page.isdecimal() and len(page) < 6 else 1)
        return super().get_context_data(words=words, found=found, longest=LONGEST_QUERY, **kwargs)
