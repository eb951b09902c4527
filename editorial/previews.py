"""Links that show one record as it will look to someone without a login, until they expire."""

from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.db import models
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.generic import View

from editorial.states import State

signer = TimestampSigner(salt="editorial.previews")


def token_for(record) -> str:
    """What lets its bearer see the record for `settings.PREVIEW_AGE`, whatever its state."""
    return signer.sign_object([record._meta.label_lower, record.pk])


@dataclass(frozen=True)
class Preview:
    """A record that someone was given a link to, and the token that says so."""

    token: str
    record: models.Model

    @classmethod
    def read(cls, token):
        """Raise SignatureExpired for what led somewhere once, BadSignature for what never did or can't any more."""
        label, pk = signer.unsign_object(token, max_age=settings.PREVIEW_AGE)
        record = apps.get_model(label).objects.exclude(state=State.WITHDRAWN).filter(pk=pk).first()
        if record is None:
            raise BadSignature
        return cls(token, record)

    def address(self, language) -> str:
        with override(language):
            return f"{self.record.get_absolute_url()}?preview={self.token}"


def invitation(record, language) -> str:
    """The path that is sent to someone: it goes on working when the record's address changes."""
    with override(language):
        return reverse("preview", args=[token_for(record)])


def shown_by_link(request, model):
    """The record of a model that the page's link shows beside what its reader may see anyway: one or none."""
    preview = getattr(request, "preview", None)
    shown = preview.record.pk if preview and isinstance(preview.record, model) else None
    return model.objects.filter(pk=shown) if shown else model.objects.none()


class Previewed:
    """Mixed into the views of records: `?preview=…` shows the one that the token names, to nobody's cache."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        request.preview = None

    def dispatch(self, request, *args, **kwargs):
        token = request.GET.get("preview")
        return super().dispatch(request, *args, **kwargs) if token is None else self.show_preview(request, token)

    @method_decorator([never_cache, xframe_options_sameorigin])
    def show_preview(self, request, token):
        try:
            preview = Preview.read(token)
        except BadSignature as reason:
            return leads_nowhere(request, expired=isinstance(reason, SignatureExpired))
        if not self.is_about(preview.record):
            return leads_nowhere(request, expired=False)
        request.preview = preview
        answer = super().dispatch(request, *self.args, **self.kwargs)
        answer["X-Robots-Tag"] = "noindex, nofollow"
        return answer

    def is_about(self, record) -> bool:
        return isinstance(record, self.model) and self.kwargs.get("slug", record.slug) == record.slug


@method_decorator(never_cache, name="dispatch")
class FollowInvitation(View):
    """The link that was sent leads to the record's page of now."""

    def get(self, request, token):
        try:
            return redirect(Preview.read(token).address(request.LANGUAGE_CODE))
        except BadSignature as reason:
            return leads_nowhere(request, expired=isinstance(reason, SignatureExpired))


def leads_nowhere(request, expired: bool):
    return render(request, "preview_over.html", {"expired": expired}, status=410 if expired else 404)
