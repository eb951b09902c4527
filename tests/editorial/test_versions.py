"""Every save is kept; versions can be compared and restored, and what was deleted brought back."""

import json
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from reversion.models import Version

from accounts.models import User
from editorial.comparison import compare, marked
from editorial.models import FormerSlug, Picture, Snapshot
from editorial.states import State
from editorial.versions import as_row, is_kept, snapshots_of, state_in
from news.models import Article, Event, Newsletter
from pages.models import Page
from partners.models import Contact, Partner
from projects.models import Document, Participation, Phase, Project, StakeholderGroup, StakeholderMember, Topic
from results.models import Measurement, PolicyInstrument, Target
from tests.factories import (
    make_article,
    make_event,
    make_measurement,
    make_participation,
    make_partner,
    make_phase,
    make_project,
    make_target,
)
from tests.forms import change, filled_in, said, send, with_row
from tests.test_back_office import make_one_of_each


def address(record, name, *args):
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_{name}", args=args)


def page(office, address, **query):
    return BeautifulSoup(office.get(address, query).content, "html.parser")


def text_of(soup):
    return " ".join(soup.select_one("#content-main").get_text(" ").split())


def save(office, record, **changes):
    answer = send(office, change(record), changes)
    assert answer.status_code == 302, answer.content.decode()
    return snapshots_of(type(record), record.pk).first()


def rows_of_history(office, record):
    rows = page(office, address(record, "history", record.pk)).select("tbody tr")
    return [" ".join(row.get_text(" ").split()) for row in rows]


def restore(office, record, snapshot, **options):
    return office.post(address(record, "restore", record.pk, snapshot.pk), follow=True)


def told(answer) -> str:
    return " ".join(said(answer))


def delete(office, record):
    assert office.post(address(record, "delete", record.pk), {"post": "yes"}).status_code == 302
    return snapshots_of(type(record), record.pk).first()


def bring_back(office, record, snapshot):
    return office.post(address(record, "bring_back", snapshot.pk), follow=True)


def compared(older, newer, model):
    return compare(state_in(older, model), state_in(newer, model), model)


@pytest.fixture
def article(db):
    return make_article(title_en="Nine partners meet", title_sl="Devet partnerjev", body_en="<p>One</p><p>Two</p>")


def test_every_content_model_is_kept_and_people_are_not():
    kept = {model for model in admin.site._registry if is_kept(model)}
    assert {Project, Article, Event, Partner, Document, Topic, Measurement, StakeholderGroup, Picture} <= kept
    assert is_kept(StakeholderMember)
    assert User not in kept


def test_a_save_tells_who_when_from_where_and_what(office, article):
    save(office, article, title_en="Ten partners meet", lead_sl="Uvod")
    latest, before = rows_of_history(office, article)
    assert "editor" in latest
    assert "Form: Article" in latest
    assert "Title (English)" in latest
    assert "Lead (slovenščina)" in latest
    assert "outside" in before
    assert "not known who" in before


def test_what_stood_there_before_the_first_save_is_kept_too(office, article):
    save(office, article, title_en="Ten partners meet")
    oldest = snapshots_of(Article, article.pk).last()
    assert state_in(oldest, Article).record.fields["title_en"] == "Nine partners meet"


def test_what_a_command_changed_between_two_saves_is_kept(office, article):
    save(office, article, title_en="Ten partners meet")
    Article.objects.filter(pk=article.pk).update(title_en="Written by a command")
    save(office, article, title_en="Eleven partners meet")
    titles = [state_in(each, Article).record.fields["title_en"] for each in snapshots_of(Article, article.pk)]
    assert titles == ["Eleven partners meet", "Written by a command", "Ten partners meet", "Nine partners meet"]


def test_a_save_without_a_change_says_so(office, article):
    save(office, article)
    save(office, article)
    assert "Saved without a change." in rows_of_history(office, article)[0]


def test_two_versions_are_compared_word_by_word_in_the_languages_in_use(office, article):
    save(office, article, title_en="Ten partners meet in Brežice", body_en="<p>One</p><p>Three</p>")
    newest = snapshots_of(Article, article.pk).first()
    found = page(office, address(article, "compare", article.pk), new=newest.pk)
    assert [line.dt.get_text(" ", strip=True) for line in found.select(".differences > div")] == [
        "Title English",
        "Text English",
    ]
    gone, come = (
        [each.get_text(strip=True).partition(":")[2] for each in found.select(f".differences {tag}")]
        for tag in ("del", "ins")
    )
    assert (gone, come) == (["Nine", "Two"], ["Ten", "in Brežice", "Three"])


def test_any_two_versions_are_compared_in_the_order_of_their_time(office, article):
    for title in ("One", "Two", "Three"):
        save(office, article, title_en=title)
    newest, _middle, oldest, _found = snapshots_of(Article, article.pk)
    found = page(office, address(article, "compare", article.pk), old=newest.pk, new=oldest.pk)
    assert "One" in found.select_one(".differences del").text
    assert "Three" in found.select_one(".differences ins").text


@pytest.mark.parametrize("query", [{}, {"new": "x"}, {"old": "9" * 40, "new": "1"}, {"old": "99999", "new": "99998"}])
def test_versions_that_do_not_exist_lead_back_to_the_history(office, article, query):
    save(office, article)
    answer = office.get(address(article, "compare", article.pk), query, follow=True)
    assert "Choose two versions to compare." in told(answer)


def test_only_the_markup_of_a_text_changed_is_said_in_words(office, article):
    save(office, article, body_en="<p>One</p><p><strong>Two</strong></p>")
    comparison = compared(*reversed(snapshots_of(Article, article.pk)[:2]), Article)
    assert "formatting" in comparison.lines[0].note


def test_dates_choices_relations_and_ticks_are_read_as_people_read_them(office):
    project = make_project(state=State.DRAFT)
    event = make_event(project=project, start_date=date(2024, 5, 14))
    topic = Topic.objects.get_or_create(slug="industry", defaults={"name_en": "Industry"})[0]
    save(office, event, start_date="2024-05-15", end_date="2024-05-15", kind="final", only_month_known="on")
    save(office, project, topics=[topic.pk], total_budget="1000.50")
    words = text_of(page(office, address(event, "compare", event.pk), new=snapshots_of(Event, event.pk)[0].pk))
    for piece in ("14 May 2024", "1 May 2024", "31 May 2024", "Workshop", "Final event", "No", "Yes"):
        assert piece in words
    words = text_of(page(office, address(project, "compare", project.pk), new=snapshots_of(Project, project.pk)[0].pk))
    assert "Industry" in words
    assert "1,000.50 EUR" in words


def test_rows_of_a_form_are_compared_one_by_one(office):
    project = make_project()
    first, second = (
        make_phase(project, number=1, end=date(2023, 5, 1)),
        make_phase(project, number=2, start=date(2023, 5, 2), end=date(2023, 8, 1)),
    )
    data = filled_in(office, change(project))
    rows = with_row(data, "phases", number="3", name_en="Third", start="2024-01-01", end="2024-02-01")
    rows |= {"phases-0-name_en": "Renamed", "phases-1-DELETE": "on"}
    assert office.post(change(project), rows).status_code == 302
    newest, before = snapshots_of(Project, project.pk)[:2]
    ((title, changes),) = compared(before, newest, Project).tables
    assert title == "Phases"
    assert [(row.what, row.lines[0].label) for row in changes] == [
        ("changed", "Name"),
        ("removed", "Number"),
        ("added", "Number"),
    ]
    assert "Phases: 1 added, 1 removed and 1 changed" in rows_of_history(office, project)[0]
    assert "Name (English)" in rows_of_history(office, first)[0]
    assert snapshots_of(Phase, second.pk).first().gone


def test_a_row_saved_in_its_own_form_is_in_the_history_of_the_record_it_belongs_to(office):
    participation = make_participation(make_project(), "lead", unit_en="Institute")
    save(office, participation, unit_en="Department")
    assert "Form: Participation" in rows_of_history(office, participation.project)[0]
    assert "Participations: 1 changed" in rows_of_history(office, participation.project)[0]


def test_a_contact_written_in_a_projects_form_is_in_the_organisations_history_too(office):
    partner, project = make_partner(), make_project()
    contact = Contact.objects.create(partner=partner, project=project, function_en="Office", email="a@example.org")
    save(office, project, **{"contacts-0-function_en": "Coordinator"})
    assert "Form: Project" in rows_of_history(office, contact)[0]
    assert "Form: Project" in rows_of_history(office, partner)[0]


def test_a_stakeholder_group_comes_back_with_its_members(office):
    group = StakeholderGroup.objects.create(project=make_project(), country="SI", name_en="Employers")
    member = StakeholderMember.objects.create(group=group, name="Chamber", partner=make_partner())
    bring_back(office, group, delete(office, group))
    assert list(StakeholderGroup.objects.get().members.all()) == [member]


def test_a_replaced_file_is_there_again_and_so_is_the_other(office):
    document = Document.objects.create(
        project=make_project(), title_en="Report", language="en", file=ContentFile(b"first", name="report.csv")
    )
    version = save(office, document)
    save(office, document, file=SimpleUploadedFile("report.csv", b"the second"))
    second = Document.objects.get().file.name
    restore(office, document, version)
    document = Document.objects.get()
    assert (document.file.read(), document.size) == (b"first", 5)
    assert default_storage.exists(second)


def test_every_kind_of_record_has_its_pages(office, editor):
    editor.interface_language = "sl"
    editor.save()
    make_one_of_each()
    for model in [model for model in admin.site._registry if is_kept(model)]:
        record = model._default_manager.first()
        newest = save(office, record)
        for name, args in [("history", [record.pk]), ("restore", [record.pk, newest.pk]), ("deleted", [])]:
            gone = (model, name) == (Picture, "deleted")  # a deleted picture's files went with it
            assert office.get(address(record, name, *args)).status_code == (403 if gone else 200), model
        assert office.get(address(record, "compare", record.pk), {"new": newest.pk}).status_code in (200, 302)


@pytest.mark.parametrize("model", [Article, Event, Page, Topic, Measurement, PolicyInstrument, Newsletter])
def test_every_kind_of_record_comes_back(office, model):
    make_one_of_each()
    Topic.objects.create(slug="spare", name_en="Spare")
    Measurement.objects.update(state="draft")  # what is approved can not be deleted
    record = model._default_manager.last()
    before = as_row(model._base_manager.get(pk=record.pk)).fields
    bring_back(office, record, delete(office, record))
    after = as_row(model._base_manager.get(pk=record.pk)).fields
    left = {"state", "published_at", "created_at", "updated_at"}
    assert {name for name in before if before[name] != after[name]} <= left


def test_a_version_is_restored_with_its_rows_and_relations(office):
    project = make_project(title_en="First title", total_budget=100, state=State.DRAFT)
    topic = Topic.objects.get_or_create(slug="industry", defaults={"name_en": "Industry"})[0]
    project.topics.add(topic)
    phase, participation = make_phase(project, number=1), make_participation(project, "lead", unit_en="Institute")
    make_target(project, note_en="As promised")
    version = save(office, project)
    data = filled_in(office, change(project)) | {"title_en": "Second title", "topics": [], "total_budget": "200"}
    data |= {"phases-0-DELETE": "on", "participations-0-unit_en": "Other", "targets-0-DELETE": "on"}
    assert office.post(change(project), data).status_code == 302
    answer = restore(office, project, version)
    assert f"“{project}” is as it was in that version." in told(answer)
    project = Project.objects.get()
    assert (project.title_en, project.total_budget, list(project.topics.all())) == ("First title", 100, [topic])
    assert list(project.phases.all()) == [phase]
    assert Participation.objects.get(pk=participation.pk).unit_en == "Institute"
    assert Target.objects.get().note_en == "As promised"
    assert "An earlier version restored" in rows_of_history(office, project)[0]


def test_a_restored_version_loses_the_rows_it_did_not_have(office):
    project = make_project()
    version = save(office, project)
    rows = with_row(filled_in(office, change(project)), "websites", address="https://example.org", order="1")
    office.post(change(project), rows)
    assert project.websites.count() == 1
    restore(office, project, version)
    assert project.websites.count() == 0


def test_the_lead_changes_hands_back(office):
    project = make_project(state=State.DRAFT)
    first, second = make_participation(project, "lead"), make_participation(project)
    version = save(office, project)
    save(office, project, **{"participations-0-role": "partner", "participations-1-role": "lead"})
    assert project.participations.get(role="lead") == second
    restore(office, project, version)
    assert project.participations.get(role="lead") == first


def test_the_preview_shows_what_restoring_would_change_and_changes_nothing(office, article):
    version = save(office, article)
    save(office, article, title_en="Ten partners meet")
    words = text_of(page(office, address(article, "restore", article.pk, version.pk)))
    assert "taken out: Ten put in: Nine" in words
    article.refresh_from_db()
    assert article.title_en == "Ten partners meet"


def test_languages_that_are_not_in_use_are_kept_and_restored_but_not_shown(office, settings):
    texts = {f"title_{language}": f"Title in {language}" for language in settings.MODELTRANSLATION_LANGUAGES}
    article = make_article(**texts)
    version = save(office, article)
    Article.objects.filter(pk=article.pk).update(**dict.fromkeys(texts, "Changed"))
    newest = save(office, article)
    assert {line.language for line in compared(version, newest, Article).lines} <= {"en", "sl", "lv", "bg"}
    assert "Title in de" not in text_of(page(office, address(article, "restore", article.pk, version.pk)))
    restore(office, article, version)
    assert {name: getattr(Article.objects.get(), name) for name in texts} == texts


def test_the_base_column_is_not_kept(office, article):
    save(office, article)
    fields = json.loads(Version.objects.get_for_object(article)[0].serialized_data)[0]["fields"]
    assert "title_sl" in fields
    assert "title" not in fields


def test_restoring_publishes_nothing(office, article):
    version = save(office, article, title_en="Published then")
    save(office, article, title_en="Withdrawn now", **{"_step": "withdraw", "review-withdraw-note": "Old"})
    restore(office, article, version)
    article.refresh_from_db()
    assert (article.title_en, article.state) == ("Published then", "withdrawn")


def test_a_restored_address_leads_on_from_the_one_it_replaces(office, article):
    version = save(office, article, slug="old-address")
    save(office, article, slug="new-address")
    restore(office, article, version)
    article.refresh_from_db()
    assert article.slug == "old-address"
    assert FormerSlug.objects.current(Article, "new-address") == "old-address"


def test_a_version_whose_address_was_taken_meanwhile_is_refused_in_words(office, article):
    version = save(office, article, slug="wanted", title_en="Before")
    save(office, article, slug="given-up", title_en="After")
    make_article(slug="wanted")
    answer = restore(office, article, version)
    assert "Nothing was changed." in told(answer)
    assert "Another page has this address already" in told(answer)
    article.refresh_from_db()
    assert (article.slug, article.title_en) == ("given-up", "After")


def test_a_version_that_refers_to_something_deleted_is_refused_or_told(office):
    partner, host = make_partner(name="Gone for good"), make_partner(name="Host that went")
    project, event = make_project(), make_event(host=host)
    participation = make_participation(project, partner=partner)
    version, of_event = save(office, project), save(office, event)
    save(office, event, host="")
    participation.delete()
    partner.delete()
    host.delete()
    answer = restore(office, project, version)
    assert "Nothing was changed." in told(answer)
    assert "Gone for good" in told(answer)
    assert not project.participations.exists()
    preview = text_of(page(office, address(event, "restore", event.pk, of_event.pk)))
    assert "What can't come back" in preview
    assert "“Host” leaves out" in preview
    restore(office, event, of_event)
    assert Event.objects.get().host is None


def test_a_row_that_something_else_refers_to_is_not_taken_out(office):
    project = make_project()
    version = save(office, project)
    target = make_target(project)
    make_measurement(target)
    answer = restore(office, project, version)
    assert "can't be taken out again" in told(answer)
    assert Measurement.objects.exists()


def test_a_record_deleted_while_someone_restores_it_is_told(office, article):
    version = save(office, article)
    delete(office, article)
    answer = restore(office, article, version)
    assert "deleted meanwhile" in told(answer)
    assert answer.request["PATH_INFO"] == address(article, "deleted")


def test_a_field_that_the_model_no_longer_has_is_passed_over(office, article):
    version = save(office, article)
    kept = Version.objects.get(revision=version.revision)
    data = json.loads(kept.serialized_data)
    data[0]["fields"]["removed_since"] = "x"
    del data[0]["fields"]["source_name"]
    kept.serialized_data = json.dumps(data)
    kept.save()
    Snapshot.objects.filter(pk=version.pk).update(
        changes={"fields": [["removed_since", []]], "rows": [["old.gone", 1, 0, 0]]}
    )
    save(office, article, title_en="Changed", source_name="Radio")
    assert rows_of_history(office, article)
    assert [line.label for line in compared(version, snapshots_of(Article, article.pk)[0], Article).lines] == ["Title"]
    restore(office, article, version)
    article.refresh_from_db()
    assert (article.title_en, article.source_name) == ("Nine partners meet", "Radio")


def test_a_value_that_no_longer_fits_is_refused_in_words(office):
    event = make_event()
    version = save(office, event)
    kept = Version.objects.get(revision=version.revision)
    kept.serialized_data = kept.serialized_data.replace("2024-05-14", "some day in May")
    kept.save()
    answer = office.post(address(event, "restore", event.pk, version.pk))
    assert "Nothing was changed." in told(answer)
    event.refresh_from_db()
    assert event.start_date == date(2024, 5, 14)


def test_a_deleted_record_comes_back_with_its_rows_and_relations(office):
    project = make_project(title_de="Titel")
    topic = Topic.objects.get_or_create(slug="industry", defaults={"name_en": "Industry"})[0]
    project.topics.add(topic)
    phase, participation = make_phase(project), make_participation(project, "lead")
    document = Document.objects.create(
        project=project, phase=phase, title_en="Report", language="en", file=ContentFile(b"a,b", name="report.csv")
    )
    article = make_article(project)
    created = project.created_at
    snapshot = delete(office, project)
    listed = text_of(page(office, address(project, "deleted")))
    assert str(project) in listed
    assert "editor" in listed
    assert "Document: Report" in text_of(page(office, address(project, "bring_back", snapshot.pk)))
    assert "is back, as a draft" in told(bring_back(office, project, snapshot))
    back = Project.objects.get()
    assert (back.pk, back.title_de, back.state) == (project.pk, "Titel", "draft")
    assert abs(back.created_at - created) < timedelta(milliseconds=2)
    assert list(back.topics.all()) == [topic]
    assert list(back.phases.all()) == [phase]
    assert list(back.participations.all()) == [participation]
    assert Document.objects.get().phase == phase
    assert default_storage.exists(Document.objects.get().file.name)
    assert list(article.projects.all()) == [back]
    assert "Brought back" in rows_of_history(office, document)[0]
    assert "Nothing that was deleted" in text_of(page(office, address(project, "deleted")))


def test_a_topic_that_comes_back_is_found_again_where_it_was_chosen(office):
    topic, article = Topic.objects.create(slug="spare", name_en="Spare"), make_article()
    article.topics.add(topic)
    bring_back(office, topic, delete(office, topic))
    assert list(article.topics.all()) == [topic]


def test_what_lost_its_reference_finds_it_again(office):
    project = make_project()
    phase = make_phase(project)
    event = make_event(project=project, phase=phase)
    snapshot = delete(office, phase)
    event.refresh_from_db()
    assert event.phase is None
    bring_back(office, phase, snapshot)
    event.refresh_from_db()
    assert event.phase == phase


def test_a_record_that_was_never_saved_here_comes_back_after_deletion_by_the_list(office):
    articles = [make_article(title_en="One"), make_article(title_en="Two")]
    chosen = {"action": "delete_selected", "_selected_action": [each.pk for each in articles], "post": "yes"}
    office.post("/admin/news/article/", chosen)
    assert not Article.objects.exists()
    for article in articles:
        bring_back(office, article, snapshots_of(Article, article.pk).first())
    assert set(Article.objects.all()) == set(articles)


def test_a_deleted_address_that_was_taken_meanwhile_is_told(office, article):
    snapshot = delete(office, article)
    make_article(slug=article.slug)
    answer = bring_back(office, article, snapshot)
    assert "Another page has this address already" in told(answer)
    assert Article.objects.count() == 1


def test_a_deleted_row_whose_record_is_gone_waits_for_it(office):
    project = make_project()
    phase = make_phase(project)
    snapshot = delete(office, phase)
    delete(office, project)
    assert "Bring that back first" in text_of(page(office, address(phase, "bring_back", snapshot.pk)))
    assert "Bring that back first" in told(bring_back(office, phase, snapshot))
    assert not Phase.objects.exists()


def test_what_is_back_already_is_not_brought_back_twice(office, article):
    snapshot = delete(office, article)
    bring_back(office, article, snapshot)
    assert "is there already" in told(bring_back(office, article, snapshot))
    assert Article.objects.count() == 1


def test_files_are_never_touched_and_a_missing_one_is_told(office):
    document = Document.objects.create(
        project=make_project(), title_en="Report", language="en", file=ContentFile(b"a,b", name="report.csv")
    )
    name = document.file.name
    version = save(office, document)
    save(office, document, title_en="Renamed")
    default_storage.delete(name)
    assert "“report.csv” is no longer there" in text_of(
        page(office, address(document, "restore", document.pk, version.pk))
    )
    restore(office, document, version)
    document.refresh_from_db()
    assert (document.title_en, document.file.name) == ("Report", name)


def person(django_user_model, *rights):
    user = django_user_model.objects.create_user("reader", is_staff=True, interface_language="en")
    user.user_permissions.set(Permission.objects.filter(codename__in=[f"{right}_article" for right in rights]))
    return user


@pytest.mark.parametrize(
    ("rights", "history", "restoring", "bringing"),
    [
        ([], 403, 403, 403),
        (["view"], 200, 403, 403),
        (["view", "change"], 200, 200, 403),
        (["view", "add"], 200, 403, 200),
    ],
    ids=["none", "view", "change", "add"],
)
def test_rights(office, client, django_user_model, article, rights, history, restoring, bringing):
    version, other = save(office, article), make_article()
    gone = delete(office, other)
    client.force_login(person(django_user_model, *rights))
    for name, args, expected in [
        ("history", [article.pk], history),
        ("restore", [article.pk, version.pk], restoring),
        ("deleted", [], bringing),
        ("bring_back", [gone.pk], bringing),
    ]:
        assert client.get(address(article, name, *args)).status_code == expected, name
    assert client.get(address(article, "compare", article.pk), {"new": version.pk}).status_code in (history, 302)
    assert client.post(address(article, "restore", article.pk, version.pk)).status_code in (restoring, 302)
    assert client.post(address(article, "bring_back", gone.pk)).status_code in (bringing, 302)
    assert Article.objects.filter(pk=other.pk).exists() == (bringing == 200)


def test_a_version_of_another_record_is_not_found(office, article):
    other = save(office, make_article())
    assert office.get(address(article, "restore", article.pk, other.pk)).status_code == 404
    assert office.get(address(article, "restore", article.pk, 10**18)).status_code == 404


def queries_of(office, address):
    with CaptureQueriesContext(connection) as queries:
        assert office.get(address).status_code == 200
    return len(queries)


def test_the_history_comes_in_pages_and_costs_the_same_however_long_it_is(office, article):
    save(office, article)
    few = queries_of(office, address(article, "history", article.pk))
    for number in range(28):
        save(office, article, title_en=f"Title {number}")
    assert queries_of(office, address(article, "history", article.pk)) == few
    assert len(rows_of_history(office, article)) == 25
    assert "Page 2 of 2" in text_of(page(office, address(article, "history", article.pk), page=2))


def test_the_list_of_deleted_costs_the_same_however_long_it_is(office):
    delete(office, make_article())
    few = queries_of(office, "/admin/news/article/deleted/")
    for _ in range(4):
        delete(office, make_article())
    assert queries_of(office, "/admin/news/article/deleted/") == few


def test_saving_takes_no_more_queries_for_keeping_with_more_rows(office):
    project = make_project()
    make_participation(project, "lead")
    counts = []
    for _ in range(2):
        save(office, project)
        data = filled_in(office, change(project)) | {"title_en": f"Title {len(counts)}"}
        with CaptureQueriesContext(connection) as queries:
            assert office.post(change(project), data).status_code == 302
        kept = [each["sql"] for each in queries if "reversion" in each["sql"] or "editorial_snapshot" in each["sql"]]
        counts.append(len(kept))
        for _ in range(9):
            make_participation(project)
    assert counts[0] == counts[1]


def test_words_of_very_long_texts_are_marked_in_a_moment():
    before = " ".join(f"word{number % 700}" for number in range(20_000))
    pieces = marked(before, before.replace("word5 ", "other "))
    assert {piece.what for piece in pieces} == {"same", "added", "removed"}
