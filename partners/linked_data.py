def organisation(partner, absolute) -> dict:
    """A partner as schema.org's Organization; `absolute` makes a full address of one within the portal."""
    return {
        "@type": "Organization",
        "name": partner.name,
        "alternateName": [partner.english_name, partner.short_name],
        "url": absolute(partner.get_absolute_url()),
        "sameAs": partner.website,
        "logo": partner.logo and absolute(partner.logo.fallback_url),
        "identifier": {"@type": "PropertyValue", "propertyID": "PIC", "value": partner.pic} if partner.pic else None,
        "address": {"@type": "PostalAddress", "addressLocality": partner.city, "addressCountry": partner.country},
    }
