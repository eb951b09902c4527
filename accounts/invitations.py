"""The link by which a person sets a password: sent with an invitation, and to who has forgotten theirs."""

from django.conf import settings
from django.contrib.auth.forms import PasswordResetForm
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from accounts.models import User

DAY = 24 * 3600  # seconds


def language_for(person) -> str:
    """The language in which the portal writes to a person."""
    in_use = dict(settings.LANGUAGES)
    known = [language for language in (person.interface_language, *person.languages) if language in in_use]
    return known[0] if known else settings.LANGUAGE_CODE


def password_address(person) -> str:
    """The page on which the person, and nobody else, sets a password, for as long as PASSWORD_RESET_TIMEOUT says."""
    key = urlsafe_base64_encode(force_bytes(person.pk))
    return reverse("password_reset_confirm", args=[key, default_token_generator.make_token(person)])


def open_invitations(people):
    """Those of the people who have never set the password that they were asked to."""
    return people.filter(is_active=True, is_staff=True, password__startswith=UNUSABLE_PASSWORD_PREFIX)


def invite(person, request):
    """Send the person a link to set a password. Raises OSError where the mail server can't be reached or refuses."""
    context = {
        "person": person,
        "portal": request.build_absolute_uri("/"),
        "address": request.build_absolute_uri(password_address(person)),
        "days": settings.PASSWORD_RESET_TIMEOUT // DAY,
    }
    with translation.override(language_for(person)):
        subject = " ".join(render_to_string("registration/invitation_subject.txt", context).split())
        text = render_to_string("registration/invitation.txt", context)
    send_mail(subject, text, None, [person.email])


class ForgottenPasswordForm(PasswordResetForm):
    def get_users(self, email):
        """Also those who were invited and have never set a password."""
        return User.objects.filter(email__iexact=email, is_active=True)

    def send_mail(self, subject_template_name, email_template_name, context, from_email, to_email, **options):
        with translation.override(language_for(context["user"])):
            super().send_mail(subject_template_name, email_template_name, context, from_email, to_email, **options)
