"""Each page and each format, byte for byte (of Word the text), from the nasty register on a day that stands still.

``HKSHCC_REWRITE_GOLDEN=1 pytest tests/golden`` writes the files anew; a reader then judges the difference.
"""

import os
from pathlib import Path

import pytest

from hkshcc.render.html_style import STYLE
from tests.commands import MACHINE_FORMATS, NASTY, PAGES
from tests.running import Screen, run

HERE = Path(__file__).parent
REWRITE = bool(os.environ.get("HKSHCC_REWRITE_GOLDEN"))
ENDINGS = {"table80": "80.txt", "colour80": "80.colour.txt", "table200": "200.txt", "plain": "piped.txt"}
ENDINGS |= {form: form for form in MACHINE_FORMATS} | {"docx": "docx.txt"}
# What JSON and CSV say is the same in every language.
CASES = [
    (page, form, lang)
    for page in PAGES
    for form in ENDINGS
    for lang in ("en", "zh-Hant")
    if (lang == "en" or form not in {"json", "csv", "table200"}) and (PAGES[page].schema or form not in MACHINE_FORMATS)
]


def drawn(store: Path, page: str, form: str, lang: str) -> bytes:
    words = ["--lang", lang, *PAGES[page].on(NASTY)]
    screens = {"table80": Screen(80), "colour80": Screen(80), "table200": Screen(200)}
    if form in MACHINE_FORMATS:
        words += ["--format", form]
    ran = run(*words, store=store, screen=screens.get(form), env={"NO_COLOR": "" if form == "colour80" else "1"})
    assert ran.code == 0, ran.err
    # The style sheet is the same in every page, and is looked at as a picture: tests/soak/browser.py.
    raw = ran.out.encode() if form == "docx" else ran.raw
    return raw.replace(STYLE.encode(), b"") if form == "html" else raw


@pytest.mark.parametrize(("page", "form", "lang"), CASES)
def test_a_page_is_drawn_as_it_was(store: Path, page: str, form: str, lang: str) -> None:
    kept = HERE / lang / f"{page}.{ENDINGS[form]}"
    found = drawn(store, page, form, lang)
    if REWRITE:
        kept.parent.mkdir(exist_ok=True)
        kept.write_bytes(found)
    assert found.decode("utf-8") == kept.read_bytes().decode("utf-8")


def test_no_kept_page_is_left_over() -> None:
    kept = {str(path.relative_to(HERE)) for lang in ("en", "zh-Hant") for path in (HERE / lang).iterdir()}
    assert kept == {os.path.join(lang, f"{page}.{ENDINGS[form]}") for page, form, lang in CASES}
