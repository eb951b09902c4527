"""The dry run: what would become of each row."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from editorial.background import Cancelled
from imports.models import Import, RowResult
from imports.plan import STEP, Plan
from imports.planner import make_plan
from imports.reading import Refused


def try_out(one: Import):
    """
    Work out what would become of each row, into `one.rows` and the counts. Nothing else is written.

    Takes the Work from waiting to done, failed (with its sentence in `fault`) or cancelled; it may be called by a task.
    """
    if not one.begin():
        return
    try:
        keep_plan(one, make_plan(one, one.advance))
    except Cancelled:
        one.stop()
    except Refused as problem:
        one.fail(str(problem))
    except Exception:
        one.fail(_("Something went wrong while the list was tried. Nothing was written."))
        raise
    else:
        one.finish()


@transaction.atomic
def keep_plan(one: Import, plan: Plan, tells_apart=False):
    """
    Put a plan's rows and counts in the place of those of an earlier one. `tells_apart` marks the rows of which
    something else becomes by now.
    """
    results = list(plan.results(one))
    if tells_apart:
        before = {(row.sheet, row.number): fate(row) for row in one.rows.iterator()}
        for row in results:
            row.is_other = before.get((row.sheet, row.number)) != fate(row)
    one.rows.all().delete()
    RowResult.objects.bulk_create(results, batch_size=STEP)
    one.note(**plan.counts(), plan_digest=plan.digest(), planned_at=timezone.now(), steps_done=len(plan.lines))


def fate(row: RowResult) -> tuple:
    """What becomes of a row: its outcome and what changes by it, without the sentences about it."""
    return row.outcome, [[detail.get(key) for key in ("field", "old", "new")] for detail in row.details]


def again(one: Import, **values):
    """Let the Work of an import begin once more, for its next step."""
    one.note(
        progress=Import.Progress.WAITING,
        steps_done=0,
        began_at=None,
        ended_at=None,
        is_to_stop=False,
        fault="",
        **values,
    )
