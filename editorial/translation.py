from functools import cache

from modeltranslation import manager
from modeltranslation.translator import TranslationOptions, register

from editorial.models import Picture


@register(Picture)
class PictureTranslation(TranslationOptions):
    fields = ["alt"]


def one_for_each_class(factory):
    """modeltranslation would make a class anew for each query, which takes longer than many a query."""
    kind = cache(lambda queryset: factory(queryset, instantiate=False))
    return lambda queryset, instantiate=True: kind(queryset)() if instantiate else kind(queryset)


manager.multilingual_queryset_factory = one_for_each_class(manager.multilingual_queryset_factory)
