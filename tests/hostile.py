"""Texts that try to act on whatever shows them, a register that is full of one, and what must not come out."""

import csv
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

import html5lib
import openpyxl

from hkshcc.register.model import Entry
from hkshcc.render.as_html import POLICY
from hkshcc.render.html_style import STYLE
from hkshcc.stores.tinydb_store import FileStore
from tests import docx_text
from tests.commands import MACHINE_FORMATS, pages
from tests.register.build import draft, numbered
from tests.running import Ran, Screen, run

REF, OTHER, BODY = "7-KIT-1", "7-KIT-2", "IKO"

# What belongs to a name as people write it, and comes out of every output as it went in.
ORDINARY = {
    "brackets": "Kites (paper) [draft] {two} <no tag",
    "a bracket that closes nothing": "a ] and a [ b",
    "HKSCS characters": "啲嘅咗 㗎 𨋢 𠺝 香港增補字符集",
    "CJK extension B and G": "𠮷野家 𪚥 \U00030000\U00031350",
    "private use, as old HKSCS fonts": "\ue000 \uf8ff",
    "an ideographic space": "滬港\u3000合作",
    "full-width punctuation": "「風箏」（紙）：第一階段；完成！",
    "an emoji": "🪁 kites 🀄",
    "flags and keycaps": "🇭🇰 1️⃣ ❤️",
    "a skin tone": "👍🏽",
    "half-width katakana": "ﾊﾝｺﾝ",
    "combining marks": "Z̸̢a̵l̶g̷o é",
    "Arabic and Hebrew": "مرحبا שלום",
    "a quotation": "“kites”, 'kites' and \"kites\"",
    "percent and braces": "100 % {0} %s {x!r}",
    "what means nothing": "null",
    "a dash": "–",
    "no spaces at all": "k" * 300,
}
HOSTILE = {
    "colour": "\x1b[31mred\x1b[0m",
    "a screen cleared": "\x1b[2J\x1b[H",
    "a title set": "\x1b]0;pwned\x07",
    "a link, OSC 8": "\x1b]8;;http://invented.example\x1b\\click\x1b]8;;\x1b\\",
    "the clipboard, OSC 52": "\x1b]52;c;aW52ZW50ZWQ=\x07",
    "a device asked": "\x1b[6n\x1b[c",
    "a device string": "\x1bP1$r0m\x1b\\",
    "C1 control sequence": "\x9b31mred",
    "C1 operating system command": "\x9d0;pwned\x9c",
    "C1 next line": "one\x85two",
    "escape at the end": "kite\x1b",
    "bell": "ding\x07",
    "backspaces": "safe\b\b\b\bevil",
    "carriage return": "safe\revil",
    "line feed": "one\ntwo",
    "carriage return and line feed": "one\r\ntwo",
    "tab": "one\ttwo",
    "vertical tab and form feed": "one\x0btwo\x0cthree",
    "NUL": "one\x00two",
    "delete": "one\x7ftwo",
    "shift out": "one\x0etwo\x0f",
    "line separator": "one\u2028two",
    "paragraph separator": "one\u2029two",
    "right-to-left override": "kites \u202egnp.exe",
    "left-to-right override": "\u202dkites\u202c",
    "embedding": "\u202bkites\u202c \u202akites\u202c",
    "isolates": "\u2066one\u2069 \u2067two\u2069 \u2068three\u2069",
    "marks of direction": "one\u200etwo\u200fthree\u061cfour",
    "an isolate left open": "\u2067 kites",
    "zero-width space": "ki\u200btes",
    "zero-width joiners": "ki\u200dt\u200ces",
    "word joiner and byte-order mark": "ki\u2060t\ufeffes",
    "soft hyphens": "ki\u00adtes",
    "tag characters": "kites\U000e0041\U000e007f",
    "interlinear annotation": "\ufff9kites\ufffanote\ufffb",
    "Mongolian vowel separator": "ki\u180etes",
    "emoji joined": "👨\u200d👩\u200d👧",
    "Rich markup": "[bold red]kites[/bold red]",
    "Rich markup that closes nothing": "[/] [/bold]",
    "Rich link": "[link=http://invented.example]click[/link]",
    "Rich action": "[@click=app.quit]x[/]",
    "Rich emoji code": ":warning: :kite:",
    "Rich markup escaped": "\\[bold]kites\\[/bold]",
    "script": "<script>alert(1)</script>",
    "an image's error": "<img src=x onerror=alert(1)>",
    "HTML comment": "<!-- kites --><b>&lt;&amp;",
    "Markdown link": "[kites](javascript:alert(1)) ![x](http://invented.example/x.png)",
    "Markdown table": "a | b\\| c | d",
    "Markdown emphasis and code": "*a* _b_ `c` ~~d~~ # e",
    "formula": "=1+1",
    "formula with a call": '=HYPERLINK("http://invented.example","click")',
    "formula by DDE": "=cmd|' /C calc'!A0",
    "plus": "+1+1",
    "minus": "-1+1|cmd",
    "at": "@SUM(1)",
    "full-width formula": "＝1＋1",
    "full-width plus, minus, at": "＋1 －1 ＠SUM",
    "formula after a space": " =1+1",
    "formula after an ideographic space": "\u3000=1+1",
    "formula after a tab": "\t=1+1",
    "formula after a line feed": "\n=1+1",
    "formula after a no-break space": "\u00a0=1+1",
    "quotation marks of CSV": 'a","b\n=1',
    "escapes of workbooks": "_x001B_[31m _x000A_",
    "a run of a workbook": "<r>&kites</r>",
    "calendar lines": "x\r\nATTENDEE:mailto:x@invented.example\r\nBEGIN:VEVENT",
    "calendar signs": "a;b,c\\n:d",
    "shell": "$(touch pwned) `touch pwned` ; rm -rf x",
    "JSON": '","x":{"y":[1]}}',
    "JSON escapes": "\\u001b[31m \\x1b",
    "4,096 characters": "風" * 2_500 + "x" * 1_596,
}  # fmt: skip
LONGEST = {"32,768 characters": "風" * 20_000 + "x" * 12_768}  # more than a cell of a workbook holds; the soak tries it
TEXTS = {**ORDINARY, **HOSTILE}

# Categories of characters that act, or hide in a text: control, format, surrogate, line and paragraph separators.
_ACTIVE = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_RENDITION = re.compile(r"\x1b\[[0-9;]*m")  # our own colour
# Our own link (OSC 8): to http or https, printable ASCII alone, around just the address that it leads to.
_LINK = re.compile(r"\x1b\]8;;((?i:https?)://[!-~]+)\x1b\\\1\x1b\]8;;\x1b\\")
_OF_A_PICTURE = {
    "viewBox", "width", "height", "x", "y", "rx", "fill", "font-family", "font-size", "font-weight", "text-decoration",
    "textLength", "lengthAdjust", "lang", "space", "role", "cx", "cy", "r", "d", "stroke", "stroke-width",
    "stroke-dasharray", "text-anchor",
}  # fmt: skip
_ELEMENTS = {"svg", "title", "desc", "rect", "text", "path", "circle"}
_OF_A_PAGE = {
    "html", "head", "meta", "title", "style", "body", "header", "nav", "main", "footer", "h1", "h2", "h3", "p", "span",
    "a", "strong", "s", "i", "bdi", "ul", "ol", "li", "dl", "dt", "dd", "div", "table", "thead", "tbody", "tr", "th",
    "td", "br", "figure",
    *(f"{{http://www.w3.org/2000/svg}}{name}" for name in (*_ELEMENTS, "g")),
}  # fmt: skip
_OF_HTML = {
    "lang", "charset", "name", "content", "http-equiv", "id", "class", "href", "rel", "role", "data-label",
    "aria-hidden", "aria-label", "aria-current", "hreflang", "dy", "{http://www.w3.org/XML/1998/namespace}lang",
    "{http://www.w3.org/2000/xmlns/}xmlns", *_OF_A_PICTURE,
}  # fmt: skip
_LIVE_CELL = re.compile("[ \u3000\u00a0]*[=+@\t\r\n\uff1d\uff0b\uff0d\uff20-]")


def active(text: str) -> set[str]:
    """The characters in a text that could act on whatever shows it."""
    return {character for character in set(text) if unicodedata.category(character) in _ACTIVE}


def bare(text: str) -> str:
    """Return what a terminal shows of a text: without our own colour and our own links. Nobody else's are taken out."""
    return _LINK.sub(r"\1", _RENDITION.sub("", text))


def entries(text: str) -> list[Entry]:
    """Return a register whose every free field says a text."""
    three = {"en": text, "zh-Hant": text, "zh-Hans": text}
    owners = [{"body": "IKO", "basis": "stated"}, {"body": "SH-Wind", "basis": "inferred"}]
    target = {"date": "2024-06-30", "precision": "day", "basis": "stated", "note": text}
    measure = {
        "plenary": 7, "area": "kites", "kind": "deliverable", "title": three, "summary": text, "owners": owners,
        "target": target, "timing": text, "organisations": [text],
    }  # fmt: skip
    copy = {"sha256": "0" * 64, "name": text, "bytes": 7}
    cited = {"title": text, "read_on": "2023-04-02", "archived": text}
    evidence: list[Any] = [{"kind": "press", "source": text, "locator": text, **cited}]
    copied: list[Any] = [{**evidence[0], "copy": copy}]
    day = {"on": "2023-03-01", "precision": "day"}
    drafts = [
        draft("plenary", thing={"number": 7, "date": "2023-03-01", "place": text, "co_chairs": [text], "name": three,
                                "source": text}),
        draft("area", thing={"slug": "kites", "code": "KIT", "name": three, "short": three, "note": text}),
        *(draft("body", thing={"code": code, "side": side, "name": three, "note": text})
          for code, side in (("IKO", "hk"), ("SH-Wind", "sh"))),
        *(draft("agreed", ref=ref, **day, thing={**measure, "ref": ref}) for ref in (REF, OTHER)),
        draft("instrument", thing={"ref": "7-DOC-1", "plenary": 7, "title": three, "signatories": [text],
                                   "related": [REF], "annex": text}),
        draft("round", on="2023-03-02", thing={"name": text, "opened": "2023-03-02", "due": "2026-12-31"}),
        draft("finding", ref=REF, on="2023-04-01", status="in-progress", remark=text, evidence=evidence),
        draft("return", ref=REF, on="2023-05-01", by="IKO", side="hk", status="completed", remark=text, reason=text,
              next=text, attention=text, without_evidence=text),
        draft("revision", ref=REF, on="2023-06-01", reason=text, target={**target, "date": "2025-06-30"}),
        draft("note", ref=REF, on="2023-07-01", remark=text),
        draft("note", ref=REF, on="2023-07-01", remark=text, evidence=copied),
        draft("note", ref=OTHER, on="2023-07-01", remark=text, id="withdrawn"),
        draft("retraction", recorded="2023-07-02", names=["withdrawn"], reason=text),
    ]  # fmt: skip
    return [entry._replace(recorder=text, recorded="2023-08-01T09:00:00+08:00") for entry in numbered(drafts)]


def write(path: Path, text: str) -> Path:
    """Create a store that is full of a text."""
    FileStore(str(path)).create(entries(text))
    return path


class Case(NamedTuple):
    """A command and how it goes out: on a pipe, on a terminal in colour, or as a format."""

    words: tuple[str, ...]
    out: str  # "pipe", "terminal" or a format


NAMES = {
    "refs": f"{REF} {OTHER}", "ref": REF, "documents": "7-DOC-1", "area": "kites", "void": "kites", "plenary": "7",
    "since": "2023-03-15", "then": "2023-06-15", "later": "2023-08-01",
}  # fmt: skip
READING = (
    *pages(NAMES), "list --fields ref,title,summary,attention,next", "list --search e", "--lang zh-Hant chase",
    "--lang zh-Hans list",
)  # fmt: skip
_TEXT = ("pipe", "terminal")


def reading() -> Iterator[Case]:
    """Yield every page in every format."""
    for words in READING:
        for out in (*_TEXT, *(MACHINE_FORMATS if words else ())):  # the screen that greets has no other
            yield Case(tuple(words.split()), out)


def shown(case: Case, store: Path) -> Ran:
    """Run a command as a case wants it."""
    if case.out == "terminal":
        return run("--color", "always", "--no-pager", *case.words, store=store, screen=Screen(80))
    form = () if case.out == "pipe" else ("--format", case.out)
    return run(*case.words, *form, store=store)


def live(case: Case, ran: Ran) -> list[str]:
    """What came out that acts, in words; nothing where all is inert."""
    found = [f"{character!r} on stderr" for character in active(_RENDITION.sub("", ran.err)) - {"\n"}]
    if "Traceback" in ran.err or "should not happen" in ran.err:
        found.append(ran.err)
    if case.out in _TEXT:
        out = bare(ran.out) if case.out == "terminal" else ran.out
        return found + [f"{character!r} on stdout" for character in active(out) - {"\n", "\t"}]
    return found + (LIVE[case.out](ran.raw) if ran.raw else [])


def live_in_json(data: bytes) -> list[str]:
    """What a text for programs holds that acts where it is shown."""
    json.loads(data)
    return [f"{character!r}" for character in active(data.decode()) - {"\n"}]


def live_in_table(data: bytes) -> list[str]:
    """What a CSV file holds that acts in a spreadsheet."""
    text = data.decode()
    found = [f"{character!r}" for character in active(text) - {"\ufeff", "\r", "\n"}]
    return found + [f"a cell {cell[:40]!r}" for cell in cells_of(text) if is_live_cell(cell)]


def live_in_markdown(data: bytes) -> list[str]:
    """What a page in Markdown holds that acts, or marks up what is not ours to mark."""
    text = data.decode()
    found = [f"{character!r}" for character in active(text) - {"\n"}]
    return found + [f"Markdown {part[0]!r}" for part in re.finditer(r"(?<!\\)[<>*`~\[].{0,20}", text)]


def live_in_svg(data: bytes) -> list[str]:
    """What a picture holds that acts or loads: an element or an attribute that is not ours, or an address."""
    text = data.decode()
    found = [f"{character!r}" for character in active(text) - {"\n"}]
    found += [f"markup {part!r}" for part in re.findall(r"<[!?].{0,20}", text)]
    for element in ET.fromstring(text).iter():  # noqa: S314  our own
        if element.tag.removeprefix("{http://www.w3.org/2000/svg}") not in _ELEMENTS:
            found.append(f"an element {element.tag}")
        for name, value in element.attrib.items():
            if name.rpartition("}")[2] not in _OF_A_PICTURE or re.search("[(:;&]", value):
                found.append(f"an attribute {name}={value!r}")
    return found


def live_in_html(data: bytes) -> list[str]:
    """What a page holds that acts or loads: an element, an attribute, an address or a style sheet that is not ours."""
    text = data.decode()
    found = [f"{character!r}" for character in active(text.replace(STYLE, "")) - {"\n"}]
    page = html_parsed(text)
    if page.find("head")[1].attrib != {"http-equiv": "Content-Security-Policy", "content": POLICY}:
        found.append("no policy, before all else")
    for element in page.iter():
        if element.tag not in _OF_A_PAGE:
            found.append(f"an element {element.tag}")
            continue
        found += [f"an attribute {name}={value!r}" for name, value in element.attrib.items() if name not in _OF_HTML]
        address = element.attrib.get("href")
        if address is not None and not re.fullmatch(
            r"#[A-Za-z0-9._-]+|(?:\.\./)*[A-Za-z0-9._/-]+|(?i:https?)://[!-~]+", address
        ):
            found.append(f"an address {address!r}")
        if element.tag == "style" and element.text != STYLE:
            found.append("a style sheet")
    return found


def html_parsed(text: str) -> Any:
    """Read a page as HTML. Raises html5lib's ParseError for whatever is not as the standard wants it."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)


def live_in_docx(data: bytes) -> list[str]:
    """What a Word file holds that acts or loads: an element that is not ours, a field, a link, an active character."""
    found: list[str] = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, content in parts.items():
        text = content.decode().removeprefix('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n')
        found += [f"{character!r} in {name}" for character in active(text)]
        found += [f"markup {markup!r} in {name}" for markup in re.findall(r"<[!?].{0,20}", text)]
    for name in ("word/document.xml", "word/footer1.xml"):
        for element in ET.fromstring(parts[name]).iter():  # noqa: S314  our own
            tag = element.tag.removeprefix(docx_text.W)
            if tag not in _OF_A_PAPER:
                found.append(f"an element {tag} in {name}")
            instruction = element.attrib.get(f"{docx_text.W}instr")
            if tag == "fldSimple" and (name != "word/footer1.xml" or instruction not in {"PAGE", "NUMPAGES"}):
                found.append(f"a field {instruction} in {name}")
    for relationship in ET.fromstring(parts["word/_rels/document.xml.rels"]):  # noqa: S314  as above
        outside, target = "TargetMode" in relationship.attrib, relationship.attrib["Target"]
        if outside and not re.fullmatch("https?://[!-~]+", target):
            found.append(f"a link to {target!r}")
    return found


_OF_A_PAPER = {
    "document", "body", "ftr", "p", "pPr", "pStyle", "keepNext", "shd", "spacing", "ind", "jc", "r", "rPr", "rFonts",
    "b", "bCs", "strike", "color", "u", "lang", "t", "noBreakHyphen", "hyperlink", "fldSimple", "tbl", "tblPr", "tblW",
    "tblInd",
    "tblBorders", "top", "left", "bottom", "right", "insideH", "insideV", "tblLayout", "tblCellMar", "tblLook",
    "tblGrid", "gridCol", "tr", "trPr", "cantSplit", "tblHeader", "tc", "tcPr", "tcW", "sectPr", "footerReference",
    "type", "pgSz", "pgMar",
}  # fmt: skip


def cells_of(text: str) -> list[str]:
    """The cells of a CSV file below its header."""
    before = csv.field_size_limit(1 << 22)  # the process's, so that every other test would have it too
    try:
        rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    finally:
        csv.field_size_limit(before)
    return [cell for row in rows[1:] for cell in row]


def is_live_cell(cell: str) -> bool:
    """Say whether a spreadsheet would take a cell for more than text."""
    return bool(active(cell)) or (not re.fullmatch(r"-?\d+", cell) and bool(_LIVE_CELL.match(cell)))


def live_in_workbook(data: bytes) -> list[str]:
    """What a workbook holds that acts."""
    found: list[str] = []
    for sheet in openpyxl.load_workbook(io.BytesIO(data)).worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            if cell.data_type not in {"s", "n", "d"}:
                found.append(f"{cell.coordinate} is {cell.data_type}")
            if cell.hyperlink and not re.fullmatch("https?://[!-~]+", cell.hyperlink.target or ""):
                found.append(f"{cell.coordinate} leads to {cell.hyperlink.target!r}")
            if active(str(cell.value)) - {"\n"}:
                found.append(f"{cell.coordinate}: {str(cell.value)[:40]!r}")
    return found


def live_in_calendar(data: bytes) -> list[str]:
    """What a calendar holds that acts: a line of its own that a text brought in."""
    from icalendar import Calendar  # noqa: PLC0415  of the extra, which the texts do without

    calendar: Any = Calendar.from_ical(data)
    names = {str(name) for event in calendar.walk("VEVENT") for name in event}
    wanted = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "TRANSP", "SUMMARY", "DESCRIPTION"}
    found = [f"a line {name}" for name in names - wanted]
    found += [f"{character!r}" for character in active(data.decode()) - {"\r", "\n"}]
    if len(calendar.walk("VEVENT")) != 3:
        found.append("another event")
    return found


LIVE: dict[str, Callable[[bytes], list[str]]] = {
    "json": live_in_json, "csv": live_in_table, "md": live_in_markdown, "svg": live_in_svg,
    "html": live_in_html, "docx": live_in_docx, "xlsx": live_in_workbook, "ics": live_in_calendar,
}  # fmt: skip
