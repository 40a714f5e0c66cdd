"""The language in which people are answered: English as it stands in the code, Chinese from a gettext catalogue.

One language is current at a time. A catalogue is loaded when it is first wanted, so that English costs nothing. A
message is marked with ``_`` or ``ngettext``; a text that is defined once and shown later, with ``N_``.
"""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gettext import GNUTranslations

LANGUAGES = ("en", "zh-Hant", "zh-Hans")
_CATALOGUES = {"zh-Hant": "zh_Hant", "zh-Hans": "zh_Hans"}
# What else people call them. The places are those whose locales and web sites are in one script or the other.
_ALIASES = {
    "english": "en", "zh": "zh-Hant", "tc": "zh-Hant", "hk": "zh-Hant", "tw": "zh-Hant", "mo": "zh-Hant",
    "zh-hk": "zh-Hant", "zh-tw": "zh-Hant", "zh-mo": "zh-Hant", "hant": "zh-Hant", "sc": "zh-Hans", "cn": "zh-Hans",
    "sg": "zh-Hans", "zh-cn": "zh-Hans", "zh-sg": "zh-Hans", "hans": "zh-Hans",
}  # fmt: skip
# Of a sentence's two parts, and of a list's members.
_MARKS = {"en": ("; ", ", ", " or "), "zh-Hant": ("；", "、", "或"), "zh-Hans": ("；", "、", "或")}

_current = "en"


def current() -> str:
    """Return the current language: one of ``LANGUAGES``."""
    return _current


def use(language: str) -> None:
    """Make a language the current one."""
    global _current  # noqa: PLW0603  one process answers one person
    _current = language


@contextmanager
def using(language: str) -> Iterator[None]:
    """Make a language the current one for a while, as for a form in the language of whoever gets it."""
    before = _current
    use(language)
    try:
        yield
    finally:
        use(before)


def _(message: str, /, **values: object) -> str:
    """Return a message in the current language, with its ``{named}`` values."""
    text = message if _current == "en" else _catalogue(_current).gettext(message)
    return _filled(text, values) if values else text


def ngettext(one: str, many: str, number: int, /, **values: object) -> str:
    """Return the form of a message that goes with a number, which stands in it as ``{n}``."""
    text = (one if number == 1 else many) if _current == "en" else _catalogue(_current).ngettext(one, many, number)
    return _filled(text, {"n": number, **values})


def _filled(text: str, values: Mapping[str, object]) -> str:
    """Return a message with its values in place.

    Between Chinese and what begins or ends in a Latin letter, or is a ref, stands a blank; between Chinese and Chinese
    none. What a value is shows only here, so the blanks that a translation has beside it are a suggestion. Which time a
    thing is, 第五次, is said with a Chinese numeral up to ten.
    """
    if _current != "en":
        values = dict(values)

        def fitted(found: re.Match[str]) -> str:
            before, blank, name, after, then = found.groups(default="")
            value = str(values.get(name, ""))
            if (before, then) == ("第", "次"):
                values[name] = re.sub(r"\d+", lambda number: _numeral(int(number[0])), value)
            first = _blank(value, blank) if before else blank
            last = _blank(value[::-1], after) if then else after
            return f"{before}{first}{{{name}}}{last}"

        text = re.sub(_PLACE, fitted, text)
    return text.format(**values)


_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff"
_PLACE = rf"([{_HAN}])?( ?)\{{(\w+)\}}( ?)(?=([{_HAN}])?)"


def _blank(value: str, otherwise: str) -> str:
    """Return what stands between Chinese and the beginning of a value; numbers and signs are left as they are set."""
    if re.match(r"-{0,2}[A-Za-z]|\d{1,9}-[A-Z]", value):
        return " "
    return "" if re.match(f"[{_HAN}]", value) else otherwise


def N_(message: str) -> str:  # noqa: N802  as gettext's own tools call it
    """Mark a message that is translated where it is shown."""
    return message


def in_every_language(message: str) -> Mapping[str, str]:
    """Return a message by language, for what people may type in any of them. Loads every catalogue."""
    return {language: _in(language, message) for language in LANGUAGES}


def _in(language: str, message: str) -> str:
    return message if language == "en" else _catalogue(language).gettext(message)


WITHHELD = N_("(not published)")  # what stands for the words of an entry where these are left out
RECORDED = "recorded"  # the context of a catalogue's translations of what ships


def as_recorded(text: str) -> str:
    """Return a sentence that was recorded. On a Chinese page an English one that ships is translated.

    What people typed stays as they typed it, and is marked as English.
    """
    if text == WITHHELD:
        return _(WITHHELD)
    if _current == "en" or re.search(f"[{_HAN}]", text) or not re.search(r"[A-Za-z]{2,}\W+[A-Za-z]{2,}", text):
        return text
    translated = _catalogue(_current).pgettext(RECORDED, text)
    return translated if translated != text else _("{text} (in English)", text=text)


def sentence(first: str, second: str) -> str:
    """Return two parts of a sentence as one: ``this is wrong; do that``."""
    return f"{first}{_MARKS[_current][0]}{second}"


def listed(items: Sequence[str]) -> str:
    """Return a list: ``a, b, c``."""
    return _MARKS[_current][1].join(items)


def alternatives(items: Sequence[str]) -> str:
    """Return what there is to choose from: ``a, b or c``."""
    _part, comma, either = _MARKS[_current]
    if len(items) < 2:
        return "".join(items)
    first = comma.join(items[:-1])
    if _current == "en":
        return f"{first}{either}{items[-1]}"
    return f"{first}{_blank(first[::-1], '')}{either}{_blank(items[-1], '')}{items[-1]}"


def _numeral(number: int) -> str:
    return _NUMERALS[number] if 0 < number < len(_NUMERALS) else str(number)


_NUMERALS = "〇一二三四五六七八九十"


def named(text: str) -> str | None:
    """Return the language that a person means by a name, ``zh-Hant``, ``tc`` or ``zh_HK.UTF-8``; None for none."""
    name = text.partition(".")[0].partition("@")[0].replace("_", "-").casefold()
    if name in _ALIASES:
        return _ALIASES[name]
    # zh-Hant-HK is a tag of its own; en_GB and zh_Hans_CN are read by what they begin with.
    return next((language for language in LANGUAGES if f"{name}-".startswith(f"{language.casefold()}-")), None)


def from_environment(environ: Mapping[str, str]) -> str:
    """Return the language of ``HKSHCC_LANG``, else of the locale's messages; English where neither names one."""
    for variable in ("HKSHCC_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environ.get(variable):
            return named(value) or "en"
    return "en"


@cache
def _catalogue(language: str) -> "GNUTranslations":
    from gettext import GNUTranslations  # noqa: PLC0415  English does without
    from io import BytesIO  # noqa: PLC0415

    # The loader finds it in a folder and in an archive alike.
    path = os.path.join(os.path.dirname(__file__), "locale", _CATALOGUES[language], "LC_MESSAGES", "hkshcc.mo")
    return GNUTranslations(BytesIO(__spec__.loader.get_data(path)))  # type: ignore[union-attr]
