"""What holds for every kind of report, whatever it tells."""

from dataclasses import replace
from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from editorial.states import State
from editorial.translating.progress import observe
from news.models import MediaMention, Newsletter
from partners.models import Partner
from projects.models import Amendment, Document, Participation, PartnershipChange, Project, ProjectWebsite, Topic
from reports.document import document_of
from reports.kind import all_kinds
from results.models import ActionPlan, PolicyChange, PolicyInstrument
from tests.factories import (
    make_article,
    make_event,
    make_indicator,
    make_measurement,
    make_participation,
    make_partner,
    make_period,
    make_phase,
    make_practice,
    make_project,
    make_target,
    numbers,
)
from tests.reports.kinds.reading import made, problems, texts

pytestmark = pytest.mark.django_db
NAMES = ["progress", "closing", "portfolio", "contribution", "indicators", "communication", "coverage"]
# More of these records than queries: whatever isn't fetched together shows.
FEW, MANY = 1, 5


@pytest.fixture
def agency():
    return make_partner(name="The agency", is_agency=True)


def full_project(agency, **fields):
    """A project with something in every table of every report, in which the agency hosts, reports and brings in."""
    project = make_project(total_budget=1000, union_funding=850, summary_en="It costs [[total_budget]].", **fields)
    topic = Topic.objects.create(slug=f"topic-{next(numbers)}", name_en="Growth")
    project.topics.add(topic)
    ProjectWebsite.objects.create(project=project, address="https://example.org/")
    make_participation(project, "lead", total_budget=600, union_funding=510)
    part = make_participation(project, partner=agency, total_budget=400, union_funding=340)
    amendment = Amendment.objects.create(project=project, kind="budget", decided_on=date(2023, 3, 1), reason_en="Why")
    PartnershipChange.objects.create(amendment=amendment, partner=agency, what="joined")
    phase = make_phase(project)
    report_on(project, part)
    tell_of(project, agency, phase)
    change_policy(project, agency)
    observe([project, *project.events.all()])
    return project


def report_on(project, part):
    document = Document.objects.create(project=project, language="en", file=ContentFile(b"one", name="list.csv"))
    period = make_period(project, number=1, start=date(2023, 1, 1), end=date(2023, 6, 30))
    for counts in ("", "workshops"):
        target = make_target(project, indicator=make_indicator(counts=counts))
        make_measurement(target, period=period, participation=part, evidence_document=document, narrative_en="Why")
        make_measurement(make_target(project), period=period, state="draft")


def tell_of(project, agency, phase):
    make_event(project=project, phase=phase, host=agency, start_date=date(2023, 5, 14), participants=20)
    make_event(project=project, host=agency, start_date=date(2023, 8, 14))
    make_article(project, author=agency)
    MediaMention.objects.create(project=project, outlet="Daily", title="News", published_on=date(2023, 2, 1))
    paper = Document.objects.create(
        project=project, language="en", kind="poster", issued_on=date(2023, 2, 2), file=ContentFile(b"1", name="a.csv")
    )
    Newsletter.objects.create(project=project, number=1, document=paper, issued_on=date(2023, 2, 1))


def change_policy(project, agency):
    practice = make_practice(project, partner=agency)
    instrument = PolicyInstrument.objects.create(project=project, partner=agency, name_en="Strategy", country="SI")
    plan = ActionPlan.objects.create(instrument=instrument, partner=agency, title_en="Plan")
    plan.practices.add(practice)
    PolicyChange.objects.create(instrument=instrument, kind="governance", description_en="More")


@pytest.fixture
def both(agency):
    return full_project(agency, acronym="ALFA"), full_project(agency, acronym="BETA")


def period_of(name) -> int | None:
    return 1 if all_kinds()[name].asks_period else None


def test_there_are_seven_kinds_in_their_order():
    assert list(all_kinds()) == NAMES
    assert all(kind.title and kind.purpose for kind in all_kinds().values())


@pytest.mark.parametrize("name", NAMES)
def test_the_queries_dont_grow_with_the_records(name, editor, agency):
    def queries(build) -> int:
        with CaptureQueriesContext(connection) as captured:
            build(name, editor, period_of(name))
        return len(captured)

    few, many = [], []
    for counts, number in ((few, FEW), (many, MANY - FEW)):
        for _ in range(number):
            full_project(agency)
        counts += [queries(made), queries(problems)]
    assert many == few
    assert max(few) <= 30


@pytest.mark.parametrize("name", NAMES)
def test_the_same_facts_give_the_same_hash_and_changed_ones_another(name, editor, both):
    before = made(name, editor, period_of(name)).content_hash
    assert made(name, editor, period_of(name)).content_hash == before
    Project.objects.update(acronym="GAMMA")
    Partner.objects.update(name="Renamed")
    assert made(name, editor, period_of(name)).content_hash != before


@pytest.mark.parametrize("name", NAMES)
def test_it_can_be_kept_and_read_again(name, editor, both):
    document = made(name, editor, period_of(name))
    again = document_of(document.content)
    assert again == document
    assert again.content_hash == document.content_hash
    assert (document.kind, document.language, document.is_draft) == (name, "en", False)


@pytest.mark.parametrize("name", NAMES)
def test_every_table_has_rows_of_its_columns_and_a_name_of_its_own(name, editor, both):
    document = made(name, editor, period_of(name))
    assert document.tables
    for table in document.tables:
        assert table.rows
        assert {len(row) for row in [*table.rows, *([table.total] if table.total else [])]} == {len(table.columns)}
        assert all(
            isinstance(title, str) for title in [table.title, table.note, *(each.title for each in table.columns)]
        )
    names = [table.name for table in document.tables]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("name", NAMES)
def test_facts_in_texts_are_told_and_nothing_of_the_markup_is_left(name, editor, both):
    text = str(made(name, editor, period_of(name)).content)
    assert "[[total" not in text
    assert "<p>" not in text


@pytest.mark.parametrize("name", NAMES)
def test_what_isnt_public_is_left_out_and_said(name, editor, agency):
    full_project(agency, acronym="OPEN")
    full_project(agency, acronym="SECRET", state=State.DRAFT)
    document, found = made(name, editor, period_of(name)), problems(name, editor, period_of(name))
    assert "SECRET" not in str(document.content)
    if all_kinds()[name].model is Project:
        assert any(sentence.startswith("SECRET is not public") for sentence in found)


@pytest.mark.parametrize("name", NAMES)
def test_drafts_of_what_belongs_to_public_projects_stand_nowhere(name, editor, both):
    project = both[0]
    make_event(project=project, host=Partner.objects.agency(), title_en="Hidden", state=State.DRAFT)
    make_article(project, author=Partner.objects.agency(), title_en="Hidden", state=State.DRAFT)
    make_practice(project, partner=Partner.objects.agency(), title_en="Hidden", state=State.IN_REVIEW)
    make_measurement(make_target(project), value=987654, narrative_en="Hidden", state="submitted")
    text = str(made(name, editor, period_of(name)).content)
    assert "Hidden" not in text
    assert "987654" not in text


@pytest.mark.parametrize("name", NAMES)
def test_what_is_out_of_reach_stands_nowhere(name, django_user_model, both):
    """Whoever is bound to an organisation reports on its projects alone."""
    own, foreign = both
    user = django_user_model.objects.create_user("partner", "partner@example.org", partner=own.lead.partner)
    user.groups.add(Group.objects.get_or_create(name="partner_editor")[0])
    text = str(made(name, user, period_of(name)).content)
    assert foreign.acronym not in text
    assert own.acronym in text or own.lead.partner.name in text
    assert not any(foreign.acronym in sentence for sentence in problems(name, user, period_of(name)))


@pytest.mark.parametrize("name", NAMES)
def test_of_nothing_public_it_says_so_and_doesnt_reconcile(name, editor):
    assert texts(made(name, editor, 1)) == ["Nothing that was selected is public and yours to report on."]
    assert problems(name, editor, 1) == ["Nothing that was selected is public and yours to report on."]


@pytest.mark.parametrize("name", NAMES)
def test_problems_lead_to_where_they_are_mended(name, office, editor, both):
    Participation.objects.filter(role="lead").delete()
    make_project(state=State.DRAFT)
    make_partner(state=State.DRAFT)
    kind = all_kinds()[name]
    found = kind.problems(kind.model.objects.all(), period_of(name), editor)
    assert found
    for address in {problem.address for problem in found}:
        assert office.get(address).status_code == 200


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["sl", "bg", "de", "el"])
def test_it_is_in_the_language_that_is_active(name, language, editor, agency, twelve_languages):
    full_project(agency, acronym="ALFA", **{f"title_{language}": "Naslov – Заглавие – Τίτλος"})
    with translation.override(language):
        document = made(name, editor, period_of(name))
    assert document.language == language
    assert document_of(document.content).content_hash == document.content_hash


def test_a_project_that_was_published_and_withdrawn_is_left_out(editor, both):
    Project.objects.filter(pk=both[0].pk).update(state=State.WITHDRAWN)
    assert "ALFA" not in str(made("closing", editor).content)
    assert problems("closing", editor)[0].startswith("ALFA is not public")
    address = all_kinds()["closing"].problems(Project.objects.all(), None, editor)[0].address
    assert address == reverse("admin:projects_project_change", args=[both[0].pk])


def test_a_draft_keeps_its_content_beside_the_marks(editor, both):
    document = made("closing", editor)
    draft = replace(document, is_draft=True, problems=["Something"])
    assert document_of(draft.content) == draft
    assert draft.content_hash != document.content_hash
