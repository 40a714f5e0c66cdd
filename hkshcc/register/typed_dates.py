"""Days as people type them: in digits or in words, in English or Chinese, a whole day or a period."""

import re
from datetime import date

from hkshcc.errors import UsageError
from hkshcc.language import _, alternatives
from hkshcc.register.dates import FULL_MONTHS, MONTHS, Day, days_in_month, in_words, shifted

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SPOKEN = {"today": 0, "今天": 0, "今日": 0, "yesterday": -1, "昨天": -1, "昨日": -1}
_COUNTED = {"first": 1, "second": 2, "third": 3, "fourth": 4, "一": 1, "二": 2, "三": 3, "四": 4, "上": 1, "下": 2}
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_EXAMPLE = "2026"  # the year of examples where today is not known

# What each form gives: y(ear), m(onth), name (of a month), d(ay), q(uarter), h(alf). A bare 22 is never a year.
# A half wants a space or a dash: rounds are called 2026H2.
_YEAR = r"(?P<y>\d{4})"
_NAME = r"(?P<name>(?!end\b)[a-z]{3,9})\.?"
_DAY = r"(?P<d>\d{1,2})"
_NTH_DAY = rf"{_DAY}(?:st|nd|rd|th)?"
_MONTH = r"(?P<m>\d{1,2})"
_END = r"(?:end (?:of )?)?"
_WITHOUT_YEAR = (
    rf"{_DAY}(?P<mark>/){_MONTH}",
    rf"{_NTH_DAY}[ -]{_NAME}",
    rf"{_NAME} (?P<d>\d|\d{{1,2}}(?:st|nd|rd|th))",
    rf"{_MONTH}月{_DAY}[日號号]",
)
_FORMS = (  # compiled when first used: most commands are given no date
    rf"{_YEAR}(?P<mark>[-/.]){_MONTH}(?P=mark){_DAY}",
    rf"{_DAY}(?P<mark>[-/.]){_MONTH}(?P=mark){_YEAR}",
    rf"{_NTH_DAY}[ -]{_NAME},?[ -]{_YEAR}",
    rf"{_NAME} {_NTH_DAY},? {_YEAR}",
    rf"{_END}{_NAME},?[ -]{_YEAR}",
    rf"{_END}{_YEAR}",
    rf"{_END}{_YEAR}[-/](?P<m>\d{{2}})",
    rf"{_MONTH}/{_YEAR}",
    rf"{_END}{_YEAR}[- ]?q(?P<q>[1-4])",
    rf"{_END}q(?P<q>[1-4])(?:,? |-){_YEAR}",
    rf"{_END}{_YEAR}[- ]h(?P<h>[12])",
    rf"{_END}(?:h(?P<h>[12])|(?P<h2>[12])h)(?:,? |-){_YEAR}",
    rf"(?:the )?(?:(?P<q>first|second|third|fourth) quarter|(?P<h>first|second) half)(?: of|,)? {_YEAR}",
    rf"{_YEAR}年{_MONTH}月{_DAY}[日號号]",
    rf"{_YEAR}年{_MONTH}月[底末]?",
    rf"{_YEAR}年第(?P<q>[1-4一二三四])季度?[底末]?",
    rf"{_YEAR}年?(?P<h>[上下])半年",
    rf"{_YEAR}年[底末]?",
    *_WITHOUT_YEAR,
)
# What says too little: a period without its year, and a year (c) without its century.
_NO_YEAR = (rf"{_END}{_NAME}", rf"{_END}q[1-4]", r"h[12]|[12]h")
_NO_YEAR_IN_CHINESE = r"\d{1,2}月[底末]?|第[1-4一二三四]季度?[底末]?|[上下]半年"
_NO_CENTURY = (
    r"\d{1,2}(?P<mark>[-/.])\d{1,2}(?P=mark)(?P<c>\d\d)",
    rf"{_NTH_DAY}[ -]{_NAME},?[ -](?P<c>\d\d)",
    rf"{_NAME} {_NTH_DAY}, ?(?P<c>\d\d)",
    rf"{_END}{_NAME},?[ -](?P<c>\d\d)",
    rf"{_END}[qh][1-4][ -](?P<c>\d\d)",
    r"(?P<c>\d\d)年.{0,9}",
)


class NotADateError(UsageError):
    """What was typed is nothing like a date, where other things may be meant."""


def read_day(text: str, today: str, yearless: str = "past") -> Day:
    """Read a date that a person typed; a period gives its last day.

    A day without a year, ``15/10``, is the last such day up to today, or the ``next`` one from today, as ``yearless``
    says; ``refused`` asks for the year. Where the ``next`` is meant, ``last friday`` is refused. Where ``today`` is
    empty, whatever depends on it is refused. Raises UsageError, which says what is missing or wrong, and NotADateError
    for what is nothing like a date; never guesses a century, or which number is the month: the day comes first.
    """
    typed = _typed(text)
    folded = typed.casefold()
    back = _SPOKEN.get(folded)
    if back is None and folded.startswith("last "):
        back = _days_to_last(folded[5:], today)
    if back is not None:
        if not today:
            raise UsageError(_("'{text}' depends on the day on which it is read", text=text), hint=_("write the date"))
        if back < 0 and yearless == "next":
            raise UsageError(
                _("'{text}' has passed, and a day to come is meant here", text=text), hint=_("write the date")
            )
        return Day(shifted(today, back), "day")
    for form in _FORMS:
        found = re.fullmatch(form, folded)
        if found and _month(found.groupdict().get("name") or "jan"):
            return _day(found, text, today, yearless)
    raise _too_little(text, typed, folded, today)


def is_without_year(text: str) -> bool:
    """Return whether what was typed is a day and a month without a year."""
    folded = _typed(text).casefold()
    return any(re.fullmatch(form, folded) for form in _WITHOUT_YEAR)


def _typed(text: str) -> str:
    """Return a date as typed, in half-width characters with single blanks."""
    from unicodedata import normalize  # noqa: PLC0415  only a date that is typed wants it

    return " ".join(normalize("NFKC", text).split())


def _days_to_last(weekday: str, today: str) -> int | None:
    """Return how far back the latest such weekday before today is, as a negative number; None for another word."""
    number = next((at for at, name in enumerate(_WEEKDAYS) if weekday in {name, name[:3]}), None)
    if number is None or not today:
        return number
    return -((date.fromisoformat(today).weekday() - number - 1) % 7 + 1)


def _day(found: re.Match[str], text: str, today: str, yearless: str) -> Day:
    """Return the day or period that a form gives. Raises UsageError, which says what is wrong with it."""
    parts = found.groupdict()
    month = _month(parts["name"]) if parts.get("name") else int(parts.get("m") or 0)
    day = int(re.sub(r"\D", "", parts.get("d") or "0"))
    months = parts.get("m") is not None or month > 0
    year = int(parts.get("y") or _EXAMPLE)
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise UsageError(
            _(
                "'{text}' cannot be read: years are from {first} to {last}",
                text=text,
                first=_FIRST_YEAR,
                last=_LAST_YEAR,
            )
        )
    if months and not 1 <= month <= 12:
        raise _no_month(found, text, day, month)
    if parts.get("y") is None:
        return Day(_nearest(text, today, yearless, found, (month, day)), "day")
    if quarter := parts.get("q"):
        return Day(_last_of_month(year, 3 * (_COUNTED.get(quarter) or int(quarter))), "quarter")
    if half := parts.get("h") or parts.get("h2"):
        return Day(_last_of_month(year, 6 * (_COUNTED.get(half) or int(half))), "half")
    if not months:
        return Day(f"{year}-12-31", "year")
    if parts.get("d") is None:
        return Day(_last_of_month(year, month), "month")
    if not 1 <= day <= days_in_month(year, month):
        raise _no_day(text, year, month)
    return Day(date(year, month, day).isoformat(), "day")


def _no_month(found: re.Match[str], text: str, day: int, month: int) -> UsageError:
    year, mark = found.groupdict().get("y"), found.groupdict().get("mark")
    hint = ""
    if (
        mark and 1 <= day <= 12 and 1 <= month <= days_in_month(int(year or _EXAMPLE), day)
    ):  # the other way round it is a day
        hint = _("write {day}", day=in_words(f"{year}-{day:02}-{month:02}") if year else f"{month}/{day}")
    if not mark or (year and found.start("y") < found.start("d")):
        return UsageError(_("'{text}' is not a date: there is no month {month}", text=text, month=month), hint=hint)
    return UsageError(
        _("'{text}' is not a date: the day comes first, and there is no month {month}", text=text, month=month),
        hint=hint,
    )


def _no_day(text: str, year: int, month: int) -> UsageError:
    days = days_in_month(year, month)
    return UsageError(
        _(
            "'{text}' is not a date: the days of {month} are 1 to {days}",
            text=text,
            month=in_words(f"{year}-{month:02}-{days}", "month"),
            days=days,
        )
    )


def _nearest(text: str, today: str, yearless: str, found: re.Match[str], wanted: tuple[int, int]) -> str:
    """Return the day of a month that has no year: the last up to today, or the next. Raises UsageError for none."""
    month, day = wanted
    this = int(today[:4] or _EXAMPLE)
    if not 1 <= day <= (29 if month == 2 else days_in_month(this, month)):
        raise _no_day(text, this, month)
    if today and yearless != "refused":
        for year in (this, this + (1 if yearless == "next" else -1)):
            if day > days_in_month(year, month):
                continue
            on = date(year, month, day).isoformat()
            if on >= today if yearless == "next" else on <= today:
                return on
    while day > days_in_month(this, month):  # 29 February: the example must be a day that exists
        this -= 1
    example = f"{day}/{month}/{this}" if found.groupdict().get("mark") else in_words(f"{this}-{month:02}-{day:02}")
    raise _asking(_("'{text}' does not say which year", text=text), example)


def _too_little(text: str, typed: str, folded: str, today: str) -> UsageError:
    """Return what is missing of what no form has."""
    year = today[:4] or _EXAMPLE
    if re.fullmatch(_NO_YEAR_IN_CHINESE, folded):
        return _asking(_("'{text}' does not say which year", text=text), f"{year}年{typed}")
    for form in _NO_YEAR:
        if (found := re.fullmatch(form, folded)) and _month(found.groupdict().get("name") or "jan"):
            return _asking(_("'{text}' does not say which year", text=text), f"{typed} {year}")
    for form in _NO_CENTURY:
        if (found := re.fullmatch(form, folded)) and _month(found.groupdict().get("name") or "jan"):
            return _no_century(text, typed, found, year)
    hint = _("write it as 2022-12-31, 31 Dec 2022, 31/12/2022, 31/12, Dec 2022, Q4 2022, H2 2022 or 2022年12月31日")
    if found := re.fullmatch(r"(\d{4})(h[12])", folded):
        hint = _("write {day}", day=f"{found[2].upper()} {found[1]}")
    return NotADateError(_("'{text}' is not a date that can be read", text=text), hint=hint)


def _no_century(text: str, typed: str, found: re.Match[str], year: str) -> UsageError:
    whole = f"{typed[: found.start('c')]}20{typed[found.start('c') :]}"
    parts = found.groupdict()
    if parts.get("name") and "d" not in parts and 1 <= int(parts["c"]) <= 31:
        other = f"{int(parts['c'])} {typed[found.start('name') : found.end('name')]} {year}"
        return _asking(_("'{text}' can be a day or a year", text=text), other, whole)
    others = (f"20{typed}",) if parts.get("mark") == "-" else ()
    return _asking(_("'{text}' does not say which century", text=text), *others, whole)


def _asking(message: str, *forms: str) -> UsageError:
    return UsageError(message, hint=_("write {day}", day=alternatives(forms)))


def _month(name: str) -> int:
    """Return the number of a month, 0 for a word that is none."""
    for names in (MONTHS, FULL_MONTHS):
        if name in names:
            return names.index(name) + 1
    return 9 if name == "sept" else 0


def _last_of_month(year: int, month: int) -> str:
    return date(year, month, days_in_month(year, month)).isoformat()
