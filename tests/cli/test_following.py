"""What follows the register between two meetings: changes, rounds, chase, plenaries, instruments and the glance."""

import json
import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests import nasty
from tests.docx_text import text_of
from tests.hostile import active, live_in_html
from tests.running import NOW, Screen, data, joined, run, says, sentence


def told(words: str, store: Path) -> list[tuple[str, str]]:
    """The changes, as kind and ref."""
    return [(change["change"], change["ref"]) for change in data(words, store)["changes"]]


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("--since 2023-05-31 --until 2023-06-01", [("first-word", "7-KIT-1a")]),
        ("--since 2024-01-14 --until 2024-01-15", [("newly-completed", "7-KIT-2")]),
        ("--since 2024-05-31 --until 2024-06-01", [("target-moved", "7-KCH-1")]),
        ("--since 2024-07-31 --until 2024-08-01", [("moved-back", "7-KCH-2")]),
        ("--since 2024-10-01 --until 2024-10-02", [("withdrawn", "7-KCH-4")]),
        ("--since 2025-05-04 --until 2025-05-05", [("newly-agreed", "8-KIT-1")]),
        ("--since 2025-06-01 --until 2025-06-02", [("owner-changed", "8-KIT-1")]),
        ("--since 2023-02-01 --until 2023-02-28", []),
        ("--since 2024-10-02 --until 2024-10-02", []),
    ],
)
def test_what_changed_between_the_ends_of_two_days_is_told_by_kind(
    store: Path, period: str, expected: list[tuple[str, str]]
) -> None:
    assert told(f"changes {period}", store) == expected


@pytest.mark.parametrize(
    ("since", "until", "before", "after"),
    [
        ("2024-05-31", "2024-06-01", "2024-06-30", "2025-12-31"),
        ("2024-07-31", "2024-08-01", "in-progress", "not-started"),
    ],
)
def test_a_change_says_from_what_to_what(store: Path, since: str, until: str, before: str, after: str) -> None:
    [change] = data(f"changes --since {since} --until {until}", store)["changes"]
    assert (change["before"], change["after"]) == (before, after)


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("--since 2024-01-01 --until 2024-01-15", "Newly completed (1)"),
        (
            "--since 2024-05-31 --until 2024-06-01",
            "1 year 6 months later, from 30 Jun 2024 to 31 Dec 2025: The flour came late",
        ),
        ("--since 2024-07-31 --until 2024-08-01", "from in progress to not started on 1 Aug 2024: Starting anew"),
        (
            "--since 2024-10-01 --until 2024-10-02",
            "to not pursued on 2 Oct 2024, neither reported … official source: It bends",
        ),
        ("--since 2025-06-01 --until 2025-06-02", "SH-Wind in place of IKO"),
        ("--since 2023-02-01 --until 2023-02-28", "Nothing changed."),
        ("--since 2023-06-01", "Still silent (5 of 10 measures)"),
        ("--since 7th-plenary", "Changes since the 7th plenary (1 March 2023)"),
        ("--since plenary-8", "Changes since the 8th plenary (5 May 2025)"),
        ("--since last-round", "Changes since last-round (1 October 2026)"),
        ("--since 2026h2", "Changes since 2026h2 (1 October 2026)"),
        ("--since 90d", "Changes since 90d (25 August 2026)"),
        ("--since 6m", "Changes since 6m (23 May 2026)"),
        ("--since 2024-05-31 --until 2024-06-01", "What happened from the end of 31 May 2024 to the end of 1 June"),
        ("--since 2024-01-14 --until 2024-02-01 --by-recorded", "What was recorded"),
        ("--since 2023-07-31 --until 2023-08-31 --as-of 2023-08-31", ""),
    ],
)
def test_changes_are_told_in_an_officials_words(store: Path, words: str, line: str) -> None:
    ran = run("changes", *words.split(), store=store)
    if line:
        assert says(joined(ran), line)
    else:
        assert sentence(ran) == "--until and --as-of mean the same here; give one of the two"


def test_where_every_owner_has_reported_nobody_is_silent(tmp_path: Path) -> None:
    store = tmp_path / "register.json"
    run("init", "--empty", store=store)
    run("add", "--area", "finance", "--plenary", "5", "--title", "Invented", "--owner", "FSTB", store=store)
    run("update", "5-FIN-1", "--by", "FSTB", "--status", "in-progress", store=store)
    assert "Owners have reported on every measure." in run("changes", "--since", "2021-09-01", store=store).out


def test_evidence_alone_is_a_change_too(store: Path) -> None:
    run("update", "7-KIT-2", "--evidence", "https://invented.example/more", store=store)
    assert told("changes --since yesterday", store) == [("evidence-added", "7-KIT-2")]
    assert "1 piece: invented.example" in run("changes", "--since", "yesterday", store=store).out


@pytest.mark.parametrize(
    ("words", "change", "detail"),
    [
        ("assign 8-KIT-1 INB --reason x", "owner-changed", "added INB"),
        ("retarget 7-KIT-1b 2030 --reason Wind", "target-moved", "set to 31 Dec 2030"),
        ("update 7-FRM-1 --status completed --evidence x", "newly-completed", "completed on 23 Nov 2026"),
        ("update 7-KIT-1b --status completed --evidence x", "newly-completed", "from continuing to completed"),
        ("update 7-KCH-2 --status continuing", "moved-forward", "from not started to continuing"),
    ],
)
def test_what_is_recorded_today_is_a_change_since_yesterday(store: Path, words: str, change: str, detail: str) -> None:
    run(*words.split(), store=store)
    [found] = data("changes --since yesterday", store)["changes"]
    assert found["change"] == change
    assert detail in found["detail"]


def test_what_we_were_told_is_not_what_became_true(store: Path) -> None:
    period = "--since 2024-01-20 --until 2024-02-15"
    assert told(f"changes {period}", store) == []
    assert told(f"changes {period} --by-recorded", store) == [("newly-completed", "7-KIT-2")]


def test_a_correction_is_told_as_withdrawn_and_only_by_what_was_recorded(store: Path) -> None:
    period = "--since 2025-01-02 --until 2025-01-03"
    assert told(f"changes {period}", store) == []
    found = data(f"changes {period} --by-recorded", store)["changes"]
    withdrawn = [change for change in found if change["change"] == "withdrawn"]
    assert [change["ref"] for change in withdrawn] == ["7-FRM-2"]
    assert withdrawn[0]["detail"].endswith("(7-FRM-2 completed): Wrong [red]measure[/red]")


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        ("changes", 2, "--since is missing; for example: hkshcc changes --since 5th-plenary"),
        ("changes --since someday", 2, "'someday' is not a date, an age, a plenary or a round"),
        ("changes --since 2025 --until 2024", 2, "--since 31 Dec 2025 is after 31 Dec 2024"),
        ("changes --since 2027-01-01", 4, "is in the future"),
        ("changes --since 9th-plenary", 4, "is in the future"),
        ("changes --since 4th-plenary", 3, "no plenary"),
        ("chase --owner Nobody", 3, "no body 'Nobody'"),
        ("chase --round 2020H1", 3, "no round '2020H1'"),
        ("round open", 2, "NAME is missing"),
        ("round open 2026H2 --due 2027-06-30", 4, "there is a round 2026H2 already"),
        ("round open X --due 2026-01-01", 4, "would be due on 1 Jan 2026, before it opens"),
        ("round close 2020H1", 3, "no round '2020H1'"),
        ("plenary show 4", 3, "no plenary"),
        ("plenary add 7 --date 2027-01-01", 4, "there is a plenary 7 already, of 1 Mar 2023"),
        ("plenary add 10 --date 2027", 2, "a plenary is held on one day"),
        ("list --instrument 7-DOC-9", 3, "no document '7-DOC-9'"),
    ],
)
def test_what_cannot_be_followed_is_refused_in_one_sentence(store: Path, words: str, code: int, message: str) -> None:
    ran = run(*words.split(), store=store)
    assert says(sentence(ran), message)
    assert ran.code == code


def owed(words: str, store: Path) -> str:
    return " ".join(f"{row['body'] or 'nobody'}:{row['ref']}" for row in data(words, store)["owed"])


def test_chase_says_who_owes_what_in_the_round_that_is_open(store: Path) -> None:
    """SH-Soup reported on 7-FRM-2 in the round; INB, and nobody else, closed 7-KCH-3 by its own word; the secretariat
    closed 7-KCH-4; who owes most comes first."""
    assert owed("chase", store) == (
        "IKO:7-KIT-1a IKO:7-KIT-1b IKO:7-KCH-1 IKO:7-KCH-2 IKO:7-KCH-4"
        " SH-Soup:7-KCH-1 SH-Soup:7-KCH-2 SH-Soup:7-KCH-3 SH-Soup:7-KCH-4"
        " INB:7-KCH-1 INB:7-KCH-2 INB:7-KCH-4 SH-Wind:7-KIT-1a SH-Wind:7-KIT-1b SH-Wind:8-KIT-1 nobody:7-FRM-1"
    )


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("chase --owner inb", "INB:7-KCH-1 INB:7-KCH-2 INB:7-KCH-4"),
        # Before any round it is who has never reported: by then INB had, for Hong Kong, on 7-KCH-2.
        ("chase --owner inb --as-of 2024-08-01", "INB:7-KCH-1 INB:7-KCH-3 INB:7-KCH-4"),
    ],
)
def test_chase_can_be_narrowed_to_a_body_or_an_earlier_day(store: Path, words: str, expected: str) -> None:
    assert owed(words, store) == expected


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("chase", "Returns owed in round 2026H2, due 31 Dec 2026 (in 1 month)"),
        ("chase --as-of 2026-09-30", "Returns owed; no round is open"),
        ("chase --owner SH-Wind", "SH-Wind  Invented Wind Bureau, Shanghai: 3 returns"),
        ("chase --owner INB", "in progress; last update, with evidence, Q2 2023, 3 years 4 months ago"),
        ("chase --owner SH-Wind", "not established"),
        ("chase --owner IKO --as-of 2023-06-01", "in progress; last update 1 Jun 2023, today"),
        ("chase --owner IKO", "overdue by 2 years 10 months"),
        ("chase --owner INB", "+1095 days, moved from 30 Jun 2024"),
        ("chase --as-of 2023-02-01", "No returns are owed."),
        ("--lang zh-Hant chase --owner INB", "未開展"),
    ],
)
def test_a_chase_prints_the_last_word_its_age_and_what_was_promised_next(store: Path, words: str, line: str) -> None:
    assert line in run(*words.split(), store=store).out


def test_a_chase_reminds_a_body_of_what_it_said_it_would_do_next(store: Path) -> None:
    run("update", "7-KIT-1a", "--by", "IKO", "--next", "Buy string", store=store)
    run("round", "close", "2026H2", store=store)
    later = NOW + timedelta(days=100)
    run("round", "open", "2027H1", "--due", "2027-06-30", store=store, now=later)
    assert "next step reported: Buy string" in run("chase", "--owner", "IKO", store=store, now=later).out


@pytest.mark.parametrize(("form", "ending"), [("table", "txt"), ("md", "md"), ("docx", "docx")])
def test_chase_writes_a_letter_to_each_body_and_sends_nothing(store: Path, form: str, ending: str) -> None:
    folder = store.parent / "letters" / "2026"
    ran = run("chase", "--out", str(folder), "--format", form, store=store)
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.endswith(f"hkshcc: wrote 5 letters to {folder}; nothing was sent\n")
    names = sorted(path.name for path in folder.iterdir())
    assert names == [f"{name}.{ending}" for name in ("IKO", "INB", "SH-Soup", "SH-Wind", "no-owner")]
    assert "7-KCH-2" in letter(folder / f"INB.{ending}")
    assert "7-KIT" not in letter(folder / f"INB.{ending}")


@pytest.mark.parametrize("form", ["md", "docx"])
def test_a_letter_on_a_measure_that_others_closed_has_no_next_step_and_nothing_late(store: Path, form: str) -> None:
    run("update", "7-KIT-1a", "--by", "IKO", "--next", "Buy string", store=store)
    target = ("retarget", "7-KIT-1a", "2026-11-01", "--reason", "agreed")
    assert run(*target, store=store).code == 0
    words = ("--lang", "en", "chase", "--owner", "SH-Wind", "--format", form, "--out")
    run(*words, str(store.parent / "before"), store=store)
    assert "due 1 Nov 2026" in letter(store.parent / "before" / f"SH-Wind.{form}")
    shown = ("--evidence", "https://invented.example/kites", "--evidence-kind", "press")
    assert run("done", "7-KIT-1a", *shown, store=store).code == 0
    run(*words, str(store.parent / "after"), store=store)
    said = letter(store.parent / "after" / f"SH-Wind.{form}")
    assert "7-KIT-1a" in said
    assert "1 Nov 2026" not in said


def words_on_the_cover(path: Path) -> str:
    """What stands on the first sheet of a form."""
    return "\n".join(str(cell) for row in load_workbook(path).worksheets[0].iter_rows(values_only=True) for cell in row)


def letter(path: Path) -> str:
    data = path.read_bytes()
    return text_of(data) if path.suffix == ".docx" else data.decode()


@pytest.mark.parametrize("form", ["table", "md", "html", "docx"])
def test_a_letter_says_whom_it_asks_by_when_and_where_to_send_the_answer(store: Path, form: str) -> None:
    words = ("--owner", "INB", "--format", form, "--return-to", "kites@invented.example, room 7")
    run("chase", "--out", str(store.parent / "out"), *words, store=store)
    [written] = (store.parent / "out").iterdir()
    said = letter(written)
    for wanted in (
        "Dear colleagues at the",
        "return your answer by 31 December 2026",
        "kites@invented.example, room 7",
    ):
        assert wanted in said
    assert "On record so far" in said


def test_a_letter_without_an_address_is_answered_to_whoever_sent_it(store: Path) -> None:
    run("chase", "--owner", "INB", "--out", str(store.parent / "out"), store=store)
    assert "to the office that sent you this letter." in letter(store.parent / "out" / "INB.txt")


@pytest.mark.parametrize(
    ("lang", "environment", "shanghai", "hong_kong"),
    [
        (None, "", "汇报期", "Round"),
        (None, "zh-Hant", "汇报期", "匯報期"),
        (None, "zh-Hans", "汇报期", "匯報期"),
        ("en", "zh-Hant", "Round", "Round"),
        ("zh-Hant", "", "匯報期", "匯報期"),
        ("zh-Hans", "", "汇报期", "汇报期"),
    ],
)
def test_a_letter_speaks_the_language_of_the_side_that_reads_it_unless_one_is_named(
    store: Path, lang: str | None, environment: str, shanghai: str, hong_kong: str
) -> None:
    named = ("--lang", lang) if lang else ()
    folder = store.parent / "out"
    run(*named, "chase", "--out", str(folder), store=store, env={"HKSHCC_LANG": environment})
    assert shanghai in letter(folder / "SH-Soup.txt")
    assert hong_kong in letter(folder / "IKO.txt")


@pytest.mark.needs_office
def test_a_letter_goes_with_its_form_in_the_same_language(store: Path) -> None:
    folder = store.parent / "out"
    assert run("chase", "--out", str(folder), "--format", "docx", "--with-forms", store=store).code == 0
    names = sorted(path.name for path in folder.iterdir())
    bodies = ("IKO", "INB", "SH-Soup", "SH-Wind")
    assert names == sorted([*(f"{body}.{ending}" for body in bodies for ending in ("docx", "xlsx")), "no-owner.docx"])
    assert "The form IKO.xlsx comes with this letter" in letter(folder / "IKO.docx")
    assert "an address" not in words_on_the_cover(folder / "IKO.xlsx")
    assert "回复" in load_workbook(folder / "SH-Soup.xlsx").sheetnames
    assert run("merge", str(folder / "SH-Soup.xlsx"), store=store).code == 0


@pytest.mark.needs_office
def test_the_form_that_goes_with_a_letter_says_where_to_return_it(store: Path) -> None:
    folder = store.parent / "out"
    run("chase", "--out", str(folder), "--with-forms", "--return-to", "an address", store=store)
    assert "an address" in words_on_the_cover(folder / "IKO.xlsx")
    assert "an address" in letter(folder / "IKO.txt")


@pytest.mark.needs_office
def test_neither_letters_nor_forms_are_written_where_one_of_them_is_there_already(store: Path) -> None:
    folder = store.parent / "out"
    folder.mkdir()
    (folder / "SH-Wind.xlsx").write_bytes(b"filled in")
    ran = run("chase", "--out", str(folder), "--with-forms", store=store)
    assert ran.code == 4
    assert [path.name for path in folder.iterdir()] == ["SH-Wind.xlsx"]


@pytest.mark.parametrize("option", [("--return-to", "x"), ("--with-forms",)])
def test_what_a_letter_says_is_asked_for_with_letters_alone(store: Path, option: tuple[str, ...]) -> None:
    ran = run("chase", *option, store=store)
    assert ran.code == 2
    assert sentence(ran) == "--return-to and --with-forms are for letters; add --out FOLDER"


def test_a_letter_without_a_round_asks_all_the_same(store: Path) -> None:
    run("chase", "--as-of", "2026-09-30", "--owner", "INB", "--out", str(store.parent), store=store)
    said = letter(store.parent / "INB.txt")
    assert "Please tell us how far the" in said
    assert "Please return your answer by" not in said


def test_an_address_to_return_to_is_inert(store: Path) -> None:
    for form in ("table", "md", "html", "docx"):
        words = ("--owner", "INB", "--format", form, "--return-to", "x\x1b[31m<b>\u202e")
        run("chase", "--out", str(store.parent / form), *words, store=store)
        [written] = (store.parent / form).iterdir()
        assert active(letter(written)) <= {"\n"}
    assert live_in_html((store.parent / "html" / "INB.html").read_bytes()) == []


def test_what_the_conference_accepted_is_a_change_and_owes_nothing(store: Path) -> None:
    assert run("accept", "7-KCH-3", "--at", "8th-plenary", "--reason", "Item 9", store=store).code == 0
    found = data("changes --since 2025-05-04 --until 2025-05-05", store)["changes"]
    [change] = [change for change in found if change["ref"] == "7-KCH-3"]
    assert (change["change"], change["ref"], change["after"]) == ("accepted", "7-KCH-3", "2025-05-05")
    assert change["detail"] == "on 5 May 2025: Item 9"
    assert "7-KCH-3" not in owed("chase", store)
    [row] = data("show 7-KCH-3", store)["measures"]
    assert (row["basis"], row["basis_side"], row["accepted_on"]) == ("accepted", None, "2025-05-05")
    assert "Basis: accepted by the conference on 5 May 2025\n" in run("show", "7-KCH-3", store=store).out
    report = data("report", store)
    assert (report["bases"]["modified"]["accepted"], report["unconfirmed"]) == (1, 1)


def test_a_round_opens_and_closes_and_counts_who_reported(store: Path) -> None:
    [listed] = data("round list", store)["rounds"]
    assert listed == {
        "name": "2026H2", "opened": "2026-10-01", "due": "2026-12-31", "closed": None, "reported": 1, "measures": 10,
        "nil": 0, "alias": None,
    }  # fmt: skip
    assert run("round", "close", "2026h2", store=store).out.startswith("Closed round 2026H2, 23 Nov 2026 (entry ")
    opened = run("round", "open", "2027H1", "--due", "2027-06-30", "--format", "json", store=store)
    assert json.loads(opened.out)["events"][0]["thing"] == {
        "name": "2027H1", "opened": "2026-11-23", "due": "2027-06-30",
    }  # fmt: skip
    names = {entered["name"]: entered["closed"] for entered in data("round list", store)["rounds"]}
    assert names == {"2026H2": "2026-11-23", "2027H1": None}
    assert data("chase", store)["round"]["name"] == "2027H1"
    closed = run("chase", "--round", "2026H2", store=store).out
    assert "Returns owed in round 2026H2, due 31 Dec 2026 (closed 23 Nov 2026)" in closed


@pytest.mark.parametrize(
    ("day", "state"),
    [("2026-12-31", "(today)"), ("2027-01-02", "(2 days ago)"), ("2026-12-29", "(in 2 days)")],
)
def test_a_chase_says_how_much_time_is_left(store: Path, day: str, state: str) -> None:
    now = datetime.fromisoformat(f"{day}T12:00:00+08:00")
    assert f"due 31 Dec 2026 {state}" in run("chase", store=store, now=now).out
    shown = "open, 2 days past due" if day > "2026-12-31" else "open"
    assert shown in run("round", "list", store=store, now=now, screen=Screen()).out


def test_a_register_without_rounds_says_how_one_is_opened(tmp_path: Path) -> None:
    ran = run("round", "list", store=tmp_path / "none.json", screen=Screen())
    assert ran.out == "0 rounds; `hkshcc round open NAME --due DATE` opens one\n"


def test_plenaries_say_how_many_measures_of_each_there_are_and_of_which_there_are_none(store: Path) -> None:
    rows = data("plenary list", store)["plenaries"]
    assert [(row["number"], row["measures"]) for row in rows] == [(7, 9), (8, 1), (9, 0)]
    page = run("plenary", "list", store=store, screen=Screen()).out
    assert "No measures of 9: the texts agreed there are not in the register." in page


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("7", "7th plenary 1 March 2023, Invented Hall"),
        ("7", "Kites 3 1 in progress, 1 continuing, 1 completed"),
        ("7", "Signed 7-DOC-1 Memorandum on kites"),
        ("9", "No measures: the text agreed there is not in the register."),
    ],
)
def test_a_plenary_shows_its_areas_and_what_was_signed(store: Path, number: str, words: str) -> None:
    assert words in joined(run("plenary", "show", number, store=store))


def test_a_new_plenary_takes_measures_once_it_was_held(store: Path) -> None:
    ran = run(
        "plenary", "add", "10", "--date", "2026-11-01", "--place", "Invented Hall",
        "--co-chair", "A", "--co-chair", "B", store=store,
    )  # fmt: skip
    assert ran.out.startswith("Added the 10th plenary of 1 Nov 2026 (entry ")
    assert run("add", "--area", "kites", "--title", "x", "--plenary", "10", store=store).out.startswith("10-KIT-1 ")
    assert joined(run("plenary", "show", "10", store=store)).startswith(
        "10th plenary 1 November 2026, Invented Hall; co-chairs: A, B"
    )
    assert data("list --plenary 10", store)["shown"] == 1


def test_an_instrument_shows_how_its_measures_stand(store: Path) -> None:
    page = joined(run("instruments", store=store, screen=Screen(), env={"NO_COLOR": "1"}))
    assert "7-DOC-1 Memorandum on kites 2 measures: 1 in progress, 1 not pursued" in page
    assert "2 documents (signing one does not mean that it has been carried out: see its measures)" in page
    assert [row["ref"] for row in data("list --instrument 7-doc-1", store)["measures"]] == ["7-KIT-1a", "7-KCH-4"]


def test_an_instrument_that_bears_on_nothing_lists_nothing(store: Path) -> None:
    assert data("list --instrument 7-DOC-2", store)["shown"] == 0


def test_stalled_is_in_progress_without_a_word_for_longer_than_the_rule_says(store: Path) -> None:
    assert [row["ref"] for row in data("list --stalled", store)["measures"]] == ["7-KIT-1a", "7-KCH-1"]
    assert data("list --stalled --stalled-after 21", store)["shown"] == 3
    report = run("report", store=store).out
    assert "3  in progress (2 stalled: no update or evidence for more than 540 days)" in report
    assert "stalled" not in "".join(run("report", "--stalled-after", "9999", store=store).content)


def test_hkshcc_alone_shows_the_state_in_a_few_lines_and_what_to_type_next(store: Path) -> None:
    ran = run(store=store)
    assert ran.code == 0
    assert len(ran.lines) <= 12
    assert "10 measures: 2 status not established, none with related evidence; 1 not started" in ran.out
    assert "Needs attention: 7-KIT-1a overdue, 7-KIT-2 late" in ran.out
    tries = [line.strip().partition("  ")[0] for line in ran.lines[-3:]]
    for command in tries:
        assert run(*command.split()[1:], store=store).code == 0


def test_hkshcc_alone_on_an_empty_register_says_how_to_begin(tmp_path: Path) -> None:
    store = tmp_path / "register.json"
    run("init", "--empty", store=store)
    ran = run(store=store)
    assert "Needs attention: nothing" in ran.out
    assert "hkshcc add --help" in ran.out


@pytest.mark.parametrize(("words", "count"), [("--silent", 5), ("--status not-started", 1)])
def test_a_listing_that_is_not_empty_blames_no_filter(store: Path, words: str, count: int) -> None:
    ran = run("list", *words.split(), store=store)
    assert len(ran.lines) == count
    assert "without" not in ran.err


@pytest.mark.parametrize(
    ("words", "cause"),
    [
        ("--search nowhere", "0 of 10 measures (search 'nowhere')\n"),
        ("--plenary 9", "0 of 10 measures (plenary 9); the text agreed there is not in the register\n"),
        ("--status completed --kind continuing", "1 measure matches without 'status completed'\n"),
        ("--status completed --overdue --kind continuing", "no single filter explains the empty result\n"),
    ],
)
def test_a_listing_of_nothing_says_which_filter_emptied_it(store: Path, words: str, cause: str) -> None:
    assert run("list", *words.split(), store=store).err.endswith(cause)


@pytest.mark.parametrize("form", ["json", "csv"])
def test_a_letter_is_a_text_and_no_table_for_a_program(store: Path, form: str) -> None:
    ran = run("chase", "--out", str(store.parent / "notes"), "--format", form, store=store)
    assert ran.code == 2
    assert says(sentence(ran), "a letter is plain text, Markdown, HTML or Word")


def test_an_age_counts_back_from_the_day_that_is_compared_with(store: Path) -> None:
    ran = run("changes", "--since", "31d", "--as-of", "2023-04-01", store=store)
    assert "from the end of 1 March 2023 to the end of 1 April 2023" in ran.out


def test_a_round_cannot_be_called_what_means_a_day(store: Path) -> None:
    for name in ("90d", "2026-11-01", "5th-plenary", "last-round", "2026", "a\x1bb"):
        assert run("round", "open", name, "--due", "2026-12-31", store=store).code == 2


def test_the_history_of_a_withdrawn_measure_can_still_be_read(store: Path) -> None:
    added = run("add", "--area", "kites", "--title", "Invented, withdrawn", store=store).out.split()[0]
    run("undo", "--reason", "Entered twice", "--yes", store=store)
    assert run("show", added, store=store).code == 3
    assert "WITHDRAWN by entry" in run("history", added, store=store).out


def test_a_target_does_not_move_on_a_closed_measure(store: Path) -> None:
    run("update", "7-KIT-1a", "--status", "completed", "--without-evidence", "Invented", store=store)
    ran = run("retarget", "7-KIT-1a", "2027-12-31", "--reason", "Invented", store=store)
    assert (ran.code, ran.out) == (4, "")


def test_a_listing_of_a_past_day_says_which(store: Path) -> None:
    assert run("list", "--as-of", "2024-01-01", store=store).err.endswith(
        "As of 1 January 2024, as known on 23 November 2026\n"
    )


def test_an_ending_that_names_no_format_is_refused(store: Path) -> None:
    ran = run("report", "-o", str(store.parent / "report.xlsx"), store=store)
    assert ran.code == 2
    assert not (store.parent / "report.xlsx").exists()


def test_nothing_is_said_to_be_reported_in_an_empty_register(tmp_path: Path) -> None:
    store = tmp_path / "register.json"
    run("init", "--empty", store=store)
    assert "No measure is in the register on that day." in run("changes", "--since", "5th-plenary", store=store).out


def test_a_nil_return_answers_the_round_and_is_no_news_of_the_measure(store: Path) -> None:
    def asked() -> set[str]:
        return {row["ref"] for row in data("chase --owner IKO", store)["owed"]}

    def without_entries(words: str) -> list[dict[str, Any]]:
        return [{**row, "events": None} for row in data(words, store)["measures"]]

    before, measures = asked(), without_entries("show 7-KIT-1a 7-KIT-1b --stale-after 30")
    reported = data("bodies", store)
    assert "7-KIT-1a" in before
    ran = run("update", "7-KIT-1a", "--by", "IKO", "--remark", "N/A", "--next", "沒有", store=store)
    assert ran.out.startswith(f"7-KIT-1a {nasty.MARKUP}: nil return, 23 Nov 2026, by IKO (entry ")
    assert ran.err == "hkshcc: left out as empty: --remark 'N/A', --next '沒有'\n"
    assert asked() == before - {"7-KIT-1a"}
    assert without_entries("show 7-KIT-1a 7-KIT-1b --stale-after 30") == measures
    assert data("bodies", store)["bodies"] == reported["bodies"]
    assert data("round list", store)["rounds"][0]["reported"] == 1
    assert "1 of 10, 1 nil return" in joined(run("round", "list", "--format", "table", store=store))
    assert told("changes --since yesterday", store) == [("nil-return", "7-KIT-1a")]
    assert "Nil returns (1) 7-KIT-1a" in joined(run("changes", "--since", "yesterday", store=store))
    assert "nil return" in joined(run("history", "7-KIT-1a", store=store))
    assert "none yet; nil return on 23 Nov 2026" in joined(run("show", "7-KIT-1a", store=store))
    run("round", "close", "2026H2", store=store)
    assert "7-KIT-1a" in asked()
    assert run("check", store=store).code == 0


STEP = ("update", "7-KIT-1a", "--by", "IKO", "--next", "Fly it again", "--next-by")


def test_a_next_step_with_a_day_is_followed_until_that_day(store: Path) -> None:
    ran = run(*STEP, "10 Dec", store=store)
    assert "Next step: Fly it again (by 10 Dec 2026)" in ran.lines
    assert [row["next_by"] for row in data("list --due-within 30d", store)["measures"]] == ["2026-12-10"]
    assert "next step by 10 Dec 2026: Fly it again" in joined(
        run("list", "--due-within", "30d", "--format", "table", store=store)
    )
    assert data("list --due-within 2w", store)["measures"] == []
    [owed] = [row for row in data("chase --owner SH-Wind", store)["owed"] if row["ref"] == "7-KIT-1a"]
    assert (owed["next"], owed["next_by"]) == (None, None)
    assert "due soon 7-KIT-1a" in joined(run("report", store=store))
    assert "IKO: Fly it again (by 10 Dec 2026); in 17 days" in joined(run("report", store=store))
    assert "Next step Fly it again (by 10 Dec 2026)" in joined(run("show", "7-KIT-1a", store=store))
    assert "next: Fly it again (by 10 Dec 2026)" in joined(run("history", "7-KIT-1a", store=store))


def test_what_is_due_sooner_comes_first_in_what_to_do_whether_a_target_or_a_step(store: Path) -> None:
    for ref, day in (("7-KIT-1b", "10 Dec"), ("7-FRM-2", "8 Dec")):
        run("update", ref, "--by", "IKO", "--next", "Wind it up", "--next-by", day, store=store)
    soon = [task["ref"] for task in data("todo", store)["tasks"] if task["reason"] == "due soon"]
    assert soon == ["7-FRM-2", "7-KIT-1b"]


def test_a_side_that_said_it_would_and_has_not_reported_since_is_named_with_its_own_words(store: Path) -> None:
    run(*STEP, "10 Dec", store=store)
    later = NOW + timedelta(days=40)
    ran = run("report", store=store, now=later)
    assert "step overdue 7-KIT-1a" in joined(ran)
    assert "IKO: Fly it again (by 10 Dec 2026); the day passed 23 days ago" in joined(ran)
    answer = json.loads(run("report", "--format", "json", store=store, now=later).out)
    [item] = [item for item in answer["attention"] if item["what"] == "step overdue"]
    assert (item["details"]["text"], item["details"]["days"], item["details"]["next_by"]) == (
        "Fly it again", 23, "2026-12-10",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "error"), [("soon", "'soon' is not a date or a time from today"), ("1 Jan 2026", "1 Jan 2026 is past")]
)
def test_a_time_that_is_none_is_refused(store: Path, typed: str, error: str) -> None:
    ran = run("list", "--due-within", typed, store=store)
    assert ran.code == 2
    assert sentence(ran).startswith(error)


@pytest.mark.parametrize("form", ["table", "md", "html", "docx"])
def test_a_letter_names_the_entries_that_it_was_drawn_from_and_how_that_is_checked(store: Path, form: str) -> None:
    run("chase", "--owner", "INB", "--out", str(store.parent / "out"), "--format", form, store=store)
    [written] = (store.parent / "out").iterdir()
    said = letter(written)
    assert "Based on entries 1-" in said
    checked = re.search(r"check --fingerprint (\S+?:[0-9a-f]{16})", said.replace("\\", ""))
    assert checked
    assert run("check", "--fingerprint", checked[1], store=store).code == 0


def test_where_nothing_is_owed_no_letter_is_written_and_that_is_said(store: Path) -> None:
    run("bodies", "add", "XYZ", "--side", "hk", "--name", "Invented", store=store)
    folder = store.parent / "out"
    ran = run("chase", "--owner", "XYZ", "--out", str(folder), store=store)
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.endswith("hkshcc: no returns are owed; nothing was written\n")
    assert not folder.exists()
