"""What the back office says of texts that differ from the record: on forms, in the list, on the first screen."""

import pytest
from bs4 import BeautifulSoup
from reversion.models import Version

from editorial.waiting import waiting_for
from factcheck.forms import TEXT_BYTES
from factcheck.models import Acceptance, Discrepancy
from factcheck.portal import findings_in_portal
from factcheck.register import refresh
from news.models import Article
from projects.models import Project
from tests.accounts.people import logged_in, make_person
from tests.factcheck.differing import BUDGET, RIGHT, STATED, WRONG, make_differing_article, make_known_project
from tests.factories import make_article, make_event, make_participation, make_partner, make_practice
from tests.forms import change, filled_in, said, send
from tests.test_back_office import queries_of

pytestmark = pytest.mark.django_db
LIST, OUTSIDE = "/admin/factcheck/", "/admin/factcheck/elsewhere/"
TYPED = "/admin/factcheck/news.article/typed/"


def read(browser, address):
    return BeautifulSoup(browser.get(address).content, "html.parser")


def marked(page) -> list[str]:
    """The passages that are marked and wait to be looked at."""
    return [mark.get_text() for mark in page.select(".discrepancy mark") if not mark.find_parent("details", open=False)]


def panel_of(browser, record):
    return read(browser, change(record)).select_one("#factcheck")


def row_of(record) -> Discrepancy:
    refresh()
    return Discrepancy.objects.of(record).get()


def deed(row, name) -> str:
    return f"/admin/factcheck/{row.kind}/{row.record_id}/{row.key}/{name}/"


def accept(browser, row, reason="The source says so.", **data):
    return browser.post(deed(row, "accept"), {f"reason-{row.key}": reason} | data, follow=True)


@pytest.fixture
def theirs(db):
    """A partner editor, with a project of their organisation."""
    partner, project = make_partner(), make_known_project(acronym="OURS")
    make_participation(project, partner=partner)
    return make_person("partner_editor", partner=partner), project


class TestForm:
    def test_shows_the_passage_and_what_the_record_says(self, office):
        panel = panel_of(office, make_differing_article())
        assert "1 passage differs" in panel.select_one("[role=status]").get_text()
        assert marked(panel)[0] in STATED
        text = panel.select_one(".discrepancy").get_text(" ", strip=True)
        assert "Text, English" in text
        assert "Total budget – the record says: 1,637,941.00" in text.replace("\xa0", " ")

    def test_offers_the_token_the_text_and_to_accept(self, office):
        panel = panel_of(office, make_differing_article())
        token = panel.select_one("[data-put]")
        assert token["data-put"] == "[[total_budget]]"
        assert token["formaction"].endswith("/put/")
        assert panel.select_one("a[data-jump]")["href"] == "#id_body_en"
        assert panel.select_one("[data-deed]")["formaction"].endswith("/accept/")

    def test_says_so_where_nothing_differs(self, office):
        panel = panel_of(office, make_differing_article(body_en=RIGHT))
        assert "Nothing in these texts differs" in panel.get_text()

    def test_says_when_it_begins_where_a_text_is_not_about_one_project(self, office):
        assert "as soon as they are about one project" in panel_of(office, make_article()).get_text()
        add = read(office, "/admin/news/article/add/").select_one("#factcheck")
        assert "as soon as they are about one project" in add.get_text()

    def test_of_a_project_and_of_what_belongs_to_it(self, office):
        project = make_known_project(summary_en=f"A total budget of {STATED}.")
        practice = make_practice(project, summary_en=f"The project has a total budget of {STATED}.")
        event = make_event(project=project, description_en=f"<p>A total budget of {STATED}.</p>")
        assert [len(marked(panel_of(office, each))) for each in (project, practice, event)] == [1, 1, 1]

    def test_has_no_panel_where_texts_are_about_no_project(self, office):
        assert panel_of(office, make_partner()) is None

    def test_warns_and_keeps_nobody_from_saving(self, office):
        article = make_differing_article(body_en=RIGHT)
        assert send(office, change(article), {"body_en": WRONG}).status_code == 302
        article.refresh_from_db()
        assert article.body_en == WRONG

    def test_more_than_three_passages_are_folded(self, office):
        texts = "".join(f"<p>Its total budget is EUR 1,467,94{number}.00.</p>" for number in range(5))
        panel = panel_of(office, make_differing_article(body_en=texts))
        assert "5 passages differ" in panel.get_text()
        assert len(marked(panel)) == 3
        assert "2 more passages" in panel.get_text()

    def test_costs_the_same_queries_however_much_differs(self, office):
        article = make_differing_article()
        few = queries_of(office, change(article))
        texts = "".join(f"<p>Its total budget is EUR 1,467,94{number}.00.</p>" for number in range(9))
        Article.objects.filter(pk=article.pk).update(body_en=texts, body_sl=texts)
        assert len(queries_of(office, change(article))) <= len(few)


class TestTyping:
    def check(self, browser, record=None, **texts):
        return browser.post(TYPED, {"record": record.pk if record else ""} | texts)

    def test_is_checked_without_being_saved(self, office):
        article = make_differing_article(body_en=RIGHT)
        page = BeautifulSoup(self.check(office, article, body_en=WRONG).content, "html.parser")
        assert len(marked(page)) == 1
        assert "It can be accepted once it is saved." in page.get_text()
        article.refresh_from_db()
        assert (article.body_en, Discrepancy.objects.count()) == (RIGHT, 0)

    def test_what_is_not_typed_counts_as_saved(self, office):
        article = make_differing_article()
        refresh()
        page = self.check(office, article, title_en="Another title").content.decode()
        assert "1 passage differs" in page
        assert "Accept it as it is" in page
        assert "Nothing in these texts differs" in self.check(office, article, body_en=RIGHT).content.decode()

    def test_a_new_article_is_held_against_the_project_that_was_chosen(self, office):
        project = make_known_project()
        assert "1 passage differs" in self.check(office, body_en=WRONG, project=project.pk).content.decode()
        several = self.check(office, body_en=WRONG, project=[project.pk, make_known_project().pk])
        assert "as soon as they are about one project" in several.content.decode()

    def test_a_project_out_of_reach_tells_nothing(self, theirs):
        person, project = theirs
        browser, foreign = logged_in(person), make_known_project()
        assert "1 passage differs" in self.check(browser, body_en=WRONG, project=project.pk).content.decode()
        assert "1,637,941" not in self.check(browser, body_en=WRONG, project=foreign.pk).content.decode()

    def test_too_long_a_text_is_left_until_it_is_saved(self, office):
        answer = self.check(office, make_differing_article(), body_en="x" * (TEXT_BYTES + 1))
        assert answer.status_code == 413
        assert (
            answer.content.decode() == "This is too much to be checked while you write. It is checked once it is saved."
        )

    @pytest.mark.parametrize("data", [{"record": "x"}, {"record": "9" * 30}, {"project": "1;drop"}, {"body_en": "\0"}])
    def test_nonsense_does_no_harm(self, office, data):
        assert office.post(TYPED, data).status_code == 200

    def test_asks_for_the_right(self, client):
        article = make_differing_article()
        assert self.check(client, article, body_en=WRONG).status_code == 302
        assert self.check(logged_in(make_person("reader")), body_en=WRONG).status_code == 403
        stranger = make_person("partner_editor", partner=make_partner())
        assert self.check(logged_in(stranger), article).status_code == 404
        assert logged_in(stranger).post("/admin/factcheck/news.nothing/typed/").status_code == 404
        assert logged_in(stranger).get(TYPED).status_code == 405


class TestAccepting:
    def test_is_kept_with_who_when_and_why_and_leaves_the_list(self, office, editor):
        article = make_differing_article()
        accept(office, row_of(article), next=change(article))
        kept = Acceptance.objects.get()
        assert (kept.accepted_by, kept.reason) == (editor, "The source says so.")
        panel = panel_of(office, article)
        assert "Nothing else in these texts differs" in panel.get_text()
        assert "Accepted by editor on" in panel.get_text()
        assert marked(read(office, LIST)) == []
        assert "The source says so." in read(office, f"{LIST}?standing=accepted").get_text()

    def test_holds_while_passage_and_record_stay_and_no_longer(self, office):
        article = make_differing_article()
        accept(office, row_of(article))
        Article.objects.update(body_en=f"<p>More of it.</p>{WRONG}")
        assert "Nothing else" in panel_of(office, article).get_text()
        Project.objects.update(total_budget="1700000.00")
        assert len(marked(panel_of(office, article))) == 1
        Project.objects.update(total_budget=BUDGET)
        Article.objects.update(body_en=WRONG.replace("1,467,941", "1,467,942"))
        assert len(marked(panel_of(office, article))) == 1

    def test_is_passed_over_by_the_command(self, office):
        row = row_of(make_differing_article())
        assert len(list(findings_in_portal())) == 1
        accept(office, row)
        assert list(findings_in_portal()) == []

    def test_can_be_taken_back(self, office):
        article = make_differing_article()
        row = row_of(article)
        accept(office, row)
        accept(office, row, take_back="1")
        assert not Acceptance.objects.exists()
        assert len(marked(panel_of(office, article))) == 1

    @pytest.mark.parametrize(
        ("reason", "message"), [("  ", "Say why this is right"), ("x" * 501, "500 characters at most")]
    )
    def test_asks_for_a_reason(self, office, reason, message):
        row = row_of(make_differing_article())
        assert message in said(accept(office, row, reason))[0]
        assert message in accept(office, row, reason, quiet="1").content.decode()
        assert not Acceptance.objects.exists()

    def test_a_text_that_changed_meanwhile_is_looked_at_once_more(self, office):
        row = row_of(make_differing_article())
        Article.objects.update(body_en=RIGHT)
        assert said(accept(office, row)) == ["The text or the record has changed meanwhile. Look at it once more."]
        assert not Acceptance.objects.exists()

    def test_needs_the_right_to_change_the_record(self, theirs):
        person, project = theirs
        draft, public = make_differing_article(project), make_differing_article(project, state="published")
        foreign = make_differing_article()
        refresh()
        rows = {record: Discrepancy.objects.of(record).get() for record in (draft, public, foreign)}
        browser = logged_in(person)
        assert accept(browser, rows[draft]).status_code == 200
        assert accept(browser, rows[public]).status_code == 403
        assert accept(browser, rows[foreign]).status_code == 404
        assert accept(logged_in(make_person("reader")), rows[public]).status_code == 403
        assert [kept.record_id for kept in Acceptance.objects.all()] == [draft.pk]

    def test_leads_to_no_other_site(self, office):
        answer = office.post(deed(row_of(make_differing_article()), "accept"), {"next": "https://example.org/"})
        assert answer["Location"] == LIST

    @pytest.mark.parametrize("key", ["%00", "%ff", "a"])
    def test_a_passage_that_cannot_be_is_no_fault(self, office, key):
        address = f"/admin/factcheck/news.article/{make_differing_article().pk}/{key}/accept/"
        assert office.post(address).status_code in (302, 404)

    @pytest.mark.parametrize("place", ["nowhere", "?standing=accepted", "home"])
    def test_leads_to_an_address_as_it_is_sent(self, office, place):
        answer = office.post(deed(row_of(make_differing_article()), "accept"), {"next": place})
        assert (answer.status_code, answer["Location"]) == (302, place)


class TestToken:
    def put(self, browser, row, **data):
        return browser.post(deed(row, "put"), data, follow=True)

    def test_takes_the_place_of_the_passage_and_the_save_is_kept_as_a_version(self, office):
        article = make_differing_article(body_en=WRONG + "<p>The end.</p>")
        row = row_of(article)
        versions = Version.objects.count()
        answer = self.put(office, row)
        article.refresh_from_db()
        assert article.body_en == WRONG.replace(row.passage, "[[total_budget]]") + "<p>The end.</p>"
        assert said(answer) == ["The text now names the fact: [[total_budget]]."]
        assert Version.objects.count() > versions
        assert marked(panel_of(office, article)) == []

    def test_is_put_into_its_own_language_alone(self, office):
        article = make_differing_article(body_en=RIGHT, body_sl="<p>Njegov skupni proračun znaša 1.467.941,00 EUR.</p>")
        self.put(office, row_of(article))
        article.refresh_from_db()
        assert article.body_en == RIGHT
        assert article.body_sl.startswith("<p>Njegov skupni proračun znaša [[total_budget]]")

    def test_is_not_put_into_a_text_that_changed_meanwhile(self, office):
        article = make_differing_article()
        row = row_of(article)
        Article.objects.update(body_en=RIGHT)
        assert "has changed meanwhile" in said(self.put(office, row))[0]
        article.refresh_from_db()
        assert article.body_en == RIGHT

    def test_is_not_offered_in_a_title_which_names_no_facts(self, office):
        article = make_article(make_known_project(), title_en=f"A total budget of {STATED}", state="draft")
        panel = panel_of(office, article)
        assert panel.select("[data-put]") == []
        assert panel.select_one("a[data-jump]")["href"] == "#id_title_en"
        self.put(office, row_of(article))
        article.refresh_from_db()
        assert article.title_en.endswith(STATED)

    def test_someone_elses_open_form_notices_it(self, office):
        article = make_differing_article()
        row, opened = row_of(article), filled_in(office, change(article))
        self.put(office, row)
        answer = office.post(change(article), opened | {"lead_en": "A lead"})
        assert answer.status_code == 200
        assert b"Someone else changed this record while you were writing" in answer.content

    def test_needs_the_right_to_write_the_text(self, theirs):
        project = theirs[1]
        article = make_differing_article(project, body_sl="<p>Njegov skupni proračun znaša 1.467.941,00 EUR.</p>")
        refresh()
        english, slovenian = Discrepancy.objects.order_by("language")
        translator = logged_in(make_person("translator", languages=["sl"]))
        assert "changed meanwhile" in said(self.put(translator, english))[0]  # theirs is Slovenian alone
        assert self.put(logged_in(make_person("reviewer")), english).status_code == 403
        assert self.put(logged_in(make_person("reader")), english).status_code == 403
        article.refresh_from_db()
        assert article.body_en == WRONG
        self.put(translator, slovenian)
        article.refresh_from_db()
        assert "[[total_budget]]" in article.body_sl


class TestList:
    def test_holds_every_language_and_is_filtered_with_counts(self, office):
        first, second = make_known_project(acronym="FIRST"), make_known_project(acronym="SECOND")
        make_differing_article(first, body_sl="<p>Njegov skupni proračun znaša 1.467.941,00 EUR.</p>")
        make_event(project=second, description_en=f"<p>A total budget of {STATED}.</p>")
        refresh()
        page = read(office, LIST)
        assert len(marked(page)) == 3
        options = {
            field["name"]: [option.get_text() for option in field.select("option")] for field in page.select("select")
        }
        assert options["project"] == ["All (3)", "FIRST (2)", "SECOND (1)"]
        assert options["language"] == ["All (3)", "English (2)", "Slovenian (1)"]
        assert options["kind"] == ["All (3)", "Articles (2)", "Events (1)"]
        assert options["verdict"] == ["All (3)", "Contradicts the record (3)"]
        assert options["standing"] == ["All (3)", "To be looked at (3)"]
        assert len(marked(read(office, f"{LIST}?language=en&project={first.pk}"))) == 1
        narrowed = read(office, f"{LIST}?language=sl").select("#id_kind option")
        assert [option.get_text() for option in narrowed] == ["All (1)", "Articles (1)"]

    @pytest.mark.parametrize("query", ["project=x", "language=xx", "kind=%00", "page=x", "standing=", "verdict=agrees"])
    def test_a_filter_without_sense_is_passed_over(self, office, query):
        make_differing_article()
        refresh()
        assert len(marked(read(office, f"{LIST}?{query}"))) == 1

    def test_says_so_where_nothing_differs(self, office):
        assert "No text differs from the record." in read(office, LIST).get_text()

    def test_pages_and_costs_the_same_queries_however_much_differs(self, office):
        article = make_differing_article()
        refresh()
        few = queries_of(office, LIST)
        texts = "".join(f"<p>Its total budget is EUR 1,467,{number}.00.</p>" for number in range(100, 160))
        Article.objects.filter(pk=article.pk).update(body_en=texts)
        for _ in range(3):
            make_differing_article()
        refresh()
        assert len(queries_of(office, LIST)) == len(few) <= 16
        page = read(office, f"{LIST}?language=en")
        assert len(page.select(".discrepancy")) == 50
        assert len(read(office, LIST + page.select_one(".paginator a")["href"]).select(".discrepancy")) == 13

    def test_people_see_what_is_in_their_reach(self, theirs):
        person, project = theirs
        make_differing_article(project)
        make_differing_article(body_sl="<p>Njegov skupni proračun znaša 1.467.941,00 EUR.</p>", state="published")
        refresh()
        seen = {
            role: len(marked(read(logged_in(each), LIST)))
            for role, each in {
                "partner_editor": person,
                "translator": make_person("translator", languages=["sl"]),
                "reader": make_person("reader"),
            }.items()
        }
        assert seen == {"partner_editor": 1, "translator": 1, "reader": 3}
        nobody = make_person("reader")
        nobody.groups.clear()
        assert logged_in(nobody).get(LIST).status_code == 403
        assert "Fact check" not in read(logged_in(nobody), "/admin/").get_text()

    def test_who_may_not_change_a_record_is_offered_nothing(self):
        make_differing_article()
        refresh()
        assert read(logged_in(make_person("reader")), LIST).select(".discrepancy__deeds") == []


class TestFirstScreen:
    def card(self, person):
        return next((each for each in waiting_for(person) if each.waiting.name == "factcheck"), None)

    def test_tells_what_differs_to_who_may_mend_it(self, editor, theirs):
        make_differing_article(title_en="A differing text")
        refresh()
        card = self.card(editor)
        assert (card.count, card.rows[0].line) == (1, "A differing text")
        assert card.rows[0].address.endswith(f"/change/?passage={Discrepancy.objects.get().key}#id_body_en")
        assert card.lists == [("Fact check (1)", LIST)]
        assert self.card(theirs[0]) is None
        assert self.card(make_person("reader")) is None

    def test_leaves_out_what_was_accepted(self, office, editor):
        accept(office, row_of(make_differing_article()))
        assert self.card(editor) is None

    def test_costs_the_same_queries_however_much_differs(self, editor, django_assert_max_num_queries):
        make_differing_article()
        refresh()
        with django_assert_max_num_queries(100) as few:
            self.card(editor)
        for _ in range(4):
            make_differing_article()
        refresh()
        with django_assert_max_num_queries(len(few)):
            assert self.card(editor).count == 5


class TestTextFromElsewhere:
    def check(self, browser, of, text, **data):
        answer = browser.post(OUTSIDE, {"project": of.pk, "language": "en", "text": text} | data)
        return BeautifulSoup(answer.content, "html.parser")

    def test_is_shown_with_its_passages_marked_and_not_kept(self, office):
        text = f"Today & <tomorrow>.\r\nThe project has a total budget of {STATED}.\r\nThe end."
        page = self.check(office, make_known_project(), text)
        assert page.select_one(".checked-text").get_text() == text.replace("\r\n", "\n")
        assert page.select_one(".checked-text mark").get_text() in STATED
        assert "the record says: 1,637,941.00" in page.select_one(".findings").get_text().replace("\xa0", " ")
        assert not Discrepancy.objects.exists()

    def test_what_agrees_is_marked_too(self, office):
        page = self.check(office, make_known_project(), "The project has a total budget of EUR 1.64 million.")
        assert page.select_one(".findings .discrepancy__verdict").get_text() == "Agrees with the record"
        assert page.select_one("#checked").get_text() == "0 passages differ from the record of the project."

    def test_without_anything_to_check_says_so(self, office):
        page = self.check(office, make_known_project(), "A day in the forest.")
        assert "names no amount, date or number" in page.get_text()

    @pytest.mark.parametrize(
        ("data", "message"),
        [
            ({"text": " "}, "Paste the text that is to be checked."),
            ({"text": "ž" * (TEXT_BYTES // 2 + 1)}, "This text is longer than 200.0"),
            ({"project": "0"}, "Select a valid choice"),
            ({"language": "xx"}, "Select a valid choice"),
            ({"as_of": "yesterday"}, "Enter a valid date"),
        ],
    )
    def test_bad_input_is_answered_and_nothing_typed_is_lost(self, office, data, message):
        page = self.check(office, make_known_project(), **{"text": "Some text."} | data)
        assert message in page.select_one(".errorlist").get_text().replace("\xa0", " ")
        assert page.select_one("textarea").get_text().strip() == data.get("text", "Some text.").strip()

    def test_offers_the_projects_within_reach(self, theirs):
        person, project = theirs
        foreign = make_known_project()
        offered = [option["value"] for option in read(logged_in(person), OUTSIDE).select("#id_project option")]
        assert offered == ["", str(project.pk)]
        assert "Select a valid choice" in self.check(logged_in(person), foreign, WRONG).get_text()
