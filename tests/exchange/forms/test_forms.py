"""The form that goes out: what stands in it, what can be typed into it, and that nothing in it acts."""

import re
import sys
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from hkshcc.exchange.forms.layout import ABOUT, COLUMNS, COVER, FORM, FREE, HEADINGS, LOCKED, TYPED
from hkshcc.exchange.forms.read_form import read_form
from hkshcc.language import LANGUAGES, in_every_language
from hkshcc.register.vocabulary import labels
from tests import nasty
from tests.exchange.forms.bureau import BODY, CLOSED, CONTINUING, REF, fill, issue
from tests.running import Screen, run, sentence

pytestmark = pytest.mark.needs_office


def sheets(form: Path) -> tuple[Any, Any, Any]:
    cover, table, about, _record = openpyxl.load_workbook(form).worksheets
    return cover, table, about


def rows(form: Path) -> dict[str, dict[str, Any]]:
    """The form's rows by ref, each by its columns' keys."""
    _, table, _ = sheets(form)
    return {row[0].value: dict(zip(COLUMNS, row, strict=True)) for row in table.iter_rows(min_row=2)}


def test_there_is_a_row_for_each_measure_that_the_body_answers_for(store: Path) -> None:
    listed = run("list", "--owner", BODY, "--fields", "ref", store=store).lines
    assert list(rows(issue(store))) == listed


TARGET, WHERE = "Target: 31 Dec 2023", "Full wording: paragraph 3 of the release"


def test_a_row_says_what_was_agreed_the_target_the_last_word_and_what_was_said_to_come_next(store: Path) -> None:
    row = rows(issue(store))[REF]
    assert [row[key].value for key in LOCKED] == [
        REF,
        f"{nasty.MARKUP}\nA kite [red]is[/red] to be seen from both cities.\n{TARGET}\n{WHERE}",
        "In progress, 1 Jun 2023, public record: A first kite; [bold]half[/bold] built",
    ]
    assert [row[key].value for key in FREE] == [None] * len(FREE)
    assert "\nTarget: 30 Jun 2023 (implied)" in rows(issue(store))[CLOSED]["wording"].value
    assert rows(issue(store, "SH-Soup"))["7-KCH-4"]["on_record"].value.endswith("\nNext step reported: Second pillar")


def test_only_the_cells_to_fill_in_are_unlocked_and_they_hold_text(store: Path) -> None:
    for row in rows(issue(store)).values():
        assert {key for key, cell in row.items() if not cell.protection.locked} == set(FREE)
        assert {row[key].number_format for key in FREE} == {"@"}
        assert all(cell.alignment.wrap_text for cell in row.values())


def test_sheets_are_protected_without_a_password_and_the_header_stays_in_sight(store: Path) -> None:
    cover, table, about = sheets(issue(store))
    assert cover.protection.sheet
    assert table.protection.sheet
    assert table.protection.password is None
    assert table.freeze_panes == "C2"
    assert table.print_title_rows == "$1:$1"
    assert about.sheet_state == "veryHidden"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_list_of_statuses_is_of_those_legal_for_the_kind_in_the_language(store: Path, lang: str) -> None:
    _, table, _ = sheets(issue(store, lang=lang))
    lists = {
        str(rule.sqref): rule.formula1.strip('"').split(",")
        for rule in table.data_validations.dataValidation
        if rule.type == "list"
    }
    column = COLUMNS.index("status") + 1
    places = {table.cell(row, 1).value: table.cell(row, column).coordinate for row in range(2, table.max_row + 1)}
    every = [labels(status)[lang] for status in TYPED]
    assert lists[places[CONTINUING]] == every
    assert lists[places[REF]] == [word for word in every if word != labels("continuing")[lang]]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_cover_explains_every_status_on_one_screen(store: Path, lang: str) -> None:
    cover, table, _ = sheets(issue(store, lang=lang))
    assert (cover.title, table.title) == (in_every_language(COVER)[lang], in_every_language(FORM)[lang])
    said = [cell.value for row in cover.iter_rows() for cell in row if cell.value]
    assert {labels(status)[lang] for status in TYPED} <= set(said)
    assert cover.max_row <= 28
    assert [cell.value for cell in table[1]] == [in_every_language(HEADINGS[key])[lang] for key in COLUMNS]


def test_the_cover_says_whom_it_asks_for_which_round_and_what_it_was_drawn_from(store: Path) -> None:
    cover, _, about = sheets(issue(store))
    said = "\n".join(str(cell.value) for row in cover.iter_rows() for cell in row if cell.value)
    last = len(nasty.entries())
    assert "Invented Kite Office (IKO), Hong Kong" in said
    assert "2026H2; please return by 31 Dec 2026" in said
    assert f"23 Nov 2026, based on entries 1-{last}; fingerprint" in said
    told = {row[0].value: row[1].value for row in about.iter_rows(max_row=8)}
    assert told["entries"] == str(last)
    assert (told["schema"], told["owner"], told["round"], told["day"]) == (
        "hkshcc.form/2",
        BODY,
        "2026H2",
        "2026-11-23",
    )
    assert len(told["fingerprint"]) == 64


@pytest.mark.parametrize(
    ("lang", "due"),
    [("zh-Hant", "2026H2；請於2026年12月31日或之前交回"), ("zh-Hans", "2026H2；请于2026年12月31日或之前交回")],
)
def test_a_chinese_cover_is_in_whole_chinese_sentences(store: Path, lang: str, due: str) -> None:
    cover, _, _ = sheets(issue(store, lang=lang))
    said = [str(cell.value) for row in cover.iter_rows() for cell in row if cell.value]
    assert due in said
    assert [text for text in said if re.search(r"[\u4e00-\u9fff][,;:()]|[,;:()][\u4e00-\u9fff]", text)] == []


def test_without_an_open_round_none_is_named(store: Path) -> None:
    run("round", "close", "2026H2", store=store)
    cover, _, about = sheets(issue(store))
    assert "Round" not in [cell.value for cell in cover["A"]]
    assert about["B4"].value is None
    named = sheets(issue(store, BODY, "en", "--round", "2026h2"))[0]
    assert "Round" in [cell.value for cell in named["A"]]


def test_titles_and_labels_are_in_the_language_that_was_asked_for(store: Path) -> None:
    row = rows(issue(store, lang="zh-Hant"))[REF]
    agreed = [
        "兩地上空的風箏 [red]紅[/red]",
        nasty.SUMMARY["zh-Hant"],
        "目標日期：2023年12月31日",
        "全文：新聞公報第3段",
    ]
    assert row["wording"].value == "\n".join(agreed)
    assert row["on_record"].value.startswith("推進中，2023年6月1日，公開資料：")


def test_the_same_register_gives_the_same_bytes(store: Path) -> None:
    assert issue(store).read_bytes() == issue(store).read_bytes()


@pytest.mark.parametrize("body", ["IKO", "INB", "SH-Wind", "SH-Soup"])
def test_nothing_in_a_form_acts(store: Path, body: str) -> None:
    form = issue(store, body)
    with zipfile.ZipFile(form) as archive:
        names = archive.namelist()
        parts = {name: archive.read(name) for name in names if name.endswith((".xml", ".rels"))}
    assert not any("external" in name or "vba" in name.lower() or "_rels/sheet" in name for name in names)
    assert not any(mark in part for part in parts.values() for mark in (b"<f>", b"<f ", b"<hyperlink"))
    for sheet in openpyxl.load_workbook(form).worksheets:
        for row in sheet.iter_rows():
            assert all(cell.data_type in {"s", "n"} for cell in row)
            assert not any("\x1b" in str(cell.value) or "\u202e" in str(cell.value) for cell in row)


def test_all_who_owe_get_a_form_in_a_folder(store: Path, tmp_path: Path) -> None:
    folder = tmp_path / "forms"
    ran = run("form", "--out", str(folder), store=store)
    assert ran.code == 0
    assert sorted(path.name for path in folder.iterdir()) == ["IKO.xlsx", "INB.xlsx", "SH-Soup.xlsx", "SH-Wind.xlsx"]
    assert ran.err == f"hkshcc: wrote 4 forms to {folder}; nothing was sent\n"


def test_several_owners_get_a_form_each(store: Path, tmp_path: Path) -> None:
    folder = tmp_path / "forms"
    run("form", "--owner", "iko", "--owner", "INB", "--owner", "IKO", "--out", str(folder), store=store)
    assert sorted(path.name for path in folder.iterdir()) == ["IKO.xlsx", "INB.xlsx"]


def test_a_form_goes_to_standard_output_where_that_is_no_terminal(store: Path) -> None:
    assert run("form", "--owner", BODY, "-o", "-", store=store).raw == issue(store).read_bytes()
    said = sentence(run("form", "--owner", BODY, "-o", "-", store=store, screen=Screen()))
    assert "name a file with -o" in said


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--owner", BODY], 2, "-o FILE"),
        (["--owner", BODY, "-o", "x.xlsx", "--out", "y"], 2, "-o FILE"),
        (["-o", "x.xlsx"], 2, "--out FOLDER"),
        (["--owner", BODY, "--owner", "INB", "-o", "x.xlsx"], 2, "--out FOLDER"),
        (["--owner", "IKP", "-o", "x.xlsx"], 3, "IKO"),
        (["--owner", BODY, "--round", "2027H1", "-o", "x.xlsx"], 3, "2027H1"),
        (["--owner", BODY, "-o", "x.csv"], 2, "x.csv is not named as one; give -o a name that ends in .xlsx"),
        (["--owner", BODY, "-o", "/dev/null/x.xlsx"], 1, "/dev/null/x.xlsx"),
    ],
)
def test_what_cannot_be_drawn_is_said_in_a_sentence(store: Path, words: list[str], code: int, said: str) -> None:
    ran = run("form", *words, store=store)
    assert ran.code == code
    assert said in sentence(ran)


def test_a_form_never_overwrites_one_that_came_back(store: Path, tmp_path: Path) -> None:
    back = fill(issue(store), {REF: {"done": "It flew"}}, "IKO.xlsx")
    before = back.read_bytes()
    for words in (["--owner", BODY, "-o", str(back)], ["--out", str(tmp_path)]):
        ran = run("form", *words, store=store)
        assert ran.code == 4
        assert "exists already and may hold a bureau's answers; move it, or name another" in sentence(ran)
    assert back.read_bytes() == before
    assert [path.name for path in tmp_path.glob("*.xlsx")] == ["IKO.xlsx"]


def test_an_export_never_overwrites_a_form(store: Path) -> None:
    path = store.parent / "IKO.xlsx"
    assert run("form", "--owner", "IKO", "-o", str(path), store=store).code == 0
    before = path.read_bytes()
    ran = run("export", "-o", str(path), store=store)
    assert (ran.code, path.read_bytes()) == (4, before)
    assert "exists already and may hold a bureau's answers; move it, or name another file with -o" in sentence(ran)
    other = store.parent / "register.xlsx"
    for _again in range(2):
        assert run("export", "-o", str(other), store=store).code == 0


def test_forms_go_into_a_folder_and_into_no_file(store: Path) -> None:
    ran = run("form", "--out", str(store), store=store)
    assert ran.code == 1
    assert f"{store} cannot be created" in sentence(ran)


def test_a_form_never_overwrites_the_store(store: Path) -> None:
    named = store.rename(store.with_suffix(".xlsx"))
    before = named.read_bytes()
    ran = run("form", "--owner", BODY, "-o", str(named), store=named)
    assert ran.code == 4
    assert named.read_bytes() == before


def test_a_body_that_answers_for_nothing_is_not_asked(store: Path, tmp_path: Path) -> None:
    run("bodies", "add", "XYZ", "--side", "hk", "--name", "Invented", store=store)
    ran = run("form", "--owner", "XYZ", "-o", str(tmp_path / "x.xlsx"), store=store)
    assert ran.code == 4
    assert "XYZ is not responsible for any measure" in sentence(ran)
    assert not (tmp_path / "x.xlsx").exists()


def test_where_nobody_owes_no_form_is_drawn(tmp_path: Path) -> None:
    store = tmp_path / "empty.json"
    run("init", "--empty", store=store)
    ran = run("form", "--out", str(tmp_path / "forms"), store=store)
    assert ran.code == 4
    assert "no returns are owed" in sentence(ran)


def test_without_its_package_the_command_names_what_to_install(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    for name in ("forms.form", "xlsx_write", "xlsx_export"):
        monkeypatch.delitem(sys.modules, f"hkshcc.exchange.{name}", raising=False)
    ran = run("form", "--owner", BODY, "-o", "x.xlsx", store=store)
    assert ran.code == 1
    assert "pip install 'hkshcc[office]'" in sentence(ran)


def test_a_text_longer_than_a_cell_holds_says_that_it_was_cut(store: Path) -> None:
    long = "風" * 20_000 + "x" * 20_000
    run("update", REF, "--by", BODY, "--remark", long, store=store)
    cell = rows(issue(store))[REF]["on_record"].value
    assert len(cell) == 32_767
    assert cell.endswith("(cut here: a cell holds no more)")


def test_the_hidden_sheet_has_a_copy_of_every_locked_cell(store: Path) -> None:
    form = issue(store)
    about = openpyxl.load_workbook(form)[ABOUT]
    copies = [[cell.value for cell in row] for row in about.iter_rows(min_row=10, max_col=len(LOCKED))]
    assert copies == [[row[key].value for key in LOCKED] for row in rows(form).values()]


# On paper

A4_LANDSCAPE = 841.9  # points


def test_a_form_on_a4_is_printed_no_smaller_than_eight_points(store: Path) -> None:
    """As wide as the page or less, nothing is made smaller; a column takes 7 pixels for a character and 5 more."""
    book = openpyxl.load_workbook(issue(store))
    for sheet in book.worksheets:
        if sheet.title == ABOUT:
            continue
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        wide = sum(int(column.width * 7 + 0.5) * 0.75 for column in sheet.column_dimensions.values())
        room = A4_LANDSCAPE - 72 * (sheet.page_margins.left + sheet.page_margins.right)
        scale = min(1.0, room / wide)
        sizes = {cell.font.sz for row in sheet.iter_rows() for cell in row if cell.value}
        assert min(sizes) * scale >= 8.3, sheet.title
        assert "&9" in sheet.oddFooter.left.text or sheet.oddFooter.left.size >= 8


def test_the_title_of_a_measure_is_bold_above_its_summary(store: Path) -> None:
    sheet = openpyxl.load_workbook(issue(store), rich_text=True).worksheets[1]
    text = next(row[1].value for row in sheet.iter_rows(min_row=2) if row[0].value == REF)
    assert (str(text[0]), text[0].font.b) == (nasty.MARKUP, True)
    assert not text[1].font.b


def test_the_cover_says_where_the_full_wording_stands_and_where_the_form_is_returned(store: Path) -> None:
    cover = sheets(issue(store))[0]
    said = {row[0].value: row[1].value for row in cover.iter_rows() if row[0].value}
    assert said["Return to"] == "whoever sent you this form, in reply to that message, with this file attached"
    named = issue(store, BODY, "en", "--return-to", " Ms Invented, office@invented.example & fax 1 ")
    cover, table, _ = sheets(named)
    said = {row[0].value: row[1].value for row in cover.iter_rows() if row[0].value}
    assert said["Return to"] == "Ms Invented, office@invented.example & fax 1"
    assert "Return to: Ms Invented, office@invented.example && fax 1" in table.oddFooter.left.text.replace("&amp;", "&")
    shipped = issue(store.with_name("none.json"), "FSTB")
    said = {row[0].value: row[1].value for row in sheets(shipped)[0].iter_rows() if row[0].value}
    assert said["Full wording"].startswith("release of 30 Aug 2021: https://www.info.gov.hk/gia/general/")


def test_what_the_form_is_returned_to_is_inert(store: Path) -> None:
    hostile = "=HYPERLINK(1)\x1b[31m \u202e &R&P"
    cover, table, _ = sheets(issue(store, BODY, "en", "--return-to", hostile))
    [said] = [row[1].value for row in cover.iter_rows() if row[0].value == "Return to"]
    assert said == "=HYPERLINK(1)\\x1b[31m \\u202e &R&P"
    assert all(cell.data_type in {"s", "n"} for row in cover.iter_rows() for cell in row)
    assert "&R&P" not in (table.oddFooter.left.text or "").replace("&&", "")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_cover_shows_an_invented_row_that_is_never_recorded(store: Path, lang: str) -> None:
    form = issue(store, lang=lang)
    cover = sheets(form)[0]
    example = next(row for row in cover.iter_rows() if row[0].value == "0-EXA-1")
    assert all(cell.font.i and cell.protection.locked for cell in example)
    assert example[1].value == labels("in-progress")[lang]
    assert [typed.ref for typed in read_form(form.read_bytes(), "x").rows if typed.ref.startswith("0-")] == []
    ran = run("merge", str(form), store=store)
    assert ran.code == 0
    assert "EXA" not in ran.out


def test_every_body_that_answers_for_a_measure_gets_a_form_whether_or_not_it_owes(store: Path, tmp_path: Path) -> None:
    run("update", "8-KIT-1", "--by", "SH-Wind", "--nil", store=store)
    run("round", "close", "2026H2", store=store)
    folder = tmp_path / "forms"
    assert run("form", "--all", "--out", str(folder), "--return-to", "x@invented.example", store=store).code == 0
    assert sorted(path.stem for path in folder.iterdir()) == ["IKO", "INB", "SH-Soup", "SH-Wind"]
    assert run("form", "--all", "IKO", "--out", str(folder), store=store).code == 2
    assert run("form", "--all", "-o", str(tmp_path / "x.xlsx"), store=store).code == 2


# The sheet of the record


def record_of(form: Path) -> list[list[str]]:
    """The rows of the sheet that shows what is recorded."""
    sheet = openpyxl.load_workbook(form).worksheets[-1]
    return [[str(cell.value or "") for cell in row] for row in sheet.iter_rows(min_row=2)]


def test_a_form_shows_each_measures_criteria_and_its_whole_history_on_a_locked_sheet(store: Path) -> None:
    form = issue(store)
    book = openpyxl.load_workbook(form)
    assert book.sheetnames == ["How to fill in", "Return", "hkshcc", "Criteria and history"]
    assert book.worksheets[-1].protection.sheet
    own = [row for row in record_of(form) if row[0] == REF]
    assert own[0][3] == (
        "Criteria of 2 May 2023, agreed by both sides, before any report of completion, in place of earlier ones"
    )
    assert own[1][3] == "Fulfilled when: The kite [red]flies[/red] \\x1b[2J"
    assert [row[3] for row in own[2:4]] == ["A step when: =1+1", "Does not count: A kite \\u202enwod"]
    assert own[4][1:] == ["1 Mar 2023", "", "agreed at the 7th plenary, paragraph 3 of the release"]
    assert own[5][1:3] == ["1 Jun 2023", "public record"]
    assert {row[0] for row in record_of(form)} == {row.ref for row in read_form(form.read_bytes(), "x").rows}
