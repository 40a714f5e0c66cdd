"""Hostile texts through every field and every output: every command, every format, every export, errors and Tab."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from tests import hostile
from tests.cli.test_completion import SHELLS, asked
from tests.commands import EXPORT_FORMATS
from tests.hostile import BODY, LONGEST, REF, TEXTS, Case, live
from tests.running import Ran, run

COUNT = 0
_ASKED = ("hkshcc show 7", "hkshcc list --area k", "hkshcc list --owner I", "hkshcc assign 7-KIT-2 S")
_MISTAKES: Sequence[tuple[str, ...]] = (
    ("{0}",), ("show", "{0}"), ("list", "--area", "{0}"), ("list", "--owner", "{0}"), ("list", "--status", "{0}"),
    ("list", "--kind", "{0}"), ("list", "--sort", "{0}"), ("list", "--fields", "{0}"), ("list", "--as-of", "{0}"),
    ("list", "--format", "{0}"), ("list", "--instrument", "{0}"), ("history", "{0}"), ("changes", "--since", "{0}"),
    ("undo", "{0}"), ("check", "--fingerprint", "{0}"), ("update", REF, "--by", "{0}"), ("retarget", REF, "{0}"),
    ("assign", REF, "{0}"), ("round", "close", "{0}"), ("plenary", "show", "{0}"), ("merge", "{0}"),
    ("form", "--owner", "{0}", "-o", "{form}"), ("import", "release", "{0}"), ("import", "measures", "{0}"),
    ("import", "register", "{0}"),
    ("--lang", "{0}", "list"), ("--color", "{0}", "list"), ("list", "--{0}"),
)  # fmt: skip
_RECORDED: Sequence[tuple[str, ...]] = (
    ("note", REF, "--", "{0}"),
    ("update", hostile.OTHER, "--status", "in-progress", "--remark={0}", "--next={0}", "--attention={0}",
     "--evidence={0}", "--source={0}"),
    ("done", hostile.OTHER, "--without-evidence={0}", "--reason={0}"),
    ("retarget", hostile.OTHER, "2028-01-01", "--reason={0}"),
    ("undo", "--reason={0}"),
    ("bodies", "add", "NEW", "--side", "hk", "--name={0}"),
    ("add", "--area", "kites", "--title={0}"),
    ("round", "open", "--due", "2028-01-01", "--", "{0}"),
)  # fmt: skip


def trial(folder: Path, _count: int) -> tuple[str, list[object]]:
    """Put each text everywhere, and look at all that comes out."""
    runs = 0
    failures: list[object] = []
    for index, (name, text) in enumerate((TEXTS | LONGEST).items()):
        store = hostile.write(folder / f"{index}.json", text)
        for what, found in _looked_at(store, text, folder):
            runs += 1
            failures += [(name, what, problem) for problem in found]
    return f"{len(TEXTS | LONGEST)} texts, {runs} outputs, {len(failures)} live", failures


def _looked_at(store: Path, text: str, folder: Path) -> Iterator[tuple[object, list[str]]]:
    for case in hostile.reading():
        ran = hostile.shown(case, store)
        yield case, [*live(case, ran), *_failed(ran)]
    for form in EXPORT_FORMATS:
        yield f"export {form}", hostile.LIVE[form](run("export", "--format", form, store=store).raw)
    yield "form", hostile.live_in_workbook(run("form", "--owner", BODY, "-o", "-", store=store).raw)
    for shell in SHELLS:
        for line in _ASKED:
            ran = run(store=store, env=asked(shell, line))
            yield (shell, line), live(Case((), "pipe"), ran)
    argument = text.replace("\0", "")  # which no argument can hold
    form = str(store.with_suffix(".xlsx"))  # where a text is a body's name in this store, its form is drawn
    for words in _MISTAKES:
        ran = run(*(word.replace("{form}", form) for word in _filled(words, argument)), store=store)
        yield words, live(Case((), "pipe"), ran)
    kept = folder / "kept.json"
    for words in _RECORDED:
        kept.write_bytes(store.read_bytes())
        ran = run(*_filled(words, argument), store=kept)
        yield words, live(Case((), "pipe"), ran)


def _filled(words: tuple[str, ...], text: str) -> list[str]:
    return [word.replace("{0}", text) for word in words]


def _failed(ran: Ran) -> list[str]:
    return [f"exit {ran.code}: {ran.err[:200]}"] if ran.code else []
