"""The portal's settings, and beside the portal's pages those that they are measured against."""

import os

from interreg_portal.settings import *  # noqa: F403

INSTALLED_APPS += ["benchmarks.speed.reference"]  # noqa: F405
ROOT_URLCONF = "benchmarks.speed.urls"

if os.environ.get("BENCH_BARE"):
    # A worker that has loaded every app, and serves nothing of the portal.
    ROOT_URLCONF = "benchmarks.speed.reference.urls"
