"""``init`` and ``check``, and where the store is."""

import json
from pathlib import Path

import pytest

from hkshcc.stores.seed import reference_entries, seed_entries
from tests import nasty
from tests.hostile import active
from tests.running import ALL_SHIPPED, ENTRIES, Ran, run, sentence


def entries(store: Path) -> int:
    found: int = json.loads(run("list", "--format", "json", store=store).out)["entries"]
    return found


def test_init_creates_the_store_from_the_register_that_ships(tmp_path: Path) -> None:
    store = tmp_path / "register.json"
    ran = run("init", store=store)
    shipped = len(seed_entries())
    assert (ran.code, ran.out, ran.err) == (0, f"Created {store} with {shipped} entries.\n", "")
    assert entries(store) == shipped


def test_init_empty_knows_plenaries_areas_and_bodies_and_no_measure(tmp_path: Path) -> None:
    store = tmp_path / "register.json"
    assert run("init", "--empty", store=store).out == f"Created {store} with {len(reference_entries())} entries.\n"
    listing = run("list", store=store)
    assert listing.out == ""
    assert listing.err.startswith("0 of 0 measures")
    assert "No measure is in the register on that day." in run("report", store=store).out
    assert run("areas", store=store).out.startswith("market\tMKT\t")
    assert "Nothing recorded" not in run("history", store=store).out
    assert run("add", "--area", "finance", "--title", "The first", "--plenary", "5", store=store).code == 0


@pytest.mark.parametrize("words", ["init", "init --empty"])
def test_init_refuses_over_an_existing_store_and_leaves_it(store: Path, words: str) -> None:
    before = store.read_bytes()
    ran = run(*words.split(), store=store)
    assert ran.code == 4
    assert sentence(ran) == f"there is a store at {store} already; it was not changed"
    assert store.read_bytes() == before


def test_refresh_adds_the_shipped_entries_that_a_store_lacks_and_nothing_else(tmp_path: Path) -> None:
    store = tmp_path / "register.json"
    run("init", "--empty", store=store)
    lacking = len(seed_entries()) - len(reference_entries())
    first, last = len(reference_entries()) + 1, len(seed_entries()) + 1
    assert run("init", "--refresh", store=store).out == (
        f"Added {lacking} shipped entries to {store} (entries {first}-{last}). Undo: hkshcc undo --reason WHY\n"
    )
    assert run("list", store=store).err == ALL_SHIPPED
    again = run("init", "--refresh", store=store)
    assert again.out == "Nothing to add: the store has every shipped entry.\n"
    assert entries(store) == len(seed_entries()) + 1
    assert run("check", store=store).code == 0
    assert run("undo", "--reason", "Invented", "--yes", store=store).code == 0
    assert run("list", store=store).err.startswith("0 of 0 measures")
    assert run("check", store=store).code == 0


def test_refresh_leaves_out_what_clashes_and_says_so(tmp_path: Path) -> None:
    store = tmp_path / "register.json"
    run("init", "--empty", store=store)
    run("add", "--area", "finance", "--title", "One of our own", "--plenary", "5", store=store)
    ran = run("init", "--refresh", store=store)
    assert ran.code == 0
    assert "hkshcc: the shipped 5-FIN-1 was left out: the register has its own, entry 70\n" in ran.err
    assert run("show", "5-FIN-1", store=store).lines[0] == "5-FIN-1  One of our own"


def test_refresh_without_a_store_says_how_to_create_one(tmp_path: Path) -> None:
    ran = run("init", "--refresh", store=tmp_path / "none.json")
    assert ran.code == 1
    assert sentence(ran).endswith("to refresh; `hkshcc init` creates one")
    assert list(tmp_path.iterdir()) == []


def test_empty_and_refresh_exclude_each_other(tmp_path: Path) -> None:
    ran = run("init", "--empty", "--refresh", store=tmp_path / "none.json")
    assert ran.code == 2
    assert sentence(ran) == "--empty and --refresh exclude each other; give one of the two"


def test_check_says_that_a_register_is_sound_with_its_fingerprint(store: Path) -> None:
    ran = run("check", store=store)
    head = json.loads(run("list", "--format", "json", store=store).out)
    digits = head["fingerprint"]
    shown = " ".join(digits[start : start + 4] for start in (0, 4, 8, 12))
    assert (ran.code, ran.out) == (0, f"Sound: {head['entries']} entries, fingerprint {shown}.\n")


def test_check_reads_the_register_that_ships_and_finds_it_sound(tmp_path: Path) -> None:
    ran = run("check", store=tmp_path / "none.json")
    assert (ran.code, ran.out.split()[0]) == (0, "Sound:")


def altered(store: Path) -> Path:
    """Change one remark in the file, as somebody with an editor would."""
    text = store.read_text(encoding="utf-8")
    assert text.count("Starting anew") == 1
    store.write_text(text.replace("Starting anew", "Going on fine"), encoding="utf-8")
    return store


def test_check_names_the_entry_where_the_chain_breaks_and_ends_in_1(store: Path) -> None:
    ran = run("check", store=altered(store))
    [entry] = [entry for entry in nasty.entries() if entry.remark == "Starting anew"]
    assert ran.code == 1
    assert ran.out.startswith(f"entry {entry.number} or one before it is not what was recorded")
    assert ran.err == f"hkshcc: 1 problem found in {store}; compare it with {store}.bak or another copy\n"


def test_check_answers_programs_too(store: Path) -> None:
    sound = json.loads(run("check", "--format", "json", store=store).out)
    assert (sound["schema"], sound["sound"], sound["compared_with"], sound["problems"]) == (
        "hkshcc.check/1", True, None, [],
    )  # fmt: skip
    assert sound["entries"] == entries(store)
    ran = run("check", "--format", "json", store=altered(store))
    unsound = json.loads(ran.out)
    assert (ran.code, unsound["sound"], len(unsound["problems"])) == (1, False, 1)
    assert "is not what was recorded" in unsound["problems"][0]["problem"]
    assert run("check", "--format", "csv", store=store).out.splitlines()[1].startswith("entry ")


def test_a_report_from_an_altered_register_says_so(store: Path) -> None:
    ran = run("report", store=altered(store))
    assert ran.code == 0
    assert "hkshcc: entries were changed outside hkshcc; `hkshcc check` says which\n" in ran.err


def printed(ran: Ran) -> str:
    """The fingerprint at the end of a printed report, as a person would type it: N:digits."""
    line = next(line for line in ran.lines if line.startswith("Based on entries 1-"))
    number, _, digits = line.removeprefix("Based on entries 1-").partition(", fingerprint ")
    return f"{number}:{digits}"


def test_a_printed_fingerprint_proves_that_its_entries_are_unchanged(store: Path) -> None:
    typed = printed(run("report", store=store))
    run("note", "8-KIT-1", "Something later", store=store)
    for form in (typed, typed.replace(" ", ""), typed.upper()):
        ran = run("check", "--fingerprint", form, store=store)
        last = typed.partition(":")[0]
        assert (ran.code, ran.out) == (0, f"Unchanged: the fingerprint is that of entries 1-{last}.\n")


@pytest.mark.parametrize("lang", ["en", "zh-Hant", "zh-Hans"])
def test_the_last_line_of_a_report_is_a_fingerprint_as_it_stands(store: Path, lang: str) -> None:
    line = run("report", "--lang", lang, store=store).lines[-1]
    last = entries(store)
    run("note", "8-KIT-1", "Something later", store=store)
    for form in (line, line[-19:], line[-19:].replace(" ", ""), f"{last} {line[-19:]}"):
        ran = run("check", "--fingerprint", form, store=store)
        assert (ran.code, ran.out) == (0, f"Unchanged: the fingerprint is that of entries 1-{last}.\n")


@pytest.mark.parametrize("form", ["{0}:{1}", "{1}"])
def test_a_slip_in_a_fingerprint_is_called_one_and_not_a_damaged_register(store: Path, form: str) -> None:
    digits = printed(run("report", store=store)).partition(":")[2]
    typed = form.format(entries(store), digits[:-1] + ("0" if digits[-1] != "0" else "1"))
    ran = run("check", "--fingerprint", typed, store=store)
    assert ran.code == 1
    assert "a slip of the hand?" in ran.out
    assert ran.err.startswith("hkshcc: the fingerprint does not match ")
    assert ".bak" not in ran.err


def test_a_fingerprint_of_fewer_entries_than_were_typed_with_it_says_of_which(store: Path) -> None:
    number, _, digits = printed(run("report", store=store)).partition(":")
    run("note", "8-KIT-1", "Something later", store=store)
    ran = run("check", "--fingerprint", f"{int(number) + 1}:{digits}", store=store)
    assert f"it is the fingerprint of entries 1-{number}\n" in ran.out


def test_a_printed_fingerprint_disproves_it_where_an_entry_was_changed(store: Path) -> None:
    typed = printed(run("report", store=store))
    ran = run("check", "--fingerprint", typed, store=altered(store))
    assert ran.code == 1
    assert f"are not those of {typed}: their fingerprint is" in ran.out
    assert "the first entry that is not what was recorded is" in ran.out


def test_a_fingerprint_of_more_entries_than_there_are_says_that_some_were_cut_off(store: Path) -> None:
    last = entries(store)
    ran = run("check", "--fingerprint", f"{last + 5}:0123456789abcdef", store=store)
    assert ran.code == 1
    assert ran.out.startswith(f"the register ends at entry {last}: entries up to {last + 5} were removed")


@pytest.mark.parametrize("typed", ["3f9a", "12:xyz", "12:3f9a", "", ":3f9a21c0"])
def test_what_is_no_fingerprint_is_refused_and_its_form_named(store: Path, typed: str) -> None:
    ran = run("check", "--fingerprint", typed, store=store)
    assert ran.code == 2
    assert "type it as N:3f9a21c077de0b52" in sentence(ran)


def test_the_store_option_stands_over_the_environment(tmp_path: Path, store: Path) -> None:
    other = tmp_path / "other.json"
    assert run("list", "--store", str(other), store=store).err.endswith(ALL_SHIPPED)
    assert run("list", store=store).err == "10 of 10 measures\n"


@pytest.mark.parametrize("words", ["--store {} list", "list --store {}", "list --area kites --store={}"])
def test_the_store_option_may_stand_before_or_after_the_command(store: Path, words: str) -> None:
    ran = run(*(word.format(store) for word in words.split()))
    assert (ran.code, ran.err.split(" measures")[0][-5:]) == (0, "of 10")


def test_without_option_and_environment_the_store_is_in_the_users_data_folder(tmp_path: Path) -> None:
    home = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data")}
    created = run("init", env=home)
    [store] = tmp_path.rglob("register.json")
    assert store.parent.name == "hkshcc"
    assert created.out.startswith("Created ~/data/hkshcc/register.json with ")
    assert run("list", env=home).err == ALL_SHIPPED
    assert run("note", "5-FIN-1", "x", env=home).out.endswith(f"Undo: hkshcc undo {ENTRIES + 1}\n")


def test_an_empty_variable_is_no_store(tmp_path: Path) -> None:
    ran = run("check", env={"HKSHCC_STORE": "", "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)})
    assert "no store yet at ~/hkshcc/register.json" in ran.err


@pytest.mark.parametrize("words", [["note", "5-FIN-1", "x"], ["list"], ["init"], ["export", "-o", "x.json"]])
def test_a_store_without_a_name_is_refused_rather_than_another_taken(tmp_path: Path, words: list[str]) -> None:
    home = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}
    ran = run("--store", "", *words, env=home)
    assert (ran.code, sentence(ran)) == (2, "--store names no file; name one, or leave --store out")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", [["note", "5-FIN-1", "x"], ["list"], ["init"]])
def test_a_store_in_memory_would_acknowledge_and_forget(words: list[str]) -> None:
    said = "a store in memory: would be gone with the command; name a file with --store"
    for ran in (run(*words, "--store", "memory:"), run(*words, env={"HKSHCC_STORE": "memory:"})):
        assert (ran.code, sentence(ran)) == (2, said)


@pytest.mark.parametrize("name", ["\x1b[2J.json", "\u202eno\x1b]0;x\x07.json", "two\nlines.json"])
def test_the_path_of_a_store_is_printed_inert(tmp_path: Path, name: str) -> None:
    store = tmp_path / name
    for words in (["init"], ["init"], ["init", "--refresh"], ["list"], ["check"], ["undo"], ["-o", name, "list"]):
        ran = run(*words, store=store)
        assert active(ran.out + ran.err) - {"\n", "\t"} == set()


@pytest.mark.parametrize(
    ("named", "recorder"), [({"HKSHCC_USER": "Chan Siu-ming"}, "Chan Siu-ming"), ({"HKSHCC_USER": "陳小明"}, "陳小明")]
)
def test_an_entry_says_who_typed_it(store: Path, named: dict[str, str], recorder: str) -> None:
    assert run("note", "8-KIT-1", "x", store=store, env=named).code == 0
    assert f"recorded 23 Nov 2026 by {recorder}" in run("history", "8-KIT-1", store=store).out


@pytest.mark.parametrize("variable", ["HKSHCC_USER", "LOGNAME"])
def test_a_name_that_is_no_text_is_refused_with_the_way_out(store: Path, variable: str) -> None:
    ran = run("note", "8-KIT-1", "x", store=store, env={"HKSHCC_USER": "", variable: "caf\udce9"})
    said = r"the user name 'caf\udce9' is not valid UTF-8; set HKSHCC_USER"
    assert (ran.code, sentence(ran)) == (2, said)


def test_without_a_name_the_login_name_stands(store: Path) -> None:
    assert run("note", "8-KIT-1", "x", store=store, env={"HKSHCC_USER": "", "LOGNAME": "invented"}).code == 0
    assert "recorded 23 Nov 2026 by invented" in run("history", "8-KIT-1", store=store).out


@pytest.mark.parametrize("error", [KeyError("uid not found"), OSError("no login name")])
def test_without_any_name_an_entry_is_by_unknown(
    store: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def nobody() -> str:
        raise error

    monkeypatch.setattr("getpass.getuser", nobody)
    assert run("note", "8-KIT-1", "x", store=store, env={"HKSHCC_USER": ""}).code == 0
    assert "recorded 23 Nov 2026 by unknown" in run("history", "8-KIT-1", store=store).out


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty (0 bytes)"),
        (b'{"meta": ', "is incomplete or not valid JSON"),
        (b"\xff\xfe", "is not UTF-8"),
        (b"[]", "is not an hkshcc register"),
    ],
)
@pytest.mark.parametrize("command", ["list", "report", "note 8-KIT-1 x", "check", "init --refresh"])
def test_a_store_that_cannot_be_read_is_refused_and_left_as_it_was(
    store: Path, content: bytes, why: str, command: str
) -> None:
    store.write_bytes(content)
    ran = run(*command.split(), store=store)
    assert ran.code == 5
    assert why in sentence(ran)
    assert store.read_bytes() == content


def test_a_store_in_a_place_that_cannot_be_written_ends_in_5(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    ran = run("note", "5-FIN-1", "x", store=tmp_path / "file" / "register.json")
    assert ran.code == 5
    assert "cannot be" in sentence(ran)


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    ran = run("list", store=tmp_path)
    assert ran.code == 5
    assert sentence(ran) == f"the store {tmp_path} is a folder; name a file with --store"


def test_a_store_in_the_home_folder_is_shown_from_there(tmp_path: Path) -> None:
    home = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data")}
    assert run("check", env=home).err == (
        "hkshcc: showing the register that ships; no store yet at ~/data/hkshcc/register.json\n"
    )
    assert run("init", env=home).out == f"Created ~/data/hkshcc/register.json with {ENTRIES} entries.\n"
    beside = {"HOME": f"{tmp_path}/da", "XDG_DATA_HOME": str(tmp_path / "data")}
    assert run("init", env=beside).code == 4
