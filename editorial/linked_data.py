"""What a page says to machines: schema.org's terms as JSON-LD, with nothing in it that isn't on the page."""

from datetime import date


def known(value):
    """The value without its empty parts, dates as text: what isn't known isn't said."""
    if isinstance(value, dict):
        parts = {name: known(part) for name, part in value.items()}
        said = {name: part for name, part in parts.items() if part not in (None, "", [], {})}
        return said if said.keys() - {"@type"} else {}
    if isinstance(value, list):
        return [part for part in map(known, value) if part]
    return value.isoformat() if isinstance(value, date) else value


def breadcrumbs(trail, absolute) -> dict:
    """`[(label, address), …]` from the first page down; `absolute` makes a full address of one within the portal."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": str(label), "item": absolute(address)}
            for position, (label, address) in enumerate(trail, start=1)
        ],
    }


def picture(image, absolute) -> dict | None:
    return image and {"@type": "ImageObject", "url": absolute(image.fallback_url), "caption": image.alt}


def place(name="", city="", country="") -> dict:
    address = {"@type": "PostalAddress", "addressLocality": city, "addressCountry": country}
    return {"@type": "Place", "name": name, "address": address}
