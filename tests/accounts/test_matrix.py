"""What each role may do with each kind of record: view, add, change, delete. A new kind needs a line here."""

import pytest
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth.models import Group
from django.db import transaction
from django.urls import reverse

from accounts.roles import BY_NAME, ROLES
from editorial.models import Publishable
from editorial.review import BY_CODE
from tests import factories as make
from tests.accounts.people import logged_in, make_person
from tests.forms import fields_of
from tests.test_back_office import address, make_one_of_each

#   administrator, editor, partner_editor, translator, reviewer, reader
MATRIX = {
    "accounts.User": "vacd - - - - -",
    "archive.Copy": "vd v - - v v",
    "editorial.Picture": "vacd vacd va vc v v",
    "imports.Import": "va va - - v v",
    "news.Article": "vacd vacd vac vc vc v",
    "news.Event": "vacd vacd vac vc vc v",
    "news.MediaMention": "vacd vacd - v v v",
    "news.Newsletter": "vacd vacd - vc v v",
    "pages.Page": "vacd vacd - vc vc v",
    "partners.Contact": "vacd vacd - vc v v",
    "partners.OrganisationType": "vacd vacd - vc v v",
    "partners.Partner": "vacd vacd v vc vc v",
    "projects.Amendment": "vacd vacd - vc v v",
    "projects.Document": "vacd vacd v vc v v",
    "projects.Fund": "vacd vacd - vc v v",
    "projects.Participation": "vacd vacd v vc v v",
    "projects.Phase": "vacd vacd v vc v v",
    "projects.Programme": "vacd vacd - vc v v",
    "projects.ProgrammingPeriod": "vacd vacd - vc v v",
    "projects.Project": "vacd vacd v vc vc v",
    "projects.SpecificObjective": "vacd vacd - vc v v",
    "projects.StakeholderGroup": "vacd vacd - vc v v",
    "projects.Topic": "vacd vacd v vc v v",
    "reports.ReportSnapshot": "va va va - va va",
    "results.ActionPlan": "vacd vacd - vc v v",
    "results.GoodPractice": "vacd vacd vac vc vc v",
    "results.Indicator": "vacd vacd - vc v v",
    "results.Measurement": "vacd vacd vac vc vc v",
    "results.PolicyChange": "vacd vacd - vc v v",
    "results.PolicyInstrument": "vacd vacd - vc v v",
    "results.ReportingPeriod": "vacd vacd v v vc v",
    "results.Target": "vacd vacd v vc v v",
    "visibility.DutyEvidence": "vacd vacd vac v v v",
}
# The steps of the review that a role may take with what has a public page and is its to change: as the steps' first
# letters, in which w is to withdraw and b back to draft.
#   administrator, editor, partner_editor, translator, reviewer, reader
STEPS = "sphrwb sphrwb sb - sphrwb -"
LETTERS = {"submit": "s", "publish": "p", "schedule": "h", "return": "r", "withdraw": "w", "redraft": "b"}
# Pages of the back office that belong to no kind of record: everyone's who comes in.
OWN_PAGES = ["/admin/", "/admin/notices/", "/admin/search/"]
MODELS = {model._meta.label: model for model in admin.site._registry}
IN_HAND = {"results.Measurement": "submitted"}  # a state before the last; for pages with an address it is "draft"


def may(label, role) -> str:
    return MATRIX[label].split()[ROLES.index(BY_NAME[role])]


@pytest.fixture
def people(db):
    """One person of each role; the partner editor's organisation takes part in the one project there is."""
    make_one_of_each()
    partner = make.Partner.objects.get()
    return {role.name: make_person(role.name, partner=partner, languages=["en", "sl"]) for role in ROLES}


def put_in_hand(model):
    """The record as it is while it is worked on: nobody but editors changes what is public."""
    record = model._default_manager.first()
    if hasattr(model, "state"):
        model.objects.filter(pk=record.pk).update(state=IN_HAND.get(model._meta.label, "draft"))
    return record


def status(browser, address, data=None) -> int:
    """The answer's status code. What it did is undone."""
    with transaction.atomic():
        answer = browser.get(address) if data is None else browser.post(address, data)
        transaction.set_rollback(True)
    return answer.status_code


def done(browser, model, record, form) -> str:
    """The letters of what the pages and forms for the model let the person do; `form` is the record's, as it opened."""
    add, change = address(model, "add"), address(model, "change", record.pk)
    delete, records = address(model, "delete", record.pk), address(model, "changelist")
    tried = {
        "v": [status(browser, records), form.status_code],
        "a": [status(browser, add), status(browser, add, {"_save": ""})],
        "c": [status(browser, change, fields_of(form))] if form.status_code == 200 else [403],
        "d": [status(browser, delete), status(browser, delete, {"post": "yes"})],
    }
    assert all(len({code == 403 for code in codes}) == 1 for codes in tried.values()), tried
    assert {code for codes in tried.values() for code in codes} <= {200, 302, 403}
    assert tried["c"][0] in (302, 403)
    return "".join(letter for letter, codes in tried.items() if 403 not in codes) or "-"


@pytest.mark.parametrize("label", MODELS)
def test_each_role_does_what_the_table_says(people, label):
    """A form of who may not change the record has no button to save it either."""
    assert label in MATRIX, f"Say in the table what each role may do with {label}."
    model = MODELS[label]
    record = put_in_hand(model)
    for role, person in people.items():
        browser = logged_in(person)
        form = browser.get(address(model, "change", record.pk))
        assert (b'name="_save"' in form.content) == ("c" in may(label, role)), role
        assert done(browser, model, record, form) == may(label, role), role


def test_the_table_speaks_of_nothing_else():
    assert set(MATRIX) == set(MODELS)
    assert Group not in admin.site._registry


@pytest.mark.parametrize("label", MODELS)
def test_the_actions_of_a_list_follow_the_table(people, label):
    """Deleting what is selected needs the right to delete, every download the right to view."""
    model = MODELS[label]
    record = put_in_hand(model)
    for role, person in people.items():
        browser = logged_in(person)
        if "v" not in may(label, role):
            assert browser.post(address(model, "changelist"), {"action": "delete_selected"}).status_code == 403
            continue
        request = browser.get(address(model, "changelist")).wsgi_request
        offered = set(admin.site.get_model_admin(model).get_actions(request))
        assert ("delete_selected" in offered) == ("d" in may(label, role))
        data = {"action": "delete_selected", ACTION_CHECKBOX_NAME: record.pk, "post": "yes"}
        if "d" not in may(label, role):
            browser.post(address(model, "changelist"), data)
            assert model._default_manager.filter(pk=record.pk).exists()


@pytest.mark.parametrize("label", [label for label, model in MODELS.items() if issubclass(model, Publishable)])
def test_the_steps_of_the_review_follow_the_table(people, label):
    """The list offers them where the kind is the role's to change, and a request by hand takes no other."""
    model = MODELS[label]
    record = put_in_hand(model)
    for role, person in people.items():
        allowed = STEPS.split()[ROLES.index(BY_NAME[role])] if "c" in may(label, role) else "-"
        browser = logged_in(person)
        for code, letter in LETTERS.items():
            origin = BY_CODE[code].origins[0]
            model.objects.filter(pk=record.pk).update(state=origin, published_at=None)
            data = {"action": code, ACTION_CHECKBOX_NAME: record.pk, "_confirmed": "1", f"review-{code}-note": "Why",
                    f"review-{code}-due": "2999-01-01T10:00"}  # fmt: skip
            with transaction.atomic():
                browser.post(address(model, "changelist"), data)
                taken = model.objects.get(pk=record.pk).state != origin
                transaction.set_rollback(True)
            assert not taken or letter in allowed, (role, code)
            offered = [] if "v" not in may(label, role) else steps_offered(browser, model)
            assert (code in offered) == (letter in allowed), (role, code)


def steps_offered(browser, model) -> list[str]:
    request = browser.get(address(model, "changelist")).wsgi_request
    return list(admin.site.get_model_admin(model).get_actions(request))


@pytest.mark.parametrize("page", OWN_PAGES)
def test_everyone_who_comes_in_has_their_own_pages(people, page):
    assert {logged_in(person).get(page).status_code for person in people.values()} == {200}


def choices():
    """Every relation that some form lets its users search for, with what is searched."""
    for model, model_admin in admin.site._registry.items():
        yield from (model._meta.get_field(name) for name in model_admin.autocomplete_fields)


def test_choices_are_searched_by_those_who_may_view_them(people):
    for role, person in people.items():
        browser = logged_in(person)
        for field in choices():
            meta, offered = field.model._meta, field.related_model._meta.label
            query = {"app_label": meta.app_label, "model_name": meta.model_name, "field_name": field.name}
            code = browser.get(reverse("admin:autocomplete"), query).status_code
            assert code == (200 if "v" in may(offered, role) else 403), (role, field)


@pytest.mark.parametrize("label", MODELS)
def test_a_visitor_is_sent_to_the_login(people, client, label):
    record = MODELS[label]._default_manager.first()
    for name, *key in (("changelist",), ("add",), ("change", record.pk), ("delete", record.pk)):
        for answer in (client.get(address(MODELS[label], name, *key)), client.post(address(MODELS[label], name, *key))):
            assert answer["Location"].startswith("/admin/login/")
