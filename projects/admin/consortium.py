from django.contrib import admin
from django.db.models import Q
from django.forms import BaseInlineFormSet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.admin import ChoiceFilter, RecordFilter, TranslatedAdmin, TranslatedInline, TranslatedTable
from editorial.copying import Copied
from editorial.formats import amount, listing
from editorial.forms import RecordForm
from projects.models import Participation, StakeholderGroup, StakeholderMember

LEAD, ASSOCIATED = Participation.Role.LEAD, Participation.Role.ASSOCIATED


class ParticipationRow(RecordForm):
    def _get_validation_exclusions(self):
        """Leaves out what the row can't judge alone: who leads now may step back in another row."""
        return super()._get_validation_exclusions() | {"role"}


class ParticipationRows(BaseInlineFormSet):
    """A project's participations, of which at most one leads as they are saved together."""

    def leads(self):
        rows = [row for row in self.forms if not self._should_delete_form(row)]
        return [row for row in rows if row.cleaned_data.get("role", row.instance.role) == LEAD]

    def clean(self):
        super().clean()
        first, *others = self.leads() or [None]
        names = [str(row.cleaned_data.get("partner", "…")) for row in (first, *others) if row]
        for row in others:
            message = _(
                "A project has one lead partner, not %(number)d: %(names)s. Make all but one of them a partner."
            )
            row.add_error("role", message % {"number": len(names), "names": listing(names)})

    def save(self, commit=True):
        """Who led so far steps back first, as the database never allows two."""
        staying = [row.instance.pk for row in self.leads() if row.instance.pk]
        former = self.model.objects.filter(project=self.instance, role=LEAD).exclude(pk__in=staying)
        former.update(role=Participation.Role.PARTNER)
        return super().save(commit)


class ParticipationInline(TranslatedInline):
    model = Participation
    classes = ["collapse"]
    form = ParticipationRow
    formset = ParticipationRows
    fields = [
        ("partner", "role", "order"), "unit", ("joined", "left"), ("total_budget", "other_contribution"),
        ("union_funding", "union_funding_is_rounded"), "funding_note",
    ]  # fmt: skip
    autocomplete_fields = ["partner"]
    list_select_related = ["partner", "project"]
    copied = Copied(
        without=[
            "joined", "left", "total_budget", "union_funding", "union_funding_is_rounded", "other_contribution",
            "funding_note",
        ],
        only=Q(left__isnull=True),
    )  # fmt: skip


def doubts(project):
    """Sentences on what someone should look at again in a consortium, though it may be right as it is."""
    shares = project.participations.exclude(role=ASSOCIATED).values_list("total_budget", flat=True)
    if not project.participations.filter(role=LEAD).exists():
        yield _("%(project)s has no lead partner yet. Choose one among its participations.") % {"project": project}
    if shares and None not in (project.total_budget, *shares) and sum(shares) != project.total_budget:
        message = _(
            "The budgets of the partners come to %(sum)s, the project's total budget is %(total)s. Is that right?"
        )
        yield message % {"sum": amount(sum(shares)), "total": amount(project.total_budget)}


@admin.register(Participation)
class ParticipationAdmin(TranslatedAdmin):
    fieldsets = [
        (gettext_lazy("Who takes part"), {"fields": ["project", "partner", ("role", "order"), "unit"]}),
        (gettext_lazy("Dates"), {"fields": [("joined", "left")]}),
        (
            gettext_lazy("Money"),
            {
                "fields": [
                    "total_budget", ("union_funding", "union_funding_is_rounded"), "other_contribution", "funding_note",
                ]
            },
        ),
    ]  # fmt: skip
    autocomplete_fields = ["project", "partner"]
    main_text = "unit"
    list_display = ["partner", "project", "role", "total_budget", "union_funding", "joined", "left"]
    list_select_related = ["partner", "project"]
    list_filter = ["role", ("project", RecordFilter), ("partner__country", ChoiceFilter)]
    search_fields = ["partner__name", "partner__english_name", "partner__short_name", "project__acronym", "unit"]


class MemberTable(TranslatedTable):
    model = StakeholderMember
    fields = ["name", "partner"]
    autocomplete_fields = ["partner"]


@admin.register(StakeholderGroup)
class StakeholderGroupAdmin(TranslatedAdmin):
    fields = ["project", "country", "name"]
    autocomplete_fields = ["project"]
    inlines = [MemberTable]
    main_text = "name"
    list_display = ["name", "project", "country", "written_in"]
    list_select_related = ["project"]
    list_filter = [("project", RecordFilter), ("country", ChoiceFilter)]
    search_fields = ["name", "members__name", "project__acronym"]
