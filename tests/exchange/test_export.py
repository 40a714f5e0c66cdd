"""What goes out to spreadsheets, papers and calendars; and copies of the register, out and back in."""

import csv
import io
import json
import sys
import zipfile
from datetime import date, datetime
from math import ceil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hkshcc.errors import RefusedError
from hkshcc.exchange import copies
from hkshcc.exchange.forms.merge import plan
from hkshcc.exchange.forms.read_form import read_form
from hkshcc.language import LANGUAGES
from hkshcc.register.commands.common import CommandContext
from hkshcc.register.index import Register
from hkshcc.text import width
from tests import nasty
from tests.register.build import Desk
from tests.register.test_properties import BEGIN, RECORDING, UNDOING, Step, take
from tests.running import Ran, Screen, run, sentence

LAST = len(nasty.entries())


def export(store: Path, name: str, *more: str) -> bytes:
    path = store.parent / name
    ran = run("export", "-o", str(path), *more, store=store)
    assert ran.code == 0, ran.err
    assert ran.out == ""
    return path.read_bytes()


def sheets(data: bytes) -> list[list[list[Any]]]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return [[[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book.worksheets]


def events(data: bytes) -> list[Any]:
    from icalendar import Calendar  # noqa: PLC0415  of the extra

    return list(Calendar.from_ical(data).walk("VEVENT"))


# Spreadsheets and tables


@pytest.mark.needs_office
def test_a_raw_workbook_has_a_sheet_of_measures_and_one_of_events(store: Path) -> None:
    measures, entries = sheets(export(store, "r.xlsx", "--raw"))
    fields = run("list", "--format", "csv", store=store).lines[0].removeprefix("\ufeff").split(",")
    assert measures[0] == fields
    assert len(measures) == 1 + len(run("list", store=store).lines)
    assert len(entries) == 1 + LAST
    assert entries[0][:4] == ["number", "id", "command", "event"]
    assert [row[0] for row in entries[1:]] == list(range(1, LAST + 1))


@pytest.mark.needs_office
def test_filters_choose_the_measures_and_the_events_on_them(store: Path) -> None:
    chosen = ("--area", "kites", "--status", "completed")
    officers = sheets(export(store, "r.xlsx", *chosen))
    assert [{row[0] for row in sheet[1:]} for sheet in officers] == [{"7-KIT-2"}, {"7-KIT-2"}]
    measures, entries = sheets(export(store, "r.xlsx", "--raw", *chosen))
    assert [row[0] for row in measures[1:]] == ["7-KIT-2"]
    assert {row[entries[0].index("ref")] for row in entries[1:]} == {"7-KIT-2"}


@pytest.mark.needs_office
def test_an_empty_choice_is_a_sheet_with_a_header(store: Path) -> None:
    measures, entries = sheets(export(store, "r.xlsx", "--search", "nothing like it"))
    assert len(measures) == len(entries) == 1


@pytest.mark.needs_office
def test_fields_choose_the_columns(store: Path) -> None:
    measures, _ = sheets(export(store, "r.xlsx", "--fields", "ref, status"))
    assert measures[0] == ["ref", "status"]
    assert export(store, "r.csv", "--fields", "ref").splitlines()[1] == b"7-KIT-1a"
    assert run("export", "-o", "x.xlsx", "--fields", "reff", store=store).code == 2


@pytest.mark.needs_office
def test_no_formula_link_or_escape_comes_out_of_a_raw_workbook(store: Path) -> None:
    data = export(store, "r.xlsx", "--raw")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not any(
            b"<f>" in archive.read(name) or b"<hyperlink" in archive.read(name) for name in archive.namelist()
        )
    book = openpyxl.load_workbook(io.BytesIO(data))
    for sheet in book.worksheets:
        assert sheet.freeze_panes == "B2"
        for row in sheet.iter_rows():
            assert all(cell.data_type in {"s", "n"} for cell in row)
            assert not any(bad in str(cell.value) for cell in row for bad in ("\x1b", "\u202e", "\x07"))


@pytest.mark.needs_office
def test_the_same_register_gives_the_same_workbook(store: Path) -> None:
    assert export(store, "a.xlsx") == export(store, "b.xlsx")
    assert export(store, "a.xlsx", "--raw") == export(store, "b.xlsx", "--raw")


@pytest.mark.needs_office
@pytest.mark.parametrize(
    ("lang", "headings"),
    [
        ("en", ["Ref", "Area", "What was agreed", "Status", "Since"]),
        ("zh-Hant", ["編號", "範疇", "議定內容", "狀況", "自何日起"]),
        ("zh-Hans", ["编号", "领域", "议定内容", "状况", "自何日起"]),
    ],
)
def test_an_officers_sheet_has_its_labels_in_the_language(store: Path, lang: str, headings: list[str]) -> None:
    measures, entries = sheets(export(store, "r.xlsx", "--lang", lang))
    assert measures[0][:5] == headings
    assert len(measures) == 1 + len(run("list", store=store).lines)
    assert [len(row) for row in entries] == [8] * len(entries)


@pytest.mark.needs_office
def test_an_officers_sheet_prints_across_a4_under_the_same_header_on_each_page(store: Path) -> None:
    for sheet in openpyxl.load_workbook(io.BytesIO(export(store, "r.xlsx"))).worksheets:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert (sheet.print_title_rows, sheet.freeze_panes) == ("$1:$1", "B2")
        assert sheet.auto_filter.ref == f"A1:{sheet.dimensions.partition(':')[2]}"
        assert "fingerprint" in str(sheet.oddFooter.left.text)


A4_LANDSCAPE = 841.9  # points
CHARACTER = 5.72  # points that LibreOffice gives to a character of a column; Excel gives 5.25, and 3.75 for its edges


@pytest.mark.needs_office
@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_officers_sheet_is_printed_no_smaller_than_eight_points(store: Path, lang: str) -> None:
    for sheet in openpyxl.load_workbook(io.BytesIO(export(store, "r.xlsx", "--lang", lang))).worksheets:
        wide = sum(column.width * (column.max - column.min + 1) for column in sheet.column_dimensions.values())
        room = A4_LANDSCAPE - 72 * (sheet.page_margins.left + sheet.page_margins.right)
        sizes = {cell.font.sz for row in sheet.iter_rows() for cell in row if cell.value}
        scale = min(1.0, room / (wide * CHARACTER))
        assert min(sizes) * scale >= 8, sheet.title
        margins = [part for part in (sheet.oddHeader.left, sheet.oddFooter.left, sheet.oddFooter.right) if part.text]
        assert min(part.size for part in margins) * scale >= 8, sheet.title


@pytest.mark.needs_office
@pytest.mark.parametrize(("lang", "letter", "line"), [("en", 3.95, 11), ("zh-Hant", 4.5, 13), ("zh-Hans", 4.5, 13)])
def test_rows_of_an_officers_sheet_are_as_high_as_their_text(
    tmp_path: Path, lang: str, letter: float, line: float
) -> None:
    """A letter of Calibri, and half a Chinese character, take so many points at nine; so many to the next line."""
    book = openpyxl.load_workbook(io.BytesIO(export(tmp_path / "none.json", "r.xlsx", "--lang", lang)))
    for sheet in book.worksheets:
        rooms = [0.0] * sheet.max_column
        for column in sheet.column_dimensions.values():
            rooms[column.min - 1 : column.max] = [(column.width - 0.71) * 5.25] * (column.max - column.min + 1)
        for row in sheet.iter_rows(min_row=2):
            texts = [cell.value if isinstance(cell.value, str) else "" for cell in row]
            needed = max(
                sum(max(1, ceil(width(part) * letter / room)) for part in text.split("\n"))
                for text, room in zip(texts, rooms, strict=True)
            )
            high = sheet.row_dimensions[row[0].row].height
            assert needed * line <= high <= (needed + 2) * line + 5, (sheet.title, row[0].value)


@pytest.mark.needs_office
def test_days_are_days_for_a_spreadsheet_and_look_as_precise_as_they_are_known(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(export(tmp_path / "none.json", "r.xlsx", "--as-of", "2026-11-23")))
    rows = {row[0].value: row for row in book.worksheets[0].iter_rows(min_row=2)}
    since = rows["5-FIN-3c"][4]
    assert (since.value, since.number_format) == (datetime(2021, 9, 24), "[$-809]d mmm yyyy")  # noqa: DTZ001  as read
    assert rows["5-EDU-2b"][4].number_format == '"Dec 2024"'


@pytest.mark.needs_office
def test_links_lead_to_pages_of_the_web_alone(store: Path) -> None:
    words = ("update", "7-KIT-1b", "--status", "in-progress", "--evidence")
    run(*words, "https://invented.example/a?b=1", "--evidence-kind", "press", store=store)
    run(*words, "javascript:alert(1)", "--evidence-kind", "press", store=store)
    _, told = openpyxl.load_workbook(io.BytesIO(export(store, "r.xlsx"))).worksheets
    links = {row[7].value: row[7].hyperlink for row in told.iter_rows(min_row=2)}
    assert links["invented.example"].target == "https://invented.example/a?b=1"
    assert links["javascript:alert(1)"] is None


def test_raw_is_for_workbooks_alone(store: Path) -> None:
    ran = run("export", "--raw", "-o", "x.csv", store=store)
    assert ran.code == 2
    assert "--raw is for Excel" in sentence(ran)


def test_csv_and_markdown_are_those_of_list(store: Path) -> None:
    listed = run("list", "--area", "kites", "--format", "csv", store=store)
    assert export(store, "r.csv", "--area", "kites") == listed.raw
    table = export(store, "r.md", "--area", "kites").decode()
    assert table == run("list", "--area", "kites", "--format", "md", store=store).out
    assert "\n| Ref | Measure | Status |" in table
    rows = list(csv.reader(io.StringIO(listed.out.removeprefix("\ufeff"))))
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


@pytest.mark.needs_office
def test_the_format_goes_before_the_ending_and_standard_output_takes_any(store: Path) -> None:
    assert export(store, "r.txt", "--format", "json") == export(store, "r.json")
    assert run("export", "--format", "ics", store=store).raw == export(store, "r.ics")
    assert run("export", "--format", "xlsx", "-o", "-", store=store).raw == export(store, "r.xlsx")
    assert "binary data is not written" in sentence(run("export", "--format", "xlsx", store=store, screen=Screen()))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "name a file with -o that ends in .csv"),
        (["-o", "register.docx"], ".csv, .xlsx, .json, .md, .markdown, .ics"),
        (["-o", "x.xlsx", "--format", "pdf"], "pdf"),
        (["-o", "x.xlsx", "--format", "csv"], "x.xlsx is named as xlsx, and --format says csv"),
        (["-o", "x.json", "--area", "kites"], "json is always the whole register"),
        (["-o", "x.json", "--as-of", "2024-01-01"], "json is always the whole register"),
        (["-o", "x.json", "--known-on", "2024-01-01"], "json is always the whole register"),
        (["-o", "x.json", "--fields", "ref"], "--fields chooses columns, and json has none"),
        (["-o", "x.ics", "--fields", "ref"], "--fields chooses columns, and ics has none"),
    ],
)
def test_what_cannot_be_exported_so_is_a_usage_error(store: Path, words: list[str], said: str) -> None:
    ran = run("export", *words, store=store)
    assert ran.code == 2
    assert said in sentence(ran)


def test_an_export_never_overwrites_the_store(store: Path) -> None:
    before = store.read_bytes()
    assert run("export", "--format", "json", "-o", str(store), store=store).code == 4
    assert store.read_bytes() == before


# Calendars


@pytest.mark.needs_office
def test_targets_and_rounds_are_all_day_entries(store: Path) -> None:
    found = {str(event["summary"]).partition(" ")[0]: event for event in events(export(store, "r.ics"))}
    kite = found["7-KIT-1a"]
    assert kite["dtstart"].dt == date(2023, 12, 31)
    assert kite["dtend"].dt == date(2024, 1, 1)
    assert kite["summary"] == f"7-KIT-1a {nasty.MARKUP} (in progress)"
    assert found["7-KCH-1"]["dtstart"].dt == date(2027, 6, 30)
    assert found["8-KIT-1"]["dtstart"].dt == date(2026, 12, 31)
    assert found["Returns"]["summary"] == "Returns of round 2026H2 are due"
    assert found["Returns"]["dtstart"].dt == date(2026, 12, 31)


@pytest.mark.needs_office
@pytest.mark.parametrize(("lang", "kept_in"), [("en", "en"), ("zh-Hant", "zh-Hant"), ("zh-Hans", "en")])
def test_a_target_says_what_was_agreed_in_the_language_asked_for_else_in_one_there_is(
    store: Path, lang: str, kept_in: str
) -> None:
    found = {str(event["uid"]): event for event in events(export(store, "r.ics", "--lang", lang))}
    assert found["7-KIT-1a-target@hkshcc"]["description"] == nasty.SUMMARY[kept_in]
    assert "description" not in found["7-KIT-2-target@hkshcc"]


@pytest.mark.needs_office
def test_ids_stay_the_same_and_a_later_export_counts_as_newer(store: Path) -> None:
    before = {str(event["uid"]): event for event in events(export(store, "r.ics"))}
    run("retarget", "7-KIT-1a", "2027-01-31", "--reason", "Invented", store=store)
    run("round", "close", "2026H2", store=store)
    after = {str(event["uid"]): event for event in events(export(store, "r.ics"))}
    assert before.keys() == after.keys()
    assert {event["sequence"] for event in before.values()} == {LAST}
    assert {event["sequence"] for event in after.values()} == {LAST + 2}
    run("undo", store=store)
    run("undo", store=store)
    moved_back = {str(event["uid"]): event for event in events(export(store, "r.ics"))}["7-KIT-1a-target@hkshcc"]
    assert moved_back["dtstart"].dt == before["7-KIT-1a-target@hkshcc"]["dtstart"].dt
    assert moved_back["sequence"] == LAST + 4
    assert after["7-KIT-1a-target@hkshcc"]["dtstart"].dt == date(2027, 1, 31)
    assert "Returns of round 2026H2 are due (closed)" in {str(event["summary"]) for event in after.values()}


@pytest.mark.needs_office
def test_a_calendar_is_that_of_the_filters_and_the_same_for_the_same_register(store: Path) -> None:
    only = events(export(store, "r.ics", "--area", "kitchens"))
    assert {str(event["summary"])[:5] for event in only} == {"7-KCH", "Retur"}
    assert export(store, "a.ics") == export(store, "b.ics")
    assert b"\x1b" not in export(store, "a.ics")


@pytest.mark.needs_office
def test_an_empty_register_is_an_empty_calendar(tmp_path: Path) -> None:
    store = tmp_path / "empty.json"
    run("init", "--empty", store=store)
    assert events(export(store, "r.ics")) == []


@pytest.mark.parametrize(
    ("package", "module", "name"), [("icalendar", "calendar", "x.ics"), ("xlsxwriter", "xlsx_write", "x.xlsx")]
)
def test_without_its_package_a_format_names_what_to_install(
    store: Path, monkeypatch: pytest.MonkeyPatch, package: str, module: str, name: str
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    for gone in (module, "xlsx_export", "officers_sheet", "forms.form"):
        monkeypatch.delitem(sys.modules, f"hkshcc.exchange.{gone}", raising=False)
    ran = run("export", "-o", name, store=store)
    assert ran.code == 1
    assert "pip install 'hkshcc[office]'" in sentence(ran)


# Copies of the register


def bring(store: Path, file: Path, *more: str) -> Ran:
    return run("import", "register", str(file), *more, store=store)


def test_a_copy_has_every_entry_as_it_is_stored_under_its_number(store: Path) -> None:
    copy = json.loads(export(store, "copy.json"))
    assert (copy["schema"], copy["entries"], len(copy["fingerprint"])) == ("hkshcc.register/1", LAST, 64)
    assert [entry["number"] for entry in copy["register"]] == list(range(1, LAST + 1))
    assert copy["register"][0].keys() == {"number", "id", "command", "event", "recorded", "recorder", "thing"}
    assert "\u202e" not in export(store, "copy.json").decode()


def test_a_copy_can_be_read_as_a_text_with_an_entry_on_each_line(store: Path) -> None:
    run("note", "7-KIT-2", "風箏", store=store)
    lines = export(store, "copy.json").decode().split("\n")
    assert lines[:3] == ["{", '  "schema": "hkshcc.register/1",', f'  "entries": {LAST + 1},']
    assert lines[3].startswith('  "fingerprint": "')
    assert lines[4] == '  "register": ['
    assert [json.loads(line.rstrip(","))["number"] for line in lines[5:-3]] == list(range(1, LAST + 2))
    assert "風箏" in lines[-4]
    assert lines[-3:] == ["]", "}", ""]


def test_a_copy_brought_into_an_empty_place_is_the_same_byte_for_byte(store: Path, tmp_path: Path) -> None:
    first = export(store, "copy.json")
    other = tmp_path / "other" / "register.json"
    other.parent.mkdir()
    shown = bring(other, tmp_path / "copy.json")
    assert shown.code == 0
    assert shown.lines[0] == f"{tmp_path / 'copy.json'}: {LAST} new entries, 0 already known"
    assert "Nothing was recorded. To record it, add --apply." in shown.lines
    assert not other.exists()
    ran = bring(other, tmp_path / "copy.json", "--apply")
    assert ran.err == f"hkshcc: created the store {other}\n"
    assert export(other, "again.json") == first
    assert other.read_bytes() == store.read_bytes()


@pytest.fixture
def other(store: Path, tmp_path: Path) -> Path:
    """Another register, SH's, that began as the one in the store, HK's, did."""
    export(store, "copy.json")
    made = tmp_path / "other.json"
    assert bring(made, tmp_path / "copy.json", "--apply").code == 0
    for place, name in ((store, "HK"), (made, "SH")):
        assert run("init", "--origin", name, store=place).code == 0
    return made


def test_a_copy_that_has_grown_adds_what_is_new(store: Path, other: Path, tmp_path: Path) -> None:
    run("note", "7-KIT-1a", "Invented", store=store)
    grown = export(store, "copy.json")
    shown = bring(other, tmp_path / "copy.json")
    assert shown.lines[0].endswith(f": 2 new entries, {LAST} already known")
    assert any(f"HK-{LAST + 2}" in line and "7-KIT-1a note: Invented" in line for line in shown.lines)
    told = f"Recorded as entries {LAST + 2}-{LAST + 4}. To take it back: hkshcc undo"
    assert bring(other, tmp_path / "copy.json", "--apply").lines[-3:-2] == [told]
    ours, theirs = (json.loads(data)["register"] for data in (export(other, "again.json"), grown))
    assert [{**entry, "number": 0} for entry in theirs[LAST:]] == [
        {**entry, "number": 0} for entry in ours[LAST + 1 : -1]
    ]
    again = bring(other, tmp_path / "copy.json", "--apply")
    assert "Nothing to record: the register already has every entry." in again.lines


def test_two_copies_that_grew_apart_are_merged_and_stay_sound(store: Path, other: Path, tmp_path: Path) -> None:
    run("note", "7-KIT-1a", "Here", store=store)
    run("note", "7-KIT-1b", "There", store=other)
    export(other, "other-copy.json")
    ran = bring(store, tmp_path / "other-copy.json", "--apply", "--format", "json")
    found = json.loads(ran.out)
    assert (found["new"], found["known"], found["applied"]) == (2, LAST, True)
    assert [entry["event"] for entry in found["events"]] == ["origin", "note", "exchange"]
    note = found["events"][1]
    assert (note["number"], note["remark"], note["origin"], note["place"]) == (LAST + 4, "There", "SH", LAST + 2)
    assert run("check", store=store).code == 0
    for _ in range(2):
        for here, there in ((other, store), (store, other)):
            export(there, "copy.json")
            bring(here, tmp_path / "copy.json", "--apply")
    shown = [run("list", "--format", "json", store=place).out for place in (store, other)]
    assert json.loads(shown[0])["measures"] == json.loads(shown[1])["measures"]


def test_a_register_without_a_name_shows_what_is_new_and_needs_one_to_record_it(store: Path, tmp_path: Path) -> None:
    export(store, "copy.json")
    other = tmp_path / "other.json"
    bring(other, tmp_path / "copy.json", "--apply")
    run("note", "7-KIT-1a", "Invented", store=store)
    export(store, "copy.json")
    assert "copy.json does not say whose register it is" in says_in(bring(other, tmp_path / "copy.json"))
    run("init", "--origin", "hk", store=store)
    export(store, "copy.json")
    shown = bring(other, tmp_path / "copy.json")
    assert (shown.code, shown.lines[0].endswith(f": 2 new entries, {LAST} already known")) == (0, True)
    assert not any("HERE" in line and "named" in line for line in shown.lines)
    ran = bring(other, tmp_path / "copy.json", "--apply")
    assert ran.code == 2
    assert "this register has no name yet" in says_in(ran)
    assert bring(other, tmp_path / "copy.json", "--apply", "--origin", "sh").code == 0
    assert "calls" not in run("check", store=other).err


def says_in(ran: Ran) -> str:
    """What was said on stderr, wherever it was folded."""
    return " ".join(ran.err.split())


def test_a_copy_of_a_named_register_begins_a_register_of_another_name_or_that_one_again(
    store: Path, tmp_path: Path
) -> None:
    run("init", "--origin", "HK", store=store)
    export(store, "copy.json")
    made = tmp_path / "made.json"
    assert bring(made, tmp_path / "copy.json").code == 0
    ran = bring(made, tmp_path / "copy.json", "--apply")
    assert (ran.code, made.exists()) == (2, False)
    assert "the copy is of HK's register" in says_in(ran)
    assert bring(made, tmp_path / "copy.json", "--apply", "--origin", "HK").code == 0
    assert made.read_bytes() == store.read_bytes()
    second = tmp_path / "second.json"
    assert bring(second, tmp_path / "copy.json", "--apply", "--origin", "SH").code == 0
    run("note", "7-KIT-1a", "Told in the second", store=second)
    assert f"SH-{LAST + 3}" in run("history", store=second).out
    assert run("check", store=second).code == 0


def test_what_was_printed_by_another_register_is_known_from_its_copy(store: Path, other: Path, tmp_path: Path) -> None:
    run("note", "7-KIT-1b", "There", store=other)
    printed = run("report", store=other).lines[-1]
    run("note", "7-KIT-1b", "There too", store=other)
    export(other, "copy.json")
    run("note", "7-KIT-1b", "There since", store=other)
    later = run("report", store=other).lines[-1]
    bring(store, tmp_path / "copy.json", "--apply")
    ran = run("check", "--fingerprint", printed, store=store)
    assert (ran.code, ran.lines) == (
        0,
        [f"Unchanged: the fingerprint is that of entries 1-{LAST + 2} of SH's register."],
    )
    found = json.loads(run("check", "--fingerprint", printed, "--format", "json", store=store).out)
    assert (found["sound"], found["covers"], found["origin"]) == (True, LAST + 2, "SH")
    number, printed_later = later.rpartition(" ")[2].split(":")
    for digits in ("0" * 16, printed_later):
        ran = run("check", "--fingerprint", f"{LAST + 2}:{digits}", store=store)
        assert ran.code == 1
        assert "the fingerprint does not match" in says_in(ran)
    bring(store, tmp_path / "copy.json", "--apply")
    ran = run("check", "--fingerprint", later, store=other)
    assert ran.code == 0
    ran = run("check", "--fingerprint", f"99{number}:{'0' * 16}", store=store)
    assert ran.code == 1
    assert "the fingerprint cannot be compared here" in says_in(ran)
    assert "import register` a newer copy of SH" in says_in(ran)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["add", "--area", "kites", "--title", "Invented {place}"],
            f"8-KIT-2 (entry SH-{LAST + 2}) is called 8-KIT-2-SH",
        ),
        (["bodies", "add", "XYZ", "--side", "hk", "--name", "Invented {place}"], "body XYZ was entered twice"),
        (["plenary", "add", "10", "--date", "2026-01-01", "--place", "{place}"], "plenary 10 was entered twice"),
        (
            ["round", "open", "2027H1", "--due", "2027-12-3{number}"],
            f"2027H1 (entry SH-{LAST + 2}) is called 2027H1-SH",
        ),
    ],
)
def test_a_name_given_in_both_copies_is_settled_and_said(
    store: Path, other: Path, tmp_path: Path, words: list[str], said: str
) -> None:
    for number, place in enumerate((store, other)):
        filled = [word.format(place=place.stem, number=number) for word in words]
        assert run(*filled, store=place).code == 0
    export(other, "other-copy.json")
    listed = run("list", store=store).out
    ran = bring(store, tmp_path / "other-copy.json", "--apply")
    assert ran.code == 0
    assert said in says_in(ran)
    assert run("check", store=store).code == 0
    back = next(line for line in ran.lines if "To take it back: hkshcc " in line).partition("hkshcc ")[2].split()
    assert run(*back, "--yes", store=store).code == 0
    assert run("list", store=store).out == listed


def test_the_ref_that_a_measure_had_in_the_copy_is_found(store: Path, other: Path, tmp_path: Path) -> None:
    for place, title in ((store, "Invented here"), (other, "Invented there")):
        assert run("add", "--area", "kites", "--title", title, store=place).code == 0
    export(other, "other-copy.json")
    bring(store, tmp_path / "other-copy.json", "--apply")
    assert "recorded as 8-KIT-2" in run("show", "8-KIT-2-SH", store=store).out
    found = run("list", "--search", "8-KIT-2", "--fields", "ref,title", store=store).out
    assert found == "8-KIT-2\tInvented here\n8-KIT-2-SH\tInvented there\n"
    shown = json.loads(run("show", "kit-2-sh", "--format", "json", store=store).out)
    assert shown["measures"][0]["alias"] == "8-KIT-2"


# Stores in git


def driven(base: Path, ours: Path, theirs: Path) -> Ran:
    return run("merge-driver", str(base), str(ours), str(theirs))


def test_two_branches_of_a_store_are_merged_into_ours_and_one_undo_takes_it_back(store: Path, tmp_path: Path) -> None:
    base, theirs = tmp_path / "base.json", tmp_path / "theirs.json"
    for place in (base, theirs):
        place.write_bytes(store.read_bytes())
    run("note", "7-KIT-1a", "Ours", store=store)
    run("note", "7-KIT-1b", "Theirs", store=theirs)
    before = run("list", store=store).out
    ran = driven(base, store, theirs)
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert run("check", store=store).code == 0
    assert all(text in run("history", store=store).out for text in ("Ours", "Theirs"))
    assert driven(base, store, theirs).code == 0
    assert run("history", store=store).out.count("Theirs") == 1
    run("undo", store=store)
    assert run("list", store=store).out == before
    assert "WITHDRAWN" in run("history", "7-KIT-1b", store=store).out


def test_names_that_both_branches_gave_are_settled_and_said(store: Path, tmp_path: Path) -> None:
    base, theirs = tmp_path / "base.json", tmp_path / "theirs.json"
    for place in (base, theirs):
        place.write_bytes(store.read_bytes())
    for place, title in ((store, "Invented here"), (theirs, "Invented there")):
        assert run("add", "--plenary", "8", "--area", "kitchens", "--title", title, store=place).code == 0
    ran = driven(base, store, theirs)
    assert (ran.code, ran.out) == (0, "")
    assert "another measure was recorded under 8-KCH-2 before" in sentence(ran)
    assert run("check", store=store).code == 0


def test_a_branch_that_only_went_on_is_taken_as_it_is(store: Path, tmp_path: Path) -> None:
    base, theirs = tmp_path / "base.json", tmp_path / "theirs.json"
    for place in (base, theirs):
        place.write_bytes(store.read_bytes())
    run("note", "7-KIT-1b", "Theirs", store=theirs)
    assert driven(base, store, theirs).code == 0
    assert store.read_bytes() == theirs.read_bytes()
    assert driven(base, store, base).code == 0
    assert store.read_bytes() == theirs.read_bytes()


def test_what_both_branches_come_from_is_not_needed(store: Path, tmp_path: Path) -> None:
    """Where each branch brought the store in by itself, git hands over an empty file."""
    base, theirs = tmp_path / "base.json", tmp_path / "theirs.json"
    base.write_bytes(b"")
    theirs.write_bytes(store.read_bytes())
    run("note", "7-KIT-1b", "Theirs", store=theirs)
    assert driven(base, store, theirs).code == 0
    assert store.read_bytes() == theirs.read_bytes()


def test_a_branch_that_was_altered_is_left_to_a_person(store: Path, tmp_path: Path) -> None:
    base, theirs = tmp_path / "base.json", tmp_path / "theirs.json"
    for place in (base, theirs):
        place.write_bytes(store.read_bytes())
    run("note", "7-KIT-1b", "Theirs", store=theirs)
    theirs.write_bytes(theirs.read_bytes().replace(b"Theirs", b"Thiers"))
    before = store.read_bytes()
    ran = driven(base, store, theirs)
    assert (ran.code, store.read_bytes()) == (4, before)
    assert "changed outside hkshcc" in says_in(ran)
    assert driven(base, store, tmp_path / "none.json").code == 1


def test_a_copy_of_another_conference_s_register_is_refused(store: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.json"
    copy.write_bytes(copies.dump(Desk().register))
    ran = bring(store, copy)
    assert ran.code == 4
    assert "is the register of another conference" in sentence(ran)


def _edit(old: bytes, new: bytes) -> Any:
    def edited(data: bytes) -> bytes:
        assert old in data
        return data.replace(old, new, 1)

    return edited


def _resealed(data: bytes, old: str, new: str) -> bytes:
    """Change an entry and make the fingerprint fit it."""
    copy = json.loads(data.decode().replace(old, new, 1))
    try:
        entries = [copies._entry(number, row) for number, row in enumerate(copy["register"], start=1)]
    except ValueError:
        return json.dumps(copy).encode()
    return copies.dump(Register(entries))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda _: b"", "is not JSON, or was cut short"),
        (lambda _: b"\x00" * 1000, "is not JSON"),
        (lambda data: data[: len(data) // 2], "is not JSON, or was cut short"),
        (lambda data: data.decode().encode("utf-16"), "is not UTF-8"),
        (lambda _: b"[" * 100_000, "is not JSON"),
        (lambda _: b"[]", "is not a copy of a register"),
        (lambda _: b'{"a": NaN}', "is not JSON"),
        (lambda _: b'{"a": 1, "a": 2}', "is not JSON"),
        (lambda _: b"{}", "is not a copy of a register"),
        (lambda _: b'{"schema": "hkshcc.register/1"}', "is not a complete copy of a register"),
        (_edit(b"register/1", b"register/2"), "is not a copy of a register"),
        (_edit(b'"register": [', b'"register": {"a": 1}, "more": ['), "is not a complete copy of a register"),
        (_edit(b"Invented Hall", b"Invented Wall"), "was changed or cut short after it was exported"),
        (_edit(b'"entries": ', b'"entries": 1'), "was changed or cut short after it was exported"),
        (_edit(b'"number": 2,', b'"number": 3,'), "entry 2 is missing or out of order"),
        (_edit(b'"number": 1,', b'"number": true,'), "entry 1 is missing or out of order"),
        (_edit(b"Invented Hall", b"\\ud800"), "entry 1 contains an unpaired surrogate"),
        (_edit(b'"event": "plenary"', b'"event": "party"'), "has a wrong 'event'"),
        (_edit(b'"recorder":', b'"colour":'), "has an unknown field"),
        (lambda data: _resealed(data, '"area": "kites"', '"area": "strings"'), "breaks a rule of the register"),
        (lambda _: b" " * (17 << 20), "is larger than 16 MB"),
    ],
)  # fmt: skip
def test_a_copy_that_is_damaged_or_was_changed_is_refused(store: Path, tmp_path: Path, change: Any, said: str) -> None:
    file = tmp_path / "bad.json"
    file.write_bytes(change(export(store, "copy.json")))
    before = store.read_bytes()
    for more in ([], ["--apply"]):
        ran = bring(store, file, *more)
        assert ran.code == (4 if "rule" in said else 1)
        assert said in sentence(ran)
        assert "bad.json" in ran.err
    assert store.read_bytes() == before


def test_a_store_taken_for_a_copy_is_told_from_it(store: Path) -> None:
    assert "is a store, not a copy; `hkshcc --store" in sentence(bring(store, store))


def test_a_file_that_is_not_there_is_named(store: Path, tmp_path: Path) -> None:
    ran = bring(store, tmp_path / "none.json")
    assert ran.code == 1
    assert "none.json cannot be read" in sentence(ran)


def test_an_entry_that_says_other_words_under_the_same_id_is_refused(store: Path, tmp_path: Path) -> None:
    file = tmp_path / "other.json"
    file.write_bytes(_resealed(export(store, "copy.json"), "Invented Hall", "Another Hall"))
    ran = bring(store, file)
    assert ran.code == 4
    assert "entry 1 of" in sentence(ran)


def test_a_byte_order_mark_and_other_white_space_do_no_harm(store: Path, tmp_path: Path) -> None:
    file = tmp_path / "marked.json"
    file.write_bytes(b"\xef\xbb\xbf" + json.dumps(json.loads(export(store, "copy.json")), indent=8).encode())
    assert "Nothing was recorded." in bring(store, file).lines


def test_what_together_would_break_a_rule_is_refused() -> None:
    desk = Desk(name="here")
    desk.name("HK")
    copy = Desk(name="there")
    copy.name("SH")
    copy.report(by="XBB", remark="Invented")
    copy.entries[-1] = copy.entries[-1]._replace(by="XNN")
    with pytest.raises(RefusedError, match=r"with copy\.json the register would break a rule"):
        desk.merge(copy)


def test_a_register_too_large_to_be_read_back_is_not_written() -> None:
    desk = Desk()
    for _ in range(5):
        desk.note("x" * (4 << 20))
    with pytest.raises(RefusedError, match="larger than 16 MB"):
        copies.dump(desk.register)


@settings(max_examples=40)
@given(st.lists(RECORDING | UNDOING, max_size=15), st.text(max_size=30))
def test_any_register_comes_back_from_its_copy_as_it_was(steps: list[Step], text: str) -> None:
    desk = Desk(today=BEGIN)
    for step in steps:
        take(desk, step)
    if text.strip() and text.isprintable():
        desk.note(text)
    data = copies.dump(desk.register)
    copy = copies.load(data, "x.json")
    assert copy.entries == desk.entries
    assert copies.dump(copy) == data
    another = Desk(entries=[], today=desk.today)
    another.merge(desk)
    assert another.entries == desk.entries
    another.merge(desk)
    assert another.entries == desk.entries


@pytest.mark.needs_office
@settings(max_examples=25)
@given(st.lists(RECORDING | UNDOING, max_size=12), st.sampled_from(["en", "zh-Hant", "zh-Hans"]))
def test_the_form_of_any_register_comes_back_with_nothing_to_record(steps: list[Step], lang: str) -> None:
    from hkshcc.exchange.forms.form import Order, form  # noqa: PLC0415  of the extra

    desk = Desk(today=BEGIN)
    for step in steps:
        take(desk, step)
    register = desk.register
    for body in register.bodies.values():
        try:
            data = form(register, Order(body, desk.today, lang))
        except RefusedError:
            continue
        context = CommandContext(f"{desk.today}T10:00:00+08:00", "invented keeper", "merging", desk.today)
        made = plan(register, context, [read_form(data, "x.xlsx")], {})
        assert {row.outcome for row in made.rows} == {"unchanged"}
        assert made.entries == []


@pytest.mark.needs_office
def test_a_next_step_with_a_day_is_in_the_calendar_until_the_side_names_another(store: Path) -> None:
    for step, until in (("Fly it", "2026-12-10"), ("Fly it again", "2027-01-10")):
        run("update", "7-KIT-1a", "--by", "IKO", "--next", step, "--next-by", until, store=store)
    found = {str(event["uid"]): event for event in events(export(store, "r.ics"))}
    [step] = [event for uid, event in found.items() if "-next-" in uid]
    assert (step["uid"], step["dtstart"].dt) == ("7-KIT-1a-next-hk@hkshcc", date(2027, 1, 10))
    assert (step["summary"], step["description"]) == (f"7-KIT-1a {nasty.MARKUP}: next step", "IKO: Fly it again")
