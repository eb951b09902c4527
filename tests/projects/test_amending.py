"""Facts of a published project change with the decision that changed them, or by a correction that says so."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.roles import load_roles
from editorial.models import Snapshot
from editorial.states import State
from editorial.versions import snapshots_of
from projects.admin.amending import ExplanationForm
from projects.amending import Change, changes_since, facts_with, public_facts
from projects.decisions import of_end
from projects.models import Amendment, Participation, Project
from tests.accounts.people import make_person
from tests.editorial.two_editors import again, differences, page
from tests.factories import make_participation, make_partner, make_project
from tests.forms import change, filled_in, mistakes, said, send, take, with_row

pytestmark = pytest.mark.django_db

DECIDED = {"amending-how": "decision", "amending-decided_on": "2025-01-15", "amending-reason_en": "The pandemic."}
CORRECTED = {"amending-how": "correction", "amending-note": "A figure was mistyped."}


@pytest.fixture
def project():
    project = make_project(
        acronym="INNO", end=date(2022, 7, 31), start=date(2019, 8, 1), summary_en="In short",
        total_budget=Decimal("1467941"), union_funding=Decimal("1247749.85"),
    )  # fmt: skip
    make_participation(project, "lead", partner=make_partner(name="RRA Posavje"))
    make_participation(project, partner=make_partner(name="ecoplus", country="AT"))
    return project


def asked(answer) -> str:
    """What the form asks about, in words; empty where it asks nothing."""
    part = BeautifulSoup(answer.content, "html.parser").select_one(".explanation")
    return part.select_one(".explanation__changes").get_text(" ", strip=True) if part else ""


def explained(office, record, changes, explanation=DECIDED):
    """Change a record by its form, and answer what it then asks."""
    answer = send(office, change(record), changes)
    assert asked(answer)
    return office.post(change(record), again(answer) | explanation)


def reasons_in_history(record) -> list[str]:
    snapshots = snapshots_of(type(record), record.pk)
    return [each.changes["why"] for each in snapshots if "why" in (each.changes or {})]


def test_a_later_end_asks_when_and_why_and_nothing_is_saved_yet(office, project):
    answer = send(office, change(project), {"end": "2023-01-31", "summary_en": "Typed meanwhile"})
    assert asked(answer) == "Extended by 6 months New end 31 January 2023 Previously 31 July 2022"
    assert "Typed meanwhile" in answer.content.decode()
    assert said(answer) == []
    assert Project.objects.get().end == date(2022, 7, 31)
    assert not Amendment.objects.exists()


def test_the_decision_is_kept_with_the_change_in_one_save(office, project):
    sl = {"amending-reason_sl": "Zaradi epidemije."}
    answer = explained(office, project, {"end": "2023-01-31"}, DECIDED | sl)
    assert answer.status_code == 302
    assert Project.objects.get().end == date(2023, 1, 31)
    amendment = Amendment.objects.get()
    assert (amendment.kind, amendment.decided_on) == ("extension", date(2025, 1, 15))
    assert (amendment.previous_end, amendment.new_end) == (date(2022, 7, 31), date(2023, 1, 31))
    assert (amendment.reason_en, amendment.reason_sl) == ("The pandemic.", "Zaradi epidemije.")
    assert (amendment.new_total_budget, amendment.new_partner_count) == (None, None)
    assert snapshots_of(Amendment, amendment.pk).count() == 1


def test_visitors_read_it_in_their_language_with_their_plural(client, project):
    Amendment.objects.create(
        project=project,
        kind="extension",
        previous_end=date(2022, 7, 31),
        new_end=date(2023, 1, 31),
        reason_sl="Epidemija",
    )
    for language, words in [("en", "Extended by 6 months"), ("sl", "31. januar 2023")]:
        with override(language):
            page = client.get(project.get_absolute_url()).content.decode()
        assert words in page
        assert "Epidemija" in page


def test_several_facts_changed_in_one_save_are_one_decision(office, project):
    data = {"end": "2023-01-31", "total_budget": "1,637,941.00", "union_funding": "1,392,249.85"}
    answer = explained(office, project, data)
    assert answer.status_code == 302
    amendment = Amendment.objects.get()
    assert amendment.title == "Extension · Budget change"
    assert (amendment.previous_total_budget, amendment.new_total_budget) == (1467941, 1637941)
    assert amendment.new_union_funding == Decimal("1392249.85")
    assert [part.sentence for part in amendment.told] == [
        "Extended by 6 months", "Total budget raised by 170,000.00 EUR", "Union funding raised by 144,500.00 EUR",
    ]  # fmt: skip


def test_a_change_is_the_same_in_whatever_order_the_partners_are_read():
    rows = [[8, "partner", "SI"], [0, "lead", "AT"]]
    nobody = facts_with([], None, None, None)
    marks = {Change(1, nobody, facts_with(consortium, None, None, None)).mark for consortium in (rows, rows[::-1])}
    assert len(marks) == 1
    assert Change(1, nobody, facts_with(rows[:1], None, None, None)).mark not in marks


def test_a_year_that_cant_be_meant_is_no_day_of_a_decision(office, project):
    answer = send(office, change(project), {"end": "2023-01-31"})
    answer = office.post(change(project), again(answer) | DECIDED | {"amending-decided_on": "0025-01-15"})
    assert "25 can't be the year" in page(answer).select_one(".explanation").text
    assert not Amendment.objects.exists()


@pytest.mark.parametrize(
    ("end", "words"),
    [
        (date(2022, 8, 31), "Extended by 1 month"),
        (date(2022, 8, 15), "Extended by 15 days"),
        (date(2022, 8, 1), "Extended by 1 day"),
        (date(2022, 6, 30), "Shortened by 1 month"),
        (date(2022, 7, 30), "Shortened by 1 day"),
        (date(2027, 7, 31), "Extended by 60 months"),
        (None, ""),
    ],
)
def test_the_end_is_moved_by_whole_months_or_by_days(end, words):
    assert of_end(date(2022, 7, 31), end).sentence == words


def test_a_partner_who_joins_and_one_who_leaves_are_named_and_counted(office, project):
    data = filled_in(office, change(project)) | {"participations-1-left": "2021-01-31"}
    for name in ("Lielais", "Mazais"):
        partner = make_partner(name=name, country="LV")
        data = with_row(data, "participations", partner=partner.pk, role="partner")
    answer = office.post(change(project), data)
    assert asked(answer) == (
        "New partners: Lielais and Mazais No longer a partner: ecoplus Number of partners 3 Previously 2"
    )
    assert office.post(change(project), again(answer) | DECIDED).status_code == 302
    amendment = Amendment.objects.get()
    assert amendment.kind == "partnership"
    assert (amendment.previous_partner_count, amendment.new_partner_count) == (2, 3)
    assert amendment.partnership_changes.count() == 3


def test_the_lead_passing_to_another_partner_is_a_change_of_the_partnership(office, project):
    data = {"participations-0-role": "partner", "participations-1-role": "lead"}
    answer = explained(office, project, data)
    assert answer.status_code == 302
    assert [part.sentence for part in Amendment.objects.get().told] == ["New lead partner: ecoplus"]


def test_a_correction_leaves_no_amendment_and_its_reason_in_the_history(office, project):
    assert explained(office, project, {"total_budget": "1,467,940.00"}, CORRECTED).status_code == 302
    assert Project.objects.get().total_budget == 1467940
    assert not Amendment.objects.exists()
    assert reasons_in_history(project) == ["A figure was mistyped."]
    page = office.get(reverse("admin:projects_project_history", args=[project.pk])).content.decode()
    assert "Why: A figure was mistyped." in page


def test_an_explanation_that_lacks_something_is_asked_for_again_and_stays_as_typed(office, project):
    explanation = DECIDED | {"amending-decided_on": "2999-01-01", "amending-reason_sl": "[[nonsense]]"}
    answer = explained(office, project, {"end": "2023-01-31"}, explanation)
    assert "still to come" in mistakes(answer)["amending-decided_on"]
    assert "no fact that the portal knows" in mistakes(answer)["amending-reason_sl"]
    assert again(answer).items() >= (explanation | {"end": "2023-01-31"}).items()
    assert Project.objects.get().end == date(2022, 7, 31)


@pytest.mark.parametrize(
    ("explanation", "place", "sentence"),
    [
        ({}, "how", "Choose one of the two."),
        ({"amending-how": "whatever"}, "how", "valid choice"),
        ({"amending-how": "decision"}, "reason_en", "visitors read it"),
        ({"amending-how": "decision", "amending-reason_en": " "}, "reason_en", "visitors read it"),
        ({"amending-how": "correction"}, "note", "what was wrong"),
        (DECIDED | {"amending-decided_on": "soon"}, "decided_on", "valid date"),
        (DECIDED | {"amending-reason_en": "null\x00byte"}, "reason_en", "Null characters"),
    ],
)
def test_what_an_explanation_lacks_is_said_beside_it(project, explanation, place, sentence):
    before = public_facts([project.pk])
    Project.objects.update(end=date(2023, 1, 31))
    changes = changes_since(before)
    form = ExplanationForm(changes, {"amending-seen": changes[0].mark} | explanation)
    assert [sentence in " ".join(form.errors[name]) for name in form.errors] == [True]
    assert place in form.errors


def test_a_decision_may_have_no_known_date(office, project):
    assert explained(office, project, {"end": "2023-01-31"}, DECIDED | {"amending-decided_on": ""}).status_code == 302
    assert Amendment.objects.get().decided_on is None


def test_what_is_changed_beyond_what_was_asked_is_asked_about_anew(office, project):
    answer = send(office, change(project), {"end": "2023-01-31"})
    answer = office.post(change(project), again(answer) | DECIDED | {"end": "2023-07-31"})
    assert "Extended by 12 months" in asked(answer)
    assert "Look at it once more" in answer.content.decode()
    assert office.post(change(project), again(answer)).status_code == 302
    assert Amendment.objects.get().new_end == date(2023, 7, 31)


def test_a_changed_end_that_is_wrong_in_itself_is_said_first(office, project):
    answer = send(office, change(project), {"end": "2018-01-01"})
    assert asked(answer) == ""
    assert "before “start”" in mistakes(answer)["end"]


def test_facts_that_decisions_do_not_fix_are_changed_without_a_question(office, project):
    changes = {"national_cofinancing": "1,000.00", "start": "2019-09-01", "participations-1-total_budget": "5,000.00"}
    assert send(office, change(project), changes).status_code == 302


@pytest.mark.parametrize("state", [State.DRAFT, State.WITHDRAWN])
def test_what_visitors_do_not_see_asks_nothing(office, project, state):
    Project.objects.update(state=state)
    assert send(office, change(project), {"end": "2023-01-31", "participations-1-DELETE": "on"}).status_code == 302
    assert not Amendment.objects.exists()


def test_what_is_only_scheduled_asks_nothing(office, project):
    Project.objects.update(published_at=timezone.now() + timedelta(days=2))
    assert send(office, change(project), {"end": "2023-01-31"}).status_code == 302


def test_withdrawing_with_a_change_in_the_same_save_asks_too(office, project):
    answer = take(office, change(project), "withdraw", "Wrong", end="2023-01-31")
    assert asked(answer)
    assert Project.objects.get().is_public
    step = {"_step": "withdraw", "review-withdraw-note": "Wrong"}
    assert office.post(change(project), again(answer) | DECIDED | step).status_code == 302
    assert Project.objects.get().state == State.WITHDRAWN
    assert Amendment.objects.count() == 1


# A participation's own form


def test_a_participations_own_form_asks_too(office, project):
    participation = project.participations.get(role="partner")
    answer = send(office, change(participation), {"left": "2021-01-31"})
    assert "No longer a partner: ecoplus" in asked(answer)
    assert office.post(change(participation), again(answer) | CORRECTED).status_code == 302
    assert reasons_in_history(project) == reasons_in_history(participation) == ["A figure was mistyped."]


def test_a_participation_that_is_added_by_its_own_form_asks_too(office, project):
    address = reverse("admin:projects_participation_add")
    data = {"project": project.pk, "partner": make_partner(name="Lielais").pk, "role": "partner"}
    answer = send(office, address, data)
    assert asked(answer).startswith("New partner: Lielais")
    assert not Participation.objects.filter(partner__name="Lielais").exists()
    assert office.post(address, again(answer) | DECIDED).status_code == 302
    assert Amendment.objects.get().new_partner_count == 3


def test_an_associated_partner_comes_without_a_decision(office, project):
    address = reverse("admin:projects_participation_add")
    data = {"project": project.pk, "partner": make_partner().pk, "role": "associated"}
    assert send(office, address, data).status_code == 302


def test_a_participation_moved_to_another_project_changes_both(office, project):
    other = make_project(acronym="OTHER")
    participation = project.participations.get(role="partner")
    answer = explained(office, participation, {"project": other.pk})
    assert answer.status_code == 302
    assert {each.project.acronym for each in Amendment.objects.all()} == {"INNO", "OTHER"}


def test_a_partner_of_a_public_project_is_not_deleted_beside_the_projects_form(office, project):
    participation = project.participations.get(role="partner")
    page = office.post(reverse("admin:projects_participation_delete", args=[participation.pk]), {"post": "yes"})
    assert change(project) in page.content.decode()
    several = {"action": "delete_selected", "_selected_action": [participation.pk], "post": "yes"}
    page = office.post(reverse("admin:projects_participation_changelist"), several)
    assert change(project) in page.content.decode()
    assert project.participations.count() == 2


def test_a_project_and_a_drafts_partner_are_deleted_as_ever(office, project):
    draft = make_participation(make_project(state=State.DRAFT))
    office.post(reverse("admin:projects_participation_delete", args=[draft.pk]), {"post": "yes"})
    office.post(reverse("admin:projects_project_delete", args=[project.pk]), {"post": "yes"})
    assert list(Project.objects.values_list("pk", flat=True)) == [draft.project_id]
    assert not Participation.objects.exists()


# Versions and undo


def version_with(office, project, **changes):
    """The version before changes that a correction explained."""
    send(office, change(project), {"summary_en": "Kept"})
    version = snapshots_of(Project, project.pk).first()
    assert explained(office, project, changes, CORRECTED).status_code == 302
    return reverse("admin:projects_project_restore", args=[project.pk, version.pk])


def test_a_restored_version_asks_why_the_facts_go_back(office, project):
    address = version_with(office, project, end="2023-01-31", summary_en="Later")
    answer = office.post(address)
    assert "Shortened by 6 months" in asked(answer)
    assert Project.objects.get().summary_en == "Later"
    answer = office.post(address, again(answer) | CORRECTED | {"amending-note": "It was never extended."})
    assert answer.status_code == 302
    restored = Project.objects.get()
    assert (restored.end, restored.summary_en) == (date(2022, 7, 31), "Kept")
    assert reasons_in_history(project) == ["It was never extended.", "A figure was mistyped."]


def test_a_version_with_the_same_facts_is_restored_without_a_question(office, project):
    send(office, change(project), {"summary_en": "First"})
    version = snapshots_of(Project, project.pk).first()
    send(office, change(project), {"summary_en": "Second"})
    answer = office.post(reverse("admin:projects_project_restore", args=[project.pk, version.pk]))
    assert answer.status_code == 302
    assert Project.objects.get().summary_en == "First"


def test_a_partner_brought_back_is_explained(office, project):
    draft = make_project(state=State.DRAFT)
    participation = make_participation(draft)
    office.post(reverse("admin:projects_participation_delete", args=[participation.pk]), {"post": "yes"})
    Project.objects.filter(pk=draft.pk).update(state=State.PUBLISHED, published_at=timezone.now())
    gone = Snapshot.objects.get(kind="projects.participation", record_id=participation.pk, gone=True)
    address = reverse("admin:projects_participation_bring_back", args=[gone.pk])
    answer = office.post(address)
    assert "New partner" in asked(answer)
    assert not Participation.objects.filter(pk=participation.pk).exists()
    assert office.post(address, again(answer) | DECIDED).status_code == 302
    assert Amendment.objects.get().project == draft


def test_undoing_leaves_a_partner_out_that_only_a_decision_can_bring_back(office, project):
    draft = make_project(state=State.DRAFT)
    participation = make_participation(draft)
    several = {"action": "delete_selected", "_selected_action": [participation.pk], "post": "yes"}
    office.post(reverse("admin:projects_participation_changelist"), several)
    Project.objects.filter(pk=draft.pk).update(state=State.PUBLISHED, published_at=timezone.now())
    bulk = Snapshot.objects.filter(bulk__isnull=False).latest("pk").bulk_id
    answer = office.post(reverse("admin:projects_participation_undo", args=[bulk]), follow=True)
    assert any("was left as it is" in sentence and "published project" in sentence for sentence in said(answer))
    assert not Participation.objects.filter(pk=participation.pk).exists()


# Others at work


def test_what_another_one_changed_and_explained_is_not_asked_about_again(office, project):
    opened = filled_in(office, change(project))
    explained(office, project, {"end": "2023-01-31"})
    answer = office.post(change(project), opened | {"summary_en": "Mine"})
    assert "End" in differences(answer)
    assert asked(answer) == ""
    assert office.post(change(project), again(answer)).status_code == 302
    assert Project.objects.get().end == date(2023, 1, 31)
    assert Amendment.objects.count() == 1


def test_who_keeps_an_own_end_against_anothers_explains_it_from_there(office, project):
    answer = send(office, change(project), {"end": "2022-10-31"})
    mine = again(answer) | DECIDED
    explained(office, project, {"end": "2023-01-31"})
    answer = office.post(change(project), mine)
    assert differences(answer)["End"] == ["2022-07-31", "2023-01-31", "2022-10-31"]
    answer = office.post(change(project), again(answer, keep=["mine"]))
    assert "Shortened by 3 months" in asked(answer)
    assert office.post(change(project), again(answer)).status_code == 302
    assert [each.new_end for each in Amendment.objects.order_by("pk")] == [date(2023, 1, 31), date(2022, 10, 31)]


def test_a_translator_is_never_asked(client, project):
    load_roles()
    client.force_login(make_person("translator", languages=["sl"]))
    assert send(client, change(project), {"summary_sl": "Na kratko", "end": "2023-01-31"}).status_code == 302
    after = Project.objects.get()
    assert (after.summary_sl, after.end) == ("Na kratko", date(2022, 7, 31))
