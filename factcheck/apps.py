from importlib import import_module

from django.apps import AppConfig


class FactcheckConfig(AppConfig):
    name = "factcheck"

    def ready(self):
        """Have the list of discrepancies follow what is saved and deleted."""
        import_module("factcheck.register")
