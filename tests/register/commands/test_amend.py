"""An entry is amended: what is not given anew stays as it was said."""

from tests.register.build import EVIDENCE, LINK, REF, Desk, day, finding


def test_a_step_that_was_promised_for_a_month_is_still_one_for_a_month() -> None:
    desk = Desk()
    desk.report(status="in-progress", by="XBB", next="Invented step", next_by=day("2022-12-31", "month"))
    desk.amend(remark="Invented remark")
    last = desk.entries[-1]
    assert (last.next, last.next_by, last.next_by_precision) == ("Invented step", "2022-12-31", "month")


def test_a_finding_of_one_side_stays_that_sides() -> None:
    desk = Desk(finding("in-progress", "2022-05-01", "sh", evidence=[EVIDENCE]))
    desk.amend(len(desk.entries), remark="Invented remark")
    last = desk.entries[-1]
    assert (last.event, last.side, last.evidence) == ("finding", "sh", [EVIDENCE])


def test_a_return_without_news_stays_one_on_another_day_and_is_none_with_news() -> None:
    desk = Desk()
    desk.report(by="XBB", nil=True)
    desk.amend(on=day("2022-06-01"))
    assert (desk.entries[-1].nil, desk.entries[-1].on) == (True, "2022-06-01")
    desk.amend(next="Invented step")
    assert (desk.entries[-1].nil, desk.entries[-1].next) == (None, "Invented step")


def test_evidence_that_turns_out_to_be_none_goes_and_a_closing_rests_on_the_reason_given() -> None:
    desk = Desk()
    desk.report(status="completed", by="XBB", evidence=[LINK])
    desk.amend(without_evidence="Invented reason")
    assert (desk.entries[-1].evidence, desk.entries[-1].without_evidence) == (None, "Invented reason")
    assert desk.stands(REF).status == "completed"


def test_an_internal_note_stays_internal_and_keeps_its_words_when_its_day_is_amended() -> None:
    desk = Desk()
    desk.note("Invented note", internal=True)
    desk.amend(on=day("2022-06-01"))
    last = desk.entries[-1]
    assert (last.ref, last.remark, last.on, last.internal) == (REF, "Invented note", "2022-06-01", True)
