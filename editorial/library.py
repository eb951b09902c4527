"""The library of pictures: taking in several at once, and what its list and form show of each."""

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from editorial.forms import checked_copy, mind_size
from editorial.models import Picture


class DescriptionFilter(admin.SimpleListFilter):
    title = _("description")
    parameter_name = "described"

    def lookups(self, request, model_admin):
        return [("no", _("Still without a description"))]

    def queryset(self, request, pictures):
        return pictures.undescribed() if self.value() == "no" else pictures


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralPictures(forms.Form):
    """What is asked once for pictures that are added together. They are described one by one, each in its form."""

    file = forms.FileField(
        label=_("Pictures"), widget=SeveralFiles(attrs={"multiple": True, "accept": "image/*"}), required=False
    )
    credit = forms.CharField(
        label=_("Credit"),
        required=False,
        max_length=200,
        help_text=_("Who made them: “Photo: RRA Posavje”. You can change it for each picture later."),
    )
    licence = forms.CharField(label=_("Licence"), required=False, max_length=100, help_text=_("For example CC BY 4.0."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        mind_size(self.fields["file"], settings.PICTURE_BYTES)


class OnePicture(SeveralPictures):
    """One of them, checked by itself."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].required = True

    def clean_file(self):
        return checked_copy(self.cleaned_data["file"])

    def save(self) -> Picture:
        with transaction.atomic():
            return Picture.objects.create(**self.cleaned_data)


class PictureLibrary:
    """For the admin of pictures: the page that takes several, and those that the editor of texts offers."""

    OFFERED = 24  # pictures at once

    def choices(self, request):
        """What is found for `q`, the latest without it: a part of the page, to choose one from."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        words = request.GET.get("q", "")[:200]
        found, _may_repeat = self.get_search_results(request, self.get_queryset(request), words)
        pictures = list(found[: self.OFFERED + 1])
        context = {"pictures": pictures[: self.OFFERED], "more": len(pictures) > self.OFFERED, "words": words}
        return render(request, "admin/rich_text/pictures.html", context)

    def shown(self, request, pk):
        """A picture's smallest file, wherever it lies now."""
        picture = self.get_queryset(request).filter(pk=pk).first()
        if picture is None or not self.has_view_permission(request, picture):
            raise Http404
        return redirect(picture.thumbnail_url)

    def add_several(self, request):
        """Each file is taken or refused by itself. The page's script asks for `answers_only`: that part of the page."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        files = request.FILES.getlist("file")
        form = SeveralPictures(request.POST or None)
        common = form.is_valid()
        answers = [self.take_in(request, file) for file in files] if common else []
        if request.method == "POST" and common and not files:
            form.add_error("file", _("Choose at least one picture."))
        context = self.admin_site.each_context(request) | {
            "title": _("Add several pictures"),
            "opts": self.opts,
            "form": form,
            "answers": answers,
            "limit": filesizeformat(settings.PICTURE_BYTES),
            "millions": settings.PICTURE_PIXELS // 1_000_000,
        }
        part = "answers" if common and "answers_only" in request.POST else "add_several"
        return render(request, f"admin/editorial/picture/{part}.html", context)

    def take_in(self, request, file) -> dict:
        """Keep one file as a picture, if it is one: its name, with the picture or what is wrong with it."""
        form = OnePicture(request.POST, {"file": file})
        if not form.is_valid():
            return {"name": file.name, "mistakes": [mistake for each in form.errors.values() for mistake in each]}
        picture = form.save()
        self.log_addition(request, picture, [{"added": {}}])
        return {"name": file.name, "picture": picture}
