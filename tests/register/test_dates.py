"""Days as people type and read them."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hkshcc.errors import UsageError
from hkshcc.language import LANGUAGES, using
from hkshcc.register import dates
from hkshcc.register.dates import Day
from hkshcc.register.typed_dates import NotADateError, read_day

TODAY = "2026-03-01"


@pytest.mark.parametrize(
    ("typed", "on", "precision"),
    [
        ("2022-12-31", "2022-12-31", "day"),
        ("2022-2-3", "2022-02-03", "day"),
        ("31 Dec 2022", "2022-12-31", "day"),
        ("31 december 2022", "2022-12-31", "day"),
        ("1 Sept. 2022", "2022-09-01", "day"),
        ("1 sep, 2022", "2022-09-01", "day"),
        ("31/12/2022", "2022-12-31", "day"),
        ("3/4/2022", "2022-04-03", "day"),
        ("29 Feb 2024", "2024-02-29", "day"),
        ("today", "2026-03-01", "day"),
        (" Today ", "2026-03-01", "day"),
        ("今天", "2026-03-01", "day"),
        ("今日", "2026-03-01", "day"),
        ("yesterday", "2026-02-28", "day"),
        ("昨天", "2026-02-28", "day"),
        ("昨日", "2026-02-28", "day"),
        ("2022年12月31日", "2022-12-31", "day"),
        ("2022年2月3號", "2022-02-03", "day"),
        ("２０２２年１２月３１日", "2022-12-31", "day"),
        ("Dec 2022", "2022-12-31", "month"),
        ("February 2024", "2024-02-29", "month"),
        ("may 2023", "2023-05-31", "month"),
        ("2022-12", "2022-12-31", "month"),
        ("end of June 2023", "2023-06-30", "month"),
        ("end June 2023", "2023-06-30", "month"),
        ("END  OF   JUNE 2023", "2023-06-30", "month"),
        ("2022年6月", "2022-06-30", "month"),
        ("2022年6月底", "2022-06-30", "month"),
        ("2022-Q4", "2022-12-31", "quarter"),
        ("2022Q1", "2022-03-31", "quarter"),
        ("Q4 2022", "2022-12-31", "quarter"),
        ("q2, 2022", "2022-06-30", "quarter"),
        ("end of Q3 2022", "2022-09-30", "quarter"),
        ("2022年第四季度", "2022-12-31", "quarter"),
        ("2022年第1季", "2022-03-31", "quarter"),
        ("2022/12/31", "2022-12-31", "day"),
        ("2022.12.31", "2022-12-31", "day"),
        ("31.12.2022", "2022-12-31", "day"),
        ("31-12-2022", "2022-12-31", "day"),
        ("31-Dec-2022", "2022-12-31", "day"),
        ("31st Dec 2022", "2022-12-31", "day"),
        ("Dec 31, 2022", "2022-12-31", "day"),
        ("Dec 31 2022", "2022-12-31", "day"),
        ("Sept. 1st, 2022", "2022-09-01", "day"),
        ("December 2022", "2022-12-31", "month"),
        ("Dec-2022", "2022-12-31", "month"),
        ("12/2022", "2022-12-31", "month"),
        ("2022/12", "2022-12-31", "month"),
        ("third quarter of 2022", "2022-09-30", "quarter"),
        ("H2 2027", "2027-12-31", "half"),
        ("2027 H2", "2027-12-31", "half"),
        ("2027-H1", "2027-06-30", "half"),
        ("1H 2027", "2027-06-30", "half"),
        ("end of H1 2027", "2027-06-30", "half"),
        ("second half of 2027", "2027-12-31", "half"),
        ("the first half of 2027", "2027-06-30", "half"),
        ("first half 2027", "2027-06-30", "half"),
        ("2027年下半年", "2027-12-31", "half"),
        ("2027上半年", "2027-06-30", "half"),
        ("2022", "2022-12-31", "year"),
        ("end 2022", "2022-12-31", "year"),
        ("end of 2022", "2022-12-31", "year"),
        ("2022年", "2022-12-31", "year"),
        ("2022年底", "2022-12-31", "year"),
    ],
)
def test_a_date_is_read_as_people_type_it_and_a_period_counts_as_its_last_day(
    typed: str, on: str, precision: str
) -> None:
    assert read_day(typed, TODAY) == Day(on, precision)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "soon",
        "tomorrow",
        "Decem 2022",
        "31 foo 2022",
        "end",
        "end of",
        "31 end 2022",
        "Q5 2022",
        "2022-Q0",
        "2022年第五季度",
        "third half of 2022",
        "H3 2022",
        "2022-12-31T10:00",
        "2022-12-31 or so",
        "2022-12/31",
        "last",
        "last party",
    ],
)
def test_what_is_nothing_like_a_date_is_refused_and_the_forms_are_named(typed: str) -> None:
    with pytest.raises(NotADateError, match="2022-12-31, 31 Dec 2022, 31/12/2022") as refused:
        read_day(typed, TODAY)
    assert f"'{typed}'" in str(refused.value)
    assert refused.value.exit_code == 2


def test_a_half_year_written_as_a_rounds_name_is_refused_and_said_in_full() -> None:
    with pytest.raises(NotADateError, match=r"^'2026H2' is not a date that can be read; write H2 2026$"):
        read_day("2026H2", TODAY)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("12/31/2022", "is not a date: the day comes first, and there is no month 31; write 31 Dec 2022"),
        ("12/31", "is not a date: the day comes first, and there is no month 31; write 31/12"),
        ("13/14/2022", "is not a date: the day comes first, and there is no month 14"),
        ("0/0/2022", "is not a date: the day comes first, and there is no month 0"),
        ("2022-31-12", "is not a date: there is no month 31; write 31 Dec 2022"),
        ("2022-00-10", "is not a date: there is no month 0"),
        ("2022-30-02", "is not a date: there is no month 30"),
        ("2022-13", "is not a date: there is no month 13"),
        ("2022-13-00", "is not a date: there is no month 13"),
        ("13/2022", "is not a date: there is no month 13"),
        ("2022年13月", "is not a date: there is no month 13"),
        ("2022年0月底", "is not a date: there is no month 0"),
        ("31 Feb 2022", "is not a date: the days of Feb 2022 are 1 to 28"),
        ("30.2.2024", "is not a date: the days of Feb 2024 are 1 to 29"),
        ("2022年2月30日", "is not a date: the days of Feb 2022 are 1 to 28"),
        ("0 Dec 2022", "is not a date: the days of Dec 2022 are 1 to 31"),
        ("32 Dec", "is not a date: the days of Dec 2026 are 1 to 31"),
        ("31/6", "is not a date: the days of Jun 2026 are 1 to 30"),
        ("1822-12-31", "cannot be read: years are from 1900 to 2199"),
        ("0000-31-12", "cannot be read: years are from 1900 to 2199"),
        ("2222", "cannot be read: years are from 1900 to 2199"),
        ("11/09/26", "does not say which century; write 11/09/2026"),
        ("22-12-31", "does not say which century; write 2022-12-31 or 22-12-2031"),
        ("31 Dec 22", "does not say which century; write 31 Dec 2022"),
        ("Dec 31, 22", "does not say which century; write Dec 31, 2022"),
        ("Dec 45", "does not say which century; write Dec 2045"),
        ("end Q4 22", "does not say which century; write end Q4 2022"),
        ("22年12月", "does not say which century; write 2022年12月"),
        ("Dec 22", "can be a day or a year; write 22 Dec 2026 or Dec 2022"),
        ("Dec", "does not say which year; write Dec 2026"),
        ("end of June", "does not say which year; write end of June 2026"),
        ("Q4", "does not say which year; write Q4 2026"),
        ("H1", "does not say which year; write H1 2026"),
        ("12月", "does not say which year; write 2026年12月"),
        ("下半年", "does not say which year; write 2026年下半年"),
    ],
)
@pytest.mark.parametrize("yearless", ["past", "next", "refused"])
def test_what_is_wrong_with_a_date_or_missing_from_it_is_said(typed: str, why: str, yearless: str) -> None:
    with pytest.raises(UsageError) as refused:
        read_day(typed, TODAY, yearless)
    assert str(refused.value) == f"'{typed}' {why}"
    assert not isinstance(refused.value, NotADateError)


@pytest.mark.parametrize(
    ("typed", "past", "following"),
    [
        ("1/3", "2026-03-01", "2026-03-01"),
        ("2/3", "2025-03-02", "2026-03-02"),
        ("28/2", "2026-02-28", "2027-02-28"),
        ("15/10", "2025-10-15", "2026-10-15"),
        ("1 Sept", "2025-09-01", "2026-09-01"),
        ("1st sep.", "2025-09-01", "2026-09-01"),
        ("31-Dec", "2025-12-31", "2026-12-31"),
        ("Dec 5", "2025-12-05", "2026-12-05"),
        ("Dec 31st", "2025-12-31", "2026-12-31"),
        ("10月15日", "2025-10-15", "2026-10-15"),
        ("１０月１５號", "2025-10-15", "2026-10-15"),
    ],
)
def test_a_day_without_a_year_is_the_last_such_day_or_the_next(typed: str, past: str, following: str) -> None:
    assert read_day(typed, TODAY) == Day(past, "day")
    assert read_day(typed, TODAY, "next") == Day(following, "day")


@given(st.dates(min_value=date(1910, 1, 1), max_value=date(2190, 12, 31)), st.integers(0, 364))
def test_a_day_of_the_year_past_or_to_come_needs_no_year(today: date, days: int) -> None:
    for day, yearless in ((today - timedelta(days=days), "past"), (today + timedelta(days=days), "next")):
        assert read_day(f"{day.day}/{day.month}", today.isoformat(), yearless) == Day(day.isoformat(), "day")


@pytest.mark.parametrize(
    ("typed", "today", "yearless", "example"),
    [
        ("15/10", TODAY, "refused", "15/10/2026"),
        ("15/10", "", "past", "15/10/2026"),
        ("1 Sept", "", "next", "1 Sep 2026"),
        ("10月15日", TODAY, "refused", "15 Oct 2026"),
        ("29/2", TODAY, "past", "29/2/2024"),
        ("29 Feb", TODAY, "next", "29 Feb 2024"),
    ],
)
def test_a_year_that_cannot_be_told_is_asked_for(typed: str, today: str, yearless: str, example: str) -> None:
    with pytest.raises(UsageError) as refused:
        read_day(typed, today, yearless)
    assert str(refused.value) == f"'{typed}' does not say which year; write {example}"


def test_a_leap_day_without_a_year_is_of_the_leap_year_beside_today() -> None:
    assert read_day("29/2", "2025-01-31") == Day("2024-02-29", "day")
    assert read_day("29/2", "2027-03-01", "next") == Day("2028-02-29", "day")


@pytest.mark.parametrize(
    ("today", "on"),
    [("2026-02-26", "2026-02-20"), ("2026-02-27", "2026-02-20"), ("2026-02-28", "2026-02-27")],
)
def test_last_friday_is_the_latest_friday_before_today(today: str, on: str) -> None:
    assert read_day("last Friday", today) == read_day("last fri", today) == Day(on, "day")


@pytest.mark.parametrize("typed", ["today", "昨日", "last Monday"])
def test_what_depends_on_today_is_refused_where_no_day_is_today(typed: str) -> None:
    with pytest.raises(UsageError, match=f"^'{typed}' depends on the day on which it is read; write the date$"):
        read_day(typed, "")


@given(st.text(max_size=12), st.sampled_from(["", TODAY]))
@example("9999-13-40", TODAY)
@example("00月00日", "")
def test_any_other_text_is_read_or_refused(typed: str, today: str) -> None:
    with suppress(UsageError):
        assert dates.is_day(read_day(typed, today).on)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)))
def test_every_form_of_a_day_means_the_same_day(day: date) -> None:
    iso = day.isoformat()
    forms = [
        iso,
        f"{day.day}/{day.month}/{day.year}",
        dates.in_words(iso),
        dates.long_form(iso),
    ]
    for lang in ("zh-Hant", "zh-Hans"):
        with using(lang):
            forms += [dates.in_words(iso), dates.long_form(iso)]
    assert {read_day(form, TODAY) for form in forms} == {Day(iso, "day")}


@given(
    st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)),
    st.sampled_from(["month", "quarter", "half", "year"]),
    st.sampled_from(LANGUAGES),
)
def test_a_period_in_words_reads_back_as_the_period_it_lies_in(day: date, precision: str, lang: str) -> None:
    with using(lang):
        words = dates.in_words(day.isoformat(), precision)
        read = read_day(words, TODAY)
        assert read.precision == precision
        assert read.on >= day.isoformat()
        assert dates.in_words(read.on, precision) == words
        assert dates.in_words(dates.shifted(read.on, 1), precision) != words


@pytest.mark.parametrize(
    ("day", "precision", "words"),
    [
        ("2021-09-04", "day", "4 Sep 2021"),
        ("2021-09-30", "month", "Sep 2021"),
        ("2021-09-30", "quarter", "Q3 2021"),
        ("2021-01-31", "quarter", "Q1 2021"),
        ("2021-06-30", "half", "H1 2021"),
        ("2021-12-31", "half", "H2 2021"),
        ("2021-12-31", "year", "2021"),
    ],
)
def test_a_day_in_words_is_as_precise_as_it_was_said(day: str, precision: str, words: str) -> None:
    assert dates.in_words(day, precision) == words


@pytest.mark.parametrize(
    ("precision", "words"),
    [
        ("day", "2021年9月4日"),
        ("month", "2021年9月"),
        ("quarter", "2021年第3季{度}"),
        ("half", "2021年下半年"),
        ("year", "2021年"),
    ],
)
@pytest.mark.parametrize("lang", ["zh-Hant", "zh-Hans"])
def test_a_day_in_chinese_words_is_as_precise_and_reads_back(precision: str, words: str, lang: str) -> None:
    words = words.replace("{度}", "" if lang == "zh-Hant" else "度")
    with using(lang):
        assert dates.in_words("2021-09-04", precision) == words
    assert read_day(words, TODAY).precision == precision


@pytest.mark.parametrize(
    ("lang", "words"),
    [("zh-Hant", ["3天", "7個月", "1年", "4年7個月"]), ("zh-Hans", ["3天", "7个月", "1年", "4年7个月"])],
)
def test_a_span_is_told_in_chinese_too(lang: str, words: list[str]) -> None:
    ends = ["2022-05-03", "2022-11-30", "2023-04-30", "2026-11-30"]
    with using(lang):
        assert [dates.span("2022-04-30", end) for end in ends] == words


def test_a_headline_has_the_months_full_name() -> None:
    assert dates.long_form("2021-09-04") == "4 September 2021"


@pytest.mark.parametrize(
    ("earlier", "later", "words"),
    [
        ("2022-04-30", "2022-04-30", "0 days"),
        ("2022-04-30", "2022-05-01", "1 day"),
        ("2022-04-30", "2022-05-03", "3 days"),
        ("2022-01-31", "2022-02-28", "1 month"),
        ("2020-01-31", "2020-02-28", "28 days"),
        ("2022-01-31", "2022-03-30", "1 month"),
        ("2022-04-30", "2022-11-30", "7 months"),
        ("2022-04-30", "2023-04-29", "11 months"),
        ("2022-04-30", "2023-04-30", "1 year"),
        ("2022-04-30", "2023-05-30", "1 year 1 month"),
        ("2022-04-30", "2026-11-30", "4 years 7 months"),
    ],
)
def test_a_span_is_told_in_the_words_people_use(earlier: str, later: str, words: str) -> None:
    assert dates.span(earlier, later) == words


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("2021-08-30", True),
        ("2024-02-29", True),
        ("2023-02-29", False),
        ("20210830", False),
        ("2021-W35-1", False),
        ("2021-8-30", False),
        ("", False),
        (None, False),
        (20210830, False),
    ],
)
def test_the_register_writes_a_day_in_one_form_only(text: object, known: bool) -> None:  # noqa: FBT001  a case
    assert dates.is_day(text) is known


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("2021-08-30T09:00:00+08:00", True),
        ("2021-08-30T09:00:00", False),
        ("2021-08-30T09:00:00Z", False),
        ("2021-08-30T01:00:00+00:00", False),
        ("2021-08-30T24:00:00+08:00", False),
        ("2021-08-30 09:00:00+08:00", False),
        ("2021-08-30Tnonsense+08:00", False),
        ("0001-01-01T00:00:00+23:00", False),
        (7, False),
    ],
)
def test_the_register_writes_a_moment_in_one_form_only(text: object, known: bool) -> None:  # noqa: FBT001  a case
    assert dates.is_stamp(text) is known


@pytest.mark.parametrize(
    ("utc", "day", "stamp"),
    [
        (datetime(2021, 8, 30, 15, 59, 59, tzinfo=UTC), "2021-08-30", "2021-08-30T23:59:59+08:00"),
        (datetime(2021, 8, 30, 16, 0, 0, 999, tzinfo=UTC), "2021-08-31", "2021-08-31T00:00:00+08:00"),
        (
            datetime(2021, 8, 30, 12, tzinfo=timezone(timedelta(hours=-5))),
            "2021-08-31",
            "2021-08-31T01:00:00+08:00",
        ),
    ],
)
def test_days_and_moments_are_hong_kongs_wherever_they_are_typed(utc: datetime, day: str, stamp: str) -> None:
    assert dates.day_of(utc) == day
    assert dates.stamp_of(utc) == stamp
    assert dates.is_stamp(stamp)


def test_days_are_counted_over_months_and_leap_years() -> None:
    assert dates.shifted("2024-02-28", 2) == "2024-03-01"
    assert dates.days_between("2024-02-28", "2024-03-01") == 2
    assert dates.days_between("2024-03-01", "2024-02-28") == -2


@pytest.mark.parametrize(
    ("number", "unit", "earlier"),
    [
        (1, "m", "2024-02-29"),
        (13, "m", "2023-02-28"),
        (1, "y", "2023-03-31"),
        (4, "m", "2023-11-30"),
        (1, "w", "2024-03-24"),
    ],
)
def test_a_month_back_from_its_last_day_is_a_last_day_too(number: int, unit: str, earlier: str) -> None:
    assert dates.before("2024-03-31", number, unit) == earlier


def test_the_calendar_begins_with_the_year_one() -> None:
    assert dates.before("0002-03-31", 1, "y") == "0001-03-31"
    with pytest.raises(UsageError, match="before the calendar begins"):
        dates.before("0002-03-31", 2, "y")


@pytest.mark.parametrize("days", [99_999_999_999, 9_999_999, -9_999_999, -99_999_999_999])
def test_a_day_beyond_the_calendar_is_refused(days: int) -> None:
    with pytest.raises(UsageError, match=f"^{days} days from 1 Mar 2024 is beyond the calendar$"):
        dates.shifted("2024-03-01", days)


@pytest.mark.parametrize(
    ("later", "short"),
    [
        ("2021-03-01", "0d"),
        ("2021-04-29", "59d"),
        ("2021-04-30", "1m"),
        ("2022-08-15", "17m"),
        ("2023-02-28", "23m"),  # 729 days
        ("2023-03-01", "2y"),
        ("2025-03-01", "4y"),
    ],
)
def test_an_age_is_as_short_as_a_table_wants_it(later: str, short: str) -> None:
    assert dates.age("2021-03-01", later) == short


@pytest.mark.parametrize(
    ("lang", "ages"),
    [("en", ["12d", "17m", "4y"]), ("zh-Hant", ["12天", "17個月", "4年"]), ("zh-Hans", ["12天", "17个月", "4年"])],
)
def test_an_age_is_as_short_as_a_table_wants_it_in_every_language(lang: str, ages: list[str]) -> None:
    with using(lang):
        assert [dates.age(day, "2026-11-23") for day in ("2026-11-11", "2025-06-18", "2022-10-01")] == ages
