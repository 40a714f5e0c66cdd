"""Days as people type and read them.

A day is an ISO string (``2022-12-31``), which sorts as it should; a period counts as its last day.
"""

import re
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from typing import NamedTuple

from hkshcc.errors import UsageError
from hkshcc.language import _, current, ngettext

FOREVER = "9999-12-31"  # the day after all others
HONG_KONG = timezone(timedelta(hours=8))
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_EXAMPLES = "write it as 2022-12-31, 31 Dec 2022, 31/12/2022, Dec 2022, Q4 2022 or 2022年12月31日"

# What each form gives: y(ear), m(onth), d(ay), q(uarter). Years are 1900 to 2199: a bare 22 is never guessed.
_YEAR = r"(?P<y>(?:19|20|21)\d\d)"
_NAME = r"(?P<name>(?!end\b)[a-z]{3,9})\.?"
_DAY = r"(?P<d>\d{1,2})"
_FORMS = (  # compiled when first used: most commands are given no date
    rf"{_YEAR}-(?P<m>\d{{1,2}})-{_DAY}",
    rf"{_DAY}/(?P<m>\d{{1,2}})/{_YEAR}",
    rf"{_DAY} {_NAME},? {_YEAR}",
    rf"(?:end (?:of )?)?{_NAME},? {_YEAR}",
    rf"(?:end (?:of )?)?{_YEAR}",
    rf"(?:end (?:of )?)?{_YEAR}-(?P<m>\d{{2}})",
    rf"(?:end (?:of )?)?{_YEAR}[- ]?q(?P<q>[1-4])",
    rf"(?:end (?:of )?)?q(?P<q>[1-4])(?:,? |-){_YEAR}",
    rf"{_YEAR}年(?P<m>\d{{1,2}})月{_DAY}[日号號]",
    rf"{_YEAR}年(?P<m>\d{{1,2}})月[底末]?",
    rf"{_YEAR}年第(?P<q>[1-4一二三四])季度?[底末]?",
    rf"{_YEAR}年[底末]?",
)


class Day(NamedTuple):
    """A day, and how much of it was said: ``day``, ``month``, ``quarter`` or ``year``."""

    on: str
    precision: str


def read_day(text: str, today: str) -> Day:
    """Read a date that a person typed; a period gives its last day. Raises UsageError, never guesses."""
    from unicodedata import normalize  # noqa: PLC0415  only a date that is typed wants it

    typed = " ".join(normalize("NFKC", text).casefold().split())
    if typed in {"today", "今天", "今日"}:
        return Day(today, "day")
    if typed in {"yesterday", "昨天", "昨日"}:
        return Day(shifted(today, -1), "day")
    for form in _FORMS:
        if (found := re.fullmatch(form, typed)) and _month(found.groupdict().get("name") or "jan"):
            return _day(found.groupdict(), text)
    raise UsageError(f"'{text}' is not a date that can be read; {_EXAMPLES}")


def _day(parts: dict[str, str | None], text: str) -> Day:
    year = int(parts["y"] or 0)
    name = parts.get("name")
    try:
        if quarter := parts.get("q"):
            month = 3 * ("一二三四".find(quarter) + 1 or int(quarter))
            return Day(_last_of_month(year, month), "quarter")
        month = _month(name) if name else int(parts.get("m") or 0)
        if day := parts.get("d"):
            return Day(date(year, month, int(day)).isoformat(), "day")
        if not month and parts.get("m") is None:
            return Day(f"{year}-12-31", "year")
        return Day(_last_of_month(year, month), "month")
    except ValueError:
        raise UsageError(f"'{text}' is not a day that exists (days come before months); {_EXAMPLES}") from None


def _month(name: str) -> int:
    """Return the number of a month, 0 for a word that is none."""
    for names in (_MONTHS, _FULL_MONTHS):
        if name in names:
            return names.index(name) + 1
    return 9 if name == "sept" else 0


def _last_of_month(year: int, month: int) -> str:
    if not 1 <= month <= 12:
        raise ValueError(month)
    return date(year, month, _days_in(year, month)).isoformat()


def _days_in(year: int, month: int) -> int:
    # The calendar module knows it too, and takes as long to load as a date takes to read.
    return (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day


def is_day(text: object) -> bool:
    """Say whether it is a day as the register writes them."""
    return isinstance(text, str) and _is_day(text)


@lru_cache(4096)  # many entries are of the same days
def _is_day(text: str) -> bool:
    try:
        # Python reads other forms too (2021-W35-1); the register knows one.
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def is_stamp(text: object) -> bool:
    """Say whether it is a moment as the register records it."""
    return isinstance(text, str) and _is_stamp(text)


@lru_cache(4096)  # all entries of a command have the same
def _is_stamp(text: str) -> bool:
    try:
        return stamp_of(datetime.fromisoformat(text)) == text
    except (ValueError, OverflowError):
        return False


def day_of(moment: datetime) -> str:
    """Return the Hong Kong day (UTC+8) of a moment."""
    return moment.astimezone(HONG_KONG).date().isoformat()


def stamp_of(moment: datetime) -> str:
    """Return the moment as the register records it: ISO, to the second, with Hong Kong's offset."""
    return moment.astimezone(HONG_KONG).isoformat(timespec="seconds")


def shifted(day: str, days: int) -> str:
    """Return the day so many days later. Raises UsageError where the calendar ends before."""
    try:
        return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
    except OverflowError:
        raise UsageError(f"{days} days from {in_words(day)} is beyond the calendar") from None


def before(day: str, number: int, unit: str) -> str:
    """Return the day so many days, weeks, months or years (``d``, ``w``, ``m``, ``y``) before another."""
    if unit in "dw":
        return shifted(day, -number * (7 if unit == "w" else 1))
    months = int(day[:4]) * 12 + int(day[5:7]) - 1 - number * (12 if unit == "y" else 1)
    year, month = months // 12, months % 12 + 1
    if year < 1:
        raise UsageError(f"{number}{unit} ago is before the calendar begins")
    return date(year, month, min(int(day[8:]), _days_in(year, month))).isoformat()


def age(earlier: str, later: str) -> str:
    """Return the time between two days as short as a table wants it: ``12d``, ``17m`` or ``4y``; ``17個月``."""
    days = days_between(earlier, later)
    if days < 60:
        return _("{n}d", n=days)
    return _("{n}m", n=days * 12 // 365) if days < 730 else _("{n}y", n=days // 365)


def days_between(earlier: str, later: str) -> int:
    """Return how many days the second day lies after the first; negative where it lies before."""
    return _ordinal(later) - _ordinal(earlier)


@lru_cache(4096)  # as above
def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def in_words(day: str, precision: str = "day") -> str:
    """Return a day as people read it in the language that holds.

    ``24 Sep 2021``, ``Sep 2021``, ``Q3 2021`` or ``2021``; ``2021年9月24日``.
    """
    if current() != "en":
        return _in_chinese(day, precision)
    year, month, number = day[:4], int(day[5:7]), int(day[8:])
    if precision == "year":
        return year
    if precision == "quarter":
        return f"Q{(month + 2) // 3} {year}"
    name = _MONTHS[month - 1].capitalize()
    return f"{name} {year}" if precision == "month" else f"{number} {name} {year}"


def long_form(day: str) -> str:
    """Return a day with its month's full name, as headlines have it: ``24 September 2021``; ``2021年9月24日``."""
    if current() != "en":
        return _in_chinese(day, "day")
    return f"{int(day[8:])} {_FULL_MONTHS[int(day[5:7]) - 1].capitalize()} {day[:4]}"


def _in_chinese(day: str, precision: str) -> str:
    year, month, number = day[:4], int(day[5:7]), int(day[8:])
    parts = {"year": "", "quarter": f"第{(month + 2) // 3}季", "month": f"{month}月", "day": f"{month}月{number}日"}
    if precision == "quarter" and current() == "zh-Hans":
        return f"{year}年第{(month + 2) // 3}季度"
    return f"{year}年{parts[precision]}"


def span(earlier: str, later: str) -> str:
    """Return the time between two days in words: ``3 days``, ``7 months``, ``4 years 7 months``; ``4年7個月``."""
    start, end = date.fromisoformat(earlier), date.fromisoformat(later)
    months = (end.year - start.year) * 12 + end.month - start.month
    # From a month's last day to a shorter month's last day is a whole month.
    if end.day < start.day and end.day < _days_in(end.year, end.month):
        months -= 1
    if months < 1:
        return ngettext("{n} day", "{n} days", (end - start).days)
    if months < 12:
        return ngettext("{n} month", "{n} months", months)
    years, rest = divmod(months, 12)
    whole = ngettext("{n} year", "{n} years", years)
    if not rest:
        return whole
    return _("{years} {months}", years=whole, months=ngettext("{n} month", "{n} months", rest))
