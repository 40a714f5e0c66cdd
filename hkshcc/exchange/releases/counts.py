"""How many there are, as the words of a release tell: areas, documents, which plenary it is.

Each function takes a text as ``page_text.bare`` leaves it. Patterns are bounded, so that no text takes long.
"""

import re

_ENGLISH = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()  # noqa: SIM905
)
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
_DIGITS = {
    sign: value
    for value, signs in enumerate(("〇○◯零0", "一", "二兩两", "三", "四", "五", "六", "七", "八", "九"))
    for sign in signs
}
_WORD = rf"(?:(?:{'|'.join(_TENS)})-[a-z]+|{'|'.join(sorted([*_ENGLISH, *_TENS], key=len, reverse=True))})"
HAN = "[〇○◯零0一二兩两三四五六七八九十百]{1,6}"


def number(word: str) -> int | None:
    """Read a number in digits, in English words up to 59 or in Chinese numerals; None where it is none."""
    word = word.strip().casefold()
    if word.isdecimal() and word.isascii():
        return int(word) if len(word) <= 4 else None
    if word in _ENGLISH:
        return _ENGLISH.index(word)
    tens, _, ones = word.partition("-")
    if tens in _TENS:
        return _TENS[tens] + (_ENGLISH.index(ones) if ones in _ENGLISH[1:10] else 0)
    return _chinese(word)


def _chinese(word: str) -> int | None:
    if not word or any(sign not in _DIGITS and sign not in "十百" for sign in word):
        return None
    if not set(word) & {"十", "百"}:
        return int("".join(str(_DIGITS[sign]) for sign in word))
    total = current = 0
    for sign in word:
        if sign in _DIGITS:
            current = _DIGITS[sign]
        else:
            total += (current or 1) * (10 if sign == "十" else 100)
            current = 0
    return total + current


AREAS_EN = r"(?:areas?|fields?|aspects?|domains?|sectors?|categories|category|topics?|fronts?)"
AREAS_ZH = r"(?:合作)?(?:範疇|范畴|領域|领域|方面|範圍|范围|專題|专题)"
_COUNT = re.compile(
    rf"\b(?P<en>\d{{1,3}}|{_WORD})\s+(?:(?!in\b|on\b)[a-z][a-z-]{{0,20}}\s+){{0,3}}{AREAS_EN}\b"
    rf"|(?P<zh>\d{{1,3}}|{HAN})\s?(?:個|个|大|項|项|多個|多个)?\s?(?:主要|重點|重点|合作)?{AREAS_ZH}",
    re.IGNORECASE,
)


def areas_counted(text: str) -> int | None:
    """Return how many areas a text says there are, else None: ``13 co-operation areas``, ``十三個範疇``."""
    for found in _COUNT.finditer(text):
        counted = number(found["en"] or found["zh"])
        if counted and counted > 1:
            return counted
    return None


_DOCUMENTS = re.compile(
    rf"\b(?P<en>\d{{1,3}}|{_WORD})\s+(?:[a-z][a-z-]{{0,20}}\s+){{0,3}}(?:agreements|documents|memoranda"
    rf"|memorandums|mous|letters of intent|protocols|arrangements)\b"
    rf"|(?P<zh>\d{{1,3}}|{HAN})\s?(?:份|項|项|個|个)[^\W\d_]{{0,6}}?(?:協議|协议|文件|備忘錄|备忘录|協定|协定|意向書|意向书)",
    re.IGNORECASE,
)
_ONE_AFTER_ANOTHER = {"and", ",", ", and", "及", "和", "以及", "、"}


def documents_counted(text: str) -> tuple[int, int] | None:
    """Return how many documents a text says there are, and where it says so: ``three memoranda and two agreements``."""
    total, end = 0, 0
    for found in _DOCUMENTS.finditer(text):
        if total and text[end : found.start()].strip() not in _ONE_AFTER_ANOTHER:
            break
        total, end = total + (number(found["en"] or found["zh"]) or 0), found.end()
    return (total, end) if total else None


# Task forces and working groups have their first and tenth meetings too.
_SESSION = r"(?:plenary|session|meeting\sof\sthe\s[^.,;]{1,60}\bconference)\b"
_PLENARY = re.compile(
    rf"\b(?P<digits>\d{{1,2}})(?:st|nd|rd|th)\s+{_SESSION}"
    rf"|\b(?P<word>{'|'.join(_ORDINALS)})\s+{_SESSION}"
    rf"|第\s?(?P<han>\d{{1,2}}|{HAN})\s?次(?:(?!工作|專責|专责)[^\W\d_]){{0,8}}?(?:會議|会议)",
    re.IGNORECASE,
)


def plenary_named(text: str) -> int | None:
    """Return the number of the plenary that a text names, else None."""
    found = _PLENARY.search(text)
    if found is None:
        return None
    if found["word"]:
        return _ORDINALS.index(found["word"].casefold()) + 1
    return number(found["digits"] or found["han"])
