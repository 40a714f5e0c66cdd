"""A report is a value: what it says is settled when it is made, and drawing it asks nobody."""

from pathlib import Path

import pytest

from hkshcc.cli.output import Output
from hkshcc.render import Drawn
from hkshcc.reports.page import Report
from tests.commands import pages
from tests.running import run

COMMANDS = (*pages(), "note 8-KIT-1 x")


def made(store: Path, command: str) -> Report:
    """Return the report that a command makes."""
    found: list[Report] = []

    def keep(_: Output, answer: Report) -> Drawn:
        found.append(answer)
        return Drawn("")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Output, "draw", keep)
        assert run(*command.split(), store=store).code == 0
    [report] = found
    return report


@pytest.mark.parametrize("command", COMMANDS)
def test_the_footer_of_a_report_is_the_footer_of_its_page(store: Path, command: str) -> None:
    report = made(store, command)
    for lang in ("en", "zh-Hant"):
        assert report.footer(lang) == report.page(lang).footer
