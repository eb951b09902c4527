from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ProjectsConfig(AppConfig):
    name = "projects"

    def ready(self):
        """Let every app say what it adds to a project's pages, and which facts texts can name."""
        autodiscover_modules("sections", "facts")
