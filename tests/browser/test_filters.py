"""In a list of what belongs to many projects, one of them is searched for."""

import pytest

from editorial.list_filters import RecordFilter
from tests.factories import make_phase, make_project

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_project_is_found_by_a_few_letters_and_narrows_the_list(desk, monkeypatch):
    monkeypatch.setattr(RecordFilter, "OFFERED", 2)
    for name in ("ALPHA", "BETA", "GAMMA"):
        make_phase(make_project(acronym=name), name_en=f"Phase of {name}")
    desk.goto("/admin/projects/phase/")
    desk.locator(".filter-panel > summary").click()
    desk.get_by_role("combobox", name="Project").click()
    desk.locator(".select2-search__field").fill("bet")
    desk.get_by_role("option", name="BETA").click()
    desk.locator(".filter-search").get_by_role("button", name="Show").click()
    desk.wait_for_url("**/phase/?*project*")
    assert desk.locator("#result_list tbody tr").count() == 1
    assert "BETA" in desk.locator("#result_list").inner_text()
