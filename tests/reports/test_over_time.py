"""Over time: what a measure is said to have been on a day is what a report of that day says."""

import json
import re
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from hkshcc.register.index import Register
from hkshcc.register.vocabulary import Status
from hkshcc.reports.filters import Filters
from hkshcc.reports.listing import listing
from hkshcc.reports.over_time import steps
from hkshcc.reports.page import View
from hkshcc.reports.tracks import ends_of, parted, tracks
from hkshcc.stores.seed import seed_entries
from tests import nasty
from tests.docx_text import text_of
from tests.running import TODAY, Screen, run, sentence

SHIPPED, NASTY = Register(seed_entries()), Register(nasty.entries())


def days(start: str, end: str, step: int) -> list[str]:
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    return [(first + timedelta(count)).isoformat() for count in range(0, (last - first).days + 1, step)]


@pytest.mark.parametrize("register", [SHIPPED, NASTY], ids=["shipped", "nasty"])
@pytest.mark.parametrize("stale_after", [0, 90, 365, 10**7])
def test_a_phase_is_what_the_register_says_of_each_of_its_days(register: Register, stale_after: int) -> None:
    view = View(register, TODAY, TODAY)
    chosen = listing(view, Filters(), "ref", stale_after)
    for track in tracks(view, chosen.standings, stale_after):
        measure = track.standing.measure
        edges = {day for phase in track.phases for day in (phase.start, phase.end)}
        for day in {*edges, *days(track.agreed, TODAY, 97)}:
            then, phase = register.standing(measure, day, stale_after), track.at(day)
            assert phase is not None
            assert (phase.status, phase.hk, phase.sh) == (then.status, then.hk.status, then.sh.status)
            assert (phase.lapsed, phase.lapsed_sides) == (then.lapsed, then.lapsed_sides)


@pytest.mark.parametrize("register", [SHIPPED, NASTY], ids=["shipped", "nasty"])
def test_phases_follow_one_another_from_the_day_of_the_plenary_to_today(register: Register) -> None:
    view = View(register, TODAY, TODAY)
    for track in tracks(view, listing(view, Filters(), "ref", 365).standings, 365):
        phases = track.phases
        assert (phases[0].start, phases[-1].end) == (register.agreed_on(track.standing.measure.ref), TODAY)
        for one, other in pairwise(phases):
            assert date.fromisoformat(one.end) + timedelta(1) == date.fromisoformat(other.start)
            assert one[2:] != other[2:]


@pytest.mark.parametrize("register", [SHIPPED, NASTY], ids=["shipped", "nasty"])
@pytest.mark.parametrize("period", ["quarter", "half", "year"])
def test_the_counts_of_a_day_are_those_of_a_report_of_that_day(register: Register, period: str) -> None:
    view = View(register, TODAY, TODAY)
    chosen = listing(view, Filters(), "ref", 365)
    for point in steps(view, chosen, period).points:
        then = listing(view._replace(as_of=point.key), Filters(), "ref", 365).standings
        assert point.counts == {status: sum(each.status == status for each in then) for status in Status}
        assert point.lapsed == sum(each.lapsed for each in then)


def test_periods_end_on_their_last_days_and_the_last_one_today() -> None:
    assert ends_of("2021-08-30", "2022-05-01", "quarter") == ["2021-09-30", "2021-12-31", "2022-03-31", "2022-05-01"]
    assert ends_of("2021-08-30", "2022-05-01", "half") == ["2021-12-31", "2022-05-01"]
    assert ends_of("2021-08-30", "2022-05-01", "year") == ["2021-12-31", "2022-05-01"]
    assert ends_of("2021-12-31", "2021-12-31", "year") == ["2021-12-31"]


def test_a_long_time_has_longer_periods() -> None:
    assert parted("2021-08-30", "2026-11-23", "quarter", 40)[0] == "quarter"
    assert parted("2021-08-30", "2036-11-23", "quarter", 40)[0] == "half"
    period, ends = parted("1821-08-30", "2036-11-23", "quarter", 40)
    assert (period, len(ends)) == ("year", 216)


def test_a_half_year_is_a_row_with_a_bar(tmp_path: Path) -> None:
    ran = run(
        "report", "--over-time", "finance", store=tmp_path / "none.json", screen=Screen(80), env={"NO_COLOR": "1"}
    )
    rows = [line.split() for line in ran.lines if line.startswith("  3") and len(line.split()) == 5]
    assert [" ".join(row[:3]) for row in rows] == [
        "31 Dec 2021", "30 Jun 2022", "31 Dec 2022", "30 Jun 2023", "31 Dec 2023", "30 Jun 2024", "31 Dec 2024",
        "30 Jun 2025", "31 Dec 2025", "30 Jun 2026",
    ]  # fmt: skip
    assert {row[3] for row in rows} == {"6"}
    assert {len(row[4]) for row in rows} == {6}


@pytest.mark.parametrize("words", ["--by status", "--since 90d", "--group owner"])
def test_over_time_stands_for_itself(store: Path, words: str) -> None:
    ran = run("report", "--over-time", *words.split(), store=store)
    assert ran.code == 2
    assert f"--over-time and {words.split(maxsplit=1)[0]} exclude each other" in sentence(ran)


def test_a_lane_has_a_column_a_quarter_under_the_years(tmp_path: Path) -> None:
    ran = run("timeline", "5-MKT-1c", "--plenary", "5", store=tmp_path / "none.json", screen=Screen(80),
              env={"NO_COLOR": "1"})  # fmt: skip
    head = next(line for line in ran.lines if "'21" in line)
    lane = next(line for line in ran.lines if line.startswith("  5-MKT-1c"))
    january = head.index("'23")
    # Evidence and completion in the last quarter of 2023; the target was in the last quarter of 2021.
    assert lane[january + 3] == "#"
    assert lane[head.index("'21") + 3] == "|"
    assert lane[january + 4 :] == "─" * 12
    assert len(lane) <= 80
    assert any(line.strip() == "target 10 Nov 2021" for line in ran.lines)


@pytest.mark.parametrize("form", ["md", "html", "docx"])
def test_a_lane_is_told_where_signs_would_not_stand_in_line(tmp_path: Path, form: str) -> None:
    path = tmp_path / f"lanes.{form}"
    words = ("timeline", "5-MKT-1c", "--plenary", "5", "-o", str(path))
    assert run(*words, store=tmp_path / "none.json").code == 0
    text = text_of(path.read_bytes()) if form == "docx" else re.sub("<[^>]*>", "", path.read_text("utf-8"))
    assert "not established; completed since Q4 2023" in text
    assert "update or evidence: Q4 2023" in text
    assert "target 10 Nov 2021" in text
    assert re.search(r"[·─]{3}|'21", text) is None
    assert "a sign stands where" not in text


def test_what_is_told_of_a_lane_is_what_its_signs_say(store: Path) -> None:
    signs = {"·": "not established", "*": "not established", "~": "lapsed", "o": "not started", ">": "in progress"}
    ran = run("timeline", store=store).lines
    told = run("timeline", "--format", "md", store=store).out
    for line in ran:
        if found := re.match(r"  (\d-[A-Z]+-\S+) .* ([·*>≈~#xo─|]+)$", line):
            row = next(other for other in told.splitlines() if other.startswith(f"| {found[1]} "))
            said = row.split(" | ")[-1]
            began = signs.get(found[2][0])
            assert began is None or said.startswith(began), (line, row)
            assert ("lapsed" in said) == ("~" in found[2]), (line, row)


def test_an_update_without_evidence_has_its_sign(store: Path) -> None:
    ran = run("timeline", "7-KIT-1b", store=store)
    [lane] = [line for line in ran.lines if line.startswith("  7-KIT-1b")]
    assert lane.endswith("··≈───~~~~~~~~~≈")


def test_a_measure_that_lapsed_and_was_heard_of_again_says_so(tmp_path: Path) -> None:
    found = json.loads(run("timeline", "5-FIN-1", "--format", "json", store=tmp_path / "none.json").out)
    [measure] = [each for each in found["measures"] if each["ref"] == "5-FIN-1"]
    assert [phase["status"] for phase in measure["phases"]][:2] == ["unknown", "continuing"]
    assert [phase["lapsed"] for phase in measure["phases"]] == [False, False, True, False]
    assert measure["phases"][0]["from"] == measure["agreed_on"] == "2021-08-30"
    assert all(told["pieces"] >= 1 for told in measure["evidence"])


def test_as_of_a_past_day_nothing_later_is_drawn(store: Path) -> None:
    found = json.loads(run("timeline", "--as-of", "2024-06-30", "--format", "json", store=store).out)
    assert {phase["until"] for each in found["measures"] for phase in each["phases"][-1:]} == {"2024-06-30"}
    assert max(told["on"] for each in found["measures"] for told in each["evidence"]) <= "2024-06-30"


@pytest.mark.parametrize(
    "words", ["timeline", "picture steps", "picture lanes", "picture matrix", "report --over-time"]
)
def test_before_anything_was_agreed_there_is_nothing_to_draw(store: Path, words: str) -> None:
    ran = run(*words.split(), "--as-of", "2023-02-01", store=store)
    assert ran.code == 0
    assert "No measure is in the register on that day." in ran.out
    assert run(*words.split(), "--as-of", "2023-02-01", "--format", "svg", store=store).out.startswith("<svg ")


def test_an_unknown_picture_is_answered_with_those_there_are(store: Path) -> None:
    ran = run("picture", "step", store=store)
    assert ran.code == 2
    assert "steps" in sentence(ran)
