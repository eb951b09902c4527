"""The limits of the roles, by record and by field: what no form offers is refused to a forged request too."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.models import User
from editorial.decisions import Decision
from editorial.models import Picture, Snapshot
from news.models import Article, Event
from projects.models import Document, Participation
from results.models import GoodPractice, Measurement
from tests import factories as make
from tests.accounts.people import logged_in, make_person
from tests.forms import change, filled_in, mistakes, send, take
from tests.test_back_office import picture_file

ARTICLES = "/admin/news/article/"


@pytest.fixture
def own(db):
    """A draft project in which the partner editor's organisation takes part."""
    project = make.make_project(acronym="OWN", state="draft")
    make.make_participation(project, partner=make.make_partner(name="Own organisation"))
    return project


@pytest.fixture
def foreign(db):
    project = make.make_project(acronym="FOREIGN", state="draft")
    make.make_participation(project, "lead")
    return project


@pytest.fixture
def partner(own):
    return own.participations.get().partner


@pytest.fixture
def desk(partner):
    """The browser of that organisation's editor."""
    return logged_in(make_person("partner_editor", partner=partner))


@pytest.fixture
def translator(db):
    return logged_in(make_person("translator", languages=["sl", "lv"]))


@pytest.fixture
def reviewer(db):
    return logged_in(make_person("reviewer"))


def listed(browser, address, **query) -> list[str]:
    page = BeautifulSoup(browser.get(address, query).content, "html.parser")
    return [row.get_text(strip=True) for row in page.select("#result_list tbody th")]


def found(browser, source, field, term="") -> list[str]:
    """What a form offers for a relation of a model, as `("news.article", "projects")`."""
    app, model = source.split(".")
    query = {"app_label": app, "model_name": model, "field_name": field, "term": term}
    return [choice["text"] for choice in browser.get("/admin/autocomplete/", query).json()["results"]]


def download(browser, address, action, *records):
    data = {"action": action, ACTION_CHECKBOX_NAME: [record.pk for record in records]}
    return b"".join(browser.post(address, data, follow=True)).decode()


# A partner editor's records


def test_a_partner_editor_sees_only_what_belongs_to_their_organisations_projects(desk, own, foreign):
    make.make_article(own, title_en="Ours")
    make.make_article(own, foreign, title_en="Of both")
    make.make_article(foreign, title_en="Theirs")
    make.make_article(title_en="Of nobody")
    assert sorted(listed(desk, ARTICLES)) == ["Of both", "Ours"]
    assert listed(desk, ARTICLES, projects__id__exact=foreign.pk) == ["Of both"]
    assert listed(desk, "/admin/projects/project/") == ["OWN"]
    assert listed(desk, "/admin/partners/partner/") == ["Own organisation"]


@pytest.mark.parametrize("page", ["change", "delete", "history"])
def test_a_foreign_article_is_not_there_for_a_partner_editor(desk, foreign, page):
    article = make.make_article(foreign, state="draft")
    address = f"{ARTICLES}{article.pk}/{page}/"
    answer = desk.get(address)
    assert answer.status_code in (302, 403, 404)
    refusal = desk.post(address, {"title_en": "Mine now", "post": "yes"})
    assert refusal.status_code in (302, 403, 404)
    assert article.title_en not in answer.content.decode() + refusal.content.decode()
    article.refresh_from_db()
    assert article.title_en != "Mine now"


def test_choices_hold_nothing_foreign(desk, own, foreign, partner):
    make.make_phase(foreign, name_en="Secret phase")
    make.make_target(foreign)
    assert found(desk, "news.article", "projects") == ["OWN"]
    assert found(desk, "news.event", "project", "FOREIGN") == []
    assert found(desk, "news.event", "phase") == []
    assert found(desk, "news.event", "host") == ["Own organisation"]
    assert found(desk, "results.measurement", "target") == []


@pytest.mark.parametrize(("address", "field"), [(ARTICLES, "projects"), ("/admin/news/event/", "project")])
def test_a_foreign_project_is_refused_in_a_forged_request(desk, foreign, address, field):
    answer = send(desk, f"{address}add/", {"title_en": "News", "slug": "news", field: foreign.pk})
    assert field in mistakes(answer)
    assert not Article.objects.exists()
    assert not Event.objects.exists()


def test_a_partner_editor_says_which_project_something_belongs_to(desk):
    assert "projects" in mistakes(send(desk, f"{ARTICLES}add/", {"title_en": "News", "slug": "news"}))


def test_a_partner_editor_drafts_and_hands_in(desk, own):
    sent = {"title_en": "News", "slug": "news", "projects": [own.pk]}
    assert take(desk, f"{ARTICLES}add/", "submit", **sent).status_code == 302
    article = Article.objects.get()
    assert (article.state, list(article.projects.all())) == ("in_review", [own])
    assert take(desk, change(article), "redraft", title_en="Better news").status_code == 302
    article.refresh_from_db()
    assert (article.state, article.title_en) == ("draft", "Better news")


@pytest.mark.parametrize("step", ["publish", "schedule", "return", "withdraw", "nonsense"])
def test_a_partner_editor_cannot_publish(desk, own, step):
    article = make.make_article(own, state="draft", lead_en="Lead")
    answer = take(desk, change(article), step, "Because", state="published")
    assert step == "nonsense" or "doesn't allow this step" in mistakes(answer)[""]
    assert send(desk, change(article), {"published_at_0": "2024-01-01", "published_at_1": "10:00"}).status_code == 302
    article.refresh_from_db()
    assert (article.state, article.published_at) == ("draft", None)


@pytest.mark.parametrize("state", ["published", "withdrawn"])
def test_what_was_published_is_left_to_the_editors(desk, own, state):
    for record in (make.make_article(own, state=state), make.make_practice(own, state=state)):
        title = record.title_en
        assert desk.get(change(record)).status_code == 200
        assert desk.post(change(record), {"title_en": "Another one"}).status_code == 403
        record.refresh_from_db()
        assert record.title_en == title


def test_what_was_returned_is_reworked_and_handed_in_again(desk, own):
    article = make.make_article(own, state="returned")
    page = BeautifulSoup(desk.get(change(article)).content, "html.parser")
    assert [button["value"] for button in page.select("[name=_step]")] == ["submit", "redraft"]
    assert take(desk, change(article), "submit").status_code == 302
    article.refresh_from_db()
    assert article.state == "in_review"


def test_a_form_for_partner_editors_stays_light(desk, own, django_assert_max_num_queries):
    event = make.make_event(project=own, host=make.make_partner(), state="draft")
    with django_assert_max_num_queries(60):
        desk.get(change(event))


def test_what_refers_to_others_goes_on_doing_so(desk, own, foreign, partner):
    article = make.make_article(own, foreign, state="draft", author=make.make_partner())
    author = article.author
    assert (
        send(desk, change(article), {"title_en": "New", "projects": [own.pk], "author": partner.pk}).status_code == 302
    )
    article.refresh_from_db()
    assert (article.title_en, article.author) == ("New", author)
    assert set(article.projects.all()) == {own, foreign}


def test_who_left_a_project_no_longer_reaches_it(desk, own):
    make.make_article(own)
    participations = Participation.objects.filter(project=own)
    participations.update(left=timezone.localdate() + timedelta(days=3))
    assert len(listed(desk, ARTICLES)) == 1
    participations.update(left=timezone.localdate() - timedelta(days=3))
    assert listed(desk, ARTICLES) == []


def test_a_partner_editor_without_an_organisation_reaches_nothing(own):
    make.make_article(own)
    desk = logged_in(make_person("partner_editor"))
    assert listed(desk, ARTICLES) == listed(desk, "/admin/projects/project/") == []
    assert listed(desk, "/admin/partners/partner/") == []


def test_another_partners_value_is_seen_and_left_alone(desk, own, partner):
    target, period = make.make_target(own), make.make_period(own)
    other = make.make_participation(own)
    theirs = make.make_measurement(target, period=period, participation=other, state="draft")
    ours = make.make_measurement(target, period=period, participation=own.participations.first(), state="draft")
    approved = make.make_measurement(target, state="approved")
    assert send(desk, change(ours), {"value": "7", "state": "approved"}).status_code == 302
    for record in (theirs, approved):
        assert desk.get(change(record)).status_code == 200
        assert desk.post(change(record), {"value": "7"}).status_code == 403
    assert list(Measurement.objects.filter(value=7)) == [ours]
    ours.refresh_from_db()
    assert ours.state == "draft"
    assert "participation" in mistakes(send(desk, change(ours), {"participation": other.pk}))


# A partner editor's files and pages


def test_exports_hold_nothing_foreign(desk, own, foreign):
    ours, theirs = make.make_article(own, title_en="Ours"), make.make_article(foreign, title_en="Theirs", state="draft")
    file = download(desk, ARTICLES, "articles_csv", ours, theirs)
    assert "Ours" in file
    assert "Theirs" not in file
    assert "Theirs" not in download(desk, ARTICLES, "articles_csv", theirs)


def test_an_export_of_a_project_tells_of_other_partners_no_more_than_their_list_does(desk, own):
    make.make_participation(own, partner=make.make_partner(name="Another organisation"))
    file = download(desk, "/admin/projects/project/", "participations_csv", own)
    assert "Own organisation" in file
    assert "Another organisation" not in file


def test_drafts_are_seen_by_the_organisations_that_they_belong_to(desk, client, own, foreign):
    ours, theirs = make.make_article(own, state="draft"), make.make_article(foreign, state="draft")
    public = make.make_article(foreign)
    assert desk.get(ours.get_absolute_url()).status_code == 200
    assert desk.get(theirs.get_absolute_url()).status_code == 404
    assert desk.get(public.get_absolute_url()).status_code == 200
    assert desk.get(own.get_absolute_url()).status_code == 200
    assert desk.get(foreign.get_absolute_url()).status_code == 404


def test_the_address_of_a_foreign_draft_is_not_told(desk, own, foreign):
    kind = ContentType.objects.get_for_model(foreign).pk
    assert desk.get(f"/admin/r/{kind}/{own.pk}/")["Location"] == own.get_absolute_url()
    assert desk.get(f"/admin/r/{kind}/{foreign.pk}/").status_code == 404
    assert desk.get(f"/admin/r/{kind}/x/").status_code == 404
    people = ContentType.objects.get_for_model(User).pk
    assert desk.get(f"/admin/r/{people}/1/").status_code == 404


def test_the_file_of_a_foreign_draft_is_not_there(desk, own, foreign):
    def document(project):
        file = ContentFile(b"a,b", name="report.csv")
        return Document.objects.create(project=project, title_en="Report", language="en", file=file)

    assert desk.get(document(own).get_absolute_url()).status_code == 200
    assert desk.get(document(foreign).get_absolute_url()).status_code == 404


# Translators


def columns_of(record) -> dict:
    return {field.attname: getattr(record, field.attname) for field in record._meta.concrete_fields}


def test_a_translator_writes_the_texts_of_their_languages(translator):
    article = make.make_article(title_sl="Staro")
    sent = {"title_sl": "Novo", "lead_lv": "Jauns"}
    assert send(translator, change(article), sent).status_code == 302
    article.refresh_from_db()
    assert (article.title_sl, article.lead_lv) == ("Novo", "Jauns")


def test_a_translator_changes_nothing_else_whatever_is_sent(translator):
    article = make.make_article(make.make_project(), lead_en="Lead", title_bg="Новина", state="draft")
    other = make.make_project()
    forged = {
        "title_en": "Forged", "lead_en": "Forged", "title_bg": "Forged", "title": "Forged", "slug": "forged",
        "state": "published", "published_at_0": "2020-01-01", "published_at_1": "10:00", "projects": [other.pk],
        "source_name": "Forged", "title_sl": "Novica",
    }  # fmt: skip
    before = columns_of(article)
    assert send(translator, change(article), forged).status_code == 302
    after = columns_of(Article.objects.get())
    changed = {name for name in before if (before[name] or "") != (after[name] or "")}
    assert changed <= {"title_sl", "title", "updated_at"}  # `title` is whatever language was saved last
    assert after["title_sl"] == "Novica"
    assert other not in article.projects.all()


def test_a_translator_leaves_a_project_and_its_partners_as_they_are(translator):
    project = make.make_project(total_budget=100)
    lead = make.make_participation(project, "lead", total_budget=100)
    data = filled_in(translator, change(project))
    forged = {"acronym": "FORGED", "total_budget": "1", "participations-0-role": "partner",
              "participations-0-total_budget": "1", "participations-0-DELETE": "on",
              "participations-0-unit_sl": "Oddelek"}  # fmt: skip
    extra = {"participations-TOTAL_FORMS": "2", "participations-1-partner": make.make_partner().pk}
    assert translator.post(change(project), data | forged | extra).status_code == 302
    project.refresh_from_db()
    lead.refresh_from_db()
    assert (project.acronym, project.total_budget, lead.role, lead.total_budget) != ("FORGED", 1, "partner", 1)
    assert (lead.role, lead.unit_sl, project.participations.count()) == ("lead", "Oddelek", 1)


def test_a_translator_without_languages_only_looks(db):
    browser = logged_in(make_person("translator"))
    article = make.make_article()
    assert browser.get(change(article)).status_code == 200
    assert browser.post(change(article), {"title_sl": "Novica"}).status_code == 403


def test_a_translator_describes_a_picture_and_leaves_its_file(translator):
    picture = Picture.objects.create(file=picture_file(), alt_en="A robot")
    file = picture.file.name
    assert send(translator, change(picture), {"alt_sl": "Robot", "credit": "Forged"}).status_code == 302
    picture.refresh_from_db()
    assert (picture.alt_sl, picture.credit, picture.file.name) == ("Robot", "", file)


# Reviewers


def test_a_reviewer_publishes_and_changes_no_word(reviewer):
    article = make.make_article(state="in_review", lead_en="Lead")
    title = article.title_en
    assert take(reviewer, change(article), "publish", title_en="Forged", slug="f").status_code == 302
    article.refresh_from_db()
    assert (article.state, article.title_en) == ("published", title)
    assert article.slug != "f"


def test_a_reviewer_returns_a_value_with_a_note_and_is_named(reviewer, own):
    value = make.make_measurement(make.make_target(own), state="submitted")
    assert take(reviewer, change(value), "return", "Which enterprises?", value="99").status_code == 302
    value.refresh_from_db()
    assert (value.state, value.value) == ("returned", 4)
    decision = Decision.objects.on(value).get()
    assert (decision.note, decision.person.role.name) == ("Which enterprises?", "reviewer")


def test_a_reviewer_leaves_the_lead_partner_in_place(reviewer):
    project = make.make_project(state="in_review", summary_en="Summary")
    lead = make.make_participation(project, "lead")
    assert take(reviewer, change(project), "publish").status_code == 302
    lead.refresh_from_db()
    assert lead.role == "lead"


def test_a_reader_exports_everything(own):
    make.make_practice(own, title_en="A draft", state="draft")
    browser = logged_in(make_person("reader"))
    practices = GoodPractice.objects.all()
    assert "A draft" in download(browser, "/admin/results/goodpractice/", "practices_csv", *practices)


# Versions and previews


def test_nobody_restores_more_than_they_may_write(office, own):
    article = make.make_article(own, state="draft")
    for title in ("First", "Second"):
        send(office, change(article), {"title_en": title})
    oldest = Snapshot.objects.filter(kind="news.article", record_id=article.pk).order_by("pk").first()
    address = change(article).replace("change/", f"history/{oldest.pk}/")
    for role in ("translator", "partner_editor", "reviewer", "reader"):
        someone = logged_in(make_person(role, partner=own.participations.first().partner, languages=["sl"]))
        assert someone.post(address).status_code == 403, role
        assert someone.get(f"{ARTICLES}deleted/").status_code == 403, role
    article.refresh_from_db()
    assert article.title_en == "Second"
    assert logged_in(make_person("editor")).post(address).status_code == 302


def test_a_preview_of_a_foreign_draft_is_not_there_for_a_partner_editor(desk, own, foreign):
    theirs, ours = make.make_article(foreign, state="draft"), make.make_article(own, state="draft")
    for answer in (desk.get, desk.post):
        assert answer(change(theirs).replace("change", "preview")).status_code in (302, 403, 404)
        assert answer(change(ours).replace("change", "preview")).status_code == 200


def test_the_search_over_all_records_finds_nothing_foreign(desk, own, foreign):
    make.make_article(foreign, title_en="Windmills of others", state="draft")
    make.make_article(own, title_en="Windmills of ours", state="draft")
    page = desk.get("/admin/search/?q=windmills").content.decode()
    assert "Windmills of ours" in page
    assert "Windmills of others" not in page
