"""Word files: valid to the letter, readable aloud, printed as a paper is, and always the same bytes."""

import io
import re
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from hkshcc.render import RenderOptions, render
from hkshcc.reports.page import Bar, Block, Column, Lines, Part, Row, Span, Table, Text
from tests import hostile
from tests.commands import SHIPPED, pages
from tests.docx_text import W, part, text_of
from tests.hostile import TEXTS
from tests.render.board import Board
from tests.running import run

# The children of an element in the order of ECMA-376, transitional: of another order Word says that it is damaged.
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs"
    " suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd"
    " snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment"
    " textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid"
    " vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em"
    " lang eastAsianLayout specVanish oMath",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing"
    " tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tblBorders": "top left start bottom right end insideH insideV",
    "tblCellMar": "top left start bottom right end",
    "tbl": "tblPr tblGrid tr",
    "tr": "tblPrEx trPr tc",
    "tc": "tcPr p",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType"
    " pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid",
    "r": "rPr t noBreakHyphen",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked"
    " pPr rPr tblPr",
    "settings": "zoom defaultTabStop characterSpacingControl compat themeFontLang",
    "styles": "docDefaults style",
    "docDefaults": "rPrDefault pPrDefault",
}
_REPEATED = {"tr", "tc", "p", "t", "noBreakHyphen", "style"}
COMMANDS = pages(machine=True)


def drawn(*blocks: Block, lang: str = "en") -> bytes:
    return render(Board(*blocks), RenderOptions("docx", lang=lang)).data


def document(data: bytes) -> ET.Element:
    return part(data, "word/document.xml")


def found(element: ET.Element, name: str) -> Iterator[ET.Element]:
    return element.iter(W + name)


def value(element: ET.Element | None, name: str = "val") -> str:
    return "" if element is None else element.attrib.get(W + name, "")


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return run("report", "--format", "docx", store=tmp_path_factory.mktemp("paper") / "none.json").raw


@pytest.mark.parametrize("lang", ["en", "zh-Hant", "zh-Hans"])
@pytest.mark.parametrize("command", COMMANDS)
def test_every_element_has_its_children_in_the_order_of_the_schema(store: Path, command: str, lang: str) -> None:
    data = run("--lang", lang, *command.split(), "--format", "docx", store=store).raw
    for name in ("word/document.xml", "word/footer1.xml", "word/styles.xml", "word/settings.xml"):
        for element in part(data, name).iter():
            order = ORDER.get(element.tag.removeprefix(W), "").split()
            children = [child.tag.removeprefix(W) for child in element]
            if not order:
                continue
            assert [child for child in children if child not in order] == []
            places = [order.index(child) for child in children]
            repeated = {order.index(child) for child in children if child in _REPEATED}
            together = element.tag == f"{W}r"  # whose texts and hyphens take turns
            assert together or all(one < other or one == other in repeated for one, other in pairwise(places)), children


def test_every_part_is_named_and_every_relationship_leads_to_one(paper: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(paper)) as archive:
        names = archive.namelist()
        assert archive.testzip() is None
    assert names[0] == "[Content_Types].xml"
    told = part(paper, "[Content_Types].xml")
    kinds = {each.attrib["PartName"][1:] for each in told if "PartName" in each.attrib}
    assert kinds == {name for name in names if name.endswith(".xml") and name != "[Content_Types].xml"}
    for base, rels in (("", "_rels/.rels"), ("word/", "word/_rels/document.xml.rels")):
        inner = [each.attrib["Target"] for each in part(paper, rels) if "TargetMode" not in each.attrib]
        assert {base + target for target in inner} <= set(names)


def test_each_cell_ends_in_a_paragraph_and_each_row_has_a_cell_for_each_column(paper: bytes) -> None:
    for table in found(document(paper), "tbl"):
        columns = len([*found(table, "gridCol")])
        for row in found(table, "tr"):
            cells = [*found(row, "tc")]
            assert len(cells) == columns
            assert all(cell[-1].tag == f"{W}p" for cell in cells)


def test_a_header_is_repeated_and_no_row_of_a_paper_is_parted(paper: bytes) -> None:
    tables = [*found(document(paper), "tbl")]
    named = [table for table in tables if any(True for _ in found(table, "tblHeader"))]
    assert len(named) >= 15  # the counts, an area each, the annex
    for table in named:
        rows = [*found(table, "tr")]
        assert [any(True for _ in found(row, "tblHeader")) for row in rows] == [True] + [False] * (len(rows) - 1)
    assert all(any(True for _ in found(row, "cantSplit")) for table in tables for row in found(table, "tr"))


def test_only_a_row_that_may_not_fit_on_a_page_may_be_parted() -> None:
    columns = [Column("A", overflow="wrap"), Column("B", overflow="wrap")]
    data = drawn(Table(columns, [Row(["short", "x"]), Row(["long " * 1500, "x"])], header=True))
    _head, short, long = found(document(data), "tr")
    assert [any(True for _ in found(row, "cantSplit")) for row in (short, long)] == [True, False]


@pytest.mark.parametrize(
    ("lang", "font", "language"),
    [
        ("en", "Microsoft JhengHei", "zh-HK"),
        ("zh-Hant", "Microsoft JhengHei", "zh-HK"),
        ("zh-Hans", "Microsoft YaHei", "zh-CN"),
    ],
)
def test_every_run_says_its_chinese_font_and_its_language(tmp_path: Path, lang: str, font: str, language: str) -> None:
    data = run("--lang", lang, "report", "--format", "docx", store=tmp_path / "none.json").raw
    for name in ("word/document.xml", "word/footer1.xml"):
        runs = [*found(part(data, name), "r")]
        assert runs
        for each in runs:
            assert value(each.find(f"{W}rPr/{W}rFonts"), "eastAsia") == font
            assert value(each.find(f"{W}rPr/{W}lang"), "eastAsia") == language


def test_a_text_in_another_language_says_so() -> None:
    data = drawn(Text([Span("滬港", lang="zh-Hant")]), lang="zh-Hans")
    [each] = found(document(data), "r")
    assert value(each.find(f"{W}rPr/{W}rFonts"), "eastAsia") == "Microsoft JhengHei"
    assert value(each.find(f"{W}rPr/{W}lang"), "eastAsia") == "zh-HK"


def test_headings_make_an_outline(paper: bytes) -> None:
    levels = {
        value(each, "styleId"): value(each.find(f"{W}pPr/{W}outlineLvl")) for each in part(paper, "word/styles.xml")
    }
    assert [levels[f"Heading{level}"] for level in (1, 2, 3)] == ["0", "1", "2"]
    lines = [line for line in text_of(paper).splitlines() if line.startswith("#")]
    assert lines[:3] == ["# Hong Kong/Shanghai Co-operation Conference", "## Purpose", "## Where the measures stand"]
    assert sum(line.startswith("### ") for line in lines) == 13
    assert all(len(after.partition(" ")[0]) <= len(before.partition(" ")[0]) + 1 for before, after in pairwise(lines))


def test_a_page_lies_across_where_its_tables_are_wide_and_nowhere_else(paper: bytes) -> None:
    sections = [value(each.find(f"{W}pgSz"), "orient") for each in found(document(paper), "sectPr")]
    assert sections == ["", "landscape", ""]


@pytest.mark.parametrize("command", COMMANDS)
def test_no_table_is_wider_than_its_page(store: Path, command: str) -> None:
    body = document(run(*command.split(), "--format", "docx", store=store).raw)[0]
    tables: list[int] = []
    for block in body:
        if block.tag == f"{W}tbl":
            tables.append(sum(int(value(each, "w")) for each in found(block, "gridCol")))
        for section in found(block, "sectPr"):
            size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
            room = int(value(size, "w")) - int(value(margins, "left")) - int(value(margins, "right"))
            assert max(tables, default=0) <= room
            tables = []


def test_the_foot_of_each_page_says_as_of_when_and_based_on_what(paper: bytes) -> None:
    foot = text_of(paper).partition("---\n")[2].splitlines()
    assert foot[0] == "As of 23 November 2026"
    assert re.fullmatch(r"Based on entries 1-\d+, fingerprint [0-9a-f ]{19}", foot[1])
    assert foot[-1] == "Page 1 of 1"  # which Word counts
    references = [*found(document(paper), "footerReference")]
    assert len(references) == len([*found(document(paper), "sectPr")])


def test_a_status_in_a_cell_of_its_own_shades_it_and_a_bar_is_numbers_on_tints() -> None:
    rows = [Row([Span("3", "completed", block=True), Bar([Part("#", "completed", 3, "completed")])])]
    data = drawn(Table([Column("A"), Column("B", overflow="wrap")], rows, header=True))
    _head, row = found(document(data), "tr")
    number, bar = found(row, "tc")
    assert value(number.find(f"{W}tcPr/{W}shd"), "fill") == "C9E8CD"
    assert [value(each, "fill") for each in found(bar, "shd")] == ["C9E8CD"]
    assert text_of(data).splitlines()[1] == "| 3 |  3  completed |"


def test_lines_of_a_cell_are_paragraphs_and_a_ref_stays_on_one_line() -> None:
    cell = Lines([["one"], [], [Span("5-FIN-3c", "ref"), " of 2021-09-24"]])
    data = drawn(Table([Column("A", overflow="wrap")], [Row([cell])], header=True))
    assert text_of(data).splitlines()[1] == "| one / 5-FIN-3c of 2021-09-24 |"
    assert len([*found(document(data), "noBreakHyphen")]) == 2


def test_a_link_leads_to_the_web_and_nothing_else_is_one() -> None:
    links = ["https://invented.example/a?b=1&c='x'", "javascript:alert(1)", "file:///etc/passwd", "#5-FIN-3c",
             "https://[x", "http://invented.example/\u202e"]  # fmt: skip
    data = drawn(*(Text([Span(f"link {n}", link=link)]) for n, link in enumerate(links)))
    outside = [each.attrib for each in part(data, "word/_rels/document.xml.rels") if "TargetMode" in each.attrib]
    assert [each["Target"] for each in outside] == links[:1]
    assert [text for each in found(document(data), "hyperlink") for text in each.itertext()] == ["link 0"]


def test_a_place_that_is_linked_twice_is_one_relationship() -> None:
    data = drawn(*(Text([Span(said, link="https://invented.example/")]) for said in ("one", "two")))
    assert len([each for each in part(data, "word/_rels/document.xml.rels") if "TargetMode" in each.attrib]) == 1


def test_nobody_and_no_moment_is_told_but_the_day_that_was_asked_for(tmp_path: Path) -> None:
    data = run("report", "--format", "docx", "--as-of", "2024-01-31", store=tmp_path / "none.json").raw
    core = {each.tag.rpartition("}")[2]: each.text for each in part(data, "docProps/core.xml")}
    assert core["title"] == "Hong Kong/Shanghai Co-operation Conference"
    assert (core["creator"], core["lastModifiedBy"]) == ("hkshcc", "hkshcc")
    assert (core["created"], core["modified"]) == ("2024-01-31T00:00:00Z", "2024-01-31T00:00:00Z")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("command", ["report", "show 7-KIT-1a", "changes --since 2024-05-31"])
def test_the_same_entries_and_day_give_the_same_bytes(store: Path, command: str) -> None:
    first, second = (run(*command.split(), "--format", "docx", store=store).raw for _ in range(2))
    assert first == second


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_nothing_live_comes_out_of_any_text_into_a_paper(tmp_path: Path, text: str) -> None:
    full = hostile.write(tmp_path / "full.json", text)
    for words in ("report", f"show {hostile.REF}"):
        assert hostile.live_in_docx(run(*words.split(), "--format", "docx", store=full).raw) == []


def test_what_no_xml_may_hold_is_shown_as_an_escape() -> None:
    assert text_of(drawn(Text(["a\ufffeb\x00c\ud800d"]))).startswith("a\\ufffeb\\x00c\\ud800d\n")


@pytest.mark.needs_office
def test_another_program_opens_it_and_reads_the_same(paper: bytes) -> None:
    import docx  # noqa: PLC0415  python-docx rests on lxml

    opened = docx.Document(io.BytesIO(paper))
    assert next(each.style.name for each in opened.paragraphs if each.style) == "Heading 1"
    assert (opened.core_properties.author, opened.core_properties.language) == ("hkshcc", "en")
    headers = [[cell.text for cell in table.rows[0].cells] for table in opened.tables]
    area = ["Ref", "What was agreed", "Progress since the last meeting", "Next step, by", "Hong Kong", "Shanghai"]
    assert headers.count(area) == 13
    assert [section.orientation for section in opened.sections] == [0, 1, 0]


def test_the_paper_is_what_report_writes_to_word_and_in_any_other_format_if_wanted(store: Path) -> None:
    assert (
        run("report", "--format", "docx", store=store).raw
        == run("report", "--paper", "--format", "docx", store=store).raw
    )
    assert "## Annex: not heard from" in run("report", "--paper", "--format", "md", store=store).out
    grouped = run("report", "--group", "owner", "--format", "docx", store=store).out
    assert "Annex" not in grouped
    assert "IKO" in grouped


def test_a_completed_measure_has_no_next_step_and_nothing_late_in_the_paper() -> None:
    told = run("report", "--paper", "--format", "md", store="none.json").out
    [row] = [line for line in told.splitlines() if line.startswith("|") and "5-MKT-1c" in line and "ompleted" in line]
    assert "due 10 Nov 2021" not in row


@pytest.mark.parametrize("words", ["--group owner", "--by side"])
def test_a_paper_is_by_area(store: Path, words: str) -> None:
    assert run("report", "--paper", *words.split(), store=store).code == 2


SHIPPED_PAPER = ("report", "--paper", "--format", "md")


def test_a_paper_tells_what_was_recorded_since_the_last_meeting_or_since_the_day_asked_for(tmp_path: Path) -> None:
    none = tmp_path / "none.json"
    told = run(*SHIPPED_PAPER, SHIPPED["area"], store=none).out
    assert "since the 6th plenary (26 Apr 2024)" in told
    assert "15 May 2023" not in told
    assert "Northbound Swap Connect opened" in run(*SHIPPED_PAPER, "--since", "2023-01-01", store=none).out
    assert "| Progress since 1 Jan 2023 |" in run(*SHIPPED_PAPER, "--since", "2023-01-01", store=none).out
    before = run(*SHIPPED_PAPER, "--as-of", "2024-01-31", store=none).out
    assert "since the 5th plenary (30 Aug 2021)" in before


def test_the_annex_names_who_was_not_heard_from_about_the_measures_of_the_paper(tmp_path: Path) -> None:
    store = tmp_path / "register.json"
    run("update", "fin-3c", "--by", "FSTB", "--status", "in-progress", "--remark", "Invented", store=store)
    annex = run(*SHIPPED_PAPER, "finance", store=store).out.partition("## Annex")[2]
    assert "| FSTB  Financial Services and the Treasury Bureau | Hong Kong | 5 | 5-FIN-1 5-FIN-2a " in annex
    assert "5-LAW" not in annex
