from functools import cached_property

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.generic import DetailView, ListView

from editorial.filters import Selection
from editorial.linked_data import breadcrumbs, known
from editorial.models import FormerSlug
from editorial.pictures import content_type
from editorial.prepared import ask
from editorial.previews import Previewed, shown_by_link


def is_visitor(request) -> bool:
    """Whether nobody can be logged in."""
    return settings.SESSION_COOKIE_NAME not in request.COOKIES


def reader(request):
    """Who reads the page. A visitor without a session costs no query and leaves the answer free to be cached."""
    return AnonymousUser() if is_visitor(request) else request.user


def withdrawn(request, record, listed=None):
    """
    The answer for a record that visitors saw once: it leads on to its project, if public, and to its list, of which
    `listed` gives the name of the address and the label.
    """
    address, label = listed or (None, None)
    return render(request, "410.html", {"wholes": public_wholes(record), "list": address, "label": label}, status=410)


def public_wholes(record):
    """What the record is a part of, as far as visitors may see it: an article's projects."""
    name = getattr(record, "belongs_to", None)
    if name is None:
        return []
    field = record._meta.get_field(name)
    keys = getattr(record, name).values("pk") if field.many_to_many else [getattr(record, field.attname)]
    return field.related_model.objects.published().filter(pk__in=keys).lean()


class RecordPage(Previewed, DetailView):
    """
    A Publishable's public page: staff see drafts, so does who has a link to the preview; a former address redirects,
    and what was withdrawn answers 410 with a way on.

    `listed` names the list above it: the name of its address and its label. `describe` says what machines read of it.
    """

    listed = None

    def get_queryset(self):
        return self.model.objects.visible_to(reader(self.request)) | shown_by_link(self.request, self.model)

    def get(self, request, *args, **kwargs):
        try:
            return super().get(request, *args, **kwargs)
        except Http404:
            slug = kwargs["slug"]
            current = FormerSlug.objects.current(self.model, slug)
            if current and self.get_queryset().filter(slug=current).exists():
                return self.moved_to(current)
            if gone := self.model.objects.withdrawn().filter(slug__in=[slug, current]).lean().first():
                return withdrawn(request, gone, self.listed)
            raise

    def get_object(self, queryset=None):
        """What every visitor is shown the same of is asked for by a prepared query."""
        if self.request.preview or not is_visitor(self.request):
            return super().get_object(queryset)
        for record in ask(type(self), lambda slug: self.get_queryset().filter(slug=slug), self.kwargs["slug"]):
            return record
        raise Http404

    def trail(self) -> list[tuple]:
        """The pages above this one, `[(label, address), …]`."""
        above = [(_("Home"), reverse("home"))]
        if self.listed:
            name, label = self.listed
            above.append((label, reverse(name)))
        return above

    def describe(self, absolute) -> dict:
        """The record in schema.org's terms, where they have some for it."""
        return {}

    def get_context_data(self, **kwargs):
        trail, absolute = self.trail(), self.request.build_absolute_uri
        linked_data = [] if self.request.preview else known([self.describe(absolute), breadcrumbs(trail, absolute)])
        return super().get_context_data(trail=trail, linked_data=linked_data, **kwargs)

    def moved_to(self, slug):
        """Permanent for search engines, yet asked for anew each time: an address may come back."""
        answer = redirect(self.request.resolver_match.view_name, **self.kwargs | {"slug": slug}, permanent=True)
        patch_cache_control(answer, no_cache=True)
        return answer


MOST_IN_A_DOWNLOAD = 2000  # records; without a login nobody keeps the portal busy for longer than a few seconds


class RecordList(ListView):
    """A list of what visitors may see and the filters of `filterset_class` leave, in pages of 20."""

    paginate_by = 20
    filterset_class = None
    extra_context = {"download_limit": MOST_IN_A_DOWNLOAD}

    @cached_property
    def filters(self):
        return self.filterset_class(self.request.GET, self.model.objects.published(), request=self.request)

    def get_queryset(self):
        """All that visitors may see, with what is shown of each: of it, the page takes what the filters leave."""
        return self.model.objects.published()

    def get_paginator(self, records, per_page, **kwargs):
        return super().get_paginator(Selection(self.filters, records), per_page, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(filters=self.filters, **kwargs)


def picture_file(request, name):
    """A picture from the portal's own storage, and nothing else of it. What lies under a name never changes."""
    try:
        file = default_storage.open(f"pictures/{name}")
    except (OSError, SuspiciousFileOperation) as error:
        raise Http404 from error
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # a newsletter and a partner's site may show it
    return FileResponse(file, content_type=content_type(name), headers=headers)
