from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from accounts.roles import ROLES, load_roles


class Command(BaseCommand):
    help = "Brings the roles' groups to what accounts/roles.py says. It may run again at any time, and after upgrades."

    def handle(self, **options):
        load_roles()
        self.stdout.write(_("Roles: %(roles)s") % {"roles": ", ".join(str(role) for role in ROLES)})
