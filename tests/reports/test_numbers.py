"""Numbers for a meeting: two days side by side, cross-tables, documents by year, and what to do next."""

import io
import re
import zipfile
from itertools import combinations, permutations
from pathlib import Path
from typing import Any

import pytest

from hkshcc.register.index import Register
from hkshcc.register.vocabulary import STALE_AFTER_DAYS, STALLED_AFTER_DAYS, Status
from hkshcc.reports.comparison import Comparison
from hkshcc.reports.cross_table import CrossTable, cross_table
from hkshcc.reports.filters import Filters
from hkshcc.reports.groups import GROUPS
from hkshcc.reports.listing import listing
from hkshcc.reports.page import View
from hkshcc.reports.progress import Progress, progress
from hkshcc.reports.todo import REASONS
from tests import nasty
from tests.running import TODAY, Screen, data, run, says, sentence

VIEW = View(Register(nasty.entries()), TODAY, TODAY)
COUNTS = (*(str(status).replace("-", "_") for status in Status), "lapsed")


def report_on(day: str, group: str) -> Progress:
    view = VIEW._replace(as_of=day)
    return progress(view, listing(view, Filters(), "ref", STALE_AFTER_DAYS), group, STALLED_AFTER_DAYS)


# Two days


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("since", ["2022-01-01", "2023-07-01", "2024-09-15", TODAY])
def test_each_number_of_a_comparison_is_that_of_the_report_of_its_day(group: str, since: str) -> None:
    then, now = report_on(since, group), report_on(TODAY, group)
    numbers = {(row["key"], row["what"]): row for row in Comparison(then, now).items()}
    assert all(row["change"] == row["now"] - row["then"] for row in numbers.values())
    for which, report in (("then", then), ("now", now)):
        for status, count in report.counts.items():
            assert numbers["all", status][which] == count
        said = report.data()
        for what in ("total", "lapsed", "stalled", "unknown_with_evidence"):
            assert numbers["all", what][which] == said[what]
        assert numbers["all", "reported"][which] == said["total"] - said["silent"]
        overdue = [item for item in said["attention"] if item["what"] == "overdue"]
        assert numbers["all", "overdue"][which] == len(overdue)
        groups = {found["key"]: found for found in said["groups"]}
        for key in {key for key, _ in numbers} - {"all"}:
            found = groups.get(key, {})
            assert numbers[key, "total"][which] == found.get("total", 0)
            assert numbers[key, "lapsed"][which] == found.get("lapsed", 0)


def test_a_report_since_a_day_shows_then_now_and_the_change(store: Path) -> None:
    lines = [" ".join(line.split()) for line in run("report", "--since", "2024-05-31", store=store).lines]
    assert "Progress from the end of 31 May 2024 to the end of 23 November 2026" in lines
    for line in ("31 May 2024 23 Nov 2026 Change", "measures 9 10 +1", "status not established 4 2 -2"):
        assert line in lines
    assert "Area 31 May 2024 23 Nov 2026 Change" in lines


@pytest.mark.parametrize("when", ["7th-plenary", "last-round", "90d", "2026H2"])
def test_the_earlier_day_is_named_as_for_changes(store: Path, when: str) -> None:
    assert data(f"report --since {when}", store)["since"] == data(f"changes --since {when}", store)["since"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("report --since 2025-06-01 --as-of 2025-01-01", "--since 1 Jun 2025 is after 1 Jan 2025"),
        ("report --since 2025-01-01 --by year", "--since and --by exclude each other"),
        ("report --group year --by year", "--group and --by are both year"),
        ("report --by colour", "'colour' is not a valid columns (--by)"),
        ("instruments --by colour", "'colour' is not a valid columns (--by)"),
    ],
)
def test_what_no_table_can_show_is_refused(store: Path, words: str, said: str) -> None:
    ran = run(*words.split(), store=store)
    assert ran.code == 2
    assert says(sentence(ran), said)


# Cross-tables


def crossed(group: str, by: str) -> CrossTable:
    return cross_table(VIEW, report_on(TODAY, group), by)


def cells(table: CrossTable) -> dict[tuple[str, str], dict[str, Any]]:
    return {(row["row"], row["column"]): row for row in table.items()}


@pytest.mark.parametrize(("group", "by"), [pair for one in combinations(GROUPS, 2) for pair in (one, one[::-1])])
def test_the_totals_of_a_cross_table_are_those_of_its_report(group: str, by: str) -> None:
    found = cells(crossed(group, by))
    assert {key for key, _ in found} == {"all", *(each.key for each in report_on(TODAY, group).groups)}
    for each in report_on(TODAY, group).groups:
        assert {key: found[each.key, "all"][key] for key in each.numbers()} == each.numbers()
    for each in report_on(TODAY, by).groups:
        assert found["all", each.key]["total"] == each.total
    assert found["all", "all"]["total"] == 10


# Of groups that share no measure.
PAIRS = [*permutations([each for each in GROUPS if each not in {"owner", "side"}], 2)]


@pytest.mark.parametrize(("group", "by"), PAIRS)
def test_cells_that_share_no_measure_add_up_to_their_totals(group: str, by: str) -> None:
    found = cells(crossed(group, by))
    for key in {key for key, _ in found}:
        own = [row for (row_key, column), row in found.items() if row_key == key and column != "all"]
        for count in ("total", *COUNTS):
            assert sum(row[count] for row in own) == found[key, "all"][count]


def test_the_status_of_a_side_is_its_own_in_each_cell() -> None:
    found = cells(crossed("area", "side"))
    # Hong Kong will not pursue the noodle bridge; Shanghai has begun with it.
    assert [found["kitchens", side]["not_pursued"] for side in ("hk", "sh")] == [1, 0]
    by_status = cells(crossed("side", "status"))
    assert [by_status[side, "not-pursued"]["total"] for side in ("hk", "sh")] == [1, 0]


def test_a_cell_has_a_sign_for_each_of_its_measures_where_there_is_room(store: Path) -> None:
    [kites] = [line for line in run("report", "--by", "plenary", store=store).lines if line.startswith("  Kites")]
    assert kites.split() == ["Kites", "3", ">≈#", "1", "·", "4"]
    [kites] = [line for line in run("report", "--by", "status", store=store).lines if line.startswith("  Kites")]
    assert kites.split() == ["Kites", "1", "-", "1", "1", "-", "1", "-", "4"]


def test_the_totals_of_columns_of_bars_are_said_in_bold_in_every_format(store: Path) -> None:
    crossed_by_plenary = ("report", "--by", "plenary")
    colour = run(*crossed_by_plenary, "--color", "always", "--format", "table", store=store).lines
    [line] = [line for line in colour if "Total" in line and "10" in line]
    assert re.findall(r"\x1b\[1m *(\w+) *\x1b", line) == ["Total", "9", "1", "10"]
    assert "| Total | 9 | 1 | 10 |" in run(*crossed_by_plenary, "--format", "md", store=store).out
    with zipfile.ZipFile(io.BytesIO(run(*crossed_by_plenary, "--format", "docx", store=store).raw)) as paper:
        last = re.split(r"<w:tr\b", paper.read("word/document.xml").decode())[-1].partition("</w:tr>")[0]
    runs = [(">".join(re.findall(r"<w:t [^>]*>([^<]*)", each)), "<w:b/>" in each) for each in last.split("<w:r>")[1:]]
    assert runs == [(said, True) for said in ("Total", "9", "1", "10")]


def test_a_cross_table_that_may_count_a_measure_twice_says_so(store: Path) -> None:
    said = "a measure may be counted in several rows or columns"
    assert said in run("report", "--by", "owner", store=store).out
    assert said not in run("report", "--by", "kind", store=store).out


def test_a_cross_table_of_nothing_says_so(store: Path) -> None:
    assert "No measure is in the register" in run("report", "--by", "kind", "--as-of", "2020-01-01", store=store).out
    nothing = ("report", "--since", "1d", "--area", "FRM", "--overdue")
    assert "No measure is in the register" in run(*nothing, store=store).out


# Documents


def test_documents_are_counted_by_the_year_of_their_plenary_with_each_measure_once(store: Path) -> None:
    [row] = data("instruments --by year", store)["documents"]
    assert (row["key"], row["documents"], row["refs"], row["measures"]) == ("2023", 2, ["7-DOC-1", "7-DOC-2"], 2)
    assert sum(row["counts"].values()) == 2
    [row] = data("instruments --by plenary", store)["documents"]
    assert row["key"] == "7"


# What to do


def test_a_list_of_what_to_do_has_each_measure_once_with_the_most_pressing_reason_first(store: Path) -> None:
    found = data("todo", store)
    refs = [task["ref"] for task in found["tasks"]]
    assert len(set(refs)) == len(refs)
    order = [REASONS.index(task["reason"]) for task in found["tasks"]]
    assert order == sorted(order)
    for task in found["tasks"]:
        assert task["reason"] == task["reasons"][0]
        assert [REASONS.index(reason) for reason in task["reasons"]] == sorted(map(REASONS.index, task["reasons"]))
    assert sum(found["counts"].values()) == len(refs)


def test_what_is_to_be_done_is_what_the_other_lists_say(store: Path) -> None:
    tasks = {task["ref"]: task for task in data("todo", store)["tasks"]}

    def with_reason(reason: str) -> set[str]:
        return {ref for ref, task in tasks.items() if reason in task["reasons"]}

    for reason in ("overdue", "stalled", "lapsed"):
        assert with_reason(reason) == {row["ref"] for row in data(f"list --{reason}", store)["measures"]}
    owed: dict[str, set[str]] = {}
    for row in data("chase", store)["owed"]:
        if row["body"]:
            owed.setdefault(row["ref"], set()).add(row["body"])
    assert {ref: set(task["owed"]) for ref, task in tasks.items() if task["owed"]} == owed


def test_a_return_owed_is_a_reason_of_its_own_only_where_there_is_no_other(store: Path) -> None:
    reasons = [task["reasons"] for task in data("todo", store)["tasks"]]
    assert ["owed"] in reasons
    assert [several for several in reasons if "owed" in several and len(several) > 1] == []


def test_what_to_do_can_be_asked_of_an_owner_or_an_area(store: Path) -> None:
    refs = [task["ref"] for task in data("todo kites --owner IKO", store)["tasks"]]
    assert refs
    assert set(refs) <= {row["ref"] for row in data("list kites --owner IKO", store)["measures"]}


def test_the_list_names_the_round_that_is_open_and_ends_in_how_much_there_is(store: Path) -> None:
    page = run("todo", store=store, screen=Screen(), env={"NO_COLOR": "1"})
    assert "Returns of round 2026H2 are due 31 Dec 2026 (in 1 month)" in page.out
    assert says(page.out, "Something to do on … of 10 measures: 1 overdue")
    assert says(page.out, "overdue … 7-KIT-1a … due 31 Dec 2023 … return owed by ")


def test_a_register_of_which_nothing_is_awaited_has_nothing_to_do(store: Path) -> None:
    ran = run("todo", "--status", "completed", "--area", "FRM", store=store)
    assert ran.code == 0
    assert "Something to do on 0 of 10 measures" in ran.err
