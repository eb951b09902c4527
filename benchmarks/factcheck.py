"""
How long the fact check takes for 200 KB of text, in seconds of the processor: ordinary ones in each language, made of
the passages of the tests, and hostile ones.

    .venv/bin/python benchmarks/factcheck.py
"""

import os
import sys
import time
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).parent.parent))
sys.path.remove(str(Path(__file__).parent))  # or this file would be the app
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "interreg_portal.settings")
os.environ |= {"DEBUG": "false", "HTTPS": "false", "SECRET_KEY": "benchmark-" * 6, "ALLOWED_HOSTS": "testserver"}
django.setup()

from factcheck.checking import check  # noqa: E402
from tests.factcheck.scoring import LANGUAGES, SETS, inno_industry, passages  # noqa: E402
from tests.factcheck.test_time import HOSTILE, LENGTH  # noqa: E402


def ordinary(language: str) -> str:
    found = [passages(name, language) for name in SETS]
    return "\n".join(text for each in found for text in [*(row[2] for row in each["wrong"]), *each["right"]])


def measure(name: str, piece: str, language: str, record):
    text = (piece * (LENGTH // len(piece) + 1))[:LENGTH]
    begun = time.process_time()
    found = check(text, language, record)
    print(f"{name:20} {time.process_time() - begun:6.2f} s  {len(found):5} findings")


def main():
    record = inno_industry()
    for language in LANGUAGES:
        measure(language, ordinary(language), language, record)
    for name, piece in HOSTILE.items():
        measure(name, piece, "en", record)


if __name__ == "__main__":
    main()
