"""What a record lacks is listed, advised while it is drafted and required when visitors are to see it."""

import pytest

from editorial.models import Picture
from editorial.readiness import public_with_gaps, required
from editorial.states import State
from news.models import Article
from pages.models import Page
from projects.models import Fund, Programme, ProgrammingPeriod, Project
from tests.accounts.people import logged_in, make_person
from tests.editorial.test_library import make_picture
from tests.editorial.two_editors import page
from tests.factories import (
    make_article,
    make_event,
    make_participation,
    make_partner,
    make_practice,
    make_programme,
    make_project,
)
from tests.forms import change, mistakes, take
from tests.test_back_office import picture_file

pytestmark = pytest.mark.django_db


def missing(record) -> dict[str, bool]:
    """The fields that a record lacks as it is stored: name → whether it is required."""
    stored = type(record).objects.get(pk=record.pk)
    return {gap.field: gap.is_required for gap in stored.missing_before_publishing()}


@pytest.fixture
def project():
    """A project that lacks nothing required."""
    project = make_project(programme=make_programme("2014-2020"), summary_en="A river", state=State.DRAFT)
    make_participation(project, "lead")
    return project


def test_a_complete_project_lacks_only_what_is_advised(project):
    assert set(missing(project).values()) == {False}
    assert set(missing(project)) == {"change_en", "total_budget", "union_funding", "topics"}


@pytest.mark.parametrize("field", ["title_en", "summary_en", "acronym"])
def test_a_project_needs_its_texts(project, field):
    Project.objects.update(**{field: ""})
    assert missing(project)[field.replace("acronym", "acronym")]


@pytest.mark.parametrize("field", ["start", "end"])
def test_a_project_needs_its_dates(project, field):
    Project.objects.update(**{field: None})
    assert missing(project)[field] is True


def test_a_project_needs_its_lead_partner(project):
    project.participations.all().delete()
    gap = next(gap for gap in Project.objects.get().missing_before_publishing() if gap.is_required)
    assert gap.link(project).endswith("#participations-group")


@pytest.mark.parametrize(
    ("model", "text"), [(ProgrammingPeriod, "funding_statement_en"), (Fund, "name_en"), (Programme, "name_en")]
)
def test_a_project_needs_the_words_beside_the_emblem(project, model, text):
    model.objects.update(**{text: ""})
    gaps = required(Project.objects.get().missing_before_publishing())
    assert [gap.address for gap in gaps] == [change(model.objects.get())]


def test_the_fund_is_needed_only_where_the_period_names_it():
    project = make_project(programme=make_programme("2021-2027"), summary_en="A river")
    make_participation(project, "lead")
    Fund.objects.update(name_en="")
    assert required(Project.objects.get().missing_before_publishing()) == []


def test_a_programmes_own_statement_is_as_good(project):
    ProgrammingPeriod.objects.update(funding_statement_en="")
    Programme.objects.update(own_statement_en="Co-financed by the Union")
    assert required(Project.objects.get().missing_before_publishing()) == []


def test_what_the_other_kinds_need():
    page = Page.objects.create(slug="about", title_en="About", body_en="<p></p>")
    assert missing(page) == {"body_en": True, "summary_en": False}
    assert missing(make_article()) == {"lead_en": True, "body_en": False, "projects": False}
    assert missing(make_practice(make_project()))["summary_en"] is True
    assert missing(make_event(project=make_project(state=State.DRAFT)))["project"] is False
    assert set(missing(make_partner()).values()) == {False}


def test_a_text_is_needed_in_every_required_language(settings):
    settings.REQUIRED_LANGUAGES = ["en", "sl"]
    gaps = required(make_article(lead_en="Lead").missing_before_publishing())
    assert [(gap.field, gap.language) for gap in gaps] == [("title_sl", "sl"), ("lead_sl", "sl")]


def test_a_picture_needs_its_description_unless_it_only_decorates(settings):
    picture = Picture.objects.create(file=picture_file(), alt_en="A robot")
    article = make_article(lead_en="Lead", picture=picture)
    assert required(article.missing_before_publishing()) == []
    Picture.objects.update(alt_en="")
    gap, *others = required(Article.objects.get().missing_before_publishing())
    assert (gap.address, others) == (change(picture), [])
    Picture.objects.update(is_decorative=True)
    assert required(Article.objects.get().missing_before_publishing()) == []


def test_pictures_of_an_event_are_looked_at_too():
    event = make_event()
    event.pictures.add(Picture.objects.create(file=picture_file()))
    assert len(required(event.missing_before_publishing())) == 1


def test_a_draft_is_saved_with_a_list_of_what_is_missing(office):
    article = make_article(state=State.DRAFT)
    form = page(office.get(change(article)))
    links = {link["href"] for link in form.select(".review__gaps a")}
    assert {"#id_lead_en", "#id_body_en", "#id_projects"} == links
    assert "1 thing is missing" in form.select_one(".review__gaps summary").text


def test_publishing_is_refused_beside_the_field_and_everything_typed_stays(office):
    article = make_article(state=State.DRAFT)
    answer = take(office, change(article), "publish", "Ready", title_en="Typed")
    assert "Nothing is saved yet" in mistakes(answer)[""]
    assert "“Lead” is not written in English" in mistakes(answer)["lead_en"]
    form = page(answer)
    assert form.select_one("[name=title_en]")["value"] == "Typed"
    assert form.select_one("[name=review-publish-note]").text.strip() == "Ready"
    assert Article.objects.get().title_en != "Typed"
    assert take(office, change(article), "publish", lead_en="Now it is there").status_code == 302
    assert Article.objects.get().is_public


def test_what_is_typed_counts_not_what_was_stored(office):
    article = make_article(state=State.DRAFT, lead_en="Lead")
    assert take(office, change(article), "publish", lead_en=" ").status_code == 200
    assert not Article.objects.get().is_public


def test_a_row_of_the_form_counts_too(office, project):
    assert take(office, change(project), "publish", **{"participations-0-role": "partner"}).status_code == 200
    assert project.participations.get().is_lead
    assert take(office, change(project), "publish").status_code == 302


def test_what_is_public_already_is_saved_all_the_same(office):
    article = make_article()
    assert take(office, change(article), "nothing", title_en="Typed").status_code == 302
    assert Article.objects.get().title_en == "Typed"


def test_who_can_not_write_a_text_is_not_led_to_it():
    article = make_article(state=State.DRAFT)
    form = page(logged_in(make_person("translator", languages=["sl"])).get(change(article)))
    assert "“Lead” is not written in English" in form.select_one(".review__gaps").text
    assert not form.select(".review__gaps a")


def test_public_records_with_something_missing_are_found_for_who_may_mend_them(django_assert_max_num_queries):
    editor, partner_editor = make_person("editor"), make_person("partner_editor", partner=make_partner())
    make_article(state=State.DRAFT)
    make_article(lead_en="Lead")
    lacking = [make_article(), make_project()]
    with django_assert_max_num_queries(40) as few:
        found = public_with_gaps(editor)
    assert {record for record, gaps in found} == set(lacking)
    assert public_with_gaps(partner_editor) == []
    assert len(public_with_gaps(editor, most=1)) == 1
    for _ in range(4):
        make_article(make_project())
    with django_assert_max_num_queries(len(few)):
        public_with_gaps(editor)


def test_what_lacks_nothing_is_not_even_loaded(django_assert_max_num_queries):
    editor = make_person("editor")
    for _ in range(3):
        project = make_project(summary_en="Summary")
        make_participation(project, role="lead")
        make_article(project, lead_en="Lead", body_en="<p>Text</p>")
    with django_assert_max_num_queries(10):
        assert public_with_gaps(editor) == []


@pytest.mark.parametrize("place", ["picture", "body"])
def test_a_public_article_whose_picture_lost_its_description_is_found(place):
    picture = make_picture(alt_en="")
    shown = {"picture": picture} if place == "picture" else {"body_sl": f'<figure data-picture="{picture.pk}"></figure>'}
    article = make_article(lead_en="Lead", **shown)
    [(found, [gap])] = public_with_gaps(make_person("editor"))
    assert (found, gap.field) == (article, "alt_en")


def test_the_form_of_a_project_stays_light(office, django_assert_max_num_queries):
    project = make_project()
    for _ in range(3):
        make_participation(project)
    with django_assert_max_num_queries(60):
        office.get(change(project))
