from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import BY_NAME, grantable_by


def languages():
    return settings.LANGUAGES


def languages_or_none():
    return [("", _("As the browser asks for")), *settings.LANGUAGES]


class RoleForm(forms.ModelForm):
    """Who a person is and what they may do. `granted_by` is who fills it in, and so offers no more than their own."""

    granted_by = None
    role = forms.ChoiceField(label=_("Role"), required=False, widget=forms.RadioSelect)
    languages = forms.MultipleChoiceField(
        label=_("Writes and translates"), choices=languages, required=False, widget=forms.CheckboxSelectMultiple
    )
    interface_language = forms.ChoiceField(
        label=_("Language of the back office"), choices=languages_or_none, required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "role" in self.fields:
            roles = [(role.name, f"{role.label} – {role.duty}") for role in grantable_by(self.granted_by)]
            self.fields["role"].choices = [("", _("None")), *roles]
            self.initial["role"] = self.instance.role.name if self.instance.pk and self.instance.role else ""

    def clean_email(self):
        email = self.cleaned_data["email"]
        if email and User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Someone with this e-mail address is here already. Look for them in the list."))
        return email

    def clean(self):
        role = BY_NAME.get(self.cleaned_data.get("role"))
        if role and role.only_own_organisation and not self.cleaned_data.get("partner"):
            self.add_error("partner", _("Choose the organisation whose projects this person works on."))
        if role and role.only_own_languages and not self.cleaned_data.get("languages"):
            self.add_error("languages", _("Choose at least one language: nothing else can be changed in this role."))
        return super().clean()

    def save(self, commit=True):
        """Into the back office comes who has a role."""
        if "role" in self.cleaned_data:
            self.instance.is_staff = bool(self.cleaned_data["role"]) or self.instance.is_superuser
        return super().save(commit)


class InvitationForm(RoleForm):
    """A new person, who logs in with their e-mail address once they have set a password."""

    email = forms.EmailField(
        label=_("E-mail"), max_length=150, help_text=_("The link to set a password goes there. It is the login name.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        role = self.fields["role"]
        role.required = role.widget.is_required = True
        role.choices = role.choices[1:]

    def clean_email(self):
        email = super().clean_email().lower()
        if User.objects.filter(username__iexact=email).exists():
            raise ValidationError(_("Someone logs in with this address already. Look for them in the list."))
        return email

    def save(self, commit=True):
        self.instance.username = self.cleaned_data["email"]
        self.instance.set_unusable_password()
        return super().save(commit)
