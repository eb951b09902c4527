"""
How long it takes until a form with twelve languages can be typed into, in Chromium, on a portal of its own as in
production: `.venv/bin/python benchmarks/twelve_languages.py [ROUNDS]`

Prints for each form the milliseconds from the browser's start of loading, as the median and the worst of the rounds:
the answer of the server, the page read, every editor in sight mounted and a first letter typed. Cold is a browser with
nothing in its cache, warm one that has been there before. The load of the machine stands above.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PORT = os.environ.get("PORT", "8765")
ADDRESS = f"http://127.0.0.1:{PORT}"
LANGUAGES = "en,sl,lv,bg,de,fr,it,hr,hu,pl,es,el"
FORMS = {
    "project": ("/admin/projects/project/?q=INNO", "acronym"),
    "article": ("/admin/news/article/", "slug"),
}
EDITORS = """() => !document.querySelector(".language-bar").hidden && [...document.querySelectorAll(
  "textarea[data-django-prose-editor-configurable]"
)].every((text) => text.closest("[hidden], details:not([open])") || text.closest(".prose-editor"))"""
TIMES = """() => {
  const { responseStart, domContentLoadedEventEnd } = performance.getEntriesByType("navigation")[0];
  return [responseStart, domContentLoadedEventEnd, performance.now()];
}"""


def environment(folder) -> dict:
    return os.environ | {
        "PORTAL_LANGUAGES": LANGUAGES,
        "DATABASE_URL": f"sqlite:///{folder}/portal.sqlite3",
        "STORAGE_URL": f"file://{folder}/media",
        "DEBUG": "false",
        "HTTPS": "false",
        "ALLOWED_HOSTS": "127.0.0.1",
        "SECRET_KEY": "for-a-measurement-" * 3,
        "DEMO_PASSWORD": "for-a-measurement",
    }


def serve(folder) -> subprocess.Popen:
    """A portal with the demo in twelve languages, once it answers."""
    for command in (
        ["migrate", "-v0"],
        ["load_demo", "-v0"],
        ["demo_login", "-v0"],
        ["collectstatic", "--noinput", "-v0"],
    ):
        subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=environment(folder),
            stdout=subprocess.DEVNULL,
            check=True,
        )
    gunicorn = ["-m", "gunicorn", "-b", f"127.0.0.1:{PORT}", "-w2", "--threads=4", "--no-control-socket"]
    server = subprocess.Popen(
        [sys.executable, *gunicorn, "--log-level=error", "interreg_portal.wsgi"], cwd=ROOT, env=environment(folder)
    )
    for _ in range(100):
        try:
            urllib.request.urlopen(f"{ADDRESS}/en/")
            return server
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("The portal didn't start.")


def logged_in(browser) -> dict:
    """What a browser keeps of someone who has logged in."""
    context = browser.new_context(base_url=ADDRESS)
    page = context.new_page()
    page.goto("/admin/login/")
    page.fill("[name=username]", "administrator")
    page.fill("[name=password]", "for-a-measurement")
    page.keyboard.press("Enter")
    page.wait_for_selector("#user-tools")
    return context.storage_state()


def opened(context, form, field) -> list[float]:
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(form, wait_until="commit")
    page.locator(f"[name={field}]").press_sequentially("x")
    page.wait_for_function(EDITORS)
    times = page.evaluate(TIMES)
    page.close()
    return times


def measure(browser, state, rounds):
    for name, (records, field) in FORMS.items():
        looking = browser.new_context(base_url=ADDRESS, storage_state=state)
        page = looking.new_page()
        page.goto(records)
        form = page.locator("#result_list tbody th a").first.get_attribute("href")
        cold, warm = [], []
        for _ in range(rounds):
            context = browser.new_context(base_url=ADDRESS, storage_state=state)
            cold.append(opened(context, form, field))
            warm.append(opened(context, form, field))
            context.close()
        for kind, times in (("cold", cold), ("warm", warm)):
            columns = [f"{median(column):6.0f} ({max(column):5.0f})" for column in zip(*times, strict=True)]
            print(f"{name:10}{kind:6}{'   '.join(columns)}")


def main(rounds=7):
    folder = tempfile.mkdtemp()
    server = serve(folder)
    try:
        print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores, {rounds} rounds, ms: median (worst)")
        print(f"{'form':16}{'answer':>14}{'page read':>17}{'usable':>17}")
        with sync_playwright() as playwright:
            chromium = shutil.which("chromium") or shutil.which("google-chrome")
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
            measure(browser, logged_in(browser), rounds)
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(folder)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
