"""Days as the register keeps them and as people read them.

A day is an ISO string (``2022-12-31``), which sorts as it should; a period counts as its last day.
"""

from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from typing import NamedTuple

from hkshcc.errors import UsageError
from hkshcc.language import _, current, ngettext

FOREVER = "9999-12-31"  # the day after all others
HONG_KONG = timezone(timedelta(hours=8))
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
FULL_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip


class Day(NamedTuple):
    """A day, and how much of it was said: ``day``, ``month``, ``quarter``, ``half`` (of a year) or ``year``."""

    on: str
    precision: str


def days_in_month(year: int, month: int) -> int:
    """Return how many days a month (from 1) of a year has."""
    # The calendar module knows it too, and takes as long to load as a date takes to read.
    return (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day


def is_day(text: object) -> bool:
    """Return whether it is a day as the register writes them."""
    return isinstance(text, str) and _is_day(text)


@lru_cache(4096)  # many entries are of the same days
def _is_day(text: str) -> bool:
    try:
        # Python reads other forms too (2021-W35-1); the register knows one.
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def is_stamp(text: object) -> bool:
    """Return whether it is a moment as the register records it."""
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
    """Return the day (ISO) so many days later, earlier for a negative number. Raises UsageError beyond the calendar."""
    try:
        return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
    except OverflowError:
        raise UsageError(_("{days} days from {day} is beyond the calendar", days=days, day=in_words(day))) from None


def before(day: str, number: int, unit: str) -> str:
    """Return the day (ISO) so many days, weeks, months or years (``d``, ``w``, ``m``, ``y``) before another.

    A day that its month does not have is that month's last. Raises UsageError where the calendar begins after it.
    """
    if unit in "dw":
        return shifted(day, -number * (7 if unit == "w" else 1))
    months = int(day[:4]) * 12 + int(day[5:7]) - 1 - number * (12 if unit == "y" else 1)
    year, month = months // 12, months % 12 + 1
    if year < 1:
        raise UsageError(_("{age} ago is before the calendar begins", age=f"{number}{unit}"))
    return date(year, month, min(int(day[8:]), days_in_month(year, month))).isoformat()


def age(earlier: str, later: str) -> str:
    """Return the time between two days as short as a table wants it: ``12d``, ``17m`` or ``4y``; ``17個月``."""
    days = days_between(earlier, later)
    if days < 60:
        return _("{n}d", n=days)
    return _("{n}m", n=days * 12 // 365) if days < 730 else _("{n}y", n=days // 365)


def days_between(earlier: str, later: str) -> int:
    """Return how many days the second day (ISO) lies after the first; negative where it lies before."""
    return _ordinal(later) - _ordinal(earlier)


@lru_cache(4096)  # as above
def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def in_words(day: str, precision: str = "day") -> str:
    """Return a day as people read it in the current language.

    ``24 Sep 2021``, ``Sep 2021``, ``Q3 2021``, ``H2 2021`` or ``2021``; ``2021年9月24日``.
    """
    if current() != "en":
        return _in_chinese(day, precision)
    year, month, number = day[:4], int(day[5:7]), int(day[8:])
    if precision == "year":
        return year
    if precision == "quarter":
        return f"Q{(month + 2) // 3} {year}"
    if precision == "half":
        return f"H{(month + 5) // 6} {year}"
    name = MONTHS[month - 1].capitalize()
    return f"{name} {year}" if precision == "month" else f"{number} {name} {year}"


def long_form(day: str) -> str:
    """Return a day with its month's full name, as headlines have it: ``24 September 2021``; ``2021年9月24日``."""
    if current() != "en":
        return _in_chinese(day, "day")
    return f"{int(day[8:])} {FULL_MONTHS[int(day[5:7]) - 1].capitalize()} {day[:4]}"


def _in_chinese(day: str, precision: str) -> str:
    year, month, number = day[:4], int(day[5:7]), int(day[8:])
    parts = {
        "year": "",
        "half": "上半年" if month <= 6 else "下半年",
        "quarter": f"第{(month + 2) // 3}季",
        "month": f"{month}月",
        "day": f"{month}月{number}日",
    }
    if precision == "quarter" and current() == "zh-Hans":
        return f"{year}年第{(month + 2) // 3}季度"
    return f"{year}年{parts[precision]}"


def span(earlier: str, later: str) -> str:
    """Return the time between two days in words: ``3 days``, ``7 months``, ``4 years 7 months``; ``4年7個月``."""
    start, end = date.fromisoformat(earlier), date.fromisoformat(later)
    months = (end.year - start.year) * 12 + end.month - start.month
    # From a month's last day to a shorter month's last day is a whole month.
    if end.day < start.day and end.day < days_in_month(end.year, end.month):
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
