"""Days as a release says them: its own, and those that it promises something for.

Each function takes a text as ``page_text.bare`` leaves it. Patterns are bounded, so that no text takes long.
"""

import re
from contextlib import suppress

from hkshcc.errors import UsageError
from hkshcc.exchange.releases.counts import HAN, number
from hkshcc.register.dates import Day
from hkshcc.register.typed_dates import read_day

MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_HAN_DATE = re.compile(rf"({HAN}|\d{{4}})年(?:({HAN}|\d{{1,2}})月)?(?:({HAN}|\d{{1,2}})[日號号])?")
_FULL_DAY = re.compile(
    rf"\b(?P<m>{MONTH})\s(?P<d>\d{{1,2}}),?\s(?P<y>(?:19|20|21)\d\d)\b"
    rf"|\b(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s(?P<m2>{MONTH}),?\s(?P<y2>(?:19|20|21)\d\d)\b"
    r"|(?P<han>(?:19|20|21)\d\d年\d{1,2}月\d{1,2}[日號号])"
    r"|\b(?P<iso>(?:19|20|21)\d\d-\d\d-\d\d)\b",
    re.IGNORECASE,
)
_DAY_OF_MONTH = re.compile(
    rf"\b(?:today|yesterday)\s?\(\s?(?:(?P<m>{MONTH})\s(?P<d>\d{{1,2}})|(?P<d2>\d{{1,2}})\s(?P<m2>{MONTH}))\s?\)"
    rf"|今[天日]\s?\(\s?(?P<hm>\d{{1,2}}|{HAN})月(?P<hd>\d{{1,2}}|{HAN})[日號号]?\s?\)",
    re.IGNORECASE,
)
_ANY_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


def in_digits(text: str) -> str:
    """Return the text with years, months and days in Chinese numerals written in digits: ``2021年8月30日``."""
    if "年" not in text:
        return text

    def digits(found: re.Match[str]) -> str:
        year, month, day = (number(part) if part else None for part in found.groups())
        if year is None or not 1900 <= year < 2200:
            return found[0]
        said = f"{year}年" + (f"{month}月" if month else "")
        return said + (f"{day}日" if day else "")

    return _HAN_DATE.sub(digits, text)


def full_day(text: str) -> str | None:
    """Return the first whole day that a text names (ISO), else None."""
    for found in _FULL_DAY.finditer(in_digits(text)):
        said = found["han"] or found["iso"]
        if not said:
            said = f"{found['d'] or found['d2']} {found['m'] or found['m2']} {found['y'] or found['y2']}"
        with suppress(UsageError):
            return read_day(said, "").on
    return None


def day_without_year(text: str, year: int) -> str | None:
    """Return the day of ``today (August 30)`` or ``今日（八月三十日）`` in a year, else None."""
    found = _DAY_OF_MONTH.search(text)
    if found is None:
        return None
    if found["hm"]:
        said = f"{year}年{number(found['hm'])}月{number(found['hd'])}日"
    else:
        said = f"{found['d'] or found['d2']} {found['m'] or found['m2']} {year}"
    with suppress(UsageError):
        return read_day(said, "").on
    return None


def any_year(text: str) -> int | None:
    """Return the first year of this century that a text names, else None."""
    found = _ANY_YEAR.search(text)
    return int(found[1]) if found else None


_TARGET = re.compile(
    rf"\b(?:by|before|in|within|until|no later than|during|on)\s(?:the\s)?(?P<en>(?:end\s(?:of\s)?)?(?:\d{{1,2}}\s)?"
    rf"(?:(?:{MONTH}|Q[1-4]|H[12]),?\s)?(?P<year>20\d\d(?![/-]\d)|this year|next year))\b"
    rf"|\b(?:by|before|in|on)\s(?P<mdy>{MONTH}\s\d{{1,2}},\s20\d\d)\b"
    r"|(?P<zh>(?:20\d\d|今|明)年(?:第[1-4一二三四]季度?|[上下]半年|\d{1,2}月(?:\d{1,2}[日號号])?)?[底末]?)(?=或?[之以]?前|內"
    r"|内|舉|举|在|完|落|推|啟|启|開|开|設|设|於|于)",
    re.IGNORECASE,
)

# Parts of a year are said as dates are read, the middle as the month it ends with. A period counts as its last day.
_ENDS_WITH = {
    "first half": "H1", "mid": "June", "middle": "June", "second half": "H2",
    "first quarter": "Q1", "second quarter": "Q2", "third quarter": "Q3", "fourth quarter": "Q4", "end-": "end",
}  # fmt: skip
_PART = re.compile(
    r"\b(?:(?P<part>(?:first|second) half|(?:first|second|third|fourth) quarter|middle)\s(?:of\s)?|(?P<mid>mid)[\s-])"
    r"(?=20\d\d\b|this year|next year)|\b(?P<end>end-)(?=20\d\d\b|[A-Z])",
    re.IGNORECASE,
)
_PART_HAN = re.compile(r"年(?:(?P<middle>年中|中(?=[前,]))|年(?=[底末]))")


def _in_months(text: str) -> str:
    """Return the text with parts of a year written as the month they end with: ``by mid-2028`` is ``by June 2028``."""
    text = re.sub(r"\bend of the year\b(?! \d)", "end of this year", text, flags=re.IGNORECASE)
    text = re.sub(r"(?<![\d今明後后每去年])年底", "今年底", text)
    text = _PART.sub(lambda part: _ENDS_WITH[part[part.lastgroup or 0].casefold()] + " ", text)
    return _PART_HAN.sub(lambda part: "年" + ("6月" if part["middle"] else ""), text)


def target_in(text: str, held: str | None) -> Day | None:
    """Return the first day that a text promises something for; none that lies before the release's own."""
    for found in _TARGET.finditer(_in_months(in_digits(text))):
        said = found["en"] or found["mdy"] or found["zh"]
        if found["mdy"]:
            month, day, year = said.replace(",", "").split()
            said = f"{day} {month} {year}"
        if found[0].casefold().startswith("before") and said.isdecimal():
            said = str(int(said) - 1)  # the year before ends before it
        for word, later in (("this year", 0), ("next year", 1), ("今年", 0), ("明年", 1)):
            if word in said.casefold():
                if held is None:
                    break
                year = f"{int(held[:4]) + later}" + ("年" if word.endswith("年") else "")
                said = re.sub(word, year, said, flags=re.IGNORECASE)
        with suppress(UsageError):
            day_said = read_day(said.replace("號", "日").replace("号", "日"), "")
            if held is None or day_said.on >= held:
                return day_said
    return None
