from modeltranslation.translator import TranslationOptions, register

from news import models


@register(models.Article)
class ArticleTranslation(TranslationOptions):
    fields = ["title", "lead", "body"]


@register(models.Event)
class EventTranslation(TranslationOptions):
    fields = ["title", "description", "outcome"]


@register(models.Newsletter)
class NewsletterTranslation(TranslationOptions):
    fields = ["title"]
