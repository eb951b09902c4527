import json

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from editorial.translations import active_languages
from search.finding import find
from search.sources import SOURCES, source_named


class Command(BaseCommand):
    help = "Prints what the page of the search finds for a reader of a language."

    def add_arguments(self, parser):
        parser.add_argument("words", nargs="+", help="What is typed into the search box.")
        parser.add_argument("--language", default=settings.LANGUAGE_CODE, help="The reader's language, as sl.")
        parser.add_argument("--kind", default="", help="Only one kind: " + ", ".join(each.name for each in SOURCES))
        parser.add_argument("--page", type=int, default=1)
        parser.add_argument("--json", action="store_true", dest="as_json", help="As JSON, with all there is to know.")

    def handle(self, *, words, language, kind, page, as_json, **options):
        if language not in active_languages():
            message = _("“%(language)s” is none of the languages in use: %(used)s.")
            raise CommandError(message % {"language": language, "used": ", ".join(active_languages())})
        if kind and not source_named(kind):
            message = _("“%(kind)s” is no kind of record. There are: %(kinds)s.")
            raise CommandError(message % {"kind": kind, "kinds": ", ".join(each.name for each in SOURCES)})
        with translation.override(language):
            answer = told(find(" ".join(words), language, source_named(kind), page)) | {"language": language}
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2) if as_json else in_lines(answer))


def told(found) -> dict:
    return {
        "words": [word.text for word in found.query.words],
        "replaced": {word.text: similar for word, similar in found.replaced},
        "number": found.number,
        "kinds": {source.name: number for source, number in found.numbers},
        "page": found.page,
        "pages": found.pages,
        "results": [
            {
                "kind": hit.source.name,
                "address": hit.address,
                "language": hit.language,
                "title": "".join(piece.text for piece in hit.title),
                "excerpt": "".join(piece.text for piece in hit.excerpt),
                "matched": hit.matched,
            }
            for hit in found.hits
        ],
    }


def in_lines(answer) -> str:
    lines = [f"{each['language']} {each['kind']:9} {each['title']} – {each['address']}" for each in answer["results"]]
    return "\n".join([*lines, str(answer["number"])])
