"""The floors of docs/architecture.md: an app imports only from floors below its own."""

import ast
import re
from pathlib import Path

import grimp
import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent
# From the ground to the roof. Those that don't exist yet have their place already.
FLOORS = [
    "editorial",
    "accounts",
    "pages",
    "partners",
    "projects",
    "results",
    "news",
    "factcheck",
    "search",
    "reports",
    "visibility",
    "opendata",
    "imports",
    "archive",
    "interreg_portal",
]


def upward_imports(graph):
    """Pairs of modules in which the first one imports the second from a higher floor, or from the roof."""
    return [
        (importer, imported)
        for importer in graph.modules
        for imported in graph.find_modules_directly_imported_by(importer)
        if FLOORS.index(floor(imported)) > FLOORS.index(floor(importer))
    ]


def floor(module):
    return module.split(".")[0]


@pytest.fixture(scope="module")
def graph():
    return grimp.build_graph(*settings.PORTAL_APPS, cache_dir=None)


def test_every_app_has_its_floor_and_is_installed_in_that_order():
    assert [name for name in FLOORS if (ROOT / name).is_dir()] == settings.PORTAL_APPS


def test_no_app_imports_from_a_floor_above(graph):
    assert upward_imports(graph) == []


def test_an_upward_import_would_be_noticed(graph):
    graph.add_import(importer="projects.models", imported="news.models")
    assert upward_imports(graph) == [("projects.models", "news.models")]


def modules():
    return [
        path for app in settings.PORTAL_APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts
    ]


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_keeps_the_rules_of_the_house(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert path.stem not in {"utils", "helpers", "common", "services", "signals"}
    assert path.read_text(encoding="utf-8").count("\n") <= 400, "split the file"
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            inner = [node for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom)]
            assert not inner, f"{function.name} imports inside itself"


def test_templates_have_neither_inline_styles_nor_inline_scripts():
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        for forbidden in ("style=", "<style", "onclick=", "onload=", "javascript:"):
            assert forbidden not in text, f"{path}: {forbidden}"


def test_nothing_of_another_site_is_requested_by_a_page():
    for path in [*(ROOT / "templates").rglob("*.html"), *(ROOT / "static").rglob("*.css")]:
        text = path.read_text(encoding="utf-8")
        if path == ROOT / "static" / "css" / "site.css":  # it puts the sheets beside it together
            text = re.sub(r'^@import "\w+\.css"( print)?;$', "", text, flags=re.MULTILINE)
        for outside in ('src="http', "url(http", 'rel="stylesheet" href="http', "@import"):
            assert outside not in text, f"{path}: {outside}"


@pytest.mark.parametrize("path", [path for path in modules() if path.stem == "querysets"], ids=str)
def test_public_querysets_ask_for_the_moment_when_they_are_asked(path):
    """A query that is put into SQL once would keep the time at which that was done (`editorial.prepared`)."""
    assert "timezone.now" not in path.read_text(encoding="utf-8")
