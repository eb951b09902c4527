"""The settings of production, but for the static files, which are collected where STATIC_ROOT says and sooner."""

import os
from pathlib import Path

from whitenoise.compress import Compressor

from interreg_portal.settings import *  # noqa: F403

STATIC_ROOT = Path(os.environ["STATIC_ROOT"])
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [*Compressor.SKIP_COMPRESS_EXTENSIONS, "map", "js"]
