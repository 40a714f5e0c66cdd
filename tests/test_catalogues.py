"""The catalogues of the Chinese languages: complete, of the code as it is, and compiled.

``HKSHCC_REWRITE_LOCALE=1 pytest tests/test_catalogues.py`` brings them up to the code: new messages come in empty,
those that the code no longer has go out, and what is loaded is compiled from the rest.
"""

import ast
import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from hkshcc.language import LANGUAGES, RECORDED
from hkshcc.stores.seed import seed_entries
from tests.scripts import strange

PACKAGE = Path(__file__).parent.parent / "hkshcc"
REWRITE = bool(os.environ.get("HKSHCC_REWRITE_LOCALE"))
_HEADS = (
    b"Project-Id-Version", b"Report-Msgid-Bugs-To", b"POT-Creation-Date", b"PO-Revision-Date", b"Last-Translator",
    b"Language-Team", b"Generated-By",
)  # fmt: skip
DAY = datetime(2026, 11, 25, tzinfo=UTC)  # of what is compiled: any day, and always the same
CHINESE = tuple(lang for lang in LANGUAGES if lang != "en")
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
HEADER = "# The messages of hkshcc in {name}. Brought up to the code by HKSHCC_REWRITE_LOCALE=1 pytest {test}."


@cache
def template() -> Catalog:
    found = Catalog()
    for file, _line, message, comments, context in extract_from_dir(PACKAGE, [("**.py", "python")], keywords=KEYWORDS):
        assert context is None, (file, message)
        found.add(message, auto_comments=comments)
    # What ships was recorded in English, and is shown in translation.
    for entry in seed_entries():
        for said in (entry.remark, entry.reason):
            if said:
                found.add(said, context=RECORDED)
    return found


def folder(lang: str) -> Path:
    return PACKAGE / "locale" / lang.replace("-", "_") / "LC_MESSAGES"


@cache
def catalogue(lang: str) -> Catalog:
    kept = folder(lang) / "hkshcc.po"
    tag = lang.replace("-", "_")
    read = read_po(BytesIO(kept.read_bytes()), locale=tag) if kept.exists() else Catalog(locale=tag)
    if REWRITE:
        read.update(template(), no_fuzzy_matching=True)
        read.obsolete.clear()
        read.header_comment = HEADER.format(name=lang, test="tests/test_catalogues.py")
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(text_of(read))
        (folder(lang) / "hkshcc.mo").write_bytes(compiled(read))
    return read


def text_of(of: Catalog) -> bytes:
    out = BytesIO()
    of.fuzzy = False  # as Babel marks a header that it made
    write_po(out, of, width=120, sort_output=True, no_location=True, omit_header=False)
    # When it was written, by whom and with which version says nothing of the messages.
    return re.sub(rb'(?m)^"(?:' + b"|".join(_HEADS) + rb"): [^\n]*\n", b"", out.getvalue())


def compiled(of: Catalog) -> bytes:
    out = BytesIO()
    bare = read_po(BytesIO(text_of(of)), locale=of.locale)
    bare.creation_date = bare.revision_date = DAY
    write_mo(out, bare)
    return out.getvalue()


def pairs(lang: str) -> Iterator[tuple[str, str]]:
    """Each message, in its last form where it has several, with its translation."""
    for message in catalogue(lang):
        if message.id:
            one = message.id if isinstance(message.id, str) else message.id[-1]
            yield one, message.string if isinstance(message.string, str) else (message.string or [""])[0]


def test_no_message_stands_within_an_f_string_where_only_newer_pythons_find_it() -> None:
    for file in PACKAGE.rglob("*.py"):
        for text in (node for node in ast.walk(ast.parse(file.read_bytes())) if isinstance(node, ast.JoinedStr)):
            marked = [
                node.lineno
                for node in ast.walk(text)
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS
                if isinstance(node.args[0], ast.Constant)
            ]
            assert not marked, (file.name, marked)


@pytest.mark.parametrize("lang", CHINESE)
def test_every_message_of_the_code_has_a_translation_and_none_is_left_over(lang: str) -> None:
    ids = {message.id for message in template() if message.id}
    assert {message.id for message in catalogue(lang) if message.id} == ids
    assert [message for message, translation in pairs(lang) if not translation] == []
    assert [message.id for message in catalogue(lang) if message.fuzzy and message.id] == []


@pytest.mark.parametrize("lang", CHINESE)
def test_a_translation_has_the_values_of_its_message(lang: str) -> None:
    def values(text: str) -> set[str]:
        return {name for _text, name, _spec, _conversion in Formatter().parse(text) if name}

    assert [message for message, translation in pairs(lang) if values(message) != values(translation)] == []


def messages(mo: bytes) -> dict[Any, str]:
    """What a compiled catalogue translates; its head names the version of what compiled it."""
    found = dict(vars(GNUTranslations(BytesIO(mo)))["_catalog"])
    del found[""]
    return found


@pytest.mark.parametrize("lang", CHINESE)
def test_what_is_loaded_is_compiled_from_what_is_read(lang: str) -> None:
    assert messages((folder(lang) / "hkshcc.mo").read_bytes()) == messages(compiled(catalogue(lang)))


@pytest.mark.parametrize("lang", CHINESE)
def test_no_translation_has_a_character_of_the_other_script(lang: str) -> None:
    assert {message: found for message, translation in pairs(lang) if (found := strange(translation, lang))} == {}


@pytest.mark.parametrize("lang", CHINESE)
def test_punctuation_between_chinese_characters_is_full_width(lang: str) -> None:
    half = re.compile(r"[\u4e00-\u9fff][,;:?!()][\u4e00-\u9fff]")
    assert [translation for _message, translation in pairs(lang) if half.search(translation)] == []
