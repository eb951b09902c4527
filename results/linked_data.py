from editorial.linked_data import picture, place
from editorial.showing import resolve
from editorial.translations import language_of
from projects.linked_data import mention


def good_practice(practice, absolute) -> dict:
    """A good practice as schema.org's Article; `absolute` makes a full address of one within the portal."""
    return {
        "@type": "Article",
        "headline": practice.title,
        "description": resolve(practice.summary, practice),
        "url": absolute(practice.get_absolute_url()),
        "inLanguage": language_of(practice, "title"),
        "datePublished": practice.published_at,
        "dateModified": practice.updated_at,
        "image": picture(practice.picture, absolute),
        "spatialCoverage": place(practice.place, country=practice.country),
        "about": mention(practice.project, absolute),
    }
