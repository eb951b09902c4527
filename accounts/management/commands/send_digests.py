from django.core.mail import get_connection
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.digests import due_on, send_digest


class Command(BaseCommand):
    help = (
        "Sends everyone who wants it one e-mail with what is new for them, at most one a day. Run it once a day, or "
        "more often: who had theirs today gets no other. What couldn't be sent waits for the next run."
    )

    def handle(self, **options):
        connection, sent, failures = get_connection(), 0, []
        people = list(due_on(timezone.localdate()))
        try:
            connection.open()
        except OSError as error:
            message = _("The mail server can't be reached (%(error)s). Nothing was sent; the notices go on waiting.")
            raise CommandError(message % {"error": error}) from error
        for person in people:
            try:
                sent += send_digest(person, connection)
            except OSError as error:
                failures.append(f"{person.email}: {error}")
        connection.close()
        self.stdout.write(ngettext("%(number)d digest sent.", "%(number)d digests sent.", sent) % {"number": sent})
        if failures:
            message = _("These could not be sent, and are tried again with the next run:")
            raise CommandError("\n".join([message, *failures]))
