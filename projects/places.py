"""Where a project's partners are."""

from partners.map import Place


def places_of_consortium(project) -> list[Place]:
    """A place for each of the consortium, numbered in the partners' order, with the page that visitors may see."""
    return [
        Place(
            name=str(partner),
            country=partner.country,
            city=partner.city,
            latitude=partner.latitude,
            longitude=partner.longitude,
            address=partner.get_absolute_url() if partner.is_public else "",
            number=number,
        )
        for number, partner in enumerate((part.partner for part in project.consortium), start=1)
    ]
