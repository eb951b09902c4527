"""How many requests of one address are answered in a minute, counted in Django's cache."""

import logging
import time
from dataclasses import dataclass
from hashlib import sha256
from ipaddress import ip_network

from django.conf import settings
from django.core.cache import cache

MINUTE = 60
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Allowance:
    """Of `limit` requests a minute `used` are used up; it begins anew in so many `seconds`."""

    limit: int
    used: int
    seconds: int

    @property
    def is_exceeded(self) -> bool:
        return self.used > self.limit

    @property
    def headers(self) -> dict[str, str]:
        """As the IETF's draft on RateLimit headers names them."""
        left = max(self.limit - self.used, 0)
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(left),
            "RateLimit-Reset": str(self.seconds),
        }


def spend(request) -> Allowance | None:
    """Count a request; None where the cache doesn't answer: then it passes, as data matter more than counting."""
    minute, second = divmod(int(time.time()), MINUTE)
    who = sha256(sender(request).encode()).hexdigest()  # an address is personal data, and no cache need hold it
    try:
        used = count(f"api-requests:{minute}:{who}")
    except Exception:
        logger.warning("The requests to the API can't be counted: the cache doesn't answer.", exc_info=True)
        return None
    return Allowance(settings.API_REQUESTS_PER_MINUTE, used, MINUTE - second)


def count(key: str) -> int:
    """One more, in one step of the cache's, so that none is lost where requests come at once."""
    cache.add(key, 0, timeout=2 * MINUTE)
    try:
        return cache.incr(key)
    except ValueError:  # the cache was full and gave the key up in between
        cache.set(key, 1, timeout=2 * MINUTE)
        return 1


def sender(request) -> str:
    """
    Whose request it is. Each proxy adds to X-Forwarded-For whom it got the request from, behind whatever the sender
    wrote there: only the last entries, as many as there are proxies of our own, can be believed.
    """
    address = request.META.get("REMOTE_ADDR", "")
    forwarded = [each.strip() for each in request.headers.get("X-Forwarded-For", "").split(",") if each.strip()]
    if settings.TRUSTED_PROXIES and forwarded:
        address = forwarded[-min(settings.TRUSTED_PROXIES, len(forwarded))]
    return network_of(address)


def network_of(address: str) -> str:
    """Of IPv6 the network, as one household has 2⁶⁴ addresses."""
    try:
        return str(ip_network(f"{address}/64", strict=False)) if ":" in address else address
    except ValueError:
        return address
