"""The search box of the back office: records of every kind that someone may view, by any of their texts."""

from dataclasses import dataclass

from django.contrib.admin import ModelAdmin
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst

SHOWN = 5  # records of a kind; the rest is in the kind's own list
WORDS = 8  # each is looked for in every searched column, and a database takes only so many conditions


@dataclass(frozen=True)
class Matches:
    """Records of one kind that were found. `more` says whether its own list holds others."""

    admin: ModelAdmin
    words: str
    records: list
    more: bool

    @property
    def name(self) -> str:
        return capfirst(self.admin.opts.verbose_name_plural)

    @property
    def list_address(self) -> str:
        return f"{address(self.admin, 'changelist')}?{urlencode({'q': self.words})}"

    @property
    def links(self) -> list[tuple[str, str]]:
        """`[("/admin/projects/phase/7/change/", "INNO INDUSTRY: Phase 1"), …]`"""
        label = getattr(self.admin, "option_label", str)
        return [(address(self.admin, "change", record.pk), label(record)) for record in self.records]


def address(admin, page, *args) -> str:
    return reverse(f"admin:{admin.opts.app_label}_{admin.opts.model_name}_{page}", args=args)


def cleaned(query: str) -> str:
    """What is searched for of what was typed: a few words, without what PostgreSQL refuses."""
    return " ".join(query.replace("\0", " ")[:200].split()[:WORDS])


def search(site, request, words: str, is_wanted=lambda admin: True) -> list[Matches]:
    """What is found of every wanted kind that the user may view, in the order of the menu; one query a kind."""
    admins = [site.get_model_admin(model["model"]) for task in site.get_app_list(request) for model in task["models"]]
    searched = [admin for admin in admins if is_wanted(admin) and may_be_searched(admin, request)]
    found = [matches(admin, request, words) for admin in searched]
    return [match for match in found if match.records]


def may_be_searched(admin, request) -> bool:
    return bool(admin.get_search_fields(request)) and admin.has_view_permission(request)


def matches(admin, request, words: str) -> Matches:
    found, may_repeat = admin.get_search_results(request, admin.get_queryset(request), words)
    first = list((found.distinct() if may_repeat else found)[: SHOWN + 1])
    return Matches(admin, words, first[:SHOWN], len(first) > SHOWN)
