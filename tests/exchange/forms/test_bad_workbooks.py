"""Files that are no form, or not as they were drawn: one sentence that names the file, and nothing changes."""

import io
import re
import struct
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.styles import Font

from hkshcc.errors import HkshccError
from hkshcc.exchange.forms import xlsx_read
from hkshcc.exchange.forms.read_form import read_form
from hkshcc.register.index import Register
from tests import nasty
from tests.exchange.forms.bureau import BODY, REF, change, fill, issue, merge, packed, repacked
from tests.running import run, sentence

pytestmark = pytest.mark.needs_office

SHEET = "xl/worksheets/sheet2.xml"
STRINGS = "xl/sharedStrings.xml"


def refused(store: Path, file: Path) -> str:
    """What is said of a file, with --apply and without; fails where the store changed."""
    before = store.read_bytes()
    said = set()
    for more in ([], ["--apply"]):
        ran = merge(store, file, *more)
        assert ran.code in {1, 4}
        said.add(sentence(ran))
    assert store.read_bytes() == before
    [message] = said
    assert file.name in message
    assert len(message) < 400
    return message


def noise(size: int) -> bytes:
    return bytes(range(256)) * (size // 256)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is not a readable .xlsx file"),
        (b"\x00" * 5000, "is not a readable .xlsx file"),
        (b"ref,status\n7-KIT-1a,completed\n", "is not a readable .xlsx file"),
        ("ref\tstatus\n".encode("utf-16"), "is not a readable .xlsx file"),
        (b"<html><table><tr><td>7-KIT-1a</td></tr></table></html>", "is not a readable .xlsx file"),
        (b"%PDF-1.7\n", "is not a readable .xlsx file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "is an old Excel file or has a password"),
        (b"PK\x03\x04" + b"\x00" * 40, "is not a readable .xlsx file"),
        (packed(**{"word/document.xml": b"<w/>"}), "is not a readable .xlsx file"),
        (noise(9 << 20), "is larger than 8 MB"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_what_its_name_says_is_refused(
    store: Path, tmp_path: Path, content: bytes, said: str
) -> None:
    file = tmp_path / "return.xlsx"
    file.write_bytes(content)
    assert said in refused(store, file)


def test_a_hundred_megabytes_of_garbage_are_not_read_to_the_end(store: Path, tmp_path: Path) -> None:
    file = tmp_path / "garbage.xlsx"
    with file.open("wb") as sparse:
        sparse.truncate(100 << 20)
    assert "is larger than 8 MB" in refused(store, file)


def test_a_file_that_is_not_there_and_a_folder_are_named(store: Path, tmp_path: Path) -> None:
    for path in (tmp_path / "none.xlsx", tmp_path):
        ran = merge(store, path)
        assert ran.code == 1
        assert str(path) in sentence(ran)


def test_another_workbook_is_no_form(store: Path, tmp_path: Path) -> None:
    file = tmp_path / "register.xlsx"
    run("export", "-o", str(file), store=store)
    assert "is not a return form of hkshcc" in refused(store, file)


@pytest.mark.parametrize(
    ("row", "text", "said"),
    [
        (1, "hkshcc.form/3", "is a form of another version (hkshcc.form/3)"),
        (5, "fr", "is not a return form of hkshcc"),
        (6, "some day", "is not a return form of hkshcc"),
        (7, "many", "is not a return form of hkshcc"),
        (7, "9" * 12, "is not a return form of hkshcc"),
        (7, "٣", "is not a return form of hkshcc"),
        (7, "3", "is based on entries 1-3 of another register"),
        (7, "99999", "is based on entries 1-99999 of another register"),
        (8, "0" * 64, "of another register, not of this one"),
        (2, "../../etc", "for a body '../../etc' that is not in the register"),
    ],
)
def test_a_form_whose_identity_was_edited_is_refused(store: Path, row: int, text: str, said: str) -> None:
    def edit(book: Any) -> None:
        book.worksheets[2].cell(row, 2).value = text

    assert said in refused(store, change(issue(store), edit))


def _merge_cells(book: Any) -> None:
    book.worksheets[1].merge_cells("F2:F3")


def _hide_row(book: Any) -> None:
    book.worksheets[1].row_dimensions[3].hidden = True


def _hide_column(book: Any) -> None:
    book.worksheets[1].column_dimensions["I"].hidden = True


def _formula(book: Any) -> None:
    book.worksheets[1]["F2"] = '=HYPERLINK("http://invented.example")'


def _another_sheet(book: Any) -> None:
    book.create_sheet("Notes")["A1"] = "More words"


def _lose_the_sheet(book: Any) -> None:
    book.remove(book.worksheets[1])


def _rename_the_sheet(book: Any) -> None:
    book.worksheets[1].title = "Sheet1"


def _same_header(book: Any) -> None:
    book.worksheets[1]["G1"] = "What was done"


def _other_header(book: Any) -> None:
    book.worksheets[1]["G1"] = "Proof"


def _no_header(book: Any) -> None:
    book.worksheets[1]["G1"] = None


def _one_more_header(book: Any) -> None:
    book.worksheets[1]["J1"] = "Remarks"


def _delete_column(book: Any) -> None:
    book.worksheets[1].delete_cols(7)


def _same_ref(book: Any) -> None:
    book.worksheets[1]["A3"] = REF


def _words_outside(book: Any) -> None:
    book.worksheets[1]["N5"] = "More words"


def _far_away(book: Any) -> None:
    book.worksheets[1]["XFD1048576"] = "far"


def _far_down(book: Any) -> None:
    book.worksheets[1]["I1048576"] = "far"


@pytest.mark.parametrize(
    ("alter", "said"),
    [
        (_merge_cells, "has merged cells (F2:F3)"),
        (_hide_row, "has a hidden row 3"),
        (_hide_column, "has a hidden column I"),
        (_formula, "has a formula in cell F2"),
        (_another_sheet, "has a sheet 'Notes' that was not on the form we issued"),
        (_lose_the_sheet, "has no sheet named 'Return'"),
        (_rename_the_sheet, "has no sheet named 'Return'"),
        (_same_header, "has the column 'What was done' twice (F and G)"),
        (_other_header, "has a column 'Proof' (cell G1) that was not on the form we issued"),
        (_no_header, "has no column 'Evidence'"),
        (_one_more_header, "has a column 'Remarks' (cell J1)"),
        (_delete_column, "has no column 'Evidence'"),
        (_same_ref, f"has {REF} twice (rows 2 and 3)"),
        (_words_outside, "has text in cell N5, outside the form"),
        (_far_away, "has text in cell XFD1048576 of the sheet 'Return', far outside the form; move it"),
        (_far_down, "has text in cell I1048576 of the sheet 'Return', far outside the form"),
    ],
)  # fmt: skip
def test_what_hides_or_doubles_words_is_named_with_its_place(
    store: Path, alter: Callable[[Any], object], said: str
) -> None:
    assert said in refused(store, change(issue(store), alter))


def test_an_empty_cell_far_away_that_only_has_a_look_is_passed_over(store: Path) -> None:
    def paint(book: Any) -> None:
        book.worksheets[1]["ZZ90000"].font = Font(bold=True)
        book.worksheets[1].column_dimensions.group("CA", "XFD", hidden=True)

    assert merge(store, change(issue(store), paint)).code == 0


def in_sheet(old: str, new: str) -> dict[str, Callable[[bytes], bytes]]:
    """Replace the first place in the form's sheet that matches."""

    def changed(data: bytes) -> bytes:
        text, count = re.subn(old, lambda _: new, data.decode(), count=1)
        assert count == 1
        return text.encode()

    return {SHEET: changed}


def inline(text: str) -> str:
    return f'<c r="F2" t="inlineStr"><is><t>{text}</t></is></c>'


CELL = r'<c r="F2" s="\d+"/>'
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]><sst><si><t>&j;</t></si></sst>"
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><sst><si><t>&a;</t></si></sst>'


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"xl/vbaProject.bin": b"macro"}, "contains macros"),
        ({"xl/macrosheets/sheet1.xml": b"<x/>"}, "contains macros"),
        ({"xl/externalLinks/externalLink1.xml": b"<x/>"}, "contains links to other workbooks"),
        ({STRINGS: LAUGHS.encode()}, "declares XML entities"),
        ({STRINGS: OUTSIDE.encode()}, "declares XML entities"),
        ({STRINGS: b"<sst><si>"}, "its XML cannot be read"),
        ({STRINGS: b"<sst></sst>"}, "lacks the text of cell"),
        ({STRINGS: b"\xff\xfe<\x00"}, "its XML cannot be read"),
        ({"xl/workbook.xml": b"<workbook><sheets><sheet name='Return'/></sheets></workbook>"}, "is damaged"),
        ({"xl/_rels/workbook.xml.rels": b"<Relationships/>"}, "is damaged"),
        ({"xl/bomb.xml": bytes(9 << 20)}, "unpacks to more than 8 MB"),
        ({f"xl/part{n}.xml": b"x" for n in range(600)}, "or 500 parts"),
        (in_sheet(CELL, inline("x" * 32_768)), "more than 32767 characters in cell F2"),
        (in_sheet(CELL, inline("a_x0000_b")), "a control character in cell F2"),
        (in_sheet(CELL, inline("a_xD800_b")), "a control character in cell F2"),
        (in_sheet(CELL, '<c r="F2"><v>one</v></c>'), "cannot be read in cell F2 of the sheet 'Return'; ask"),
        (in_sheet(CELL, '<c r="F2"><v>nan</v></c>'), "a number that cannot be read"),
        (in_sheet(CELL, '<c r="F2" t="s"><v>-1</v></c>'), "lacks the text of cell"),
        (in_sheet(CELL, '<c r="F2" t="s"><v>999999</v></c>'), "lacks the text of cell"),
        (in_sheet(CELL, '<c r="2I"><v>1</v></c>'), "an invalid cell name '2I' on the sheet 'Return'"),
        (in_sheet(CELL, '<c r="F3"><v>1</v></c>'), "cell F3 twice or out of order"),
        (in_sheet(CELL, inline("one") + inline("two")), "has cell F2 twice or out of order on the sheet 'Return'"),
        (in_sheet(CELL, inline("one") + '<c r="F2"/>'), "cell F2 twice or out of order"),
        (in_sheet("</sheetData>", f'<row r="2">{inline("two")}</row></sheetData>'), "has row 2 twice or out of order"),
        (in_sheet("</sheetData>", '<row r="two"/></sheetData>'), "an invalid row number 'two' on the sheet"),
        (in_sheet(CELL, '<c r="F2" t="e"><v>#REF!</v></c>'), "has the error #REF! in cell F2 of the sheet 'Return'"),
        (in_sheet(CELL, '<c r="F2" t="e"><v>#N/A</v></c>'), "has the error #N/A in cell F2"),
        (in_sheet(CELL, '<c r="F2"><f>1+1</f><v>2</v></c>'), "has a formula in cell F2"),
        (in_sheet("<sheetData>", "<x>" * 60 + "<sheetData>"), "nested too deeply"),
        (in_sheet("</sheetData>", ""), "its XML cannot be read"),
        (in_sheet("<sheetData>", "<sheetData>&undefined;"), "its XML cannot be read"),
        (in_sheet("<sheetData>", "<sheetData>\x00"), "its XML cannot be read"),
    ],
)  # fmt: skip
def test_a_file_that_no_spreadsheet_wrote_is_refused(store: Path, parts: Any, said: str) -> None:
    assert said in refused(store, repacked(issue(store), parts))


@pytest.mark.parametrize(
    ("cell", "done"),
    [
        ('<c r="F2" t="inlineStr"><is><r><t>Two</t></r><r><t> kites</t></r><rPh><t>x</t></rPh></is></c>', "Two kites"),
        ('<c r="F2" t="str"><v>Two kites</v></c>', "Two kites"),
        ('<c r="F2" t="inlineStr"><is><t>Two_x000D_\nkites _x005F_x000A_</t></is></c>', "Two kites _x000A_"),
        ('<c r="F2" t="b"><v>0</v></c>', "FALSE"),
    ],
)  # fmt: skip
def test_every_way_in_which_a_cell_may_be_written_is_read(store: Path, cell: str, done: str) -> None:
    file = repacked(issue(store), in_sheet(CELL, cell))
    assert f": {done}\n" in merge(store, file).out


def test_cells_without_a_place_follow_one_another(store: Path) -> None:
    def unplaced(data: bytes) -> bytes:
        return re.sub(rb'(<(?:c|row)) r="[A-Z]*\d+"', rb"\1", data)

    file = repacked(fill(issue(store), {REF: {"attention": "Rain"}}), {SHEET: unplaced})
    assert "attention: Rain" in merge(store, file).out


def test_how_a_shared_text_is_read_aloud_is_no_part_of_it(store: Path) -> None:
    def aloud(data: bytes) -> bytes:
        return data.replace(b"</si>", b"<rPh sb='0' eb='1'><t>aloud</t></rPh></si>")

    assert merge(store, repacked(issue(store), {STRINGS: aloud})).code == 0


def test_a_million_spaces_say_nothing(store: Path) -> None:
    file = repacked(issue(store), in_sheet("</sheetData>", " " * 1_000_000 + "</sheetData>"))
    assert merge(store, file).lines[0].startswith("0 returns to record")


def test_too_many_cells_are_refused() -> None:
    row = "<row>{}</row>".format("<c><v>1</v></c>" * 60)
    parts = {
        "xl/workbook.xml": b'<workbook xmlns:r="r"><sheets><sheet name="S" r:id="a"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": b'<R><Relationship Id="a" Type="x/worksheet" Target="s.xml"/></R>',
        "xl/s.xml": f"<sheetData>{row * 4000}</sheetData>".encode(),
    }
    with pytest.raises(HkshccError, match="more than 200000 cells"):
        xlsx_read.read(packed(**parts), "x.xlsx")


def test_a_part_that_stands_twice_is_refused(store: Path) -> None:
    path = issue(store)
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(SHEET, b"<x/>")
    assert "contains a part twice" in refused(store, path)


def test_a_part_with_a_password_is_refused(store: Path) -> None:
    path = issue(store)
    data = bytearray(path.read_bytes())
    at = data.find(b"PK\x01\x02")
    data[at + 8 : at + 10] = struct.pack("<H", 1)
    path.write_bytes(bytes(data))
    assert "has a password" in refused(store, path)


@given(st.binary(max_size=3000))
def test_any_bytes_are_refused_and_never_crash(data: bytes) -> None:
    for content in (data, b"PK\x03\x04" + data):
        with pytest.raises(HkshccError, match=r"x\.xlsx"):
            read_form(content, "x.xlsx")


@given(st.data())
def test_any_byte_of_a_form_may_be_wrong(data: st.DataObject) -> None:
    content = bytearray(_form())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    content = content[: data.draw(st.integers(len(content) // 2, len(content)))]
    with suppress(HkshccError):
        read_form(bytes(content), "x.xlsx")


@given(st.data())
def test_any_part_of_a_form_may_be_other_xml(data: st.DataObject) -> None:
    words = [
        "<row",
        ' r="',
        "<c",
        "<v>",
        "</v>",
        "<f/>",
        "<is><t>",
        "</c>",
        "1",
        "-",
        "A1",
        ">",
        "/>",
        "s",
        '"',
        "<",
        "&amp;",
    ]
    part = data.draw(st.sampled_from(["xl/workbook.xml", "xl/_rels/workbook.xml.rels", SHEET, STRINGS]))
    text = "<x>" + "".join(data.draw(st.lists(st.sampled_from(words), max_size=30))) + "</x>"
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_form())) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            new.writestr(info.filename, text.encode() if info.filename == part else old.read(info))
    with suppress(HkshccError):
        read_form(out.getvalue(), "x.xlsx")


_forms: list[bytes] = []


def _form() -> bytes:
    if not _forms:
        from hkshcc.exchange.forms.form import Order, form  # noqa: PLC0415  of the extra

        register = Register(nasty.entries())
        _forms.append(form(register, Order(register.bodies[BODY], "2026-11-23")))
    return _forms[0]


def test_words_on_the_cover_are_refused_because_nobody_reads_them(store: Path) -> None:
    def remark(book: Any) -> None:
        book.worksheets[0]["A30"] = "We object"

    def edit(book: Any) -> None:
        book.worksheets[0]["B12"] = "Whenever we like"

    assert "has text in cell A30 of 'How to fill in', which is not read" in refused(store, change(issue(store), remark))
    assert "has text in cell B12 of 'How to fill in'" in refused(store, change(issue(store), edit))


@pytest.mark.parametrize("lang", ["en", "zh-Hant", "zh-Hans"])
def test_a_cover_as_it_was_drawn_is_read_over(store: Path, lang: str) -> None:
    assert merge(store, change(issue(store, lang=lang), lambda _: None)).code == 0


def test_comments_beside_cells_are_refused(store: Path) -> None:
    def comment(book: Any) -> None:
        book.worksheets[1]["D2"].comment = Comment("Not to be published", "Invented")

    assert "has comments beside its cells" in refused(store, change(issue(store), comment))


def write_into_the_record(book: Any) -> None:
    book.worksheets[-1].cell(3, 5).value = "We met in May"


def edit_the_record(book: Any) -> None:
    book.worksheets[-1].cell(3, 4).value = "Fulfilled when: anything happens"


def write_below_the_record(book: Any) -> None:
    book.worksheets[-1].cell(book.worksheets[-1].max_row + 1, 4).value = "We met in May"


@pytest.mark.parametrize("alter", [write_into_the_record, edit_the_record, write_below_the_record])
def test_a_record_that_was_written_into_is_refused_rather_than_lost(store: Path, alter: Any) -> None:
    ran = merge(store, change(issue(store), alter))
    assert ran.code == 4
    assert "of 'Criteria and history', which is not read; move what was added into the form" in sentence(ran)


def test_a_form_whose_record_is_gone_is_read(store: Path) -> None:
    def delete(book: Any) -> None:
        del book["Criteria and history"]

    assert merge(store, change(issue(store), delete)).code == 0
