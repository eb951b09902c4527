from functools import cache

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class EditorialConfig(AppConfig):
    name = "editorial"

    def ready(self):
        """Let every app say what of its records waits for people, and every connection what it writes."""
        autodiscover_modules("waiting", "translating.waiting", "generations")
        from modeltranslation import manager as of_translations

        of_translations.multilingual_queryset_factory = one_for_each_class(
            of_translations.multilingual_queryset_factory
        )


def one_for_each_class(factory):
    """modeltranslation would make a class anew for each query, which takes longer than many a query."""
    kind = cache(lambda queryset: factory(queryset, instantiate=False))
    return lambda queryset, instantiate=True: kind(queryset)() if instantiate else kind(queryset)
