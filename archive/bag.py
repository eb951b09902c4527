"""The manifest of a copy: BagIt 1.0 (RFC 8493), with SHA-256."""

from hashlib import sha256
from pathlib import Path

from django.conf import settings

DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"
BLOCK = 1 << 20  # bytes


def write_bag(folder: Path, name: str, made_at):
    """Make a bag of a folder whose payload lies in `data/`; `made_at` is when the copy was made."""
    payload = files_of(folder / "data")
    size = sum(file.stat().st_size for file in payload)
    told = {
        "Source-Organization": settings.PORTAL_ADDRESS,
        "Bagging-Date": made_at.date().isoformat(),
        "External-Identifier": name,
        "Payload-Oxum": f"{size}.{len(payload)}",
    }
    write(folder / "bagit.txt", DECLARATION)
    write(folder / "bag-info.txt", "".join(f"{label}: {value}\n" for label, value in told.items()))
    write(folder / MANIFEST, manifest(folder, payload))
    tags = [file for file in files_of(folder) if file.parent == folder and file.name != TAG_MANIFEST]
    write(folder / TAG_MANIFEST, manifest(folder, tags))


def faults_in(folder: Path) -> list[str]:
    """
    The files of a bag that are missing, changed or too many, each by its path in the bag. Raise FileNotFoundError where
    the folder is no bag.
    """
    promised = read_manifest(folder / MANIFEST) | read_manifest(folder / TAG_MANIFEST)
    there = {file.relative_to(folder).as_posix() for file in files_of(folder)} - {TAG_MANIFEST}
    changed = [path for path in promised.keys() & there if digest(folder / path) != promised[path]]
    return sorted({*changed, *(promised.keys() ^ there)})


def digest(path: Path) -> str:
    hashed = sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            hashed.update(block)
    return hashed.hexdigest()


def files_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def manifest(folder: Path, files: list[Path]) -> str:
    return "".join(f"{digest(file)}  {escaped(file.relative_to(folder).as_posix())}\n" for file in files)


def read_manifest(path: Path) -> dict[str, str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return {unescaped(name): hashed for hashed, name in (line.split("  ", 1) for line in lines)}


def escaped(name: str) -> str:
    """Line breaks and per cent signs, as section 2.1.3 asks."""
    return name.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")


def unescaped(name: str) -> str:
    return name.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")


def write(path: Path, text: str):
    path.write_text(text, encoding="utf-8", newline="\n")
