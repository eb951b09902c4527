"""What the page of the search finds, in which order, and why."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from django.utils.translation import override

from editorial.states import State
from pages.models import Page
from projects.models import Document, Project
from search.finding import find
from search.models import SearchDocument
from tests.factories import make_article, make_event, make_participation, make_partner, make_practice, make_project

pytestmark = pytest.mark.django_db


def found(words, language="en", **choice):
    return [hit.record for hit in find(words, language, **choice).hits]


def test_every_kind_of_public_record_is_found(indexed):
    project = make_project(title_en="Clusters here")
    document = Document.objects.create(
        project=project, title_en="Map of clusters", language="en", file="a/b.pdf", size=1
    )
    records = {
        project,
        document,
        make_article(title_en="Clusters met"),
        make_event(title_en="Day of clusters"),
        make_practice(project, title_en="Clusters that share"),
        make_partner(name="House of Clusters"),
        Page.objects.create(slug="clusters", title_en="About clusters", state=State.PUBLISHED),
    }
    indexed(*records)
    answer = find("clusters", "en")
    assert {hit.record for hit in answer.hits} == records
    assert [number for source, number in answer.numbers] == [1] * 7
    assert {hit.address for hit in answer.hits} == {record.get_absolute_url() for record in records}


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("cresnja", "Črešnja"),
        ("črešnja", "Cresnja"),
        ("KRŠKO", "Krško"),
        ("rĪGA", "Rīga"),
        ("ΕΛΛΆΔΑ", "Ελλάδα"),
        ("lodz", "Łódź"),
        ("strasse", "Straße"),
        ("Cres\u030cnja", "Črešnja"),
        ("клъстер", "КЛЪСТЕР"),
    ],
)
def test_neither_case_nor_diacritics_matter(indexed, typed, written):
    article = indexed(make_article(title_en=f"In {written}"))
    assert found(typed) == [article]


def test_the_beginning_of_a_word_is_enough(indexed):
    article = indexed(make_article(title_en="Stakeholders met"))
    assert found("stak") == [article]
    assert found("akeholders") == []


@pytest.mark.parametrize(
    "typed", ["stakehlders", "stakeholdders", "stakehodlers", "stakehulders", "sakeholders", "tsakeholders"]
)
def test_one_typing_error_in_a_long_word_is_forgiven_and_said(indexed, client, typed):
    article = indexed(make_article(title_en="Our Stakeholders met"))
    assert found(typed) == [article]
    page = client.get("/en/search/", {"q": typed}).content.decode()
    assert "<mark>Stakeholders</mark>" in page
    assert f"No text has “{typed}”" in page


def test_two_typing_errors_are_not_forgiven_nor_one_in_a_short_word(indexed):
    indexed(make_article(title_en="Stakeholders in Krems"))
    assert found("stakxholdxrs") == []
    assert found("kroms") == []


def test_a_word_that_stands_somewhere_is_not_taken_for_a_similar_one(indexed):
    right = indexed(make_article(title_en="On forests"))
    indexed(make_article(title_en="On florests"))
    assert found("forests") == [right]
    assert find("forests", "en").replaced == []


def test_all_words_must_stand_in_a_record(indexed):
    both = make_article(title_en="Clusters", lead_en="met in Krems")
    indexed(both, make_article(title_en="Clusters"))
    assert found("krems clusters") == [both]


def test_a_text_is_found_in_whatever_language_it_is_written(indexed, client):
    article = indexed(make_article(title_en="Meeting", title_bg="Среща на клъстерите"))
    assert found("клъстери", "sl") == [article]
    page = client.get("/sl/search/", {"q": "клъстери"}).content.decode()
    assert f'href="/sl/news/{article.slug}/" lang="bg"' in page
    assert ">BG</span>" in page


def test_the_readers_language_comes_first_and_each_record_once(indexed):
    other = make_article(title_en="Krems Krems", published_at=datetime(2024, 5, 1, tzinfo=UTC))
    own = make_article(title_en="Krems", title_sl="Krems", lead_sl="x", published_at=datetime(2020, 5, 1, tzinfo=UTC))
    indexed(other, own)
    assert found("krems", "sl") == [own, other]
    assert [hit.language for hit in find("krems", "sl").hits] == ["sl", "en"]
    assert find("krems", "sl").number == 2


def test_better_matches_come_first(indexed):
    day = {"published_at": datetime(2024, 5, 1, tzinfo=UTC)}
    in_order = [
        make_article(title_en="Practice of one town", **day),
        make_article(title_en="Practices of one town", **day),
        make_article(title_en="Practitioners, who practiceful", **day),
        make_article(title_en="Town", body_en="<p>Its practice.</p>", **day),
        make_article(title_en="Town", body_en="<p>Its practices.</p>", **day),
        make_article(title_en="Town", body_en="<p>It is practiceful.</p>", **day),
    ]
    indexed(*reversed(in_order))
    assert found("practice") == in_order


def test_the_newer_of_two_equally_good_ones_comes_first(indexed):
    old = make_event(title_en="Workshop", start_date=date(2020, 1, 1))
    new = make_event(title_en="Workshop", start_date=date(2024, 1, 1))
    indexed(new, old)
    assert found("workshop") == [new, old]


def test_it_says_why_something_was_found(indexed, client):
    body = f"<h2>{'Before. ' * 60}</h2><p>They met the clusters&nbsp;&amp; firms.</p><p>{'After. ' * 60}</p>"
    indexed(make_article(title_en="A meeting <b>", body_en=body))
    page = client.get("/en/search/?q=cluster+meeting").content.decode()
    assert "A <mark>meeting</mark> &lt;b&gt;" in page
    assert "the <mark>clusters</mark> &amp; firms." in page
    excerpt = find("cluster", "en").hits[0].excerpt
    assert (excerpt[0].text, excerpt[-1].text) == ("… ", " …")
    assert sum(len(piece.text) for piece in excerpt) < 260


def test_words_that_stand_far_apart_are_shown_in_two_passages(indexed):
    body = f"<p>One cluster. {'Before. ' * 60} One region. {'After. ' * 60} One cluster.</p>"
    indexed(make_article(title_en="A meeting", body_en=body))
    (hit,) = find("regions clusters", "en").hits
    assert hit.matched == ["cluster", "region"]
    assert [piece.text for piece in hit.excerpt if piece.text.startswith("…")] == ["… "]
    assert sum(len(piece.text) for piece in hit.excerpt) < 260


def test_tags_of_rich_text_are_no_words(indexed):
    indexed(
        make_article(
            title_en="Meeting", body_en='<p>One<br>two</p><ul><li><a href="https://example.org">three</a></li></ul>'
        )
    )
    assert found("href") == found("onetwo") == found("example") == []
    assert found("one two three")


@pytest.mark.parametrize("state", [State.DRAFT, State.IN_REVIEW, State.RETURNED, State.WITHDRAWN])
def test_what_is_not_public_is_not_found_even_if_the_index_has_it(indexed, client, state):
    article = indexed(make_article(title_en="Clusters in secret"))
    type(article)._base_manager.filter(pk=article.pk).update(state=state)
    assert SearchDocument.objects.exists()
    assert (found("clusters"), find("clusters", "en").total) == ([], 0)
    for words in ("clusters", "clustres", "clusters in nowhere"):
        assert "secret" not in client.get("/en/search/", {"q": words}).content.decode()


def test_a_scheduled_record_is_found_from_its_time_on(indexed):
    article = indexed(make_article(title_en="Clusters", published_at=timezone.now() + timedelta(days=1)))
    assert found("clusters") == []
    type(article)._base_manager.update(published_at=timezone.now() - timedelta(days=1))
    assert found("clusters") == [article]


def test_what_is_public_only_with_its_project_goes_and_comes_with_it(indexed):
    project = make_project(title_en="River")
    event, practice = make_event(project=project, title_en="Rivers"), make_practice(project, title_en="Rivers")
    document = Document.objects.create(project=project, title_en="Rivers", language="en", file="a/b.pdf", size=1)
    indexed(project, event, practice, document)
    assert set(found("river")) == {project, event, practice, document}
    type(project)._base_manager.update(state=State.WITHDRAWN)
    assert found("river") == []


HOSTILE = [
    "", "   ", "%", "'", '"', '""', '"a', "\\", "*", "a*", "-", "NEAR", "NEAR(a b, 2)", "a AND", "OR", "NOT a",
    "title_words:a", "^a", "(", ")", "{a}", ":*", "a:A", "a & b", "!a", "<->", "a" * 10_000, "a " * 5000, "\0",
    "\x1b[0m", "\u202e", "🙂🙂", "?!…–", "<script>alert(1)</script>", "'; DROP TABLE search_words; --",
    "½ ² ª ǆ ﬁ", "中文", "\ud7ff", "İ", "ß", "1e5 0x1f 4.0",
]  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_strange_words_are_no_failure(indexed, client, words):
    indexed(make_article(title_en="A title", body_en="<p>of 4.0 and ½</p>"))
    answer = client.get("/en/search/", {"q": words})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize(
    "query", ["page=0", "page=-1", "page=x", "page=999999999999", "kind=nothing", "part=x", "page=²"]
)
def test_strange_choices_are_no_failure(indexed, client, query):
    indexed(make_article(title_en="Clusters"))
    assert "Clusters" in client.get(f"/en/search/?q=clusters&{query}").content.decode()


def test_figures_are_found_as_well(indexed):
    article = indexed(make_article(title_en="Industry 4.0 in 2024"))
    assert found("4.0") == found("industry 4.0") == found("2024") == [article]


def test_the_kinds_are_counted_and_can_be_chosen(indexed, client):
    indexed(make_article(title_en="Clusters"), make_article(title_en="Clusters"), make_event(title_en="Clusters"))
    page = client.get("/en/search/?q=clusters&kind=event")
    assert [(source.name, number) for source, number in page.context["found"].numbers] == [("article", 2), ("event", 1)]
    assert (page.context["found"].number, page.context["found"].total) == (1, 3)
    assert 'href="?q=clusters&amp;kind=article"' in page.content.decode()
    assert 'href="?q=clusters"' in page.content.decode()


def test_a_kind_that_has_none_keeps_the_way_to_the_others(indexed, client):
    indexed(make_article(title_en="Clusters"))
    page = client.get("/en/search/?q=clusters&kind=event").content.decode()
    assert "Nothing of this kind was found." in page
    assert 'href="?q=clusters"' in page


def test_many_are_shown_in_pages(indexed, client):
    indexed(*(make_article(title_en="Clusters") for _ in range(45)))
    pages = [find("clusters", "en", page=number) for number in (1, 2, 3, 4)]
    assert [len(page.hits) for page in pages] == [20, 20, 5, 5]
    assert len({hit.record for page in pages[:3] for hit in page.hits}) == 45
    assert 'rel="next" href="?q=clusters&amp;page=3"' in client.get("/en/search/?q=clusters&page=2").content.decode()


def test_nothing_found_says_what_to_try(indexed, client):
    indexed(make_article(title_en="Clusters"))
    assert "Nothing was found for “nowhere”" in client.get("/en/search/?q=nowhere").content.decode()
    page = client.get("/en/search/?q=clusters+nowhere").content.decode()
    assert '<a class="chip" href="?q=clusters">clusters</a>' in page
    assert 'href="?q=nowhere"' not in page


def test_an_empty_search_asks_for_nothing(client, django_assert_max_num_queries):
    client.get("/en/search/")  # what all pages share is asked for once
    with django_assert_max_num_queries(1):
        assert client.get("/en/search/").status_code == 200


def test_the_results_can_be_asked_for_without_the_page(indexed, client):
    indexed(make_article(title_en="Clusters"))
    part = client.get("/en/search/?q=clusters&part=found").content.decode()
    assert "<html" not in part
    assert "<mark>Clusters</mark>" in part
    assert "part=found" not in part


def test_a_search_costs_the_same_queries_however_much_it_finds(indexed, client, django_assert_max_num_queries):
    def more():
        project = make_project(title_en="Clusters")
        indexed(
            project, make_article(title_en="Clusters"), make_event(title_en="Clusters"), make_partner(name="Clusters")
        )
        indexed(make_practice(project, title_en="Clusters"))

    more()
    with django_assert_max_num_queries(10) as few:
        client.get("/en/search/?q=clusters")
    for _ in range(5):
        more()
    with django_assert_max_num_queries(len(few)):
        client.get("/en/search/?q=clusters")


def test_a_search_for_many_unknown_words_is_bounded(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(30):
        client.get("/en/search/", {"q": " ".join(f"unknowable{letter}" for letter in "abcdefghijklmn")})


def test_a_visitor_gets_no_cookie_by_searching(indexed, client):
    indexed(make_article(title_en="Clusters"))
    assert not client.get("/en/search/?q=clusters").cookies


def excerpt_of(words, language="en") -> str:
    with override(language):
        return "".join(piece.text for hit in find(words, language).hits for piece in hit.excerpt).strip()


def test_a_fact_in_a_passage_is_told_as_it_stands_now_and_in_the_readers_notation(indexed):
    project = make_project(slug="robots", total_budget=Decimal("1637941"), end=date(2023, 1, 31))
    text = "<p>Clusters share [[total_budget]] until <b>[[robots:end_date]]</b>.</p>"
    indexed(make_article(project, title_en="Money", body_en=text, body_sl=text))
    assert excerpt_of("clusters") == "Clusters share 1,637,941.00 EUR until 31 January 2023."
    assert excerpt_of("clusters", "sl") == "Clusters share 1.637.941,00 EUR until 31. januar 2023."
    Project.objects.update(total_budget=None, end=date(2023, 7, 31))
    assert excerpt_of("clusters") == "Clusters share not published until 31 July 2023."
    Project.objects.update(state=State.DRAFT)
    assert excerpt_of("clusters") == "Clusters share not published until not published."


def test_every_kind_of_text_tells_the_facts_of_its_own_project(indexed):
    project = make_project(summary_en="Clusters of [[partner_count]]", total_budget=5)
    make_participation(project)
    indexed(project)
    indexed(make_event(project=project, description_en="<p>Clusters of [[total_budget]]</p>"))
    indexed(make_practice(project, summary_en="Clusters of [[duration_months]]"))
    found = {hit.source.name: "".join(piece.text for piece in hit.excerpt) for hit in find("clusters", "en").hits}
    assert found == {"project": "Clusters of 1", "event": "Clusters of 5.00 EUR", "practice": "Clusters of 36"}


def test_names_of_facts_and_their_figures_are_not_searched(indexed):
    project = make_project(total_budget=Decimal("1637941"))
    indexed(make_article(project, title_en="Money", body_en="<p>Clusters share [[total_budget]].</p>"))
    assert found("total") == found("budget") == found("1,637,941.00") == []


def test_facts_in_passages_take_the_same_few_queries_however_many(indexed, django_assert_max_num_queries):
    project = make_project(total_budget=5)
    for records in (range(2), range(8)):
        for _record in records:
            indexed(make_article(project, body_en="<p>Clusters share [[total_budget]].</p>"))
        with django_assert_max_num_queries(9):
            assert "5.00 EUR" in excerpt_of("clusters")
