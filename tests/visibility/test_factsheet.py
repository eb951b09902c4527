"""A project's factsheet: two pages in each language, with public facts alone, and not laid out for every visit."""

from datetime import date
from io import BytesIO

import pikepdf
import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from editorial.previews import token_for
from editorial.states import State
from interreg_portal.languages import OFFICIAL_LANGUAGES
from partners.models import Contact
from tests import factories as make
from tests.visibility.made import STATEMENTS, make_large_project, words_of
from visibility.sheet import Sheet

pytestmark = pytest.mark.django_db
LANGUAGES = ["en", "sl", "lv", "bg", "de", "el"]


@pytest.fixture(autouse=True)
def laid_out_anew(settings):
    cache.clear()
    settings.LANGUAGES = [(code, OFFICIAL_LANGUAGES[code]) for code in LANGUAGES]


def factsheet(client, slug="river", language="en", status=200):
    answer = client.get(f"/{language}/projects/{slug}/factsheet.pdf")
    assert answer.status_code == status
    return answer


def test_it_has_two_tagged_pages_in_every_language_however_much_there_is_to_say(client):
    make_large_project()
    for language in LANGUAGES:
        with pikepdf.open(BytesIO(factsheet(client, language=language).content)) as pdf:
            assert len(pdf.pages) == 2, language
            assert str(pdf.Root.Lang).split("-")[0] == language
            assert pdf.Root.MarkInfo.Marked
            assert pdf.Root.ViewerPreferences.DisplayDocTitle
            with pdf.open_metadata() as metadata:
                assert metadata["pdfuaid:part"] == "1"
                assert "EXAMPLE RIVER" in metadata["dc:title"]


def test_a_project_of_which_little_is_known_has_two_pages_too(client):
    make.make_project(slug="bare")
    content = factsheet(client, "bare").content
    assert len(pikepdf.open(BytesIO(content)).pages) == 2
    assert words_of(content).count("not published") == 2


def test_cyrillic_and_greek_can_be_read_out_and_copied(client):
    make_large_project()
    greek, bulgarian = (words_of(factsheet(client, language=language).content) for language in ("el", "bg"))
    assert "Οι μικρές πόλεις μαθαίνουν μαζί με τα σχολεία" in greek
    assert "Малките градове се учат заедно" in bulgarian
    assert STATEMENTS["el"] in greek
    assert STATEMENTS["bg"] in bulgarian


def test_what_is_cut_ends_with_a_sentence_and_says_where_the_rest_is(client):
    make_large_project()
    words = words_of(factsheet(client).content)
    assert words.count("More on the project’s page.") >= 3
    assert "with their schools. More on the project’s page." in words.replace("- ", "")


def test_the_words_beside_the_emblem_are_those_of_the_period(client):
    make_large_project()
    make.make_project(slug="old", programme=make.make_programme("2014-2020"))
    new, old = words_of(factsheet(client).content), words_of(factsheet(client, "old").content)
    assert STATEMENTS["en"] in new
    assert "European Regional Development Fund" not in new.split("EXAMPLE RIVER")[0]
    assert "Statement of 2014-2020 European Regional Development Fund" in old


def test_it_says_in_which_language_a_text_is_that_is_not_translated(client):
    make.make_project(slug="english", title_en="Towns and rivers")
    assert "Englisch" in words_of(factsheet(client, "english", "de").content)
    assert "another language" not in words_of(factsheet(client, "english", "en").content)


def test_only_what_is_public_stands_on_it(client):
    project = make.make_project(slug="river")
    target = make.make_target(project, value=10)
    make.make_measurement(target, value=7777, state="submitted")
    make.make_practice(project, state=State.DRAFT, title_en="A secret practice")
    Contact.objects.create(
        partner=make.make_partner(), project=project, function_en="Manager", email="hidden@example.org"
    )
    words = words_of(factsheet(client).content)
    assert "not yet reported" in words
    assert not any(secret in words for secret in ("7,777", "secret practice", "hidden@example.org"))


def test_drafts_are_not_found_withdrawn_ones_are_gone_and_former_addresses_lead_on(client, office):
    project = make.make_project(slug="river")
    project.slug = "stream"
    project.save()
    client.logout()
    assert factsheet(client, "river", "sl", 301)["Location"] == "/sl/projects/stream/factsheet.pdf"
    project.state = State.WITHDRAWN
    project.save()
    factsheet(client, "stream", status=410)
    make.make_project(slug="draft", state=State.DRAFT)
    factsheet(client, "draft", status=404)


def test_staff_and_who_has_a_link_see_that_of_a_draft_which_no_cache_keeps(client, office, editor):
    project = make.make_project(slug="draft", state=State.DRAFT)
    assert "private" in factsheet(office, "draft")["Cache-Control"]
    client.logout()
    answer = client.get(f"/en/projects/draft/factsheet.pdf?preview={token_for(project)}")
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]


def test_it_is_laid_out_once_until_a_fact_changes(client, monkeypatch):
    made = []
    make_pdf = Sheet.make_pdf
    monkeypatch.setattr(Sheet, "make_pdf", lambda sheet: made.append(sheet.language) or make_pdf(sheet))
    project = make.make_project(slug="river")
    target = make.make_target(project)
    first, again = factsheet(client), factsheet(client)
    assert made == ["en"]
    assert first.content == again.content
    unchanged = client.get("/en/projects/river/factsheet.pdf", headers={"If-None-Match": first["ETag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    make.make_measurement(target, value=3)
    changed = client.get("/en/projects/river/factsheet.pdf", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert made == ["en", "en"]


def test_its_queries_do_not_grow_with_its_content(client):
    def queries(slug):
        with CaptureQueriesContext(connection) as found:
            factsheet(client, slug)
        return len(found)

    small = make.make_project(slug="small", approved_on=date(2022, 1, 1))
    make.make_participation(small, "lead")
    make.make_measurement(make.make_target(small))
    make.make_practice(small)
    make_large_project()
    few = queries("small")
    assert queries("river") <= few <= 20


def test_the_overview_leads_to_it_and_says_what_file_it_is(client):
    make.make_project(slug="river")
    page = client.get("/en/projects/river/").content.decode()
    assert "/en/projects/river/factsheet.pdf" in page
    assert "Factsheet (PDF, 2 pages)" in page


def test_a_text_of_thousands_of_sentences_is_cut_like_any_other(client):
    endless = " ".join(f"Sentence {number} says a little more." for number in range(3000))
    project = make.make_project(summary_en=endless, change_en=f"<p>{endless}</p>")
    assert client.get(f"/en/projects/{project.slug}/factsheet.pdf").status_code == 200
