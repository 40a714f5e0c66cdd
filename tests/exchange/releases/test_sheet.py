"""From a proposal to entries: the commands, the sheet that a person edits, and every way in which it can be wrong."""

import csv
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from hkshcc.errors import HkshccError, RefusedError
from hkshcc.exchange.releases.proposal_sheet import measures_of, plenary_of, read_sheet
from tests.exchange.releases.texts import ENGLISH, HANT, register, release
from tests.register.build import draft, numbered
from tests.running import Ran, run, sentence

HEAD = "area,slug,code,number,part,title,kind,owners,target,target_precision,plenary"
Rows = list[dict[str, str]]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store that knows the ninth plenary, one area and two bodies, all of them invented."""
    path = tmp_path / "register.json"
    assert run("init", "--empty", store=path).code == 0
    assert run("plenary", "add", "9", "--date", "2026-03-01", store=path).code == 0
    for code, side, name in (("IKO", "hk", "Invented Kite Office"), ("SH-Wind", "sh", "Invented Wind Bureau")):
        assert run("bodies", "add", code, "--side", side, "--name", name, store=path).code == 0
    return path


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "release.txt"
    path.write_text(ENGLISH.replace("2029", "2026"), encoding="utf-8")
    return str(path)


def edited(path: Path, change: Callable[[Rows], Rows]) -> str:
    """Change the rows of a sheet as a person with a spreadsheet would."""
    with path.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    fields = list(rows[0])
    with path.open("w", encoding="utf-8-sig", newline="") as opened:
        writer = csv.DictWriter(opened, fields)
        writer.writeheader()
        writer.writerows(change(rows))
    return str(path)


def sheet(tmp_path: Path, store: Path, file: str) -> Path:
    path = tmp_path / "proposal.csv"
    ran = run("import", "release", file, "-o", str(path), store=store)
    assert (ran.code, ran.out) == (0, "")
    return path


def listed(store: Path, fields: str = "ref,title,kind,target") -> list[list[str]]:
    return [line.split("\t") for line in run("list", "--fields", fields, store=store).lines]


def test_a_proposal_is_shown_and_nothing_is_written(store: Path, file: str) -> None:
    before = store.read_bytes()
    ran = run("import", "release", file, store=store)
    assert ran.code == 0
    assert ran.lines[0] == "9th Plenary Session of the Hong Kong/Shanghai Kite Conference (with photos)"
    assert ran.lines[1] == "plenary 9, 1 March 2026, 4 areas stated"
    assert "Kite Flying (KIT, new, line 12)" in ran.lines
    assert "owners: IKO (stated), SH-Wind (stated)" in ran.out
    assert ran.lines[-1] == "5 measures in 4 areas (4 headings), 3 documents signed, 1 warning"
    assert store.read_bytes() == before


def test_the_proposal_as_json_has_all_its_keys(store: Path, file: str) -> None:
    found = json.loads(run("import", "release", file, "--format", "json", store=store).out)
    assert found["schema"] == "hkshcc.proposal/1"
    assert {*found} >= {"title", "plenary", "date", "areas_stated", "areas", "measures", "instruments", "warnings"}
    assert {*found["measures"][1]} >= {"area", "paragraph", "line", "text", "sha256", "kind", "owners", "target"}
    assert found["measures"][1]["area"] == "Kite Flying"
    assert found["measures"][1]["owners"][0] == {"body": "IKO", "basis": "stated"}
    assert found["measures"][1]["target"] == "2031-12-31"
    assert found["areas"][0]["line"] == 12
    assert found["instruments"][0]["title"] == "Memorandum on Invented Kites"


def test_a_warning_is_no_failure(store: Path) -> None:
    ran = run("import", "release", "-", store=store, keys="Nothing of the kind.")
    assert ran.code == 0
    assert "plenary not named, day not found, number of areas not stated" in ran.lines
    assert "  ! no area of co-operation was found; is it the release of a plenary?" in ran.lines


def test_each_warning_has_its_kind_and_lines_for_machines(store: Path) -> None:
    text = release("Kites", "Fly kites.", 'Mr Invented said, "We will."', end="")
    found = json.loads(run("import", "release", "-", "--format", "json", store=store, keys=text).out)
    assert [detail["text"] for detail in found["warning_details"]] == found["warnings"]
    assert found["warning_details"] == [
        {"kind": "left-out", "lines": [7], "text": "line 7 was read as a quotation and left out", "hint": None},
        {"kind": "day", "lines": [], "text": "the day of the release was not found", "hint": None},
    ]
    lone = json.loads(run("import", "release", "-", "--format", "json", store=store, keys="Kites.").out)
    assert lone["warnings"][-1] == "the plenary's number was not found; give --plenary NUMBER"
    assert lone["warning_details"][-1] == {
        "kind": "plenary", "lines": [], "text": "the plenary's number was not found", "hint": "give --plenary NUMBER",
    }  # fmt: skip


@pytest.mark.parametrize("ending", ["csv", "json", "md", "txt"])
def test_what_is_doubtful_is_said_beside_the_file_that_is_written(store: Path, tmp_path: Path, ending: str) -> None:
    text = release("Kites", "Fly kites.", 'Mr Invented said, "We will."')
    ran = run("import", "release", "-", "-o", str(tmp_path / f"p.{ending}"), store=store, keys=text)
    assert (ran.code, ran.out) == (0, "")
    assert "hkshcc: line 7 was read as a quotation and left out\n" in ran.err
    rows = run("import", "release", "-", "--format", "csv", store=store, keys=text)
    assert "hkshcc: line 7 was read as a quotation and left out\n" in rows.err


def test_what_is_doubtful_is_said_once_where_the_answer_holds_it(store: Path) -> None:
    text = release("Kites", "Fly kites.", 'Mr Invented said, "We will."')
    for fmt in ("table", "json", "md"):
        ran = run("import", "release", "-", "--format", fmt, store=store, keys=text)
        assert "line 7 was read as a quotation and left out" in ran.out
        assert "quotation" not in ran.err


def test_a_number_that_was_given_needs_no_warning_that_it_is_wanting(store: Path) -> None:
    ran = run("import", "release", "-", "--plenary", "9", store=store, keys="Kites.")
    assert "number was not found" not in ran.out


def test_a_lost_heading_stands_in_the_proposal_with_a_null_line(store: Path) -> None:
    text = release("The two places will fly kites.", "Noodles", "Explore noodles.")
    ran = run("import", "release", "-", "--format", "json", store=store, keys=text)
    assert [area["line"] for area in json.loads(ran.out)["areas"]] == [None, 6]
    assert "no heading)" in run("import", "release", "-", store=store, keys=text).out


def test_a_proposal_is_entered_as_it_is_and_taken_back_by_one_undo(store: Path, file: str) -> None:
    ran = run("import", "release", file, "--apply", store=store)
    assert ran.code == 0
    assert ran.out.startswith("Added 4 new areas, 5 measures, 3 documents, 9-KIT-1 to 9-OTH-1 (entries 73-84).")
    assert [row[0] for row in listed(store)] == ["9-KIT-1", "9-KIT-2", "9-NOO-1", "9-SOU-1", "9-OTH-1"]
    assert "Agreement on Noodles" in run("instruments", store=store).out
    assert run("check", store=store).code == 0
    assert ran.out.endswith("Undo: hkshcc undo --reason WHY\n")
    assert run("undo", "--reason", "Invented", "--yes", store=store).code == 0
    assert listed(store) == []
    again = run("import", "release", file, "--apply", store=store)
    assert again.code == 4
    assert again.err.splitlines()[-1] == (
        "hkshcc: 9-KIT-1 and 4 other refs are already used in the register; nothing was recorded;"
        " 9-KIT-1 was withdrawn: `hkshcc undo 85` brings it back, or use other numbers"
    )


def test_a_sheet_is_edited_split_and_entered(store: Path, file: str, tmp_path: Path) -> None:
    def change(rows: Rows) -> Rows:
        assert [row["number"] for row in rows] == ["1", "2", "1", "1", "1"]
        assert rows[1]["owners"] == "IKO (stated); SH-Wind (stated)"
        rows[0] |= {"title": "Invented kites", "owners": "iko； Invented Wind Bureau (Stated)", "target": "Q2 2031"}
        rows[2] |= {"slug": "pasta", "code": "pas", "kind": "Continuing"}
        rows[3] |= {"target": "2032-01-31"}
        return [rows[0], {**rows[1], "title": "First half"}, {**rows[1], "title": "Second half"}, *rows[2:4]]

    path = edited(sheet(tmp_path, store, file), change)
    before = store.read_bytes()
    dry = run("import", "measures", path, store=store)
    assert dry.out == ("Would record: added 3 new areas, 5 measures, 9-KIT-1 to 9-SOU-1. Nothing was recorded.\n")
    assert store.read_bytes() == before
    ran = run("import", "measures", path, "--release", file, "--apply", store=store)
    assert ran.code == 0
    assert listed(store) == [
        ["9-KIT-1", "Invented kites", "continuing", "2031-06-30"],
        ["9-KIT-2a", "First half", "deliverable", "2031-12-31"],
        ["9-KIT-2b", "Second half", "deliverable", "2031-12-31"],
        ["9-PAS-1", "Explore noodles of a common length", "continuing", ""],
        ["9-SOU-1", "Set up a joint ladle works in June 2031", "deliverable", "2032-01-31"],
    ]
    assert "9-DOC-3" in run("instruments", store=store).out
    shown = json.loads(run("show", "9-kit-1", "9-kit-2a", "--format", "json", store=store).out)["measures"]
    assert shown[0]["owners_basis"] == {"IKO": "inferred", "SH-Wind": "stated"}
    assert (shown[0]["paragraph"], shown[1]["paragraph"]) == (1, 2)
    assert run("check", store=store).code == 0


def test_documents_that_the_register_has_are_left_out(store: Path, file: str, tmp_path: Path) -> None:
    path = str(sheet(tmp_path, store, file))
    run("import", "measures", path, "--release", file, "--apply", store=store)
    edited(Path(path), lambda rows: [{**row, "number": str(int(row["number"]) + 9)} for row in rows])
    ran = run("import", "measures", path, "--release", file, "--apply", store=store)
    assert ran.code == 0
    assert "hkshcc: 9-DOC-1 is already in the register and was left out\n" in ran.err
    assert run("instruments", store=store).err.startswith("3 documents")


def test_the_paragraph_is_shown_from_a_person_s_own_copy(store: Path, file: str, tmp_path: Path) -> None:
    run("import", "release", file, "--apply", store=store)
    ran = run("show", "9-kit-1", "--source", file, store=store)
    assert f"  Paragraph 1, in {file}, line 14:" in ran.lines
    assert "  Continue to promote kites of paper between the two invented places." in ran.lines
    other = tmp_path / "copy.txt"
    other.write_text(ENGLISH.replace("kites of paper", "kites of silk").replace("spoons", "forks"), encoding="utf-8")
    differs = run("show", "9-kit-1", "--source", str(other), store=store)
    assert differs.code == 0
    assert (
        f"  The copy differs: no paragraph of {other} is the one that 9-KIT-1 was taken from."
        " Paragraphs of that plenary found in it: 3 of 5 (2-4)."
    ) in differs.lines
    machine = json.loads(run("show", "9-kit-2", "--source", str(other), "--format", "json", store=store).out)
    assert machine["measures"][0]["quoted"]["line"] == 15
    shorter = release("Kites", "Fly an invented kite.")
    assert "found in it: 0 of 5 (none)." in run("show", "9-kit-1", "--source", "-", store=store, keys=shorter).out
    run("add", "--area", "noodle", "--title", "A measure of our own", "--plenary", "9", store=store)
    own = run("show", "9-noo-2", "--source", file, store=store)
    assert f"  No paragraph was recorded for it, so there is nothing to look for in {file}." in own.lines


def test_a_file_that_is_no_release_at_all_is_not_called_a_copy_that_differs(store: Path, file: str) -> None:
    run("import", "release", file, "--apply", store=store)
    recipe = "Noodles for two, and nothing else.\n---\n"
    ran = run("show", "9-kit-1", "--source", "-", store=store, keys=recipe)
    assert ran.code == 0
    assert (
        "  standard input does not look like that release: it names no plenary and no area of co-operation, and has"
        " none of the release's known paragraphs. Name your copy of the release."
    ) in ran.lines
    assert "The copy differs" not in ran.out
    machine = run("show", "9-kit-1", "--source", "-", "--format", "json", store=store, keys=recipe).out
    assert json.loads(machine)["measures"][0]["quoted"]["of_a_plenary"] is False


@pytest.mark.parametrize(
    ("words", "said", "code"),
    [
        (["release", "none.txt"], "none.txt cannot be read (No such file or directory); name another file", 1),
        (["release", "{file}", "--apply", "-o", "p.csv"], "--apply records a proposal, -o and --fields only show", 2),
        (["release", "{file}", "--apply", "--plenary", "8"], "no plenary 8; `hkshcc plenary add 8", 3),
        (["release", "-", "--apply"], "standard input does not say which plenary it is of; give --plenary NUMBER", 2),
        (["release", "-", "--apply", "--plenary", "9"], "nothing to record: no measures or documents were found", 4),
        (["measures", "-", "--release", "-"], "'-' was given twice, and standard input can be read once", 2),
        (["measures", "-"], "standard input has no column 'area'; `hkshcc import release", 1),
    ],
)  # fmt: skip
def test_what_cannot_be_imported_is_refused_in_one_sentence(
    store: Path, file: str, words: Sequence[str], said: str, code: int
) -> None:
    before = store.read_bytes()
    ran = run("import", *(word.format(file=file) for word in words), store=store, keys="Nothing of the kind.")
    told = " ".join(ran.err.split()).rpartition("hkshcc: ")[2]  # a terminal wraps it
    assert (ran.code, ran.out) == (code, "")
    assert told.startswith(said)
    assert store.read_bytes() == before


def test_a_plenary_that_is_yet_to_come_and_one_that_differs(store: Path, file: str) -> None:
    run("plenary", "add", "10", "--date", "2027-01-01", store=store)
    ran = run("import", "release", file, "--plenary", "10", "--apply", store=store)
    assert ran.code == 4
    assert "hkshcc: the release seems to be of plenary 9, not 10\n" in ran.err
    assert "plenary 10 has not been held yet" in ran.err


def test_a_release_in_chinese_is_entered_with_chinese_titles(store: Path) -> None:
    ran = run("import", "release", "-", "--apply", store=store, keys=HANT)
    assert ran.code == 0
    shown = json.loads(run("list", "--format", "json", store=store).out)["measures"]
    assert shown[0]["title"] == {"en": None, "zh-Hant": "繼續推動兩地紙風箏交流", "zh-Hans": None}


# What a sheet may not be


def rows(*lines: str, head: str = HEAD) -> bytes:
    return "\n".join([head, *lines]).encode()


GOOD = "Kites,kites,KIT,1,,Fly kites,continuing,,,,9"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"k" * 2_000_001, "longer than 2 MB"),
        (rows(), "has a header but no rows"),
        (rows(GOOD, head=HEAD + ",title"), "has more than one column 'title'"),
        (rows(GOOD, head=HEAD.replace("title", "titel")), "has no column 'title'; 'titel' may be it"),
        (rows(GOOD, head=HEAD.replace("kind", "")), "has no column 'kind'"),
        (rows(GOOD + ",more"), "row 2 has more cells than the header"),
        (rows('Kites,"kites'), "not valid CSV in row 2"),
        (rows(*[GOOD] * 2001), "more than 2000 rows"),
        (rows("k" * 200_000), "not valid CSV in row 2"),
        (b"PK\x03\x04", "a ZIP archive or an Office file"),
    ],
)
def test_what_is_no_sheet_is_refused_in_a_sentence_that_names_the_file(data: bytes, said: str) -> None:
    with pytest.raises(HkshccError) as refused:
        read_sheet(data, "p.csv")
    assert str(refused.value).startswith("p.csv")
    assert said in str(refused.value)
    assert refused.value.exit_code == 1


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_a_sheet_is_read_with_any_separator_and_encoding(separator: str, encoding: str) -> None:
    text = rows(GOOD.replace("Fly kites", "繼續推動兩地合作")).decode().replace(",", separator)
    read = read_sheet(text.replace("\n", "\r\n").encode(encoding), "p.csv")
    [measure] = measures_of(read, register())
    assert (measure.area, measure.title) == ("kites", {"zh-Hant": "繼續推動兩地合作"})


def test_columns_of_one_s_own_are_told_and_empty_rows_passed_over() -> None:
    read = read_sheet(rows("", GOOD + ",mine", ",,,", head=HEAD + ",remark"), "p.csv")
    assert list(read.notes) == ["p.csv: the column 'remark' was ignored"]
    assert [row.row for row in read.rows] == [3]


def test_the_sign_that_keeps_a_formula_away_is_taken_off_again() -> None:
    read = read_sheet(rows(GOOD.replace("Fly kites", "'=1+1 kites")), "p.csv")
    assert measures_of(read, register())[0].title == {"en": "=1+1 kites"}
    read = read_sheet(rows(GOOD.replace("Fly kites", "'tis a kite")), "p.csv")
    assert measures_of(read, register())[0].title == {"en": "'tis a kite"}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Kites,kites,KIT,1,,,continuing", "no title"),
        (f"Kites,kites,KIT,1,,{'k' * 501},continuing", "column title: longer than 500"),
        ("Kites,kites,KIT,1,ab,Fly,continuing", "column part: 'ab' is not a single letter"),
        ("Kites,kites,KIT,0,,Fly,continuing", "column number: '0' is not a number"),
        ("Kites,kites,KIT,,,Fly,continuing", "column number: '' is not a number"),
        ("Kites,kites,KIT,1,,Fly,continuous", "column kind: 'continuous' is not a kind of measure; choose from: "),
        ("Kites,kites,KIT,1,,Fly,continuing,IKOO", "no body 'IKOO'; did you mean IKO?"),
        ("Kites,kites,KIT,1,,Fly,continuing,,sometime", "'sometime' is not a date"),
        ("Kites,kites,KIT,1,,Fly,continuing,,,,9,abc", "column sha256: not 64 hexadecimal digits"),
    ],
)  # fmt: skip
def test_a_cell_that_is_wrong_is_refused_with_its_row(row: str, said: str) -> None:
    body = {"code": "IKO", "side": "hk", "name": {"en": "Invented Kite Office"}}
    known = register(*numbered([draft("body", thing=body)]))
    read = read_sheet(rows(GOOD, row, head=HEAD + ",sha256"), "p.csv")
    with pytest.raises(RefusedError) as refused:
        measures_of(read, known)
    assert str(refused.value).startswith("p.csv, row 3: ")
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("lines", "given", "said"),
    [
        ([GOOD, GOOD[:-1] + "8"], None, "names several plenaries (8, 9)"),
        ([GOOD], 8, "names several plenaries (8, 9)"),
        ([GOOD[:-1]], None, "does not name its plenary; give --plenary NUMBER"),
        ([GOOD[:-1] + "IX"], None, "plenary 'IX' is not a number from 1 to 9999; give --plenary NUMBER"),
    ],
)
def test_a_sheet_is_of_one_plenary(lines: list[str], given: int | None, said: str) -> None:
    with pytest.raises(RefusedError) as refused:
        plenary_of(read_sheet(rows(*lines), "p.csv"), given)
    assert said in str(refused.value)
    assert plenary_of(read_sheet(rows(GOOD[:-1]), "p.csv"), 9) == 9


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["Kites,KITES,KIT,1,,Fly,continuing"], "'KITES' is not a valid slug of an area"),
        (["Kites,kites,K1,1,,Fly,continuing"], "'K1' is not a valid code of area kites"),
        (["Kites,kites,DOC,1,,Fly,continuing"], "'DOC' is not a valid code of area kites"),
        (["Kites,finance,KIT,1,,Fly,continuing"], "area finance has the code FIN, not KIT"),
        (["Kites,kites,FIN,1,,Fly,continuing"], "FIN is already the code of area finance"),
        ([",kites,KIT,1,,Fly,continuing"], "the new area kites needs a name"),
        (["Kites,kites,KIT,1,a,Fly,continuing"] * 2, "9-KIT-1a appears 2 times"),
        (["Kites,kites,KIT,1,,Fly,continuing", "Kites,kites,KIT,1,a,Fly,continuing"], "9-KIT-1 appears beside"),
        (["Kites,kites,KIT,1,,Fly,continuing,,2020-01-01"], "the target of 9-KIT-1 is before the plenary"),
    ],
)  # fmt: skip
def test_what_the_register_forbids_is_refused_and_nothing_entered(
    store: Path, tmp_path: Path, lines: list[str], said: str
) -> None:
    path = tmp_path / "p.csv"
    path.write_bytes(rows(*lines))
    before = store.read_bytes()
    ran = run("import", "measures", str(path), "--plenary", "9", "--apply", store=store)
    assert ran.code == 4
    assert said in sentence(ran)
    assert store.read_bytes() == before


def entered(store: Path, tmp_path: Path, *lines: str) -> Ran:
    path = tmp_path / "p.csv"
    path.write_bytes(rows(*lines))
    return run("import", "measures", str(path), "--apply", store=store)


def test_refs_that_were_given_are_not_given_again(store: Path, tmp_path: Path) -> None:
    assert entered(store, tmp_path, GOOD).code == 0
    for part in ("", "a"):
        ran = entered(store, tmp_path, GOOD.replace("1,,", f"1,{part},"))
        assert (ran.code, sentence(ran)) == (4, f"9-KIT-1{part} is already used in the register; nothing was recorded")
    assert entered(store, tmp_path, GOOD.replace("1,,", "2,a,"), GOOD.replace("1,,", "2,b,")).code == 0
    whole = entered(store, tmp_path, GOOD.replace("1,,", "2,,"))
    assert sentence(whole).startswith("9-KIT-2 is already used")
