"""What a stored entry must look like, and that nothing is lost between an entry and what is stored of it."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hkshcc.language import LANGUAGES
from hkshcc.register.model import Entry, encode
from hkshcc.register.validation import InvalidEntryError, decode, decode_all
from hkshcc.register.vocabulary import EVIDENCE_KINDS, PRECISIONS, Status
from tests.register.build import (
    EVIDENCE,
    FRAME,
    MEASURES,
    Desk,
    acceptance,
    day,
    draft,
    finding,
    owner,
    retraction,
    revision,
    target,
)

DAYS = st.dates().map(lambda value: value.isoformat())
TEXTS = st.text(max_size=20)
EVIDENCES = st.fixed_dictionaries(
    {"kind": st.sampled_from(EVIDENCE_KINDS), "source": st.none() | TEXTS, "locator": TEXTS}
)
OWNERS = st.fixed_dictionaries({"body": TEXTS, "basis": st.sampled_from(["stated", "inferred"])})
TARGETS = st.fixed_dictionaries(
    {
        "date": DAYS,
        "precision": st.sampled_from(PRECISIONS),
        "basis": st.sampled_from(["stated", "implied"]),
        "note": st.none() | TEXTS,
    }
)
NAMES = st.dictionaries(st.sampled_from(LANGUAGES), st.none() | TEXTS)
CRITERIAS = st.fixed_dictionaries({"done_when": TEXTS | NAMES}, optional={"step_when": TEXTS | NAMES, "not": NAMES})
SIGNATURES = st.fixed_dictionaries(
    {"method": st.sampled_from(["ssh", "cms"]), "key": TEXTS, "value": TEXTS}, optional={"sha256": st.just("0" * 64)}
)
TOLD = st.builds(
    Entry,
    number=st.integers(1, 9999),
    id=TEXTS,
    command=TEXTS,
    event=st.sampled_from(["finding", "return", "revision", "note", "acceptance", "retraction"]),
    recorded=DAYS.map(lambda value: value + "T09:00:00+08:00"),
    recorder=TEXTS,
    ref=TEXTS,
    on=DAYS,
    precision=st.sampled_from(PRECISIONS),
    by=TEXTS,
    side=st.none() | st.sampled_from(["hk", "sh", "both"]),
    status=st.none() | st.sampled_from([str(status) for status in Status if status != "unknown"]),
    remark=TEXTS,
    reason=TEXTS,
    next=st.none() | TEXTS,
    attention=st.none() | TEXTS,
    evidence=st.none() | st.lists(EVIDENCES, max_size=2),
    without_evidence=st.none() | TEXTS,
    target=st.none() | TARGETS,
    added=st.none() | st.lists(OWNERS, max_size=2),
    dropped=st.none() | st.lists(TEXTS, max_size=2),
    names=st.lists(TEXTS, max_size=2),
    thing=st.none(),
    clock=st.none() | DAYS.map(lambda value: value + "T09:00:00+08:00"),
    criteria=st.none() | CRITERIAS,
    internal=st.none() | st.just(True),  # noqa: FBT003  a field's value
    agreed_by=st.none() | st.sampled_from(["hk", "sh", "both"]),
    next_by=st.none() | DAYS,
    next_by_precision=st.none() | st.sampled_from(PRECISIONS),
    nil=st.none() | st.just(True),  # noqa: FBT003  the value, and no switch
    origin=st.none() | st.sampled_from(["HK", "SH2"]),
    place=st.none() | st.integers(1, 9999),
    after=st.none() | DAYS.map(lambda value: value + "T09:00:00+08:00"),
    means=st.none() | st.dictionaries(TEXTS, TEXTS, max_size=2),
    signature=st.none() | SIGNATURES,
)


@given(TOLD)
def test_an_entry_comes_back_as_it_was_stored(entry: Entry) -> None:
    stored = encode(entry)
    assert None not in stored.values()
    assert decode(entry.number, stored) == entry
    assert decode(entry.number, json.loads(json.dumps(stored, ensure_ascii=False))) == entry


SAMPLES = [
    *FRAME,
    *MEASURES,
    finding("completed", "2021-05-01", "hk", remark="r", evidence=[EVIDENCE]),
    draft("return", ref="8-INV-1", on="2021-05-31", precision="month", by="XBB", side="hk", next="n", attention="a"),
    revision("2021-05-01", target=target("2022-12-31"), added=[owner("XCC")], dropped=["XBB"]),
    draft("note", ref="8-INV-1", on="2021-05-01", remark="r"),
    acceptance("2021-05-01", reason="r"),
    retraction("a", "b", reason="r"),
    draft("instrument", thing={"ref": "8-DOC-1", "plenary": 8, "title": {"en": "t"}, "annex": None, "signatories": []}),
]


@pytest.mark.parametrize("entry", SAMPLES, ids=lambda entry: f"{entry.event} {entry.id}")
def test_every_kind_of_entry_comes_back_as_it_was_stored(entry: Entry) -> None:
    assert decode(entry.number, json.loads(json.dumps(encode(entry)))) == entry


def test_whatever_the_verbs_record_comes_back_as_it_was_stored() -> None:
    desk = Desk()
    desk.retarget(day("2023-12-31", "year"))
    desk.report(status="modified", by="XBB", evidence=["x"], remark="r", next="n", attention="a", on=day("2021-05-01"))
    desk.note("n")
    desk.assign("XCC", "XBB")
    desk.add(owners=["XBB"], summary="s", target=day("2023-03-31", "quarter"), other_titles={"zh-Hant": "虛構"})
    desk.add_body()
    desk.undo(reason="r")
    assert [decode(entry.number, encode(entry)) for entry in desk.entries] == desk.entries
    assert decode_all([entry.number for entry in desk.entries], [*map(encode, desk.entries)]) == desk.entries


@pytest.mark.parametrize("summary", [None, "As typed", {}, {"en": "Invented", "zh-Hant": "虛構", "zh-Hans": None}])
def test_a_summary_is_a_text_as_it_was_typed_or_one_in_several_languages(summary: object) -> None:
    entry = read({**AGREED, "thing": {**AGREED["thing"], "summary": summary}})
    assert (entry.thing or {})["summary"] == summary


Change = Callable[[dict[str, Any]], Any]
SOUND = encode(finding("in-progress", "2021-05-01", id="word", command="c1", evidence=[EVIDENCE]))
AGREED = encode(MEASURES[0])
WITHDRAWN = encode(retraction("word", id="gone", command="c2"))
COPY = {"sha256": "0123456789abcdef" * 4, "name": "notice.pdf", "bytes": 7}
CITED: dict[str, object] = {
    "kind": "press", "source": "Invented Daily", "locator": "x", "title": "A kite", "read_on": "2022-06-15",
    "archived": "https://invented.example/kept", "copy": COPY,
}  # fmt: skip


def test_the_samples_that_are_spoilt_below_are_sound() -> None:
    for stored in (SOUND, AGREED, WITHDRAWN):
        assert encode(decode(7, stored)) == stored


@pytest.mark.parametrize("stored", [None, [], "text", 7])
def test_what_is_no_object_is_no_entry(stored: object) -> None:
    with pytest.raises(InvalidEntryError, match="entry 7 is not an object"):
        decode(7, stored)


def read(stored: dict[str, Any]) -> Entry:
    """Read an entry as number 7, alone and between two of its kind: the answer is the same."""
    like = next((sample for sample in map(encode, SAMPLES) if sample["event"] == stored.get("event")), SOUND)
    together = [6, 7, 8], [like, stored, like]
    try:
        alone = decode(7, stored)
    except InvalidEntryError as error:
        with pytest.raises(InvalidEntryError, match=f"^{re.escape(str(error))}$"):
            decode_all(*together)
        raise
    assert decode_all(*together) == [decode(6, like), alone, decode(8, like)]
    return alone


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", 7),
        ("command", None),
        ("event", "rumour"),
        ("event", []),
        ("recorded", "2021-05-01"),
        ("recorded", "2021-05-01T09:00:00Z"),
        ("recorded", "2021-05-01T99:00:00+08:00"),
        ("recorder", []),
        ("ref", 5),
        ("on", "1 May 2021"),
        ("on", "2021-W17-6"),
        ("on", "2021-02-30"),
        ("precision", "century"),
        ("by", None),
        ("side", "mainland"),
        ("status", "unknown"),
        ("status", "done"),
        ("status", None),
        ("remark", {}),
        ("reason", 0),
        ("next", True),
        ("attention", []),
        ("evidence", {}),
        ("evidence", [{"kind": "press", "source": None}]),
        ("evidence", [{"kind": "rumour", "source": None, "locator": "x"}]),
        ("evidence", [{"kind": "press", "source": None, "locator": None}]),
        ("evidence", [{"kind": "press", "source": None, "locator": "x", "more": "y"}]),
        ("evidence", ["x"]),
        ("evidence", [{**CITED, "title": None}]),
        ("evidence", [{**CITED, "read_on": "yesterday"}]),
        ("evidence", [{**CITED, "archived": 7}]),
        ("evidence", [{**CITED, "copy": "x"}]),
        ("evidence", [{**CITED, "copy": {**COPY, "sha256": "../x"}}]),
        ("evidence", [{**CITED, "copy": {**COPY, "sha256": "A" * 64}}]),
        ("evidence", [{**CITED, "copy": {**COPY, "bytes": 0}}]),
        ("evidence", [{**CITED, "copy": {"sha256": "0" * 64, "name": "x"}}]),
        ("without_evidence", 1),
        ("target", "2022-12-31"),
        ("target", {"date": "2022", "precision": "year", "basis": "stated", "note": None}),
        ("target", {"date": "2022-12-31", "precision": "year", "basis": "guessed", "note": None}),
        ("added", [{"body": "XBB"}]),
        ("added", [{"body": "XBB", "basis": "guessed"}]),
        ("dropped", "XBB"),
        ("dropped", [7]),
        ("names", [None]),
        ("thing", []),
        ("clock", "nine o'clock"),
        ("nil", False),
        ("next_by", "soon"),
        ("criteria", {}),
        ("criteria", {"step_when": "x"}),
        ("criteria", {"done_when": None}),
        ("criteria", {"done_when": "x", "more": "y"}),
        ("criteria", {"done_when": {"fr": "x"}}),
        ("agreed_by", "mainland"),
        ("origin", "hk"),
        ("origin", "1HK"),
        ("origin", "H-K"),
        ("origin", "A" * 13),
        ("place", 0),
        ("place", 10**9),
        ("after", "2021-05-01"),
        ("means", ["x"]),
        ("means", {"body XBB": 7}),
        ("internal", "yes"),
        ("signature", {"method": "pgp", "key": "k", "value": "v"}),
        ("signature", {"method": "ssh", "key": "k", "value": "v", "sha256": "0"}),
    ],
)
def test_a_field_of_the_wrong_form_is_named(field: str, value: object) -> None:
    with pytest.raises(InvalidEntryError, match=f"entry 7 has a wrong '{field}'"):
        read({**SOUND, field: value})


@pytest.mark.parametrize("missing", [(), ("title",), ("read_on", "archived"), ("title", "read_on", "archived", "copy")])
def test_what_may_be_said_of_evidence_may_be_left_out(missing: tuple[str, ...]) -> None:
    """An entry that was stored before it could be said has none of it."""
    piece = {key: value for key, value in reversed(CITED.items()) if key not in missing}
    [kept] = read({**SOUND, "evidence": [piece]}).evidence or []
    assert kept == piece
    assert list(kept) == [key for key in CITED if key not in missing]


def test_a_field_that_no_entry_has_is_named() -> None:
    with pytest.raises(InvalidEntryError, match="an unknown field 'urgency'"):
        read({**SOUND, "urgency": "high"})


LATER = [
    draft("round", id="r", command="c", thing={"name": "2022H1", "opened": "2022-01-01", "due": "2022-06-30"}),
    draft("exchange", id="x", command="c", thing={"received": ["a"], "entries": 1, "fingerprint": "f", "origin": "SH"}),
    draft("origin", id="o", command="c", origin="A" * 12, place=10**9 - 1, thing={"name": "HK", "before": []}),
]


@pytest.mark.parametrize(
    ("stored", "lacking"),
    [
        *((encode(entry), field) for entry in LATER for field in ("id", "command", "recorded", "recorder", "thing")),
        (encode(LATER[-1]), "origin"),
        (encode(LATER[-1]), "place"),
        (SOUND, "id"),
        (SOUND, "command"),
        (SOUND, "event"),
        (SOUND, "recorded"),
        (SOUND, "recorder"),
        (SOUND, "ref"),
        (SOUND, "on"),
        (AGREED, "ref"),
        (AGREED, "on"),
        (AGREED, "thing"),
        (WITHDRAWN, "names"),
        ({**SOUND, "event": "return", "by": "XBB"}, "by"),
        ({**SOUND, "event": "revision", "reason": "r"}, "reason"),
        ({**SOUND, "event": "note", "remark": "r"}, "remark"),
        *((encode(FRAME[index]), "thing") for index in (0, 2, 5)),
    ],
)
def test_an_entry_that_lacks_what_its_kind_needs_says_what(stored: dict[str, Any], lacking: str) -> None:
    read(stored)
    with pytest.raises(InvalidEntryError, match=f"entry 7 lacks '{lacking}'"):
        read({field: value for field, value in stored.items() if field != lacking})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("ref", 5),
        ("plenary", "8"),
        ("plenary", True),
        ("plenary", 0),
        ("area", None),
        ("kind", "promise"),
        ("title", "Invented"),
        ("title", {"fr": "Inventé"}),
        ("title", {"en": 7}),
        ("summary", 7),
        ("summary", ["Invented"]),
        ("summary", {"fr": "Inventé"}),
        ("summary", {"en": 7}),
        ("owners", [{"body": "XBB", "basis": "guessed"}]),
        ("target", {"date": "2022-12-31"}),
        ("paragraph", "4"),
        ("sha256", 4),
        ("timing", []),
        ("organisations", "one"),
        ("slug", "a field of another thing"),
        ("urgency", "high"),
    ],
)
def test_a_measure_of_the_wrong_form_is_named(field: str, value: object) -> None:
    with pytest.raises(InvalidEntryError, match=f"entry 7 has a wrong '{field}' in its agreed"):
        read({**AGREED, "thing": {**AGREED["thing"], field: value}})


@pytest.mark.parametrize(
    ("index", "field", "value"),
    [
        (0, "number", "8"),
        (0, "date", "March 2021"),
        (0, "co_chairs", "one"),
        (0, "areas_stated", -1),
        (2, "code", "X/B"),
        (2, "code", ""),
        (2, "code", "虛構"),
        (2, "side", "both"),
        (2, "name", None),
        (5, "slug", None),
        (5, "short", ["Fancy"]),
    ],
)
def test_a_thing_of_the_registers_own_of_the_wrong_form_is_named(index: int, field: str, value: object) -> None:
    stored = encode(FRAME[index])
    with pytest.raises(InvalidEntryError, match=f"entry 7 has a wrong '{field}' in its {stored['event']}"):
        read({**stored, "thing": {**stored["thing"], field: value}})


@pytest.mark.parametrize(
    ("stored", "lacking"), [(AGREED, "kind"), (encode(FRAME[2]), "side"), (encode(FRAME[0]), "date")]
)
def test_a_thing_that_lacks_what_it_needs_says_what(stored: dict[str, Any], lacking: str) -> None:
    thing = {field: value for field, value in stored["thing"].items() if field != lacking}
    with pytest.raises(InvalidEntryError, match=f"entry 7 lacks '{lacking}' in its {stored['event']}"):
        read({**stored, "thing": thing})


def test_a_finding_brings_nothing_into_the_register() -> None:
    with pytest.raises(InvalidEntryError, match="a field 'thing', which no entry of the kind 'finding' has"):
        read({**SOUND, "thing": {}})


def test_a_measure_agreed_under_another_ref_than_the_entry_names_is_refused() -> None:
    with pytest.raises(InvalidEntryError, match="records another measure than it names"):
        read({**AGREED, "ref": "8-INV-9"})


def test_of_several_entries_that_are_none_the_first_is_named() -> None:
    stored = [SOUND, {**SOUND, "by": 7}, AGREED, {**SOUND, "remark": None}, {**SOUND, "urgency": "high"}]
    with pytest.raises(InvalidEntryError, match=r"^entry 12 has a wrong 'by'$"):
        decode_all([11, 12, 13, 14, 15], stored)
    with pytest.raises(InvalidEntryError, match=r"^entry 14 has a wrong 'remark'$"):
        decode_all([13, 14, 15], stored[2:])
