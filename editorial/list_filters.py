"""The filters of the back office's lists."""

from django.contrib import admin
from django.contrib.admin.views.main import PAGE_VAR
from django.db import models
from django.forms import Form, ModelChoiceField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.decisions import submitted_by
from editorial.forms import ChooseOne, record_number
from editorial.versions import worked_on_by


class MineFilter(admin.SimpleListFilter):
    title = gettext_lazy("who worked on it")
    parameter_name = "mine"

    def lookups(self, request, model_admin):
        return [("yes", _("I did")), ("submitted", _("I submitted it"))]

    def queryset(self, request, records):
        of_person = {"yes": worked_on_by, "submitted": submitted_by}.get(self.value())
        return of_person(request.user, records) if of_person else records


class RecordFilter(admin.RelatedFieldListFilter):
    """
    Filters by a relation: offers the related records that occur, named and sorted as in their own list. Where these
    are more than anybody reads through, `search` is a form to look for one instead.
    """

    OFFERED = 30  # records
    search = None

    def field_choices(self, field, request, model_admin):
        records = model_admin.get_field_queryset(None, field, request)
        users = model_admin.get_queryset(request).order_by().filter(**{self.field_path: models.OuterRef("pk")})
        used = records.order_by().filter(models.Exists(users)).values_list("pk", flat=True)
        offered = list(used[: self.OFFERED + 1])
        if len(offered) > self.OFFERED:
            offered = [record_number(number) for number in self.lookup_val or [] if number]
            self.offer_search(request, records, ChooseOne(field, model_admin.admin_site), offered)
        return [(record.pk, str(record)) for record in records.filter(pk__in=offered)]

    def offer_search(self, request, records, widget, chosen):
        """Look for a record by a form that leaves everything else that the list is narrowed to as it is."""
        self.template = "admin/record_search.html"
        self.search = Form(initial={self.lookup_kwarg: chosen[-1:]}, use_required_attribute=False)
        self.search.fields[self.lookup_kwarg] = ModelChoiceField(records, widget=widget)
        replaced = {*self.expected_parameters(), PAGE_VAR}
        self.kept = [(name, value) for name in request.GET.keys() - replaced for value in request.GET.getlist(name)]

    def has_output(self):
        return self.search is not None or super().has_output()


class ValueFilter(admin.AllValuesFieldListFilter):
    """Filters by what stands in a field; that nothing stands in it has a name too."""

    def choices(self, changelist):
        for choice in super().choices(changelist):
            yield choice | {"display": choice["display"] or _("nothing entered")}


class ChoiceFilter(admin.ChoicesFieldListFilter):
    """Filters by a field with many choices, such as a country: offers those that occur."""

    def __init__(self, field, request, params, model, model_admin, field_path):
        super().__init__(field, request, params, model, model_admin, field_path)
        self.used = set(model_admin.get_queryset(request).order_by().values_list(field_path, flat=True).distinct())

    def has_output(self):
        return len(self.used) > 1

    def choices(self, changelist):
        every, *choices = super().choices(changelist)
        codes = [code for code, name in self.field.flatchoices]
        return [every, *(choice for code, choice in zip(codes, choices, strict=False) if code in self.used)]
