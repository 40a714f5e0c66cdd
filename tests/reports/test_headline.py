"""No headline contradicts the sheets that it counts, whatever the register was told."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hkshcc.register.dates import days_between, shifted
from hkshcc.register.index import Register
from hkshcc.register.vocabulary import Status, short_label
from hkshcc.reports.counts import LAPSED
from hkshcc.reports.filters import Filters
from hkshcc.reports.groups import GROUPS
from hkshcc.reports.listing import listing
from hkshcc.reports.overview import overview
from hkshcc.reports.page import Figures, Legend, Table, Text, View, plain_text
from hkshcc.reports.progress import Progress, progress
from hkshcc.reports.sheet import sheet
from tests import nasty
from tests.register.build import Desk
from tests.register.test_properties import BEGIN, RECORDING, UNDOING, Step, take

LIMITS = st.sampled_from([0, 20, 30, 365])


def report_on(view: View, group: str, stale_after: int, stalled_after: int) -> Progress:
    return progress(view, listing(view, Filters(), "ref", stale_after), group, stalled_after)


def sheets(view: View, stale_after: int) -> list[dict[str, Any]]:
    standings = [view.register.standing(each, view.as_of, stale_after) for each in view.register.measures(view.as_of)]
    return sheet(view, standings, {}).items()


def days_of(found: dict[str, Any]) -> list[str]:
    """The days of all on a sheet that is an update or evidence."""
    return [
        event["on"]
        for event in found["events"]
        if event["evidence"] or event["by"] or (event["event"] == "finding" and event["status"])
    ]


def is_old(days: Sequence[str], view: View, limit: int) -> bool:
    return not days or days_between(max(days), view.as_of) > limit


def agrees_with_its_sheets(view: View, stale_after: int, stalled_after: int) -> None:
    found = sheets(view, stale_after)
    report = report_on(view, "area", stale_after, stalled_after)
    said = report.data()
    evidence = {row["ref"]: [event["on"] for event in row["events"] if event["evidence"]] for row in found}
    for row in found:
        assert row["evidence_on"] == max(evidence[row["ref"]], default=None)
        assert row["lapsed"] == (row["status"] == "continuing" and is_old(days_of(row), view, stale_after))
    unknown = [row["ref"] for row in found if row["status"] == "unknown"]
    going_on = [row["ref"] for row in found if row["status"] == "continuing"]
    numbers = {
        "total": len(found),
        "counts": {str(status): sum(row["status"] == status for row in found) for status in Status},
        "silent": sum(row["silent"] for row in found),
        "unknown_with_evidence": sum(bool(evidence[ref]) for ref in unknown),
        "continuing_with_evidence": sum(not is_old(evidence[ref], view, stale_after) for ref in going_on),
        "lapsed": sum(row["lapsed"] for row in found),
        "stalled": sum(row["status"] == "in-progress" and is_old(days_of(row), view, stalled_after) for row in found),
    }
    assert {key: said[key] for key in numbers} == numbers
    rests = Counter((row["status"], row["basis"]) for row in found if row["basis"])
    assert {(status, kind): n for status, kinds in said["bases"].items() for kind, n in kinds.items() if n} == rests
    doubtful = {ref["ref"] for ref in found if ref["basis"] in {"one-side", "unofficial"}}
    assert said["unconfirmed"] == len(doubtful)
    assert doubtful == {row["ref"] for row in listing(view, Filters(unconfirmed=True), "ref", stale_after).items()}
    overdue = [row["ref"] for row in found if row["timeliness"] == "overdue"]
    assert sorted(item["ref"] for item in said["attention"] if item["what"] == "overdue") == sorted(overdue)
    assert_lines_say(report, numbers)
    for group in GROUPS:
        rows = report_on(view, group, stale_after, stalled_after).groups
        assert all(group.lapsed <= group.counts[Status.CONTINUING] for group in rows)
        if group not in {"owner", "side"}:
            assert sum(group.lapsed for group in rows) == numbers["lapsed"]


def assert_lines_say(report: Progress, numbers: dict[str, Any]) -> None:
    """The headline in words, of the report and of the glance, says these numbers and no others."""
    lines = [(figure.number, figure.text) for figure in report.figures()]
    if report.standings:
        [found] = [block for block in report.headline() if isinstance(block, Figures)]
        assert [(figure.number, figure.text) for figure in found.figures] == lines
        glance = overview(View(Register([]), report.context.as_of, report.context.known_on), report).page("en")
        whole = " ".join(plain_text(block.spans) for block in glance.blocks if isinstance(block, Text))
        assert all(f"{count} {text}" in whole for count, text in lines)
    by_status = {Status(figure.role): (figure.number, figure.text) for figure in report.figures()}
    assert sum(count for count, _ in by_status.values()) == numbers["total"]
    assert sum(figure.lapsed for figure in report.figures()) == numbers["lapsed"]
    for status, (count, text) in by_status.items():
        inner = [int(number) for number in re.findall(r"\d+", text)]
        related, stalled = numbers["unknown_with_evidence"], numbers["stalled"]
        match status:
            case Status.UNKNOWN if count:
                expected = {0: [], count: []}.get(related, [related, count - related])
                assert ("none with" in text, "all with" in text) == (related == 0, related == count)
            case Status.IN_PROGRESS if stalled:
                expected = [stalled, report.stalled_after]
            case Status.CONTINUING:
                expected = [count - numbers["lapsed"]]
                expected += [report.chosen.stale_after] if report.chosen.stale_after != 365 else []
                # Only where all that were heard of have evidence does the line promise evidence of each.
                assert ("an update or" in text) == (expected[0] != numbers["continuing_with_evidence"])
            case _:
                doubts = [report.bases.get(status, {}).get(kind, 0) for kind in ("one-side", "unofficial")]
                expected = [number for number in doubts if number]
                assert text.partition(" (")[0] in {short_label(status), "status not established"}
                assert ("one side's word alone" in text, "no official source" in text) == tuple(map(bool, doubts))
        assert inner == expected


@given(st.lists(RECORDING | UNDOING, max_size=20), st.integers(0, 500), LIMITS, LIMITS)
def test_no_headline_contradicts_the_sheets_it_counts(
    steps: list[Step], wait: int, stale_after: int, stalled_after: int
) -> None:
    desk = Desk(today=BEGIN)
    for step in steps:
        take(desk, step)
    as_of = shifted(desk.today, wait)
    agrees_with_its_sheets(View(desk.register, as_of, as_of), stale_after, stalled_after)


@pytest.mark.parametrize("as_of", ["2023-03-01", "2023-07-02", "2024-06-30", "2024-09-15", "2025-12-01", "2026-11-23"])
@pytest.mark.parametrize("limit", [0, 30, 365, 540])
def test_nor_on_any_day_of_a_register_that_is_hard_to_read(as_of: str, limit: int) -> None:
    agrees_with_its_sheets(View(Register(nasty.entries()), as_of, as_of), limit, limit)


def test_a_lapsed_measure_has_a_paler_sign_of_its_own_and_the_legend_names_it() -> None:
    day = nasty.entries()[-1].recorded[:10]
    view = View(Register(nasty.entries()), shifted(day, 400), shifted(day, 400))
    report = report_on(view, "area", 365, 540)
    blocks = report.page("en").blocks
    signs = Counter(
        sign for block in blocks if isinstance(block, Table) for row in block.rows for sign in plain_text(row.cells[-1])
    )
    assert report.lapsed == signs[LAPSED] == 1
    [legend] = [block for block in blocks if isinstance(block, Legend)]
    assert ("~", "lapsed", "lapsed") in legend.keys
