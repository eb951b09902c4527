"""What people are in the portal, and what each role may do. `load_roles` keeps a group of each role's name."""

from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from django.contrib.auth.models import Group, Permission
from django.utils.translation import gettext_lazy as _

CONTENT = ["editorial", "pages", "partners", "projects", "results", "news", "visibility"]
IMPORTING = ["imports.view_import", "imports.add_import"]  # what has been imported is never changed or deleted
REPORTS = ["reports.view_reportsnapshot", "reports.add_reportsnapshot"]  # what is made stays as it is, whoever one is


def content(*actions: str) -> list[str]:
    """Patterns for actions on everything of content: `content("view")` → `["editorial.view_*", …]`."""
    return [f"{app}.{action}_*" for app in CONTENT for action in actions]


@dataclass(frozen=True)
class Role:
    """
    `rights` are patterns of permissions. What narrows them, record by record and field by field, is said by the rest:
    `only_fields` may be written and no others, `never_fields` not at all, and `states` are those it may give a record.
    """

    name: str
    label: str
    duty: str
    rights: list[str]
    only_own_organisation: bool = False
    only_own_languages: bool = False
    only_fields: list[str] | None = None
    never_fields: list[str] = field(default_factory=list)
    states: list[str] | None = None

    def __str__(self):
        return str(self.label)

    def may(self, permission: str) -> bool:
        return any(fnmatchcase(permission, pattern) for pattern in self.rights)


ROLES = [
    Role(
        "administrator",
        _("Administrator"),
        _("does everything, people included"),
        [
            *content("view", "add", "change", "delete"),
            *REPORTS,
            "editorial.approve_translation",
            "results.reopen_reportingperiod",
            "accounts.*_user",
            "archive.*",
            *IMPORTING,
        ],
    ),
    Role(
        "editor",
        _("Editor"),
        _("writes, publishes and deletes all content"),
        [
            *content("view", "add", "change", "delete"),
            *REPORTS,
            "editorial.approve_translation",
            "archive.add_copy",
            "archive.view_copy",
            "archive.*_retention",
            *IMPORTING,
        ],
    ),
    Role(
        "partner_editor",
        _("Partner editor"),
        _("drafts news, events, practices and measurements of the projects that their organisation takes part in"),
        [
            *(f"news.{action}_{model}" for action in ("view", "add", "change") for model in ("article", "event")),
            *(
                f"results.{action}_{model}"
                for action in ("view", "add", "change")
                for model in ("goodpractice", "measurement")
            ),
            *(f"visibility.{action}_dutyevidence" for action in ("view", "add", "change")),
            *(f"projects.view_{model}" for model in ("project", "participation", "phase", "document", "topic")),
            *(f"results.view_{model}" for model in ("target", "reportingperiod")),
            *REPORTS,
            "partners.view_partner",
            "editorial.view_picture",
            "editorial.add_picture",
        ],
        only_own_organisation=True,
        never_fields=["published_at"],
        states=["draft", "in_review", "submitted"],
    ),
    Role(
        "translator",
        _("Translator"),
        _("writes the texts in their own languages, and changes nothing else"),
        content("view", "change"),
        only_own_languages=True,
    ),
    Role(
        "reviewer",
        _("Reviewer"),
        _("sees everything, publishes, approves and returns"),
        [
            *content("view"),
            *REPORTS,
            "archive.view_*",
            "imports.view_import",
            "editorial.approve_translation",
            "pages.change_page",
            "partners.change_partner",
            "projects.change_project",
            "results.change_goodpractice",
            "results.change_measurement",
            "results.change_reportingperiod",
            "results.reopen_reportingperiod",
            "news.change_article",
            "news.change_event",
        ],
        only_fields=["state", "published_at", "locked_on"],
    ),
    Role(
        "reader",
        _("Reader"),
        _("sees and exports everything, and changes nothing"),
        [*content("view"), *REPORTS, "archive.view_*", "imports.view_import"],
    ),
]
BY_NAME = {role.name: role for role in ROLES}


def permissions() -> dict[str, Permission]:
    """Every permission there is, by its full name, as `projects.view_project`."""
    every = Permission.objects.select_related("content_type")
    return {f"{permission.content_type.app_label}.{permission.codename}": permission for permission in every}


def load_roles():
    """Bring the groups to what the roles say, whatever was changed in them. What other groups there are stays."""
    every = permissions()
    for role in ROLES:
        group, _created = Group.objects.get_or_create(name=role.name)
        group.permissions.set([permission for name, permission in every.items() if role.may(name)])


def give(person, role: Role | None):
    """Make it the one role that the person has."""
    if role and not Group.objects.filter(name=role.name).exists():
        load_roles()
    person.groups.set(Group.objects.filter(name=role.name) if role else [])


def grantable_by(person) -> list[Role]:
    """The roles that the person may give to others: those that can do nothing that the person can't."""
    every = permissions()
    return [role for role in ROLES if person.has_perms([name for name in every if role.may(name)])]
