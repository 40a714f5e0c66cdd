"""What other programs may rely on: names, keys, dates and nulls of every report's JSON."""

import csv
import importlib
import io
import json
import pkgutil
import re
from pathlib import Path
from typing import Any

import pytest

import hkshcc.reports
from hkshcc.language import LANGUAGES
from hkshcc.register.dates import is_day
from tests import nasty
from tests.commands import NASTY, PAGES
from tests.running import data, run

# Of the pages of a schema the first; and what a change answers.
REPORTS = {
    **{f"hkshcc.{page.schema}/1": " ".join(page.on(NASTY)) for page in reversed(PAGES.values()) if page.schema},
    "hkshcc.recorded/1": "note 8-KIT-1 x",
}
# Drawn for people, into files of their own, of the whole register whatever the day (tests/cli/test_keeping.py), of a
# file (tests/cli/test_redraw.py), or of none.
OTHERS = {
    "hkshcc.glance/1", "hkshcc.note/1", "hkshcc.proposal/1", "hkshcc.check/1", "hkshcc.redrawn/1", "hkshcc.schemas/1",
    "hkshcc.signed/1",
}  # fmt: skip
REPORTS = {schema: words for schema, words in REPORTS.items() if schema not in OTHERS}

HEAD = ["schema", "as_of", "known_on", "entries", "fingerprint", "command"]
MEASURE = [
    "ref", "plenary", "area", "kind", "title", "summary", "summary_by_language", "status", "status_hk", "status_sh",
    "since", "sides_differ", "timeliness", "freshness", "silent", "last_on", "target", "target_original",
    "target_basis", "slips", "slip_days", "next", "attention", "owners", "evidence", "one_sided", "evidence_on",
    "lapsed", "basis", "basis_side", "accepted_on", "sources",
    "next_by",
]  # fmt: skip
EVENT = [
    "number", "id", "command", "event", "recorded", "recorder", "ref", "on", "precision", "by", "side", "status",
    "remark", "reason", "next", "attention", "evidence", "without_evidence", "target", "added", "dropped", "names",
    "thing", "clock", "nil", "next_by", "next_by_precision", "criteria", "agreed_by",
    "internal", "origin", "place", "after", "means", "signature",
    "withdrawn_by", "received",
]  # fmt: skip
PINNED = {
    "hkshcc.list/1": ([*HEAD, "total", "shown", "filters", "criteria", "measures"], MEASURE),
    "hkshcc.show/1": (
        [*HEAD, "measures"],
        [*MEASURE, "area_name", "paragraph", "sha256", "timing", "organisations", "alias", "agreed_on", "owners_basis",
         "instruments", "events", "quoted", "criteria"],
    ),
    "hkshcc.report/1": (
        [*HEAD, "total", "counts", "bases", "unconfirmed", "silent", "stalled", "stalled_after", "one_sided", "group",
         "groups", "attention", "withdrawn", "unknown_with_evidence", "continuing_with_evidence", "lapsed",
         "stale_after"],
        ["key", "name", "total", "unknown", "not_started", "in_progress", "continuing", "modified", "completed",
         "not_pursued", "lapsed"],
    ),
    "hkshcc.comparison/1": (
        [*HEAD, "since", "until", "group", "stalled_after", "stale_after", "numbers"],
        ["key", "name", "what", "then", "now", "change"],
    ),
    "hkshcc.cross/1": (
        [*HEAD, "total", "group", "by", "stale_after", "cells"],
        ["row", "row_name", "column", "column_name", "total", "unknown", "not_started", "in_progress", "continuing",
         "modified", "completed", "not_pursued", "lapsed"],
    ),
    "hkshcc.paper/1": (
        [*HEAD, "since", "total", "measures", "not_heard_from"],
        ["ref", "area", "title", "summary_by_language", "status", "lapsed", "entries", "next", "next_by", "target",
         "status_hk", "status_sh", "owners"],
    ),
    "hkshcc.documents/1": ([*HEAD, "by", "documents"], ["key", "documents", "refs", "measures", "counts"]),
    "hkshcc.todo/1": (
        [*HEAD, "round", "total", "counts", "tasks"],
        ["reason", "ref", "title", "detail", "reasons", "status", "target", "last_on", "evidence_on", "owed"],
    ),
    "hkshcc.history/1": ([*HEAD, "ref", "title", "events"], EVENT),
    "hkshcc.areas/1": ([*HEAD, "areas"], ["slug", "code", "name", "measures", "nothing_known", "note"]),
    "hkshcc.bodies/1": ([*HEAD, "bodies"], ["code", "side", "name", "owns", "reported", "note", "alias"]),
    "hkshcc.recorded/1": (["schema", "recorded", "notes", "changes", "events"], EVENT),
}  # fmt: skip


_DAYS = {
    "as_of", "known_on", "on", "since", "last_on", "evidence_on", "target", "target_original", "date", "due",
}  # fmt: skip


def classes() -> dict[str, Any]:
    """Every report that there is, by its schema."""
    found = {}
    for module in pkgutil.iter_modules(hkshcc.reports.__path__, "hkshcc.reports."):
        for thing in vars(importlib.import_module(module.name)).values():
            schema = getattr(thing, "schema", None)
            if isinstance(thing, type) and isinstance(schema, str):
                found[schema] = thing
    return found


def test_every_report_is_held_to_its_promises() -> None:
    assert classes().keys() == REPORTS.keys() | OTHERS


@pytest.mark.parametrize("schema", REPORTS)
def test_the_schema_with_its_number_stands_at_the_top(store: Path, schema: str) -> None:
    answer = data(REPORTS[schema], store)
    assert next(iter(answer.items())) == ("schema", schema)


@pytest.mark.parametrize("schema", REPORTS)
def test_the_fields_that_can_be_chosen_are_the_keys_of_every_row(store: Path, schema: str) -> None:
    report = classes()[schema]
    rows = data(REPORTS[schema], store)[report.rows]
    assert rows
    assert {tuple(row) for row in rows} == {tuple(report.fields)}
    assert set(report.brief) <= set(report.fields)


@pytest.mark.parametrize("schema", PINNED)
def test_keys_are_a_promise(store: Path, schema: str) -> None:
    at_the_top, in_a_row = PINNED[schema]
    answer = data(REPORTS[schema], store)
    assert list(answer) == at_the_top
    assert list(answer[classes()[schema].rows][0]) == in_a_row


@pytest.mark.parametrize("schema", sorted(REPORTS.keys() - {"hkshcc.recorded/1"}))
def test_every_report_says_as_of_when_and_from_what_it_was_drawn(store: Path, schema: str) -> None:
    answer = data(f"{REPORTS[schema]} --as-of 2025-12-31 --known-on 2026-01-31", store)
    assert (answer["as_of"], answer["known_on"]) == ("2025-12-31", "2026-01-31")
    known = [entry for entry in nasty.entries() if entry.recorded[:10] <= "2026-01-31"]
    assert answer["entries"] == len(known)
    assert len(answer["fingerprint"]) == 64


@pytest.mark.parametrize("schema", REPORTS)
def test_dates_are_iso_days_and_what_is_absent_is_null(store: Path, schema: str) -> None:
    answer = data(REPORTS[schema], store)

    def walk(key: str, value: object) -> None:
        if isinstance(value, dict):
            for inner, thing in value.items():
                walk(inner, thing)
        elif isinstance(value, list):
            for thing in value:
                walk(key, thing)
        elif isinstance(value, str):
            assert value not in {"", "-", "–", "—", "None", "null"}
            if key in _DAYS:
                assert is_day(value), (key, value)

    walk("", answer)


def measure(ref: str, store: Path) -> Any:
    [found] = data(f"show {ref}", store)["measures"]
    return found


def test_a_measure_of_which_nothing_is_known_is_null_where_something_would_be(store: Path) -> None:
    found = measure("7-FRM-1", store)
    nulls = (
        "since",
        "last_on",
        "target",
        "target_original",
        "target_basis",
        "next",
        "attention",
        "paragraph",
        "sha256",
    )
    assert {key: found[key] for key in nulls} == dict.fromkeys(nulls)
    assert found["title"] == {"en": nasty.FORMULA, "zh-Hant": "＝超連結", "zh-Hans": None}
    assert (found["owners"], found["evidence"], found["silent"]) == ({"hk": [], "sh": []}, 0, True)
    assert (found["timeliness"], found["freshness"]) == ("no-target", "none")


def test_a_summary_is_a_text_and_stands_in_every_language_beside_it(store: Path) -> None:
    found, typed, none = (measure(ref, store) for ref in ("7-KIT-1a", "7-FRM-1", "7-KIT-2"))
    assert found["summary"] == nasty.SUMMARY["en"]
    assert found["summary_by_language"] == {**nasty.SUMMARY, "zh-Hans": None}
    assert (typed["summary"], typed["summary_by_language"]["en"]) == ("+SUM(A1)", "+SUM(A1)")
    assert (none["summary"], none["summary_by_language"]) == (None, dict.fromkeys(LANGUAGES))


def test_people_and_annexes_stand_in_every_language_beside_the_english_ones() -> None:
    ran = [run(*words.split(), "--format", "json") for words in ("plenary list", "instruments")]
    plenaries, instruments = (json.loads(answer.out) for answer in ran)
    fourth, signed = plenaries["plenaries"][3], instruments["instruments"][0]
    assert fourth["co_chairs"] == ["Carrie Lam", "Ying Yong"]
    assert fourth["co_chairs_by_language"] == {
        "en": ["Carrie Lam", "Ying Yong"], "zh-Hant": ["林鄭月娥", "應勇"], "zh-Hans": ["林郑月娥", "应勇"],
    }  # fmt: skip
    assert signed["signatories_by_language"]["zh-Hans"] == ["行政长官林郑月娥", "市长龚正"]
    assert (signed["annex"], signed["annex_by_language"]["zh-Hant"]) == (
        "Annex 1 (Chinese only)", "附件一（只有中文版）",
    )  # fmt: skip


def test_a_name_that_was_typed_is_a_text_and_the_same_in_every_language(store: Path) -> None:
    run("plenary", "add", "99", "--date", "2026-10-01", "--co-chair", "Invented Chair", store=store)
    added = data("plenary list", store)["plenaries"][-1]
    assert added["co_chairs"] == ["Invented Chair"]
    assert added["co_chairs_by_language"] == {lang: ["Invented Chair"] for lang in LANGUAGES}


def test_a_spreadsheet_has_a_column_for_names_in_each_language() -> None:
    rows = list(csv.DictReader(io.StringIO(run("plenary", "list", "--format", "csv").out.lstrip("\ufeff"))))
    assert (rows[3]["co_chairs"], rows[3]["co_chairs_zh_hant"]) == ("Carrie Lam; Ying Yong", "林鄭月娥; 應勇")


def test_a_spreadsheet_has_a_column_for_a_summary_in_each_language(store: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("list", "--format", "csv", store=store).out.lstrip("\ufeff"))))
    assert [name for name in rows[0] if "summary" in name] == ["summary", "summary_zh_hant", "summary_zh_hans"]
    summaries = {row["ref"]: (row["summary"], row["summary_zh_hant"], row["summary_zh_hans"]) for row in rows}
    assert summaries["7-KIT-1a"] == (*nasty.SUMMARY.values(), "")
    assert summaries["7-KIT-2"] == ("", "", "")
    chosen = run("list", "7-KIT-1a", "--fields", "summary_zh_hant", "--format", "csv", store=store).out
    assert chosen.splitlines()[1] == nasty.SUMMARY["zh-Hant"]


def test_a_measure_that_moved_twice_keeps_its_first_promise(store: Path) -> None:
    found = measure("7-KCH-1", store)
    assert (found["target"], found["target_original"]) == ("2027-06-30", "2024-06-30")
    assert (found["slips"], found["slip_days"], found["timeliness"]) == (2, 1095, "slipped")


def test_the_two_sides_stand_apart_and_the_measure_at_the_less_advanced(store: Path) -> None:
    found = measure("7-KCH-4", store)
    assert (found["status"], found["status_hk"], found["status_sh"]) == ("not-pursued", "not-pursued", "in-progress")
    assert (found["sides_differ"], found["owners"]) == (True, {"hk": ["INB", "IKO"], "sh": ["SH-Soup"]})
    assert found["owners_basis"] == {"INB": "stated", "SH-Soup": "stated", "IKO": "inferred"}


def test_a_sheet_has_where_it_was_agreed_and_its_events_in_full(store: Path) -> None:
    found = measure("7-KIT-1a", store)
    assert (found["paragraph"], found["sha256"], found["agreed_on"]) == (3, "0" * 64, "2023-03-01")
    assert (found["organisations"], found["instruments"]) == (["Invented Kite Club"], ["7-DOC-1"])
    assert found["area_name"] == {"en": "Kite flying and wind", "zh-Hant": "風箏及風", "zh-Hans": "风筝及风"}
    assert [event["event"] for event in found["events"]] == ["agreed", "finding"]
    assert list(found["events"][0]) == EVENT


def test_a_withdrawn_entry_names_the_entry_that_withdrew_it(store: Path) -> None:
    events = data("history", store)["events"]
    [withdrawn] = [event for event in events if event["event"] == "return" and event["withdrawn_by"]]
    [by] = [event for event in events if event["number"] == withdrawn["withdrawn_by"]]
    assert (by["event"], by["names"]) == ("retraction", [withdrawn["id"]])


@pytest.mark.parametrize("form", ["--format json", "--format=csv"])
@pytest.mark.parametrize("schema", sorted(REPORTS.keys() - {"hkshcc.recorded/1"}))
def test_what_programs_read_is_the_same_in_every_language(store: Path, schema: str, form: str) -> None:
    words = [*REPORTS[schema].split(), *form.split()]
    english = run(*words, store=store)
    assert english.code == 0
    for lang in ("zh-Hant", "zh-Hans"):
        assert run("--lang", lang, *words, store=store).raw == english.raw


@pytest.mark.parametrize(
    "words",
    [
        "check --format json --fingerprint 10:0000000000000000",
        "note 8-KIT-1 x --format json",
        "update 7-KIT-1a --status completed --evidence x --by INB --dry-run --format json",
    ],
)
def test_sentences_in_data_are_the_same_in_every_language(words: str, tmp_path: Path) -> None:
    found = set()
    for number, lang in enumerate(LANGUAGES):
        again = nasty.write(tmp_path / f"{number}.json")
        answer = run("--lang", lang, *words.split(), store=again)
        assert answer.out
        found.add(re.sub(r'"(id|command)": "[0-9a-f-]+"', "", answer.out))
    assert len(found) == 1


@pytest.mark.parametrize("words", ["list", "areas", "bodies", "instruments", "round list", "plenary list"])
def test_the_rows_of_a_listing_on_a_pipe_are_the_same_in_every_language(store: Path, words: str) -> None:
    found = {run("--lang", lang, *words.split(), store=store).raw for lang in LANGUAGES}
    assert len(found) == 1


def test_filters_are_said_in_json_too(store: Path) -> None:
    listing = data("list --area kites --overdue", store)
    assert (listing["total"], listing["shown"], listing["filters"]) == (10, 1, "area kites, overdue")
    assert data("list", store)["filters"] is None


def test_filters_are_said_in_json_apart_too(store: Path) -> None:
    unused = dict.fromkeys(
        ("areas", "statuses", "owners", "kinds", "plenaries", "instrument", "due_by", "stalled_after", "search")
    )
    unused |= dict.fromkeys(
        ("overdue", "lapsed", "silent", "sides_differ", "no_evidence", "unconfirmed", "no_criteria"), False
    )
    unused |= dict.fromkeys(("single_source", "on_press_alone"), False)
    assert data("list", store)["criteria"] == unused
    words = "list --area kites --plenary 7 --instrument 7-DOC-1 --overdue --stalled --search kite"
    assert data(words, store)["criteria"] == unused | {
        "areas": ["kites"], "plenaries": [7], "instrument": "7-DOC-1", "overdue": True, "stalled_after": 540,
        "search": "kite",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [
        ("2024-05-31", "2024-06-01", {"days": 549, "text": "The flour came late", "on": "2024-06-01"}),
        ("2024-07-31", "2024-08-01", {"text": "Starting anew", "on": "2024-08-01", "precision": "day"}),
        ("2024-10-01", "2024-10-02", {"text": "It bends", "on": "2024-10-02", "precision": "day"}),
        ("2025-05-04", "2025-05-05", {"on": "2025-05-05", "precision": "day"}),
        ("2025-06-01", "2025-06-02", {"added": ["SH-Wind"], "dropped": ["IKO"]}),
    ],
)
def test_what_a_change_says_in_words_is_said_apart_too(
    store: Path, since: str, until: str, said: dict[str, object]
) -> None:
    [change] = data(f"changes --since {since} --until {until}", store)["changes"]
    details = change["details"]
    events = {event["number"]: event for event in data("history", store)["events"]}
    entry = details.pop("entry")
    assert {key: value for key, value in details.items() if value is not None and key != "precision"} == {
        key: value for key, value in said.items() if key != "precision"
    }
    assert entry is None or (events[entry]["ref"], events[entry]["on"]) == (change["ref"], said["on"])
    assert (entry is None) == ("text" not in said)


def test_new_evidence_and_withdrawals_are_said_apart_too(store: Path) -> None:
    run("update", "7-KIT-2", "--evidence", "https://invented.example/more", store=store)
    [added] = data("changes --since yesterday", store)["changes"]
    assert added["details"]["sources"] == ["invented.example"]
    found = data("changes --since 2025-01-02 --until 2025-01-03 --by-recorded", store)["changes"]
    [withdrawn] = [change for change in found if change["change"] == "withdrawn"]
    assert (withdrawn["details"]["on"], withdrawn["details"]["text"]) == ("2025-01-03", "Wrong [red]measure[/red]")


def test_what_needs_attention_is_said_apart_too(store: Path) -> None:
    attention = data("report", store)["attention"]
    said = {
        (item["what"], item["ref"]): {key: value for key, value in item["details"].items() if value is not None}
        for item in attention
    }
    assert said["overdue", "7-KIT-1a"] == {
        "days": 1058, "target_original": "2023-12-31", "target_basis": "stated", "status_hk": "in-progress",
        "status_sh": "in-progress",
    }  # fmt: skip
    assert said["late", "7-KIT-2"]["days"] == 199
    assert said["late", "7-KIT-2"]["fulfilled_on"] == "2024-01-15"
    assert said["slipped", "7-KCH-1"]["text"] == "=The flour came late again"
    assert (said["moved back", "7-KCH-2"]["on"], said["moved back", "7-KCH-2"]["text"]) == (
        "2024-08-01", "The pot broke",
    )  # fmt: skip
    assert said["flagged", "7-FRM-2"]["text"].endswith("needs a lid")
    assert {(item["details"]["status_hk"], item["details"]["status_sh"]) for item in attention} >= {
        ("not-pursued", "in-progress")
    }
