from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self):
        """Let every app say who hears of what, and add its lines to the digest."""
        autodiscover_modules("notices")
