from importlib import import_module

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"

    def ready(self):
        """Have the index follow what is saved and deleted."""
        import_module("search.index")
