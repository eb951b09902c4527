import json
import sys
from contextlib import nullcontext
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from imports.models import Import, RowResult
from imports.planning import try_out
from imports.reading import Refused
from imports.receiving import receive
from imports.writing import confirm, undo, write


class Command(BaseCommand):
    """
    Brings a list in: a list of operations, keep.eu's exports, CORDIS's organisations, the portal's own tables.

    Prints how many rows are created, changed, unchanged, skipped and refused, and why each refused one is. The exit
    status is 1 where the file as a whole is refused.
    """

    help = "Imports a list of operations or organisations, matched on identifiers. It may be imported again."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", help="The list: CSV, XLSX, ODS, XLS, HTML or JSON.")
        parser.add_argument("--programme", metavar="CCI", help="The CCI code of its programme, where it isn't in it.")
        parser.add_argument("--language", help="The code of the language of its texts, where its headers don't tell.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would become of each row; write nothing.")
        parser.add_argument("--json", action="store_true", help="Print JSON.")
        parser.add_argument("--undo", type=int, metavar="NUMBER", help="Take back the import with this number.")

    def handle(self, *, file, programme, language, dry_run, undo, **options):
        self.is_json = options["json"]
        if undo is not None:
            return self.take_back(undo)
        if not file:
            raise CommandError(_("Name the file of the list."))
        try:
            with transaction.atomic() if dry_run else nullcontext():
                self.tell(self.bring_in(Path(file), programme, language, dry_run))
                if dry_run:
                    transaction.set_rollback(True)
        except Refused as problem:
            self.refuse(str(problem))

    def bring_in(self, file: Path, programme, language, dry_run) -> Import:
        try:
            content = file.read_bytes()
        except OSError as problem:
            raise Refused(_("The file %(file)s can't be read.") % {"file": file}) from problem
        one = receive(content, file.name, programme=programme, language=language or "")
        try_out(one)
        if not one.fault and not dry_run:
            confirm(one)
            write(one)
        if one.fault:
            raise Refused(one.fault)
        return one

    def take_back(self, number: int):
        one = Import.objects.filter(pk=number).first()
        if one is None:
            raise CommandError(_("There is no import with the number %(number)d.") % {"number": number})
        try:
            done, left = undo(one)
        except Refused as problem:
            return self.refuse(str(problem))
        self.stdout.write(_("Taken back: %(count)d") % {"count": done})
        for name, why in left:
            self.stdout.write(f"{name}: {why}")

    def refuse(self, sentence: str):
        if self.is_json:
            nothing = Import().counts | {"rows": [], "refused_file": sentence}
            self.stdout.write(json.dumps(nothing, ensure_ascii=False, indent=1))
        else:
            self.stderr.write(sentence)
        sys.exit(1)

    def tell(self, one: Import):
        refused = list(reasons(one))
        if self.is_json:
            self.stdout.write(json.dumps(one.counts | {"rows": refused}, ensure_ascii=False, indent=1))
            return
        for outcome, count in one.counts.items():
            self.stdout.write(f"{outcome}: {count}")
        for row in refused:
            self.stdout.write(": ".join(filter(None, [str(row["row"]), row["column"], row["reason"]])))
        if one.confirmed_at:
            self.stdout.write(_("Import %(number)d. It can be undone.") % {"number": one.pk})


def reasons(one: Import):
    """Why rows are refused: `{"row": 7, "column": "End", "reason": "This is no date."}`, one for each reason."""
    for row in one.rows.filter(outcome=RowResult.Outcome.REFUSED):
        for detail in row.details:
            said = f" “{detail['old']}”" if detail.get("old") else ""
            told = {"row": row.number, "column": detail.get("column", ""), "reason": detail["message"] + said}
            yield ({"sheet": row.sheet} if row.sheet else {}) | told
