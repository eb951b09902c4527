"""
Takes the pictures of docs/screenshots/: the demo in a database of its own, served as in production, seen by Chromium.

    make screenshots

Each page on a desk's screen and on a phone's, in light and dark; lossless WebP, about 60 KB a picture.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from time import monotonic, sleep
from urllib.error import URLError
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "screenshots"
PAGES = {
    "home": "/en/",
    "list": "/en/projects/",
    "project": "/en/projects/inno-industry/",
    "results": "/en/projects/example-river/results/",
    "article": "/en/news/what-inno-industry-leaves-behind/",
    "partner": "/en/partners/rra-posavje/",
}
SCREENS = {"desktop": (1280, 1600, 1), "phone": (390, 1200, 1.5)}  # width and height in CSS pixels, density
SCHEMES = ["light", "dark"]
PATIENCE = 60  # seconds until the portal answers


def free_port() -> int:
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return place.getsockname()[1]


@contextmanager
def portal() -> Iterator[str]:
    """The address at which the demo is served, from a database and files that go with it."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        stores = {"DATABASE_URL": f"sqlite:///{folder}/portal.sqlite3", "STORAGE_URL": f"file://{folder}/media"}
        environment = os.environ | stores | {"DEBUG": "false", "HTTPS": "false", "ALLOWED_HOSTS": "127.0.0.1"}
        print("Loading the demo …")
        for command in ("migrate", "load_demo"):
            manage = [sys.executable, "manage.py", command]
            subprocess.run(manage, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
        print("Taking the pictures …")
        place = ["--bind", f"127.0.0.1:{port}", "--no-control-socket"]
        serve = ["gunicorn", *place, "--threads=4", "--log-level=warning", "interreg_portal.wsgi"]
        server = subprocess.Popen([sys.executable, "-m", *serve], cwd=ROOT, env=environment)
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(address)
            yield address
        finally:
            server.terminate()
            server.wait()


def wait_for(address: str):
    end = monotonic() + PATIENCE
    while monotonic() < end:
        try:
            urlopen(address).close()
        except URLError:
            sleep(0.5)
        else:
            return
    raise SystemExit(f"The portal did not answer within {PATIENCE} seconds.")


def take(browser: Browser, address: str, screen: str, scheme: str):
    """All pages on one screen in one scheme."""
    width, height, density = SCREENS[screen]
    with browser.new_context(
        viewport={"width": width, "height": height}, device_scale_factor=density, color_scheme=scheme
    ) as context:
        page = context.new_page()
        for name, path in PAGES.items():
            answer = page.goto(address + path)
            if answer is None or not answer.ok:
                raise SystemExit(f"{path} is no page of the demo any more: see PAGES.")
            page.evaluate("document.fonts.ready")
            picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
            picture.save(FOLDER / f"{name}-{screen}-{scheme}.webp", lossless=True, method=6)


def main():
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        raise SystemExit("There is no Chromium on this machine: install it to take the pictures.")
    FOLDER.mkdir(exist_ok=True)
    with portal() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for screen in SCREENS:
            for scheme in SCHEMES:
                take(browser, address, screen, scheme)
        browser.close()
    size = sum(picture.stat().st_size for picture in FOLDER.glob("*.webp"))
    print(f"{len(list(FOLDER.glob('*.webp')))} pictures in {FOLDER.relative_to(ROOT)}, {size / 1024**2:.1f} MB")


if __name__ == "__main__":
    main()
