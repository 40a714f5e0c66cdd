"""Return forms made to exhaust whoever reads them: read or refused in one sentence, quickly and in little memory."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.exchange.forms.bureau import repacked
from tests.exchange.forms.test_bad_workbooks import SHEET, STRINGS
from tests.soak.trial import Outcome, measured, run, sentence_missing

COUNT = 0
BODY = "FSTB"
LONGEST = 10.0  # seconds
LARGEST = 250.0  # MB
WHOLE = "A1:XFD1048576"
_BOOK = "xl/workbook.xml"
_SST = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</sst>'

Parts = Mapping[str, Callable[[bytes], bytes] | bytes]


def _sheet(cells: str, after: str = "") -> Parts:
    """Put other cells into the form, and something after them."""
    content = f"<sheetData>{cells}</sheetData>{after}"
    return {
        SHEET: lambda data: re.sub(rb"<sheetData>.*</sheetData>", lambda _: content.encode(), data, flags=re.DOTALL)
    }


def _cell(attributes: str, content: str) -> Parts:
    return _sheet(f'<row r="1"><c r="A1" {attributes}>{content}</c></row>')


def _names(data: bytes) -> bytes:
    names = "".join(f'<definedName name="a{n}">1</definedName>' for n in range(150_000))
    return data.replace(b"</sheets>", f"</sheets><definedNames>{names}</definedNames>".encode())


def _listed(name: str, piece: str, times: int = 1) -> Parts:
    """Put a list of things after the form's cells."""
    return _sheet("", f"<{name}>{piece * times}</{name}>")


def _attributes() -> str:
    return " ".join(f'a{n}="1"' for n in range(600_000))


WORKBOOKS: Mapping[str, Callable[[], Parts]] = {  # made when they are wanted: a child counts what its parent holds
    "400,000 cells": lambda: _sheet(f"<row>{'<c><v>1</v></c>' * 60}</row>" * 6_600),
    "1,800,000 empty cells": lambda: _sheet(f"<row>{'<c/>' * 60}</row>" * 30_000),
    "300,000 empty rows": lambda: _sheet('<row hidden="0" x="1"/>' * 300_000),
    "300,000 merges": lambda: _listed("mergeCells", '<mergeCell ref="A1:B2"/>', 300_000),
    "a merge of the whole sheet": lambda: _listed("mergeCells", f'<mergeCell ref="{WHOLE}"/>'),
    "200,000 columns": lambda: _listed("cols", '<col min="1" max="16384" width="1"/>', 200_000),
    "480,000 shared texts": lambda: {STRINGS: _SST.format("<si><t>a</t></si>" * 480_000).encode()},
    "550,000 pieces of a text": lambda: {STRINGS: _SST.format(f"<si>{'<r><t>a</t></r>' * 550_000}</si>").encode()},
    "280,000 lists of choices": lambda: _listed("dataValidations", '<dataValidation sqref="A1"/>', 280_000),
    "350,000 links": lambda: _listed("hyperlinks", '<hyperlink ref="A1"/>', 350_000),
    "a link from the whole sheet": lambda: _listed("hyperlinks", f'<hyperlink ref="{WHOLE}" location="x"/>'),
    "80,000 looks on conditions": lambda: _listed(
        "conditionalFormatting", '<cfRule type="cellIs" priority="1"/>', 80_000
    ),
    "1,000,000 looks": lambda: {
        "xl/styles.xml": f"<styleSheet><cellXfs>{'<xf/>' * 1_000_000}</cellXfs></styleSheet>".encode()
    },
    "150,000 names": lambda: {_BOOK: _names},
    "1,000 long formulas": lambda: _sheet(f"<row><c><f>{'A1+' * 2_000}1</f></c></row>" * 1_000),
    "600,000 attributes": lambda: _sheet(f"<row {_attributes()}/>"),
    "a place of 7 MB": lambda: _sheet(f'<row r="1"><c r="{"A" * 7_000_000}1"><v>1</v></c></row>'),
    "a number of 7 MB": lambda: _cell("", f"<v>{'1' * 7_000_000}</v>"),
    "a number of a text of 7 MB": lambda: _cell('t="s"', f"<v>{'1' * 7_000_000}</v>"),
    "a text of 7 MB": lambda: _cell('t="str"', f"<v>{'_x0041_' * 1_000_000}</v>"),
    "a row's number of 4 KB": lambda: _sheet(f'<row r="{"1" * 4_000}"/>'),
    "a million elements in one another": lambda: _sheet("<a>" * 1_000_000 + "</a>" * 1_000_000),
    "a part of 200 MB": lambda: {"xl/bomb.xml": bytes(200_000_000)},
}


def trial(folder: Path, _count: int) -> Outcome:
    """Read every workbook through the command line."""
    failures: list[str] = []
    store, form = folder / "register.json", folder / f"{BODY}.xlsx"
    drawn = run(store, "form", "--owner", BODY, "-o", str(form))
    if drawn.code:
        return Outcome("no form was drawn", [drawn.err])
    slowest, most = 0.0, 0.0
    for name, parts in WORKBOOKS.items():
        peak = measured(store, "merge", str(repacked(form, parts())))
        slowest, most = max(slowest, peak.ran.seconds), max(most, peak.memory)
        if peak.ran.code and (wrong := sentence_missing(peak.ran)):
            failures.append(f"{name}: {wrong}")
        if peak.ran.seconds > LONGEST or peak.memory > LARGEST:
            failures.append(f"{name}: took {peak.ran.seconds:.1f} s and {peak.memory:.0f} MB")
    plain = measured(store, "merge", str(form)).ran
    figures = f"at most {slowest:.1f} s and {most:.0f} MB; a plain form {plain.seconds:.1f} s"
    return Outcome(f"{len(WORKBOOKS)} workbooks, {figures}", failures)
