"""A file that is written for -o: whole or not at all, and never over what has to be kept."""

import os
import shlex
import stat
import threading
from pathlib import Path

import pytest

from tests.exchange.forms.bureau import issue
from tests.processes import Ran, shell
from tests.running import run, sentence

YESTERDAY = b"what was written yesterday"
WRITING = (
    ("export", "e.json"), pytest.param("export", "e.xlsx", marks=pytest.mark.needs_office),
    pytest.param("export", "e.ics", marks=pytest.mark.needs_office), ("list", "l.csv"), ("list", "l.json"),
    ("history", "h.json"), ("report", "r.md"),
)  # fmt: skip


def on_a_small_disk(store: Path, folder: Path, *words: str) -> Ran:
    """Run a command in a folder. It can write no file of more than a kilobyte."""
    line = f"export PYTHONDONTWRITEBYTECODE=1; cd {shlex.quote(str(folder))}; ulimit -f 1; hkshcc {shlex.join(words)}"
    return shell(line, store.parent / "bin", store=store)


@pytest.mark.parametrize(("command", "name"), WRITING, ids=str)
def test_a_write_that_fails_leaves_the_old_file_as_it_was(store: Path, tmp_path: Path, command: str, name: str) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / name).write_bytes(YESTERDAY)
    ran = on_a_small_disk(store, folder, command, "-o", name)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == f"hkshcc: {name} cannot be written (File too large); name another file with -o\n"
    assert (folder / name).read_bytes() == YESTERDAY
    assert os.listdir(folder) == [name]


def test_a_form_that_could_not_be_written_does_not_block_the_next(store: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    assert on_a_small_disk(store, folder, "form", "--owner", "IKO", "-o", "IKO.xlsx").code == 1
    assert os.listdir(folder) == []


@pytest.mark.parametrize("mode", [0o600, 0o664, 0o640])
def test_a_file_that_is_written_over_keeps_its_mode(store: Path, tmp_path: Path, mode: int) -> None:
    file = tmp_path / "l.csv"
    file.write_bytes(YESTERDAY)
    file.chmod(mode)
    assert run("list", "-o", str(file), store=store).code == 0
    assert stat.S_IMODE(file.stat().st_mode) == mode
    assert file.read_bytes() == run("list", "--format", "csv", store=store).raw


def test_a_new_file_has_the_mode_of_any_new_file(store: Path, tmp_path: Path) -> None:
    (tmp_path / "model").touch()
    assert run("list", "-o", str(tmp_path / "l.csv"), store=store).code == 0
    assert (tmp_path / "l.csv").stat().st_mode == (tmp_path / "model").stat().st_mode


def test_a_link_stays_a_link_and_another_name_of_the_file_keeps_what_it_had(store: Path, tmp_path: Path) -> None:
    file, link, other = tmp_path / "l.csv", tmp_path / "link.csv", tmp_path / "other.csv"
    file.write_bytes(YESTERDAY)
    link.symlink_to(file)
    os.link(file, other)
    assert run("list", "-o", str(link), store=store).code == 0
    assert link.is_symlink()
    assert file.read_bytes().startswith(b"\xef\xbb\xbfref,")
    assert other.read_bytes() == YESTERDAY


def test_a_fifo_is_written_to_and_stays_one(store: Path, tmp_path: Path) -> None:
    fifo = tmp_path / "fifo.csv"
    os.mkfifo(fifo)
    found: list[bytes] = []
    reader = threading.Thread(target=lambda: found.append(fifo.read_bytes()))
    reader.start()
    ran = run("list", "-o", str(fifo), store=store)
    reader.join()
    assert ran.code == 0
    assert found == [run("list", "--format", "csv", store=store).raw]
    assert stat.S_ISFIFO(fifo.stat().st_mode)


@pytest.mark.parametrize("name", ["-", "/dev/stdout", "/dev/fd/1"])
@pytest.mark.parametrize("begun", ["", "begun\n"])
def test_standard_output_is_written_to_by_any_of_its_names(store: Path, tmp_path: Path, name: str, begun: str) -> None:
    """In a process of its own, whose standard output really is a file, and has something in it already."""
    file = tmp_path / "out"
    file.write_text(begun)
    line = f"hkshcc list --format csv -o {name} >> {shlex.quote(str(file))}"
    assert shell(line, store.parent / "bin", store=store).code == 0
    assert file.read_bytes() == begun.encode() + run("list", "--format", "csv", store=store).raw


def test_a_folder_is_no_file(store: Path, tmp_path: Path) -> None:
    ran = run("list", "-o", str(tmp_path), "--format", "csv", store=store)
    assert (ran.code, sentence(ran)) == (1, f"{tmp_path} cannot be written (Is a directory); name another file with -o")
    assert run("list", "-o", f"{tmp_path}/new/", "--format", "csv", store=store).code == 1
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("command", ["export", "list", "report", "history"])
def test_a_hard_link_of_the_store_is_the_store(store: Path, tmp_path: Path, command: str) -> None:
    link = tmp_path / "hard.json"
    os.link(store, link)
    before = store.read_bytes()
    ran = run(command, "-o", str(link), store=store)
    assert (ran.code, sentence(ran)) == (4, f"{link} is the store itself; name another file with -o")
    assert store.read_bytes() == before


def test_a_note_to_a_body_does_not_go_over_the_store(store: Path, tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    folder.mkdir()
    os.link(store, folder / "IKO.txt")
    before = store.read_bytes()
    ran = run("chase", "--owner", "IKO", "--out", str(folder), store=store)
    assert ran.code == 4
    assert store.read_bytes() == before


@pytest.mark.parametrize("ending", [".bak", ".lock", ".new", ".bak.new"])
@pytest.mark.parametrize("command", ["list", "export"])
def test_what_the_store_keeps_beside_it_is_not_written_over(store: Path, command: str, ending: str) -> None:
    run("note", "7-KIT-1a", "makes a .bak", store=store)
    kept = store.with_name(store.name + ending)
    before = kept.read_bytes() if kept.exists() else None
    ran = run(command, "--format", "csv", "-o", str(kept), store=store)
    assert ran.code == 4
    assert sentence(ran) == f"{kept} belongs to the store ({kept}); name another file with -o"
    assert (kept.read_bytes() if kept.exists() else None) == before


@pytest.mark.needs_office
def test_what_a_command_reads_it_does_not_write_over(store: Path, tmp_path: Path) -> None:
    release, copy = tmp_path / "release.md", tmp_path / "copy.json"
    release.write_text("9th Plenary Session of the Invented Kite Conference\n\nBoth sides will fly kites.\n")
    run("export", "-o", str(copy), store=store)
    form = issue(store)
    link = tmp_path / "link.md"
    link.symlink_to(release)
    for words, file in (
        (("import", "release", str(release)), release),
        (("import", "release", str(release)), link),
        (("import", "register", str(copy)), copy),
        (("merge", str(form), "--format", "md"), form),
        (("show", "7-KIT-1a", "--source", str(release)), release),
    ):
        before = file.read_bytes()
        ran = run(*words, "-o", str(file), store=store)
        assert ran.code == 4
        assert ran.err.endswith(f"{file} is what this command reads; name another file with -o\n")
        assert file.read_bytes() == before


def test_a_write_that_is_interrupted_leaves_nothing_behind(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "out" / "l.csv"
    file.parent.mkdir()
    file.write_bytes(YESTERDAY)

    def interrupt(_descriptor: int) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", interrupt)
        assert run("list", "-o", str(file), store=store).code == 130
    assert file.read_bytes() == YESTERDAY
    assert os.listdir(file.parent) == ["l.csv"]
