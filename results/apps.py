from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ResultsConfig(AppConfig):
    name = "results"

    def ready(self):
        """Let every app say which of its records indicators can count."""
        autodiscover_modules("counting")
