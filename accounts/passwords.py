"""The pages on which people set their passwords, by Django's own views, and are sent links to them."""

from django.contrib import admin
from django.contrib.auth import views
from django.utils.translation import gettext_lazy as _

from accounts.invitations import ForgottenPasswordForm


class InBackOffice:
    """A page of the back office for those who haven't logged in."""

    def get_context_data(self, **kwargs):
        frame = {"site_title": admin.site.site_title, "site_header": admin.site.site_header}
        return super().get_context_data(**kwargs) | frame


class Forgotten(InBackOffice, views.PasswordResetView):
    form_class = ForgottenPasswordForm
    email_template_name = "registration/forgotten.txt"
    subject_template_name = "registration/forgotten_subject.txt"
    title = _("Set a new password")


class ForgottenDone(InBackOffice, views.PasswordResetDoneView):
    title = _("Look into your mailbox")


class SetPassword(InBackOffice, views.PasswordResetConfirmView):
    title = _("Set a password")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context if self.validlink else context | {"title": _("This link works no longer")}


class PasswordSet(InBackOffice, views.PasswordResetCompleteView):
    title = _("Your password is set")
