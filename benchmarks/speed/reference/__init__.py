"""Plain pages of Django, to measure the portal's against."""
