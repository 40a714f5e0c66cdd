"""Reports that were printed, drawn again from what they say of themselves: as they were, changed, and hostile."""

import io
import json
import random
import re
import shlex
from datetime import timedelta
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import typer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hkshcc.cli.app import root
from hkshcc.cli.commands import COMMANDS, READ
from hkshcc.cli.stamp import only_reads
from hkshcc.render import FORMATS
from hkshcc.text import inert
from tests import nasty
from tests.commands import EXPORT_FORMATS, MACHINE_FORMATS, NASTY, PAGES, TEXT_FORMATS, pages
from tests.docx_text import text_of
from tests.running import NOW, Ran, Screen, run, says, sentence

LAST = len(nasty.entries())

GOLDEN = Path(__file__).parents[1] / "golden"
# Of Word files the text alone is kept, and of pages all but their style sheet: neither is what was drawn.
PARTS = {".docx.txt", ".html"}
KEPT = sorted(
    path for lang in ("en", "zh-Hant") for path in (GOLDEN / lang).iterdir() if not path.name.endswith(tuple(PARTS))
)
# What says of itself how it is drawn again; the rest is told by whoever has it.
STAMPED = [path for path in KEPT if "--known-on" in path.read_text(encoding="utf-8")]
OTHERS = [path for path in KEPT if path not in STAMPED and path.name.split(".")[0] not in {"check", "glance"}]


def named(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def check(file: Path, store: Path, *more: str, **how: object) -> Ran:
    return run("check", "--report", str(file), *more, store=store, **how)  # type: ignore[arg-type]


def different(file: Path, store: Path) -> list[dict[str, str | int | None]]:
    found: list[dict[str, str | int | None]] = json.loads(check(file, store, "--format", "json").out)["differences"]
    return found


@pytest.mark.parametrize("kept", STAMPED, ids=map(named, STAMPED))
def test_every_kept_page_is_as_it_was_drawn(store: Path, kept: Path) -> None:
    ran = check(kept, store)
    assert (ran.code, ran.lines[0], ran.err) == (0, f"{kept} is as it was drawn.", "")


def test_every_page_for_people_and_all_json_carry_their_stamp() -> None:
    pages = {page for page in PAGES if page not in {"check", "glance"}}
    formats = [form for form in TEXT_FORMATS if FORMATS[form].stamped and form not in {"table", "html"}]
    wanted = {f"en/{page}.{form}" for page in pages for form in formats}
    assert {*map(named, STAMPED)} >= wanted


@pytest.mark.parametrize("words", [words for words in pages(machine=True) if only_reads(words.split())])
def test_every_page_in_a_word_file_is_as_it_was_drawn(store: Path, tmp_path: Path, words: str) -> None:
    file = tmp_path / "paper.docx"
    run("--lang", "zh-Hans", *words.split(), "-o", str(file), store=store)
    ran = check(file, store, screen=Screen(400))
    assert (ran.code, ran.lines[0]) == (0, f"{file} is as it was drawn.")


def test_the_paper_for_a_meeting_says_that_it_is_one(store: Path, tmp_path: Path) -> None:
    file = tmp_path / "paper.docx"
    run("report", "-o", str(file), store=store)
    command = "hkshcc report --paper --as-of 2026-11-23 --known-on 2026-11-23"
    assert f"Draw again: {command}\n" in text_of(file.read_bytes())
    assert json.loads(check(file, store, "--format", "json").out)["command"] == command


def test_a_word_file_in_which_a_word_was_changed_is_found_out(store: Path, tmp_path: Path) -> None:
    file = tmp_path / "paper.docx"
    run("report", "-o", str(file), store=store)
    with ZipFile(io.BytesIO(file.read_bytes())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"Purpose", b"Purposes", 1)
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    assert check(file, store).code == 1
    assert [(row["found"], row["drawn"]) for row in different(file, store)] == [("Purposes", "Purpose")]


UNSEEN = {
    "word/document.xml": (b"<w:t", b"<w:vanish/><w:t"),
    "word/_rels/document.xml.rels": (b"</Relationships>", b" </Relationships>"),
    "word/styles.xml": (b"</w:styles>", b" </w:styles>"),
    "word/comments.xml": (b"", b"<comments/>"),
}


@pytest.mark.parametrize("part", UNSEEN)
def test_a_word_file_whose_text_alone_is_as_it_was_is_found_out_and_the_part_named(
    store: Path, tmp_path: Path, part: str
) -> None:
    file = tmp_path / "paper.docx"
    run("report", "-o", str(file), store=store)
    with ZipFile(io.BytesIO(file.read_bytes())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    old, new = UNSEEN[part]
    assert old in parts.get(part, b"")
    parts[part] = parts.get(part, b"").replace(old, new, 1)
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    ran = check(file, store, screen=Screen(400))
    assert ran.code == 1
    assert f"is not as it was drawn: its text is, but {part} within it differ" in ran.out
    told = json.loads(check(file, store, "--format", "json").out)
    assert (told["as_drawn"], told["different_lines"], told["parts"]) == (False, 0, [part])


@pytest.mark.parametrize("public", [[], ["--public"]])
def test_a_file_of_a_published_folder_is_written_again_and_compared(
    store: Path, tmp_path: Path, public: list[str]
) -> None:
    folder = tmp_path / "site"
    assert run("note", "8-KIT-1", "Not for all", "--internal", store=store).code == 0
    assert run("export", "--site", str(folder), *public, store=store).code == 0
    assert run("note", "8-KIT-1", "Later", store=store).code == 0
    for path in ("en/index.html", "zh-Hans/matrix.html", "register.json", "measures.csv", "site.json", "feed.xml"):
        ran = check(folder / path, store, screen=Screen(400))
        assert (ran.code, ran.lines[0]) == (0, f"{folder / path} is as it was drawn."), ran.err
        assert " ".join(["hkshcc export --site FOLDER", *public, "--as-of 2026-11-23"]) in ran.out
    page = folder / "en" / "index.html"
    page.write_text(page.read_text("utf-8").replace("8th plenary", "9th plenary", 1), "utf-8")
    assert check(page, store).code == 1
    assert "9th plenary" in str(different(page, store)[0]["found"])
    (folder / "site.json").write_text('{"schema": "hkshcc.site/1", "files": {"en/index.html": ""}}', "utf-8")
    assert check(page, store).code == 3


@pytest.mark.parametrize("public", [[], ["--public"]])
def test_what_was_drawn_before_the_first_internal_note_is_as_it_was_drawn_after_it(
    tmp_path: Path, public: list[str]
) -> None:
    """The public edition with the note left out has the fingerprint that the register had without it."""
    fresh, folder, page = tmp_path / "fresh.json", tmp_path / "site", tmp_path / "report.md"
    assert run("init", store=fresh).code == 0
    assert run("export", "--site", str(folder), *public, store=fresh).code == 0
    assert run("report", *public, "-o", str(page), store=fresh).code == 0
    assert run("note", "5-FIN-1", "Not for all", "--internal", store=fresh).code == 0
    for file in (page, folder / "en" / "index.html"):
        ran = check(file, fresh, screen=Screen(400))
        assert (ran.code, ran.lines[0]) == (0, f"{file} is as it was drawn.")


@pytest.mark.parametrize("kept", OTHERS, ids=map(named, OTHERS))
def test_what_carries_none_is_as_it_was_drawn_by_the_command_that_is_told(store: Path, kept: Path) -> None:
    words = PAGES[kept.name.split(".")[0]].on(NASTY)
    ran = check(kept, store, "--drawn-by", shlex.join(["hkshcc", *words, "--lang", kept.parent.name]))
    assert (ran.code, ran.lines[0]) == (0, f"{kept} is as it was drawn.")


def test_a_file_that_does_not_say_its_command_is_asked_for_it(store: Path, tmp_path: Path) -> None:
    file = tmp_path / "some.txt"
    file.write_text("Progress is good.\n", encoding="utf-8")
    ran = check(file, store)
    assert ran.code == 3
    assert sentence(ran) == (
        f"{file} does not say which command drew it; give the command: --drawn-by 'hkshcc report --as-of 2026-11-23'"
    )


@pytest.mark.parametrize("command", ["list", "areas", "report", "history", "instruments"])
def test_csv_is_known_by_its_columns(store: Path, tmp_path: Path, command: str) -> None:
    file = tmp_path / "some.csv"
    run(command, "-o", str(file), store=store)
    ran = check(file, store)
    assert ran.code == 3
    assert f"--drawn-by 'hkshcc {command} --as-of 2026-11-23'" in sentence(ran)
    assert check(file, store, "--drawn-by", f"hkshcc {command} --as-of 2026-11-23").code == 0


# What is changed, in each format; the line is found by what it says.
CHANGES = {
    "txt": ("8th plenary", "9th plenary"), "md": ("8th plenary", "9th plenary"), "json": ("2026-12-31", "2027-12-31"),
    "svg": (">not started", ">not begun"), "": ("overdue", "0verdue"),
}  # fmt: skip


@pytest.mark.parametrize("ending", CHANGES)
def test_one_character_that_was_changed_is_named_with_its_line(store: Path, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"report.{ending}".rstrip(".")
    words = f"{'list' if ending == 'json' else 'report'} --format {ending.replace('txt', 'table') or 'table'}"
    drawn = run(*words.split(), store=store).out
    old, new = CHANGES[ending]
    changed = drawn.replace(old, new, 1)
    assert changed != drawn
    file.write_text(changed, encoding="utf-8")
    ran = check(file, store)
    number = next(at for at, line in enumerate(changed.split("\n")) if line != drawn.split("\n")[at])
    assert ran.code == 1
    assert ran.lines[0] == f"{file} is not as it was drawn: 1 line differs."
    assert f"  {number + 1}:" in ran.out
    [row] = different(file, store)
    assert (row["line"], row["found"], row["drawn"]) == (
        number + 1, changed.split("\n")[number], drawn.split("\n")[number]
    )  # fmt: skip
    assert sentence(ran._replace(out="")) == f"{file} is not as it was drawn"


def test_a_line_left_out_and_one_put_in_are_named(store: Path, tmp_path: Path) -> None:
    lines = run("report", store=store).lines
    file = tmp_path / "report.txt"
    file.write_text("\n".join([*lines[:4], *lines[5:20], "  all is well", *lines[20:]]) + "\n", encoding="utf-8")
    rows = different(file, store)
    assert [(row["line"], row["found"], row["drawn"]) for row in rows] == [
        (5, None, lines[4]), (20, "  all is well", None)
    ]  # fmt: skip
    assert "(no such line)" in check(file, store).out


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    folder = tmp_path_factory.mktemp("drawn")
    store = nasty.write(folder / "register.json")
    made = {form: run("report", "--format", form, store=store).out for form in ("table", "md", "json", "svg")}
    return store, made


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), form=st.sampled_from(["table", "md", "json", "svg"]))
def test_no_edit_of_a_report_goes_unnoticed(
    drawn: tuple[Path, dict[str, str]], tmp_path: Path, data: st.DataObject, form: str
) -> None:
    store, made = drawn
    text = made[form]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 40)))
    put = data.draw(st.text(st.characters(exclude_categories=["Cs"]), max_size=10))
    edited = text[:start] + put + text[end:]
    file = tmp_path / f"report{FORMATS[form].endings[-1]}"
    file.write_bytes(edited.encode())
    ran = check(file, store, "--format", "json")
    if edited.replace("\r\n", "\n") == text:
        assert ran.code == 0
        return
    assert ran.code in {1, 3, 4}


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), form=st.sampled_from(["table", "md", "json", "svg"]))
def test_any_character_that_is_changed_is_named_with_its_line_and_place(
    drawn: tuple[Path, dict[str, str]], tmp_path: Path, data: st.DataObject, form: str
) -> None:
    store, made = drawn
    lines = made[form].split("\n")
    free = [at for at, line in enumerate(lines) if line and "hkshcc" not in line and "2026-11-23" not in line]
    number = data.draw(st.sampled_from(free if form != "json" else free[1:-1]))
    place = data.draw(st.integers(0, len(lines[number]) - 1))
    sign = data.draw(st.characters(categories=["L", "N", "P"]).filter(lambda sign: sign != lines[number][place]))
    lines[number] = lines[number][:place] + sign + lines[number][place + 1 :]
    file = tmp_path / f"report{FORMATS[form].endings[-1]}"
    file.write_bytes("\n".join(lines).encode())
    [row] = different(file, store)
    assert (row["line"], row["column"], row["found"]) == (number + 1, place + 1, lines[number])


def test_a_report_of_an_older_state_is_drawn_as_the_register_was_then(store: Path, tmp_path: Path) -> None:
    file = tmp_path / "report.md"
    assert run("report", "--group", "owner", "-o", str(file), store=store).code == 0
    assert run("update", "8-KIT-1", "--by", "SH-Wind", "--status", "in-progress", store=store).code == 0
    assert run("report", "--group", "owner", "-o", str(tmp_path / "other.md"), store=store).code == 0
    later = NOW + timedelta(days=40)
    ran = check(file, store, now=later)
    assert (ran.code, ran.lines[-1]) == (0, "1 entry was recorded since")
    assert (
        check(tmp_path / "other.md", store, now=later).lines[-1].startswith(f"Drawn again from {LAST + 1} entries by: ")
    )


@pytest.mark.parametrize(
    "words",
    [
        "changes --since 90d", "changes --since 7th-plenary --until 2025-01-01",
        "changes --since 2024-01-01 --by-recorded",
        "list --due-within 60d --format md", "report --since 6m --as-of 1/6/2025", "report --as-of yesterday",
        "history --as-of 2024-06-30 --known-on 2024-12-31", "list kites silent --format md", "chase SH-Wind",
        "report --stalled-after=30", "list --search 'the flour' --format table", "todo kitchens --format md",
        "list --search 風箏 --format md", "list --sort status -oout.md", "list --fields ref,title -o out.txt",
    ],
)  # fmt: skip
def test_days_and_filters_are_understood_as_they_were(
    store: Path, tmp_path: Path, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run(*shlex.split(words), store=store)
    if ran.code:
        pytest.fail(ran.err)
    written = list(tmp_path.glob("out.*"))
    file = written[0] if written else tmp_path / "printed"
    if not written:
        file.write_bytes(ran.raw)
    checked = check(file, store, now=NOW + timedelta(days=500))
    assert (checked.code, checked.lines[0]) == (0, f"{file} is as it was drawn.")


AWKWARD = """it's <b> &amp; & a*b_c \\* \\\\ "q"  two blanks #1 [x](y) $(z) `w` |"""


@pytest.mark.parametrize("form", [form for form in FORMATS if FORMATS[form].stamped])
@pytest.mark.parametrize("known_by", ["ending", "content"])
def test_whatever_was_searched_for_is_searched_for_again(store: Path, tmp_path: Path, form: str, known_by: str) -> None:
    ending = "" if known_by == "content" else FORMATS[form].endings[-1]
    file = tmp_path / f"found{ending}"
    file.write_bytes(run("list", "--format", form, "--search", AWKWARD, store=store).raw)
    ran = check(file, store)
    assert (ran.code, ran.lines[0]) == (0, f"{file} is as it was drawn.")


def test_a_report_whose_last_lines_a_letter_broke_says_so_and_is_still_found(store: Path, tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_text(run("report", store=store).out.replace(" --known-on", "\n--known-on"), encoding="utf-8")
    ran = check(file, store)
    assert (ran.code, ran.lines[0]) == (1, f"{file} is not as it was drawn: 2 lines differ.")


def test_a_report_of_another_copy_of_the_register_is_known_as_one(store: Path, tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    run("report", "-o", str(file), store=store)
    other = nasty.write(tmp_path / "other.json")
    run("note", "8-KIT-1", "Only here", store=other)
    run("report", "-o", str(tmp_path / "theirs.txt"), store=other)
    shipped = check(file, tmp_path / "none.json")
    assert shipped.code == 1
    assert says(
        sentence(shipped._replace(err=shipped.err.split("\n", 1)[1])),
        f"{file} was not drawn from this register, or … ; entries 1-{LAST} are not those of {LAST}:",
    )
    longer = check(tmp_path / "theirs.txt", store)
    assert longer.code == 1
    assert (
        f"was not drawn from this register, or its entries were changed since; the register ends at entry {LAST}"
        in longer.err
    )


def test_a_digit_of_a_fingerprint_that_was_changed_is_found(store: Path, tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    drawn = run("report", store=store).out
    file.write_text(re.sub(f"(?<={LAST}:).", lambda digit: "1" if digit[0] != "1" else "2", drawn), encoding="utf-8")
    ran = check(file, store)
    assert ran.code == 1
    assert "only one digit differs: a slip of the hand?" in sentence(ran)


def test_what_mail_and_windows_do_to_lines_is_no_difference(store: Path, tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_bytes(b"\xef\xbb\xbf" + run("report", store=store).raw.replace(b"\n", b"\r\n"))
    assert check(file, store).code == 0


@pytest.mark.parametrize("form", ["table", "md", "json", "svg"])
def test_standard_input_is_recognised_by_how_it_begins(store: Path, form: str) -> None:
    ran = run("check", "--report", "-", store=store, keys=run("report", "--format", form, store=store).out)
    assert (ran.code, ran.lines[0]) == (0, "standard input is as it was drawn.")


def test_colours_are_drawn_again_where_a_file_has_them(store: Path, tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_bytes(run("report", "--color", "always", store=store).raw)
    assert b"\x1b[" in file.read_bytes()
    assert check(file, store).code == 0


FILES = ("evidence keep 8-KIT-1 1 {file}", "show 8-KIT-1 --source {file}")
WRITING = (
    "chase --out {new}", "chase --out={new}", "list -o {new}", "list -o{new}", "list --output={new}",
    "bodies add X --side hk --name X",
    "plenary add 12 --date 2026-01-01", "round open X --due 2027-01-01", "round close 2026H2", "list --help",
)  # fmt: skip


def with_command(store: Path, command: str) -> str:
    return run("report", store=store).out.replace("hkshcc report", f"hkshcc {command}")


@pytest.mark.parametrize("command", [*FILES, *WRITING])
def test_of_what_a_file_says_nothing_is_run_but_what_only_reads_the_register(
    store: Path, tmp_path: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    hostile, secret = tmp_path / "report.txt", tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    hostile.write_text(with_command(store, command.format(file=secret.name, new="new")), encoding="utf-8")
    before, files = store.read_bytes(), sorted(tmp_path.rglob("*"))
    ran = check(hostile, store)
    assert ran.code == 4
    assert "it does not only read the register" in sentence(ran)
    assert (store.read_bytes(), sorted(tmp_path.rglob("*"))) == (before, files)


@pytest.mark.parametrize(
    "command", ["update 8-KIT-1 --status completed", "undo", "merge x.xlsx", "form IKO", "init", "check"]
)
def test_a_command_of_another_sort_counts_as_none(store: Path, tmp_path: Path, command: str) -> None:
    file = tmp_path / "report.txt"
    file.write_text(with_command(store, command), encoding="utf-8")
    before = store.read_bytes()
    assert check(file, store).code == 3
    assert check(file, store, "--drawn-by", command).code == 2
    assert store.read_bytes() == before


def test_every_option_that_names_a_file_is_refused() -> None:
    """The words above are those there are: a new one of another sort shows here."""
    group = typer.main.get_command(root)
    known = {"FILE", "FOLDER"}
    named: set[str] = set()
    for name, task in COMMANDS.items():
        if task.panel == READ:
            command = group.get_command(None, name)  # type: ignore[attr-defined]
            named |= {option.opts[0] for option in command.params if option.metavar in known}
    assert named >= {"--output", "--source", "--out"}


def test_a_command_that_this_register_cannot_run_is_named(store: Path, tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_text(with_command(store, "report --area nowhere"), encoding="utf-8")
    ran = check(file, store)
    assert ran.code == 4
    assert "says that `hkshcc report --area nowhere` drew it, which cannot be run; no area 'nowhere'" in sentence(ran)


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", data)
    return out.getvalue()


HOSTILE = {
    "nothing": b"",
    "half a character": b"\xe6\x8e",
    "zeros": b"\0" * 1000,
    "deep JSON": b"{" + b'"a":[' * 100_000,
    "JSON of the wrong kind": b'{"command": 7, "entries": "x", "fingerprint": null}',
    "a number too long for a number": b'{"command": "hkshcc undo --as-of 2026-01-01 --known-on 2026-01-01", "entries": '
    + b"9" * 9000
    + b"}",
    "tags that never end": b"<" * 1_000_000,
    "commands that never end": b"hkshcc " * 100_000,
    "days without a command": b" --as-of 2026-01-01 --known-on 2026-01-01" * 10_000,
    "a quotation that never ends": b"hkshcc list ' --as-of 2026-01-01 --known-on 2026-01-01",
    "a broken archive": b"PK\x03\x04" + b"x" * 100,
    "an archive of something else": zipped(other=b"x"),
    "an archive that grows": zipped(word__document=b"<w:t>" + b"x" * (21 << 20)),
    "a document without end": zipped(word__document=b"<w:t>x" * 100_000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_one_sentence(store: Path, tmp_path: Path, name: str) -> None:
    for ending in ("", ".json"):
        file = tmp_path / f"hostile{ending}"
        file.write_bytes(HOSTILE[name])
        ran = check(file, store)
        assert ran.code in {3, 4}
        assert sentence(ran)


def test_days_that_do_not_exist_are_refused(store: Path, tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_text(with_command(store, "report").replace("--as-of 2026-11-23", "--as-of 2026-13-45"), encoding="utf-8")
    assert check(file, store).code == 3


def test_a_file_that_is_too_large_is_refused_before_it_is_looked_at(store: Path, tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    with file.open("wb") as written:
        written.truncate((20 << 20) + 1)
    ran = check(file, store)
    assert ran.code == 4
    assert sentence(ran) == f"{file} is larger than 20 MB; no report is"


def test_what_a_hostile_file_says_is_shown_as_inert_text(store: Path, tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    lines = run("report", store=store).lines
    lines[3] = "\x1b]0;pwned\x07 \u202eevil =HYPERLINK(1) <script> [bold]"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    for form in ("table", *MACHINE_FORMATS):
        if form in EXPORT_FORMATS or form in FORMATS:
            shown = check(
                file, store, "--format", form, screen=Screen() if form == "table" else None, env={"NO_COLOR": "1"}
            )
            assert shown.code == 1
            assert inert(shown.out.replace("\r", "").replace("\n", "").replace("\ufeff", "")).count("\\u202e") <= 1
            assert "\x1b]" not in shown.out
            assert "\u202e" not in shown.out


@pytest.mark.parametrize("lang", ["en", "zh-Hant", "zh-Hans"])
@pytest.mark.parametrize(
    "shape", ["{}", "  {}  ", "> {}", "**{}**", "`{}`", '"{}."', "| {} |", "<p>{}</p>", "\u201c{}\u201d"]
)
def test_the_lines_at_the_end_of_a_report_are_fingerprints_in_any_shape(store: Path, lang: str, shape: str) -> None:
    last = run("--lang", lang, "report", store=store).lines[-3:]
    for pasted in (
        last[0],
        last[2],
        "\n".join(last),
        " ".join(last),
        last[0].replace(" ", "\n"),
        last[2].replace(" ", "\n"),
    ):
        ran = run("check", "--fingerprint", shape.format(pasted), store=store)
        assert (ran.code, ran.out) == (0, f"Unchanged: the fingerprint is that of entries 1-{LAST}.\n")


def test_the_command_that_the_footer_names_checks_it(store: Path) -> None:
    named = run("report", store=store).lines[-1].removeprefix("Check: ")
    assert run(*shlex.split(named)[1:], store=store).code == 0


def test_the_command_that_the_footer_names_draws_it_again(store: Path) -> None:
    drawn = run("--lang", "zh-Hant", "report", "--group", "owner", store=store)
    named = drawn.lines[-2].removeprefix("重新產生：")
    assert run(*shlex.split(named)[1:], store=store, now=NOW + timedelta(days=100)).out == drawn.out


def test_a_listing_of_the_public_edition_names_the_command_that_draws_it_without_the_rest(
    store: Path, tmp_path: Path
) -> None:
    whole, public = tmp_path / "whole.md", tmp_path / "public.md"
    assert run("export", "kites", "-o", str(whole), store=store).code == 0
    assert check(whole, store).code == 0
    assert run("export", "kites", "--public", "-o", str(public), store=store).code == 0
    assert "Draw again: hkshcc list kites --public " in public.read_text(encoding="utf-8")
    assert check(public, store).code == 0
    whole.write_text(public.read_text("utf-8").replace("list kites --public", "list kites"), "utf-8")
    assert check(whole, store).code in {1, 4}


@pytest.mark.parametrize("words", [["list"], ["list", "--format", "csv"], ["areas"]])
def test_rows_for_other_programs_carry_no_stamp(store: Path, words: list[str]) -> None:
    assert "hkshcc" not in run(*words, store=store).out


def test_a_screen_carries_no_command(store: Path) -> None:
    assert "hkshcc" not in run("report", store=store, screen=Screen()).out


def test_an_edit_is_found_in_a_long_report(store: Path, tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    lines = run("history", store=store).lines
    chosen = random.Random(12).randrange(len(lines) - 8)  # noqa: S311  no secret
    lines[chosen] += "."
    file.write_text("\n".join(lines) + "\n" + "padding\n" * 5000, encoding="utf-8")
    assert different(file, store)[0]["line"] == chosen + 1


def test_the_lines_at_the_end_of_a_report_are_checked_from_standard_input_too(store: Path) -> None:
    ran = run("check", "--fingerprint", "-", store=store, keys="\n".join(run("report", store=store).lines[-3:]))
    assert (ran.code, ran.lines[0]) == (0, f"Unchanged: the fingerprint is that of entries 1-{LAST}.")


def test_json_whose_fingerprint_is_none_is_named(store: Path, tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    drawn = run("report", "--format", "json", store=store).out
    file.write_text(re.sub('(?<="fingerprint": ").', "x", drawn), encoding="utf-8")
    ran = check(file, store)
    assert (ran.code, sentence(ran)) == (1, f"{file} does not say which entries it was drawn from")
