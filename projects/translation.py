from modeltranslation.translator import TranslationOptions, register

from projects import models


@register(models.ProgrammingPeriod)
class ProgrammingPeriodTranslation(TranslationOptions):
    fields = ["funding_statement"]


@register([models.Fund, models.Topic, models.SpecificObjective])
class NameTranslation(TranslationOptions):
    fields = ["name"]


@register(models.Programme)
class ProgrammeTranslation(TranslationOptions):
    fields = ["name", "own_statement"]


@register(models.Project)
class ProjectTranslation(TranslationOptions):
    fields = ["title", "summary", "change", "goals"]


@register(models.Phase)
class PhaseTranslation(TranslationOptions):
    fields = ["name", "goal"]


@register(models.Amendment)
class AmendmentTranslation(TranslationOptions):
    fields = ["reason"]


@register(models.Participation)
class ParticipationTranslation(TranslationOptions):
    fields = ["unit", "funding_note"]


@register(models.StakeholderGroup)
class StakeholderGroupTranslation(TranslationOptions):
    fields = ["name"]


@register(models.Document)
class DocumentTranslation(TranslationOptions):
    fields = ["title"]
