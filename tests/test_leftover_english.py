"""In Chinese no English is left: over every page, help, answer and error, but for what has no Chinese.

What may stay is listed here: refs, codes, command lines, what is typed as a value, names of formats, links and paths,
and texts that the register holds in English alone.
"""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hkshcc import language
from hkshcc.cli import manual
from hkshcc.cli.pictures import PICTURES
from hkshcc.register.model import Entry
from hkshcc.register.vocabulary import EVIDENCE_KINDS, Kind, Status
from hkshcc.render import FORMATS
from hkshcc.reports.groups import GROUPS
from hkshcc.reports.listing import SORTS, Listing
from hkshcc.stores.seed import seed_entries
from hkshcc.text import width
from tests.commands import EXPORT_FORMATS, SHIPPED, every_command, pages
from tests.running import Screen, run
from tests.scripts import strange

CHINESE = ("zh-Hant", "zh-Hans")
ENTRIES = seed_entries()
THINGS = [entry.thing for entry in ENTRIES if entry.thing and entry.event in {"body", "area"}]
CODES = {thing[key] for thing in THINGS for key in ("code", "slug") if key in thing}
# Words that are typed as they stand, and shown so.
VALUES = {
    *Status, *Kind, *EVIDENCE_KINDS, *PICTURES, *SORTS, *GROUPS, *FORMATS, *EXPORT_FORMATS, *Listing.fields,
    "owners_hk", "owners_sh",
    *(word for words in every_command() for word in words), "hk", "sh",
    "both", "auto", "always", "never", "en", "zh-Hant", "zh-Hans", "theirs", "ours", "th-plenary", "last-round", "d",
    "m", "N", "txt", "markdown", "memory", "XYZ",
}  # fmt: skip
# Names that have no Chinese form.
NAMES = {
    "XlsxWriter",
    "openpyxl",
    "Excel",
    "Word",
    "CSV",
    "JSON",
    "Markdown",
    "HTML",
    "UTF-",
    "XML",
    "PDF",
    "SVG",
    "hkshcc",
    "HKSHCC_STORE",
    "HKSHCC_LANG",
    "NUL",
    "HKDA",
    "MB",
    "M",
    "ALMAC",
    "FILMART",
    "OpenSSH",
    "PEM",
}
PROPER_NAMES = ("HKDA Global Design Awards", '--title "A measure"', "ISO/TC 249")

# Every sort of mistake; what tests of the commands try one by one is not tried again.
MISTAKES = """
zzz | lst | search bond | mark fin-3c done | list --nosuch | list --status nosuch | list --status "nothing known"
list --area nosuch | list --area f | list --owner nosuch | list --kind nosuch | list --plenary 9 | list --plenary x
list --stale-after -1 | list --sort nosuch | list --fields nosuch | list --format nosuch | list --as-of 2099-01-01
list --as-of nosuch | list --as-of 13/14/2022 | list --as-of 11/9/26 | list --known-on "" | list -o | list -o ""
list -o r.pdf | list -o r.xlsx | list -o r.csv.nosuch | report --group nosuch | list --color nosuch | list --overdue=1
show | show nosuch | show FIN | show HKMA | show bond | show exchange | show 5-FIN-3 | show 6-FIN-1 | show 5-DOC-9
show 5-DOC-2 fin-1 | show fin-1 --source nosuch.txt | history nosuch | areas extra | bodies nosuch | plenary show 9
plenary show x | import | import nosuch | changes | changes --since nosuch
changes --since 2099-01-01
changes --since 2025 --until 2024 | changes --since 90d --until 30d --as-of 2026-01-01 | changes --since last-round
chase --owner nosuch | chase --round nosuch | chase --out x -o y.txt | chase --out x --format svg
update | update fin-1 | update nosuch --remark x | update fin-3c in-progress | update fin-1 --status nosuch
update fin-1 --status unknown | update fin-1 --status completed | update fin-1 --status modified --evidence x
update fin-1 --status not-pursued | update fin-1 --status not-pursued --reason x | update you-1e --status continuing
update fin-1 --by nosuch --remark x | update fin-1 --side nosuch --remark x | update fin-1 --remark x --on 2099-01-01
update fin-1 --remark x --on 1999-01-01 | update fin-1 --evidence x --evidence-kind nosuch | update fin-1 --source x
update cul-1b --status in-progress | done | done fin-1 | note fin-1 | note fin-1 "" | assign fin-1 | assign fin-1 nosuch
assign fin-1 HKMA --reason x | assign fin-1 CMAB | assign fin-1 CMAB --instead-of CMAB --reason x
retarget fin-1 2027 | retarget fin-1 nosuch --reason x | retarget fin-1 2020 --reason x
retarget cul-1b 2027 --reason x
add | add --area finance --title x | add --area nosuch --title x | add --area finance --title x --plenary 9
undo | undo 999 | undo nosuch | undo 100 | undo 100 --reason x | undo fin-1 | amend | amend 183 --remark x
form | form --owner nosuch -o x.xlsx | form --owner FSTB -o x.txt | form --owner FSTB,SFC -o x.xlsx
merge | merge nosuch.xlsx | merge nosuch.xlsx --take x | merge nosuch.xlsx --take theirs 5-FIN-1 --take ours 5-FIN-1
export | export -o x.nosuch | export -o x.ics --fields ref | import release nosuch.txt | import measures nosuch.csv
import register nosuch.json | round open | round open x --due nosuch | round open 2026 --due 2026-12-31 | round close x
bodies add | bodies add FSTB --side hk --name x | bodies add a/b --side hk --name x
bodies add X1 --side nosuch --name x
plenary add 5 --date 2026-11-01 | plenary add 7 --date 2099 | init --empty --refresh | init --refresh
bodies key | bodies key add | bodies key add FSTB nosuch.pub | bodies key revoke x | bodies key revoke nosuch
update fin-1 --remark x --sign x | update fin-1 --by FSTB --remark x --sign x | report --sign x
check --signed nosuch.txt | check --signature x | check --fingerprint nosuch
check --fingerprint 10:0000000000000000 | --store "" list | --store memory: note fin-1 x
"""
# Changes, one after the other on one store.
CHANGES = """
init | update law-2b --status in-progress --by DoJ --on 15/10 --remark 已會面 --next 再會面 --attention 無
amend --remark 已會面兩次 | amend --status completed --evidence 證書1 | undo | history law-2b
done mkt-2b --by CEDB --evidence 證書1 | done fin-3c law-1a --evidence 證書1 --dry-run
done fin-3c law-1a --evidence 證書1 | update fin-1 --by SH-Finance --side hk --remark 一
update fin-1 --by CMAB --remark 一 --on 2022-01-01 | note fin-1 一 | retarget cul-3b "Q2 2027" --reason 一
assign edu-1a CMAB --reason 一 | assign edu-1a LCSD --instead-of CMAB --reason 一 | plenary add 7 --date 2026-11-20
add --plenary 7 --area finance --title 一 --target 2027 | bodies add XYZ --side hk --name 一
round open 2026H2 --due 2026-12-31 | round list | chase --owner DoJ | round close 2026H2
undo law-1a | undo 100 --reason 一 --yes
changes --since 2026-11-01 --by-recorded | show law-2b fin-3c mkt-2b cul-3b edu-1a | list --silent --overdue | report
init --refresh | check | history
"""


def lines_of(text: str) -> list[str]:
    return [words.strip() for line in text.strip().splitlines() for words in line.split(" | ")]


def texts(value: Any) -> Iterator[str]:
    """Every text within a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts(inner)


def recorded(entry: Entry) -> Iterator[str]:
    translated = {"place", "co_chairs", "signatories", "annex"}
    thing = {key: value for key, value in (entry.thing or {}).items() if key not in translated}
    yield from texts([entry.evidence, entry.recorder, thing])


SOURCES = {evidence["source"] for entry in ENTRIES for evidence in entry.evidence or ()}
# Longest first, that none is cut by one within it.
HELD = sorted({text for entry in ENTRIES for text in recorded(entry)}, key=len, reverse=True)
IN_ENGLISH = [text for text in HELD if (" " in text or text in SOURCES) and not re.search("[\u4e00-\u9fff]", text)]
ALLOWED = [
    r"https?://\S+",
    r"(?<![\w/])~?/\S*",  # paths
    r"`[^`]*`",  # command lines
    r"pip install 'hkshcc\[office\]'",
    r"^  (?:hkshcc|git|echo) .*$",  # examples in the help
    r"(?<!\S)hkshcc (?:[a-z-]+ ?|--?\S+ ?|\d\S* ?|[A-Z][\w-]* ?)*",
    r"(?<![\w-])--?[a-zA-Z][\w-]*",  # options
    r"(?<![\w-])(?:HK|SH|BASE|OURS|THEIRS|git)(?![\w-])|%[OAB]\b",  # names of registers, of git's files
    r"\b\d{1,2}-[A-Z]{3}-\w+\b|\b[a-z]{3}-\d\w?\b",  # refs
    r"[「“][^」”]*[」”]",  # what was typed
    r"(?:[0-9a-f]{4} ){3}[0-9a-f]{4}|\b[0-9a-f]{16,64}\b",  # fingerprints
    r"\b20\d\d(?:H\d|-?Q\d)\b|\b[QH]\d 20\d\d|\b\d+[dm]\b|\b\d\d?th-plenary\b",
    r"\b[\w./-]+\.(?:xlsx|csv|txt|html|json|docx|pdf|ics|nosuch|bak|md|svg|markdown|pub)\b|(?<!\w)\.(?:sig|p7s)\b",
]


def english(text: str) -> list[str]:
    """The English words of a text that have no reason to stand in it."""
    for held in IN_ENGLISH:
        text = text.replace(held, " ").replace(held[:1].upper() + held[1:], " ")
    for phrase in PROPER_NAMES:
        text = text.replace(phrase, " ")
    for pattern in ALLOWED:
        text = re.sub(pattern, " ", text, flags=re.MULTILINE | re.ASCII)
    words = re.findall(r"[A-Za-z][A-Za-z_-]*", text)
    return [word for word in words if word not in VALUES | NAMES | CODES]


def of_the_other_script(text: str, lang: str) -> str:
    """Characters that only the other script has, but for what was typed, which stands between quotation marks."""
    return strange(re.sub(r"[「“][^」”]*[」”]", "", text), lang)


def test_english_is_found_where_there_is_some() -> None:
    assert english("見 list --area, Overdue 5-FIN-1 FSTB `hkshcc list x` https://example.org/a in-progress 「x」") == [
        "Overdue"
    ]
    assert english("請用 hkshcc undo 255 --reason 理由 then") == ["then"]


# A page as people see it; on a pipe a listing is rows for programs.
PAGES = [f"{page} --format table" if page else "" for page in pages(SHIPPED)]
HELP = [" ".join([*name, "--help"]) for name in ([], *every_command())]


@pytest.mark.parametrize("lang", CHINESE)
@pytest.mark.parametrize("words", [*PAGES, *HELP])
def test_a_page_and_a_help_have_no_english(words: str, lang: str) -> None:
    ran = run("--lang", lang, *words.split())
    assert ran.code == 0
    assert english(ran.out + ran.err) == []
    assert of_the_other_script(ran.out + ran.err, lang) == ""


@pytest.mark.parametrize("lang", CHINESE)
@pytest.mark.parametrize("words", [*PAGES, *HELP])
def test_a_page_in_chinese_fits_80_columns(words: str, lang: str) -> None:
    ran = run("--lang", lang, *words.split(), screen=Screen(80), env={"NO_COLOR": "1"})
    wide = [line for line in ran.lines if width(line) > 80]
    assert [line for line in wide if "http" not in line] == []


@pytest.mark.parametrize("lang", CHINESE)
@pytest.mark.parametrize("words", lines_of(MISTAKES))
def test_a_mistake_is_answered_without_english(
    words: str, lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("--lang", lang, *shlex.split(words), store=None if "--store" in words else tmp_path / "register.json")
    assert ran.code not in {0, 130}, ran.out
    said = ran.err.replace(str(tmp_path), "")
    assert english(said) == []
    assert of_the_other_script(said, lang) == ""


# What is said beside data for programs is for a person: an error, what was written, a count.
BESIDE = """
list --format csv | list --format json -o e.json | list -o e.csv | export -o e.csv | export -o e.json
export -o nosuch/e.csv | export -o . --format csv | list --format json --area nosuch | report -o e.csv --group nosuch
list --format csv --fields nosuch | check --format json --fingerprint 10:0000000000000000 | changes --format json
update fin-1 --status completed --format json | update law-2b --status completed --evidence x --by CMAB --format json
--store . list --format csv | import register . --format json | import release release.txt -o proposal.csv
"""


@pytest.mark.parametrize("lang", CHINESE)
@pytest.mark.parametrize("words", lines_of(BESIDE))
def test_what_is_said_beside_data_for_programs_has_no_english(
    words: str, lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "release.txt").write_text("Something agreed\n", encoding="utf-8")
    ran = run("--lang", lang, *shlex.split(words), store=None if "--store" in words else tmp_path / "register.json")
    said = ran.err.replace(str(tmp_path), "")
    assert said or not ran.code
    assert english(said) == []
    assert of_the_other_script(said, lang) == ""


@pytest.mark.parametrize("lang", CHINESE)
def test_a_man_page_has_no_english(lang: str) -> None:
    with language.using(lang):
        page = manual.page().replace("\\-", "-").replace("\\e", "\\")
    head, rest = page.removeprefix(".TH HKSHCC").replace(".br\n", "  ").split("\n", 1)
    shown = re.sub(r"^\.[A-Z]+ ?", "", rest, flags=re.MULTILINE)
    assert english(head) == []
    assert english(shown) == []
    assert of_the_other_script(shown, lang) == ""


@pytest.mark.parametrize("lang", CHINESE)
def test_changes_are_answered_without_english(lang: str, tmp_path: Path) -> None:
    found = {}
    for words in lines_of(CHANGES):
        typed = shlex.split(
            words
            if lang == "zh-Hant"
            else words.replace("會", "会").replace("證書", "证书").replace("無", "无").replace("兩", "两")
        )
        ran = run("--lang", lang, *typed, store=tmp_path / "register.json", env={"HKSHCC_USER": "一"})
        assert ran.code == 0, (words, ran.err)
        said = (ran.out + ran.err).replace(str(tmp_path), "")
        if left := [*english(said), *of_the_other_script(said, lang)]:
            found[words] = left
    assert found == {}


@pytest.mark.needs_office
@pytest.mark.parametrize("lang", CHINESE)
def test_forms_and_notes_and_a_calendar_have_no_english(lang: str, tmp_path: Path) -> None:
    from openpyxl import load_workbook  # noqa: PLC0415  of the extra that is not always there

    store = tmp_path / "register.json"
    for words in ("init", "round open 2026H2 --due 2026-12-31", f"form --out {shlex.quote(str(tmp_path / 'forms'))}",
                  f"chase --out {shlex.quote(str(tmp_path / 'notes'))}", "export -o calendar.ics"):  # fmt: skip
        output = [word.replace("calendar.ics", str(tmp_path / "calendar.ics")) for word in shlex.split(words)]
        ran = run("--lang", lang, *output, store=store, env={"HKSHCC_USER": "一"})
        assert ran.code == 0, ran.err
    calendar = (tmp_path / "calendar.ics").read_text(encoding="utf-8").replace("\r\n ", "")
    said = {"calendar": "\n".join(re.findall(r"^(?:SUMMARY|DESCRIPTION|NAME)[^:]*:(.*)", calendar, re.MULTILINE))}
    assert said["calendar"]
    for note in (tmp_path / "notes").iterdir():
        said[note.name] = note.read_text(encoding="utf-8")
    for form in (tmp_path / "forms").iterdir():
        sheets = [sheet for sheet in load_workbook(form) if sheet.sheet_state == "visible"]
        said[form.name] = "\n".join(str(cell.value) for sheet in sheets for row in sheet for cell in row if cell.value)
    left = {name: [*english(text), *of_the_other_script(text, lang)] for name, text in said.items()}
    assert {name: words for name, words in left.items() if words} == {}
