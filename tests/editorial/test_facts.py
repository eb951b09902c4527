"""Facts that texts name: checked when a form is sent, shown in the reader's language, and never those of a draft."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape
from django.utils.translation import override

from editorial.facts import facts, tokens_in
from editorial.showing import resolve
from editorial.states import State
from news.models import Article
from tests.factories import make_article, make_event, make_participation, make_partner, make_phase, make_project
from tests.forms import change, mistakes, said, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def project():
    project = make_project(
        slug="robots", total_budget=Decimal("1637941"), start=date(2019, 8, 1), end=date(2023, 1, 31)
    )
    for country in ("SI", "SI", "LV"):
        make_participation(project, partner=make_partner(country=country))
    return project


@pytest.mark.parametrize(
    ("name", "language", "words"),
    [
        ("total_budget", "en", "1,637,941.00 EUR"),
        ("total_budget", "sl", "1.637.941,00 EUR"),
        ("end_date", "en", "31 January 2023"),
        ("end_date", "lv", "2023. gada 31. janvāris"),
        ("start_date", "sl", "1. avgust 2019"),
        ("duration_months", "en", "42"),
        ("partner_count", "en", "3"),
        ("country_count", "bg", "2"),
        ("union_funding", "en", "not published"),
    ],
)
def test_a_fact_is_told_as_the_reader_writes_it(project, name, language, words):
    with override(language):
        assert resolve(f"It is [[{name}]].", make_article(project)) == f"It is {words}."


def test_a_fact_is_always_told_as_it_stands_now(project):
    article = make_article(project, body_en="<p>Until [[end_date]].</p>")
    project.end = date(2024, 6, 30)
    project.save()
    assert resolve(article.body_en, article, is_rich=True) == "<p>Until 30 June 2024.</p>"


def test_nobody_taking_part_is_not_known_rather_than_none():
    assert resolve("[[partner_count]]", make_project()) == "not published"


def test_a_budget_of_nothing_is_known():
    assert resolve("[[total_budget]]", make_project(total_budget=0)) == "0.00 EUR"


def test_another_project_is_named_by_its_address_and_by_the_one_it_had(project):
    assert resolve("[[robots:partner_count]]", make_article()) == "3"
    project.slug = "robots-at-work"
    project.save()
    assert resolve("[[robots:partner_count]] and [[robots-at-work:partner_count]]") == "3 and 3"


@pytest.mark.parametrize("token", ["[[nonsense]]", "[[nowhere:total_budget]]", "[[total_budget]]"])
def test_what_can_not_be_told_is_not_published(token):
    assert resolve(f"It is {token}.", make_article()) == "It is not published."


def test_a_draft_tells_nothing_through_the_text_of_others(project):
    project.state = State.DRAFT
    project.save()
    assert resolve("[[robots:total_budget]] [[total_budget]]", make_event(project=project)) == (
        "not published not published"
    )


def test_facts_of_two_projects_are_not_mixed_up(project):
    assert resolve("[[total_budget]]", make_article(project, make_project(total_budget=5))) == "not published"


def post(office, article, **texts):
    return send(office, change(article), texts)


@pytest.mark.parametrize("field", ["body_en", "body_lv", "lead_sl"])
def test_an_unknown_fact_is_refused_where_it_stands_and_everything_typed_is_still_there(office, project, field):
    article = make_article(project, body_en="<p>Before</p>")
    typed = {"body_en": "<p>Typed in English</p>", "lead_en": "A lead", "title_sl": "Naslov"}
    typed |= {field: "<p>It cost [[total_bugdet]].</p>"}
    answer = post(office, article, **typed)
    article.refresh_from_db()
    assert article.body_en == "<p>Before</p>"
    found = mistakes(answer)
    assert set(found) == {field}
    label = {"body_en": "Text (English)", "body_lv": "Text (latviešu)", "lead_sl": "Lead (slovenščina)"}[field]
    assert "“[[total_bugdet]]”" in found[field]
    assert f"“{label}”" in found[field]
    for name in facts.known:
        assert f"[[{name}]]" in found[field]
    page = answer.content.decode()
    for text in typed.values():
        assert escape(text) in page


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<p>[[nowhere:total_budget]]</p>", "names a project that there is not"),
        ("<p>[[<strong>total</strong>_budget]]</p>", "Format it as a whole"),
        ("<p>[[]]</p>", "no fact that the portal knows"),
        ("<p>[[a:b:total_budget]]</p>", "no fact that the portal knows"),
    ],
)
def test_what_else_can_be_wrong_with_a_fact_is_said(office, project, text, said):
    assert said in mistakes(post(office, make_article(project), body_en=text))["body_en"]


@pytest.mark.parametrize("number", [0, 2])
def test_it_must_be_plain_which_project_is_meant(office, number):
    article = make_article(*(make_project() for _ in range(number)))
    answer = post(office, article, body_en="<p>[[total_budget]]</p>")
    assert "doesn't say of which project" in mistakes(answer)["body_en"]


def test_the_project_chosen_in_the_same_form_counts(office, project):
    article = make_article()
    answer = post(office, article, body_en="<p>[[total_budget]]</p>", projects=[project.pk])
    assert answer.status_code == 302
    assert Article.objects.get().body_en == "<p>[[total_budget]]</p>"


def test_a_title_names_no_fact(office, project):
    answer = post(office, make_article(project), title_en="It cost [[total_budget]]")
    assert "can't name a fact" in mistakes(answer)["title_en"]


def test_a_project_names_its_own_facts(office, project):
    answer = send(office, change(project), {"summary_en": "It cost [[total_budget]].", "goals_en": "[[end_date]]"})
    assert answer.status_code == 302
    page = office.get(project.get_absolute_url()).content.decode()
    assert page.count("It cost 1,637,941.00 EUR.") == 4  # for visitors, in search, where it is shared, for machines


def test_facts_are_told_on_cards_too(client, project):
    make_article(project, lead_en="It cost [[total_budget]].")
    assert "It cost 1,637,941.00 EUR." in client.get("/en/news/").content.decode()


def queries_of(client, page) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page).status_code == 200
    return len(queries)


def test_a_list_takes_one_query_for_the_facts_of_all_its_cards(client):
    articles = [make_article(make_project(total_budget=7)) for _ in range(6)]
    plain = queries_of(client, "/en/news/")
    for article in articles:
        article.lead_en = "[[total_budget]]"
        article.save()
    assert client.get("/en/news/").content.decode().count("7.00 EUR") == 6
    assert queries_of(client, "/en/news/") == plain + 1


def test_a_text_of_brackets_and_spaces_holds_nobody_up():
    assert tokens_in("[[" + " " * 100_000 + "a") == []
    assert tokens_in("[[ inno-industry : end_date ]]") == [("inno-industry", "end_date")]


def warnings(answer) -> list[str]:
    return [sentence for sentence in said(answer) if "not published" in sentence]


def test_who_names_a_fact_that_is_not_known_is_told_so_and_the_text_is_saved(office, project):
    article = make_article(project)
    texts = {"body_en": "<p>[[union_funding]] of [[total_budget]]</p>", "body_sl": "<p>[[union_funding]]</p>"}
    (sentence,) = warnings(send(office, change(article), texts, follow=True))
    assert sentence.startswith("“[[union_funding]]” in “Text” shows as “not published”")
    assert Article.objects.get().body_en == texts["body_en"]


def test_a_known_fact_is_saved_without_a_word(office, project):
    article = make_article(project)
    assert warnings(send(office, change(article), {"lead_en": "Until [[end_date]]"}, follow=True)) == []


def test_a_public_text_on_a_project_that_is_not_yet_public_is_told_so(office, project):
    article = make_article(project)
    type(project).objects.update(state=State.DRAFT)
    (sentence,) = warnings(send(office, change(article), {"lead_en": "Until [[end_date]]"}, follow=True))
    assert sentence == "Visitors read “not published” for “[[end_date]]” in “Lead” until its project is published."
    draft = make_article(project, state=State.DRAFT)
    assert warnings(send(office, change(draft), {"lead_en": "Until [[end_date]]"}, follow=True)) == []


def test_a_row_that_names_an_unknown_fact_is_told_of_too(office):
    project = make_project(end=None)
    make_phase(project, start=date(2023, 1, 1), end=date(2023, 2, 1))
    answer = send(office, change(project), {"phases-0-goal_en": "Until [[end_date]]"}, follow=True)
    assert len(warnings(answer)) == 1
