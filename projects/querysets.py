from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from editorial.querysets import PublishableQuerySet
from editorial.rows import Rows
from projects.lifecycle import in_stage

COLOURS = 12  # of topics, in static/css/topics.css


def in_consortium(path="") -> Q:
    """The condition that a participation is a lead's or a partner's who has not left."""
    staying = Q(**{f"{path}left__isnull": True}) | Q(**{f"{path}left__gt": timezone.localdate()})
    return staying & Q(**{f"{path}role__in": ["lead", "partner"]})


def running_in(year: int) -> Q:
    """The condition that a project ran for at least a day of the year."""
    return Q(Q(end__isnull=True) | Q(end__year__gte=year), start__year__lte=year)


def number_of(participations, what) -> Coalesce:
    """How many different ones there are among a project's participations, as a subquery."""
    counted = participations.order_by().values("project").annotate(number=Count(what, distinct=True)).values("number")
    return Coalesce(Subquery(counted), 0)


class ProjectQuerySet(PublishableQuerySet):
    def of_organisation(self, organisation):
        """Projects in which it takes part, also as an associated partner, and from which it hasn't gone."""
        taking_part = Q(left__isnull=True) | Q(left__gte=timezone.localdate())
        participations = self._related("participations").filter(taking_part, partner=organisation)
        return self.filter(pk__in=participations.values("project"))

    def in_stage(self, stage, day=None):
        """Projects in a life stage on a day, by default today."""
        return self.filter(in_stage(stage, day))

    def with_counts(self):
        """Adds partner_count and country_count: partners who have not left, and the countries they come from."""
        consortium = self._related("participations").in_consortium().filter(project=OuterRef("pk"))
        return self.annotate(
            partner_count=number_of(consortium, "pk"), country_count=number_of(consortium, "partner__country")
        )

    def with_colour(self):
        """Adds `colour`, by which `static/css/topics.css` knows the project's first topic; None without one."""
        topics = self._related("topics").filter(projects=OuterRef("pk")).order_by("order", "slug")
        return self.annotate(colour=Subquery(topics.values_list(F("order") % COLOURS)[:1]))

    def with_own_share(self):
        """
        Adds what of a project is the agency's that runs the portal: whether it takes part, and its own_total_budget,
        own_union_funding (EUR, None where not published) and own_union_funding_is_rounded. An organisation takes part
        once, whichever of its units do the work, so nothing is counted twice.
        """
        own = self._related("participations").in_consortium().of_agency().filter(project=OuterRef("pk")).order_by()
        fields = ("total_budget", "union_funding", "union_funding_is_rounded")
        return self.annotate(
            agency_takes_part=Exists(own), **{f"own_{name}": Subquery(own.values(name)[:1]) for name in fields}
        )

    def with_funding(self):
        """With all that the emblem's words depend on: the programme, its period and its fund."""
        return self.select_related("programme__period", "programme__fund")

    def with_partners(self):
        """With its participations and their organisations."""
        participations = self._related("participations").select_related("partner__kind").order_by("order", "pk").lean()
        return self.prefetch_related(Prefetch("participations", participations))

    def for_list(self):
        """What a card in a list shows."""
        return (
            self.with_counts()
            .with_own_share()
            .with_colour()
            .select_related("programme__period")
            .lean("change", "goals")
        )

    def for_page(self):
        """What the head of every page of a project shows, and what the facts in its texts need."""
        return self.with_funding().with_counts().with_colour().select_related("picture")

    def with_amendments(self):
        """With its amendments and what they changed for whom, by one query."""
        changes = Rows("partnership_changes", ("what", "partner__short_name", "partner__name"), ("what", "pk"))
        amendments = (
            self._related("amendments")
            .order_by(F("decided_on").asc(nulls_last=True), "pk")
            .with_rows(partnership_changes=changes)
        )
        return self.prefetch_related(Prefetch("amendments", amendments.lean()))

    def for_overview(self):
        """With what its overview shows of the project itself, and its contacts who may be shown today."""
        projects = self.with_partners().with_amendments().with_own_share().select_related("specific_objective")
        contact = ("function", "person", "email", "phone", "partner__short_name", "partner__name")
        return projects.with_rows(
            amounts_elsewhere=Rows("amounts_elsewhere", ("what", "amount", "currency"), ("what",)),
            phases=Rows("phases", ("number", "name", "goal", "start", "end"), ("number",)),
            topics=Rows("topics", ("slug", "name", "order"), ("order", "slug")),
            websites=Rows("websites", ("address", "order"), ("order", "pk")),
            public_contacts=Rows("contacts", contact, only=lambda contacts: contacts.public_on()),
        )

    def _related(self, name):
        return self.model._meta.get_field(name).related_model._default_manager.all()
