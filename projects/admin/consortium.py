from django.contrib import admin
from django.db.models import Q
from django.forms import BaseInlineFormSet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.admin import TranslatedAdmin, TranslatedInline, TranslatedTable
from editorial.copying import Copied
from editorial.formats import listing
from editorial.forms import RecordForm
from editorial.list_filters import ChoiceFilter, RecordFilter
from editorial.locks_admin import lock
from editorial.versions import state_in
from projects.admin.amending import Amending
from projects.models import Participation, Project, StakeholderGroup, StakeholderMember
from projects.reconciling import contradictions

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
    participations = list(project.participations.lean())
    if not any(each.is_lead for each in participations):
        yield _("%(project)s has no lead partner yet. Choose one among its participations.") % {"project": project}
    yield from contradictions(project, participations)


def projects_with(participations: list[int]) -> set[int]:
    """The numbers of the projects that some participations, given by theirs, now belong to."""
    return set(Participation.objects.filter(pk__in=participations).values_list("project", flat=True))


def in_public_consortium(participations):
    """Those of the participations that a decision would have to end: of a public project's lead and partners."""
    public = Participation.objects.filter(project__in=Project.objects.published(), left__isnull=True)
    chosen = public.filter(pk__in=[each.pk for each in participations]).exclude(role=ASSOCIATED)
    return chosen.select_related("project", "partner")


@admin.register(Participation)
class ParticipationAdmin(Amending, TranslatedAdmin):
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
    delete_confirmation_template = "admin/projects/delete_participation.html"
    delete_selected_confirmation_template = "admin/projects/delete_participations.html"

    def locked(self, request, object_id):
        """Its project first, in the order in which the project's own form locks."""
        if record := self.get_object(request, object_id):
            lock(Project, pk=record.project_id)
        return super().locked(request, object_id)

    def projects_of(self, participation):
        return {participation.project_id, *projects_with([participation.pk])}

    def projects_of_version(self, snapshot):
        kept = state_in(snapshot, Participation).record
        return {kept.fields["project"], *projects_with([snapshot.record_id])}

    def get_deleted_objects(self, objs, request):
        """Who takes part in a public project is taken out in the project's form, which asks when and why."""
        to_delete, counts, lacking, protected = super().get_deleted_objects(objs, request)
        links = [
            format_html('{}: <a href="{}">{}</a>', each.partner, self.project_form(each), each.project)
            for each in in_public_consortium(objs)
        ]
        return to_delete, counts, lacking, links or protected

    def project_form(self, participation) -> str:
        return reverse(f"{self.admin_site.name}:projects_project_change", args=[participation.project_id])


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
