from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from editorial.states import State
from projects.models import Participation, Phase, Project
from tests.factories import make_participation, make_partner, make_phase, make_programme, make_project
from tests.forms import change, filled_in, mistakes, said, send, with_row

ADD = "/admin/projects/project/add/"
LEAD, PARTNER = Participation.Role.LEAD, Participation.Role.PARTNER


@pytest.fixture
def project(db):
    return make_project(total_budget=Decimal("1000.00"), union_funding=Decimal("850.00"), state=State.DRAFT)


@pytest.fixture
def consortium(project):
    lead = make_participation(project, LEAD, partner=make_partner(name="RRA Posavje"))
    other = make_participation(project, PARTNER, partner=make_partner(name="ecoplus"))
    return lead, other


@pytest.fixture
def phases(project):
    first = make_phase(project, number=1, start=date(2023, 1, 1), end=date(2023, 12, 31))
    second = make_phase(project, number=2, start=date(2024, 1, 1), end=date(2024, 12, 31))
    return first, second


def new_project(office, **fields):
    essential = {"acronym": "NEW", "title_en": "A new project", "slug": "new", "programme": make_programme().pk}
    return filled_in(office, ADD) | essential | fields


def test_a_project_is_added_with_its_phases_and_partners(office):
    data = new_project(office, start="2024-01-01", end="2026-12-31", total_budget="200,000.00")
    data = with_row(data, "phases", number=1, name_en="Learning", start="2024-01-01", end="2024-12-31")
    data = with_row(data, "participations", partner=make_partner().pk, role=LEAD, total_budget="200,000.00")
    answer = office.post(ADD, data, follow=True)
    assert mistakes(answer) == {}
    project = Project.objects.get(slug="new")
    assert project.title_en == "A new project"
    assert project.phases.get().name_en == "Learning"
    assert project.participations.get().total_budget == Decimal(200000)
    assert len(said(answer)) == 1


BAD_FACTS = [
    ({"start": "2025-01-01", "end": "2024-12-31"}, "end", "This is before “start”, 1 January 2025."),
    ({"total_budget": "12345678901234"}, "total_budget", "at most ten figures"),
    ({"total_budget": "-5"}, "total_budget", "can't be negative"),
    ({"total_budget": "a lot"}, "total_budget", "This is not an amount."),
    ({"total_budget": "1637941,00"}, "total_budget", "This is not an amount."),
    ({"total_budget": "NaN"}, "total_budget", "This is not an amount."),
    ({"total_budget": "100", "union_funding": "101"}, "union_funding", "is above the total budget, 100.00 EUR"),
    ({"union_funding": "85 %"}, "union_funding", "This is not an amount."),
    ({"slug": ""}, "slug", "The page needs an address."),
    ({"slug": "two words"}, "slug", "small letters a–z and figures only"),
    ({"title_en": ""}, "title_en", "Write this in English at least"),
    ({"programme": "99999"}, "programme", "valid choice"),
    ({"programme": "x"}, "programme", "valid choice"),
    ({"programme": "9" * 40}, "programme", "valid choice"),
    ({"topics": ["x"]}, "topics", "valid choice"),
    ({"topics": ["9" * 40]}, "topics", "valid choice"),
    ({"keep_id": "99999999999999999999"}, "keep_id", "less than or equal to"),
    ({"durability_years": "16"}, "durability_years", "less than or equal to 15"),
    ({"start": "31.2.2024"}, "start", "valid date"),
    ({"acronym": "null\x00byte"}, "acronym", "Null characters"),
]


@pytest.mark.parametrize(("facts", "field", "sentence"), BAD_FACTS)
def test_a_wrong_fact_is_explained_beside_its_field_and_nothing_is_saved(office, facts, field, sentence):
    answer = office.post(ADD, new_project(office, **facts))
    assert sentence in mistakes(answer)[field]
    assert not Project.objects.exists()


def test_a_taken_address_is_refused(office, project):
    answer = office.post(ADD, new_project(office, slug=project.slug))
    assert "Another page has this address already" in mistakes(answer)["slug"]


def test_a_programme_has_an_operation_code_once(office, project):
    Project.objects.update(operation_code="PGI1")
    answer = office.post(ADD, new_project(office, programme=project.programme_id, operation_code="PGI1"))
    assert "operation code already" in mistakes(answer)[""]


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "1,637,941.00"), ("en", "1637941.00"), ("en", "1 637 941.00"), ("sl", "1.637.941,00"),
        ("sl", "1637941,00"), ("sl", "1637941.00"), ("lv", "1\xa0637\xa0941,00"), ("bg", "1 637 941,00"),
        ("bg", "1\u202f637\u202f941,00"),
    ],
)  # fmt: skip
def test_an_amount_is_taken_as_the_editors_language_writes_it(office, editor, language, written):
    editor.interface_language = language
    editor.save()
    assert office.post(ADD, new_project(office, total_budget=written)).status_code == 302
    assert Project.objects.get().total_budget == Decimal(1637941)


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "31/01/2023"), ("en", "31.1.2023"), ("sl", "31. 1. 2023"), ("lv", "31.01.2023"), ("bg", "31.1.2023")],
)
def test_a_date_is_taken_as_europe_writes_it(office, editor, language, written):
    editor.interface_language = language
    editor.save()
    assert office.post(ADD, new_project(office, end=written)).status_code == 302
    assert Project.objects.get().end == date(2023, 1, 31)


def test_a_form_saved_as_it_stands_changes_nothing(office, editor, project, consortium, phases):
    for language in ("en", "sl"):
        editor.interface_language = language
        editor.save()
        assert office.post(change(project), filled_in(office, change(project))).status_code == 302
    after = Project.objects.get()
    assert (after.total_budget, after.start, after.title_en) == (project.total_budget, project.start, project.title_en)
    assert after.participations.count() == after.phases.count() == 2


def test_a_form_with_many_partners_in_many_languages_is_taken(office, project):
    assert send(office, change(project), {f"field-{number}": "" for number in range(5000)}).status_code == 302


def test_a_second_lead_partner_is_refused_by_both_their_names(office, project, consortium):
    data = filled_in(office, change(project)) | {"participations-1-role": LEAD, "acronym": "OTHER"}
    sentence = mistakes(office.post(change(project), data))["participations-1-role"]
    assert "RRA Posavje and ecoplus" in sentence
    assert project.participations.filter(role=LEAD).get() == consortium[0]
    assert Project.objects.get().acronym == project.acronym


def test_a_second_lead_partner_in_a_new_row_is_refused_too(office, project, consortium):
    data = with_row(filled_in(office, change(project)), "participations", partner=make_partner().pk, role=LEAD)
    assert list(mistakes(office.post(change(project), data))) == ["participations-2-role"]
    assert project.participations.count() == 2


def test_the_lead_passes_from_one_partner_to_another_in_one_save(office, project, consortium):
    lead, other = consortium
    rows = {"participations-0-role": PARTNER, "participations-1-role": LEAD}
    assert send(office, change(project), rows).status_code == 302
    assert project.participations.filter(role=LEAD).get() == other
    rows = {"participations-0-role": LEAD, "participations-1-role": PARTNER}
    assert send(office, change(project), rows).status_code == 302
    assert project.participations.filter(role=LEAD).get() == lead


def test_a_new_lead_takes_over_from_one_that_is_deleted(office, project, consortium):
    rows = {"participations-0-DELETE": "on", "participations-1-role": LEAD}
    assert send(office, change(project), rows).status_code == 302
    assert project.participations.get() == consortium[1]


def test_a_second_lead_is_refused_in_a_participations_own_form_too(office, project, consortium):
    data = filled_in(office, change(consortium[1])) | {"role": LEAD}
    assert "has a lead partner already" in mistakes(office.post(change(consortium[1]), data))[""]


def test_overlapping_phases_are_refused(office, project, phases):
    data = filled_in(office, change(project)) | {"phases-1-start": "2023-12-31"}
    sentence = mistakes(office.post(change(project), data))["phases-1-start"]
    assert "overlaps with phase 1 (1 January 2023 – 31 December 2023)" in sentence
    assert Phase.objects.get(number=2).start == date(2024, 1, 1)


def test_neighbouring_phases_move_together(office, project, phases):
    data = filled_in(office, change(project)) | {"phases-0-end": "2024-03-31", "phases-1-start": "2024-04-01"}
    assert office.post(change(project), data).status_code == 302
    assert Phase.objects.get(number=2).start == date(2024, 4, 1)


def test_a_deleted_phase_is_in_nobodys_way(office, project, phases):
    data = filled_in(office, change(project)) | {"phases-0-DELETE": "on", "phases-1-start": "2023-01-01"}
    assert office.post(change(project), data).status_code == 302
    assert Phase.objects.get().start == date(2023, 1, 1)


def test_a_phase_stays_within_the_project_as_it_is_being_saved(office, project, phases):
    data = filled_in(office, change(project)) | {"end": "2024-06-30"}
    assert "ends after the project" in mistakes(office.post(change(project), data))["phases-1-end"]
    assert office.post(change(project), data | {"phases-1-end": "2024-06-30"}).status_code == 302


def test_a_phase_that_ends_before_it_starts_is_refused(office, project, phases):
    data = filled_in(office, change(project)) | {"phases-1-end": "2023-12-31"}
    assert "before" in mistakes(office.post(change(project), data))["phases-1-end"]


def test_an_overlap_is_refused_in_a_phases_own_form_too(office, project, phases):
    data = filled_in(office, change(phases[1])) | {"start": "2023-06-01"}
    assert "overlaps with phase 1" in mistakes(office.post(change(phases[1]), data))["start"]


def test_a_share_above_the_whole_is_refused(office, project, consortium):
    data = filled_in(office, change(project)) | {"participations-0-total_budget": "1000.01"}
    sentence = mistakes(office.post(change(project), data))["participations-0-total_budget"]
    assert "1,000.01 EUR is above the project's total budget, 1,000.00 EUR" in sentence


def test_a_share_is_measured_by_the_budget_that_is_being_saved(office, project, consortium):
    data = filled_in(office, change(project)) | {"total_budget": "2000", "participations-0-total_budget": "1500"}
    assert office.post(change(project), data).status_code == 302
    assert project.participations.get(role=LEAD).total_budget == 1500


def test_a_share_above_the_whole_of_a_new_project_is_refused(office):
    data = with_row(
        new_project(office, total_budget="100"), "participations", partner=make_partner().pk, total_budget="101"
    )
    assert list(mistakes(office.post(ADD, data))) == ["participations-0-total_budget"]
    assert not Project.objects.exists()


def test_an_organisation_takes_part_once(office, project, consortium):
    data = with_row(filled_in(office, change(project)), "participations", partner=consortium[0].partner_id)
    assert mistakes(office.post(change(project), data))
    assert project.participations.count() == 2


def test_a_project_without_a_lead_partner_is_saved_with_a_warning(office, project, consortium):
    data = filled_in(office, change(project)) | {"participations-0-role": PARTNER}
    assert any(
        "has no lead partner yet" in message for message in said(office.post(change(project), data, follow=True))
    )
    assert not project.participations.filter(role=LEAD).exists()


def test_shares_that_do_not_add_up_are_saved_with_a_warning(office, project, consortium):
    shares = {"participations-0-total_budget": "600", "participations-1-total_budget": "300"}
    answer = send(office, change(project), shares, follow=True)
    assert any("come to 900.00 EUR" in message and "1,000.00 EUR" in message for message in said(answer))
    shares["participations-1-total_budget"] = "400"
    assert len(said(send(office, change(project), shares, follow=True))) == 1


def test_an_unknown_share_is_no_reason_for_a_warning(office, project, consortium):
    shares = {"participations-0-total_budget": "600", "participations-1-total_budget": ""}
    assert len(said(send(office, change(project), shares, follow=True))) == 1


def test_a_document_keeps_its_file_when_something_else_changes(office, project, settings):
    data = {
        "project": project.pk,
        "title_en": "Report",
        "kind": "report",
        "language": "en",
        "file": upload("report.csv"),
    }
    assert office.post("/admin/projects/document/add/", data).status_code == 302
    document = project.documents.get()
    document.file.storage.delete(document.file.name)
    answer = send(office, change(document), {"title_en": "Final report"})
    assert answer.status_code == 302
    assert project.documents.get().title_en == "Final report"


@pytest.mark.parametrize(("name", "sentence"), [("report.pdf", "is no PDF"), ("report.exe", "not allowed")])
def test_a_file_that_is_not_what_it_says_is_refused(office, project, name, sentence):
    data = {"project": project.pk, "title_en": "Report", "kind": "report", "language": "en", "file": upload(name)}
    assert sentence in mistakes(office.post("/admin/projects/document/add/", data))["file"]


def upload(name):
    return SimpleUploadedFile(name, b"name;amount\n")


def test_the_list_tells_stage_partners_countries_and_languages(office, project, consortium):
    project.title_sl = "Naslov"
    project.save()
    page = office.get("/admin/projects/project/").content.decode()
    assert 'field-partner_count">2<' in page
    assert 'field-country_count">1<' in page
    assert 'field-written_in">en sl<' in page


def test_the_list_is_filtered_by_life_stage(office):
    over, running = make_project(acronym="OVER", durability_years=0, end=date(2024, 1, 1)), make_project(end=None)
    page = office.get("/admin/projects/project/", {"stage": "running"}).content.decode()
    assert running.acronym in page
    assert over.acronym not in page
    assert office.get("/admin/projects/project/", {"stage": "nonsense"}).status_code == 200


def test_where_a_phase_is_chosen_its_project_is_named(office, project, phases):
    asked = {"app_label": "projects", "model_name": "document", "field_name": "phase", "term": project.acronym}
    names = [choice["text"] for choice in office.get("/admin/autocomplete/", asked).json()["results"]]
    assert names == [f"{project.acronym}: {phase}" for phase in phases]
