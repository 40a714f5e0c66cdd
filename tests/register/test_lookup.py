"""From what a person typed to what the register holds."""

import pytest

from hkshcc.errors import HkshccError, NotFoundError, RefusedError, UsageError
from hkshcc.register import lookup
from hkshcc.register.dates import Day
from hkshcc.register.model import Entry
from hkshcc.register.vocabulary import Status, every_label
from tests.register.build import (
    AGREED,
    EVIDENCE,
    FIRST,
    LATER_PLENARY,
    TODAY,
    agreed,
    day,
    draft,
    finding,
    register_of,
    retraction,
)

REGISTER = register_of(
    agreed("9-INV-1", on=LATER_PLENARY), agreed("8-FAN-3a"), agreed("8-FAN-3b"), agreed("9-FAN-7", on=LATER_PLENARY)
)


# Refs


@pytest.mark.parametrize(
    ("typed", "ref"),
    [
        ("8-INV-1", "8-INV-1"),
        ("8-inv-2A", "8-INV-2a"),
        (" 8-inv-2a ", "8-INV-2a"),
        ("inv-2b", "8-INV-2b"),
        ("IVT-1", "8-IVT-1"),
        ("FAN-3B", "8-FAN-3b"),
    ],
)
def test_a_measure_is_found_in_any_case_and_without_its_plenary_where_that_is_unique(typed: str, ref: str) -> None:
    assert lookup.find_measure(REGISTER, typed, TODAY).ref == ref


def test_a_short_ref_that_two_plenaries_share_asks_for_the_plenary() -> None:
    with pytest.raises(UsageError, match="8-INV-1 or 9-INV-1; type the plenary's number too"):
        lookup.find_measure(REGISTER, "inv-1", LATER_PLENARY)


def test_a_short_ref_is_unique_until_the_later_plenary_was_held() -> None:
    assert lookup.find_measure(REGISTER, "inv-1", TODAY).ref == "8-INV-1"


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("8-FAN-3", "did you mean 8-FAN-3a or 8-FAN-3b?"),
        ("fan-3", "did you mean 8-FAN-3a or 8-FAN-3b?"),
        ("8-IVT-2", "did you mean 8-IVT-1"),
        ("8-INVV-1", "did you mean 8-INV-1"),
        ("9-fan-7", "it was agreed on 2024-03-01, after the day asked about"),
        (" Making it up ", "it is an area; see `hkshcc list invention`"),
        ("invented service", "it is a body; see `hkshcc list YSS`"),
        ("measure 8-inv", "it is in the title of 8-INV-1, 8-INV-2a, 8-INV-2b; see `hkshcc show 8-INV-1 8-INV-2a 8-"),
        ("measure 8-", "`hkshcc list 'measure 8-'` lists the measures with this text"),
        ("nothing like it", "see `hkshcc list`"),
        ("", "see `hkshcc list`"),
    ],
)
def test_a_ref_that_is_not_there_is_answered_with_what_may_have_been_meant(typed: str, hint: str) -> None:
    with pytest.raises(NotFoundError) as refused:
        lookup.find_measure(REGISTER, typed, TODAY)
    assert f"no measure '{typed}'" in str(refused.value)
    assert hint in str(refused.value)


@pytest.mark.parametrize("typed", ["8-IVT-1", "8-ivt-1", " ivt-1 "])
@pytest.mark.parametrize(
    ("about", "why"), [({"reason": "Entered twice"}, ": Entered twice"), ({}, ", no reason given")]
)
def test_a_withdrawn_measure_is_answered_with_who_withdrew_it_when_why_and_the_way_back(
    typed: str, about: dict[str, str], why: str
) -> None:
    register = register_of(retraction("8-IVT-1", **about))
    with pytest.raises(NotFoundError) as refused:
        lookup.find_measure(register, typed, TODAY)
    assert str(refused.value) == (
        f"8-IVT-1 was withdrawn on 15 Jun 2022 by invented keeper (entry {FIRST}{why});"
        f" `hkshcc undo {FIRST}` brings it back"
    )
    assert lookup.find_measure_ever(register, typed, TODAY).ref == "8-IVT-1"


def test_a_measure_that_never_was_is_not_found_among_the_withdrawn_either() -> None:
    with pytest.raises(NotFoundError, match="no measure '8-IVT-9'"):
        lookup.find_measure_ever(register_of(retraction("8-IVT-1")), "8-IVT-9", TODAY)
    assert lookup.find_measure_ever(REGISTER, "8-ivt-1", TODAY).ref == "8-IVT-1"


# Areas


def test_an_area_without_a_name_in_a_language_is_found_by_another() -> None:
    named = {"slug": "novelty", "code": "NOV", "name": {"en": "New things", "zh-Hant": None}}
    assert lookup.find_area(register_of(draft("area", thing=named)), "new things").code == "NOV"


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("invention", "invention"),
        ("INV", "invention"),
        ("ivt", "inventory"),
        ("Keeping Stock", "inventory"),
        ("shelves", "inventory"),
        ("虛構與發明", "invention"),
        ("虛構", "invention"),
        ("fan", "fancy"),
        ("inventi", "invention"),
        ("making", "invention"),
        (" Keep ", "inventory"),
    ],
)
def test_an_area_is_found_by_slug_code_name_or_a_beginning(typed: str, slug: str) -> None:
    assert lookup.find_area(REGISTER, typed).slug == slug


def test_the_beginning_of_several_areas_names_them() -> None:
    with pytest.raises(NotFoundError, match="invention, inventory; type one of them"):
        lookup.find_area(REGISTER, "inve")


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("inventoy", "did you mean inventory"),
        ("zzz", "the areas are fancy, invention, inventory"),
        ("", "the areas are fancy, invention, inventory"),
    ],
)
def test_an_unknown_area_is_answered_with_the_nearest_or_with_all(typed: str, hint: str) -> None:
    with pytest.raises(NotFoundError) as refused:
        lookup.find_area(REGISTER, typed)
    assert hint in str(refused.value)


def test_a_register_without_areas_says_so() -> None:
    with pytest.raises(NotFoundError, match="the areas are none"):
        lookup.find_area(register_of(retraction("area-fancy", "area-invention", "area-inventory")), "fancy")


# Bodies and entries


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("XBB", "XBB"),
        ("xbb", "XBB"),
        (" yss ", "YSS"),
        ("invented council", "XCC"),
        ("虛構局", "XBB"),
        ("虚构署", "YSS"),
    ],
)
def test_a_body_is_found_by_code_or_full_name(typed: str, code: str) -> None:
    assert lookup.find_body(REGISTER, typed).code == code


@pytest.mark.parametrize(
    ("typed", "hint"),
    [("XB", "did you mean XBB"), ("Invented", "`hkshcc bodies`"), ("", "`hkshcc bodies`"), (" ", "`hkshcc bodies`")],
)
def test_an_unknown_body_is_answered_with_the_nearest_or_with_where_to_look(typed: str, hint: str) -> None:
    with pytest.raises(NotFoundError) as refused:
        lookup.find_body(REGISTER, typed)
    assert hint in str(refused.value)


def test_an_entry_is_found_by_number_or_id() -> None:
    told = finding("in-progress", "2021-05-01", id="word")
    register = register_of(told)
    assert lookup.find_entry(register, f" {FIRST} ").id == "word"
    assert lookup.find_entry(register, "word").number == FIRST
    assert lookup.find_entry(register, "8-INV-1").event == "agreed"


@pytest.mark.parametrize("typed", ["0", "-1", "99", "nonsense", ""])
def test_an_entry_that_is_not_there_is_answered_with_those_that_are(typed: str) -> None:
    with pytest.raises(NotFoundError, match=f"entries 1 to {REGISTER.last}"):
        lookup.find_entry(REGISTER, typed)


def test_a_withdrawn_entry_is_still_found() -> None:
    register = register_of(finding("in-progress", "2021-05-01", id="word"), retraction("word"))
    assert lookup.find_entry(register, "word").number == FIRST


def test_an_instrument_is_found_in_any_case() -> None:
    signed = {"ref": "8-DOC-1", "plenary": 8, "title": {"en": "Invented memorandum"}}
    register = register_of(draft("instrument", thing=signed))
    assert lookup.find_instrument(register, " 8-doc-1 ").ref == "8-DOC-1"
    with pytest.raises(NotFoundError, match="did you mean 8-DOC-1"):
        lookup.find_instrument(register, "8-DOC-2")


# Plenaries, and days that people mean


def _opened(name: str, on: str) -> Entry:
    return draft("round", on=on, precision="day", thing={"name": name, "opened": on, "due": "2022-07-31"})


def test_a_plenary_is_found_by_its_number() -> None:
    assert lookup.find_plenary(REGISTER, 9).date == LATER_PLENARY
    with pytest.raises(NotFoundError, match="no plenary 7"):
        lookup.find_plenary(REGISTER, 7)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("90d", "2022-03-17"),
        ("2w", "2022-06-01"),
        ("6M", "2021-12-15"),
        ("1y", "2021-06-15"),
        ("8th-plenary", "2021-03-01"),
        ("plenary-8", "2021-03-01"),
        ("last-round", "2022-05-01"),
        ("2021h2", "2021-11-01"),
        (" 2021H2 ", "2021-11-01"),
        ("31 Dec 2021", "2021-12-31"),
        ("May 2022", "2022-05-31"),
        ("today", TODAY),
    ],
)
def test_a_past_day_is_a_date_an_age_a_plenary_or_a_round(typed: str, meant: str) -> None:
    register = register_of(_opened("2022H1", "2022-05-01"), _opened("2021H2", "2021-11-01"))
    assert lookup.find_when(register, typed, TODAY) == meant


@pytest.mark.parametrize(
    ("typed", "error", "said"),
    [
        ("9th-plenary", RefusedError, "'9th-plenary' .1 Mar 2024. is in the future"),
        ("31 Dec 2022", RefusedError, "is in the future .today is 15 Jun 2022"),
        ("7th-plenary", NotFoundError, "no plenary 7"),
        ("last-round", NotFoundError, "hkshcc round open"),
        ("nonsense", UsageError, "is not a date, an age, a plenary or a round"),
        ("9999y", UsageError, "before the calendar begins"),
        (f"{'9' * 5000}th-plenary", UsageError, "is not a date, an age, a plenary or a round"),
    ],
)
def test_a_day_that_cannot_be_meant_is_refused(typed: str, error: type[HkshccError], said: str) -> None:
    with pytest.raises(error, match=said):
        lookup.find_when(REGISTER, typed, TODAY)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("8", day(AGREED)),
        ("8th", day(AGREED)),
        (" 8th-Plenary ", day(AGREED)),
        ("plenary-8", day(AGREED)),
        ("31 Dec 2021", day("2021-12-31")),
    ],
)
def test_a_meeting_is_a_plenary_or_a_date(typed: str, meant: Day) -> None:
    assert lookup.find_meeting(REGISTER, typed, TODAY) == meant


@pytest.mark.parametrize(
    ("typed", "error", "said"),
    [
        ("7", NotFoundError, "no plenary 7"),
        ("nonsense", UsageError, "'nonsense' is neither a plenary nor a date"),
        ("31 Feb 2021", UsageError, "--at: "),
    ],
)
def test_what_is_no_meeting_is_refused(typed: str, error: type[HkshccError], said: str) -> None:
    with pytest.raises(error, match=said):
        lookup.find_meeting(REGISTER, typed, TODAY)


def test_a_comparison_begins_at_the_latest_on_the_day_it_ends_and_counts_back_from_it() -> None:
    assert lookup.find_since(REGISTER, "2022-06-01", TODAY, "2022-06-01") == "2022-06-01"
    assert lookup.find_since(REGISTER, "1d", TODAY, "2022-06-01") == "2022-05-31"
    assert lookup.find_since(REGISTER, "1d", TODAY, TODAY) == "2022-06-14"
    with pytest.raises(UsageError, match="--since 2 Jun 2022 is after 1 Jun 2022"):
        lookup.find_since(REGISTER, "2022-06-02", TODAY, "2022-06-01")


@pytest.mark.parametrize(
    ("typed", "meant"), [("30d", "2022-07-15"), (" 1Y ", "2023-06-15"), ("today", TODAY), ("2022-06-16", "2022-06-16")]
)
def test_a_day_to_come_is_a_date_or_a_time_from_today(typed: str, meant: str) -> None:
    assert lookup.find_until(typed, TODAY) == meant


def test_a_day_to_come_is_not_past() -> None:
    with pytest.raises(UsageError, match="14 Jun 2022 is past"):
        lookup.find_until("2022-06-14", TODAY)
    with pytest.raises(UsageError, match="'soon' is not a date or a time from today"):
        lookup.find_until("soon", TODAY)


@pytest.mark.parametrize("typed", ["90d", "8th-plenary", "plenary-8", "Last-Round", "2022-06-14", "May 2022", "today"])
def test_what_means_a_day_is_told_from_the_name_of_a_round(typed: str) -> None:
    assert lookup.means_a_day(typed, TODAY)
    assert not lookup.means_a_day("2022H1", TODAY)
    assert (lookup.plenary_named(typed) == 8) is ("plenary" in typed)


@pytest.mark.parametrize(("typed", "label"), [("ongoing", "continuing"), (" Planned ", "not-started")])
def test_what_people_call_a_status_is_answered_with_its_name(typed: str, label: str) -> None:
    with pytest.raises(UsageError, match=f"did you mean {label}"):
        lookup.read_status(typed)


# Words


@pytest.mark.parametrize("status", list(Status))
def test_a_status_is_read_by_its_word_or_its_label_in_three_scripts(status: Status) -> None:
    typed = [status, status.upper(), f" {status} ", status.replace("-", " "), status.replace("-", "_")]
    typed += sorted(every_label(status))
    assert {lookup.read_status(each) for each in typed} == {status}


@pytest.mark.parametrize(
    ("typed", "hint"),
    [("complete", "did you mean completed?"), ("zzz", "unknown, not-started, in-progress"), ("", "not-pursued")],
)
def test_a_word_that_is_no_status_is_answered_with_those_that_are(typed: str, hint: str) -> None:
    with pytest.raises(UsageError) as refused:
        lookup.read_status(typed)
    assert f"'{typed}' is not a valid status" in str(refused.value)
    assert hint in str(refused.value)


def test_done_as_the_command_is_called_means_completed() -> None:
    assert lookup.read_status(" Done ") == Status.COMPLETED


def test_a_kind_is_read_in_any_case_and_a_wrong_one_answered() -> None:
    assert lookup.read_kind(" Exploratory ") == "exploratory"
    with pytest.raises(UsageError, match=r"'explore' is not a valid kind \(--kind\); did you mean exploratory"):
        lookup.read_kind("explore")


def test_one_of_a_few_words_is_read_in_any_case() -> None:
    assert lookup.one_of(("hk", "sh"), "side", " HK ") == "hk"
    with pytest.raises(UsageError, match=r"'mainland' is not a valid side; choose from: hk, sh"):
        lookup.one_of(("hk", "sh"), "side", "mainland")
    assert EVIDENCE["kind"] == lookup.one_of(("record", "press"), "kind of evidence", "Press")
