"""``hkshcc list``: which measures, in which order, and what its last line says."""

from pathlib import Path

import pytest

from tests.running import Ran, Screen, run, says, sentence

KITES = "7-KIT-1a 7-KIT-1b 7-KIT-2"
KITCHENS = "7-KCH-1 7-KCH-2 7-KCH-3 7-KCH-4"
FORMULAS = "7-FRM-1 7-FRM-2"
ALL = f"{KITES} {KITCHENS} {FORMULAS} 8-KIT-1"


def refs(ran: Ran) -> str:
    """The first column of a piped listing."""
    assert ran.code == 0, ran.err
    return " ".join(line.split("\t")[0] for line in ran.lines)


@pytest.mark.parametrize(
    ("words", "shown", "said"),
    [
        ("", ALL, ""),
        ("--area kites", f"{KITES} 8-KIT-1", " (area kites)"),
        ("--area KIT", f"{KITES} 8-KIT-1", " (area kites)"),
        ("--area 風箏及風", f"{KITES} 8-KIT-1", " (area kites)"),
        ("--area 面条", KITCHENS, " (area kitchens)"),
        ("--area noodl", KITCHENS, " (area kitchens)"),
        ("--area kites --area FRM", f"{KITES} {FORMULAS} 8-KIT-1", " (area kites, area formulas)"),
        ("--status completed", "7-KIT-2", " (status completed)"),
        ("--status 已完成", "7-KIT-2", " (status completed)"),
        ("--status In_Progress", "7-KIT-1a 7-KCH-1 7-FRM-2", " (status in-progress)"),
        ("--status unknown --status modified", "7-KCH-3 7-FRM-1 8-KIT-1", " (status unknown, status modified)"),
        ("--owner iko --area kites", KITES, " (area kites, owner IKO)"),
        ("--owner 虛構風局", "7-KIT-1a 7-KIT-1b 8-KIT-1", " (owner SH-Wind)"),
        ("--kind continuing --kind Exploratory", "7-KIT-1b 7-KCH-2", " (kind continuing, kind exploratory)"),
        ("--plenary 8", "8-KIT-1", " (plenary 8)"),
        ("--overdue", "7-KIT-1a", " (overdue)"),
        ("--silent", "7-KIT-1a 7-KIT-1b 7-KCH-1 7-FRM-1 8-KIT-1", " (silent)"),
        ("--sides-differ", "7-KCH-2 7-KCH-4", " (sides differ)"),
        ("--no-evidence", "7-KIT-1a 7-KCH-3 7-KCH-4 7-FRM-1 7-FRM-2 8-KIT-1", " (no evidence)"),
        ("--unconfirmed", "7-KCH-3 7-KCH-4", " (unconfirmed)"),
        ("--search soup", "7-KCH-1 7-KCH-3", " (search 'soup')"),
        ("--search 橋", "7-KCH-4", " (search '橋')"),
        ("--search 可見", "7-KIT-1a", " (search '可見')"),
        ("--search wind --silent", "7-KIT-1b", " (silent, search 'wind')"),
        ("--search lid", "7-FRM-2", " (search 'lid')"),
        ("--search =hyperlink", "7-FRM-1", " (search '=hyperlink')"),
        ("--search frm-1", "7-FRM-1", " (search 'frm-1')"),
    ],
)
def test_filters_narrow_the_listing_and_its_last_line_names_them(
    store: Path, words: str, shown: str, said: str
) -> None:
    ran = run("list", *words.split(), store=store)
    assert refs(ran) == shown
    count = len(shown.split())
    assert ran.err.splitlines()[0] == f"{count} of 10 measures{said}"


@pytest.mark.parametrize(
    ("order", "shown"),
    [
        ("ref", ALL),
        ("status", "7-FRM-1 8-KIT-1 7-KCH-2 7-KIT-1a 7-KCH-1 7-FRM-2 7-KIT-1b 7-KCH-3 7-KIT-2 7-KCH-4"),
        ("target", "7-KIT-2 7-KIT-1a 8-KIT-1 7-KCH-1 7-KIT-1b 7-KCH-2 7-KCH-3 7-KCH-4 7-FRM-1 7-FRM-2"),
        ("last", "7-KIT-1a 7-KCH-1 7-KIT-2 7-KCH-2 7-KCH-3 7-KCH-4 7-FRM-2 7-KIT-1b 7-FRM-1 8-KIT-1"),
        ("title", "7-FRM-1 7-FRM-2 7-KIT-1a 8-KIT-1 7-KCH-4 7-KCH-3 7-KCH-1 7-KCH-2 7-KIT-2 7-KIT-1b"),
    ],
)
def test_sorting_puts_equals_in_the_order_of_their_refs(store: Path, order: str, shown: str) -> None:
    assert refs(run("list", "--sort", order, store=store)) == shown


def test_on_a_terminal_the_count_is_the_last_line_of_the_page(store: Path) -> None:
    ran = run("list", "--area", "formulas", store=store, screen=Screen())
    assert ran.lines[-1] == "2 of 10 measures (area formulas)"
    assert ran.err == ""


@pytest.mark.parametrize("screen", [None, Screen()])
def test_a_listing_of_nothing_says_of_how_many_and_which_filter_emptied_it(store: Path, screen: Screen | None) -> None:
    ran = run("list", "--status", "completed", "--area", "formulas", store=store, screen=screen)
    assert ran.code == 0
    said = " ".join((ran.out + ran.err).split())
    assert "0 of 10 measures (area formulas, status completed)" in said
    assert "1 measure matches without 'area formulas'" in said


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("--as-of 2023-02-28", ""),
        ("--as-of 2023-03-01", f"{KITES} {KITCHENS} {FORMULAS}"),
        ("--as-of 2025-05-05", ALL),
        ("--status completed --as-of 2024-01-14", ""),
        ("--status completed --as-of 2024-01-15", "7-KIT-2"),
        ("--status completed --known-on 2024-01-31", ""),
        ("--status completed --known-on 2024-02-01", "7-KIT-2"),
        ("--status completed --as-of 2024-01-15 --known-on 2024-01-31", ""),
        # What was believed before the mistake was withdrawn; the day it became true stays in what is known today.
        ("--status completed --known-on 2025-01-02 --search touch", "7-FRM-2"),
        ("--status completed --as-of 2025-01-02 --search touch", ""),
        ("--overdue --as-of 2023-06-30", ""),
        ("--overdue --as-of 2023-12-31", "7-KIT-2"),
        ("--overdue --as-of 2024-01-01", "7-KIT-1a 7-KIT-2"),
        ("--overdue --as-of end\u00a02025", "7-KIT-1a"),
    ],
)
def test_the_two_dates_look_back_independently(store: Path, words: str, shown: str) -> None:
    assert refs(run("list", *words.split(" "), store=store)) == shown


def test_a_day_before_the_first_entry_shows_nothing_and_says_why(store: Path) -> None:
    ran = run("list", "--known-on", "2020-01-01", store=store)
    assert (ran.code, ran.out) == (0, "")
    assert "nothing was recorded by 1 Jan 2020; the first entry is of 2 Mar 2023" in ran.err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("--area ki", 3, "'ki' may be several areas: kites, kitchens; type one of them"),
        ("--area kitez", 3, "no area 'kitez'; did you mean kites or kitchens?"),
        ("--area zzz", 3, "no area 'zzz'; the areas are kites, kitchens, formulas"),
        ("--owner IKOO", 3, "no body 'IKOO'; did you mean IKO?"),
        ("--owner zzz", 3, "no body 'zzz'; see `hkshcc bodies`"),
        ("--status complete", 2, "'complete' is not a valid status … did you mean completed? … unknown, not-started, "),
        ("--kind forever", 2, "'forever' is not a valid kind … deliverable, continuing, exploratory"),
        ("--sort refs", 2, "'refs' is not a valid order … did you mean ref? … ref, status, target, last, title"),
        ("--format jsn", 2, "'jsn' is not a valid format … did you mean json? … table, json, csv, md"),
        ("--fields ref,statu", 2, "no field 'statu' … did you mean status? … ref, plenary, area, "),
        ("--plenary five", 2, "'five' is not a whole number (--plenary)"),
        ("--stale-after -1", 2, "-1 is too small (--stale-after); the least is 0"),
        ("--as-of 2027-01-01", 4, "--as-of 1 Jan 2027 is in the future (today is 23 Nov 2026)"),
        ("--known-on 2026-11-24", 4, "--known-on 24 Nov 2026 is in the future (today is 23 Nov 2026)"),
        ("--as-of 2026", 4, "--as-of 2026 is in the future (today is 23 Nov 2026)"),
        ("--as-of 31/31/2022", 2, "'31/31/2022' is not a date: the day comes first, and there is no month 31"),
        ("--as-of=", 2, "'' is not a date that can be read"),
        ("--known-on=", 2, "'' is not a date that can be read"),
        ("--as-of someday", 2, "'someday' is not a date that can be read; write it as 2022-12-31"),
    ],
)
def test_what_cannot_be_listed_is_refused_in_one_sentence(store: Path, words: str, code: int, said: str) -> None:
    ran = run("list", *words.split(), store=store)
    assert says(sentence(ran), said)
    assert ran.code == code


def test_lapsed_lists_what_continues_without_an_update_or_evidence_for_so_many_days(store: Path) -> None:
    assert run("list", "--lapsed", "--fields", "ref", store=store).out == ""
    ran = run("list", "--lapsed", "--stale-after", "20", "--fields", "ref,evidence_on,lapsed", store=store)
    assert ran.out == "7-KIT-1b\t2023-07-01\tyes\n"
    assert ran.err == "1 of 10 measures (lapsed)\n"


def test_a_last_word_is_stale_after_the_days_asked_for(store: Path) -> None:
    days = {}
    for limit in ("21", "20"):
        ran = run("list", "--search", "7-KIT-1b", "--fields", "ref,freshness", "--stale-after", limit, store=store)
        days[limit] = ran.out
    assert days == {"21": "7-KIT-1b\tcurrent\n", "20": "7-KIT-1b\tstale\n"}


def test_a_bodys_listing_has_its_own_sides_status_and_says_where_the_measure_as_a_whole_stands(store: Path) -> None:
    """7-KCH-2: Shanghai is at work, Hong Kong moved back."""
    piped = {line.split("\t")[0]: line.split("\t")[2] for line in run("list", "--owner", "SH-Soup", store=store).lines}
    assert (piped["7-KCH-2"], piped["7-KCH-4"]) == ("in-progress", "in-progress")
    page = run("list", "--owner", "SH-Soup", "--format", "table", store=store).out
    assert "Status (Shanghai)" in page
    assert [line.strip() for line in page.splitlines() if "measure as a whole" in line] == [
        "measure as a whole: not started", "measure as a whole: not pursued",
    ]  # fmt: skip
    for words in ("list", "list --owner SH-Soup,INB"):
        piped = {line.split("\t")[0]: line.split("\t")[2] for line in run(*words.split(), store=store).lines}
        assert (piped["7-KCH-2"], piped["7-KCH-4"]) == ("not-started", "not-pursued")
