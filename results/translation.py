from modeltranslation.translator import TranslationOptions, register

from results import models


@register(models.Indicator)
class IndicatorTranslation(TranslationOptions):
    fields = ["name", "definition", "unit"]


@register(models.Target)
class TargetTranslation(TranslationOptions):
    fields = ["note", "difference_note"]


@register(models.Measurement)
class MeasurementTranslation(TranslationOptions):
    fields = ["narrative"]


@register(models.GoodPractice)
class GoodPracticeTranslation(TranslationOptions):
    fields = ["title", "summary", "description", "resources", "evidence", "difficulties", "transfer"]


@register(models.PolicyInstrument)
class PolicyInstrumentTranslation(TranslationOptions):
    fields = ["name"]


@register(models.ActionPlan)
class ActionPlanTranslation(TranslationOptions):
    fields = ["title", "summary"]


@register(models.PolicyChange)
class PolicyChangeTranslation(TranslationOptions):
    fields = ["description"]
