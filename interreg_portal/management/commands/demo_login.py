import os
import secrets

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import ROLES, give, load_roles
from partners.models import Partner
from projects.models import Project

ORGANISATION = "example-municipality-of-primerovo"  # it takes part in EXAMPLE RIVER
LANGUAGES = {"translator": ["sl", "lv"], "partner_editor": ["bg", "en"]}


class Command(BaseCommand):
    help = (
        "Makes a login for each role of the demo portal, or gives them a new password: DEMO_PASSWORD's, else a random "
        "one. For demonstrations only; a real portal's people are made with createsuperuser and invited."
    )

    def handle(self, *args, **options):
        check_demo()
        load_roles()
        password = os.environ.get("DEMO_PASSWORD") or secrets.token_urlsafe(12)
        for role in ROLES:
            make(role, password)
        width = max(len(role.name) for role in ROLES)
        self.stdout.write(_("Log in to the back office at /admin/ with the password “%s” as:") % password)
        for role in ROLES:
            self.stdout.write(f"  {role.name:{width}}  {role.duty}")


def check_demo():
    """Raise CommandError on a portal that isn't the demo's, or where a person of one's own has a role's name."""
    if not Project.objects.filter(slug="inno-industry").exists():
        raise CommandError(_("This portal doesn't hold the demo, so it gets no demo logins. Run load_demo first."))
    for person in User.objects.filter(username__in=[role.name for role in ROLES]):
        if person.email != f"{person.username}@example.org":
            message = _(
                "“%s” is a person of this portal and not the demo's, so nothing was changed. Use createsuperuser."
            )
            raise CommandError(message % person.username)


def make(role, password):
    """The person whose login is the role's name; the administrator is a superuser too."""
    person, _created = User.objects.get_or_create(
        username=role.name,
        defaults={"email": f"{role.name}@example.org", "languages": LANGUAGES.get(role.name, [])},
    )
    if role.only_own_organisation and person.partner is None:
        person.partner = Partner.objects.filter(slug=ORGANISATION).first()
    person.is_staff = person.is_active = True
    person.is_superuser = role.name == "administrator"
    person.set_password(password)
    person.save()
    give(person, role)
