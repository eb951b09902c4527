from modeltranslation.translator import TranslationOptions, register

from partners.models import Contact, OrganisationType, Partner


@register(OrganisationType)
class OrganisationTypeTranslation(TranslationOptions):
    fields = ["name"]


@register(Partner)
class PartnerTranslation(TranslationOptions):
    fields = ["description"]


@register(Contact)
class ContactTranslation(TranslationOptions):
    fields = ["function"]
