"""A folder that gets a file for each body, as --out names it: all is checked before the first is written."""

import os
from collections.abc import Iterable
from typing import NamedTuple

from hkshcc.cli import console
from hkshcc.cli.files import check_writable, write
from hkshcc.errors import HkshccError, RefusedError, system_reason
from hkshcc.language import _
from hkshcc.register.validation import is_code
from hkshcc.text import inert


class File(NamedTuple):
    """A file for a body: its code, which names it, the name's ending with its dot, and what is in it."""

    code: str
    ending: str
    data: bytes


def write_each(folder: str, files: Iterable[File], why_kept: str, wrote: str) -> None:
    """Write files for bodies into a folder, which is made where it is not there, and say what was written.

    Nothing is written over: a file that is there already is left where it says the same, else refused with the message
    ``why_kept``, in which ``{path}`` stands for it. ``wrote`` says how many files there are. Raises RefusedError,
    before anything is written, also for what is no code and might lead out of the folder, and for two codes that are
    one name where capitals do not count.
    """
    wanted: dict[str, bytes] = {}
    taken: set[str] = set()
    for code, ending, data in files:
        name = f"{code}{ending}"
        if not is_code(code):
            raise RefusedError(
                _("the code '{code}' cannot name a file", code=inert(code)[:40]),
                hint=_("restore the store from a copy"),
            )
        if name.casefold() in taken:
            raise RefusedError(_("two files would be named {name}", name=name), hint=_("name one body with --owner"))
        taken.add(name.casefold())
        wanted[os.path.join(folder, name)] = data
    new = [path for path, data in wanted.items() if not _holds(path, data, why_kept)]
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as error:
        raise HkshccError(
            _("{folder} cannot be created ({why})", folder=folder, why=system_reason(error)),
            hint=_("name another folder with --out"),
        ) from error
    try:
        for path in new:
            check_writable(path)
        for path in new:
            write(path, wanted[path])
    except OSError as error:
        raise HkshccError(
            _("{file} cannot be written ({why})", file=path, why=system_reason(error)),
            hint=_("name another folder with --out"),
        ) from error
    console.message(wrote)


def _holds(path: str, data: bytes, why_kept: str) -> bool:
    """Return whether a file is there and says the same. Raises RefusedError where something else is there."""
    if not os.path.lexists(path):
        return False
    if os.path.isfile(path):
        with open(path, "rb") as file:
            if file.read(len(data) + 1) == data:
                return True
    raise RefusedError(_(why_kept, path=path), hint=_("move it, or name another folder with --out"))
