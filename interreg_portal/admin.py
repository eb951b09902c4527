"""Loaded after the admins of all other floors, when every form with the rows of every floor is known."""

from editorial.versions import register_all
from editorial.versions_admin import KeepsVersions

register_all(KeepsVersions)
