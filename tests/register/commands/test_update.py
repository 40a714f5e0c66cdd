"""What is told of a measure: every rule that refuses it, and what is told back."""

from typing import Any

import pytest

from hkshcc.errors import HkshccError, NotFoundError, RefusedError, UsageError
from hkshcc.register.commands.amend import amend
from hkshcc.register.commands.common import Decision
from hkshcc.register.commands.update import StatusUpdate, record_update
from hkshcc.register.dates import Day
from hkshcc.register.integrity import problems
from hkshcc.register.sources import Described
from tests.register.build import EVIDENCE, FIRST, LINK, REF, TODAY, Desk, day, finding, only, refused

# What is told: findings, and returns


def test_without_a_body_it_is_a_finding_for_both_sides() -> None:
    desk = Desk()
    entry = only(desk.report(status="in-progress", remark="Invented remark"))
    assert (entry.event, entry.by, entry.side) == ("finding", None, None)
    assert desk.stands().sh.status == "in-progress"


def test_with_a_body_it_is_a_return_for_its_side() -> None:
    desk = Desk()
    entry = only(desk.report(status="in-progress", by="yss"))
    assert (entry.event, entry.by, entry.side) == ("return", "YSS", "sh")
    assert desk.stands().hk.status == "unknown"


@pytest.mark.parametrize("side", ["hk", "sh", "both", "HK"])
def test_a_side_that_is_named_goes_before_the_bodys_own(side: str) -> None:
    assert only(Desk().report(status="in-progress", by="YSS", side=side)).side == side.lower()


def test_everything_that_is_told_is_recorded() -> None:
    entry = only(
        Desk().report(status="In progress", remark="r", reason="why", next="n", attention="a", evidence=["x", " y "])
    )
    assert (entry.status, entry.remark, entry.reason, entry.next, entry.attention) == (
        "in-progress",
        "r",
        "why",
        "n",
        "a",
    )
    assert [evidence["locator"] for evidence in entry.evidence] == ["x", "y"]


@pytest.mark.parametrize("told", [{"remark": "r"}, {"next": "n"}, {"attention": "a"}, {"evidence": ["x"]}])
def test_a_word_needs_no_status(told: dict[str, Any]) -> None:
    desk = Desk()
    entry = only(desk.report(**told))
    assert (entry.status, bool(entry.evidence)) == (None, "evidence" in told)
    assert entry.evidence != []
    assert desk.stands().status == "unknown"


@pytest.mark.parametrize(
    "told", [{}, {"remark": " "}, {"next": ""}, {"by": "XBB"}, {"reason": "r"}, {"on": day("2022-01-01")}]
)
def test_an_empty_word_is_refused_and_the_options_are_named(told: dict[str, Any]) -> None:
    with refused(UsageError, 2, "--status", "--remark", "--next", "--attention", "--evidence"):
        Desk().report(**told)


def test_a_word_on_no_measure_is_refused() -> None:
    desk = Desk()
    with refused(UsageError, 2, "give a ref"):
        desk.does(lambda register, context: record_update(register, context, [], StatusUpdate(remark="Invented")))


def test_a_measure_named_twice_is_told_once() -> None:
    assert len(Desk().report("8-INV-1", "inv-1", status="in-progress").entries) == 1


def test_a_measure_that_is_not_there_stops_the_whole_command() -> None:
    desk = Desk()
    with refused(NotFoundError, 3, "8-INV-9"):
        desk.report("8-INV-1", "8-INV-9", status="in-progress")
    assert len(desk.entries) == FIRST - 1


@pytest.mark.parametrize(
    ("word", "error", "exit_code", "said"),
    [
        ({"by": "XBX"}, NotFoundError, 3, "did you mean XBB"),
        ({"by": ""}, NotFoundError, 3, "hkshcc bodies"),
        ({"side": "mainland"}, UsageError, 2, "hk, sh, both"),
        ({"status": "complete"}, UsageError, 2, "did you mean completed"),
        ({"status": ""}, UsageError, 2, "not-started"),
        ({"status": "unknown"}, RefusedError, 4, "undo"),
        ({"status": "Status not established"}, RefusedError, 4, "undo"),
        ({"status": "continuing"}, RefusedError, 4, "use in-progress, or completed with --evidence"),
        ({"status": "completed"}, RefusedError, 4, "--evidence URL-or-reference, or --without-evidence REASON"),
        ({"status": "completed", "without_evidence": " "}, RefusedError, 4, "--without-evidence REASON"),
        ({"status": "modified", "remark": "r"}, RefusedError, 4, "--evidence"),
        ({"status": "modified", "evidence": ["x"]}, RefusedError, 4, "add --remark"),
        ({"status": "modified", "evidence": ["x"], "remark": " "}, RefusedError, 4, "add --remark"),
        ({"status": "not-pursued", "side": "hk"}, RefusedError, 4, "add --reason"),
        ({"status": "not-pursued", "side": "hk", "reason": "\t"}, RefusedError, 4, "add --reason"),
        ({"status": "not-pursued", "reason": "why"}, RefusedError, 4, "add --by BODY or --side"),
        ({"status": "not-pursued", "reason": "why", "side": "both"}, RefusedError, 4, "add --by BODY or --side"),
        ({"evidence": [" "]}, RefusedError, 4, "give --evidence a URL"),
        ({"evidence_kind": "press", "remark": "r"}, UsageError, 2, "--evidence-kind .*needs --evidence"),
        ({"source": "Invented Daily", "remark": "r"}, UsageError, 2, "--source .*needs --evidence"),
        ({"evidence": ["x"], "evidence_kind": "rumour"}, UsageError, 2, "record, official"),
        ({"remark": "r", "on": day("2022-06-16")}, RefusedError, 4, "16 Jun 2022 is in the future.*--on"),
        ({"remark": "r", "on": day("2022-07-31", "month")}, RefusedError, 4, "Jul 2022 is in the future"),
        ({"remark": "r", "on": day("2022-09-30", "quarter")}, RefusedError, 4, "Q3 2022 is in the future"),
        ({"remark": "r", "on": day("2023-12-31", "year")}, RefusedError, 4, "2023 is in the future"),
        ({"remark": "r", "on": day("2021-02-28")}, RefusedError, 4, "28 Feb 2021.*1 Mar 2021.*--on"),
        ({"remark": "r", "on": day("2021-02-28", "month")}, RefusedError, 4, "Feb 2021.*1 Mar 2021.*--on"),
    ],
)
def test_a_word_against_a_rule_is_refused_and_the_sentence_says_what_to_add(
    word: dict[str, Any], error: type[HkshccError], exit_code: int, said: str
) -> None:
    desk = Desk()
    with refused(error, exit_code, said):
        desk.report(**{"status": "in-progress", **word})
    assert len(desk.entries) == FIRST - 1


@pytest.mark.parametrize(
    ("ref", "status"), [("8-INV-2a", "continuing"), ("8-INV-2b", "continuing"), ("8-INV-2a", "not-started")]
)
def test_what_has_no_end_point_may_continue(ref: str, status: str) -> None:
    desk = Desk()
    desk.report(ref, status=status)
    assert desk.stands(ref).status == status


@pytest.mark.parametrize(
    "word",
    [
        {"status": "completed", "evidence": ["x"]},
        {"status": "completed", "without_evidence": "Invented excuse"},
        {"status": "modified", "evidence": ["x"], "remark": "Something else"},
        {"status": "not-pursued", "reason": "why", "by": "XBB"},
        {"status": "not-pursued", "reason": "why", "side": "sh"},
    ],
)
def test_a_measure_is_closed_with_what_closing_needs(word: dict[str, Any]) -> None:
    desk = Desk()
    entry = only(desk.report(**word))
    assert desk.stands().closed
    assert (entry.without_evidence, entry.reason) == (word.get("without_evidence"), word.get("reason"))
    assert problems(desk.register) == []


# Evidence


@pytest.mark.parametrize(
    ("word", "kind", "source"),
    [
        ({}, "unclassified", "example.org"),
        ({"by": "XBB"}, "return", "XBB"),
        ({"by": "XBB", "evidence_kind": "official"}, "official", "example.org"),
        ({"by": "XBB", "evidence_kind": "RETURN"}, "return", "XBB"),
        ({"evidence_kind": "record"}, "record", "example.org"),
        ({"evidence_kind": "return"}, "return", "example.org"),
        ({"source": "Invented Daily"}, "unclassified", "Invented Daily"),
        ({"by": "XBB", "source": "Invented Gazette"}, "return", "Invented Gazette"),
    ],
)
def test_evidence_is_the_owners_own_word_or_unclassified_unless_it_is_said_what_it_is(
    word: dict[str, Any], kind: str, source: str
) -> None:
    entry = only(Desk().report(evidence=[LINK], **word))
    assert entry.evidence == [{"kind": kind, "source": source, "locator": LINK}]


@pytest.mark.parametrize(
    ("kind", "known", "told"), [(None, None, 1), ("press", None, 0), (None, "press", 0), ("press", "record", 0)]
)
def test_evidence_of_which_neither_a_person_nor_its_address_says_the_kind_is_said_to_be_unclassified(
    kind: str | None, known: str | None, told: int
) -> None:
    notes = Desk().report(evidence=[LINK], evidence_kind=kind, described={LINK: Described(kind=known)}).notes
    assert sum("is unclassified" in note for note in notes) == told


@pytest.mark.parametrize(
    ("locator", "source"),
    [
        ("HTTP://example.org", "example.org"),
        ("https://example.org:8080/a", "example.org"),
        ("https://WWW.Example.org?page=a@b", "www.example.org"),
        ("http://[2001:db8::1]:80/a", "[2001:db8::1]"),
        ("https://", None),
        ("ftp://example.org/a", None),
        ("Invented Gazette No. 7", None),
    ],
)
def test_the_source_of_a_link_is_its_host(locator: str, source: str | None) -> None:
    assert only(Desk().report(evidence=[locator])).evidence[0]["source"] == source


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://keeper:secret@example.org/a", "https://example.org/a"),
        ("https://secret@example.org:8080/a", "https://example.org:8080/a"),
        ("https://keeper:se@cret@example.org?a", "https://example.org?a"),
        ("FTP://keeper:secret@example.org", "FTP://example.org"),
        ("keeper:secret@example.org/a", "example.org/a"),
        ("page 3 of keeper:se@cret@example.org", "page 3 of example.org"),
        ("page 3 of https://keeper:secret@example.org/a", "page 3 of https://example.org/a"),
    ],
)
def test_a_password_in_a_link_is_neither_recorded_nor_told(typed: str, kept: str) -> None:
    outcome = Desk().report("8-INV-1", "8-INV-2a", evidence=[typed])
    assert [entry.evidence[0]["locator"] for entry in outcome.entries if entry.evidence] == [kept, kept]
    assert outcome.notes == [f"a user name or password was left out of the evidence: {kept}"]
    assert "cret" not in str(outcome)


@pytest.mark.parametrize(
    "locator",
    [
        " https://example.org ",
        "https://example.org/@keeper",
        "keeper@example.org",
        "https://example.org#a@b",
        "letter to: keeper@example.org",
        "mailto:keeper@example.org",
        "10:30@example",
    ],
)
def test_a_sign_that_stands_elsewhere_in_a_locator_is_kept(locator: str) -> None:
    outcome = Desk().report(evidence=[locator])
    assert only(outcome).evidence[0]["locator"] == locator.strip()
    assert outcome.notes == []


# Reopening


@pytest.mark.parametrize("status", ["completed", "not-pursued"])
def test_reopening_needs_a_reason(status: str) -> None:
    desk = Desk(finding(status, "2022-01-01", "hk", evidence=[EVIDENCE], reason="r"))
    with refused(RefusedError, 4, REF, "Hong Kong", "In progress", "add --reason"):
        desk.report(status="in-progress", by="XBB")
    with refused(RefusedError, 4, "add --reason"):
        desk.report(status="in-progress", by="XBB", reason=" ")
    desk.report(status="in-progress", by="XBB", reason="Invented reason")
    assert desk.stands().moved_back is not None


def test_a_word_for_both_sides_reopens_either() -> None:
    desk = Desk(finding("completed", "2022-01-01", "sh", evidence=[EVIDENCE]))
    for word in ({}, {"side": "both"}):
        with refused(RefusedError, 4, "Shanghai", "add --reason"):
            desk.report(status="in-progress", **word)


def test_the_other_sides_first_word_reopens_nothing() -> None:
    desk = Desk(finding("completed", "2022-01-01", "sh", evidence=[EVIDENCE]))
    desk.report(status="in-progress", by="XBB")
    assert desk.stands().status == "in-progress"


def test_a_remark_on_a_closed_measure_reopens_nothing() -> None:
    desk = Desk(finding("completed", "2022-01-01", evidence=[EVIDENCE]))
    desk.report(remark="r")
    assert desk.stands().status == "completed"


def test_closing_in_another_way_is_no_reopening() -> None:
    desk = Desk(finding("completed", "2022-01-01", evidence=[EVIDENCE]))
    desk.report(status="modified", evidence=["x"], remark="Something else")
    assert desk.stands().status == "modified"


def test_a_back_dated_step_before_the_closing_reopens_nothing() -> None:
    desk = Desk(finding("completed", "2022-01-01", evidence=[EVIDENCE]))
    outcome = desk.report(status="in-progress", on=day("2021-06-01"))
    assert desk.stands().status == "completed"
    assert outcome.notes == [
        f"{REF}: no change to the status (completed), because entry {FIRST} has a later date (1 Jan 2022)"
    ]


def test_what_was_closed_on_the_same_day_is_reopened_with_a_reason_too() -> None:
    desk = Desk(finding("completed", TODAY, evidence=[EVIDENCE]))
    with refused(RefusedError, 4, "add --reason"):
        desk.report(status="in-progress")


# What a person is told beside it


@pytest.mark.parametrize(("side", "notes"), [(None, 1), ("both", 1), ("sh", 1), ("hk", 0)])
def test_a_back_dated_word_is_told_which_later_one_still_decides(side: str | None, notes: int) -> None:
    desk = Desk(finding("in-progress", "2022-05-31", "sh", precision="month"))
    outcome = desk.report(status="not-started", on=day("2022-01-01"), side=side)
    assert (
        outcome.notes
        == [f"{REF}: no change to the status (in progress), because entry {FIRST} has a later date (May 2022)"] * notes
    )


def test_a_back_dated_remark_is_told_of_no_later_status() -> None:
    desk = Desk(finding("in-progress", "2022-05-31"))
    assert desk.report(remark="r", on=day("2022-01-01")).notes == []


def test_a_word_that_decides_is_told_nothing() -> None:
    desk = Desk(finding("not-started", "2022-05-31"))
    assert desk.report(status="in-progress").notes == []
    assert desk.report(status="not-started", by="XBB").notes == []


@pytest.mark.parametrize(
    ("word", "what"), [({"next": "n"}, "the next step"), ({"attention": "a"}, "what needs attention")]
)
def test_a_back_dated_step_or_concern_is_told_which_later_one_still_decides(word: dict[str, str], what: str) -> None:
    desk = Desk(finding(None, "2022-01-01", **word), finding(None, "2022-05-01", **word))
    assert desk.report(on=day("2021-06-01"), **word).notes == [
        f"{REF}: no change to {what}, because entry {FIRST + 1} has a later date (1 May 2022)"
    ]
    assert desk.report(on=day("2022-05-01"), **word).notes == []


def test_a_later_word_without_a_concern_decides_on_no_concern() -> None:
    desk = Desk(finding(None, "2022-01-01", next="n"))
    assert desk.report(on=day("2021-06-01"), attention="a").notes == []


def test_a_later_word_without_a_next_step_decides_on_no_next_step() -> None:
    desk = Desk(finding(None, "2022-01-01", attention="a"))
    assert desk.report(on=day("2021-06-01"), next="n").notes == []


def test_a_body_may_drop_a_measure_for_both_sides() -> None:
    desk = Desk()
    desk.report(status="not-pursued", reason="why", by="XBB", side="both")
    assert (desk.stands().hk.status, desk.stands().sh.status) == ("not-pursued", "not-pursued")


def test_a_body_that_is_no_owner_is_told_how_to_become_one() -> None:
    (note,) = Desk().report(status="in-progress", by="XCC").notes
    assert "XCC is not an owner of 8-INV-1" in note
    assert "hkshcc assign" in note


def test_a_body_that_speaks_for_the_other_side_is_told_so() -> None:
    (note,) = Desk().report(status="in-progress", by="XBB", side="sh").notes
    assert note == "XBB is a body of the other side, but this was recorded for Shanghai"
    assert Desk().report(status="in-progress", by="XBB", side="both").notes == []


# note


def test_a_note_says_nothing_about_the_status() -> None:
    desk = Desk()
    entry = only(desk.note("Invented note", "inv-1", day("2022-05-31", "month")))
    assert (entry.event, entry.ref, entry.on, entry.precision) == ("note", REF, "2022-05-31", "month")
    assert (entry.remark, entry.status) == ("Invented note", None)
    assert desk.stands().status == "unknown"


@pytest.mark.parametrize(
    ("text", "ref", "on", "error", "said"),
    [
        (" ", REF, None, UsageError, "type its text"),
        ("n", "8-INV-9", None, NotFoundError, "8-INV-9"),
        ("n", REF, day("2022-06-16"), RefusedError, "future"),
        ("n", REF, day("2021-02-28"), RefusedError, "--on"),
    ],
)
def test_a_note_against_a_rule_is_refused(
    text: str, ref: str, on: Day | None, error: type[HkshccError], said: str
) -> None:
    with pytest.raises(error, match=said):
        Desk().note(text, ref, on)


# Nil returns


@pytest.mark.parametrize("news", [{"remark": "r"}, {"reason": "r"}, {"without_evidence": "w"}])
def test_a_nil_return_with_news_or_what_news_rest_on_is_a_contradiction(news: dict[str, Any]) -> None:
    with refused(UsageError, 2, "--nil means that there is no news"):
        Desk().report(by="XBB", nil=True, **news)


def test_a_body_with_no_news_makes_a_nil_return() -> None:
    desk = Desk()
    entry = only(desk.report(by="XBB", nil=True))
    assert (entry.event, entry.by, entry.side, entry.nil) == ("return", "XBB", "hk", True)
    assert problems(desk.register) == []


@pytest.mark.parametrize(
    "told", [{"remark": "N/A"}, {"next": "nil"}, {"attention": "-"}, {"remark": "無", "next": "無"}]
)
def test_a_return_that_holds_nothing_but_words_for_nothing_is_a_nil_return(told: dict[str, Any]) -> None:
    entry = only(Desk().report(by="XBB", **told))
    assert (entry.nil, entry.remark, entry.next, entry.attention) == (True, None, None, None)


def test_words_for_nothing_beside_news_are_left_out_and_named() -> None:
    outcome = Desk().report(by="XBB", status="in-progress", remark="Met twice", next="N/A")
    assert (only(outcome).nil, only(outcome).next, only(outcome).remark) == (None, None, "Met twice")
    assert outcome.notes == ["left out as empty: --next 'N/A'"]


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"remark": "N/A"}, "nothing to record"),
        ({"nil": True}, "needs the body"),
        ({"nil": True, "by": "XBB", "remark": "Met twice"}, "news was given"),
        ({"nil": True, "by": "XBB", "status": "in-progress"}, "news was given"),
    ],
)
def test_no_news_needs_a_body_and_nothing_else(told: dict[str, Any], said: str) -> None:
    with refused(UsageError, 2, said):
        Desk().report(**told)


def test_evidence_that_is_a_word_for_nothing_closes_nothing() -> None:
    with refused(RefusedError, 4, "the evidence is empty"):
        Desk().report(status="completed", evidence=["N/A"])


def test_a_nil_return_leaves_where_the_measure_stands_as_it_was() -> None:
    desk = Desk(finding("in-progress", "2021-06-01", evidence=[EVIDENCE]))
    before = desk.stands()
    desk.report(by="XBB", nil=True)
    after = desk.stands()
    assert after._replace(events=()) == before._replace(events=())
    assert (after.evidence, after.next, after.attention) == (before.evidence, before.next, before.attention)


def test_a_nil_return_that_was_amended_with_news_is_one_no_more() -> None:
    desk = Desk()
    desk.report(by="XBB", nil=True)
    desk.does(lambda register, context: amend(register, context, None, StatusUpdate(on=day("2022-06-01"))))
    assert only(Decision(desk.entries[-1:], [])).nil
    desk.does(lambda register, context: amend(register, context, None, StatusUpdate(remark="Met twice")))
    assert (desk.entries[-1].nil, desk.entries[-1].remark) == (None, "Met twice")


# Next steps with a day


def test_a_next_step_may_have_a_day() -> None:
    desk = Desk()
    entry = only(desk.report(by="XBB", next="Meet again", next_by=day("2022-12-31", "year")))
    assert (entry.next, entry.next_by, entry.next_by_precision) == ("Meet again", "2022-12-31", "year")
    assert problems(desk.register) == []


@pytest.mark.parametrize(
    ("told", "error", "said"),
    [
        ({"remark": "r", "next_by": day("2022-12-31")}, UsageError, "--next-by needs --next"),
        ({"remark": "r", "next": "N/A", "next_by": day("2022-12-31")}, UsageError, "--next-by needs --next"),
        ({"next": "n", "next_by": day("2022-06-14")}, RefusedError, "before the day of the report"),
    ],
)
def test_a_day_without_a_step_or_before_the_report_is_refused(told: dict[str, Any], error: Any, said: str) -> None:
    with refused(error, error.exit_code, said):
        Desk().report(by="XBB", **told)


def test_an_amendment_keeps_the_day_of_the_next_step() -> None:
    desk = Desk()
    desk.report(by="XBB", next="Meet again", next_by=day("2022-12-31"))
    desk.does(lambda register, context: amend(register, context, None, StatusUpdate(next="Meet in Shanghai")))
    assert (desk.entries[-1].next, desk.entries[-1].next_by) == ("Meet in Shanghai", "2022-12-31")
