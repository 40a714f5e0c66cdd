"""Where evidence comes from: its kind is read off the address, asked on a terminal, or left open and said so."""

import json
import os
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_writing import LINK, NEXT, events, write
from tests.running import run, sentence

KINDS = "record, official, institution, professional, press, return or unclassified"


def piece(store: Path) -> dict[str, Any]:
    """The one piece of evidence that was recorded."""
    [event] = events(store)
    [found] = event["evidence"]
    return dict(found)


@pytest.mark.parametrize(
    ("link", "kind", "source"),
    [
        ("https://www.info.gov.hk/gia/notice.htm", "official", "HKSAR Government"),
        ("https://english.www.gov.cn/notice", "official", "State Council"),
        ("https://www.hkex.com.hk/notice", "institution", "Hong Kong Exchanges and Clearing Limited"),
        ("https://www.shine.cn/news/", "press", "Shanghai Daily"),
    ],
)
def test_the_kind_of_evidence_is_read_off_a_known_host(store: Path, link: str, kind: str, source: str) -> None:
    ran = write("update", "8-KIT-1", "--evidence", link, store=store)
    assert (piece(store)["kind"], piece(store)["source"], ran.err) == (kind, source, "")


@pytest.mark.parametrize(
    ("more", "kind", "source"),
    [
        (["--evidence-kind", "record"], "record", "HKSAR Government"),
        (["--by", "SH-Wind"], "return", "SH-Wind"),
        (["--source", "Invented Office"], "official", "Invented Office"),
    ],
)
def test_what_is_said_of_evidence_goes_before_what_its_host_says(
    store: Path, more: list[str], kind: str, source: str
) -> None:
    write("update", "8-KIT-1", "--evidence", "https://www.info.gov.hk/notice", *more, store=store)
    assert (piece(store)["kind"], piece(store)["source"]) == (kind, source)


def test_without_a_terminal_evidence_of_an_unknown_host_is_unclassified_and_this_is_said(store: Path) -> None:
    ran = write("update", "8-KIT-1", "--evidence", LINK, store=store)
    assert piece(store)["kind"] == "unclassified"
    assert ran.err == f"hkshcc: evidence '{LINK}' is unclassified; choose its kind with --evidence-kind\n"


def test_on_a_terminal_the_kind_is_asked_once_for_each_piece_of_an_unknown_host(store: Path) -> None:
    words = ("update", "8-KIT-1", "--evidence", LINK, "--evidence", "https://rthk.hk/x", "--evidence", "Gazette 9")
    ran = write(*words, store=store, keys="Press\nrecord\n")
    asked = " ".join(ran.err.split())
    assert asked == f"Kind of evidence of '{LINK}' ({KINDS}): Kind of evidence of 'Gazette 9' ({KINDS}):"
    [event] = events(store)
    assert [found["kind"] for found in event["evidence"]] == ["press", "press", "record"]


def test_an_answer_that_is_no_kind_is_refused_and_nothing_is_recorded(store: Path) -> None:
    ran = run("update", "8-KIT-1", "--evidence", LINK, store=store, keys="rumour\n")
    assert ran.code == 2
    assert "'rumour' is not a valid kind of evidence; choose from: record, official" in ran.err
    assert events(store) == []


@pytest.mark.parametrize("more", [["--by", "SH-Wind"], ["--evidence-kind", "record"]])
def test_a_word_that_is_no_reference_is_pointed_out(store: Path, more: list[str]) -> None:
    ran = write("done", "8-KIT-1", "--evidence", "clear", *more, store=store)
    assert ran.err == "hkshcc: 'clear' is neither a link nor a document's reference\n"


@pytest.mark.parametrize(("answer", "recorded"), [("yes", 1), ("是", 1), ("no", 0), ("what", 0)])
def test_on_a_terminal_a_word_that_is_no_reference_takes_a_yes(store: Path, answer: str, recorded: int) -> None:
    words = ("done", "8-KIT-1", "--evidence", "clear", "--evidence-kind", "record")
    ran = run(*words, store=store, keys=f"{answer}\n")
    assert ran.err.startswith("'clear' is neither a link nor a document's reference. Record it? yes or no: ")
    assert len(events(store)) == recorded
    assert (ran.code, ran.err.count("neither")) == (1 - recorded, 1)


def test_a_refusal_is_one_sentence_whatever_was_typed_as_evidence(store: Path) -> None:
    assert "no measure '9-KIT-1'" in sentence(run("done", "9-KIT-1", "--evidence", "clear", store=store))


def test_new_evidence_of_an_amendment_is_looked_up_and_old_evidence_keeps_its_kind(store: Path) -> None:
    write("update", "8-KIT-1", "--evidence", LINK, "--evidence-kind", "record", store=store)
    assert write("amend", "--remark", "x", store=store).err == ""
    write("amend", "--evidence", "https://rthk.hk/x", store=store)
    counting = [event for event in events(store) if event["event"] == "finding" and not event["withdrawn_by"]]
    assert [(found["evidence"][0]["kind"], found["remark"]) for found in counting] == [("press", "x")]


# Citations, the list of evidence, copies


def test_a_link_is_read_on_the_day_it_is_typed_and_a_reference_whenever_it_is_said(store: Path) -> None:
    write("update", "8-KIT-1", "--evidence", LINK, "--evidence", "Gazette 9", "--evidence-kind", "record", store=store)
    write("update", "8-KIT-1", "--evidence", "Gazette 9", "--read-on", "3 Oct 2026", store=store)
    [first, second] = [event["evidence"] for event in events(store)]
    assert [piece.get("read_on") for piece in (*first, *second)] == ["2026-11-23", None, "2026-10-03"]


def test_a_source_is_not_read_on_a_day_to_come(store: Path) -> None:
    said = sentence(run("done", "8-KIT-1", "--evidence", LINK, "--read-on", "2026-11-24", store=store))
    assert said.startswith("--read-on 24 Nov 2026 is in the future")


CITED = (
    "done", "8-KIT-1", "--evidence", LINK, "--evidence-kind", "press", "--source", "Invented Daily", "--title",
    "A kite flies", "--read-on", "2026-10-03", "--archived", "https://archive.example/1",
)  # fmt: skip


@pytest.mark.parametrize("words", ["show 8-KIT-1", "history 8-KIT-1", "evidence 8-KIT-1 --format table"])
def test_a_source_is_cited_in_full(store: Path, words: str) -> None:
    write(*CITED, store=store)
    lines = [line.strip() for line in run(*words.split(), store=store).lines]
    citation = f"press, Invented Daily, 'A kite flies', read 3 Oct 2026: {LINK}"
    [at] = [number for number, line in enumerate(lines) if line.endswith(citation)]
    assert lines[at + 1] == "archived: https://archive.example/1"


def test_amending_what_is_said_of_a_source_keeps_the_rest(store: Path) -> None:
    write(*CITED, store=store)
    write("amend", "--title", "Two kites fly", store=store)
    write("amend", "--evidence-kind", "Institution", store=store)
    [kept] = [event for event in events(store) if event["event"] == "finding" and not event["withdrawn_by"]]
    assert kept["evidence"] == [
        {
            "kind": "institution", "source": "Invented Daily", "title": "Two kites fly", "locator": LINK,
            "read_on": "2026-10-03", "archived": "https://archive.example/1",
        }
    ]  # fmt: skip


DATA = b"A kite."
DIGEST = sha256(DATA).hexdigest()


def notice(store: Path) -> Path:
    file = store.parent / "notice.pdf"
    file.write_bytes(DATA)
    return file


def copies(store: Path) -> list[str]:
    folder = store.with_name(f"{store.name}.copies")
    return os.listdir(folder) if folder.exists() else []


def rows(store: Path, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(write("evidence", *words, "--format", "json", store=store).out)["evidence"]
    return found


def test_the_evidence_is_a_row_a_piece(store: Path) -> None:
    write(*CITED, "--copy", str(notice(store)), store=store)
    assert rows(store, "8-KIT-1") == [
        {
            "ref": "8-KIT-1", "n": 1, "on": "2026-11-23", "status": "completed", "by": None, "side": "both",
            "kind": "press", "source": "Invented Daily", "title": "A kite flies", "locator": LINK,
            "read_on": "2026-10-03", "archived": "https://archive.example/1", "copy_sha256": DIGEST,
            "copy_name": "notice.pdf", "copy_bytes": 7, "entry": NEXT, "recorded": "2026-11-23T12:00:00+08:00",
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "refs"),
    [
        ("", ["7-KIT-1b", "7-KIT-2", "7-KIT-2", "7-KCH-1", "7-KCH-2"]),
        ("7-KIT-2", ["7-KIT-2", "7-KIT-2"]),
        ("kit-2,kch-1", ["7-KIT-2", "7-KIT-2", "7-KCH-1"]),
        ("kit-2 kch-1", ["7-KIT-2", "7-KIT-2", "7-KCH-1"]),
        ("kitchens", ["7-KCH-1", "7-KCH-2"]),
        ("kitchens kch-1 kit-2", ["7-KCH-1"]),
        ("--kind exploratory", ["7-KCH-2"]),
        ("kites --as-of 2023-12-31", ["7-KIT-1b"]),
        ("8-KIT-1", []),
    ],
)
def test_the_evidence_is_chosen_by_refs_and_by_the_filters_of_list(store: Path, words: str, refs: list[str]) -> None:
    assert [row["ref"] for row in rows(store, *words.split())] == refs


def test_a_ref_that_is_none_is_not_taken_for_a_text(store: Path) -> None:
    ran = run("evidence", "9-KIT-1", store=store)
    assert (ran.code, "no measure '9-KIT-1'" in sentence(ran)) == (3, True)


def test_the_list_of_evidence_says_how_much_it_shows(store: Path) -> None:
    assert run("evidence", "kitchens", store=store).err == "2 pieces of evidence on 4 of 10 measures (area kitchens)\n"


def test_a_copy_is_kept_with_the_evidence_and_check_misses_it(store: Path) -> None:
    ran = write("done", "8-KIT-1", "--evidence", LINK, "--copy", str(notice(store)), store=store)
    assert f"copy kept: notice.pdf, 7 bytes, SHA-256 {DIGEST}" in ran.lines
    assert copies(store) == [DIGEST]
    assert run("check", store=store).code == 0
    store.with_name(f"{store.name}.copies").joinpath(DIGEST).write_bytes(b"A kit.")
    ran = run("check", store=store)
    assert (ran.code, ran.out.count("it is not what was kept")) == (1, 1)
    assert f"the copy 'notice.pdf' that entry {NEXT} keeps of the evidence on 8-KIT-1" in ran.out


def test_a_copy_of_older_evidence_is_kept_by_a_command_of_its_own_and_can_be_taken_back(store: Path) -> None:
    ran = write("evidence", "keep", "kit-2", "2", str(notice(store)), store=store)
    assert ran.lines[0].endswith(f": copy kept, 23 Nov 2026 (entry {NEXT}). Undo: hkshcc undo {NEXT}")
    assert [row["copy_sha256"] for row in rows(store, "7-KIT-2")] == [None, DIGEST]
    assert copies(store) == [DIGEST]
    write("amend", "--on", "2026-11-20", store=store)
    assert [row["copy_sha256"] for row in rows(store, "7-KIT-2")] == [None, DIGEST]
    write("undo", store=store)
    write("undo", store=store)
    assert [row["copy_sha256"] for row in rows(store, "7-KIT-2")] == [None, None]
    assert copies(store) == [DIGEST]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("done 9-KIT-1 --evidence x1 --copy FILE", 3),
        ("done 8-KIT-1 --copy FILE --without-evidence x", 2),
        ("done 8-KIT-1 --evidence x1 --copy FILE --dry-run", 0),
        ("evidence keep 8-KIT-1 1 FILE", 3),
        ("evidence keep kit-2 0 FILE", 2),
        ("evidence keep kit-2 1 NOTHING", 1),
    ],
)
def test_what_is_not_recorded_leaves_no_copy(store: Path, words: str, code: int) -> None:
    file = notice(store)
    typed = [{"FILE": str(file), "NOTHING": f"{file}.none"}.get(word, word) for word in words.split()]
    assert run(*typed, store=store).code == code
    assert copies(store) == []


@pytest.mark.parametrize(("size", "said"), [(0, "is empty"), (32 * 1024 * 1024 + 1, "is larger than 32 MB")])
def test_a_file_that_is_empty_or_too_large_is_not_kept(store: Path, size: int, said: str) -> None:
    file = notice(store)
    os.truncate(file, size)
    ran = run("evidence", "keep", "kit-2", "1", str(file), store=store)
    assert (ran.code, said in sentence(ran)) == (4, True)
    assert events(store) == []


def test_a_copy_is_not_written_over_by_an_output(store: Path) -> None:
    write("evidence", "keep", "kit-2", "1", str(notice(store)), store=store)
    file = store.with_name(f"{store.name}.copies") / DIGEST
    ran = run("list", "-o", str(file), "--format", "csv", store=store)
    assert (ran.code, "belongs to the store" in sentence(ran)) == (4, True)
    assert file.read_bytes() == DATA


@pytest.mark.parametrize(
    ("flag", "refs"),
    [
        ("--single-source", ["7-KIT-1b", "7-KCH-1", "7-KCH-2", "7-KCH-3", "7-FRM-2"]),
        ("--on-press-alone", ["7-KIT-1b"]),
    ],
)
def test_measures_are_listed_by_what_their_status_rests_on(store: Path, flag: str, refs: list[str]) -> None:
    found = json.loads(run("list", flag, "--format", "json", store=store).out)
    assert [row["ref"] for row in found["measures"]] == refs
