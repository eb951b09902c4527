"""Who pays is seen without scrolling, and nothing runs off a small screen (Impl. Reg. 821/2014, Art. 4)."""

import pytest

from news.models import Article, Event
from projects.models import Fund, Project
from projects.sections import all_sections
from results.models import GoodPractice
from tests.factories import make_programme, make_project
from tests.test_back_office import make_one_of_each

pytestmark = pytest.mark.django_db(transaction=True)

SCREENS = [(360, 640), (1440, 900)]


@pytest.fixture
def project():
    """One whose every section holds something; its words beside the emblem are the official ones of 2014-2020."""
    make_one_of_each()
    project = Project.objects.get()
    programme = make_programme(
        "2014-2020", fund=Fund.objects.create(code="EAFRD", name_en="European Agricultural Fund for Rural Development")
    )
    programme.period.funding_statement_en, programme.period.funding_statement_bg = "European Union", "Европейски съюз"
    programme.period.save()
    project.title_en = "Improving innovation delivery of policies within 4.0 industry in Europe"
    project.summary_en = "A summary of some length. " * 12
    project.programme = programme
    project.save()
    return project


@pytest.fixture
def pages(project):
    """Every kind of page that belongs to a project."""
    records = [project, Article.objects.get(), Event.objects.get(), GoodPractice.objects.get()]
    sections = [f"{project.get_absolute_url()}{section.name}/" for section in all_sections()]
    return [record.get_absolute_url() for record in records] + sections


@pytest.mark.parametrize(("width", "height"), SCREENS)
@pytest.mark.parametrize(("language", "words"), [("en", "European Union"), ("bg", "Европейски съюз")])
def test_emblem_and_statement_stand_within_the_first_screen(page, served, pages, language, words, width, height):
    page.set_viewport_size({"width": width, "height": height})
    for address in pages:
        page.goto(f"/{language}{address.removeprefix('/en')}")
        assert words in page.locator(".funding__words").inner_text(), address
        for part in (".funding__emblem", ".funding__words"):
            box = page.locator(part).bounding_box()
            assert box["y"] + box["height"] <= height, address
            assert box["x"] >= 0, address
            assert box["x"] + box["width"] <= width, address
        emblem = page.locator(".funding__emblem").bounding_box()
        assert emblem["width"] / emblem["height"] == pytest.approx(1.5, abs=0.01), address


def test_an_article_about_projects_of_two_periods_bears_both_statements(page, served, project):
    article = Article.objects.get()
    article.projects.add(make_project(programme=make_programme("2021-2027")), make_project(programme=project.programme))
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(article.get_absolute_url())
    blocks = page.locator(".funding")
    assert sorted(blocks.locator(".funding__words span:first-child").all_inner_texts()) == [
        "European Union",
        "Statement of 2021-2027",
    ]
    for box in (block.bounding_box() for block in blocks.all()):
        assert box["y"] + box["height"] <= 640


def test_a_visitor_can_go_everywhere_without_javascript(browser, live_server, pages):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + "/en/")
    page.get_by_role("navigation").get_by_role("link", name="Projects").click()
    page.get_by_role("link", name="Improving innovation").click()
    page.get_by_role("link", name="slovenščina").click()
    assert page.url.startswith(f"{live_server.url}/sl/projects/")
    page.goto(live_server.url + "/en/")
    page.get_by_role("table").get_by_role("link", name="Slovenia").click()
    assert page.url == f"{live_server.url}/en/partners/?country=SI"
    page.goto(live_server.url + "/en/news/")
    page.locator(".card__title a").first.click()
    assert not page.locator(".share__copy").is_visible(), "only a script can copy"
    context.close()
