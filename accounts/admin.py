from functools import partial

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms import InvitationForm, RoleForm
from accounts.invitations import invite, open_invitations
from accounts.models import User
from accounts.roles import BY_NAME, ROLES, give, grantable_by
from editorial.admin import TranslatedAdmin

admin.site.unregister(Group)  # accounts/roles.py says what the groups may do


class RoleFilter(admin.SimpleListFilter):
    title = gettext_lazy("role")
    parameter_name = "role"

    def lookups(self, request, model_admin):
        return [(role.name, role.label) for role in ROLES]

    def queryset(self, request, people):
        return people.filter(groups__name=self.value()) if self.value() in BY_NAME else people


class InvitationFilter(admin.SimpleListFilter):
    title = gettext_lazy("invitation")
    parameter_name = "invitation"

    def lookups(self, request, model_admin):
        return [("open", gettext_lazy("Not taken up yet"))]

    def queryset(self, request, people):
        return open_invitations(people) if self.value() == "open" else people


@admin.register(User)
class PersonAdmin(TranslatedAdmin, UserAdmin):
    form = RoleForm
    add_form = InvitationForm
    add_form_template = "admin/accounts/user/invite.html"
    WHO = (gettext_lazy("Who it is"), {"fields": [("first_name", "last_name"), "email", "partner"]})
    LANGUAGES = (gettext_lazy("Languages"), {"fields": ["languages", "interface_language"]})
    E_MAIL = (gettext_lazy("By e-mail"), {"fields": ["wants_digest"]})
    add_fieldsets = [WHO, (gettext_lazy("What this person may do"), {"fields": ["role"]}), LANGUAGES]
    fieldsets = [
        WHO,
        (gettext_lazy("What this person may do"), {"fields": ["role", "username", "is_active", "is_superuser"]}),
        LANGUAGES,
        E_MAIL,
        (gettext_lazy("Dates"), {"fields": [("last_login", "date_joined")]}),
    ]
    readonly_fields = ["last_login", "date_joined"]
    filter_horizontal = []
    autocomplete_fields = ["partner"]
    list_display = ["username", "name", "email", "partner", "role", "is_active", "last_login"]
    list_select_related = ["partner"]
    list_filter = [RoleFilter, InvitationFilter, "is_active"]
    search_fields = ["username", "first_name", "last_name", "email", "partner__name", "partner__short_name"]
    actions = ["invite_again"]

    def for_list(self, people):
        return people.prefetch_related("groups")

    @admin.display(description=gettext_lazy("name"), ordering="last_name")
    def name(self, person):
        return person.get_full_name()

    @admin.display(description=gettext_lazy("role"))
    def role(self, person):
        return _("Superuser") if person.is_superuser else person.role

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        form.granted_by = request.user
        return form

    def get_fieldsets(self, request, obj=None):
        """Only a superuser makes another one."""
        fieldsets = super().get_fieldsets(request, obj)
        hidden = set() if request.user.is_superuser else {"is_superuser"}
        return [
            (name, options | {"fields": [field for field in options["fields"] if field not in hidden]})
            for name, options in fieldsets
        ]

    def get_readonly_fields(self, request, obj=None):
        """Nobody lifts themselves, or locks themselves out."""
        own = ["role", "is_active", "is_superuser"] if obj == request.user else []
        return [*super().get_readonly_fields(request, obj), *own]

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or self.may_manage(request.user, obj))

    def has_delete_permission(self, request, obj=None):
        may_delete = obj is None or (obj != request.user and self.may_manage(request.user, obj))
        return may_delete and super().has_delete_permission(request, obj)

    def may_manage(self, user, person) -> bool:
        """Whether the person has no more rights than the user could give them."""
        if user.is_superuser or person == user:
            return True
        return not person.is_superuser and (person.role is None or person.role in grantable_by(user))

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        person = form.instance
        if "role" in form.cleaned_data:
            give(person, BY_NAME.get(form.cleaned_data["role"]))
        if not change:
            transaction.on_commit(partial(self.send, request, person))

    def send(self, request, person):
        """Send an invitation, and say so; where it can't be sent, say what to do."""
        try:
            invite(person, request)
        except OSError as error:
            message = _(
                "The e-mail to %(email)s could not be sent (%(error)s). %(person)s is in the list nevertheless: once "
                "the mail server works, choose “Send the link to set a password” there."
            )
            messages.error(request, message % {"email": person.email, "person": person, "error": error})
        else:
            messages.success(request, _("The link to set a password is on its way to %s.") % person.email)

    @admin.action(permissions=["change"], description=gettext_lazy("Send the link to set a password"))
    def invite_again(self, request, people):
        for person in people:
            if person.is_active and person.email and self.has_change_permission(request, person):
                self.send(request, person)
            else:
                message = _("%(person)s gets no link: there is no e-mail address, or it is not yours to send.")
                messages.warning(request, message % {"person": person})
