"""
The poster that a project puts up where the public sees it, on paper of A3 or on a screen.

Reg. (EU) 2021/1059, Article 36(4)(d) and Reg. (EU) 1303/2013, Annex XII, 2.2(2)(b) ask for it: information on the
project that highlights the Union's support. What stands beside the emblem is no larger than it is (Annex IX; Impl.
Reg. (EU) 821/2014, Article 3): the templates leave the programme's logo less height.
"""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from visibility.content import figures, funding_words, partner, programme_name, told, told_at_length
from visibility.sheet import Sheet


def poster_of(project, request) -> Sheet:
    """The A3 poster of a project that came `for_overview`, in the active language."""
    return drawn("poster", project, request)


def screen_of(project, request) -> Sheet:
    """The same for a display of 1920 × 1080 pixels."""
    return drawn("screen", project, request)


def drawn(template: str, project, request) -> Sheet:
    address = request.build_absolute_uri(project.get_absolute_url())
    logo, files = logo_of(project.programme, request)
    return Sheet(
        template=template,
        title=_("%(project)s: poster") % {"project": project.acronym},
        language=get_language(),
        made_at=project.updated_at,
        address=address,
        files=files,
        data={
            "funding": funding_words(project.programme, request),
            "programme": programme_name(project.programme, request),
            "logo": logo,
            "acronym": project.acronym,
            "heading": told(project, "title", request),
            "summary": told_at_length(project, "summary", request),
            "change": told_at_length(project, "change", request, is_rich=True),
            "figures": figures(project),
            "lead": partner(project.lead) if project.lead else None,
            "address": address,
            "words": {
                "change": _("What will change"),
                "lead": _("Lead partner"),
                "more": _("More about the project"),
                "qr": _("QR code with the address of the project’s page"),
            },
        },
    )


def logo_of(programme, request) -> tuple[dict | None, dict[str, bytes]]:
    """The programme's logo as the templates know it, with its file; none where there is none."""
    logo = programme.logo
    if logo is None:
        return None, {}
    stored = next((each["name"] for each in logo.renditions if each["format"] in ("PNG", "JPEG")), logo.file.name)
    name = f"logo.{stored.rpartition('.')[2]}"
    with logo.file.storage.open(stored) as file:
        return {"file": name, "alt": logo.alt or programme_name(programme, request)["text"]}, {name: file.read()}
