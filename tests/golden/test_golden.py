"""Each page and each format, byte for byte, drawn from the nasty register on a day that stands still.

``HKSHCC_REWRITE_GOLDEN=1 pytest tests/golden`` writes the files anew; a reader then judges the difference.
"""

import os
from pathlib import Path

import pytest

from tests.running import Screen, run

HERE = Path(__file__).parent
REWRITE = bool(os.environ.get("HKSHCC_REWRITE_GOLDEN"))
PAGES = {
    "list": "list",
    "list-of-nothing": "list --overdue --area formulas",
    "list-of-fields": "list --fields ref,title,status,owners,next --area kitchens",
    "show": "show 7-KIT-1a 7-KIT-1b 7-KCH-1 7-KCH-4 7-FRM-1 7-FRM-2 8-KIT-1",
    "show-instruments": "show 7-DOC-1 7-DOC-2",
    "report": "report",
    "report-by-owner": "report --group owner",
    "report-by-side": "report --group side --area kitchens",
    "report-then": "report --as-of 2024-06-30 --known-on 2024-12-31",
    "history": "history",
    "history-of-one": "history 7-FRM-2",
    "areas": "areas",
    "bodies": "bodies",
    "plenaries": "plenary list",
    "plenary": "plenary show 7",
    "instruments": "instruments",
    "rounds": "round list",
    "changes": "changes --since 2024-05-31",
    "chase": "chase",
    "glance": "",
}
ENDINGS = {"table80": "80.txt", "table200": "200.txt", "plain": "piped.txt", "json": "json", "csv": "csv", "md": "md"}
# What JSON says is the same in every language.
CASES = [
    (page, form, lang)
    for page in PAGES
    for form in ENDINGS
    for lang in ("en", "zh-Hant")
    if not (lang == "zh-Hant" and form in {"json", "table200"})
    and not (page == "glance" and form in {"json", "csv", "md"})
]


def drawn(store: Path, page: str, form: str, lang: str) -> bytes:
    words = ["--lang", lang, *PAGES[page].split()]
    screens = {"table80": Screen(80), "table200": Screen(200)}
    if form in {"json", "csv", "md"}:
        words += ["--format", form]
    ran = run(*words, store=store, screen=screens.get(form), env={"NO_COLOR": "1"})
    assert ran.code == 0, ran.err
    return ran.raw


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
