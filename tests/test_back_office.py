"""Every list and form of the back office opens, for every kind of record, and says nothing that nobody can read."""

from datetime import date
from io import BytesIO

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from accounts.models import User
from archive.models import Copy
from editorial.list_filters import RecordFilter
from editorial.models import Picture
from editorial.translations import inactive_columns
from news.models import MediaMention, Newsletter
from pages.models import Page
from partners.models import Contact, OrganisationType
from projects.models import Amendment, Document, SpecificObjective, StakeholderGroup, StakeholderMember, Topic
from results.models import ActionPlan, PolicyChange, PolicyInstrument
from tests import factories as make
from visibility.models import DutyEvidence

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
each_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)


def picture_file():
    content = BytesIO()
    Image.new("RGB", (40, 30), "#003399").save(content, "PNG")
    return ContentFile(content.getvalue(), name="photo.png")


def make_one_of_each():
    """A record of every kind, each with relations to the others."""
    picture = Picture.objects.create(file=picture_file(), alt_en="A blue rectangle")
    kind, _ = OrganisationType.objects.get_or_create(code="agency", defaults={"name_en": "Sectoral agency"})
    topic, _ = Topic.objects.get_or_create(slug="industry", defaults={"name_en": "Industry"})
    objective, _ = SpecificObjective.objects.get_or_create(code="RSO1.1", defaults={"name_en": "Research"})
    partner = make.make_partner(kind=kind, logo=picture)
    project = make.make_project(specific_objective=objective, picture=picture)
    project.topics.add(topic)
    phase = make.make_phase(project)
    participation = make.make_participation(project, "lead", partner=partner)
    document = Document.objects.create(
        project=project, phase=phase, title_en="Report", language="en", file=ContentFile(b"a,b", name="report.csv")
    )
    Amendment.objects.create(project=project, kind="other", reason_en="A partner left")
    Contact.objects.create(partner=partner, project=project, function_en="Coordinator", email="office@example.org")
    group = StakeholderGroup.objects.create(project=project, country="SI", name_en="Employers")
    StakeholderMember.objects.create(group=group, name="Chamber", partner=partner)
    target = make.make_target(project)
    make.make_measurement(target, participation=participation, evidence_document=document)
    practice = make.make_practice(project, partner=partner, picture=picture)
    practice.topics.add(topic)
    instrument = PolicyInstrument.objects.create(project=project, partner=partner, country="SI", name_en="Strategy")
    plan = ActionPlan.objects.create(instrument=instrument, partner=partner, document=document, title_en="Plan")
    plan.practices.add(practice)
    PolicyChange.objects.create(instrument=instrument, kind="governance", description_en="A new board")
    make.make_article(project, author=partner, picture=picture).topics.add(topic)
    event = make.make_event(project=project, phase=phase, host=partner)
    event.documents.add(document)
    event.pictures.add(picture)
    MediaMention.objects.create(
        project=project, outlet="Radio", title="On air", language="sl", published_on=date(2024, 2, 1)
    )
    Newsletter.objects.create(project=project, number=1, title_en="First", document=document)
    Page.objects.create(slug=f"page-{project.pk}", title_en="About")
    Copy.objects.create(project=project, name=project.acronym, progress="done", pages=3, size=2048)
    DutyEvidence.objects.create(
        project=project, duty="poster", participation=participation, met_on=date(2024, 3, 1), document=document
    )
    person = User.objects.create_user(f"person-{project.pk}", partner=partner, languages=["sl"])
    make.make_kept_report(project, made_by=person)
    make.make_import([("created", [])])


def address(model, name, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


def queries_of(office, address):
    with CaptureQueriesContext(connection) as queries:
        assert office.get(address).status_code == 200
    return [query["sql"] for query in queries]


@each_model
@pytest.mark.parametrize("language", ["en", "sl"])
def test_list_and_forms_open(office, editor, model, language):
    editor.interface_language = language
    editor.save()
    make_one_of_each()
    record = model._default_manager.order_by("pk").last()
    pages = [address(model, "changelist"), address(model, "change", record.pk), address(model, "history", record.pk)]
    model_admin, request = admin.site.get_model_admin(model), office.get(pages[0]).wsgi_request
    if model_admin.has_add_permission(request):
        pages.append(address(model, "add"))
    if model_admin.has_delete_permission(request, record):
        pages.append(address(model, "delete", record.pk))
    for page in pages:
        answer = office.get(page)
        assert answer.status_code == 200, page
        assert f'<html lang="{language}"' in answer.content.decode()


@each_model
def test_who_may_only_look_is_shown_the_record(client, django_user_model, model):
    make_one_of_each()
    reader = django_user_model.objects.create_user("reader", is_staff=True, interface_language="en")
    reader.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client.force_login(reader)
    record = model._default_manager.first()
    assert client.get(address(model, "changelist")).status_code == 200
    page = client.get(address(model, "change", record.pk))
    assert page.status_code == 200
    assert 'name="_save"' not in page.content.decode()
    assert client.get(address(model, "add")).status_code == 403


@each_model
def test_a_list_takes_no_more_queries_with_more_rows(office, model):
    make_one_of_each()
    few = queries_of(office, address(model, "changelist"))
    for _ in range(3):
        make_one_of_each()
    assert len(queries_of(office, address(model, "changelist"))) == len(few)


def test_a_large_list_takes_no_more_queries_and_no_filter_of_it_offers_more(office, monkeypatch):
    def lists():
        return {model: queries_of(office, address(model, "changelist")) for model in MODELS}

    monkeypatch.setattr(RecordFilter, "OFFERED", 2)
    for model in MODELS:
        monkeypatch.setattr(admin.site.get_model_admin(model), "list_per_page", 2)
    for _ in range(3):
        make_one_of_each()
    few = {model: len(queries) for model, queries in lists().items()}
    for _ in range(3):
        make_one_of_each()
    assert {model: len(queries) for model, queries in lists().items()} == few
    for model in MODELS:
        filters = office.get(address(model, "changelist")).context["cl"].filter_specs
        offered = [spec.lookup_choices for spec in filters if isinstance(spec, admin.RelatedFieldListFilter)]
        assert all(len(choices) <= 2 for choices in offered), model


def test_a_project_in_twelve_languages_opens_with_few_queries_however_many_rows_it_has(office, twelve_languages):
    make_one_of_each()
    project = make.Project.objects.get()
    form = address(make.Project, "change", project.pk)
    page = office.get(form).content.decode()
    assert all(f'name="title_{code}"' in page and f"participations-0-unit_{code}" in page for code in twelve_languages)
    few = queries_of(office, form)
    for _ in range(5):
        partner = make.make_participation(project).partner
        Contact.objects.create(partner=partner, project=project, function_en="Expert", email="expert@example.org")
        make.make_target(project)
    assert len(queries_of(office, form)) == len(few) < 60


@each_model
def test_neither_list_nor_form_reads_a_language_that_is_not_in_use(office, model):
    make_one_of_each()
    record = model._default_manager.first()
    pages = [address(model, "changelist"), address(model, "change", record.pk)]
    if admin.site.get_model_admin(model).has_add_permission(office.get(pages[0]).wsgi_request):
        pages.append(address(model, "add"))
    unused = [f'"{name}"' for model in MODELS for name in inactive_columns(model)]
    for page in pages:
        for sql in queries_of(office, page):
            assert not [name for name in unused if name in sql], f"{page}: {sql}"


@each_model
def test_a_search_of_anything_is_answered(office, model):
    make_one_of_each()
    if admin.site.get_model_admin(model).search_fields:
        for words in ("industry 4.0", "č", "'\"%_\\", "1" * 300):
            assert office.get(address(model, "changelist"), {"q": words}).status_code == 200


ODD_QUERIES = [
    "state__exact=famous", "state__exact=%00", "programme__id__exact=x", "programme__id__exact=" + "9" * 40, "stage=x",
    "start__year=x", "start__year=99999", "start__year=2024&start__month=13", "o=99.x", "p=-1", "p=x", "all=", "e=1",
    "q=%00", "nonsense=1", "_facets=True", "topics__id__exact=1&q=a",
]  # fmt: skip


@pytest.mark.parametrize("query", ODD_QUERIES)
def test_an_odd_query_is_answered_without_a_fault(office, query):
    make_one_of_each()
    assert office.get(f"/admin/projects/project/?{query}", follow=True).status_code in (200, 400)


CHOICES = "autocomplete/?app_label=projects&model_name=phase&field_name=project&term=%00"


@pytest.mark.parametrize(
    "path", ["projects/project/x/change/", "projects/project/99/change/", "nonsense/", "r/0/0/", CHOICES]
)
def test_an_odd_address_is_answered_without_a_fault(office, path):
    assert office.get(f"/admin/{path}", follow=True).status_code in (200, 404)
