"""A folder that gets a file for each body, as --out names it: all is checked before the first is written."""

import os
from collections.abc import Iterable

from hkshcc.cli import console
from hkshcc.cli.files import check_writable, write
from hkshcc.errors import HkshccError, RefusedError
from hkshcc.register.validation import is_code
from hkshcc.reports.page import count_of
from hkshcc.text import inert


def write_each(folder: str, files: Iterable[tuple[str, bytes]], ending: str, *, what: str, why_kept: str) -> None:
    """Write a file for each body's code into a folder, which is made where it is not there, and say how many.

    Nothing is written over: a file that is there already is left where it says the same, else refused with ``why_kept``
    as the reason. Raises RefusedError, before anything is written, also for what is no code and might lead out of the
    folder, and for two codes that are one name where capitals do not count.
    """
    wanted: dict[str, bytes] = {}
    taken: set[str] = set()
    for code, data in files:
        name = f"{code}{ending}"
        if not is_code(code):
            raise RefusedError(
                f"'{inert(code)[:40]}' is no code and cannot name a file", hint="restore the store from a copy"
            )
        if name.casefold() in taken:
            raise RefusedError(f"two files would be called {name}", hint="name one body with --owner")
        taken.add(name.casefold())
        wanted[os.path.join(folder, name)] = data
    new = [path for path, data in wanted.items() if not _holds(path, data, why_kept)]
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as error:
        raise HkshccError(
            f"{folder} is no folder to write to ({error.strerror})", hint="name another with --out"
        ) from error
    try:
        for path in new:
            check_writable(path)
        for path in new:
            write(path, wanted[path])
    except OSError as error:
        raise HkshccError(
            f"{path} cannot be written ({error.strerror})", hint="name another folder with --out"
        ) from error
    console.message(f"wrote {count_of(len(wanted), what)} to {folder}; nothing was sent")


def _holds(path: str, data: bytes, why_kept: str) -> bool:
    """Say whether a file is there and says the same. Raises RefusedError where something else is there."""
    if not os.path.lexists(path):
        return False
    if os.path.isfile(path):
        with open(path, "rb") as file:
            if file.read(len(data) + 1) == data:
                return True
    raise RefusedError(f"{path} is there already and {why_kept}", hint="move it, or name another folder with --out")
