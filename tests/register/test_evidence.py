"""Pieces of evidence: their numbers, the copies kept of them, and what a status rests on."""

from typing import Any

import pytest

from hkshcc.errors import HkshccError, NotFoundError, RefusedError, UsageError
from hkshcc.register.commands.keep_copy import keep_copy
from hkshcc.register.evidence import Piece, pieces_of, rests_on_press_alone, sources_of
from hkshcc.register.integrity import problems
from hkshcc.register.model import Copy, Evidence
from hkshcc.register.sources import Described
from tests.register.build import FIRST, LINK, REF, TODAY, Desk, day, finding, only, refused, returned, standing

PDF = Copy(sha256="a" * 64, name="notice.pdf", bytes=7)
SCAN = Copy(sha256="b" * 64, name="scan.png", bytes=9)


def pieces(desk: Desk) -> list[Piece]:
    return pieces_of(desk.register.events(REF))


def keep(desk: Desk, number: int, copy: Copy, ref: str = REF) -> Any:
    return only(desk.does(lambda register, context: keep_copy(register, context, ref, number, copy)))


# What is said of a piece


def test_what_is_said_of_a_source_is_kept_with_it() -> None:
    said = {"title": "A kite", "read_on": "2022-06-01", "archived": "https://keeper:secret@invented.example/kept"}
    entry = only(Desk().report(evidence=[LINK], evidence_kind="press", copy=PDF, **said))
    assert entry.evidence == [
        {
            "kind": "press", "source": "example.org", "locator": LINK, "title": "A kite", "read_on": "2022-06-01",
            "archived": "https://invented.example/kept", "copy": PDF,
        }
    ]  # fmt: skip


@pytest.mark.parametrize(("said", "kept"), [("2022-06-01", "2022-06-01"), (None, TODAY)])
def test_the_day_that_was_said_goes_before_the_day_that_is_known(said: str | None, kept: str) -> None:
    described = {LINK: Described(read_on=TODAY)}
    assert only(Desk().report(evidence=[LINK], described=described, read_on=said)).evidence[0]["read_on"] == kept


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ({"title": "x", "remark": "r"}, "--title describes evidence, so it needs --evidence"),
        ({"read_on": TODAY, "remark": "r"}, "--read-on describes evidence"),
        ({"archived": LINK, "remark": "r"}, "--archived describes evidence"),
        ({"copy": PDF, "remark": "r"}, "--copy describes evidence"),
        ({"title": "x", "evidence": ["a 1", "a 2"]}, "one piece of evidence, not several"),
        ({"archived": LINK, "evidence": ["a 1", "a 2"]}, "one piece of evidence, not several"),
        ({"copy": PDF, "evidence": ["a 1", "a 2"]}, "one piece of evidence, not several"),
        ({"archived": "kept at home", "evidence": ["a 1"]}, "'kept at home' is not a link .--archived."),
    ],
)
def test_what_cannot_be_said_of_evidence_is_refused(word: dict[str, Any], said: str) -> None:
    with refused(UsageError, 2, said):
        Desk().report(**word)


# Numbers and copies


def test_the_evidence_of_a_measure_is_numbered_as_it_was_recorded_whatever_its_day() -> None:
    desk = Desk()
    desk.report(evidence=["a 1", "a 2"], on=day("2022-06-01"))
    desk.report(evidence=["a 3"], on=day("2022-05-01"))
    found = [(piece.number, piece.evidence["locator"], piece.entry.number) for piece in pieces(desk)]
    assert found == [(1, "a 1", FIRST), (2, "a 2", FIRST), (3, "a 3", FIRST + 1)]


def test_a_copy_kept_later_belongs_to_its_piece_and_is_no_evidence_of_its_own() -> None:
    desk = Desk()
    desk.report(evidence=["a 1", "a 2"], status="in-progress")
    before = desk.stands()
    entry = keep(desk, 2, PDF)
    assert (entry.event, entry.remark, entry.on) == ("note", "notice.pdf", TODAY)
    assert [piece.evidence.get("copy") for piece in pieces(desk)] == [None, PDF]
    after = desk.stands()
    assert len(after.evidence) == len(before.evidence) == 2
    assert (after.status, after.last_update, after.last_evidence) == (
        before.status,
        before.last_update,
        before.last_evidence,
    )
    assert problems(desk.register) == []


def test_a_later_copy_is_the_one_that_is_shown_and_undoing_it_brings_back_the_one_before() -> None:
    desk = Desk()
    desk.report(evidence=["a 1"], copy=PDF)
    keep(desk, 1, SCAN)
    assert pieces(desk)[0].evidence["copy"] == SCAN
    desk.undo()
    assert pieces(desk)[0].evidence["copy"] == PDF


@pytest.mark.parametrize(
    ("number", "ref", "copy", "error", "code", "said"),
    [
        (3, REF, SCAN, NotFoundError, 3, f"{REF} has no piece of evidence 3; `hkshcc evidence {REF}` shows"),
        (1, "8-IVT-1", SCAN, NotFoundError, 3, "8-IVT-1 has no piece of evidence 1"),
        (1, "8-INV-9", SCAN, NotFoundError, 3, "no measure '8-INV-9'"),
        (1, REF, PDF, RefusedError, 4, f"this copy of evidence 1 on {REF} is kept already"),
    ],
)
def test_a_copy_of_nothing_or_a_second_time_is_refused(
    number: int, ref: str, copy: Copy, error: type[HkshccError], code: int, said: str
) -> None:
    desk = Desk()
    desk.report(evidence=["a 1"], copy=PDF)
    desk.report(evidence=["a 2"])
    with pytest.raises(error) as caught:
        keep(desk, number, copy, ref)
    assert caught.value.exit_code == code
    assert said in f"{caught.value}; {caught.value.hint}"


# What a status rests on


def says(status: str | None, on: str, *sources: str, kind: str = "press", side: str | None = None) -> Any:
    evidence: Any = [{"kind": kind, "source": source, "locator": f"{source} 1"} for source in sources]
    return finding(status, on, side, evidence=evidence)


MAY, JUNE, JULY = "2021-05-01", "2021-06-01", "2021-07-01"


@pytest.mark.parametrize(
    ("drafts", "sources", "press"),
    [
        ([], 0, False),
        ([finding("in-progress", MAY)], 0, False),
        ([says("in-progress", MAY, "Daily")], 1, True),
        ([says("in-progress", MAY, "Daily", "DAILY")], 1, True),
        ([says("in-progress", MAY, "Daily", "Weekly")], 2, True),
        ([says("in-progress", MAY, "Daily"), says("in-progress", JUNE, "Weekly")], 2, True),
        ([says("in-progress", MAY, "Mint", kind="official")], 1, False),
        ([says("in-progress", MAY, "Daily"), says("in-progress", JUNE, "Mint", kind="record")], 2, False),
        # Of what was said before the status was another, and of the status before, nothing is left.
        ([says("in-progress", MAY, "Daily", "Weekly"), says("completed", JUNE, "Mint")], 1, True),
        (
            [says("in-progress", MAY, "A"), says("completed", JUNE, "B"), says("in-progress", JULY, "C")],
            1, True,
        ),
        # What supports no status is no source of it.
        ([says("in-progress", MAY, "Daily"), says(None, JUNE, "Gazette", kind="record")], 1, True),
        # An owner that reports is a source, and not the press.
        ([returned("in-progress", MAY)], 1, False),
        ([returned("in-progress", MAY), says("in-progress", JUNE, "Daily", side="hk")], 2, False),
        # The side that is further along is no source of where the measure stands.
        ([says("completed", MAY, "Daily", side="hk"), says("in-progress", MAY, "Mint", side="sh")], 1, True),
    ],
)  # fmt: skip
def test_a_status_rests_on_those_who_say_it(drafts: list[Any], sources: int, *, press: bool) -> None:
    found = standing(*drafts)
    assert (len(sources_of(found)), rests_on_press_alone(found)) == (sources, press)


def test_two_pages_of_one_paper_are_one_source_and_two_pages_of_nobody_are_two() -> None:
    pages = [Evidence(kind="press", source=source, locator=at) for source in ("Daily", None) for at in ("p. 1", "p. 2")]
    assert sources_of(standing(finding("in-progress", MAY, evidence=pages))) == {"daily", "p. 1", "p. 2"}
