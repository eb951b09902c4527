"""How gunicorn serves the portal: `gunicorn`, started in this folder. docs/performance.md has the figures behind it."""

import gc

from django.urls import get_resolver

from interreg_portal import settings

wsgi_app = "interreg_portal.wsgi"
bind = settings.WEB_ADDRESS
workers = settings.WEB_WORKERS
threads = settings.WEB_THREADS
worker_class = "gthread"  # keeps connections of the proxy open, with one thread too
# The portal is loaded once, before the workers part: they share what is in memory then, and start at once.
preload_app = True
timeout = 120  # seconds, after which a worker that is stuck is replaced
graceful_timeout = 30  # seconds that requests have to end in when the server is stopped
# Requests are not logged: their addresses are personal data, which the proxy in front may keep or not.
accesslog = None
control_socket_disable = True


def when_ready(server):
    """Load what the first request would, and keep the garbage collector from copying what is shared by touching it."""
    get_resolver().reverse_dict  # noqa: B018 - it reads the addresses, and with them all views and forms
    gc.collect()
    gc.freeze()
