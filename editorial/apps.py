from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class EditorialConfig(AppConfig):
    name = "editorial"

    def ready(self):
        """Let every app say what of its records waits for people, and every connection what it writes."""
        autodiscover_modules("waiting", "translating.waiting", "generations")
