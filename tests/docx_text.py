"""A Word file as text, for tests to read: a line for each paragraph and row, and what stands at the foot of pages."""

import io
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree as ET

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = "Heading"


def is_docx(data: bytes) -> bool:
    """Say whether these are the bytes of a Word file."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "word/document.xml" in archive.namelist()


def part(data: bytes, name: str) -> ET.Element:
    """Return a part of a Word file, read as XML."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return ET.fromstring(archive.read(name))  # noqa: S314  our own


def text_of(data: bytes) -> str:
    """Return a Word file's text: headings with their level, bars between cells, slashes between the lines of one."""
    body = part(data, "word/document.xml").find(f"{W}body")
    assert body is not None
    foot = [said(each) for each in part(data, "word/footer1.xml").iter(f"{W}p")]
    return "".join(f"{line}\n" for line in [*_lines(body), "---", *foot])


def _lines(body: ET.Element) -> Iterator[str]:
    for block in body:
        if block.tag == f"{W}tbl":
            for row in block.iter(f"{W}tr"):
                yield "| " + " | ".join(" / ".join(map(said, cell.iter(f"{W}p"))) for cell in row.iter(f"{W}tc")) + " |"
        elif block.tag == f"{W}p" and (line := said(block)):
            yield f"{_before(block)}{line}"


def _before(paragraph: ET.Element) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    name = style.attrib[f"{W}val"] if style is not None else ""
    return f"{'#' * int(name.removeprefix(_HEADING))} " if name.startswith(_HEADING) else ""


def said(paragraph: ET.Element) -> str:
    """Return a paragraph's text."""
    parts = {f"{W}noBreakHyphen": "-"}
    return "".join(parts.get(each.tag, each.text or "") for each in paragraph.iter() if each.tag in {*parts, f"{W}t"})
