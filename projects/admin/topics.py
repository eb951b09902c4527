"""Topics of several records at once."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from editorial.bulk import bulk_change
from editorial.querysets import translated
from projects.models import Topic

ADD, TAKE_OUT, REPLACE = "add", "take_out", "replace"


def every_topic():
    return Topic.objects.lean()


class TopicsForm(forms.Form):
    how = forms.ChoiceField(
        label=gettext_lazy("What to do"),
        choices=[
            (ADD, gettext_lazy("Add the topics ticked below")),
            (TAKE_OUT, gettext_lazy("Take the topics ticked below out")),
            (REPLACE, gettext_lazy("Give the records these topics and no others")),
        ],
        initial=ADD,
        widget=forms.RadioSelect,
    )
    topics = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Topics"),
        queryset=Topic.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["topics"].queryset = every_topic()

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("how") in (ADD, TAKE_OUT) and "topics" in cleaned and not cleaned["topics"]:
            self.add_error("topics", _("Tick at least one topic."))
        return cleaned

    def afterwards(self, now: set) -> set:
        """The topics that a record with the given ones ends up with."""
        chosen = set(self.cleaned_data["topics"])
        return {ADD: now | chosen, TAKE_OUT: now - chosen, REPLACE: chosen}[self.cleaned_data["how"]]


class TopicsForMany:
    """For admins of records with `topics`: sets those of the records ticked in the list, after showing what changes."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.actions = [*self.actions, "set_topics"]

    def has_topics_permission(self, request) -> bool:
        return self.has_change_permission(request) and request.user.may_write(self.opts.get_field("topics"))

    @admin.action(permissions=["topics"], description=gettext_lazy("Set topics"))
    def set_topics(self, request, records):
        form = TopicsForm(request.POST if "how" in request.POST else None)
        if form.is_valid() and "apply" in request.POST:
            return self.write_topics(request, records, form)
        rows = self.rows(request, records, form)
        context = self.admin_site.each_context(request) | {
            "title": _("Set topics"),
            "opts": self.opts,
            "form": form,
            "rows": rows,
            "changing": sum(row["is_changed"] for row in rows),
            "record_checkbox": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/set_topics.html", context)

    def rows(self, request, records, form) -> list[dict]:
        """What becomes of each record, with the reason where nothing does."""
        editable = set(translated(records).editable_by(request.user).values_list("pk", flat=True))
        order = {topic: place for place, topic in enumerate(every_topic())}
        rows = []
        for record in records.prefetch_related("topics"):
            now = set(record.topics.all())
            then = form.afterwards(now) if form.is_valid() else now
            may, chosen = record.pk in editable, form.is_valid()
            reason = "" if may else _("You may not change this one.")
            reason = _("It has these topics already.") if may and chosen and then == now else reason
            rows.append(
                {
                    "record": record,
                    "now": sorted(now, key=order.get),
                    "then": sorted(then, key=order.get),
                    "is_changed": may and then != now,
                    "reason": reason,
                }
            )
        return rows

    def write_topics(self, request, records, form):
        with bulk_change(request, records) as bulk:
            for row in self.rows(request, bulk.records, form):
                if row["is_changed"]:
                    with bulk.changing(row["record"]):
                        row["record"].topics.set(row["then"])
        done = ngettext("%(number)d record has been changed.", "%(number)d records have been changed.", bulk.count)
        if bulk.count:
            messages.success(request, done % {"number": bulk.count})
        else:
            messages.warning(request, _("Nothing was changed: the records have these topics already."))
