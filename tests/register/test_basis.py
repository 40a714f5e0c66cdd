"""Whose word closes a measure, what confirms it, and who owes a return: sixteen cases, and what holds in all."""

from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hkshcc.register.basis import basis_of
from hkshcc.register.index import Register
from hkshcc.register.model import Entry, Evidence
from hkshcc.register.vocabulary import SIDES, STALE_AFTER_DAYS, short_label
from hkshcc.reports.chase import chase
from hkshcc.reports.filters import Filters
from hkshcc.reports.listing import listing
from hkshcc.reports.page import View
from tests.register.build import LINK, REF, TODAY, acceptance, draft, finding, register_of, returned, standing

OWN = [Evidence(kind="return", source="XBB", locator=LINK)]
OWN_SITE = [Evidence(kind="official", source="www.xbb.gov.example", locator=LINK)]
GAZETTE = [Evidence(kind="record", source="Invented Gazette", locator=LINK)]
STATEMENT = [Evidence(kind="official", source="Invented Government", locator=LINK)]
PRESS = [Evidence(kind="press", source="Invented Daily", locator=LINK)]

HK_DONE = returned("completed", "2022-02-01", evidence=OWN)
SH_DONE = returned("completed", "2022-02-02", by="YSS", evidence=OWN)
SH_UNDER_WAY = returned("in-progress", "2022-02-02", by="YSS")
HK_DROPPED = returned("not-pursued", "2022-02-01", reason="r")


class Case(NamedTuple):
    """What was recorded, in words and as entries; each side's status, the measure's, the basis, and who owes."""

    recorded: str
    entries: tuple[Entry, ...]
    hk: str
    sh: str
    status: str
    basis: str  # and its side
    owes: str


CASES = (
    Case("nothing", (), "unknown", "unknown", "unknown", "", "hk sh"),
    Case(
        "Hong Kong reports *in progress*",
        (returned("in-progress", "2022-02-01"),), "in-progress", "unknown", "in-progress", "", "sh",
    ),
    Case("Hong Kong reports *completed*", (HK_DONE,), "completed", "unknown", "completed", "one-side hk", "sh"),
    Case(
        "Hong Kong reports *completed* for both sides (`--side both`)",
        (HK_DONE._replace(side="both"),), "completed", "completed", "completed", "one-side hk", "sh",
    ),
    Case("both report *completed*", (HK_DONE, SH_DONE), "completed", "completed", "completed", "both-sides", ""),
    Case(
        "Hong Kong reports *completed*, Shanghai *in progress*",
        (HK_DONE, SH_UNDER_WAY), "completed", "in-progress", "in-progress", "", "",
    ),
    Case(
        "Hong Kong reports *completed*, Shanghai *modified*",
        (HK_DONE, SH_DONE._replace(status="modified", remark="r")),
        "completed", "modified", "modified", "one-side sh", "",
    ),
    Case(
        "Hong Kong reports *not pursued*",
        (HK_DROPPED,), "not-pursued", "unknown", "not-pursued", "one-side hk", "sh",
    ),
    Case(
        "Shanghai reports *in progress*, and after it Hong Kong *not pursued*",
        (SH_UNDER_WAY._replace(on="2022-01-01"), HK_DROPPED),
        "not-pursued", "in-progress", "not-pursued", "one-side hk", "sh",
    ),
    Case(
        "Hong Kong reports *completed* and cites a gazette (`record`)",
        (HK_DONE._replace(evidence=GAZETTE),), "completed", "unknown", "completed", "official hk", "sh",
    ),
    Case(
        "Hong Kong reports *completed* and cites the owner's own site (`official`)",
        (HK_DONE._replace(evidence=OWN_SITE),), "completed", "unknown", "completed", "one-side hk", "sh",
    ),
    Case(
        "a finding of *completed* on an official statement",
        (finding("completed", "2022-02-01", evidence=STATEMENT),),
        "completed", "completed", "completed", "official", "",
    ),
    Case(
        "the same for Hong Kong alone (`--side hk`)",
        (finding("completed", "2022-02-01", "hk", evidence=STATEMENT),),
        "completed", "unknown", "completed", "official hk", "sh",
    ),
    Case(
        "a finding of *completed* in the press",
        (finding("completed", "2022-02-01", evidence=PRESS),),
        "completed", "completed", "completed", "unofficial", "hk sh",
    ),
    Case(
        "Hong Kong reports *completed*, and the conference accepts it",
        (HK_DONE, acceptance("2022-03-01")), "completed", "unknown", "completed", "accepted", "",
    ),
    Case(
        "the same, and then Shanghai reports *in progress* with a reason",
        (HK_DONE, acceptance("2022-03-01"), SH_UNDER_WAY._replace(on="2022-04-01", reason="r")),
        "completed", "in-progress", "in-progress", "", "",
    ),
)  # fmt: skip


def owing(register: Register, *, in_a_round: bool = False) -> set[tuple[str, str]]:
    """The bodies that are asked, and on which measures."""
    view = View(register, TODAY, TODAY)
    entered = register.rounds(TODAY)[-1] if in_a_round else None
    return {
        (debt.body.code, owed.standing.measure.ref)
        for debt in chase(view, entered, None).debts
        if debt.body
        for owed in debt.owed
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.recorded)
def test_whose_word_a_status_rests_on_and_who_still_owes_a_return(case: Case) -> None:
    stands, register = standing(*case.entries), register_of(*case.entries)
    assert (stands.hk.status, stands.sh.status, stands.status) == (case.hk, case.sh, case.status)
    basis = basis_of(stands, register.bodies)
    assert " ".join(filter(None, (basis.kind, basis.side) if basis else ())) == case.basis
    sides = {"XBB": "hk", "YSS": "sh"}
    assert " ".join(sorted(sides[code] for code, ref in owing(register) if ref == REF)) == case.owes


def table() -> list[str]:
    """The cases as the reference prints them."""
    sides = {"hk": "Hong Kong", "sh": "Shanghai"}

    def who(codes: str) -> str:
        return " and ".join(sides[code] for code in codes.split()) or "nobody"

    def basis(said: str) -> str:
        kind, _, side = said.partition(" ")
        return (f"`{kind}`, {sides[side]}" if side else f"`{kind}`") if kind else ""

    return [
        "| | what was recorded | Hong Kong | Shanghai | measure | basis | who owes a return |",
        "|---|---|---|---|---|---|---|",
        *(
            f"| {number} | {case.recorded} | {short_label(case.hk)} | {short_label(case.sh)} | "
            f"{short_label(case.status)} | {basis(case.basis)} | {who(case.owes)} |"
            for number, case in enumerate(CASES, start=1)
        ),
    ]


def test_the_reference_prints_these_sixteen_cases() -> None:
    reference = (Path(__file__).parents[2] / "docs" / "reference.md").read_text(encoding="utf-8")
    assert len(CASES) == 16
    assert "\n".join(table()) in reference


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.recorded)
def test_unconfirmed_is_what_is_closed_on_less_than_both_sides_an_official_source_or_the_conference(
    case: Case,
) -> None:
    view = View(register_of(*case.entries), TODAY, TODAY)
    found = [row["ref"] for row in listing(view, Filters(unconfirmed=True), "ref", STALE_AFTER_DAYS).items()]
    assert found == ([REF] if case.basis.split(" ")[0] in {"one-side", "unofficial"} else [])


@pytest.mark.parametrize("source", ["XBB", "xbb", "Invented Bureau", "虛構局", "www.xbb.gov.example", None])
def test_an_owner_is_no_official_source_of_its_own_word(source: str | None) -> None:
    evidence = [Evidence(kind="official", source=source, locator=LINK)]
    basis = basis_of(standing(HK_DONE._replace(evidence=evidence)), register_of().bodies)
    assert basis is not None
    assert basis.kind == "one-side"
    found = basis_of(standing(finding("completed", "2022-02-01", evidence=evidence)), register_of().bodies)
    assert found is not None
    assert found.kind == ("unofficial" if source else "official")


def test_an_acceptance_in_a_month_is_of_that_month() -> None:
    found = standing(HK_DONE, acceptance("2022-03-31", precision="month"))
    assert basis_of(found, register_of().bodies) == ("accepted", None, "2022-03-31", "month")


def test_a_body_that_is_not_in_the_register_speaks_for_no_side() -> None:
    found = standing(returned("completed", "2022-02-01", by="XZZ"))
    assert basis_of(found, register_of().bodies) == ("unofficial", None, None, "day")


def test_an_earlier_status_lends_the_present_one_no_support() -> None:
    told = [
        finding("completed", "2022-01-01", evidence=STATEMENT),
        returned("modified", "2022-02-01", remark="r", evidence=OWN, side="both"),
    ]
    assert basis_of(standing(*told), register_of().bodies) == ("one-side", "hk", None, "day")
    again = [*told, finding("completed", "2022-03-01", evidence=PRESS)]
    assert basis_of(standing(*again), register_of().bodies) == ("unofficial", None, None, "day")


def test_what_one_side_closed_itself_is_not_asked_of_it_again_in_a_round_and_the_other_is() -> None:
    opened = draft("round", on="2022-05-01", thing={"name": "R", "opened": "2022-05-01", "due": "2022-07-01"})
    both_open = {("XBB", REF), ("YSS", REF)}
    assert owing(register_of(opened), in_a_round=True) == both_open
    assert owing(register_of(HK_DONE, SH_UNDER_WAY, opened), in_a_round=True) == {("YSS", REF)}
    within = SH_UNDER_WAY._replace(on="2022-05-02", recorded="2022-05-02T09:00:00+08:00")
    assert owing(register_of(HK_DROPPED, opened, within), in_a_round=True) == set()


EVIDENCES = st.sampled_from([OWN, OWN_SITE, GAZETTE, STATEMENT, PRESS, None])
STATUSES = st.sampled_from(["not-started", "in-progress", "completed", "modified", "not-pursued", None])


def words_of(*bodies: str) -> st.SearchStrategy[Entry]:
    return st.builds(
        lambda by, side, status, on, evidence: returned(status, on, by=by, evidence=evidence, reason="r")._replace(
            side=side
        ),
        st.sampled_from(bodies),
        st.sampled_from([*SIDES, "both"]),
        STATUSES,
        st.sampled_from(["2021-07-01", "2022-01-01", "2022-02-01", "2022-05-15", TODAY]),
        EVIDENCES,
    )


FINDINGS: st.SearchStrategy[Entry] = st.builds(
    lambda status, on, side, evidence: finding(status, on, side, evidence=evidence),
    STATUSES,
    st.sampled_from(["2021-07-01", "2022-01-15", "2022-03-01", TODAY]),
    st.sampled_from(["hk", "sh", None]),
    EVIDENCES,
)


@given(
    st.lists(words_of("XBB", "XCC", "YSS") | FINDINGS, max_size=5),
    st.lists(words_of("YSS"), min_size=1, max_size=4),
    st.booleans(),
)
def test_no_measure_leaves_a_bodys_list_through_the_other_sides_word(
    before: list[Entry],
    theirs: list[Entry],
    in_a_round: bool,  # noqa: FBT001  drawn
) -> None:
    opened = draft("round", on="2022-05-01", thing={"name": "R", "opened": "2022-05-01", "due": "2022-07-01"})
    told: list[Any] = [opened, *before]
    was = {debt for debt in owing(register_of(*told), in_a_round=in_a_round) if debt[0] == "XBB"}
    now = owing(register_of(*told, *theirs), in_a_round=in_a_round)
    assert was <= now
