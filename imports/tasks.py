"""What of an import takes long: done by the worker, or at once where the list is short."""

import logging

from django.utils import timezone, translation
from django_tasks import task

from imports.models import Import
from imports.planning import again, try_out
from imports.writing import write

AT_ONCE = 500  # rows that a page may take while someone waits for it
logger = logging.getLogger(__name__)


@task()
def try_import(pk: int, language: str):
    run(try_out, pk, language)


@task()
def write_import(pk: int, language: str):
    run(write, pk, language)


def run(step, pk: int, language: str):
    """Take a step with an import; what it says is said in the language of who asked for it."""
    one = Import.objects.for_list().get(pk=pk)
    with translation.override(language):
        try:
            step(one)
        except Exception:  # the step has kept a sentence about it for who asked
            logger.exception("Import %s failed", pk)


def ask(one: Import):
    """Let the dry run wait for its turn, whatever became of an earlier one."""
    again(one, steps=rows_of(one), asked_at=timezone.now())


def set_off(one: Import, work):
    """Do the work now where the list is short, else leave it to the worker."""
    do = work.call if rows_of(one) <= AT_ONCE else work.enqueue
    do(one.pk, translation.get_language())


def rows_of(one: Import) -> int:
    """How many rows its tables have."""
    return sum(table["rows"] for table in one.tables if table.get("columns"))
