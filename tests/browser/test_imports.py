"""A list is brought in by a real browser, the whole way without scripts."""

import pytest

from projects.models import Project
from tests import factories as make

LIST = """Operation code;Operation name;Beneficiary;Country;Start;End;Total eligible cost
OP-1;A bridge over the river;Region of the River;SI;2023-01-01;2024-06-30;1000000
OP-2;A school on the hill;Town of the Hill;AT;soon;2024-12-31;250000.50
"""


@pytest.fixture
def plain(browser, live_server, office):
    """A page of a browser that runs no scripts, in which the editor is logged in."""
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    session = {"name": "sessionid", "value": office.cookies["sessionid"].value, "url": live_server.url}
    context.add_cookies([session])
    yield context.new_page()
    context.close()


def list_file(name="list.csv") -> dict:
    return {"name": name, "mimeType": "text/csv", "buffer": LIST.encode()}


def test_a_list_comes_in_and_goes_out_again_without_scripts(plain):
    programme = make.make_programme()
    plain.goto("/admin/projects/project/")
    plain.get_by_role("link", name="Import a list").click()
    plain.get_by_label("The list", exact=True).set_input_files(list_file())
    plain.get_by_label("Programme", exact=True).select_option(str(programme.pk))
    plain.get_by_role("button", name="Read the list").click()
    assert plain.get_by_label("Operation name").input_value() == "title"
    plain.get_by_role("button", name="Show what would happen").click()
    plain.get_by_role("link", name="1 refused").click()
    assert "soon" in plain.locator(".import-rows").inner_text()
    plain.get_by_role("button", name="Write this into the portal").click()
    assert plain.get_by_role("heading", name="The list is imported").is_visible()
    plain.get_by_role("link", name="Projects", exact=True).last.click()
    assert "A bridge over the river" in plain.locator("#result_list").inner_text()
    plain.go_back()
    plain.get_by_role("link", name="Undo this import").click()
    plain.get_by_role("button", name="Undo this import").click()
    assert plain.get_by_role("heading", name="This import was undone").is_visible()
    assert Project.objects.count() == 0


def test_a_file_that_is_too_large_is_told_before_it_is_sent(desk, settings):
    settings.IMPORT_BYTES = 10
    desk.goto("/admin/imports/import/add/")
    field = desk.get_by_label("The list", exact=True)
    field.set_input_files(list_file())
    assert "more than 10" in field.evaluate("field => field.validationMessage")
