"""The stamp of a report that was printed, found in whatever the file is: text of unknown hands."""

import json
import re
import shlex
from collections.abc import Sequence
from datetime import datetime
from html import unescape
from typing import NamedTuple

from hkshcc.cli.stamp import only_reads

_LONGEST = 4_000  # characters of a command
_MOST_TRIED = 200  # days that may be a stamp's
_DAYS = re.compile(r"(?: --lang (zh-Han[ts]))? --as-of (\d{4}-\d\d-\d\d) --known-on (\d{4}-\d\d-\d\d)")
_FINGERPRINT = re.compile(r"hkshcc check --fingerprint (\d{1,9}):([0-9a-f]{8,64})")
_MARKDOWN = re.compile(r"\\([\\`*_{}\[\]<>#|~&])")
_TAG = re.compile(r"<[^<>]*>")


class Stamp(NamedTuple):
    """What a report says about itself: the command's words, its language and days, and the entries it was drawn from.

    ``last`` and ``digits`` of their fingerprint are None where it says that it was drawn from none, or does not say.
    """

    words: Sequence[str]
    lang: str
    as_of: str
    known_on: str
    last: int | None
    digits: str


def stamp_of(text: str, formats: Sequence[str]) -> Stamp | None:
    """Find the stamp of a report that may have one of some formats; its own, at its end, is the last that there is."""
    if "json" in formats and (found := _of_json(text)):
        return found
    if {"html", "svg"}.intersection(formats):
        text = unescape(_TAG.sub("", text))
    if "md" in formats:
        text = _MARKDOWN.sub(r"\1", text)
    return _of_text(text) or _of_text(text.replace("\n", " "))  # whose line was broken, by a letter or a picture


def _of_json(text: str) -> Stamp | None:
    """Find it at the top of JSON, where no text of the register stands before it."""
    if not text.startswith("{"):
        return None
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    named = {"command": str, "entries": int, "fingerprint": str}
    if not all(isinstance(data.get(key), kind) for key, kind in named.items()):
        return None
    found = _of_text(data["command"])
    return found._replace(last=data["entries"] or None, digits=data["fingerprint"]) if found else None


def _of_text(text: str) -> Stamp | None:
    for days in reversed([*_DAYS.finditer(text)][-_MOST_TRIED:]):
        line = max(text.rfind("\n", 0, days.start()) + 1, days.start() - _LONGEST)
        before = text[line : days.start()]
        # A line of text has the command alone; where lines were joined, the last command before the days is meant.
        begins = before.find("hkshcc ") if "\n" in text else before.rfind("hkshcc ")
        try:
            words = shlex.split(before[begins:]) if begins >= 0 else []
            moment_of(days[2]), moment_of(days[3])
        except ValueError:  # a quotation that does not end, or a day that there is not
            continue
        if only_reads(words[1:]):
            told = [*_FINGERPRINT.finditer(text)]
            last, digits = (int(told[-1][1]), told[-1][2]) if told else (None, "")
            return Stamp(words[1:], days[1] or "en", days[2], days[3], last, digits)
    return None


def moment_of(day: str) -> datetime:
    """Return a moment of a day (ISO) in Hong Kong. Raises ValueError for one that there is not."""
    return datetime.fromisoformat(f"{day}T12:00+08:00")
