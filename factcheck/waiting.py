from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.translating.board import names
from editorial.waiting import SHOWN, Part, Waiting, add_records, add_waiting
from factcheck.models import Discrepancy
from factcheck.rights import mendable_by
from factcheck.showing import Shown


def differing(user):
    """What texts say otherwise than the record, for who may mend them; what contradicts it before what is outdated."""
    rows = mendable_by(user).open().order_by("verdict", "-pk")
    first = list(rows[:SHOWN])
    called = names([(row.kind, row.record_id) for row in first])
    yield Part(
        rows,
        Discrepancy,
        reverse("factcheck"),
        line=lambda row: called.get((row.kind, row.record_id), "–"),
        note=lambda row: f"{row.passage} · {Shown(row).place}",
        address=lambda row: Shown(row).form,
        name=_("Fact check"),
    )


add_waiting(Waiting("factcheck", gettext_lazy("Texts that differ from the record"), 45))
add_records("factcheck", differing)
