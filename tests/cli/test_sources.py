"""Where evidence comes from: its kind is read off the address, asked on a terminal, or left open and said so."""

from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_writing import LINK, events, write
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
