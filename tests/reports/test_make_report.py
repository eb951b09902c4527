"""The command makes and keeps a report as the back office does, and writes its files."""

import pytest
from django.core.management import CommandError, call_command

from projects.models import Project
from reports.models import ReportSnapshot


def run(folder, *projects, by="editor", **options):
    slugs = [getattr(project, "slug", project) for project in projects]
    call_command("make_report", "budgets", project=slugs, by=by, output=folder, **{"format": ["json"]} | options)


def test_the_report_is_kept_and_its_files_are_written(budgets, projects, editor, tmp_path, capsys):
    run(tmp_path, *projects, period=1, language="sl")
    snapshot = ReportSnapshot.objects.get()
    assert (snapshot.language, snapshot.made_by, snapshot.progress) == ("sl", editor, "done")
    file = snapshot.files.get()
    assert (tmp_path / file.name).read_bytes() == bytes(file.content)
    assert file.name in capsys.readouterr().out


def test_what_does_not_reconcile_is_refused_or_made_as_a_draft(budgets, projects, editor, tmp_path):
    Project.objects.filter(pk=projects[0].pk).update(total_budget=None)
    with pytest.raises(CommandError, match="The budget of ALPHA is unknown"):
        run(tmp_path, *projects, period=1)
    assert not ReportSnapshot.objects.exists()
    run(tmp_path, *projects, period=1, draft=True)
    assert ReportSnapshot.objects.get().is_draft


MISTAKES = {
    "no project": ({"by": "editor", "period": 1}, ["nothing"], "There is no project nothing."),
    "nobody": ({"by": "nobody", "period": 1}, [], "There is nobody called nobody"),
    "no period": ({"by": "editor"}, [], "Name a reporting period"),
    "another period": ({"by": "editor", "period": 7}, [], "Name a reporting period"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_and_nothing_is_made(budgets, projects, editor, tmp_path, mistake):
    options, more, sentence = MISTAKES[mistake]
    with pytest.raises(CommandError, match=sentence):
        run(tmp_path, *projects, *more, **options)
    assert not ReportSnapshot.objects.exists()


def test_a_folder_that_is_not_there_is_told_before_anything_is_made(budgets, projects, editor, tmp_path):
    with pytest.raises(CommandError, match="There is no folder"):
        run(tmp_path / "elsewhere", *projects, period=1)
    assert not ReportSnapshot.objects.exists()
