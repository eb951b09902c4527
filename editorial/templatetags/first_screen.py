"""What the first screen of the back office shows; its template asks for it, as all pages share one context."""

from django import template

from editorial.bulk import last_bulk_change
from editorial.progress import coverage, published
from editorial.waiting import waiting_for

register = template.Library()

register.simple_tag(waiting_for)
register.simple_tag(published)
register.simple_tag(coverage)
register.simple_tag(last_bulk_change)
