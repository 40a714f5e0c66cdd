"""A bureau that fills in a form, with another program than the one that drew it, and with the habits people have."""

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl

from hkshcc.exchange.forms.layout import COLUMNS
from tests.running import Ran, run

BODY = "IKO"
REF = "7-KIT-1a"  # a deliverable in progress on both sides
CONTINUING = "7-KIT-1b"
CLOSED = "7-KIT-2"
LINK = "https://invented.example/kites"


def issue(store: Path, body: str = BODY, lang: str = "en", *more: str) -> Path:
    """Draw a body's form beside the store."""
    path = store.parent / f"{body}.xlsx"
    path.unlink(missing_ok=True)
    ran = run("form", "--owner", body, "-o", str(path), "--lang", lang, *more, store=store)
    assert ran.code == 0, ran.err
    assert ran.out == ""
    return path


def fill(form: Path, answers: Mapping[str, Mapping[str, Any]], name: str = "") -> Path:
    """Fill in cells by ref and column, and save the form under a name."""
    book = openpyxl.load_workbook(form)
    sheet = book.worksheets[1]
    rows = {sheet.cell(row, 1).value: row for row in range(2, sheet.max_row + 1)}
    for ref, cells in answers.items():
        for key, value in cells.items():
            sheet.cell(rows[ref], COLUMNS.index(key) + 1).value = value
    return _saved(book, form, name)


def change(form: Path, alter: Callable[[Any], object], name: str = "") -> Path:
    """Let somebody do something to the workbook, and save it under a name."""
    book = openpyxl.load_workbook(form)
    alter(book)
    return _saved(book, form, name)


def _saved(book: Any, form: Path, name: str) -> Path:
    path = form.parent / (name or f"{form.stem}-back.xlsx")
    book.save(path)
    return path


def repacked(form: Path, parts: Mapping[str, Callable[[bytes], bytes] | bytes], name: str = "repacked.xlsx") -> Path:
    """Change parts of the file, or add some, as no program would."""
    path = form.parent / name
    with zipfile.ZipFile(form) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            change_to = parts.get(info.filename)
            data = old.read(info)
            new.writestr(info.filename, change_to(data) if callable(change_to) else change_to or data)
        for added in parts.keys() - set(old.namelist()):
            content = parts[added]
            assert isinstance(content, bytes)
            new.writestr(added, content)
    return path


def merge(store: Path, *argv: str | Path, **more: Any) -> Ran:
    return run("merge", *map(str, argv), store=store, **more)


def packed(**parts: bytes) -> bytes:
    """Return a ZIP file of parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()
