"""A folder of files written whole or not at all: beside its place first, then put there by a rename.

A list of what it holds, each file with its SHA-256, stands in it. By that a folder is known that may be replaced: it
has the files that are listed, as they were written, and no others.
"""

import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, NoReturn

from hkshcc.errors import HkshccError, RefusedError, system_reason
from hkshcc.language import _
from hkshcc.register.chain import sha256
from hkshcc.register.dates import is_day
from hkshcc.text import inert

LIST = "site.json"
SCHEMA = "hkshcc.site/1"
_MOST = 1 << 24  # bytes of a list; none comes near it
_DEEPEST = 4  # folders from a file up to the one with the list
_FINGERPRINT = re.compile("[0-9a-f]{8,64}")


def with_list(files: Mapping[str, bytes], head: Mapping[str, Any]) -> dict[str, bytes]:
    """Return files by their path (with ``/``), and the list of them, which begins with what ``head`` says."""
    digests = {path: _digest(data) for path, data in sorted(files.items())}
    listed = json.dumps({"schema": SCHEMA, **head, "files": digests}, indent=2) + "\n"
    return {**files, LIST: listed.encode()}


def write_folder(folder: str, files: Mapping[str, bytes]) -> bool:
    """Write a folder, and say whether anything had to be: one that is there already, and the same, is left as it is.

    Raises RefusedError where the folder has other files, or some that were changed since they were written; it is left
    as it was then, as it is where an error or Ctrl-C ends the writing. Raises HkshccError where it cannot be written.
    """
    place = os.path.realpath(folder)
    try:
        held = _held(place, folder)
        if held == {path: _digest(data) for path, data in files.items()}:
            return False
        _check_place(place, folder)
        _put(place, files)
    except OSError as error:
        raise HkshccError(
            _("{folder} cannot be written ({why})", folder=folder, why=system_reason(error)),
            hint=_("name another folder with --site"),
        ) from error
    return True


def place_in_folder(name: str) -> tuple[str, dict[str, Any]] | None:
    """Return the path within a folder of a file that its list names, and what the list begins with; None for others.

    The list is of unknown hands: its days are ISO dates, ``entries`` a number from 1 and ``fingerprint`` hexadecimal.
    """
    place = os.path.realpath(name)
    folder = os.path.dirname(place)
    for _up in range(_DEEPEST):
        path = os.path.relpath(place, folder).replace(os.sep, "/")
        content = _content(os.path.join(folder, LIST))
        if content is not None and (path in content["files"] or path == LIST):
            sound = all(is_day(content.get(key)) for key in ("as_of", "known_on"))
            last, digits = content.get("entries"), content.get("fingerprint")
            if sound and isinstance(last, int) and 0 < last < _MOST and isinstance(digits, str):
                return (path, content) if _FINGERPRINT.fullmatch(digits) else None
            return None
        folder = os.path.dirname(folder)
    return None


def _held(place: str, folder: str) -> dict[str, str]:
    """Return the digests of the files in a folder by their path. Raises RefusedError where it may not be replaced."""
    if not os.path.lexists(place):
        return {}
    if not os.path.isdir(place):
        raise RefusedError(_("{folder} is a file", folder=folder), hint=_("name another folder with --site"))
    found: dict[str, str] = {}
    listed = _listed(os.path.join(place, LIST))
    for path in _files_in(place):  # the first that is not listed ends it: the folder may be a whole disk
        if path not in listed and not (path == LIST and listed):
            raise RefusedError(
                _("{folder} has a file that hkshcc did not write: {file}", folder=folder, file=inert(path)[:200]),
                hint=_("move it, or name a new folder with --site"),
            )
        found[path] = digest = _digest_at(place, path)
        if path != LIST and listed[path] != digest:
            raise RefusedError(
                _("{file} in {folder} was changed since hkshcc wrote it", folder=folder, file=inert(path)[:200]),
                hint=_("move it, or name a new folder with --site"),
            )
    return found


def _files_in(place: str) -> Iterator[str]:
    """Yield the path of each file within a folder, and of each empty folder, with ``/`` at its end, as it is found."""
    for root, folders, names in os.walk(place, onerror=_raise):
        folders.sort()
        for name in sorted([*names, *(inner for inner in folders if os.path.islink(os.path.join(root, inner)))]):
            yield os.path.relpath(os.path.join(root, name), place).replace(os.sep, "/")
        if not folders and not names and root != place:  # an empty folder is nothing that was written
            yield os.path.relpath(root, place).replace(os.sep, "/") + "/"


def _raise(error: OSError) -> NoReturn:
    raise error  # what cannot be looked into may hold anything


def _digest_at(place: str, within: str) -> str:
    path = os.path.join(place, *within.split("/"))
    return "" if os.path.islink(path) or not os.path.isfile(path) else _digest_of(path)


def _listed(path: str) -> dict[str, str]:
    """Return what a list says; nothing where it is none."""
    content = _content(path)
    return {str(name): str(digest) for name, digest in content["files"].items()} if content else {}


def _content(path: str) -> dict[str, Any] | None:
    """Return what stands in a list; None where it is none."""
    try:
        with open(path, "rb") as file:
            content = json.loads(file.read(_MOST))
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(content, dict) or content.get("schema") != SCHEMA or not isinstance(content.get("files"), dict):
        return None
    return content


def _check_place(place: str, folder: str) -> None:
    """Raise RefusedError for a folder that somebody is in: it would be taken from under their feet."""
    here = os.path.realpath(os.getcwd())
    if os.path.lexists(place) and (here == place or here.startswith(place.rstrip(os.sep) + os.sep)):
        raise RefusedError(
            _("{folder} is the folder that you are in, so it cannot be replaced", folder=folder),
            hint=_("go to the folder above it, or name another folder with --site"),
        )


def _put(place: str, files: Mapping[str, bytes]) -> None:
    """Write files into a new folder beside a place, and put that there. Raises OSError."""
    mark = f"{os.getpid()}-{os.urandom(4).hex()}"
    parent = os.path.dirname(place)
    new, old = (os.path.join(parent, f".hkshcc-{mark}-{which}") for which in ("new", "old"))
    os.mkdir(new)
    try:
        for path, data in files.items():
            target = os.path.join(new, *path.split("/"))
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with open(target, "xb") as file:
                file.write(data)
        if hasattr(os, "sync"):  # Windows has none
            os.sync()  # once for all: of hundreds of files, each alone would take seconds
        if os.path.lexists(place):
            shutil.copymode(place, new)
            os.rename(place, old)
            try:
                os.rename(new, place)
            except BaseException:
                os.rename(old, place)
                raise
        else:
            os.rename(new, place)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    with suppress(OSError):
        shutil.rmtree(old, ignore_errors=True)


def _digest_of(path: str) -> str:
    with open(path, "rb") as file:
        return _digest(file.read())


def _digest(data: bytes) -> str:
    digest: str = sha256(len(data))(data).hexdigest()
    return digest
