import os
import pathlib
import shutil
import threading

import pytest

# The first has no windows to draw, and takes half of the processor's time.
NAMES = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)

# What axe says of a page doesn't depend on the database, and takes minutes: it is asked on SQLite alone.
collect_ignore = ["test_accessibility.py", "test_public_pages.py"] if os.environ.get("TEST_DATABASE_URL") else []


def pytest_collection_modifyitems(items):
    """A busy machine may let a browser wait too long: such a test gets a second try, and the summary tells of it."""
    for item in items:
        if item.path.is_relative_to(pathlib.Path(__file__).parent):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """The machine's own Chromium. Where there is none the tests are skipped, but never in CI."""
    if CHROMIUM is None:
        give_up = pytest.fail if os.environ.get("CI") else pytest.skip
        give_up("There is no Chromium on this machine: install it to run the tests of what happens in a browser.")
    switches = [
        "no-sandbox",
        "disable-gpu",
        "no-first-run",
        "disable-background-networking",
        "disable-component-update",
    ]
    arguments = [f"--{switch}" for switch in [*switches, "disable-sync"]]
    return browser_type_launch_args | {"executable_path": CHROMIUM, "args": arguments}


@pytest.fixture(autouse=True)
def complaints(context):
    """What the browser refused by the portal's policy and what failed in scripts, on any page; at the end nothing."""
    heard = []
    context.on("console", lambda line: "Content Security Policy" in line.text and heard.append(line.text))
    context.on("weberror", lambda fault: heard.append(str(fault.error)))
    yield heard
    assert heard == []


@pytest.fixture
def desk(live_server, office, context, page):
    """A page of a real browser in which the editor is logged in; `desk.goto` takes addresses of the portal."""
    session = {"name": "sessionid", "value": office.cookies["sessionid"].value, "url": live_server.url}
    context.add_cookies([session])
    return page


@pytest.fixture
def served(live_server, transactional_db):
    """The portal's address. What a closed browser still asked for ends before the tables are emptied."""
    yield live_server.url
    for request in threading.enumerate():
        if request.name.endswith("(process_request_thread)"):
            request.join(timeout=30)


@pytest.fixture
def browser_context_args(browser_context_args, served):
    return browser_context_args | {"base_url": served}
