"""Signatures of forms, entries and files: twelve ways to come with one, and what is known of each years later."""

import json
import os
import stat
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.exchange.forms.bureau import BODY, REF, fill, issue
from tests.exchange.forms.bureau import merge as merged
from tests.processes import environment, finished, start
from tests.running import NOW, Ran, run, says, sentence
from tests.signers import METHODS, Signer, signer
from tests.stores.forging import forged

OTHER = "SH-Wind"
TOMORROW = NOW + timedelta(days=1)
YEARS_LATER = NOW + timedelta(days=3000)
pytestmark = [pytest.mark.needs_office]


@pytest.fixture(params=[pytest.param(method, marks=pytest.mark.needs_program(METHODS[method])) for method in METHODS])
def method(request: pytest.FixtureRequest) -> str:
    return str(request.param)


class Desk:
    """A register with a form that came back, and two bodies with keys."""

    def __init__(self, store: Path, method: str) -> None:
        self.store = store
        self.own, self.other = (signer(store.parent, name, method) for name in ("own", "other"))
        self.form = fill(issue(store), {REF: {"status": "Not started", "done": "Waiting for wind"}})

    def add(self, body: str, key: Signer, *more: str, **how: Any) -> Ran:
        ran = run("bodies", "key", "add", body, str(key.public), *more, store=self.store, **how)
        assert ran.code == 0, ran.err
        return ran

    def keys(self) -> "Desk":
        self.add(BODY, self.own)
        self.add(OTHER, self.other)
        return self

    def fingerprint(self) -> str:
        return [str(key["key"]) for key in self.listed() if key["body"] == BODY][-1]

    def listed(self) -> list[dict[str, Any]]:
        found = json.loads(run("bodies", "key", "list", "--format", "json", store=self.store).out)["keys"]
        return [dict(key) for key in found]

    def revoke(self, *more: str, **how: Any) -> Ran:
        return run("bodies", "key", "revoke", self.fingerprint(), *more, store=self.store, **how)

    def merge(self, *more: str | Path, **how: Any) -> Ran:
        return merged(self.store, self.form, *more, **how)

    def check(self, **how: Any) -> Ran:
        return run("check", store=self.store, **how)

    def events(self) -> list[dict[str, Any]]:
        return [dict(event) for event in json.loads(run("history", "--format", "json", store=self.store).out)["events"]]


@pytest.fixture
def desk(store: Path, method: str) -> Desk:
    return Desk(store, method)


@pytest.fixture
def ssh(store: Path) -> Desk:
    return Desk(store, "ssh").keys()


only_ssh = pytest.mark.needs_program("ssh-keygen")


# The table: what comes with a form, and what becomes of it.


def test_a_good_signature_is_recorded_shown_and_verified_again_years_later(desk: Desk) -> None:
    signature = desk.keys().own.sign(desk.form)
    ran = desk.merge("--signature", signature, "--require-signature", "--apply")
    assert ran.code == 0, ran.err
    said = f"signed by {BODY} ({desk.fingerprint()})"
    assert f"  {said}\n" in ran.out
    [event] = [event for event in desk.events() if event["signature"]]
    assert (event["by"], event["signature"]["method"]) == (BODY, desk.own.method)
    assert event["evidence"][-1]["copy"]["sha256"] == event["signature"]["sha256"]
    for words in (("show", REF), ("history",)):
        assert f"form {said}" in run(*words, store=desk.store).out
    later = desk.check(now=YEARS_LATER)
    assert (later.code, later.lines[-1]) == (0, "1 signature verified.")


def _altered(desk: Desk) -> Path:
    signature = desk.keys().own.sign(desk.form)
    fill(desk.form, {REF: {"done": "Flew high"}}, desk.form.name)
    return signature


def _of_another_body(desk: Desk) -> Path:
    return desk.keys().other.sign(desk.form)


def _unknown(desk: Desk) -> Path:
    desk.add(OTHER, desk.other)
    return desk.own.sign(desk.form)


def _expired(desk: Desk) -> Path:
    desk.add(BODY, desk.own, "--from", "2026-01-01", "--until", "2026-11-22")
    return desk.own.sign(desk.form)


def _not_yet_valid(desk: Desk) -> Path:
    desk.add(BODY, desk.own, "--from", "2026-11-24")
    return desk.own.sign(desk.form)


def _revoked(desk: Desk) -> Path:
    desk.keys().revoke("--reason", "Lost")
    return desk.own.sign(desk.form)


def _of_another_file(desk: Desk) -> Path:
    other = desk.form.with_name("other.xlsx")
    other.write_bytes(desk.form.read_bytes() + b"\0")
    return desk.keys().own.sign(other)


REFUSED: dict[str, tuple[Callable[[Desk], Path], str]] = {
    "altered": (_altered, "what was signed … was changed"),
    "another body's key": (_of_another_body, f"is that of {OTHER}, not of {BODY}"),
    "an unknown key": (_unknown, "no body "),
    "an expired key": (_expired, "was valid until 22 Nov 2026"),
    "a key not yet valid": (_not_yet_valid, "is not valid before 24 Nov 2026"),
    "a key revoked before": (_revoked, "was revoked on 23 Nov 2026 (entry "),
    "another file's": (_of_another_file, "what was signed … was changed"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_signature_that_is_not_the_bodys_word_is_refused_and_nothing_recorded(desk: Desk, case: str) -> None:
    make, why = REFUSED[case]
    signature = make(desk)
    before = desk.store.read_bytes()
    ran = desk.merge("--signature", signature, "--apply")
    assert ran.code == 4
    # Which certificate does not fit cannot be told apart from which content does not.
    assert says(sentence(ran), f"{signature} is not a signature of … by {BODY}: … {why}") or (
        desk.own.method == "cms" and case == "an unknown key" and "somebody else signed" in ran.err
    )
    assert desk.store.read_bytes() == before


def test_a_signature_that_lies_beside_the_form_is_not_passed_over(desk: Desk) -> None:
    desk.keys().other.sign(desk.form)
    assert desk.merge("--apply").code == 4


def test_a_key_revoked_since_leaves_what_was_signed_before(desk: Desk) -> None:
    desk.keys().own.sign(desk.form)
    assert desk.merge("--apply").code == 0
    assert desk.revoke().code == 0  # in the same second, but after it
    assert (desk.check().code, desk.check(now=YEARS_LATER).code) == (0, 0)
    again = fill(desk.form, {REF: {"done": "Flew"}}, "again.xlsx")
    desk.own.sign(again)
    assert "was revoked on" in sentence(merged(desk.store, again))


def test_a_key_revoked_from_an_earlier_day_takes_back_what_was_signed_since(desk: Desk) -> None:
    desk.keys().own.sign(desk.form)
    assert desk.merge("--apply").code == 0
    number = desk.events()[-1]["number"]
    ran = desk.revoke("--on", "2026-11-20", now=TOMORROW)
    assert f"entries {number}" in ran.err
    checked = desk.check(now=TOMORROW)
    assert checked.code == 1
    assert f"the signature of entry {number}: the key" in checked.out
    assert "was revoked on 20 Nov 2026" in checked.out
    assert (".bak" in checked.err, "ask its body about each entry" in " ".join(checked.err.split())) == (False, True)


def test_what_counts_no_longer_is_not_said_to_be_signed(desk: Desk) -> None:
    desk.keys().own.sign(desk.form)
    assert desk.merge("--apply").code == 0
    assert f"form signed by {BODY}" in run("show", REF, store=desk.store).out
    assert desk.revoke("--on", "2026-11-20", now=TOMORROW).code == 0
    for command in ("show", "history"):
        said = " ".join(run(command, REF, store=desk.store, now=TOMORROW).out.split())
        assert "signed by" not in said
        assert says(said, f"with a signature that does not count: the key … of {BODY} was revoked on 20 Nov 2026")


@only_ssh
def test_a_signature_for_another_namespace_is_refused(ssh: Desk) -> None:
    signature = ssh.own.sign(ssh.form, "git")
    said = sentence(ssh.merge("--signature", signature))
    assert says(said, "it was made for 'git', not for 'hkshcc'")
    ssh.own.sign(ssh.form, "hkshcc-entry")
    assert says(sentence(ssh.merge()), "it was made for 'hkshcc-entry'")


def test_a_missing_program_is_named_and_reading_needs_none(desk: Desk, tmp_path: Path) -> None:
    desk.keys().own.sign(desk.form)
    nothing = {"PATH": str(tmp_path / "nothing")}
    program = METHODS[desk.own.method]
    ran = desk.merge("--apply", env=nothing)
    assert (ran.code, sentence(ran).partition(",")[0]) == (1, f"{program} is not installed")
    assert desk.merge("--apply").code == 0
    assert f"signed by {BODY}" in run("show", REF, store=desk.store, env=nothing).out
    checked = desk.check(env=nothing)
    assert (checked.code, "1 signature NOT verified." in checked.lines) == (1, True)
    assert checked.out.startswith("Sound but for signatures that were not verified: ")
    number = desk.events()[-1]["number"]
    assert f"Not verified: the signature of entry {number}: {program} is not installed" in " ".join(checked.out.split())
    assert checked.err.startswith(f"hkshcc: {program} is not installed")
    assert json.loads(run("check", "--format", "json", store=desk.store, env=nothing).out)["signatures"] == {
        "verified": 0,
        "not_verified": 1,
    }


@pytest.mark.needs_program("openssl")
@pytest.mark.parametrize("digest", ["sha1", "sha256", "sha384", "sha512"])
def test_a_signature_by_certificate_counts_with_a_strong_digest_alone(store: Path, digest: str) -> None:
    desk = Desk(store, "cms").keys()
    signature = desk.form.with_name(f"{desk.form.name}.p7s")
    words = ["openssl", "cms", "-sign", "-binary", "-in", desk.form, "-signer", desk.own.private, "-md", digest]
    made = finished(start([*map(str, words), "-outform", "PEM", "-out", str(signature)], environment(store)))
    assert made.code == 0, made.err
    ran = desk.merge("--apply")
    weak = digest == "sha1"
    assert (ran.code, "not made with SHA-256 or stronger" in " ".join(ran.err.split())) == (4 if weak else 0, weak)


def test_a_pipe_is_no_key_file_and_is_not_waited_for(store: Path) -> None:
    pipe = store.with_name("pipe")
    os.mkfifo(pipe)
    ran = run("bodies", "key", "add", BODY, str(pipe), store=store)
    assert (ran.code, sentence(ran).partition(";")[0]) == (2, f"{pipe} is not a file")


# Of forms.


def test_a_form_without_a_signature_is_refused_only_where_one_is_required(store: Path) -> None:
    form = fill(issue(store), {REF: {"done": "Waiting"}})
    assert "is not signed (--require-signature)" in sentence(merged(store, form, "--require-signature"))
    assert merged(store, form).code == 0


@only_ssh
def test_forms_and_signatures_are_paired_by_their_order(ssh: Desk) -> None:
    second = fill(issue(ssh.store, OTHER), {REF: {"done": "Wind"}}, "second.xlsx")
    one, two = ssh.own.sign(ssh.form), ssh.other.sign(second)
    assert ssh.merge(second, "--signature", one, "--signature", two).code == 0
    assert ssh.merge(second, "--signature", two, "--signature", one).code == 4
    ran = ssh.merge(second, "--signature", two)
    assert (ran.code, sentence(ran).partition(";")[0]) == (2, "there are 2 forms, but 1 of --signature")


@only_ssh
def test_any_byte_of_a_signed_form_that_is_changed_is_noticed(ssh: Desk) -> None:
    signature, data = ssh.own.sign(ssh.form), ssh.form.read_bytes()
    for place in range(0, len(data), len(data) // 24):
        ssh.form.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        assert ssh.merge("--signature", signature, "--apply").code != 0, place


@only_ssh
def test_a_copy_of_a_form_that_is_lost_or_changed_is_named(ssh: Desk) -> None:
    ssh.own.sign(ssh.form)
    assert ssh.merge("--apply").code == 0
    [copy] = Path(f"{ssh.store}.copies").iterdir()
    copy.rename(copy.with_name("elsewhere"))
    ran = ssh.check()
    assert ran.code == 1
    assert "the form that was signed is not kept here" in ran.out


@only_ssh
@pytest.mark.parametrize(
    "change",
    [
        {"status": "completed", "evidence": None},
        {"remark": "Flew high"},
        {"on": "2026-11-01"},
        {"next": "Fly higher"},
        {"by": OTHER},
        {"ref": "7-KIT-1b"},
    ],
    ids=str,
)
def test_an_entry_that_says_another_thing_than_its_signed_form_is_found(ssh: Desk, change: dict[str, Any]) -> None:
    """By whoever can compute every hash of the file anew."""
    form = fill(ssh.form, {REF: {"on": "2026-11-10"}}, "dated.xlsx")
    ssh.own.sign(form)
    assert merged(ssh.store, form, "--apply").code == 0
    number = ssh.events()[-1]["number"]
    ssh.store.write_bytes(forged(ssh.store, lambda rows: rows[-1].update(_without_none(rows[-1], change))))
    ran = ssh.check()
    assert ran.code == 1
    assert f"the signature of entry {number}: " in ran.out


def _without_none(row: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    evidence = {"evidence": row["evidence"]} if "evidence" in change else {}
    return {**{key: value for key, value in change.items() if value is not None}, **evidence}


FILLED = {
    "en": {"status": "In progress", "on": "Oct 2026", "done": "Flew", "next": "Land", "next_by": "2027-05"},
    "zh-Hant": {
        "status": "推進中",
        "on": "2026年10月",
        "done": "放風箏",
        "evidence": "憲報\nhttps://u:p@invented.example/x",
    },
    "zh-Hans": {"status": "推进中", "attention": "无风", "done": "放风筝", "evidence": "不适用\nGazette 1"},
}


@only_ssh
@pytest.mark.parametrize("lang", FILLED)
def test_a_signed_form_in_any_language_is_read_again_as_it_was(ssh: Desk, lang: str) -> None:
    answers = {REF: FILLED[lang], "7-KIT-1b": {"done": "N/A"}, "7-KIT-2": {"status": "not pursued", "done": "Dull"}}
    form = fill(issue(ssh.store, lang=lang), answers, f"{lang}.xlsx")
    ssh.own.sign(form)
    assert merged(ssh.store, form, "--apply").code == 0
    checked = ssh.check(now=YEARS_LATER)
    assert (checked.code, checked.lines[-1]) == (0, "3 signatures verified.")


# Of entries.


def signed_update(desk: Desk, *more: str, **how: Any) -> Ran:
    words = ("update", REF, "7-KIT-1b", "--by", BODY, "--remark", "風 [red]Windy[/red] \x1b[2J")
    return run(*words, "--sign", str(desk.own.private), *more, store=desk.store, **how)


def test_an_update_is_signed_as_it_is_recorded(desk: Desk) -> None:
    ran = signed_update(desk.keys())
    assert ran.code == 0, ran.err
    assert ran.out.count(f"Signed by {BODY} ({desk.fingerprint()})") == 2
    checked = desk.check(now=YEARS_LATER)
    assert (checked.code, checked.lines[-1]) == (0, "2 signatures verified.")


@only_ssh
@pytest.mark.parametrize("field", ["remark", "on", "by", "recorded", "recorder", "id", "ref", "side"])
def test_any_field_of_a_signed_entry_that_is_changed_is_found(ssh: Desk, field: str) -> None:
    """By whoever can compute every hash of the file anew."""
    assert signed_update(ssh).code == 0
    other = {"on": "2026-11-22", "by": OTHER, "recorded": "2026-11-23T12:00:01+08:00", "ref": "7-KIT-2", "side": "both"}
    ssh.store.write_bytes(forged(ssh.store, lambda rows: rows[-1].update({field: other.get(field, "another")})))
    ran = ssh.check()
    assert ran.code == 1
    assert f"the signature of entry {ssh.events()[-1]['number']}: " in ran.out


@only_ssh
def test_a_signature_is_of_one_entry_alone(ssh: Desk) -> None:
    assert signed_update(ssh).code == 0

    def moved(rows: list[dict[str, Any]]) -> None:
        rows[-1]["signature"] = rows[-2]["signature"]

    ssh.store.write_bytes(forged(ssh.store, moved))
    assert "what was signed, or the signature, was changed" in ssh.check().out


@only_ssh
def test_an_entry_that_names_another_key_than_the_one_that_signed_is_found(ssh: Desk) -> None:
    assert signed_update(ssh).code == 0
    second = signer(ssh.store.parent, "second")
    ssh.add(BODY, second)
    new = ssh.listed()[-1]["key"]
    ssh.store.write_bytes(forged(ssh.store, lambda rows: rows[-2]["signature"].update(key=new)))
    assert "it was made by another key" in ssh.check().out


@only_ssh
def test_a_signature_of_an_update_is_refused_before_anything_is_recorded(ssh: Desk) -> None:
    before = ssh.store.read_bytes()
    words = ("update", REF, "--remark", "x", "--sign")
    ran = run(*words, str(ssh.other.private), "--by", BODY, store=ssh.store)
    assert (ran.code, says(sentence(ran), f"cannot sign for {BODY}: … is that of {OTHER}")) == (4, True)
    ran = run(*words, str(ssh.own.private), store=ssh.store)
    assert (ran.code, says(sentence(ran), "--sign needs --by")) == (2, True)
    ran = run(*words, str(ssh.own.private), "--by", "INB", store=ssh.store)
    assert (ran.code, says(sentence(ran), "INB has no key that is valid today")) == (4, True)
    for missing in ("nowhere", "--help", "-Y"):
        ran = run(*words, missing, "--by", BODY, store=ssh.store)
        assert (ran.code, says(sentence(ran), f"the key {missing} cannot be read")) == (1, True)
    ran = run(*words, str(ssh.store), "--by", BODY, store=ssh.store)
    assert (ran.code, says(sentence(ran), "did not sign (ssh-keygen: ")) == (1, True)
    assert ssh.store.read_bytes() == before


@only_ssh
def test_a_dry_run_signs_nothing(ssh: Desk) -> None:
    assert signed_update(ssh, "--dry-run").code == 0
    assert [event for event in ssh.events() if event["signature"]] == []


@only_ssh
def test_without_a_terminal_nobody_is_asked_for_a_passphrase(ssh: Desk, tmp_path: Path) -> None:
    """Neither here, nor in a window."""
    locked = signer(ssh.store.parent, "locked", passphrase="invented words")  # noqa: S106
    ssh.add(BODY, locked)
    asked, window = tmp_path / "asked", tmp_path / "window"
    window.write_text(f'#!/bin/sh\ntouch "{asked}"\necho invented words\n', encoding="utf-8")
    window.chmod(0o755)
    env = {"SSH_ASKPASS": str(window), "SSH_ASKPASS_REQUIRE": "force", "DISPLAY": ":0"}
    ran = run("update", REF, "--by", BODY, "--remark", "x", "--sign", str(locked.private), store=ssh.store, env=env)
    assert (ran.code, says(sentence(ran), "did not sign (ssh-keygen: … passphrase")) == (1, True)
    assert not asked.exists()


@only_ssh
def test_only_where_a_body_has_a_key_it_is_said_that_it_did_not_sign(ssh: Desk) -> None:
    for body, said in ((BODY, True), ("INB", False)):
        run("update", "7-KCH-1", "--by", body, "--remark", "x", store=ssh.store)
        assert ("not signed" in run("show", "7-KCH-1", store=ssh.store).out) is said
        run("undo", store=ssh.store)


@only_ssh
def test_what_is_amended_is_no_longer_signed(ssh: Desk) -> None:
    assert signed_update(ssh).code == 0
    assert run("amend", REF, "--remark", "Calm", store=ssh.store).code == 0
    assert [event["signature"] is None for event in ssh.events()[-5:]] == [False, False, True, True, True]
    assert (ssh.check().code, len(ssh.check().lines)) == (0, 1), "what was withdrawn is nobody's word any more"


def test_an_amendment_is_signed_as_an_update_is_by_the_body_that_reports_in_it(ssh: Desk) -> None:
    assert signed_update(ssh).code == 0
    amended = run("amend", REF, "--remark", "Calm", "--sign", str(ssh.own.private), store=ssh.store)
    assert amended.code == 0, amended.err
    assert f"Signed by {BODY} ({ssh.fingerprint()})" in amended.out
    assert [(event["event"], event["signature"] is None) for event in ssh.events()[-3:]] == [
        ("retraction", True),
        ("return", False),
        ("return", False),
    ]
    assert ssh.check().lines[-1] == "2 signatures verified."


def test_an_amendment_that_the_key_cannot_sign_is_refused_and_nothing_recorded(ssh: Desk) -> None:
    assert signed_update(ssh).code == 0
    before = len(ssh.events())
    other = run("amend", REF, "--remark", "Calm", "--sign", str(ssh.other.private), store=ssh.store)
    assert (other.code, says(other.err, f"cannot sign for {BODY} … is that of {OTHER}")) == (4, True)
    run("note", REF, "Nobody's word", store=ssh.store)
    nobody = run("amend", "--remark", "Calm", "--sign", str(ssh.own.private), store=ssh.store)
    assert (nobody.code, says(nobody.err, "--sign needs --by")) == (2, True)
    assert len(ssh.events()) == before + 1  # the note


# In other registers, and in what is published.


@only_ssh
def test_signatures_hold_in_another_register_that_received_them(ssh: Desk) -> None:
    """Those of before the register had a name, too; of a form only where its copy went along."""
    other, copy = ssh.store.with_name("other.json"), ssh.store.with_name("copy.json")

    def exchanged(*more: str) -> None:
        assert run("export", "-o", str(copy), store=ssh.store).code == 0
        ran = run("import", "register", str(copy), "--apply", *more, store=other)
        assert ran.code == 0, ran.err

    assert signed_update(ssh).code == 0
    exchanged("--origin", "SH")
    assert run("init", "--origin", "HK", store=ssh.store).code == 0
    assert signed_update(ssh).code == 0
    exchanged()
    assert run("check", store=other).lines[-1] == "4 signatures verified."
    form = fill(issue(ssh.store), {REF: {"done": "Waiting"}}, "later.xlsx")
    ssh.own.sign(form)
    assert merged(ssh.store, form, "--apply").code == 0
    exchanged()
    checked = run("check", store=other)
    assert checked.lines[1:3] == ["4 signatures verified.", "1 signature NOT verified."]
    assert "another register alone" in checked.out  # which keeps the form that was signed
    Path(f"{other}.copies").symlink_to(f"{ssh.store}.copies")
    assert run("check", store=other).lines[-1] == "5 signatures verified."


@only_ssh
def test_what_is_left_out_of_the_public_edition_cannot_be_guessed_by_its_signature(ssh: Desk) -> None:
    assert signed_update(ssh, "--internal").code == 0
    public = ssh.store.with_name("public.json")
    ran = run("export", "--public", "-o", str(public), store=ssh.store)
    assert ran.code == 0, ran.err
    assert '"signature"' not in public.read_text(encoding="utf-8")


# Of files.


def test_a_report_is_signed_and_whoever_has_the_register_can_tell_whose_it_is(desk: Desk) -> None:
    file = desk.keys().store.parent / "report.md"
    ran = run("report", "-o", str(file), "--sign", str(desk.own.private), store=desk.store)
    assert ran.code == 0, ran.err
    assert says(ran.err, f"wrote … wrote … signed by {BODY} ({desk.fingerprint()})")
    good = run("check", "--signed", str(file), store=desk.store)
    assert (good.code, f"signed by {BODY} ({desk.fingerprint()})." in good.out.replace("\n", " ")) == (0, True)
    late = run("check", "--signed", str(file), store=desk.store, now=YEARS_LATER)
    assert late.code == 0
    file.write_text(file.read_text(encoding="utf-8").replace("2026", "2025"), encoding="utf-8")
    bad = run("check", "--signed", str(file), store=desk.store)
    assert (bad.code, says(sentence(bad), "is not a signature of … that counts: … was changed")) == (1, True)


@only_ssh
def test_every_export_can_be_signed_and_a_revoked_key_counts_no_more(ssh: Desk) -> None:
    for form in ("csv", "xlsx", "json", "md", "ics"):
        file = ssh.store.parent / f"out.{form}"
        assert run("export", "-o", str(file), "--sign", str(ssh.own.private), store=ssh.store).code == 0
        assert run("check", "--signed", str(file), store=ssh.store).code == 0
    paper = ssh.store.with_name("paper.docx")
    assert run("report", "-o", str(paper), "--sign", str(ssh.own.private), store=ssh.store).code == 0
    assert run("check", "--signed", str(paper), store=ssh.store).code == 0
    ssh.revoke()
    ran = run("check", "--signed", str(file), "--signature", f"{file}.sig", store=ssh.store)
    assert (ran.code, says(sentence(ran), "was revoked on")) == (1, True)


@only_ssh
def test_a_file_is_signed_whole_or_not_written(ssh: Desk) -> None:
    file = ssh.store.parent / "report.md"
    assert run("report", "-o", str(file), "--sign", "nowhere", store=ssh.store).code == 1
    assert not file.exists()
    ran = run("report", "--sign", str(ssh.own.private), store=ssh.store)
    assert (ran.code, sentence(ran)) == (2, "--sign signs a file; name one with -o")


@only_ssh
def test_a_key_that_no_body_has_signs_and_this_is_said(ssh: Desk) -> None:
    nobody = signer(ssh.store.parent, "nobody")
    file = ssh.store.parent / "report.md"
    ran = run("report", "-o", str(file), "--sign", str(nobody.private), store=ssh.store)
    assert (ran.code, "no body of this register has" in ran.err) == (0, True)
    assert run("check", "--signed", str(file), store=ssh.store).code == 1


# What a key is on a day, and what is said of it.
_NOT_VALID: dict[str, tuple[Callable[[Desk], object], str]] = {
    "expired": (
        lambda desk: desk.add(BODY, desk.own, "--from", "2026-01-01", "--until", "2026-11-22"),
        "was valid until 22 Nov 2026",
    ),
    "not valid yet": (lambda desk: desk.add(BODY, desk.own, "--from", "2026-11-24"), "is not valid before 24 Nov 2026"),
    "revoked": (lambda desk: desk.keys().revoke("--reason", "Lost"), "was revoked on 23 Nov 2026 (entry "),
}


@pytest.mark.parametrize("command", ["report", "export"])
@pytest.mark.parametrize("state", _NOT_VALID)
def test_a_bodys_key_that_is_not_valid_today_signs_no_file(desk: Desk, state: str, command: str) -> None:
    make, why = _NOT_VALID[state]
    make(desk)
    file = desk.store.parent / "out.md"
    ran = run(command, "-o", str(file), "--sign", str(desk.own.private), store=desk.store)
    said = f"{desk.own.private} cannot sign for {BODY}: the key … {why} … see `hkshcc bodies key list`"
    assert (ran.code, says(sentence(ran), said)) == (4, True)
    assert list(desk.store.parent.glob("out.md*")) == []


def test_a_file_that_a_key_signed_before_it_was_valid_is_not_said_to_be_signed(desk: Desk) -> None:
    """An expired key may have signed earlier; one that is not valid yet cannot have."""
    file = desk.store.parent / "report.md"
    assert run("report", "-o", str(file), store=desk.store).code == 0
    desk.own.sign(file)
    desk.add(BODY, desk.own, "--from", "2026-11-24", "--until", "2026-11-24")
    early = run("check", "--signed", str(file), store=desk.store)
    assert (early.code, says(sentence(early), "that counts: the key … is not valid before 24 Nov 2026")) == (1, True)
    for now in (TOMORROW, YEARS_LATER):
        assert run("check", "--signed", str(file), store=desk.store, now=now).code == 0


def test_a_key_that_was_added_for_two_times_counts_in_each(desk: Desk) -> None:
    desk.add(BODY, desk.own, "--from", "2027-01-01")
    desk.add(BODY, desk.own, "--until", "2026-12-01")
    file = desk.store.parent / "report.md"
    ran = run("report", "-o", str(file), "--sign", str(desk.own.private), store=desk.store)
    assert ran.code == 0, ran.err
    good = run("check", "--signed", str(file), store=desk.store)
    assert (good.code, "valid from 23 Nov 2026 until 1 Dec 2026" in good.out) == (0, True)


@only_ssh
def test_a_signed_report_can_be_drawn_again_and_does_not_say_where_the_key_lies(ssh: Desk) -> None:
    file = ssh.store.parent / "report.md"
    assert run("report", "-o", str(file), "--sign", str(ssh.own.private), store=ssh.store).code == 0
    text = file.read_text(encoding="utf-8")
    assert str(ssh.own.private) not in text
    assert run("check", "--report", str(file), store=ssh.store).code == 0
    (signature := file.with_name("report.md.sig")).unlink()
    file.write_text(text.replace("hkshcc report ", f"hkshcc report --sign {ssh.own.private.name} "), encoding="utf-8")
    run("check", "--report", str(file), store=ssh.store)
    assert not signature.exists(), "what a file says is not done"


# The programs.


@only_ssh
def test_the_program_is_given_no_more_than_it_needs(ssh: Desk, tmp_path: Path) -> None:
    """Seen by one that stands in its place: absolute paths, files that others cannot read, a small environment."""
    folder, seen = tmp_path / "bin", tmp_path / "seen"
    folder.mkdir()
    (folder / "ssh-keygen").write_text(
        f'#!/bin/sh\nexec 3>>"{seen}"\nenv >&3\nfor word; do case "$word" in /*) stat -c "%a %n" "$word" >&3;;'
        ' *) echo "word $word" >&3;; esac; done\nexit 1\n',
        encoding="utf-8",
    )
    (folder / "ssh-keygen").chmod(0o755)
    ssh.own.sign(ssh.form)
    path = os.pathsep.join([str(folder), os.environ["PATH"]])
    assert ssh.merge(env={"PATH": path, "SECRET": "invented", "SSH_ASKPASS": "/bin/true"}).code == 4
    told = seen.read_text(encoding="utf-8").splitlines()
    assert not [line for line in told if line.startswith(("SECRET=", "SSH_ASKPASS=", "HKSHCC"))]
    assert "SSH_ASKPASS_REQUIRE=never" in told
    files = [line for line in told if line[:1].isdigit()]
    assert [line.split()[0] for line in files] == ["600", "600"]
    words = [line.removeprefix("word ") for line in told if line.startswith("word ")]
    assert words == ["-Y", "verify", "-f", "-I", "signer", "-n", "hkshcc", "-s"]


def _left_over(folder: Path) -> Iterator[Path]:
    return folder.glob("hkshcc-*")


@only_ssh
def test_nothing_is_left_where_temporary_files_go(ssh: Desk, tmp_path: Path) -> None:
    place = tmp_path / "temporary"
    place.mkdir(mode=0o700)
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    assert signed_update(ssh, env={"TMPDIR": str(place)}).code == 0
    assert list(_left_over(place)) == []
