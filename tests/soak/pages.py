"""Pages in a browser: each fits into its window, asks for nothing but itself, and runs nothing; on paper it is A4.

Needs Chromium; ``CI=true`` fails without one.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from tests import hostile, nasty
from tests.commands import NASTY, SHIPPED, pages
from tests.running import run
from tests.soak.browser import Browser, browser, found
from tests.soak.trial import Outcome, SkippedError

COUNT = 0
WIDTHS = (320, 360, 800, 1400)
LANGUAGES = ("en", "zh-Hant", "zh-Hans")
HOSTILE = ("script", "an image's error", "HTML comment", "Markdown link", "right-to-left override", "no spaces at all")
_A4 = rb"/MediaBox\s*\[\s*0\s+0\s+59[45][.\d]*\s+84[12][.\d]*\s*\]"


def trial(folder: Path, _count: int) -> Outcome:
    """Look at every page of the register that ships, of the nasty one and of hostile ones."""
    program = found()
    if program is None:
        raise SkippedError("no Chromium")
    looked = sheets = 0
    failures: list[str] = []
    with browser(program) as window:
        for page in _published(folder):
            name = page.relative_to(folder).as_posix()
            for width in WIDTHS:
                seen = window.see(page, width, dark=width == WIDTHS[1])
                looked += 1
                if seen.reaches > width:
                    failures.append(f"{name} at {width}: reaches to {seen.reaches}")
                if seen.complaints or not all(asked.startswith(f"{folder.as_uri()}/") for asked in seen.asked_for):
                    failures.append(f"{name} at {width}: {seen.asked_for} {seen.complaints}")
            failures += [f"{name}: {wrong}" for wrong in _on_paper(window)]
            sheets += 1
        for name, page in _drawn(folder):
            for width in WIDTHS:
                seen = window.see(page, width, dark=width == WIDTHS[1])
                looked += 1
                if seen.reaches > width:
                    failures.append(f"{name} at {width}: reaches to {seen.reaches}")
                if seen.asked_for != [page.as_uri()] or seen.complaints:
                    failures.append(f"{name} at {width}: {seen.asked_for} {seen.complaints}")
            failures += [f"{name}: {wrong}" for wrong in _on_paper(window)]
            sheets += 1
    figures = (
        f"{looked} looks at {sheets} pages, {WIDTHS[0]} to {WIDTHS[-1]} pixels wide, light and dark: each fits and "
        f"asked for nothing but itself; {sheets} printed on A4"
    )
    return Outcome(figures, failures)


def _published(folder: Path) -> Iterator[Path]:
    """Yield pages of folders to publish: of each sort one in each language, of the hostile ones the first."""
    kinds = ("index", "measures", "documents", "changes", "steps", "lanes", "matrix", "a/finance", "m/5-FIN-3c")
    ran = run("export", "--site", str(folder / "site"), store=folder / "none.json")
    assert ran.code == 0, ran.err
    yield from (folder / "site" / lang / f"{kind}.html" for lang in LANGUAGES for kind in kinds)
    for number, kind in enumerate(HOSTILE):
        store, site = hostile.write(folder / f"site{number}.json", hostile.TEXTS[kind]), folder / f"site{number}"
        ran = run("export", "--site", str(site), store=store)
        assert ran.code == 0, ran.err
        yield from sorted((site / "en").rglob("*.html"))


def _on_paper(window: Browser) -> list[str]:
    drawn = window.printed()
    boxes = re.findall(rb"/MediaBox\s*\[[^\]]*\]", drawn)
    return [] if boxes and all(re.fullmatch(_A4, box) for box in boxes) else [f"on paper {boxes[:1]}"]


def _drawn(folder: Path) -> Iterator[tuple[str, Path]]:
    nasty.write(folder / "nasty.json")
    stores = {"nasty": (folder / "nasty.json", NASTY), "shipped": (folder / "none.json", SHIPPED)}
    for kind in HOSTILE:
        stores[kind] = (hostile.write(folder / f"{len(stores)}.json", hostile.TEXTS[kind]), hostile.NAMES)
    for kind, (store, names) in stores.items():
        for words in pages(names, machine=True):
            for lang in LANGUAGES if kind in {"nasty", "shipped"} else LANGUAGES[:1]:
                page = folder / "page.html"
                page.unlink(missing_ok=True)
                ran = run("--lang", lang, *words.split(), "-o", str(page), store=store)
                assert page.exists(), ran.err
                yield f"{kind}, {words} in {lang}", page
