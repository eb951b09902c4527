"""One e-mail a person and day with what is new for them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from accounts.invitations import language_for
from accounts.models import Notice, User


@dataclass(frozen=True)
class Line:
    """A sentence of a digest, with the path of the page that it is about."""

    text: str
    path: str = ""
    note: str = ""

    @property
    def address(self) -> str:
        return f"{settings.PORTAL_ADDRESS}{self.path}" if self.path else ""


# Functions of a person that give lines for their digest, in the language that is active then. A floor above adds its
# own in a module `notices.py`.
sources: list[Callable[[User], list[Line]]] = []


def due_on(day):
    """Those who want a digest, have an address and got none on the day."""
    people = User.objects.filter(is_active=True, is_staff=True, wants_digest=True).exclude(email="")
    return people.filter(Q(digest_on=None) | ~Q(digest_on=day)).prefetch_related("groups").order_by("pk")


def send_digest(person: User, connection) -> bool:
    """
    Send a person's digest of today, if there is anything in it and none was sent; say whether it was.

    Raises OSError where it can't be sent: then its notices go on waiting.
    """
    notices = list(person.notices.to_mail().select_related("actor"))
    with translation.override(language_for(person)):
        lines = [Line(str(notice), notice.path, notice.note) for notice in reversed(notices)]
        lines += [line for source in sources for line in source(person)]
        if not lines or not claim(person):
            return False
        message = written(person, lines)
    try:
        message.connection = connection
        message.send()
    except OSError:
        User.objects.filter(pk=person.pk).update(digest_on=person.digest_on)
        raise
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(mailed_at=timezone.now())
    return True


def claim(person: User) -> bool:
    """Take today's digest of the person upon oneself; False where another run of the command has done so."""
    today = timezone.localdate()
    waiting = User.objects.filter(Q(digest_on=None) | ~Q(digest_on=today), pk=person.pk)
    return waiting.update(digest_on=today) == 1


def written(person: User, lines: list[Line]) -> EmailMessage:
    context = {"person": person, "lines": lines, "notices_address": settings.PORTAL_ADDRESS + reverse("admin:notices")}
    subject = " ".join(render_to_string("accounts/digest_subject.txt", context).split())
    return EmailMessage(subject, render_to_string("accounts/digest.txt", context), None, [person.email])
