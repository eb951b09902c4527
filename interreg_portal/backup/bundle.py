"""The file of a backup: a ZIP archive, which age encrypts where it is given a key (https://age-encryption.org)."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

import pyrage
from django.utils.translation import gettext as _

FORMAT = 1
MANIFEST = "manifest.json"
BLOCK = 1 << 20  # bytes
ENCRYPTED = b"age-encryption.org/"


class Unusable(Exception):
    """A backup that can't be made, read or restored; the text is the sentence that says why and what to do."""


def blocks(file: BinaryIO) -> Iterator[bytes]:
    while block := file.read(BLOCK):
        yield block


def put(archive: ZipFile, name: str, content: Iterator[bytes], compress=ZIP_DEFLATED) -> dict:
    """Write a part of an archive; returns `{"bytes": …, "sha256": …}`."""
    hashed, size = sha256(), 0
    info = ZipInfo(name)
    info.compress_type = compress
    with archive.open(info, "w", force_zip64=True) as part:
        for block in content:
            part.write(block)
            hashed.update(block)
            size += len(block)
    return {"bytes": size, "sha256": hashed.hexdigest()}


def put_file(archive: ZipFile, name: str, file: BinaryIO) -> dict:
    return put(archive, name, blocks(file), ZIP_STORED)  # pictures and documents are compressed already


def content_hash(tables: dict, files: dict) -> str:
    """What two backups have in common that hold the same, whichever database and portal they are from."""
    told = {name: each["sha256"] for part in (tables, files) for name, each in part.items()}
    return sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


@contextmanager
def new_bundle(path: Path, key: str = ""):
    """
    A ZIP archive to write into, which is at the path when all went well, encrypted for `key`, a public key of age's
    (`age1…`). Nobody but the owner may read it. Raises Unusable where the key is none.
    """
    recipient = recipient_of(key) if key else None
    half_made = path.with_name(f".{path.name}.part")
    encrypting = path.with_name(f".{path.name}.age")
    try:
        with open(half_made, "xb", opener=private) as file:
            with ZipFile(file, "w") as archive:
                yield archive
            file.flush()
            os.fsync(file.fileno())
        if recipient:
            with half_made.open("rb") as plain, open(encrypting, "xb", opener=private) as file:
                pyrage.encrypt_io(plain, file, [recipient])
                file.flush()
                os.fsync(file.fileno())
            encrypting.replace(path)
        else:
            half_made.replace(path)
    finally:
        half_made.unlink(missing_ok=True)
        encrypting.unlink(missing_ok=True)


def private(path, flags):
    return os.open(path, flags, 0o600)


def recipient_of(key: str):
    try:
        return pyrage.x25519.Recipient.from_str(key.strip())
    except pyrage.RecipientError as error:
        raise Unusable(_("The key is no public key of age's, which begins with “age1”.")) from error


def make_key(path: Path) -> str:
    """Write a new secret key to a file that only its owner may read; returns the public key that belongs to it."""
    identity = pyrage.x25519.Identity.generate()
    with open(path, "x", opener=private, encoding="ascii") as file:
        file.write(f"# public key: {identity.to_public()}\n{identity}\n")
    return str(identity.to_public())


@contextmanager
def open_bundle(path: Path, key: Path | None = None):
    """The archive of a backup and its manifest; `key` is the file with the secret key. Raises Unusable, OSError."""
    with path.open("rb") as file, TemporaryFile() as plain:
        encrypted = file.read(len(ENCRYPTED)) == ENCRYPTED
        file.seek(0)
        if encrypted:
            decrypt(file, plain, key)
        try:
            with ZipFile(plain if encrypted else file) as archive:
                manifest = json.loads(archive.read(MANIFEST))
                if manifest["format"] != FORMAT:
                    raise Unusable(_("The backup was made by a newer portal. Upgrade this one first."))
                yield archive, manifest
        except (BadZipFile, KeyError, ValueError, EOFError) as error:
            raise Unusable(_("The file is no backup of a portal, or it is damaged.")) from error


def decrypt(file: BinaryIO, plain: BinaryIO, key: Path | None):
    if key is None:
        raise Unusable(_("The backup is encrypted. Name the file with the secret key by --key."))
    lines = [line.strip() for line in key.read_text(encoding="ascii", errors="replace").splitlines()]
    try:
        identities = [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
        pyrage.decrypt_io(file, plain, identities)
    except (pyrage.IdentityError, pyrage.DecryptError) as error:
        raise Unusable(_("The key doesn't open this backup, or the backup is damaged.")) from error
    plain.seek(0)


def faults_in(archive: ZipFile, manifest: dict) -> list[str]:
    """The parts that are missing, changed or too many, each by its name."""
    promised = {**manifest["tables"], **manifest["files"]}
    there = set(archive.namelist()) - {MANIFEST}
    return sorted(there ^ promised.keys()) + [
        name for name in sorted(there & promised.keys()) if digest(archive, name) != promised[name]["sha256"]
    ]


def digest(archive: ZipFile, name: str) -> str | None:
    """None where the part can't be read."""
    hashed = sha256()
    try:
        with archive.open(name) as part:
            for block in blocks(part):
                hashed.update(block)
    except (BadZipFile, OSError, EOFError, ValueError):
        return None
    return hashed.hexdigest()
