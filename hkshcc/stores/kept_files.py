"""Copies of evidence, kept beside the store in a folder of their own, each under its SHA-256. None is ever changed."""

import os
import stat
from collections.abc import Iterator

from hkshcc.errors import StoreError
from hkshcc.language import _
from hkshcc.register.chain import sha256
from hkshcc.register.index import Register
from hkshcc.register.model import Copy, Entry
from hkshcc.stores import COPIES, atomic_file

MOST_BYTES = 32 << 20  # of one copy
_CHUNK = 1 << 20  # bytes that are hashed at once


def folder_of(store: str) -> str:
    """Return the folder of the copies that belong to a store."""
    return os.path.realpath(store) + COPIES


def copy_of(data: bytes, name: str) -> Copy:
    """Return how a file is recorded: by its SHA-256, its name without a folder, and its size in bytes."""
    called = os.path.basename(name).encode("utf-8", "replace").decode()
    return Copy(sha256=sha256(len(data))(data).hexdigest(), name=called, bytes=len(data))


def keep(store: str, data: bytes) -> None:
    """Keep a file beside a store, on disk when this returns. One that is there already stays as it is.

    Raises StoreError where it cannot be written, or where another file has its name.
    """
    folder, copy = folder_of(store), copy_of(data, "")
    path = os.path.join(folder, copy["sha256"])
    try:
        if os.path.lexists(path):
            if state := _what_is_wrong(path, copy):
                raise StoreError(
                    _("{file} is in the way of a copy: {why}", file=path, why=state), hint=_("move it elsewhere")
                )
            return
        os.makedirs(folder, exist_ok=True)
        atomic_file.write_new(path, data)
    except OSError as error:
        raise StoreError(
            _("the copy {file} cannot be written ({why}); nothing was recorded", file=path, why=error.strerror)
        ) from error


def read(store: str, sha256: str) -> bytes | None:
    """Return a file that is kept beside a store; None where it is missing, or is not what was kept."""
    try:
        with open(os.path.join(folder_of(store), sha256), "rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError:
        return None
    return data if copy_of(data, "")["sha256"] == sha256 else None


def _copies(register: Register) -> Iterator[tuple[Entry, Copy]]:
    for entry in register.entries:
        for evidence in entry.evidence or ():
            if copy := evidence.get("copy"):
                yield entry, copy


def elsewhere(store: str, register: Register) -> set[str]:
    """Return the digests of the copies that only the registers keep in which they were recorded."""
    return {
        copy["sha256"]
        for entry, copy in _copies(register)
        if register.is_elsewhere(entry) and not os.path.lexists(os.path.join(folder_of(store), copy["sha256"]))
    }


def problems(store: str, register: Register) -> list[str]:
    """Return which of the copies that entries speak of are missing or altered, a sentence each.

    One that another register keeps may be missing here.
    """
    found, others = [], elsewhere(store, register)
    for entry, copy in _copies(register):
        path = os.path.join(folder_of(store), copy["sha256"])
        if copy["sha256"] in others and register.is_elsewhere(entry):
            continue
        if state := _what_is_wrong(path, copy):
            found.append(
                _(
                    "the copy '{name}' that entry {number} keeps of the evidence on {ref}: {why} ({file})",
                    name=copy["name"],
                    number=entry.number,
                    ref=entry.ref,
                    why=state,
                    file=path,
                )
            )
    return found


def _what_is_wrong(path: str, copy: Copy) -> str:
    try:
        kind = os.lstat(path)
        if not stat.S_ISREG(kind.st_mode):
            return _("it is not a regular file")
        digest = sha256(kind.st_size)()
        with open(path, "rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    except FileNotFoundError:
        return _("it is missing")
    except OSError as error:
        return _("it cannot be read ({why})", why=error.strerror)
    return "" if digest.hexdigest() == copy["sha256"] else _("it is not what was kept")
