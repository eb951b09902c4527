"""What was backed up comes back, whichever database it goes into, and nothing that isn't whole comes in."""

import errno
import json
import os
import subprocess
import sys
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from threading import Thread
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.utils import timezone

from accounts.models import User
from archive.models import Copy
from interreg_portal.backup.bundle import content_hash
from interreg_portal.backup.making import one_moment
from projects.models import Document, Project
from search.models import SearchDocument
from tests.factories import make_article, make_project
from tests.projects.test_documents import make_document

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).parents[2]
HARD = "„Žabja“ \\ \n\t' \" %s \u2028 Ελλάδα 😀"


@pytest.fixture
def filled(editor, settings, tmp_path):
    """A portal with something of each kind of value, whose backups go into a folder of their own."""
    settings.BACKUPS = tmp_path / "backups"
    make_document(project=make_project(acronym="RIVER", title_en=HARD, total_budget="1234567.10"))
    make_article(title_sl="Novice", title_en="News")
    default_storage.save("pictures/river.bin", ContentFile(bytes(range(256)) * 5000))
    return tmp_path / "backups"


def back_up(folder, **options) -> Path:
    call_command("backup", to=folder, **options)
    return max(folder.glob("*.backup"), key=lambda path: path.stat().st_mtime_ns)


def manifest_of(path) -> dict:
    with ZipFile(path) as archive:
        return json.loads(archive.read("manifest.json"))


def changed_in(path, change) -> Path:
    """The backup with other parts, and a manifest that fits them: `change` gets both, `{name: bytes}`."""
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(parts.pop("manifest.json"))
    change(parts, manifest)
    for name, content in parts.items():
        kind = manifest["tables"] if name.startswith("tables/") else manifest["files"]
        kind.setdefault(name, {})["sha256"] = sha256(content).hexdigest()
    with ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        archive.writestr("manifest.json", json.dumps(manifest))
    return path


@contextmanager
def another_database(tmp_path, vendor):
    """The address of an empty database."""
    name = f"backup_{uuid4().hex}"
    if vendor == "sqlite":
        yield f"sqlite:///{tmp_path / name}"
        return
    settings = connection.settings_dict
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    try:
        password = f":{settings['PASSWORD']}" if settings["PASSWORD"] else ""
        yield f"postgres://{settings['USER']}{password}@{settings['HOST']}:{settings['PORT'] or 5432}/{name}"
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def manage(database, media, *arguments) -> str:
    """What a command of the portal prints, on another database and folder."""
    env = {**os.environ, "DATABASE_URL": database, "STORAGE_URL": f"file://{media}"}
    command = [sys.executable, "manage.py", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=300)  # noqa: S603
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(params=["sqlite", "postgresql"])
def elsewhere(request, tmp_path):
    """An empty database, of which PostgreSQL has one to give where the tests run on it."""
    if request.param == "postgresql" and connection.vendor != "postgresql":
        pytest.skip("TEST_DATABASE_URL names no PostgreSQL")
    with another_database(tmp_path, request.param) as database:
        yield database


def test_a_backup_goes_through_another_database_and_is_the_same(filled, elsewhere, tmp_path):
    manifest = manifest_of(path := back_up(filled))
    assert manifest["content"] in manage(elsewhere, tmp_path / "other", "restore", path)
    assert (tmp_path / "other/pictures/river.bin").read_bytes() == bytes(range(256)) * 5000
    assert manifest["content"] in manage(elsewhere, tmp_path / "other", "backup", "--to", tmp_path / "again")
    [again] = (tmp_path / "again").glob("*.backup")
    assert manifest_of(again)["files"] == manifest["files"]


def test_a_backup_of_an_older_portal_becomes_one_of_today(filled):
    """As if the newest app had come since: its tables and migrations are in no backup of before."""

    def before_archives(parts, manifest):
        manifest["migrations"] = [each for each in manifest["migrations"] if each[0] != "archive"]
        for name in [name for name in parts if name.startswith("tables/archive_")]:
            del parts[name], manifest["tables"][name]

    path = changed_in(back_up(filled), before_archives)
    Project.objects.update(acronym="LAKE")
    call_command("migrate", "archive", "zero", verbosity=0)
    try:
        call_command("restore", path, overwrite=True)
        assert Copy.objects.count() == 0
        assert Project.objects.get().acronym == "RIVER"
    finally:
        call_command("migrate", verbosity=0)


def test_a_database_of_another_version_is_not_written_to(filled):
    def before_archives(parts, manifest):
        manifest["migrations"].remove(["archive", "0001_copies_and_keeping"])

    path = changed_in(back_up(filled), before_archives)
    with pytest.raises(CommandError, match="DATABASE_URL"):
        call_command("restore", path, overwrite=True)
    assert Project.objects.get().acronym == "RIVER"


def test_a_portal_in_use_is_replaced_only_where_that_is_said(filled, capsys):
    path = back_up(filled)
    document = Document.objects.get()
    Project.objects.update(acronym="LAKE")
    User.objects.update(first_name="Changed")
    make_article(title_en="Later")
    with document.file.open("wb") as file:
        file.write(b"changed")

    with pytest.raises(CommandError, match="--overwrite"):
        call_command("restore", path)
    assert Project.objects.get().acronym == "LAKE"

    call_command("restore", path, overwrite=True)
    assert Project.objects.get().acronym == "RIVER"
    assert Project.objects.get().title_en == HARD
    assert User.objects.get().first_name == ""
    assert not SearchDocument.objects.filter(title="Later").exists()
    assert manifest_of(back_up(filled))["content"] == manifest_of(path)["content"]
    assert make_article(title_en="Next").pk > 0  # numbers go on above those that came


def test_uploads_of_a_portal_without_people_are_not_replaced_either(filled):
    path = back_up(filled)
    User.objects.all().delete()
    with pytest.raises(CommandError, match="--overwrite"):
        call_command("restore", path)


def test_an_encrypted_backup_opens_with_its_key_alone(filled, tmp_path, capsys):
    call_command("backup", make_key=tmp_path / "secret.key")
    public = capsys.readouterr().out.split("BACKUP_KEY=")[1].strip()
    call_command("backup", make_key=tmp_path / "other.key")
    path = back_up(filled, key=public)
    assert b"RIVER" not in path.read_bytes()
    assert path.read_bytes().startswith(b"age-encryption.org/")
    call_command("restore", path, key=tmp_path / "secret.key", check=True)
    for key in (None, tmp_path / "other.key", tmp_path / "none.key"):
        with pytest.raises(CommandError):
            call_command("restore", path, key=key, check=True)
    assert oct((tmp_path / "secret.key").stat().st_mode)[-3:] == "600"
    with pytest.raises(CommandError):
        call_command("backup", make_key=tmp_path / "secret.key")  # which would lose what was encrypted for it


@pytest.mark.parametrize("key", ["age1nonsense", "AGE-SECRET-KEY-1"])
def test_what_is_no_public_key_is_refused(filled, key):
    with pytest.raises(CommandError, match="age1"):
        call_command("backup", to=filled, key=key)
    assert list(filled.iterdir()) == []


def test_nobody_else_may_read_it_and_only_the_newest_stay(filled):
    old = filled / "portal-2020-01-01-000000.backup"
    other = filled / "notes.txt"
    filled.mkdir()
    old.touch()
    other.touch()
    path = back_up(filled, keep=1)
    assert oct(path.stat().st_mode)[-3:] == "600"
    assert sorted(filled.iterdir()) == sorted([path, other])
    with pytest.raises(CommandError):
        call_command("backup", to=filled, keep=0)


def test_a_full_disk_leaves_no_half_a_backup(filled, monkeypatch):
    def full(file):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(CommandError, match="No space left"):
        call_command("backup", to=filled)
    assert list(filled.iterdir()) == []


def cut(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def scribbled_in(path):
    content = bytearray(path.read_bytes())
    where = content.index(bytes(range(256)))
    content[where + 10] ^= 1
    path.write_bytes(content)


def newer(parts, manifest):
    manifest["migrations"].append(["projects", "9999_from_the_future"])


def of_another_format(parts, manifest):
    manifest["format"] = 2


def outside(parts, manifest):
    parts["files/../../outside.txt"] = b"hostile"


DAMAGES = {
    "cut": cut,
    "scribbled": scribbled_in,
    "random": lambda path: path.write_bytes(os.urandom(5000)),
    "empty": lambda path: path.write_bytes(b""),
    "age": lambda path: path.write_bytes(b"age-encryption.org/v1\nnothing"),
    **{
        change.__name__: lambda path, change=change: changed_in(path, change)
        for change in (newer, of_another_format, outside)
    },
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_not_whole_is_refused_and_nothing_changes(filled, tmp_path, damage):
    path = back_up(filled)
    DAMAGES[damage](path)
    Project.objects.update(acronym="LAKE")
    with pytest.raises(CommandError) as refused:
        call_command("restore", path, overwrite=True)
    assert str(refused.value)
    assert Project.objects.get().acronym == "LAKE"
    assert not (tmp_path / "outside.txt").exists()


def test_rows_that_do_not_fit_together_leave_the_database_as_it_was(filled):
    def orphaned(parts, manifest):
        lines = parts["tables/projects_programme.jsonl"]
        assert lines
        parts["tables/projects_programme.jsonl"] = b""

    path = changed_in(back_up(filled), orphaned)
    Project.objects.update(acronym="LAKE")
    with pytest.raises(CommandError):
        call_command("restore", path, overwrite=True)
    assert Project.objects.get().acronym == "LAKE"


def test_it_holds_one_moment_and_nobody_has_to_wait(filled):
    with one_moment():
        before = Project.objects.get().acronym
        thread = Thread(target=save_elsewhere)
        thread.start()
        thread.join(10)
        assert not thread.is_alive()
        assert Project.objects.get().acronym == before == "RIVER"
    assert Project.objects.get().acronym == "LAKE"


def save_elsewhere():
    Project.objects.update(acronym="LAKE", updated_at=timezone.now())
    connections.close_all()


def test_what_a_backup_holds_has_a_hash_that_changes_with_it(filled):
    path = back_up(filled)
    first = manifest_of(path)
    assert first["content"] == content_hash(first["tables"], first["files"])
    assert manifest_of(back_up(filled))["content"] == first["content"]
    Project.objects.update(acronym="LAKE")
    assert manifest_of(back_up(filled))["content"] != first["content"]
