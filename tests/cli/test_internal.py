"""What is marked internal is shown as such here, and is in nothing that --public writes."""

import json
import re
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from hkshcc.cli.output import EXPORTS
from hkshcc.render import FORMATS
from tests.commands import pages
from tests.running import NOW, run, sentence

HIDDEN = "Geheimsache"
TELLING = (
    ("note", "8-KIT-1", f"{HIDDEN} note", "--internal"),
    ("update", "8-KIT-1", "--by", "IKO", "--remark", HIDDEN, "--next", HIDDEN, "--attention", HIDDEN, "--internal"),
    ("done", "7-KIT-1a", "--evidence", "Gazette 1", "--evidence-kind", "record", "--remark", HIDDEN, "--internal"),
)


def parts(path: Path) -> list[bytes]:
    """A file's bytes; of a workbook those of its parts, which are compressed."""
    if not zipfile.is_zipfile(path):
        return [path.read_bytes()]
    with zipfile.ZipFile(path) as book:
        return [book.read(name) for name in book.namelist()]


@pytest.fixture
def told(store: Path) -> Path:
    for words in TELLING:
        assert run(*words, store=store).code == 0
    return store


LATER = NOW + timedelta(days=2)


@pytest.fixture
def owing(told: Path) -> Path:
    """The same in a round in which whoever told it is to tell again."""
    words = ("--remark", HIDDEN, "--next", HIDDEN, "--attention", HIDDEN)
    assert run("update", "7-KIT-1b", "--by", "IKO", *words, "--internal", store=told).code == 0
    assert run("note", "7-KIT-1b", HIDDEN, "--internal", store=told).code == 0
    assert run("round", "open", "Winter", "--due", "2026-12-20", store=told, now=LATER).code == 0
    return told


def test_what_is_internal_is_marked_where_it_is_told(told: Path) -> None:
    sheet, story = run("show", "8-KIT-1", store=told).out, run("history", "7-KIT-1a", store=told).out
    assert f"internal note: {HIDDEN} note" in sheet
    assert "[internal]" in sheet
    assert f"completed: {HIDDEN} [internal]" in story
    rows = json.loads(run("history", "8-KIT-1", "--format", "json", store=told).out)["events"]
    assert [row["remark"] for row in rows if row["internal"]] == [f"{HIDDEN} note", HIDDEN]


def test_the_answer_says_that_the_words_are_internal(store: Path) -> None:
    answers = [run(*words, store=store).out for words in TELLING]
    assert "internal note added" in answers[0]
    assert [("words internal" in answer) for answer in answers] == [False, True, True]


@pytest.mark.needs_office
@pytest.mark.parametrize("form", EXPORTS)
def test_a_public_export_has_none_of_it_in_any_format(told: Path, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"public{EXPORTS[form][0]}"
    ran = run("export", "--public", "-o", str(path), store=told)
    assert ran.code == 0, ran.err
    assert not any(HIDDEN.encode() in data for data in parts(path))
    if form == "md":
        assert "Public edition, without 1 note, the words of 3 updates" in path.read_text("utf-8")


@pytest.mark.needs_office
def test_the_name_of_a_file_on_ones_own_disk_goes_out_in_nothing_public_nor_sent(store: Path, tmp_path: Path) -> None:
    for name in (f"{HIDDEN}.pdf", f"{HIDDEN}-2.pdf"):
        (tmp_path / name).write_bytes(name.encode())
    given = ("--evidence", "https://example.org/notice", "--title", "Notice", "--copy", str(tmp_path / f"{HIDDEN}.pdf"))
    words = ("--by", "IKO", "--status", "in-progress", "--remark", "Said")
    marked = run("update", "7-KIT-1b", *words, *given, "--internal", store=store)
    assert "words internal, evidence public" in marked.out
    assert run("update", "8-KIT-1", *words, "--evidence", "Letter 1", store=store).code == 0
    assert run("evidence", "keep", "8-KIT-1", "1", str(tmp_path / f"{HIDDEN}-2.pdf"), store=store).code == 0
    assert HIDDEN in run("evidence", "--format", "json", store=store).out
    public = run("evidence", "--public", "--format", "json", store=store)
    assert (public.code, HIDDEN in public.out, "https://example.org/notice" in public.out) == (0, False, True)
    site, letters, forms = tmp_path / "site", tmp_path / "letters", tmp_path / "forms"
    assert run("export", "--site", str(site), "--public", store=store).code == 0
    assert run("round", "open", "Winter", "--due", "2026-12-20", store=store, now=LATER).code == 0
    assert run("chase", "--out", str(letters), "--format", "md", store=store, now=LATER).code == 0
    assert run("form", "--all", "--out", str(forms), store=store, now=LATER).code == 0
    written = [path for folder in (site, letters, forms) for path in folder.rglob("*") if path.is_file()]
    assert [path for path in written if any(HIDDEN.encode() in data for data in parts(path))] == []
    said = run("show", "7-KIT-1b", "--public", "--format", "md", store=store).out.replace("\n", " ")
    assert "Public edition, without" in said
    assert "the names of 2 files" in said
    assert "Notice" in said
    assert "copy kept: (not published)" in said
    stamp = re.findall(r"check --fingerprint (\S+)", run("report", "--public", "--format", "md", store=store).out)[0]
    assert run("check", "--fingerprint", stamp, store=store).code == 0


def test_a_public_copy_is_a_register_of_its_own(told: Path, tmp_path: Path) -> None:
    copy, other = tmp_path / "public.json", tmp_path / "other.json"
    assert run("export", "--public", "-o", str(copy), store=told).code == 0
    assert run("import", "register", str(copy), "--apply", store=other).code == 0
    assert run("check", store=other).code == 0
    mistaken = run("import", "register", str(copy), store=told)
    assert mistaken.code == 4
    assert "have the same id but do not say the same" in sentence(mistaken)


def test_an_update_without_words_has_nothing_to_be_kept_internal(store: Path) -> None:
    ran = run("update", "8-KIT-1", "--by", "IKO", "--status", "in-progress", "--internal", store=store)
    assert ran.code == 2
    assert sentence(ran).startswith("--internal keeps words from being published, and none were given")


def test_an_amendment_marks_what_was_said_and_keeps_the_mark(store: Path) -> None:
    run("note", "8-KIT-1", HIDDEN, store=store)
    assert "internal note added" in run("amend", "8-KIT-1", "--internal", store=store).out
    assert "internal note added" in run("amend", "8-KIT-1", "--remark", "Another", store=store).out
    run("update", "7-KIT-1b", "--by", "IKO", "--remark", HIDDEN, store=store)
    assert "words internal" in run("amend", "--internal", store=store).out
    assert "words internal" in run("amend", "--on", "2026-11-01", store=store).out
    assert HIDDEN not in run("export", "--public", "--format", "json", store=store).out


def test_a_public_export_of_what_has_no_marks_says_that_nothing_is_left_out() -> None:
    ran = run("export", "--public", "--format", "md", store="none.json")
    assert "Public edition: nothing is left out" in ran.lines


def test_every_page_that_quotes_what_is_internal_can_leave_it_out(told: Path) -> None:
    quoting = set()
    for words in pages(machine=True):
        for form in ("json", "table"):
            if HIDDEN in run(*words.split(), "--format", form, store=told).out:
                quoting.add(words.split()[0])
                ran = run(*words.split(), "--format", form, "--public", store=told)
                assert (ran.code, HIDDEN in ran.out) == (0, False), (words, ran.err)
    assert {"list", "show", "report", "history", "todo"} <= quoting


@pytest.mark.needs_office
@pytest.mark.parametrize(
    ("command", "form"),
    [
        (command, form)
        for command in (
            "list", "show 8-KIT-1 7-KIT-1a", "report", "report --paper", "history", "changes --since 2020",
            "todo",
        )
        for form in FORMATS
        if (command.split()[0], form) != ("show", "svg")  # a picture shows one measure
    ],
)  # fmt: skip
def test_a_public_page_has_none_of_it_in_any_format_and_says_so(
    told: Path, tmp_path: Path, command: str, form: str
) -> None:
    path = tmp_path / f"page{FORMATS[form].endings[-1]}"
    ran = run(*command.split(), "--public", "--format", form, "-o", str(path), store=told)
    assert ran.code == 0, ran.err
    assert "internal" not in ran.err
    assert not any(HIDDEN.encode() in data for data in parts(path))
    if form not in {"json", "csv", "docx"}:
        assert "Public edition, without 1 note, the words of 3 updates" in path.read_text("utf-8").replace("\n", " ")


def test_on_the_registers_own_pages_every_line_that_quotes_it_is_marked(told: Path) -> None:
    for words in pages(machine=True):
        lines = [line for line in run(*words.split(), "--format", "table", store=told).lines if HIDDEN in line]
        assert [line for line in lines if "internal" not in line] == [], words


def test_who_writes_a_file_that_may_quote_it_is_told(told: Path, tmp_path: Path) -> None:
    for words in (["report"], ["show", "8-KIT-1"], ["export"]):
        path = tmp_path / f"{words[0]}.md"
        said = f"{path} may quote what is marked internal; --public leaves that out"
        assert said in run(*words, "-o", str(path), store=told).err
        assert said not in run(*words, "--public", "-o", str(path), store=told).err
    folder = tmp_path / "site"
    assert "may quote what is marked internal" in run("export", "--site", str(folder), store=told).err


def test_the_paper_says_what_its_mark_means(told: Path) -> None:
    said = "Words marked [internal] are not for publication"
    assert said in run("report", "--paper", "--format", "md", store=told).out.replace("\\", "")
    assert said not in run("report", "--paper", "--format", "md", "--public", store=told).out.replace("\\", "")


@pytest.mark.needs_office
@pytest.mark.parametrize("form", ["table", "md", "html", "docx"])
@pytest.mark.parametrize("lang", ["en", "zh-Hant"])
def test_nothing_of_it_is_sent_to_a_body_in_a_letter_or_a_form(
    owing: Path, tmp_path: Path, form: str, lang: str
) -> None:
    asked = run("chase", "IKO", store=owing, now=LATER).lines
    assert [line for line in asked if HIDDEN in line] == [line for line in asked if "[internal]" in line] != []
    assert HIDDEN not in run("chase", "IKO", "--public", store=owing, now=LATER).out
    out, forms = tmp_path / "letters", tmp_path / "forms"
    ran = run("--lang", lang, "chase", "--out", str(out), "--format", form, "--with-forms", store=owing, now=LATER)
    assert ran.code == 0, ran.err
    assert run("--lang", lang, "form", "--all", "--out", str(forms), store=owing, now=LATER).code == 0
    assert run("form", "IKO", "-o", str(tmp_path / "IKO.xlsx"), store=owing, now=LATER).code == 0
    assert (out / f"IKO.{'txt' if form == 'table' else form}").exists()
    sent = [*out.iterdir(), *forms.iterdir(), tmp_path / "IKO.xlsx"]
    assert len(sent) > 3
    for path in sent:
        data = b"".join(parts(path))
        assert HIDDEN.encode() not in data, path.name
        for edition in ("Public edition", "公開版"):  # who gets a letter is not told of what else there is
            assert edition.encode() not in data, path.name


@pytest.mark.needs_office
def test_a_form_drawn_beside_what_is_internal_is_merged(told: Path, tmp_path: Path) -> None:
    path = tmp_path / "IKO.xlsx"
    assert run("form", "IKO", "-o", str(path), store=told).code == 0
    ran = run("merge", str(path), store=told)
    assert ran.code == 0, ran.err


@pytest.mark.needs_office
@pytest.mark.parametrize("name", ["paper.docx", "report.html", "report.txt", "report.md", "report.json"])
def test_a_public_page_is_drawn_again_and_its_fingerprint_known(told: Path, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    assert run("report", "--public", "-o", str(path), store=told).code == 0
    for later in ("note 8-KIT-1 Later --internal", "note 8-KIT-1 Open", "note 8-KIT-1 Again --internal"):
        assert run(*later.split(), store=told).code == 0
    ran = run("check", "--report", str(path), store=told)
    assert ran.code == 0, ran.out
    assert "is as it was drawn." in ran.out
    if path.suffix != ".json":  # which does not say how much is left out
        assert "3 entries were recorded since" in ran.out
    altered = path.with_name(f"altered{path.suffix}")
    if path.suffix != ".docx":
        altered.write_text(path.read_text("utf-8").replace("23", "24", 1), "utf-8")
        assert run("check", "--report", str(altered), store=told).code == 1


def test_the_fingerprint_of_a_public_edition_is_known_as_such(told: Path) -> None:
    printed = run("report", "--public", "--format", "md", store=told).out
    [stamp] = re.findall(r"check --fingerprint (\S+)", printed)
    last = len(json.loads(run("history", "--format", "json", store=told).out)["events"])
    ran = run("check", "--fingerprint", stamp, store=told)
    assert ran.code == 0, ran.err
    assert f"that of the public edition of entries 1-{last}." in ran.out
    assert json.loads(run("check", "--fingerprint", stamp, "--format", "json", store=told).out)["public_edition"]
    assert run("check", "--fingerprint", f"{stamp[:-1]}{'0' if stamp[-1] != '0' else '1'}", store=told).code == 1


def test_changes_by_the_day_of_recording_have_a_public_edition(told: Path) -> None:
    ran = run("changes", "--since", "2020-01-01", "--by-recorded", "--public", "--format", "md", store=told)
    assert ran.code == 0, ran.err
    assert HIDDEN not in ran.out
