"""Where a measure stands, derived from what was told of it."""

from typing import Any

import pytest

from hkshcc.register.model import Entry
from hkshcc.register.standing import Standing, less_advanced, sides_of
from hkshcc.register.vocabulary import RANK, Status
from tests.register.build import (
    AGREED,
    EVIDENCE,
    FIRST,
    TODAY,
    draft,
    finding,
    owner,
    register_of,
    retraction,
    returned,
    revision,
    standing,
    target,
)

NO_TARGET = "8-INV-2a"  # a continuing measure, agreed without a date
ORIGINAL = "2022-03-31"  # what 8-INV-1 was agreed with


def note(on: str) -> Entry:
    return draft("note", ref="8-INV-1", on=on, remark="Invented note")


def three(found: Standing) -> tuple[str, str, str]:
    """The statuses of the measure and of its two sides."""
    return found.status, found.hk.status, found.sh.status


# Two sides


def test_a_measure_of_which_nothing_was_told_is_unknown_and_nothing_follows_from_it() -> None:
    found = standing()
    assert three(found) == ("unknown", "unknown", "unknown")
    assert (found.since, found.fulfilled_on, found.last_update, found.moved_back) == (None, None, None, None)
    assert not found.sides_differ
    assert not found.closed
    assert found.freshness == "none"


def test_an_entry_without_a_side_speaks_for_both() -> None:
    found = standing(finding("in-progress", "2021-05-01"))
    assert three(found) == ("in-progress", "in-progress", "in-progress")


def test_an_entry_for_both_sides_speaks_for_both() -> None:
    assert three(standing(returned("in-progress", "2021-05-01", side="both")))[1:] == ("in-progress", "in-progress")


@pytest.mark.parametrize(("side", "other"), [("hk", "sh"), ("sh", "hk")])
@pytest.mark.parametrize("status", ["in-progress", "continuing", "modified", "completed"])
def test_a_side_that_alone_has_been_seen_to_act_is_named(side: str, other: str, status: str) -> None:
    acted = finding(status, "2021-05-01", side, evidence=[EVIDENCE])
    assert standing(acted).one_sided == side
    assert standing(acted, note("2021-06-01")).one_sided == side
    assert standing(acted, finding("in-progress", "2021-06-01", other)).one_sided is None
    assert standing(acted, finding("not-started", "2021-06-01", other)).one_sided is None


@pytest.mark.parametrize("told", ["sh", "both"])
def test_a_side_of_which_something_is_told_without_a_status_has_been_seen_to_act_too(told: str) -> None:
    acted = finding("in-progress", "2021-05-01", "hk")
    assert standing(acted, finding(None, "2021-06-01", told, remark="Invented step")).one_sided is None
    assert standing(acted, finding(None, "2021-06-01", told, evidence=[EVIDENCE])).one_sided is None
    assert standing(acted, finding(None, "2021-06-01", told, next="Invented plan")).one_sided == "hk"
    assert standing(acted, finding(None, "2021-06-01", "hk", remark="Invented step")).one_sided == "hk"


@pytest.mark.parametrize("status", ["not-started", "not-pursued"])
def test_a_side_that_did_nothing_has_not_been_seen_to_act(status: str) -> None:
    assert standing(finding(status, "2021-05-01", "hk")).one_sided is None


def test_a_measure_on_which_both_or_neither_acted_is_not_one_sided() -> None:
    assert standing().one_sided is None
    assert standing(finding("in-progress", "2021-05-01")).one_sided is None


def test_a_side_at_unknown_is_left_out_of_the_measures_status() -> None:
    found = standing(finding("completed", "2021-05-01", "hk", evidence=[EVIDENCE]))
    assert three(found) == ("completed", "completed", "unknown")


def test_the_sides_do_not_differ_while_one_of_them_is_unknown() -> None:
    assert not standing(finding("completed", "2021-05-01", "sh", evidence=[EVIDENCE])).sides_differ


@pytest.mark.parametrize("order", [("hk", "sh"), ("sh", "hk")])
def test_the_measure_stands_at_the_less_advanced_of_its_two_sides(order: tuple[str, str]) -> None:
    ahead, behind = order
    found = standing(finding("completed", "2021-05-01", ahead), finding("not-started", "2021-06-01", behind))
    assert found.status == "not-started"
    assert found.since == "2021-06-01"
    assert found.sides_differ


def test_two_sides_that_say_the_same_do_not_differ() -> None:
    found = standing(returned("in-progress", "2021-05-01", "XBB"), returned("in-progress", "2021-06-01", "YSS"))
    assert not found.sides_differ


def test_the_less_advanced_is_decided_by_rank_whichever_side_says_it() -> None:
    for one in RANK:
        assert less_advanced(one, Status.UNKNOWN) == less_advanced(Status.UNKNOWN, one) == one
        for other in RANK:
            assert less_advanced(one, other) == less_advanced(other, one)
            assert RANK[less_advanced(one, other)] == min(RANK[one], RANK[other])


@pytest.mark.parametrize(
    ("side", "sides"), [("hk", ("hk",)), ("sh", ("sh",)), ("both", ("hk", "sh")), (None, ("hk", "sh"))]
)
def test_an_entry_speaks_for_its_own_side_else_for_both(side: str | None, sides: tuple[str, ...]) -> None:
    assert sides_of(finding("in-progress", "2021-05-01", side)) == sides


# Since when, and which word decides


def test_a_status_holds_since_the_first_word_that_said_so() -> None:
    found = standing(finding("in-progress", "2021-05-01"), finding("in-progress", "2021-09-01"))
    assert found.since == found.hk.since == "2021-05-01"
    assert found.hk.entry is not None
    assert found.hk.entry.number == FIRST + 1


def test_the_measures_status_may_hold_for_longer_than_a_sides() -> None:
    found = standing(
        finding("in-progress", "2021-05-01", "hk"),
        finding("completed", "2021-06-01", "hk"),
        finding("in-progress", "2021-07-01", "sh"),
        finding("completed", "2021-08-01", "sh"),
    )
    assert found.since == "2021-08-01"
    assert (found.hk.since, found.sh.since) == ("2021-06-01", "2021-08-01")


def test_the_later_day_wins_in_whatever_order_the_entries_were_recorded() -> None:
    found = standing(finding("in-progress", "2021-09-01"), finding("not-started", "2021-05-01", recorded="2021-10-01"))
    assert found.status == "in-progress"
    assert found.since == "2021-09-01"


def test_a_back_dated_entry_decides_on_the_days_between() -> None:
    told = (finding("in-progress", "2021-09-01"), finding("not-started", "2021-05-01", recorded="2021-10-01"))
    assert standing(*told, as_of="2021-06-01").status == "not-started"


def test_of_two_entries_of_one_day_the_higher_number_wins() -> None:
    assert standing(finding("not-started", "2021-05-01"), finding("in-progress", "2021-05-01")).status == "in-progress"
    assert standing(finding("in-progress", "2021-05-01"), finding("not-started", "2021-05-01")).status == "not-started"


def test_an_entry_counts_from_its_own_day_and_not_before() -> None:
    told = finding("in-progress", "2021-05-01")
    assert standing(told, as_of="2021-04-30").status == "unknown"
    assert standing(told, as_of="2021-05-01").status == "in-progress"


def test_an_entry_of_a_period_counts_from_the_periods_last_day() -> None:
    told = finding("in-progress", "2021-05-31", precision="month")
    assert standing(told, as_of="2021-05-30").status == "unknown"
    found = standing(told, as_of="2021-05-31")
    assert found.hk.entry is not None
    assert (found.since, found.hk.entry.precision) == ("2021-05-31", "month")


def test_the_latest_next_step_and_concern_are_the_ones_that_stand() -> None:
    found = standing(
        finding(None, "2021-05-01", next="first", attention="worry"),
        finding("in-progress", "2021-06-01"),
        finding(None, "2021-04-01", next="older", attention="older worry", recorded="2021-07-01"),
    )
    assert (found.next, found.attention) == ("first", "worry")


def test_all_evidence_that_counts_is_kept_in_the_order_of_its_days() -> None:
    one, other = ({**EVIDENCE, "locator": name} for name in ("one", "other"))
    found = standing(
        finding("in-progress", "2021-06-01", evidence=[other]), finding(None, "2021-05-01", evidence=[one])
    )
    assert [evidence["locator"] for evidence in found.evidence] == ["one", "other"]


# Closing, reopening, moving back


@pytest.mark.parametrize("status", ["completed", "modified", "not-pursued"])
def test_nothing_more_is_awaited_of_a_closed_measure(status: str) -> None:
    assert standing(finding(status, "2021-05-01")).closed


@pytest.mark.parametrize("status", ["not-started", "in-progress", "continuing"])
def test_an_open_measure_awaits_something(status: str) -> None:
    assert not standing(finding(status, "2021-05-01")).closed


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("completed", "in-progress"),
        ("modified", "not-started"),
        ("in-progress", "not-started"),
        ("not-pursued", "in-progress"),
    ],
)
def test_a_reopened_measure_is_marked_as_moved_back(before: str, after: str) -> None:
    found = standing(finding(before, "2021-05-01"), finding(after, "2021-06-01", reason="invented reason"))
    assert found.moved_back is not None
    assert (found.moved_back.on, found.moved_back.reason) == ("2021-06-01", "invented reason")


@pytest.mark.parametrize(("before", "after"), [("not-started", "in-progress"), ("in-progress", "completed")])
def test_a_measure_that_advances_is_not_moved_back(before: str, after: str) -> None:
    assert standing(finding(before, "2021-05-01"), finding(after, "2021-06-01")).moved_back is None


def test_a_first_word_moves_nothing_back() -> None:
    assert standing(finding("not-pursued", "2021-05-01")).moved_back is None


def test_a_measure_that_advances_again_is_no_longer_moved_back() -> None:
    told = [finding("completed", "2021-05-01"), finding("in-progress", "2021-06-01")]
    assert standing(*told, finding("in-progress", "2021-07-01")).moved_back is not None
    assert standing(*told, finding("completed", "2021-08-01")).moved_back is None


def test_the_later_of_two_moves_back_is_the_one_named() -> None:
    found = standing(
        finding("completed", "2021-05-01"),
        finding("in-progress", "2021-07-01", "sh"),
        finding("in-progress", "2021-06-01", "hk"),
    )
    assert found.moved_back is not None
    assert found.moved_back.on == "2021-07-01"


def test_the_first_word_of_a_second_side_moves_neither_side_back() -> None:
    found = standing(finding("completed", "2021-05-01", "hk"), finding("in-progress", "2021-06-01", "sh"))
    assert found.moved_back is None
    assert found.fulfilled_on is None


def test_a_measure_is_fulfilled_on_the_day_its_second_side_completes() -> None:
    found = standing(
        finding("in-progress", "2021-04-01"),
        finding("completed", "2021-05-01", "hk"),
        finding("completed", "2021-08-01", "sh"),
    )
    assert found.fulfilled_on == "2021-08-01"


@pytest.mark.parametrize("sides", [("hk", "sh"), ("sh", "hk")])
@pytest.mark.parametrize("more", [(), (("in-progress", "2021-04-01"),)])
def test_a_measure_is_fulfilled_when_both_sides_are_whether_or_not_the_second_had_spoken_before(
    sides: tuple[str, str], more: tuple[tuple[str, str], ...]
) -> None:
    first, second = sides
    found = standing(
        finding("completed", "2021-05-01", first),
        finding("completed", "2022-05-01", second),
        *(finding(status, on, second) for status, on in more),
    )
    assert (found.since, found.fulfilled_on, found.timeliness) == ("2022-05-01", "2022-05-01", "late")


def test_a_measure_that_both_sides_completed_in_different_forms_is_fulfilled_with_the_second() -> None:
    found = standing(finding("modified", "2021-05-01", "hk"), finding("completed", "2021-08-01", "sh"))
    assert (found.status, found.since, found.fulfilled_on) == ("modified", "2021-05-01", "2021-08-01")


def test_the_second_sides_word_does_not_put_off_what_the_less_advanced_side_said_before() -> None:
    found = standing(finding("not-started", "2021-05-01", "hk"), finding("in-progress", "2021-08-01", "sh"))
    assert (found.status, found.since) == ("not-started", "2021-05-01")


@pytest.mark.parametrize("order", [1, -1])
def test_two_sides_that_change_places_on_one_day_stand_where_they_stand_in_either_order(order: int) -> None:
    before = [finding("in-progress", "2021-05-01", "hk"), finding("completed", "2021-05-01", "sh")]
    changed = [finding("completed", "2021-06-01", "hk"), finding("in-progress", "2021-06-01", "sh")]
    found = standing(*before, *changed[::order])
    assert (found.status, found.since, found.fulfilled_on) == ("in-progress", "2021-06-01", None)


def test_a_measure_that_both_sides_reopen_stands_there_since_the_second_did() -> None:
    found = standing(
        finding("completed", "2021-05-01"),
        finding("in-progress", "2021-06-01", "sh"),
        finding("in-progress", "2021-07-01", "hk"),
    )
    assert (found.since, found.fulfilled_on) == ("2021-07-01", None)


def test_a_measure_completed_twice_is_fulfilled_on_the_first_day() -> None:
    found = standing(finding("completed", "2021-05-01"), finding("completed", "2021-09-01"))
    assert found.fulfilled_on == "2021-05-01"


def test_completed_in_another_form_is_fulfilled_since_the_first_of_the_two() -> None:
    assert standing(finding("modified", "2021-05-01"), finding("completed", "2021-09-01")).fulfilled_on == "2021-05-01"


def test_a_reopened_measure_is_fulfilled_anew() -> None:
    told = [finding("completed", "2021-05-01"), finding("in-progress", "2021-06-01")]
    assert standing(*told).fulfilled_on is None
    assert standing(*told, finding("completed", "2021-09-01")).fulfilled_on == "2021-09-01"


# Timeliness: the first that applies


def moved(to: str, on: str = "2021-06-01") -> Entry:
    return revision(on, target=target(to))


@pytest.mark.parametrize(
    ("told", "as_of", "timeliness"),
    [
        ((), ORIGINAL, "on-time"),
        ((), "2022-04-01", "overdue"),
        ((finding("in-progress", "2021-05-01"),), "2022-04-01", "overdue"),
        ((finding("continuing", "2021-05-01"),), "2022-04-01", "overdue"),
        ((finding("completed", ORIGINAL),), TODAY, "on-time"),
        ((finding("completed", "2022-04-01"),), TODAY, "late"),
        ((finding("modified", "2022-04-01"),), TODAY, "late"),
        ((finding("not-pursued", "2022-04-01"),), TODAY, "on-time"),
        ((moved("2022-12-31"),), TODAY, "slipped"),
        ((moved("2022-05-31"),), TODAY, "overdue"),
        ((moved("2022-05-31"), finding("not-pursued", "2022-04-01")), TODAY, "slipped"),
        ((moved("2022-12-31"), finding("completed", "2022-04-01")), TODAY, "late"),
        ((moved("2022-12-31"), finding("completed", ORIGINAL)), TODAY, "slipped"),
        ((moved("2022-01-31"), finding("completed", "2022-02-15")), TODAY, "on-time"),
        ((moved("2022-01-31"),), "2022-02-01", "overdue"),
        ((finding("completed", "2021-05-01", "hk"), finding("in-progress", "2021-05-02", "sh")), TODAY, "overdue"),
        ((finding("completed", "2021-05-01"), finding("in-progress", "2021-06-01")), TODAY, "overdue"),
        ((finding("completed", "2021-05-01"), finding("completed", "2022-06-01")), TODAY, "on-time"),
    ],
)
def test_timeliness_is_the_first_that_applies(told: tuple[Entry, ...], as_of: str, timeliness: str) -> None:
    assert standing(*told, as_of=as_of).timeliness == timeliness


def test_a_measure_without_a_promised_date_has_no_target_however_long_it_takes() -> None:
    found = standing(ref=NO_TARGET, as_of="2099-12-31")
    assert (found.timeliness, found.target, found.target_original, found.slip_days) == ("no-target", None, None, 0)


def test_the_original_target_is_frozen_and_the_latest_decides() -> None:
    found = standing(moved("2022-12-31", "2021-06-01"), moved("2023-03-31", "2021-09-01"))
    assert found.target_original == target(ORIGINAL, "month")
    assert found.target == target("2023-03-31")
    assert [slip.on for slip in found.slips] == ["2021-06-01", "2021-09-01"]
    assert found.slip_days == 365


def test_a_back_dated_revision_does_not_undo_a_later_one() -> None:
    found = standing(moved("2023-03-31", "2021-09-01"), moved("2022-12-31", "2021-06-01"))
    assert found.target == target("2023-03-31")


def test_the_first_date_promised_is_the_original_where_none_was_agreed() -> None:
    told = [
        revision("2021-06-01", ref=NO_TARGET, target=target("2022-06-30")),
        revision("2021-09-01", ref=NO_TARGET, target=target("2022-12-31")),
    ]
    first = standing(*told, ref=NO_TARGET, as_of="2021-07-01")
    assert (first.timeliness, first.slips, first.slip_days) == ("on-time", (), 0)
    second = standing(*told, ref=NO_TARGET)
    assert second.target_original == target("2022-06-30")
    assert second.timeliness == "slipped"
    assert [slip.on for slip in second.slips] == ["2021-09-01"]
    assert second.slip_days == 184


def test_a_slip_counts_from_the_day_it_was_recorded_to_be_true() -> None:
    assert standing(moved("2022-12-31", "2021-06-01"), as_of="2021-05-31").timeliness == "on-time"


# Freshness


@pytest.mark.parametrize(("as_of", "freshness"), [("2022-05-01", "current"), ("2022-05-02", "stale")])
def test_a_word_goes_stale_after_a_year(as_of: str, freshness: str) -> None:
    assert standing(finding("in-progress", "2021-05-01"), as_of=as_of).freshness == freshness


def test_how_old_a_word_may_be_can_be_chosen() -> None:
    register = register_of(finding("in-progress", "2021-05-01"))
    measure = register.measure("8-INV-1")
    assert measure is not None
    assert register.standing(measure, "2021-05-11", stale_after=10).freshness == "current"
    assert register.standing(measure, "2021-05-12", stale_after=10).freshness == "stale"


def test_a_return_without_a_status_is_a_word() -> None:
    found = standing(finding("in-progress", "2021-05-01"), returned(None, "2022-05-01", remark="Invented"))
    assert found.freshness == "current"
    assert found.last_update is not None
    assert found.last_update.by == "XBB"


@pytest.mark.parametrize(
    "told", [note("2022-05-01"), moved("2022-12-31", "2022-05-01"), finding(None, "2022-05-01", remark="Invented")]
)
def test_notes_revisions_and_findings_with_neither_a_status_nor_evidence_keep_nothing_fresh(told: Entry) -> None:
    found = standing(finding("in-progress", "2021-05-01"), told)
    assert found.freshness == "stale"


def test_evidence_keeps_a_measure_fresh_though_it_supports_no_status() -> None:
    shown = finding(None, "2022-05-01", evidence=[EVIDENCE])
    found = standing(finding("in-progress", "2021-05-01"), shown)
    assert found.freshness == "current"
    days = [entry and entry.on for entry in (found.last_update, found.last_evidence, found.latest)]
    assert days == ["2021-05-01", "2022-05-01", "2022-05-01"]


def test_an_update_without_evidence_leaves_the_latest_evidence_where_it_was() -> None:
    found = standing(finding("in-progress", "2021-05-01", evidence=[EVIDENCE]), returned("in-progress", "2022-05-01"))
    days = [entry and entry.on for entry in (found.last_evidence, found.latest)]
    assert days == ["2021-05-01", "2022-05-01"]


CONTINUES = finding("continuing", "2021-06-15", ref="8-INV-2a")


@pytest.mark.parametrize(
    ("as_of", "later", "lapsed"),
    [
        ("2022-06-15", [], False),
        ("2022-06-16", [], True),
        ("2022-06-16", [returned(None, "2022-01-01", ref="8-INV-2a", remark="Invented")], False),
        ("2022-06-16", [finding(None, "2022-01-01", ref="8-INV-2a", evidence=[EVIDENCE])], False),
        ("2022-06-16", [finding(None, "2022-01-01", ref="8-INV-2a", remark="Invented")], True),
        ("2022-06-16", [finding("in-progress", "2021-06-16", ref="8-INV-2a")], False),
    ],
)
def test_a_continuing_measure_lapses_after_a_year_with_neither_an_update_nor_evidence(
    as_of: str, later: list[Entry], *, lapsed: bool
) -> None:
    assert standing(CONTINUES, *later, as_of=as_of, ref="8-INV-2a").lapsed == lapsed


def test_a_side_of_which_nothing_was_heard_has_lapsed_though_the_other_has_not() -> None:
    said = [CONTINUES, returned(None, "2022-06-01", ref="8-INV-2a", remark="Invented")]
    found = standing(*said, as_of="2022-06-20", ref="8-INV-2a")
    assert (found.lapsed, found.lapsed_sides) == (False, ("sh",))


# Silence


def test_a_finding_is_no_return() -> None:
    assert standing(finding("completed", "2021-05-01", evidence=[EVIDENCE])).silent


def test_a_measure_whose_owner_has_reported_is_not_silent() -> None:
    told = returned(None, "2021-05-01", remark="Invented")
    assert not standing(told).silent
    assert standing(told, as_of="2021-04-30").silent


def test_the_word_of_a_body_that_is_no_owner_breaks_no_silence() -> None:
    assert standing(returned("in-progress", "2021-05-01", "XCC")).silent


def test_an_owner_who_reported_and_then_left_was_an_owner() -> None:
    told = returned("in-progress", "2021-05-01", "XBB")
    assert not standing(told, revision("2021-06-01", dropped=["XBB"], added=[owner("XCC")])).silent


def test_a_body_that_became_an_owner_after_it_reported_has_reported() -> None:
    assert not standing(returned(None, "2021-05-01", "XCC"), revision("2021-06-01", added=[owner("XCC")])).silent


# Owners


def owners(found: Standing) -> list[str]:
    return [each["body"] for each in found.owners]


def test_owners_are_added_and_dropped_from_their_day_on() -> None:
    told = [revision("2021-06-01", dropped=["XBB"], added=[owner("XCC")]), revision("2021-09-01", added=[owner("XBB")])]
    assert owners(standing(*told, as_of="2021-05-31")) == ["XBB", "YSS"]
    assert owners(standing(*told, as_of="2021-06-01")) == ["YSS", "XCC"]
    assert owners(standing(*told)) == ["YSS", "XCC", "XBB"]


def test_an_owner_named_twice_is_one_owner_and_keeps_the_first_basis() -> None:
    found = standing(revision("2021-06-01", added=[owner("XBB", "inferred")]))
    assert found.owners == (owner("XBB", "stated"), owner("YSS"))


def test_an_owner_dropped_and_named_in_one_revision_is_named_anew() -> None:
    found = standing(revision("2021-06-01", dropped=["XBB"], added=[owner("XBB")]))
    assert found.owners == (owner("YSS"), owner("XBB"))


def test_a_body_that_never_owned_a_measure_can_be_dropped_without_harm() -> None:
    assert owners(standing(revision("2021-06-01", dropped=["XCC"]))) == ["XBB", "YSS"]


def test_the_owners_of_one_side_are_told_apart_by_their_bodies() -> None:
    found = standing(revision("2021-06-01", added=[owner("XCC"), owner("XGONE")]))
    bodies = register_of().bodies
    assert found.owners_of("hk", bodies) == ["XBB", "XCC"]
    assert found.owners_of("sh", bodies) == ["YSS"]


# Taking back


def test_a_withdrawn_word_is_as_if_it_had_never_been_told() -> None:
    told = [finding("in-progress", "2021-05-01", id="a"), finding("completed", "2021-06-01", id="b")]
    found = standing(*told, retraction("b"))
    assert (found.status, found.since, found.fulfilled_on) == ("in-progress", "2021-05-01", None)


def test_a_withdrawal_is_older_than_every_as_of_day_and_only_known_on_sees_past_it() -> None:
    told = (finding("in-progress", "2021-05-01", id="a"), retraction("a", recorded="2022-01-01"))
    assert standing(*told, as_of="2021-06-01").status == "unknown"
    assert standing(*told, as_of="2021-06-01", known_on="2021-12-31").status == "in-progress"


def test_a_measures_events_are_those_that_count_in_the_order_of_their_days() -> None:
    found = standing(
        finding("completed", "2021-09-01"),
        finding("in-progress", "2021-05-01", recorded="2021-10-01"),
        finding("not-started", "2021-04-01", id="gone", recorded="2021-11-01"),
        retraction("gone"),
    )
    assert [event.on for event in found.events] == [AGREED, "2021-05-01", "2021-09-01"]


# What was said of the next step


def test_a_body_is_reminded_of_what_it_said_last_itself_else_of_its_side_and_nobody_of_anybody() -> None:
    bodies = register_of().bodies
    found = standing(
        returned(None, "2022-01-01", next="First step"),
        returned(None, "2022-01-02", next="Second step"),
        returned(None, "2022-01-03", by="YSS", next="Another side's step"),
    )
    said = {code: step.next for code in ("XBB", "XCC", "YSS") if (step := found.step_of(bodies[code], bodies))}
    assert said == {"XBB": "Second step", "XCC": "Second step", "YSS": "Another side's step"}
    assert found.step_of(None, bodies) is found.events[-1]


def test_a_body_is_not_reminded_of_what_the_other_side_said() -> None:
    bodies = register_of().bodies
    found = standing(returned(None, "2022-01-03", by="YSS", next="Another side's step"))
    assert found.step_of(bodies["XBB"], bodies) is None


def promised(day: str, on: str = "2022-01-01", **fields: Any) -> Entry:
    return returned(None, on, next=f"Meet by {day}", next_by=day, next_by_precision="day", **fields)


def test_a_step_whose_day_has_passed_without_a_word_from_its_side_is_missed() -> None:
    found = standing(promised("2022-02-28"), returned(None, "2022-03-01", by="YSS", remark="Another side's word"))
    assert [step.next for step in found.missed_steps("2022-03-01")] == ["Meet by 2022-02-28"]
    assert found.missed_steps("2022-02-28") == []


@pytest.mark.parametrize(
    "later",
    [
        returned(None, "2022-02-28", remark="Met"),
        finding("in-progress", "2022-03-01"),
        promised("2022-05-31", "2022-02-01"),
        returned(None, "2022-02-01", next="A step without a day"),
        returned("not-pursued", "2022-02-01"),
    ],
)
def test_a_step_is_not_missed_where_its_side_spoke_on_that_day_or_since_or_took_it_back(later: Entry) -> None:
    assert standing(promised("2022-02-28"), later).missed_steps("2022-03-31") == []


def test_a_nil_return_does_not_answer_for_a_step() -> None:
    found = standing(promised("2022-02-28"), returned(None, "2022-03-01", nil=True))
    assert len(found.missed_steps("2022-03-31")) == 1


def test_each_side_has_a_step_of_its_own() -> None:
    found = standing(promised("2022-02-28"), promised("2022-04-30", "2022-01-02", by="YSS"))
    assert [step.next_by for step in found.steps] == ["2022-02-28", "2022-04-30"]
