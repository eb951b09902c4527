import json
import sys
from datetime import date
from pathlib import Path

from django.core.management import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import override

from editorial.facts import by_slug
from editorial.translations import active_languages
from factcheck.checking import check, languages, record_of
from factcheck.portal import findings_in_portal
from projects.models import Project

WRONG_CALL = 2
SOMETHING_WRONG = 1


class Command(BaseCommand):
    help = (
        "Holds a text about a project against its record, or without FILE all texts of the portal. The exit status is "
        "1 where something contradicts the record or is outdated, 2 where it can't be told."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", help="A text in UTF-8, plain or HTML; - reads what is piped in.")
        parser.add_argument("--project", metavar="SLUG", help="The last part of the project's address.")
        parser.add_argument("--language", metavar="LL", help="The language of the text, as sl.")
        parser.add_argument(
            "--published", metavar="YYYY-MM-DD", help="The day the text is from; else it has to be right today."
        )
        parser.add_argument("--json", action="store_true", dest="as_json", help="A JSON object a line and finding.")

    def handle(self, *, file, project, language, published, as_json, **options):
        known = languages() if file else [code for code in languages() if code in active_languages()]
        if language and language not in known:
            message = _("“%(language)s” is none of the languages that can be read: %(known)s.")
            raise wrong(message % {"language": language, "known": ", ".join(known)})
        subject = self.project(project) if project else None
        found = self.in_file(file, subject, language, published) if file else self.in_portal(subject, language)
        is_wrong = False
        for finding, place in found:
            is_wrong |= finding.is_alarm
            self.stdout.write(as_object(finding, place) if as_json else in_words(finding, place))
        if is_wrong:
            sys.exit(SOMETHING_WRONG)

    def project(self, slug: str) -> Project:
        found = by_slug(Project.objects.lean(), [slug])
        if not found:
            raise wrong(_("There is no project with the address “%(slug)s”.") % {"slug": slug})
        return found[slug]

    def in_file(self, file, project, language, published):
        if not (project and language):
            raise wrong(_("Say which project the text is about and in which language it is: --project and --language."))
        text, day = read(file), day_of(published)
        with override(language):
            for finding in check(text, language, record_of(project), day):
                yield finding, {}

    def in_portal(self, project, language):
        projects = Project.objects.filter(pk=project.pk) if project else None
        for text, finding in findings_in_portal(projects, [language] if language else None):
            place = {
                "record": f"{text.record._meta.label_lower}/{text.record.pk}",
                "title": str(text.record),
                "field": text.field,
                "language": text.language,
            }
            yield finding, place


def wrong(message: str) -> CommandError:
    return CommandError(message, returncode=WRONG_CALL)


def read(file: str) -> str:
    try:
        content = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        message = _("“%(file)s” can't be read: %(reason)s.")
        raise wrong(message % {"file": file, "reason": error.strerror}) from error
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise wrong(_("The text is not in UTF-8. Save it in this encoding, and try again.")) from error


def day_of(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published) if published else None
    except ValueError as error:
        message = _("“%(day)s” is no date. Write it as 2022-07-31.")
        raise wrong(message % {"day": published}) from error


def as_object(finding, place: dict) -> str:
    told = ("passage", "start", "end", "fact", "stated", "recorded", "verdict")
    return json.dumps({name: getattr(finding, name) for name in told} | place, ensure_ascii=False)


def in_words(finding, place: dict) -> str:
    where = f"{place['language']} {place['title']} ({place['record']} {place['field']}): " if place else ""
    said = _("%(verdict)s, %(fact)s: the text says “%(passage)s”, the record %(recorded)s") % {
        "verdict": finding.verdict.label,
        "fact": finding.fact.label,
        "passage": " ".join(finding.passage.split()),
        "recorded": finding.recorded,
    }
    return where + said
