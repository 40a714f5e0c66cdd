"""What changed by each entry, as a feed tells it."""

from hkshcc.language import LANGUAGES, using
from hkshcc.register.commands.amend import amend
from hkshcc.register.commands.update import StatusUpdate
from hkshcc.reports.news import Item, news
from hkshcc.reports.page import View
from tests.register.build import REF, TODAY, Desk, day


def told(desk: Desk, as_of: str = "") -> list[Item]:
    return news(View(desk.register, as_of or desk.today, desk.today))


def own(desk: Desk) -> list[list[str]]:
    """What the entries that the desk recorded itself changed, newest first."""
    return [[*item.kinds] for item in told(desk) if item.entry.command.startswith("cmd")]


def test_every_measure_is_news_when_it_is_agreed() -> None:
    desk = Desk()
    agreed = [item.measure.ref for item in told(desk) if item.measure and item.kinds == ["newly-agreed"]]
    assert sorted(agreed) == sorted(desk.register.refs(TODAY))


def test_what_changes_nothing_is_no_news() -> None:
    desk = Desk()
    desk.note("Said aside")
    desk.set_criteria(done_when="Once it flies")
    desk.report(status="in-progress", by="XBB", on=day("2022-02-02"))
    desk.report(status="in-progress", by="XBB", on=day("2022-02-01"))
    assert own(desk) == [["first-word"]]


def test_an_entry_tells_all_that_it_changed_newest_entry_first() -> None:
    desk = Desk()
    desk.report(status="in-progress", by="XBB")
    desk.retarget(day("2030-12-31"))
    desk.report(status="completed", by="XBB", side="both", evidence=["Gazette 1"])
    assert own(desk) == [["newly-completed"], ["target-moved"], ["first-word"]]


def test_what_was_withdrawn_is_no_news_any_more_and_its_withdrawal_is() -> None:
    desk = Desk()
    desk.report(status="in-progress", by="XBB", remark="By mistake")
    desk.undo(reason="Wrong measure")
    [item] = [item for item in told(desk) if item.entry.command.startswith("cmd")]
    assert (item.kinds, item.measure and item.measure.ref) == (["withdrawn"], REF)
    assert item.details[0].endswith("Wrong measure")
    desk.undo(desk.register.last)
    assert own(desk) == [["corrected"], ["first-word"]]


def test_an_amendment_is_told_once() -> None:
    desk = Desk()
    desk.report(status="in-progress", by="XBB", remark="Mispelt")
    before = told(desk)[0].entry.id
    desk.does(lambda register, context: amend(register, context, None, StatusUpdate(remark="Misspelt")))
    assert own(desk) == [["first-word"]]
    assert told(desk)[0].entry.id != before


def test_a_day_before_an_entry_it_is_no_news() -> None:
    desk = Desk()
    desk.report(status="in-progress", by="XBB", on=day("2022-03-01"))
    assert [item.kinds for item in told(desk, "2022-02-28") if item.entry.command.startswith("cmd")] == []


def test_a_title_names_the_change_and_the_measure_in_every_language() -> None:
    desk = Desk()
    desk.report(status="in-progress", by="XBB")
    item = told(desk)[0]
    for lang in LANGUAGES:
        with using(lang):
            assert REF in item.title(lang)
    with using("en"):
        assert item.title("en").startswith(f"First update: {REF} ")
