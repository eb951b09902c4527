from editorial.linked_data import picture
from editorial.showing import resolve


def research_project(project, absolute) -> dict:
    """A project as schema.org's ResearchProject; `absolute` makes a full address of one within the portal."""
    return {
        "@type": "ResearchProject",
        "name": project.title,
        "alternateName": project.acronym,
        "description": resolve(project.summary, project),
        "url": absolute(project.get_absolute_url()),
        "foundingDate": project.start,
        "dissolutionDate": project.end,
        "image": picture(project.picture, absolute),
        "funding": {
            "@type": "Grant",
            "name": str(project.programme),
            "funder": {"@type": "Organization", "name": "European Union", "url": "https://european-union.europa.eu/"},
        },
    }


def mention(project, absolute) -> dict:
    """A project where another page is about it."""
    return {
        "@type": "ResearchProject",
        "name": project.acronym,
        "url": absolute(project.get_absolute_url()),
    }
