"""A report is a value: what it says is settled when it is made, and drawing it asks nobody."""

from pathlib import Path

import pytest

from hkshcc.cli.output import Output
from hkshcc.register.index import Register
from hkshcc.render import FORMATS, Rendered, RenderOptions, render
from hkshcc.reports.chase import Chase
from hkshcc.reports.letter import letters
from hkshcc.reports.page import Report
from hkshcc.stores.file_format import StoredEntries
from tests.commands import pages
from tests.running import run

COMMANDS = (*pages(), "note 8-KIT-1 x")


def made(store: Path, command: str) -> Report:
    """Return the report that a command makes."""
    found: list[Report] = []

    def keep(_: Output, answer: Report) -> Rendered:
        found.append(answer)
        return Rendered("")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Output, "render", keep)
        assert run(*command.split(), store=store).code == 0
    [report] = found
    return report


@pytest.mark.parametrize("command", COMMANDS)
def test_the_footer_of_a_report_is_the_footer_of_its_page(store: Path, command: str) -> None:
    report = made(store, command)
    for lang in ("en", "zh-Hant"):
        assert report.footer(lang) == report.page(lang).footer


def unreadable(*_: object) -> None:
    raise AssertionError("the register was asked while a report was drawn")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_report_is_drawn_after_the_register_can_no_longer_be_read(store: Path, command: str) -> None:
    report = made(store, command)
    reports = [report, *(letters(report) if isinstance(report, Chase) else [])]
    choices = [
        *(RenderOptions(form, lang=lang) for form in FORMATS for lang in ("en", "zh-Hant")),
        *(RenderOptions(form, width=80) for form in FORMATS),
    ]
    before = [render(each, options) for each in reports for options in choices]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Register, "__getattribute__", unreadable)
        patch.setattr(StoredEntries, "__getitem__", unreadable)
        assert [render(each, options) for each in reports for options in choices] == before


def test_a_register_that_cannot_be_read_is_noticed(store: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Register, "__getattribute__", unreadable)
        with pytest.raises(AssertionError, match="the register was asked"):
            made(store, "list")
