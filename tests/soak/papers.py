"""Papers, letters and officer's sheets opened by LibreOffice, turned to PDF and to pictures, and looked at for size.

It needs ``soffice`` and ``pdftoppm`` (in Debian: libreoffice-writer, libreoffice-calc, fonts-noto-cjk, poppler-utils).
The pictures are left in the folder of ``HKSHCC_SOAK_PICTURES``, where that is set, for a person to look at.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from hkshcc.language import LANGUAGES
from tests import hostile
from tests.soak.trial import Outcome, SkippedError, run

COUNT = 0
MOST_PAGES = 20  # of the paper on the register that ships
AT_ONCE = 20  # files that LibreOffice is given
LONGEST = 600.0  # seconds for these
_PAGE = re.compile(rb"/Type\s*/Page\b")


def trial(folder: Path, _count: int) -> Outcome:
    """Draw them in every language on the register that ships, and on registers full of hostile texts."""
    for program in ("soffice", "pdftoppm"):
        if shutil.which(program) is None:
            raise SkippedError(f"there is no {program}")
    failures: list[str] = []
    files = [*_shipped(folder, failures), *_hostile(folder, failures)]
    out = folder / "pdf"
    converted = _converted(files, out, folder)
    failures += [f"{file.name} was not opened" for file in files if file.stem not in converted]
    pages = {stem: len(_PAGE.findall(path.read_bytes())) for stem, path in converted.items()}
    longest = max((pages.get(f"paper-{lang}", 0) for lang in LANGUAGES), default=0)
    if not 0 < longest <= MOST_PAGES:
        failures.append(f"the paper has {longest} pages")
    if kept := os.environ.get("HKSHCC_SOAK_PICTURES"):
        _pictures([path for stem, path in converted.items() if not stem.startswith("hostile")], Path(kept))
    return Outcome(f"{len(files)} files opened and printed; the paper has at most {longest} pages", failures)


def _shipped(folder: Path, failures: list[str]) -> Iterator[Path]:
    store = folder / "register.json"
    run(store, "init")
    for lang in LANGUAGES:
        for name, words in (("paper", "report"), ("sheet", "export"), ("changes", "changes --since 5th-plenary")):
            file = folder / f"{name}-{lang}{'.xlsx' if words == 'export' else '.docx'}"
            yield _drawn(store, [*words.split(), "--lang", lang, "-o", str(file)], file, failures)
    letters = folder / "letters"
    for body in ("DoJ", "SH-Finance"):
        asked = [
            "chase",
            body,
            "--out",
            str(letters),
            "--format",
            "docx",
            "--with-forms",
            "--return-to",
            "x@example.org",
        ]
        yield _drawn(store, asked, letters / f"{body}.docx", failures)


def _hostile(folder: Path, failures: list[str]) -> Iterator[Path]:
    # Without the longest text: LibreOffice is busy for ten minutes and more with a page full of 32,768 characters each.
    for number, text in enumerate(hostile.TEXTS.values()):
        store = hostile.write(folder / f"hostile-{number}.json", text)
        for words, ending in (("report", ".docx"), ("export", ".xlsx")):
            file = folder / f"hostile-{number}-{words}{ending}"
            yield _drawn(store, [words, "-o", str(file)], file, failures)


def _drawn(store: Path, words: Sequence[str], file: Path, failures: list[str]) -> Path:
    ran = run(store, *words)
    if ran.code or not file.exists():
        failures.append(f"{file.name} was not written: {ran.err.strip()}")
    return file


def _converted(files: Sequence[Path], out: Path, folder: Path) -> dict[str, Path]:
    """Let LibreOffice open files and print them as PDF; return those that came out, by their names."""
    for start in range(0, len(files), AT_ONCE):
        batch = files[start : start + AT_ONCE]
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(out), *map(str, batch)]
        with suppress(subprocess.TimeoutExpired):  # those that were not reached are missed
            subprocess.run(command, check=True, capture_output=True, timeout=LONGEST)
    return {path.stem: path for path in out.iterdir()}


def _pictures(files: Sequence[Path], kept: Path) -> None:
    kept.mkdir(parents=True, exist_ok=True)
    for file in files:
        subprocess.run(["pdftoppm", "-r", "60", "-png", str(file), str(kept / file.stem)], check=True, timeout=LONGEST)
