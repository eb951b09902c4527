"""What the portal's pages cost, beside plain pages of Django, and how that grows: `make bench`."""
