"""``show``, ``report``, ``history``, ``areas`` and ``bodies``: what each answers, and what each leaves alone."""

import re
from pathlib import Path

import pytest

from tests.commands import SHIPPED, one_of_each, pages
from tests.running import NOW, Screen, data, joined, run, says, sentence


@pytest.mark.parametrize("typed", ["7-KCH-4", "7-kch-4", "kch-4", " KCH-4 "])
def test_a_ref_is_read_in_any_case_and_short_where_that_is_unique(store: Path, typed: str) -> None:
    assert run("show", typed, store=store).lines[0] == "7-KCH-4  A noodle bridge"


def test_a_sheet_says_what_was_agreed_where_it_stands_and_on_what_that_rests(store: Path) -> None:
    sheet = joined(run("show", "7-KIT-1a", store=store))
    for words in (
        "7-KIT-1a A kite [red]x[/red] over both cities, and [/] too",
        "兩地上空的風箏 [red]紅[/red]",
        "Kite flying and wind · deliverable · paragraph 3, release of 1 March 2023 · 7-DOC-1",
        "in progress since 1 Jun 2023; last update 1 Jun 2023, 3 years 5 months ago",
        "due 31 Dec 2023: overdue by 2 years 10 months (by the end of 2023)",
        "A kite [red]is[/red] to be seen from both cities.",
        "IKO (stated)",
        "SH-Wind (inferred)",
        "1 Jun 2023 in progress: A first kite; [bold]half[/bold] built",
        "As of 23 November 2026 Based on entries 1-",
    ):
        assert words in sheet


def test_a_sheet_lays_what_the_two_sides_say_beside_each_other(store: Path) -> None:
    ran = run("show", "7-KCH-4", store=store, screen=Screen(100), env={"NO_COLOR": "1"})
    line = next(line for line in ran.lines if "not pursued, 2 Oct 2024" in line)
    assert "in progress, Sep 2024, by SH-Soup" in line
    assert "Next step  Second pillar" in ran.out


@pytest.mark.parametrize(
    ("ref", "row"), [("7-KCH-2", ["remarks", "Starting anew"]), ("7-KCH-4", ["remarks", "It bends"]), ("7-FRM-2", [])]
)
def test_a_sheet_has_what_each_side_said_where_the_sides_said_different_things(
    store: Path, ref: str, row: list[str]
) -> None:
    lines = run("show", ref, store=store).lines
    assert [word.strip() for line in lines if line.startswith("  remarks") for word in line.split("  ") if word] == row


@pytest.mark.parametrize(
    ("ref", "words"),
    [
        ("7-KIT-2", "due 30 Jun 2023 (implied): late, completed 15 Jan 2024"),
        ("7-KCH-1", "due 30 Jun 2027 first promised for 30 Jun 2024 … moved 2 times"),
        ("7-KCH-2", "no target date"),
        ("7-FRM-1", "no target date (soon)"),
        ("7-FRM-1", "Nothing has been recorded on it since."),
        ("7-FRM-1", "no owner named"),
        ("7-KCH-3", "closed without evidence: Everybody drank it"),
        ("7-FRM-2", r"Needs attention \x1b]0;pwned\x07 needs a lid"),
        ("7-KIT-2", "official record, Invented Gazette: Kite Gazette 2"),
        ("7-KIT-1b", "both sides, recorded by the secretariat: continuing: The keeper decided"),
        ("8-KIT-1", "agreed 5 May 2025"),
        ("8-KIT-1", r"note: A note with\ttab and\nnewline"),
    ],
)
def test_a_sheet_says_it_in_words(store: Path, ref: str, words: str) -> None:
    assert says(joined(run("show", ref, store=store)), words)


def test_several_sheets_come_in_the_order_typed_with_spaces_or_commas_between(store: Path) -> None:
    sheets = data("show 7-KCH-3,7-KIT-2 frm-1", store)
    assert [sheet["ref"] for sheet in sheets["measures"]] == ["7-KCH-3", "7-KIT-2", "7-FRM-1"]


def test_a_sheet_as_of_an_earlier_day_knows_nothing_of_what_came_later(store: Path) -> None:
    sheet = joined(run("show", "7-KCH-1", "--as-of", "2024-05-31", store=store))
    assert "due 30 Jun 2024" in sheet
    assert "moved" not in sheet


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        ("7-KIT-9", 3, "no measure '7-KIT-9'; did you mean"),
        ("7-KIT-1", 3, "did you mean 7-KIT-1a or 7-KIT-1b?"),
        ("zzz", 3, "no measure 'zzz'; see `hkshcc list`"),
        ("8-KIT-1 --as-of 2024-01-01", 3, "it was agreed on 2025-05-05, after the day asked about"),
        ("8-KCH-1", 3, "8-KCH-1 was withdrawn on 7 Jun 2025 by … (entry 43, no reason given); `hkshcc undo 43`"),
        ("8-kch-1", 3, "8-KCH-1 was withdrawn on 7 Jun 2025"),
        ("7-KIT-1a --fields titel", 2, "no field 'titel' … did you mean title?"),
    ],
)
def test_a_sheet_that_is_not_there_is_refused_with_the_nearest(
    store: Path, words: str, code: int, message: str
) -> None:
    ran = run("show", *words.split(), store=store)
    assert says(sentence(ran), message)
    assert ran.code == code


def test_show_without_a_ref_names_what_is_missing(store: Path) -> None:
    ran = run("show", store=store)
    assert ran.code == 2
    assert sentence(ran) == "REF is missing; for example: hkshcc show 5-FIN-3c"


@pytest.mark.parametrize("typed", ["7-DOC-1", "7-doc-1"])
def test_the_ref_of_a_document_shows_when_it_was_signed_and_how_its_measures_stand(store: Path, typed: str) -> None:
    shown = run("show", typed, store=store)
    assert shown.code == 0, shown.err
    assert shown.lines[:2] == ["7-DOC-1  Memorandum on kites", "signed at the 7th plenary, 1 March 2023, Invented Hall"]
    assert "2 measures under it: 1 in progress, 1 not pursued" in shown.out
    assert re.search(r"7-KIT-1a .* in progress +since 1 Jun 2023\n", shown.out)
    [row] = data(f"show {typed}", store)["instruments"]
    assert [(measure["ref"], measure["status"]) for measure in row["measures"]] == [
        ("7-KIT-1a", "in-progress"), ("7-KCH-4", "not-pursued"),
    ]  # fmt: skip
    earlier = run("show", typed, "--as-of", "2023-05-31", store=store)
    assert "2 measures under it: 2 not established" in earlier.out


@pytest.mark.parametrize("words", ["7-DOC-1 7-KIT-1a", "7-KIT-1a 7-DOC-1", "7-DOC-1 --source release.txt"])
def test_a_document_is_shown_by_itself(store: Path, words: str) -> None:
    ran = run("show", *words.split(), store=store)
    assert ran.code == 2
    assert "7-DOC-1 is a document, not a measure" in sentence(ran)


def test_what_was_agreed_and_is_withdrawn_is_named_until_it_is_brought_back(store: Path) -> None:
    # The nasty register holds one measure that was entered by mistake.
    for words in ("report", ""):
        assert "  1 agreed measure withdrawn: 8-KCH-1\n" in run(*words.split(), store=store).out
    assert data("report", store)["withdrawn"] == ["8-KCH-1"]
    assert "withdrawn:" not in run("report", "--as-of", "2025-05-04", store=store).out
    [by] = [event["withdrawn_by"] for event in data("history 8-KCH-1", store)["events"] if event["event"] == "agreed"]
    assert run("undo", str(by), "--reason", "It was right", "--yes", store=store).code == 0
    assert "withdrawn:" not in run("report", store=store).out
    assert data("report", store)["withdrawn"] == []


def test_a_report_opens_with_the_counts_the_unknown_first_and_the_silent_beside_them(store: Path) -> None:
    report = joined(run("report", store=store))
    assert "7th plenary (1 March 2023), 8th plenary (5 May 2025) Progress as of 23 November 2026" in report
    assert (
        "10 measures 2 status not established, none with related evidence 1 not started 3 in progress (2 stalled: no"
        " update or evidence for more than 540 days) 1 continuing, 1 with an update or evidence in the last year"
        " 1 modified form (1 on one side's word alone) 1 completed 1 not pursued (1 shown by no official source)"
        in report
    )
    assert "Owners have reported on 5 of 10 measures." in report


def test_a_report_then_says_what_needs_attention_and_why(store: Path) -> None:
    report = data("report", store)
    found = [(item["what"], item["ref"]) for item in report["attention"]]
    assert found == [
        ("overdue", "7-KIT-1a"),
        ("late", "7-KIT-2"),
        ("slipped", "7-KCH-1"),
        ("sides differ", "7-KCH-2"),
        ("sides differ", "7-KCH-4"),
        ("moved back", "7-KCH-2"),
        ("flagged", "7-FRM-2"),
    ]
    details = {(item["what"], item["ref"]): item["detail"] for item in report["attention"]}
    assert details["overdue", "7-KIT-1a"] == "due 31 Dec 2023, 2 years 10 months ago; in progress"
    assert details["late", "7-KIT-2"] == "due 30 Jun 2023 (implied), completed 15 Jan 2024"
    assert details["slipped", "7-KCH-1"] == "moved from 30 Jun 2024 to 30 Jun 2027: =The flour came late again"
    assert details["sides differ", "7-KCH-4"] == "Hong Kong: not pursued; Shanghai: in progress"
    assert details["moved back", "7-KCH-2"] == "to not started on 1 Aug 2024: The pot broke"


@pytest.mark.parametrize(
    ("group", "keys"),
    [
        ("area", "kites:4 kitchens:4 formulas:2"),
        ("owner", "IKO:7 SH-Soup:5 INB:4 SH-Wind:3 none:1"),
        ("side", "hk:10 sh:10"),
        ("status", "unknown:2 not-started:1 in-progress:3 continuing:1 modified:1 completed:1 not-pursued:1"),
        ("kind", "deliverable:8 continuing:1 exploratory:1"),
    ],
)
def test_a_report_counts_by_what_it_is_asked_for(store: Path, group: str, keys: str) -> None:
    report = data(f"report --group {group}", store)
    assert " ".join(f"{row['key']}:{row['total']}" for row in report["groups"]) == keys
    assert report["total"] == sum(report["counts"].values()) == 10
    assert joined(run("report", "--group", group, store=store))


def test_a_report_can_be_narrowed_and_says_so(store: Path) -> None:
    ran = run("report", "--area", "kites", "--owner", "IKO", "--plenary", "7", store=store)
    assert "Only 3 of 10 measures (area kites, owner IKO, plenary 7)" in ran.out
    assert "3 measures" in ran.out


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("--as-of 2020-01-01", "No measure is in the register on that day."),
        ("--as-of 2023-03-01", "No owner has reported on any of them: everything here is based on public sources."),
        ("--as-of 2025-05-05 --plenary 8", "No owner has reported on it: everything here is based on public sources."),
        ("--as-of 2023-03-01", "Nothing is overdue, late or postponed, and the two sides agree on every measure."),
        ("--group owner", "a measure with several owners is counted under each"),
    ],
)
def test_a_report_says_plainly_what_it_does_not_have(store: Path, words: str, line: str) -> None:
    assert line in run("report", *words.split(), store=store).out


def test_a_history_tells_every_entry_newest_last_and_strikes_what_was_withdrawn(store: Path) -> None:
    history = data("history", store)
    numbers = [event["number"] for event in history["events"]]
    assert numbers == sorted(numbers) == list(range(1, history["entries"] + 1))
    withdrawn = next(event for event in history["events"] if event["status"] == "completed" and event["withdrawn_by"])
    taken = f"WITHDRAWN by entry {withdrawn['withdrawn_by']} on 3 Jan 2025: Wrong [red]measure[/red]"
    assert taken in run("history", store=store).out
    struck = run("history", "7-FRM-2", "--color", "always", store=store, screen=Screen(120)).out
    assert "\x1b[2;9mSH-Soup: completed" in struck


def test_the_history_of_a_measure_has_its_withdrawals_with_it(store: Path) -> None:
    history = data("history 8-KIT-1", store)
    assert (history["ref"], history["title"]["en"]) == ("8-KIT-1", "A kite with English alone")
    assert [event["event"] for event in history["events"]] == [
        "agreed", "revision", "note", "retraction", "retraction",
    ]  # fmt: skip


def test_an_empty_ref_is_no_ref(store: Path) -> None:
    assert run("history", "", store=store).code == 3


def test_a_history_reaches_to_the_day_asked_about(store: Path) -> None:
    events = data("history 7-KCH-1 --as-of 2023-12-31", store)["events"]
    assert [event["event"] for event in events] == ["agreed", "finding"]


@pytest.mark.parametrize(
    ("words", "counts"),
    [("", "kites:4:1 kitchens:4:0 formulas:2:1"), ("--as-of 2023-03-01", "kites:3:3 kitchens:4:4 formulas:2:2")],
)
def test_areas_say_how_many_measures_each_has_and_of_how_many_nothing_is_known(
    store: Path, words: str, counts: str
) -> None:
    areas = data(f"areas {words}", store)["areas"]
    assert " ".join(f"{area['slug']}:{area['measures']}:{area['nothing_known']}" for area in areas) == counts


def test_bodies_say_how_many_measures_each_owns_and_reported_on(store: Path) -> None:
    bodies = data("bodies", store)["bodies"]
    counts = " ".join(f"{body['code']}:{body['owns']}:{body['reported']}" for body in bodies)
    assert counts == "IKO:7:1 INB:4:2 SH-Wind:3:0 SH-Soup:5:2"
    assert "4 bodies; returns from 3" in run("bodies", store=store, screen=Screen()).out


@pytest.mark.parametrize(
    ("command", "hant", "hans"),
    [
        ("list", "兩地上空的風箏", "风筝"),
        ("report", "持續推行", "持续推行"),
        ("report --group side", "香港", "香港"),
        ("report", "風箏及風", "风筝及风"),
        ("show 7-KIT-1b", "持續推行", "持续推行"),
        ("show 7-KIT-1b", "SH-Wind 虛構風局（推斷）", "SH-Wind Invented Wind Bureau（推断）"),
        ("areas", "麵條與湯", "面条与汤"),
        ("bodies", "虛構麵條局", "Invented Noodle Bureau"),
        ("history 7-KIT-1b", "持續推行：Wind", "持续推行：Wind"),
    ],
)
def test_names_and_labels_come_in_the_language_asked_for(store: Path, command: str, hant: str, hans: str) -> None:
    page = [*command.split(), "--format", "table"]
    assert hant in run("--lang", "zh-Hant", *page, store=store).out
    assert hans in run("--lang", "ZH-HANS", *page, store=store).out


def test_without_a_store_the_overview_and_the_check_alone_say_that_they_show_what_ships(tmp_path: Path) -> None:
    home = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}
    said = [command for command in one_of_each(SHIPPED) if "register that ships" in run(*command.split(), env=home).err]
    assert said == ["check", ""]


@pytest.mark.parametrize("command", pages(SHIPPED))
def test_reading_creates_no_file_and_says_once_that_a_store_that_was_named_is_not_there(
    tmp_path: Path, command: str
) -> None:
    absent = tmp_path / "folder" / "register.json"
    ran = run(*command.split(), store=absent)
    assert ran.code == 0, ran.err
    assert ran.err.count(f"hkshcc: showing the register that ships; no store yet at {absent}\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", pages())
def test_reading_leaves_the_store_as_it_is_and_no_lock_beside_it(store: Path, command: str) -> None:
    before = store.read_bytes()
    assert run(*command.split(), store=store).code == 0
    assert store.read_bytes() == before
    assert [path.name for path in store.parent.iterdir()] == ["register.json"]


@pytest.mark.parametrize("command", pages())
def test_reading_answers_the_same_twice(store: Path, command: str) -> None:
    assert run(*command.split(), store=store) == run(*command.split(), store=store)


def test_a_day_is_a_hong_kong_day_whatever_the_clock_is_set_to(store: Path) -> None:
    late = NOW.replace(hour=23, minute=59).astimezone(tz=None)
    assert data("list", store)["as_of"] == "2026-11-23"
    assert "As of 23 November 2026" in run("report", store=store, now=late).out


def test_the_shipped_register_reports_what_the_public_record_holds(tmp_path: Path) -> None:
    report = data("report", tmp_path / "none.json")
    counts = {status: count for status, count in report["counts"].items() if count}
    assert counts == {"unknown": 19, "in-progress": 14, "continuing": 18, "completed": 5}
    assert (report["total"], report["silent"]) == (56, 56)
    timed = [(item["what"], item["ref"]) for item in report["attention"]]
    assert timed == [("overdue", "5-CUL-3b"), ("late", "5-MKT-1c")]


@pytest.mark.parametrize(
    ("words", "refs"),
    [
        ("--area finance", "5-FIN-1 5-FIN-2a 5-FIN-2b 5-FIN-3a 5-FIN-3b 5-FIN-3c"),
        ("--status completed --as-of 2021-09-01", "5-TEC-1a"),
    ],
)
def test_the_shipped_register_lists_what_was_promised_of_it(tmp_path: Path, words: str, refs: str) -> None:
    listing = data(f"list {words}", tmp_path / "none.json")
    assert " ".join(measure["ref"] for measure in listing["measures"]) == refs


def test_a_shipped_finding_is_told_of_the_side_that_it_shows_and_of_no_secretariat(tmp_path: Path) -> None:
    sheets = run("show", "5-MKT-1c", "5-TEC-1b", store=tmp_path / "none.json").out
    assert "5 Nov 2023  Hong Kong: completed: The session" in sheets
    assert "27 Apr 2024  both sides: in progress: At a Shanghai" in sheets
    assert "secretariat" not in sheets
    assert sheets.count("The session named in the release") == 1


def test_the_headline_counts_the_measures_whose_sheets_say_that_one_city_acted_alone(tmp_path: Path) -> None:
    none = tmp_path / "none.json"
    report, listing = data("report", none), data("list", none)
    assert report["one_sided"] == {"hk": 11, "sh": 6}
    said = "17 of the 37 with a status show one city's action only (11 Hong Kong, 6 Shanghai)."
    assert said in run("report", store=none).out
    for side, name in (("hk", "Hong Kong"), ("sh", "Shanghai")):
        refs = [measure["ref"] for measure in listing["measures"] if measure["one_sided"] == side]
        sheets = run("show", *refs, store=none).out
        assert sheets.count(f"Only {name} has been seen to act.") == report["one_sided"][side] == len(refs)
    rest = [measure["ref"] for measure in listing["measures"] if measure["one_sided"] is None]
    assert "has been seen to act" not in run("show", *rest, store=none).out


def test_a_sheet_says_that_its_measure_is_stalled_or_has_lapsed_where_a_headline_counts_it_so(tmp_path: Path) -> None:
    none = tmp_path / "none.json"
    every = {measure["ref"] for measure in data("list", none)["measures"]}
    for word in ("stalled", "lapsed"):
        refs = {measure["ref"] for measure in data(f"list --{word}", none)["measures"]}
        assert run("show", *refs, store=none).out.count(f" ago; {word}\n") == len(refs) > 0
        assert f"; {word}" not in run("show", *(every - refs), store=none).out


def test_a_report_by_side_tells_the_two_sides_of_the_shipped_register_apart(tmp_path: Path) -> None:
    groups = data("report --group side", tmp_path / "none.json")["groups"]
    columns = ("unknown", "in_progress", "continuing", "completed")
    assert [[group[column] for column in columns] for group in groups] == [[25, 13, 13, 5], [30, 10, 14, 2]]


def test_bond_connectivity_stands_in_progress_since_its_first_step(tmp_path: Path) -> None:
    [sheet] = data("show 5-FIN-3c", tmp_path / "none.json")["measures"]
    assert (sheet["status"], sheet["since"]) == ("in-progress", "2021-09-24")
