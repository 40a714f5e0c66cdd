"""Two secretariats that exchange their registers from the command line: asked, shown, verified, refused."""

import errno
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests import nasty
from tests.exchange.forms.bureau import fill, issue, merge
from tests.processes import PROGRAM, environment, finished, start
from tests.running import NOW, Ran, run, says, sentence
from tests.signers import Signer, signer
from tests.stores.forging import forged

REF, BODY, OTHER = "7-KIT-1a", "IKO", "SH-Wind"
only_ssh = pytest.mark.needs_program("ssh-keygen")


class Two:
    """A register in Hong Kong that has a name, and one in Shanghai that has none yet."""

    def __init__(self, folder: Path) -> None:
        self.hk, self.sh = nasty.write(folder / "hk.json"), nasty.write(folder / "sh.json")
        self.folder = folder
        assert run("init", "--origin", "HK", store=self.hk).code == 0

    def note(self, store: Path, text: str, **how: Any) -> None:
        assert run("note", REF, text, store=store, **how).code == 0

    def sent(self, store: Path) -> Path:
        copy = self.folder / f"{store.stem}-copy.json"
        assert run("export", "-o", str(copy), store=store).code == 0
        return copy

    def receive(self, store: Path, copy: Path, *more: str, **how: Any) -> Ran:
        return run("import", "register", str(copy), *more, store=store, **how)

    def exchanged(self, **how: Any) -> "Two":
        """Let Shanghai receive what Hong Kong has, and then the other way."""
        for here, there, more in ((self.sh, self.hk, ["--origin", "SH"]), (self.hk, self.sh, [])):
            ran = self.receive(here, self.sent(there), "--apply", *more, **how)
            assert ran.code == 0, ran.err
        return self


@pytest.fixture
def two(tmp_path: Path) -> Two:
    return Two(tmp_path)


def events(store: Path) -> list[dict[str, Any]]:
    return [dict(event) for event in json.loads(run("history", "--format", "json", store=store).out)["events"]]


# The question for the register's name


def test_a_register_without_a_name_is_asked_for_one_at_a_terminal(two: Two) -> None:
    ran = two.receive(two.sh, two.sent(two.hk), "--apply", keys="sh\n")
    assert ran.code == 0, ran.err
    assert ran.err.startswith("The name by which others will know this register, such as HK: ")
    assert "named the register SH" in ran.out
    assert two.receive(two.sh, two.sent(two.hk), "--apply").code == 0  # once and for all


def test_an_answer_that_is_no_name_is_refused_and_nothing_recorded(two: Two) -> None:
    before = two.sh.read_bytes()
    ran = two.receive(two.sh, two.sent(two.hk), "--apply", keys="Shanghai Office\n")
    assert (ran.code, ran.out) == (2, "")
    assert "'Shanghai Office' cannot be a register's name; use at most 12 letters" in ran.err
    assert two.sh.read_bytes() == before


def test_a_fingerprint_of_a_register_never_met_is_not_plainly_called_changed(two: Two) -> None:
    printed = run("report", store=two.hk).lines[-1]
    ran = run("check", "--fingerprint", printed, store=two.sh)
    assert ran.code == 1
    said = " ".join(ran.err.split())
    assert "it is of another register of which these entries were not received here, or entries were changed" in said


def test_an_import_that_is_taken_back_is_said_to_be_taken_back_there_too(two: Two) -> None:
    two.note(two.hk, "Told in Hong Kong")
    two.exchanged()
    ran = run("undo", "--yes", store=two.sh)
    assert ran.code == 0, ran.err
    assert "withdrawn there too, once HK receives a copy of this register" in " ".join(ran.err.split())


def test_an_import_is_taken_back_only_when_somebody_says_yes(two: Two) -> None:
    two.note(two.hk, "Told in Hong Kong")
    two.exchanged()
    before = two.sh.read_bytes()
    ran = run("undo", store=two.sh)
    assert (ran.code, ran.out) == (2, "")
    assert sentence(ran) == "withdrawing an entry here and in HK's register must be confirmed; add --yes"
    refused = run("undo", store=two.sh, keys="no\n")
    assert refused.code == 1
    assert refused.err.startswith("Withdraw an entry here and in HK's register? yes or no")
    assert two.sh.read_bytes() == before
    agreed = run("undo", store=two.sh, keys="yes\n")
    assert agreed.code == 0, agreed.err


@pytest.mark.parametrize("typed", ["--origin", "at a terminal", "init"])
def test_the_name_of_another_register_is_refused(two: Two, typed: str) -> None:
    copy = two.sent(two.hk)
    if typed == "init":
        two.exchanged()
    before = two.sh.read_bytes()
    if typed == "init":
        ran = run("init", "--origin", "hk", store=two.sh)
    elif typed == "--origin":
        ran = two.receive(two.sh, copy, "--apply", "--origin", "HK")
    else:
        ran = two.receive(two.sh, copy, "--apply", keys="hk\n")
    assert (ran.code, ran.out) == (4, "")
    assert "HK is the name of another register" in " ".join(ran.err.split())
    assert two.sh.read_bytes() == before


def test_without_a_terminal_nobody_is_asked_and_the_option_is_named(two: Two) -> None:
    before = two.sh.read_bytes()
    ran = two.receive(two.sh, two.sent(two.hk), "--apply")
    assert ran.code == 2
    assert sentence(ran) == (
        "this register has no name yet, by which others will know its entries; add --origin NAME, such as --origin SH"
    )
    assert two.sh.read_bytes() == before


def test_a_preview_asks_nobody(two: Two) -> None:
    two.note(two.hk, "Told in Hong Kong")
    ran = two.receive(two.sh, two.sent(two.hk), keys="")
    assert (ran.code, ran.err) == (0, "")
    assert ran.lines[-1] == "Nothing was recorded. To record it, add --apply."


def test_a_name_that_nothing_takes_back_is_not_said_to_be_undone(two: Two) -> None:
    named = run("init", "--origin", "sh", store=two.sh)
    assert says(named.out, "Named the register SH (entry … ).")
    assert "undo" not in named.out


def test_another_name_than_the_registers_own_is_refused_also_where_nothing_is_new(two: Two) -> None:
    two.exchanged()
    copy = two.sent(two.hk)
    assert two.receive(two.sh, copy, "--apply").code == 0
    ran = two.receive(two.sh, copy, "--apply", "--origin", "PORT")
    assert (ran.code, ran.out) == (4, "")
    assert "this register is called SH; leave --origin out" in " ".join(ran.err.split())


def test_a_name_that_was_not_needed_is_said_not_to_have_been_given(tmp_path: Path) -> None:
    two = Two(tmp_path)
    before = two.sh.read_bytes()
    ran = two.receive(two.sh, two.sent(two.sh), "--apply", "--origin", "SH")
    assert ran.code == 0
    assert "the register was not named; `hkshcc init --origin SH` names it" in " ".join(ran.err.split())
    assert two.sh.read_bytes() == before


def test_a_copy_of_a_register_without_a_name_is_said_to_need_one_before_another_receives_it(two: Two) -> None:
    copy = two.folder / "copy.json"
    untouched = run("export", "-o", str(copy), store=two.hk)
    assert "only once" not in untouched.err
    two.note(two.sh, "Told in Shanghai")
    ran = run("export", "-o", str(copy), store=two.sh)
    assert ran.code == 0
    assert "only once this one has a name: `hkshcc init --origin NAME`" in " ".join(ran.err.split())


# Two imports at once, and a disk that is full


def test_of_two_imports_at_once_one_records_and_the_other_has_nothing_to(two: Two) -> None:
    two.note(two.hk, "Told in Hong Kong")
    copy = two.sent(two.hk)
    assert run("init", "--origin", "SH", store=two.sh).code == 0
    words = [*PROGRAM, "import", "register", str(copy), "--apply"]
    processes = [start(words, environment(two.sh)) for _ in range(3)]
    ended = [finished(process) for process in processes]
    assert [ran.code for ran in ended] == [0, 0, 0]
    assert sum("Nothing to record" in ran.out for ran in ended) == 2
    assert [event["event"] for event in events(two.sh)].count("exchange") == 1
    assert run("check", store=two.sh).code == 0


def test_an_import_that_a_disk_has_no_room_for_leaves_the_register_as_it_was(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    two.note(two.hk, "Told in Hong Kong")
    copy, before = two.sent(two.hk), two.sh.read_bytes()

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        ran = two.receive(two.sh, copy, "--apply", "--origin", "SH")
    assert (ran.code, ran.out) == (5, "")
    assert "nothing was recorded" in sentence(ran)
    assert two.sh.read_bytes() == before
    assert two.receive(two.sh, copy, "--apply", "--origin", "SH").code == 0


# What came from elsewhere


def test_a_received_entry_has_its_own_moment_and_the_day_on_which_it_was_received(two: Two) -> None:
    two.note(two.hk, "Told in Hong Kong")
    two.exchanged(now=NOW.replace(day=25))
    later = NOW.replace(day=26)
    shown = run("history", REF, store=two.sh, now=later)
    [exchange] = [event for event in events(two.sh) if event["event"] == "exchange"]
    assert f"recorded 23 Nov 2026 by tester; received 25 Nov 2026 (entry SH-{exchange['number']})" in " ".join(
        shown.out.split()
    )
    [received] = [event for event in events(two.sh) if event["remark"] == "Told in Hong Kong"]
    assert (received["recorded"], received["received"]) == (NOW.isoformat(), "2026-11-25T12:00:00+08:00")
    [sheet] = json.loads(run("show", REF, "--format", "json", store=two.sh, now=later).out)["measures"]
    assert [event["received"] for event in sheet["events"]][-1] == received["received"]
    assert "received" not in run("history", REF, store=two.hk, now=later).out


def test_a_copy_of_evidence_that_the_other_register_keeps_is_no_fault_here(two: Two) -> None:
    letter = two.folder / "letter.txt"
    letter.write_text("Invented", encoding="utf-8")
    words = ["--by", BODY, "--remark", "x", "--evidence", "Letter 1", "--copy", str(letter)]
    assert run("update", REF, *words, store=two.hk).code == 0
    two.exchanged()
    checked = run("check", store=two.sh)
    assert checked.code == 0, checked.err
    assert "1 copy of evidence or signed form is kept by another register alone" in checked.lines[-1]
    assert json.loads(run("check", "--format", "json", store=two.sh).out)["kept_elsewhere"] == 1
    kept = next(Path(f"{two.hk}.copies").iterdir())
    kept.write_text("Another", encoding="utf-8")
    assert run("check", store=two.hk).code == 1  # but whoever keeps it must have it
    kept.unlink()
    assert "it is missing" in run("check", store=two.hk).out


def test_that_the_other_register_was_rewritten_is_said_by_the_import_and_by_check_ever_after(two: Two) -> None:
    two.exchanged()
    before = two.hk.read_bytes()
    two.note(two.hk, "Told in Hong Kong")
    two.exchanged()
    [told] = [event["number"] for event in events(two.hk) if event["remark"] == "Told in Hong Kong"]
    two.hk.write_bytes(before)
    two.note(two.hk, "Never told like this")
    ran = two.receive(two.sh, two.sent(two.hk), "--apply")
    assert ran.code == 0, ran.err
    assert f"from entry {told} on it is another" in " ".join(ran.err.split())
    two.note(two.sh, "Told since")
    numbers = [
        event["number"] for event in events(two.sh) if event["remark"] in {"Told in Hong Kong", "Never told like this"}
    ]
    checked = run("check", store=two.sh)
    assert checked.code == 0, checked.err
    assert checked.lines[0].startswith("Sound: ")
    assert (
        f"HK's register is here in more than one version from its entry {told} on (here entries {numbers[0]},"
        f" {numbers[1]}): it was rewritten" in " ".join(checked.out.split())
    )
    [fork] = json.loads(run("check", "--format", "json", store=two.sh).out)["forks"]
    assert fork == {"origin": "HK", "number": told, "entries": numbers}


# Prints of this register and of the other


def test_a_print_of_ones_own_is_drawn_again_though_it_has_more_entries_than_are_known_of_the_other(two: Two) -> None:
    two.exchanged()
    for store in (two.hk, two.sh):
        two.note(store, "Told since")
        two.note(store, "Told since, too")
        printed = two.folder / f"{store.stem}.md"
        assert run("report", "-o", str(printed), store=store).code == 0
        ran = run("check", "--report", str(printed), store=store)
        assert ran.code == 0, ran.err
        printed.write_text(printed.read_text("utf-8").replace("56", "57", 1).replace("KIT", "KAT", 1), "utf-8")
        assert run("check", "--report", str(printed), store=store).code == 1


def test_a_copy_that_brings_receipts_alone_is_not_said_to_be_known_whole(two: Two) -> None:
    two.note(two.hk, "Told in Hong Kong")
    two.exchanged()
    assert two.receive(two.sh, two.sent(two.hk), "--apply").code == 0
    last = len(events(two.sh))
    ran = two.receive(two.hk, two.sent(two.sh), "--apply")
    assert f"0 new entries, {last - 1} already known" in ran.out
    assert "Nothing to record: all that is new there is that it received what is here." in ran.lines
    ran = run("check", "--fingerprint", run("report", store=two.sh).lines[-1], store=two.hk)
    assert ran.code == 1
    assert "can be compared once it records something else" in " ".join(ran.err.split())


@only_ssh
def test_a_register_that_begins_from_a_copy_is_told_of_the_keys_in_it(two: Two, tmp_path: Path) -> None:
    assert run("bodies", "key", "add", BODY, str(signer(tmp_path, BODY).public), store=two.hk).code == 0
    copy = two.sent(two.hk)
    ran = two.receive(tmp_path / "new.json", copy, "--apply", "--origin", "CN")
    assert ran.code == 0, ran.err
    assert "brings keys of bodies" in ran.err
    restored = two.receive(tmp_path / "restored.json", copy, "--apply", "--origin", "HK")
    assert "brings keys" not in restored.err


def test_who_names_a_measure_whose_ref_became_anothers_is_told_what_the_own_is_called(two: Two) -> None:
    for store in (two.hk, two.sh):
        assert run("add", "--plenary", "7", "--area", "kites", "--title", f"Of {store.stem}", store=store).code == 0
    two.exchanged()
    measures = json.loads(run("list", "--plenary", "7", "--format", "json", store=two.sh).out)["measures"]
    [ref] = [measure["ref"] for measure in measures if measure["title"]["en"] == "Of hk"]
    ran = run("note", ref, "Which?", store=two.sh)
    assert ran.code == 0, ran.err
    assert " ".join(ran.err.split()).endswith(f"what this register recorded as {ref} is called {ref}-SH")
    assert run("note", ref, "Which?", store=two.hk).err == ""


# Prints of the other register


@pytest.mark.parametrize(
    "words", ["report -o {}.md", "history -o {}.json", "list -o {}.csv", "report --lang zh-Hant -o {}.html"]
)
def test_a_print_of_the_other_register_is_drawn_again_as_it_was_there(two: Two, words: str) -> None:
    two.note(two.sh, "Told in Shanghai")
    two.exchanged()
    two.note(two.hk, "Told later in Hong Kong")
    two.exchanged()
    print_of = two.folder / "print"
    typed = [word.replace("{}", str(print_of)) for word in words.split()]
    assert run(*typed, store=two.hk).code == 0
    two.note(two.hk, "Told after the print")
    two.exchanged()
    file = Path(typed[-1])
    drawn_by = ["--drawn-by", "hkshcc list"] if file.suffix == ".csv" else []
    same = run("check", "--report", str(file), *drawn_by, store=two.sh)
    assert same.code == 0, same.out
    if not drawn_by:  # CSV does not say which entries it was drawn from
        assert "of HK's register, as they were there" in " ".join(same.out.split())
        altered = file.read_text(encoding="utf-8").replace("7-K", "7-X", 1)
        file.write_text(altered, encoding="utf-8")
        assert run("check", "--report", str(file), store=two.sh).code == 1


def test_a_print_of_entries_that_were_not_sent_yet_is_not_called_altered(two: Two) -> None:
    two.exchanged()
    two.note(two.hk, "Not sent yet")
    file = two.folder / "print.md"
    assert run("report", "-o", str(file), store=two.hk).code == 0
    ran = run("check", "--report", str(file), store=two.sh)
    assert (ran.code, ran.out) == (1, "")
    assert says(sentence(ran), "was drawn from entries that are not here … import register` a newer copy of HK")


# Forms that were drawn before an exchange


@pytest.mark.needs_office
@pytest.mark.parametrize("settled", ["a measure", "a body", "nothing"])
def test_a_form_of_what_is_called_otherwise_since_an_import_is_refused(two: Two, settled: str) -> None:
    later = NOW.replace(hour=NOW.hour + 1)
    codes = ("XNN", "XNN") if settled == "a body" else ("XNN", "YNN")
    areas = ("kites", "kites") if settled == "a measure" else ("kites", "kitchens")
    told = zip((two.hk, two.sh), ("hk", "sh"), codes, areas, (NOW, later), strict=True)
    for store, side, code, area, now in told:
        ran = run("bodies", "add", code, "--side", side, "--name", f"Invented {side}", store=store, now=now)
        assert ran.code == 0, ran.err
        more = ("--title", f"Invented {side}", "--owner", code)
        ran = run("add", "--area", area, *more, store=store, now=now)
        assert ran.code == 0, ran.err
    ref = ran.out.split()[0]
    form = two.folder / "form.xlsx"
    ran = run("form", "--owner", codes[1], "-o", str(form), store=two.sh, now=later)
    assert ran.code == 0, ran.err
    back = fill(form, {ref: {"done": "Meant the one of Shanghai"}})
    assert two.receive(two.sh, two.sent(two.hk), "--apply", "--origin", "SH", now=later).code == 0
    ran = run("merge", str(back), "--apply", store=two.sh, now=later)
    if settled == "nothing":
        assert ran.code == 0, ran.out
    else:
        what = "XNN is another body here" if settled == "a body" else f"{ref} is another measure here"
        assert (ran.code, what in " ".join((ran.out + ran.err).split())) == (4, True)


# Signatures of what comes in


def add_key(store: Path, body: str, key: Signer) -> None:
    assert run("bodies", "key", "add", body, str(key.public), store=store).code == 0


def sign(store: Path, key: Signer, *more: str) -> None:
    ran = run("update", REF, "--by", BODY, "--remark", "Signed", "--sign", str(key.private), *more, store=store)
    assert ran.code == 0, ran.err


@pytest.fixture
def key(two: Two) -> Signer:
    return signer(two.folder, "own")


@only_ssh
def test_an_import_verifies_the_signatures_that_it_brings_and_names_the_keys(two: Two, key: Signer) -> None:
    add_key(two.hk, BODY, key)
    sign(two.hk, key)
    for more in ([], ["--apply", "--origin", "SH"]):
        ran = two.receive(two.sh, two.sent(two.hk), *more)
        assert ran.code == 0, ran.err
        assert "1 signature verified." in ran.lines
        assert says(ran.err, f"hk-copy.json brings keys of bodies ({BODY} SHA256: … by another way")
    again = two.receive(two.sh, two.sent(two.hk), "--format", "json")
    assert json.loads(again.out)["signatures"] == {"verified": 0, "not_verified": 0, "problems": []}


def tampered(store: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change the signed entry of a store, every hash in it computed anew."""

    def forge(rows: list[dict[str, Any]]) -> None:
        change(next(row for row in rows if "signature" in row))

    store.write_bytes(forged(store, forge))


CHANGES: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "another remark": (lambda row: row.update(remark="Never said"), "it does not fit"),
    "the word of another body": (lambda row: row.update(by=OTHER, side="sh"), f"is that of {BODY}, not of {OTHER}"),
    "a key that nobody has": (lambda row: row["signature"].update(key="SHA256:" + "A" * 43), "no body has the key"),
    "no signature at all": (lambda row: row["signature"].update(value="AAAA"), "it is not a signature"),
}


@only_ssh
@pytest.mark.parametrize("case", CHANGES)
def test_a_signature_that_does_not_hold_is_named_by_the_preview_and_refused(two: Two, key: Signer, case: str) -> None:
    change, why = CHANGES[case]
    add_key(two.hk, BODY, key)
    sign(two.hk, key)
    tampered(two.hk, change)
    before, copy = two.sh.read_bytes(), two.sent(two.hk)
    shown = two.receive(two.sh, copy, screen=None)
    assert shown.code == 0
    assert says(" ".join(shown.out.split()), f"Does NOT hold: the signature of entry HK- … {why}")
    refused = two.receive(two.sh, copy, "--apply", "--origin", "SH")
    assert refused.code == 4
    assert says(sentence(refused), f"hk-copy.json has a signature that does not hold … {why} … --allow-bad-signatures")
    assert two.sh.read_bytes() == before
    allowed = two.receive(two.sh, copy, "--apply", "--origin", "SH", "--allow-bad-signatures")
    assert allowed.code == 0, allowed.err
    checked = run("check", store=two.sh)
    assert (checked.code, why in checked.out) == (1, True)
    # What was withdrawn is nobody's word: with it the register is sound again.
    entry = next(event for event in events(two.sh) if event["signature"])
    assert run("undo", f"HK-{entry['place']}", store=two.sh).code == 0
    assert run("check", store=two.sh).code == 0


@only_ssh
def test_a_register_that_begins_with_a_copy_verifies_its_signatures_too(two: Two, key: Signer) -> None:
    add_key(two.hk, BODY, key)
    sign(two.hk, key)
    tampered(two.hk, CHANGES["another remark"][0])
    new = two.folder / "new.json"
    refused = two.receive(new, two.sent(two.hk), "--apply", "--origin", "TH")
    assert (refused.code, "does not hold" in refused.err) == (4, True)
    assert not new.exists()


@only_ssh
def test_what_was_withdrawn_before_it_came_is_not_asked_for_its_signature(two: Two, key: Signer) -> None:
    add_key(two.hk, BODY, key)
    sign(two.hk, key)
    assert run("undo", store=two.hk).code == 0
    tampered(two.hk, CHANGES["another remark"][0])
    assert two.receive(two.sh, two.sent(two.hk), "--apply", "--origin", "SH").code == 0


@only_ssh
def test_without_the_program_the_import_says_that_it_did_not_verify(two: Two, key: Signer, tmp_path: Path) -> None:
    add_key(two.hk, BODY, key)
    sign(two.hk, key)
    nothing = tmp_path / "nothing"
    nothing.mkdir()
    ran = two.receive(two.sh, two.sent(two.hk), "--apply", "--origin", "SH", env={"PATH": str(nothing)})
    assert ran.code == 0, ran.err
    assert "1 signature NOT verified." in ran.lines
    assert "ssh-keygen is not installed, and signatures need it" in ran.err


@only_ssh
@pytest.mark.needs_office
def test_a_signature_over_a_form_that_is_not_here_is_told_as_not_verified(two: Two, key: Signer) -> None:
    add_key(two.hk, BODY, key)
    form = fill(issue(two.hk), {REF: {"done": "Waiting"}})
    key.sign(form)
    assert merge(two.hk, form, "--apply").code == 0
    two.exchanged()
    [received] = [event for event in events(two.sh) if event["signature"]]
    for command in ("show", "history"):
        said = " ".join(run(command, REF, store=two.sh).out.split())
        assert "signed by" not in said
        assert says(said, f"came with a signature of {BODY}'s key SHA256: … over a form, not verified for this page")
    checked = run("check", store=two.sh)
    said = " ".join(checked.out.split())
    assert checked.out.startswith("Sound but for signatures that were not verified: ")
    name = f"HK-{received['place']}"
    assert f"Not verified: the signature of entry {name}: the form that was signed is not kept here" in said
    [why] = json.loads(run("check", "--format", "json", store=two.sh).out)["not_verified"]
    assert why["problem"].startswith(f"the signature of entry {name}: ")
    # In the register that recorded it, the form is there, and was verified before.
    assert f"form signed by {BODY}" in run("show", REF, store=two.hk).out
    assert run("check", store=two.hk).out.startswith("Sound: ")


@only_ssh
def test_what_was_let_in_with_a_bad_signature_is_not_said_to_be_signed(two: Two, key: Signer) -> None:
    add_key(two.hk, BODY, key)
    sign(two.hk, key)
    tampered(two.hk, CHANGES["another remark"][0])
    words = ("--apply", "--origin", "SH", "--allow-bad-signatures")
    assert two.receive(two.sh, two.sent(two.hk), *words).code == 0
    for command in ("show", "history"):
        assert "signed by" not in run(command, REF, store=two.sh).out
