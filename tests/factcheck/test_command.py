import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from factcheck import portal
from projects.models import Amendment
from tests.factories import make_article, make_participation, make_partner, make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def project():
    project = make_project(
        slug="inno-industry",
        acronym="INNO INDUSTRY",
        start=date(2019, 8, 1),
        end=date(2023, 1, 31),
        total_budget=Decimal("1637941.00"),
        title_en="Innovation delivery",
    )
    Amendment.objects.create(
        project=project, kind="extension", previous_end=date(2022, 7, 31), new_end=date(2023, 1, 31)
    )
    for country in ("SI", "AT", "LV"):
        make_participation(project, partner=make_partner(country=country))
    return project


def run(*arguments, status=0):
    """What the command prints; it has to end with this status."""
    out = io.StringIO()
    if status == 0:
        call_command("factcheck", *arguments, stdout=out)
        return out.getvalue()
    with pytest.raises((SystemExit, CommandError)) as left:
        call_command("factcheck", *arguments, stdout=out)
    assert getattr(left.value, "returncode", getattr(left.value, "code", None)) == status
    return out.getvalue() or str(left.value)


@pytest.fixture
def written(tmp_path):
    def write(text, encoding="utf-8"):
        path = tmp_path / "text.txt"
        path.write_bytes(text.encode(encoding))
        return str(path)

    return write


def test_a_finding_is_a_json_object_with_the_place_of_its_passage(project, written):
    text = "Projekt traja do 31. julija 2022, njegova skupna vrednost je 1,64 mio EUR."
    lines = run("--project=inno-industry", "--language=sl", written(text), "--json", status=1).splitlines()
    end, budget = map(json.loads, lines)
    assert (end["fact"], end["verdict"], end["recorded"]) == ("end_date", "outdated", "31. januar 2023")
    assert text[end["start"] : end["end"]] == end["passage"] == "31. julija 2022"
    assert (budget["fact"], budget["verdict"]) == ("total_budget", "agrees")
    assert list(budget) == ["passage", "start", "end", "fact", "stated", "recorded", "verdict"]


def test_a_text_that_agrees_ends_with_status_0(project, written):
    text = "Three partners from three countries work together in the project."
    assert "Agrees with the record, number of partners" in run(
        "--project", "inno-industry", "--language", "en", written(text)
    )


def test_a_text_is_read_from_what_is_piped_in(project, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"The project has four partners.")))
    assert "number of partners" in run("--project=inno-industry", "--language=en", "-", status=1)


def test_a_text_of_its_day_is_held_against_what_was_true_then(project, written):
    text = written("The project is running.")
    arguments = ("--project=inno-industry", "--language=en", text)
    assert "Contradicts the record, life stage" in run(*arguments, status=1)
    assert "Agrees with the record, life stage" in run(*arguments, "--published=2020-05-01", status=0)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--project=nowhere", "--language=en", "{file}"], "no project with the address “nowhere”"),
        (["--project=inno-industry", "--language=xx", "{file}"], "none of the languages that can be read"),
        (["--project=inno-industry", "--language=en", "/nowhere/text.txt"], "can't be read"),
        (["--project=inno-industry", "{file}"], "--project and --language"),
        (["--project=inno-industry", "--language=en", "{file}", "--published=May"], "is no date"),
    ],
)
def test_a_wrong_call_is_explained_and_ends_with_status_2(project, written, arguments, message):
    file = written("A text.")
    assert message in run(*(each.format(file=file) for each in arguments), status=2)


def test_a_text_in_another_encoding_is_refused_with_a_message(project, written):
    file = written("Ende März", "latin-1")
    assert "not in UTF-8" in run("--project=inno-industry", "--language=de", file, status=2)


def test_without_a_file_all_texts_of_the_portal_are_read(project):
    project.summary_sl = "Projekt se je končal 31. julija 2022."
    project.save()
    make_article(project, title_en="The project is running", published_at=datetime(2020, 5, 4, 12, tzinfo=UTC))
    make_article(make_project(slug="other"), body_en="<p>The project has nine partners.</p>")
    (found,) = map(json.loads, run("--json", "--project=inno-industry", "--language=sl", status=1).splitlines())
    assert (found["record"], found["field"]) == (f"projects.project/{project.pk}", "summary")
    verdicts = [json.loads(line)["verdict"] for line in run("--json", "--project=inno-industry", status=1).splitlines()]
    assert sorted(verdicts) == ["agrees", "outdated"]


def test_what_was_accepted_is_left_out_of_the_portal_s_list(project, monkeypatch):
    project.summary_en = "The project ended on 31 July 2022."
    project.save()
    assert "Outdated" in run(status=1)
    monkeypatch.setattr(portal, "left_out", [lambda text, finding: finding.passage == "31 July 2022"])
    assert run(status=0) == ""
