"""From a copy that someone asked for to the file that is kept."""

import logging
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.core.files import File
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.invitations import language_for
from archive.bag import MANIFEST, digest, files_of
from archive.copying import NotCopied, StaticCopy
from archive.models import Copy
from archive.scope import OneProject, WholePortal
from editorial.background import Cancelled
from projects.models import Project

logger = logging.getLogger(__name__)


def ask_for(user, project: Project | None = None) -> Copy:
    """Note that a copy is wanted: of a project, or of the whole portal."""
    return Copy.objects.create(
        project=project, name=project.acronym if project else _("The whole portal"), made_by=user
    )


def make(copy: Copy):
    """Make the copy as a ZIP file that the portal keeps. What keeps it from being made stands in its `fault`."""
    if not copy.begin():
        return
    language = language_for(copy.made_by) if copy.made_by else None
    try:
        with TemporaryDirectory() as folder, translation.override(language):
            keep_zipped(copy, Path(folder))
    except Cancelled:
        copy.stop()
    except NotCopied as reason:
        copy.fail(str(reason))
    except Exception:
        logger.exception("Copy %s could not be made.", copy.pk)
        with translation.override(language):
            copy.fail(_("The portal failed on it. Ask its administrator to look into the log, then try again."))
    else:
        copy.finish()


def keep_zipped(copy: Copy, folder: Path):
    made = make_in(folder, copy)
    name = f"{made.folder.name}.zip"
    with TemporaryFile() as file:
        zip_to(file, made.folder, made.made_at)
        copy.file.save(name, File(file), save=False)
    copy.note(file=copy.file.name)


def make_in(folder: Path, copy: Copy) -> StaticCopy:
    """
    Make the copy in a new folder of this one, `inno-industry-2026-11-22`. Raise NotCopied where visitors see nothing of
    it, FileExistsError where the folder is there already, Cancelled where someone wants it to stop.
    """
    scope = OneProject.of(copy.project) if copy.project else WholePortal()
    target = folder / f"{scope.name}-{timezone.localdate():%Y-%m-%d}"
    target.mkdir(parents=True)
    made = StaticCopy(scope, target, copy.advance)
    made.make()
    files = files_of(target)
    copy.note(
        pages=len(made.pages),
        files=len(files),
        size=sum(file.stat().st_size for file in files),
        digest=digest(target / MANIFEST),
        missing=made.missing,
    )
    return made


def zip_to(file, folder: Path, made_at):
    """Zip the folder, itself included; times are those of the copy, so that the same copy gives the same file."""
    moment = timezone.localtime(made_at).timetuple()[:6]
    with ZipFile(file, "w") as zipped:
        for path in files_of(folder):
            info = ZipInfo((Path(folder.name) / path.relative_to(folder)).as_posix(), moment)
            info.compress_type, info.external_attr = ZIP_DEFLATED, 0o644 << 16
            zipped.writestr(info, path.read_bytes())
    file.seek(0)
