from modeltranslation.translator import TranslationOptions, register

from editorial.models import Picture


@register(Picture)
class PictureTranslation(TranslationOptions):
    fields = ["alt"]
