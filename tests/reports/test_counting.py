"""Counts that stay honest when there are many measures, one, or none."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from hkshcc.register.index import Register
from hkshcc.register.model import Entry, Measure
from hkshcc.register.standing import Standing
from hkshcc.register.vocabulary import STALE_AFTER_DAYS, Status
from hkshcc.reports.counts import SIGNS
from hkshcc.reports.filters import Filters
from hkshcc.reports.groups import GROUPS
from hkshcc.reports.listing import listing
from hkshcc.reports.page import Legend, Table, View, ordinal, plain_text
from hkshcc.reports.progress import Progress, progress
from tests import nasty
from tests.register.build import TODAY as LATER
from tests.register.build import finding, register_of
from tests.running import TODAY, run


def report_on(entries: Sequence[Entry], group: str = "area") -> Progress:
    view = View(Register(entries), TODAY, TODAY)
    return progress(view, listing(view, Filters(), "ref", STALE_AFTER_DAYS), group, 540)


def many(number: int) -> list[Entry]:
    """The nasty register with so many more measures, all about kites."""
    entries = list(nasty.entries())
    for place in range(1, number + 1):
        ref = f"7-KIT-{100 + place}"
        thing = {"ref": ref, "plenary": 7, "area": "kites", "kind": "deliverable", "title": {"en": f"Kite {place}"}}
        last = entries[-1]
        entry = Entry(last.number + 1, ref, ref, "agreed", last.recorded, "keeper", ref=ref, on="2023-03-01")
        entries.append(entry._replace(precision="day", thing=thing))
    return entries


def bars(report: Progress) -> list[str]:
    [table] = [block for block in report.page("en").blocks if isinstance(block, Table) and len(block.columns) == 3][:1]
    return [plain_text(row.cells[2]) for row in table.rows]


def test_a_sign_stands_for_one_measure_while_that_fits() -> None:
    report = report_on(nasty.entries())
    assert [len(bar) for bar in bars(report)] == [group.total for group in report.groups]
    assert not any("a sign stands for" in line for line in words_on(report))


@pytest.mark.parametrize("number", [60, 200, 2000])
def test_a_sign_stands_for_several_measures_where_there_are_many_and_the_page_says_so(number: int) -> None:
    report = report_on(many(number))
    longest = max(bars(report), key=len)
    assert 10 < len(longest) < 80
    [rule] = [line for line in words_on(report) if "a sign stands for up to" in line]
    per_sign = int(rule.split()[-2])
    assert per_sign > 1
    assert len(longest) >= report.groups[0].total // per_sign
    # Each status that occurs is seen, however few measures have it.
    assert set(longest) == {SIGNS[status] for status, count in report.groups[0].counts.items() if count}


@pytest.mark.parametrize("group", GROUPS)
def test_every_count_adds_up(group: str) -> None:
    report = report_on(nasty.entries(), group)
    assert list(report.counts) == list(Status)
    assert sum(report.counts.values()) == len(report.standings) == 10
    if group not in {"owner", "side"}:
        assert sum(found.total for found in report.groups) == 10
    if group == "side":
        assert [found.total for found in report.groups] == [10, 10]


def test_every_status_has_a_sign_of_its_own() -> None:
    assert list(SIGNS) == list(Status)
    assert len(set(SIGNS.values())) == len(SIGNS)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (112, "112th"),
    ],
)
def test_ordinals_are_said_as_people_say_them(number: int, said: str) -> None:
    assert ordinal(number) == said


class Counting(Register):
    """A register that counts how often it is asked where a measure stands."""

    asked = 0

    def standing(self, measure: Measure, as_of: str, stale_after: int = STALE_AFTER_DAYS) -> Standing:
        self.asked += 1
        return super().standing(measure, as_of, stale_after)


def test_each_filter_of_a_listing_that_finds_nothing_is_left_out_once_and_no_more() -> None:
    register = Counting(nasty.entries())
    filters = Filters(
        areas=["kites"],
        statuses=["continuing"],
        owners=["INB"],
        kinds=["continuing"],
        plenaries=[7],
        silent=True,
        stalled_after=540,
        search="no measure says this",
    )
    found = listing(View(register, TODAY, TODAY), filters, "ref", STALE_AFTER_DAYS)
    assert (found.standings, found.emptied_by) == ([], "no single filter explains the empty result")
    assert register.asked <= 9 * found.total


def words_on(report: Progress) -> list[str]:
    blocks = report.page("en").blocks
    lines = [line for block in blocks for line in (block.lines() if isinstance(block, Legend) else [block])]
    return [plain_text(getattr(line, "spans", "")) for line in lines]


def signs_of(legend: str) -> set[str]:
    return set(re.findall(r"(?:^|   )(\S) ", legend.strip()))


def test_the_status_of_a_body_is_that_of_its_own_side() -> None:
    report = report_on(nasty.entries(), "owner")
    counts = {group.key: group.counts for group in report.groups}
    # The Hong Kong side said of 7-KCH-4 that it is not pursued; Shanghai's said that it is in progress.
    assert (counts["INB"][Status.NOT_PURSUED], counts["SH-Soup"][Status.NOT_PURSUED]) == (1, 0)
    assert counts["SH-Soup"][Status.IN_PROGRESS] == 4
    used = {status for group in report.groups for status, count in group.counts.items() if count}
    [legend] = [line for line in words_on(report) if SIGNS[Status.COMPLETED] in line]
    assert signs_of(legend) == {SIGNS[status] for status in used}


def test_a_report_on_two_silent_measures_says_any_and_on_one_says_it() -> None:
    entries = nasty.entries()
    agreed = [entry for entry in entries if entry.event == "agreed"]
    frame = [entry for entry in entries if entry.number < agreed[0].number]
    assert any("reported on any of them:" in line for line in words_on(report_on([*frame, *agreed[:2]])))
    assert any("reported on it:" in line for line in words_on(report_on([*frame, agreed[0]])))


@pytest.mark.parametrize("encoding", ["cp950", "cp1252", "ascii", "utf-8"])
def test_a_bar_is_made_of_the_signs_of_its_legend_whatever_the_console_can_show(store: Path, encoding: str) -> None:
    run("update", "7-KIT-1b", "--status", "continuing", store=store)
    lines = run("report", store=store, encoding=encoding).lines
    bars = [line.split()[-1] for line in lines if re.search(r"^  \S.* \d+  \S+$", line)]
    [legend] = [line for line in lines if "# completed" in line]
    assert len(bars) == 3
    assert set("".join(bars)) == signs_of(legend)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ([finding("completed", "2022-02-01", "hk")], "The only one with a status shows one city's action only (1"),
        (
            [finding("completed", "2022-02-01", "hk"), finding("in-progress", "2022-02-01", "sh", ref="8-IVT-1")],
            "All 2 with a status show one city's action only (1 Hong Kong, 1 Shanghai).",
        ),
        (
            [finding("completed", "2022-02-01", "hk"), finding("in-progress", "2022-02-01", ref="8-IVT-1")],
            "1 of the 2 with a status shows one city's action only (1 Hong Kong, 0 Shanghai).",
        ),
    ],
)
def test_how_many_show_one_citys_action_only_is_said_of_those_with_a_status(told: list[Entry], said: str) -> None:
    view = View(register_of(*told), LATER, LATER)
    report = progress(view, listing(view, Filters(), "ref", STALE_AFTER_DAYS), "area", 540)
    assert any(line.startswith(said) for line in words_on(report))


@pytest.mark.parametrize(
    ("refs", "said"),
    [
        ([], "none with related evidence"),
        (["8-INV-1"], "(1 with related evidence, 3 with none)"),
        (["8-INV-1", "8-INV-2a", "8-INV-2b", "8-IVT-1"], "all with related evidence"),
    ],
)
def test_of_those_without_a_status_it_is_said_how_many_have_evidence_all_the_same(refs: list[str], said: str) -> None:
    evidence = [{"kind": "press", "source": "", "locator": "https://invented.example/"}]
    told = [finding(None, "2022-02-01", ref=ref, evidence=evidence) for ref in refs]
    view = View(register_of(*told), LATER, LATER)
    report = progress(view, listing(view, Filters(), "ref", STALE_AFTER_DAYS), "area", 540)
    [unknown] = [figure for figure in report.figures() if figure.role == Status.UNKNOWN]
    assert said in unknown.text
