"""Whether the register is sound, and whether it is still the one a printed report was drawn from."""

from collections.abc import Callable
from typing import Any

import pytest

from hkshcc.errors import RefusedError, UsageError
from hkshcc.register.chain import START, link, links
from hkshcc.register.fingerprints import verify_fingerprint
from hkshcc.register.index import Register
from hkshcc.register.integrity import problems
from hkshcc.register.model import Entry
from tests.register.build import (
    AGREED,
    EVIDENCE,
    FIRST,
    FRAME,
    REF,
    TODAY,
    Desk,
    agreed,
    draft,
    entries_of,
    finding,
    owner,
    refused,
    register_of,
    retraction,
    returned,
    revision,
)

TOLD = entries_of(
    finding("in-progress", "2021-05-01"),
    returned("completed", "2021-06-01", evidence=[EVIDENCE]),
    finding("in-progress", "2021-07-01", "sh"),
)
Row = tuple[Entry, str]
ROWS: list[Row] = list(zip(TOLD, links(TOLD), strict=True))
PRINTED = f"{len(TOLD)}:{ROWS[-1][1][:16]}"


def as_stored(rows: list[Row]) -> Register:
    """A register read from rows of entries with their links, numbered by their place."""
    entries = [entry._replace(number=number) for number, (entry, _) in enumerate(rows, start=1)]
    return Register(entries, chain=[value for _, value in rows])


def edit(rows: list[Row], place: int, **fields: Any) -> list[Row]:
    entry, value = rows[place]
    return [*rows[:place], (entry._replace(**fields), value), *rows[place + 1 :]]


def drop(rows: list[Row], place: int) -> list[Row]:
    return rows[:place] + rows[place + 1 :]


def swap(rows: list[Row], place: int) -> list[Row]:
    return [*rows[:place], rows[place + 1], rows[place], *rows[place + 2 :]]


def insert(rows: list[Row], place: int) -> list[Row]:
    slipped = finding("not-started", "2021-05-02", id="slipped-in", command="c")
    before = rows[place - 1][1] if place else START
    return [*rows[:place], (slipped, link(before, slipped)), *rows[place:]]


def retitle(rows: list[Row]) -> list[Row]:
    place = len(FRAME)
    entry = rows[place][0]
    assert entry.thing is not None
    return edit(rows, place, thing={**entry.thing, "title": {"en": "Another invented measure"}})


LAST = len(ROWS) - 1
TAMPERINGS: dict[str, tuple[Callable[[list[Row]], list[Row]], int | None]] = {
    "a status edited": (lambda rows: edit(rows, LAST - 1, status="in-progress"), LAST),
    "a remark added": (lambda rows: edit(rows, LAST, remark="more"), LAST + 1),
    "a day edited": (lambda rows: edit(rows, LAST - 2, on="2021-05-02"), LAST - 1),
    "a recorder edited": (lambda rows: edit(rows, 0, recorder="somebody else"), 1),
    "a measure retitled": (retitle, len(FRAME) + 1),
    "the first dropped": (lambda rows: drop(rows, 0), 1),
    "one in the middle dropped": (lambda rows: drop(rows, LAST - 1), LAST),
    "two swapped": (lambda rows: swap(rows, LAST - 1), LAST),
    "one slipped in": (lambda rows: insert(rows, LAST), LAST + 2),
    "one slipped in before all": (lambda rows: insert(rows, 0), 2),
    "the last cut off": (lambda rows: rows[:LAST], None),
}


def test_a_register_as_it_was_recorded_is_sound_and_the_one_that_was_printed() -> None:
    assert problems(as_stored(ROWS)) == []
    assert verify_fingerprint(as_stored(ROWS), PRINTED) == []


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_a_printed_fingerprint_tells_of_every_tampering(tampering: str) -> None:
    tampered = as_stored(TAMPERINGS[tampering][0](ROWS))
    assert verify_fingerprint(tampered, PRINTED)


@pytest.mark.parametrize("tampering", [name for name, (_, broken) in TAMPERINGS.items() if broken])
def test_the_chain_breaks_where_it_was_tampered_with(tampering: str) -> None:
    change, broken = TAMPERINGS[tampering]
    tampered = as_stored(change(ROWS))
    assert tampered.broken_at() == broken
    assert f"entry {broken} or one before it is not what was recorded (the chain breaks here)" in problems(tampered)


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_a_chain_computed_anew_hides_nothing_from_a_printed_fingerprint(tampering: str) -> None:
    entries = list(as_stored(TAMPERINGS[tampering][0](ROWS)).entries)
    forged = Register(entries, chain=list(links(entries)))
    assert forged.broken_at() is None
    assert verify_fingerprint(forged, PRINTED)


def test_a_register_that_has_grown_is_still_the_one_that_was_printed() -> None:
    grown = register_of(*TOLD[FIRST - 1 :], finding("completed", "2021-08-01", evidence=[EVIDENCE]))
    assert grown.last == len(TOLD) + 1
    assert verify_fingerprint(grown, PRINTED) == []


def test_a_cut_register_says_where_it_ends() -> None:
    assert verify_fingerprint(as_stored(ROWS[:LAST]), PRINTED) == [
        f"the register ends at entry {LAST}: entries up to {LAST + 1} were removed, or it is another register"
    ]


def test_an_altered_register_says_what_its_fingerprint_is_now_and_where_it_was_altered() -> None:
    tampered = as_stored(edit(ROWS, LAST, remark="more"))
    shown = " ".join(tampered.fingerprint[start : start + 4] for start in range(0, 16, 4))
    assert verify_fingerprint(tampered, PRINTED) == [
        f"entries 1-{len(TOLD)} are not those of {PRINTED}: their fingerprint is {shown}",
        f"the first entry that is not what was recorded is entry {len(TOLD)}",
    ]


@pytest.mark.parametrize("digits", [8, 16, 64])
@pytest.mark.parametrize(
    "form",
    [
        "{0}:{1}",
        " {0} : {1} ",
        "{0}:{2}",
        "{0}:{3}",
        "{0}:{1}…",
        "{0}:{4}",
        "{1}",
        "{2}",
        "{0} {2}",
        "Based on entries 1-{0}, fingerprint {2}",
    ],
)
def test_a_fingerprint_is_read_however_it_was_printed_or_copied(form: str, digits: int) -> None:
    value = ROWS[-1][1][:digits]
    groups = [value[start : start + 4] for start in range(0, digits, 4)]
    typed = form.format(len(TOLD), value, " ".join(groups), "-".join(groups), value.upper())
    assert verify_fingerprint(as_stored(ROWS), typed) == []


BROKEN = {
    "quoted in a mail": "> {0}\n> {1}",
    "quoted twice": ">> {0}\n>> {1}",
    "quoted twice with spaces": "> > {0}\r\n> > {1}",
    "quoted-printable, a space at the end of the line": "{0}=20\n{1}",
    "quoted-printable, broken within a group": "{0} {2}=\n{3}",
    "in two cells of a table": "| {0} | {1} |",
    "with spaces of HTML": "{0}&nbsp;{1}",
    "with spaces that do not break": "{0}\N{NO-BREAK SPACE}{1}",
}


@pytest.mark.parametrize("way", BROKEN)
@pytest.mark.parametrize("sentence", ["Based on entries 1-{0}, fingerprint", "依据第1-{0}条记录,指纹"])
def test_a_line_at_the_end_of_a_report_is_read_however_a_mail_or_a_table_broke_it(way: str, sentence: str) -> None:
    value = ROWS[-1][1]
    one, two, three, four = (value[start : start + 4] for start in range(0, 16, 4))
    first = f"{sentence.format(len(TOLD))} {one} {two}"
    typed = BROKEN[way].format(first, f"{three} {four}", three[:2], f"{three[2:]} {four}")
    assert verify_fingerprint(as_stored(ROWS), typed) == []


@pytest.mark.parametrize("typed", ["entries 1-310, fingerprint 6ba7 28d5 ~ 056d 706c", "310, 6ba7 1234 ~ 056d 706c"])
def test_of_a_fingerprint_that_some_sign_parts_no_part_is_held_against_the_register(typed: str) -> None:
    with pytest.raises(UsageError, match="N:3f9a21c077de0b52"):
        verify_fingerprint(as_stored(ROWS), typed)


def test_a_fingerprint_of_no_entry_at_all_says_nothing() -> None:
    with pytest.raises(UsageError, match="the last entry that it covers, 1 or greater"):
        verify_fingerprint(as_stored(ROWS), f"0:{START}")


@pytest.mark.parametrize(
    "typed", ["", "181", f"{len(TOLD)}:", f"{len(TOLD)}:3f9a21c", f"{len(TOLD)}:not-hexa", "x:3f9a21c0"]
)
def test_what_is_no_fingerprint_is_refused_with_the_form_it_has(typed: str) -> None:
    with pytest.raises(UsageError, match="N:3f9a21c077de0b52"):
        verify_fingerprint(as_stored(ROWS), typed)


def test_the_number_of_the_last_entry_is_the_last_that_stands_before_the_fingerprint() -> None:
    [said] = verify_fingerprint(as_stored(ROWS), "entries 1-1234, fingerprint 3f9a21c0")
    assert said.startswith(f"the register ends at entry {len(TOLD)}: entries up to 1234 were removed")


def test_a_fingerprint_of_another_register_is_that_of_its_number_alone() -> None:
    here, there = (Desk(entries=entries_of(), name=name) for name in ("here", "there"))
    here.name("HK")
    there.name("SH")
    there.note("Told there")
    theirs, number = there.register.fingerprint, there.register.last
    here.note("Told here")
    here.merge(there)
    for typed in (f"{number}:{theirs}", theirs):
        assert verify_fingerprint(here.register, typed) == []
    for typed in (f"{number}:{'0' * 16}", f"{number - 1}:{theirs}", "0" * 16):
        assert verify_fingerprint(here.register, typed)


# What is wrong with an entry, whatever its link says


def test_the_invented_register_is_sound() -> None:
    assert problems(register_of()) == []


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ([finding("in-progress", "2021-05-01", id="body-XBB")], f"entry {FIRST} has the same id as entry 3"),
        (
            [finding("in-progress", "2021-05-01", recorded="2021-06-01"), finding("in-progress", "2021-05-01")],
            f"entry {FIRST + 1} was recorded before the entry that it follows",
        ),
        (
            [agreed("8-IVT-1")._replace(id="again")],
            f"entry {FIRST} records measure 8-IVT-1 a second time, after entry {FIRST - 1}",
        ),
        *(
            ([again], f"entry {FIRST} adds {what} a second time, after entry {first}")
            for again, what, first in (
                (draft("plenary", thing={"number": 8, "date": AGREED}), "plenary 8", 1),
                (draft("body", thing={"code": "xbb", "side": "sh", "name": {"en": "Another"}}), "body xbb", 3),
                (draft("area", thing={"slug": "fancy", "code": "OTH", "name": {"en": "Other"}}), "area fancy", 6),
                (draft("area", thing={"slug": "other", "code": "FAN", "name": {"en": "Other"}}), "area code fan", 6),
            )
        ),
        (
            [draft("round", on=AGREED, thing={"name": name, "opened": AGREED, "due": TODAY}) for name in ("R1", "r1")],
            f"entry {FIRST + 1} adds round r1 a second time, after entry {FIRST}",
        ),
        (
            [draft("instrument", thing={"ref": "8-DOC-1", "plenary": 8, "title": {"en": "Signed"}})] * 2,
            f"entry {FIRST + 1} adds document 8-doc-1 a second time, after entry {FIRST}",
        ),
        (
            [finding("in-progress", "2021-05-01", ref="8-INV-9")],
            f"entry {FIRST} is about 8-INV-9, which no entry before it records",
        ),
        (
            [finding("in-progress", "2021-05-02", recorded="2021-05-01")],
            f"entry {FIRST} is dated 2 May 2021, after it was recorded",
        ),
        (
            [returned("in-progress", "2021-05-01", "XGONE")],
            f"entry {FIRST} names the body XGONE, which is not in the register",
        ),
        (
            [revision("2021-05-01", added=[owner("XGONE")])],
            f"entry {FIRST} names the body XGONE, which is not in the register",
        ),
        (
            [revision("2021-05-01", dropped=["XGONE"])],
            f"entry {FIRST} names the body XGONE, which is not in the register",
        ),
        (
            [agreed("8-FAN-1", owners=[owner("XGONE")])],
            f"entry {FIRST} names the body XGONE, which is not in the register",
        ),
        (
            [agreed("8-FAN-1", area="gone")],
            f"entry {FIRST} records 8-FAN-1 in the area 'gone', which is not in the register",
        ),
        (
            [agreed("8-FAN-1", area="invention")],
            f"entry {FIRST} records 8-FAN-1, which is not a ref of plenary 8 and area INV",
        ),
        (
            [agreed("8-FAN-1", plenary=9)],
            f"entry {FIRST} records 8-FAN-1, which is not a ref of plenary 9 and area FAN",
        ),
        ([agreed("8-FAN-one")], f"entry {FIRST} records 8-FAN-one, which is not a ref of plenary 8 and area FAN"),
        ([agreed("7-FAN-1")], f"entry {FIRST} records 7-FAN-1 at plenary 7, which is not in the register"),
        ([retraction("nobody")], f"entry {FIRST} withdraws 'nobody', which is not an entry before it"),
        ([retraction("itself", id="itself")], f"entry {FIRST} withdraws 'itself', which is not an entry before it"),
        (
            [retraction("later", recorded="2021-05-01"), finding("in-progress", "2021-05-01", id="later")],
            f"entry {FIRST} withdraws 'later', which is not an entry before it",
        ),
        ([finding("continuing", "2021-05-01")], f"entry {FIRST} gives {REF}, a deliverable, the status 'continuing'"),
        ([finding("completed", "2021-05-01")], f"entry {FIRST} closes {REF} without evidence"),
        ([finding("modified", "2021-05-01", evidence=[], remark="x")], f"entry {FIRST} closes {REF} without evidence"),
        (
            [finding("modified", "2021-05-01", without_evidence="x")],
            f"entry {FIRST} gives {REF} the status 'modified' without a remark",
        ),
        ([finding("not-pursued", "2021-05-01")], f"entry {FIRST} drops {REF} without a reason"),
    ],
)
def test_what_is_wrong_is_said_with_the_entry_it_is_in(told: list[Entry], sentence: str) -> None:
    assert problems(register_of(*told)) == [sentence]


@pytest.mark.parametrize(
    "told",
    [
        [finding("continuing", "2021-05-01", ref="8-INV-2a"), finding("continuing", "2021-05-01", ref="8-INV-2b")],
        [finding("completed", "2021-05-01", without_evidence="Invented excuse")],
        [finding("not-pursued", "2021-05-01", "hk", reason="Invented reason")],
        [returned("in-progress", "2021-05-01", "XCC", id="word"), retraction("word"), retraction("body-XCC")],
        [
            agreed("8-FAN-1", owners=[owner("XCC")]),
            retraction("8-FAN-1", recorded="2021-05-01"),
            retraction("body-XCC", "area-fancy"),
        ],
        [agreed("9-FAN-1")._replace(id="m"), retraction("m"), retraction("plenary-9")],
        [
            retraction("body-XCC"),
            draft("body", recorded=TODAY, thing={"code": "XCC", "side": "sh", "name": {"en": "Another"}}),
        ],
        [
            draft("round", on=AGREED, thing={"name": "R1", "opened": AGREED, "due": TODAY}),
            draft("round", on=TODAY, thing={"name": "R1", "opened": AGREED, "due": TODAY, "closed": TODAY}),
        ],
    ],
)
def test_what_the_rules_allow_is_sound(told: list[Entry]) -> None:
    assert problems(register_of(*told)) == []


def test_an_entry_that_is_of_no_form_is_said_alone() -> None:
    told = finding("in-progress", "2021-05-01", remark=["no text"])
    assert problems(register_of(told, finding("completed", "2021-05-01"))) == [f"entry {FIRST} has a wrong 'remark'"]


def test_everything_wrong_is_said_at_once() -> None:
    told = [
        finding("completed", "2021-05-01", ref="8-INV-9"),
        draft("return", ref=REF, on="2021-05-01", by="XGONE", side="hk", status="continuing"),
    ]
    assert len(problems(register_of(*told))) == 4


# What comes from elsewhere may say anything of where it comes from.


def _received(change: Callable[[Entry], Entry]) -> list[str]:
    """Let the last entry of a register that exchanges be changed by somebody who computes every hash anew."""
    here, there = (Desk(entries=entries_of(), name=name) for name in ("here", "there"))
    here.name("HK")
    there.name("SH")
    there.add_body("XNN")
    there.merge(here)
    there.report(by="XNN", remark="Told")
    assert problems(there.register) == []
    entries = list(there.entries)
    entries[-1] = change(entries[-1])
    return problems(Register(entries))


@pytest.mark.parametrize("field", ["after", "clock"])
def test_an_entry_cannot_decide_over_others_by_a_moment_that_nothing_before_it_has(field: str) -> None:
    later: dict[str, Any] = {field: "2099-01-01T00:00:00+08:00"}
    assert any("a later moment stands before it" in found for found in _received(lambda last: last._replace(**later)))


@pytest.mark.parametrize("means", [{"measure 8-INV-1": "nothing"}, {"measure 8-INV-1": "body-XBB"}])
def test_a_name_is_of_an_entry_that_brings_such_a_thing_in(means: dict[str, str]) -> None:
    found = _received(lambda last: last._replace(means=means))
    assert any("an entry that does not bring it in" in problem for problem in found)


def test_a_register_that_tells_another_fingerprint_of_this_one_than_it_had_is_not_taken_in() -> None:
    here, there = (Desk(entries=entries_of(), name=name) for name in ("here", "there"))
    here.name("HK")
    there.name("SH")
    there.merge(here)
    thing = {**(there.entries[-1].thing or {}), "fingerprint": "0" * 64}
    there.entries[-1] = there.entries[-1]._replace(thing=thing)
    there.note("Told after that")
    with refused(RefusedError, 4, "tells another fingerprint of HK's register", "rewritten"):
        here.merge(there)
