"""How good practices led to action plans, these to policy instruments, and these to changes."""

from itertools import pairwise

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError

from editorial.states import State
from results.chain import ROW, Step, chain_of
from results.models import ActionPlan, PolicyChange, PolicyInstrument
from tests.factories import make_practice, make_project
from tests.forms import filled_in, mistakes

pytestmark = pytest.mark.django_db


@pytest.fixture
def project():
    return make_project()


def make_instrument(project, name="Strategy"):
    return PolicyInstrument.objects.create(project=project, country="SI", name_en=name)


def make_plan(instrument, *practices):
    plan = ActionPlan.objects.create(
        instrument=instrument, title_en=f"Plan of {instrument.name_en}", progress="adopted"
    )
    plan.practices.set(practices)
    return plan


def make_change(instrument):
    return PolicyChange.objects.create(instrument=instrument, kind="governance", description_en="A new board")


def drawn(project):
    return chain_of(PolicyInstrument.objects.filter(project=project).for_page())


def linked(chain):
    return {(start.record, end.record) for start, end in chain.links}


def test_a_chain_leads_from_practice_to_plan_to_instrument_to_change(project):
    practice, instrument = make_practice(project), make_instrument(project)
    plan, changed = make_plan(instrument, practice), make_change(instrument)
    chain = drawn(project)
    assert linked(chain) == {(practice, plan), (plan, instrument), (instrument, changed)}
    assert [mark.x for mark in chain.marks] == [12.5, 37.5, 62.5, 87.5]
    assert {mark.y for mark in chain.marks} == {ROW / 2}


def test_a_practice_that_inspired_several_plans_is_drawn_once(project):
    practice = make_practice(project)
    plans = [make_plan(make_instrument(project, name), practice) for name in ("One", "Two")]
    chain = drawn(project)
    assert [mark.record for mark in chain.marks if mark.step == Step.PRACTICE] == [practice]
    assert {end for start, end in linked(chain) if start == practice} == {*plans}
    assert len(chain.rows) == 2


def test_marks_of_one_step_never_cover_each_other(project):
    for name in ("One", "Two"):
        instrument = make_instrument(project, name)
        make_plan(instrument, *(make_practice(project) for _time in range(3)))
        make_plan(instrument)
        make_change(instrument)
    marks = drawn(project).marks
    for step in Step:
        heights = [mark.y for mark in marks if mark.step == step]
        assert all(below - above >= ROW for above, below in pairwise(heights)), step
        assert [mark.number for mark in marks if mark.step == step] == [*range(1, len(heights) + 1)]


def test_an_instrument_without_a_plan_is_part_of_the_table(project):
    instrument = make_instrument(project)
    make_change(instrument)
    (row,) = drawn(project).rows
    assert (row["plan"], row["instrument"].record) == (None, instrument)


def test_where_nothing_hangs_together_nothing_is_drawn(project):
    make_instrument(project)
    assert drawn(project) is None


def test_a_practice_that_visitors_do_not_see_is_left_out(client, project):
    make_plan(make_instrument(project), make_practice(project, title_en="Hidden", state=State.DRAFT))
    assert "Hidden" not in client.get(f"{project.get_absolute_url()}policy/").content.decode()


@pytest.mark.parametrize("language", ["en", "sl", "bg"])
def test_the_picture_and_the_table_say_the_same(client, project, language):
    instrument = make_instrument(project)
    make_plan(instrument, make_practice(project), make_practice(project))
    make_change(instrument)
    page = BeautifulSoup(client.get(f"/{language}/projects/{project.slug}/policy/").content, "html.parser")
    assert len(page.select(".chain__mark")) == 5
    assert len(page.select(".chain-table .chain__key")) == 5
    assert [line["x1"] for line in page.select(".chain__link")] == ["62.5%", "12.5%", "12.5%", "37.5%"]
    assert page.select_one(".chain-table th[scope=row] a")["href"] == f"#instrument-{instrument.pk}"
    assert page.find(id=f"instrument-{instrument.pk}")


def test_more_links_cost_no_more_queries(client, project, django_assert_max_num_queries):
    def add():
        instrument = make_instrument(project)
        make_plan(instrument, make_practice(project))
        make_change(instrument)

    add()
    address = f"{project.get_absolute_url()}policy/"
    with django_assert_max_num_queries(10) as few:
        client.get(address)
    add()
    with django_assert_max_num_queries(len(few)):
        client.get(address)


def test_a_plan_is_inspired_by_practices_of_its_own_project(office, project):
    plan = make_plan(make_instrument(project))
    address = f"/admin/results/actionplan/{plan.pk}/change/"
    foreign, own = make_practice(make_project(), title_en="Elsewhere"), make_practice(project)
    answer = office.post(address, filled_in(office, address) | {"practices": [own.pk, foreign.pk]})
    assert "“Elsewhere” is a practice of another project" in mistakes(answer)["practices"]
    assert not plan.practices.exists()
    assert office.post(address, filled_in(office, address) | {"practices": [own.pk]}).status_code == 302
    assert plan.practices.get() == own


def test_neither_end_of_a_link_moves_to_another_project(project):
    practice, instrument = make_practice(project), make_instrument(project)
    make_plan(instrument, practice)
    for record in (practice, instrument):
        record.project = make_project()
        with pytest.raises(ValidationError) as refusal:
            record.full_clean()
        assert set(refusal.value.message_dict) == {"project"}
