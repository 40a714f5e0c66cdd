"""Which key may sign for whom, and when: a key's history is told by entries, and travels in time as they do."""

from dataclasses import dataclass, field

import pytest

from hkshcc.errors import NotFoundError, RefusedError, UsageError
from hkshcc.register.commands import keys as commands
from hkshcc.register.commands.common import CommandContext
from hkshcc.register.commands.undo import undo
from hkshcc.register.dates import Day
from hkshcc.register.index import Register
from hkshcc.register.integrity import problems
from hkshcc.register.keys import find_key, is_unsigned, keys_of, may_sign, signed_bytes, what_is_wrong
from hkshcc.register.model import Entry, Signature
from hkshcc.register.openssh import PublicKey, read_public_key
from tests.register.build import FRAME, MEASURES, REF, Desk, draft, entries_of, numbered
from tests.register.test_openssh import GOOD

ONE, TWO = (read_public_key(GOOD[name], "x") for name in ("ed25519", "ecdsa"))
BODY, OTHER = "XBB", "YSS"


@dataclass
class Keeper:
    """Somebody who keeps keys, a command a day."""

    entries: list[Entry] = field(default_factory=lambda: numbered([*FRAME, *MEASURES]))

    @property
    def register(self) -> Register:
        return Register(self.entries)

    def context(self, day: str, time: str = "09:00:00") -> CommandContext:
        return CommandContext(f"{day}T{time}+08:00", "keeper", f"k{len(self.entries)}", day)

    def add(self, day: str, key: PublicKey = ONE, since: str | None = None, until: str | None = None) -> "Keeper":
        days = [Day(text, "day") if text else None for text in (since, until)]
        self.entries += commands.add_key(self.register, self.context(day), BODY, key, *days).entries
        return self

    def revoke(self, day: str, on: str | None = None, time: str = "09:00:00") -> list[str]:
        made = commands.revoke_key(
            self.register, self.context(day, time), ONE.fingerprint, Day(on, "day") if on else None, "Lost"
        )
        self.entries += made.entries
        return made.notes

    def wrong(self, recorded: str, number: int = 10**6, body: str = BODY, key: PublicKey = ONE) -> str:
        moment = recorded if "T" in recorded else f"{recorded}T10:00:00+08:00"
        return what_is_wrong(keys_of(self.register), key.fingerprint, body, moment, number)


def test_a_key_is_valid_from_its_first_day_to_the_end_of_its_last() -> None:
    keeper = Keeper().add("2022-01-10", since="2022-01-05", until="2022-02-28")
    assert [bool(keeper.wrong(day)) for day in ("2022-01-04", "2022-01-05", "2022-02-28", "2022-03-01")] == [
        True, False, False, True,
    ]  # fmt: skip
    assert "is not valid before 5 Jan 2022" in keeper.wrong("2022-01-04")
    assert "was valid until 28 Feb 2022" in keeper.wrong("2022-03-01")


def test_a_key_without_a_last_day_is_valid_until_it_is_revoked() -> None:
    keeper = Keeper().add("2022-01-10")
    assert keeper.wrong("2042-01-10") == ""
    keeper.revoke("2022-05-05")
    assert "was revoked on 5 May 2022 (entry " in keeper.wrong("2042-01-10")
    assert keeper.wrong("2022-05-04") == ""


def test_a_key_revoked_during_a_day_holds_for_what_was_told_before() -> None:
    keeper = Keeper().add("2022-01-10")
    keeper.revoke("2022-05-05", time="12:00:00")
    at = keeper.entries[-1].number
    assert keeper.wrong("2022-05-05T11:59:59+08:00", at + 1) == ""
    assert keeper.wrong("2022-05-05T12:00:00+08:00", at - 1) == ""
    assert keeper.wrong("2022-05-05T12:00:00+08:00", at + 1) != ""


def test_a_key_revoked_from_an_earlier_day_is_not_trusted_on_any_of_that_day() -> None:
    keeper = Keeper().add("2022-01-10")
    keeper.revoke("2022-05-05", on="2022-05-01")
    assert keeper.wrong("2022-05-01T00:00:00+08:00", 1) != ""
    assert keeper.wrong("2022-04-30T23:59:59+08:00") == ""


def test_of_two_revocations_the_earlier_counts() -> None:
    keeper = Keeper().add("2022-01-10")
    keeper.revoke("2022-05-05")
    keeper.revoke("2022-05-06", on="2022-04-01")
    assert keeper.wrong("2022-04-02") != ""
    with pytest.raises(RefusedError, match="is revoked since 1 Apr 2022"):
        keeper.revoke("2022-05-07")


def test_a_key_that_is_undone_was_never_there_and_a_revocation_undone_never_was() -> None:
    keeper = Keeper().add("2022-01-10")
    keeper.revoke("2022-05-05")
    keeper.entries += undo(keeper.register, keeper.context("2022-05-06"), str(len(keeper.entries)), "Found").entries
    assert keeper.wrong("2022-06-01") == ""
    keeper.entries += undo(
        keeper.register, keeper.context("2022-05-07"), str(len(FRAME) + len(MEASURES) + 1), "x"
    ).entries
    assert keeper.wrong("2022-06-01") == f"no body has the key {ONE.fingerprint}"


def test_what_is_known_of_keys_is_known_from_the_day_it_was_recorded() -> None:
    keeper = Keeper().add("2022-01-10")
    keeper.revoke("2022-05-05", on="2022-02-01")
    before = Register(keeper.entries, known_on="2022-05-04")
    assert [held.state("2022-05-04") for held in keys_of(before)] == ["valid"]
    assert [held.state("2022-05-04") for held in keys_of(keeper.register)] == ["revoked"]


def test_a_key_may_be_added_again_for_a_later_time() -> None:
    keeper = Keeper().add("2022-01-10", until="2022-12-31").add("2022-12-01", since="2023-01-01", until="2023-12-31")
    assert [keeper.wrong(day) for day in ("2022-06-01", "2023-06-01")] == ["", ""]
    assert "was valid until 31 Dec 2023" in keeper.wrong("2024-01-01")


def test_what_a_key_cannot_be_added_for() -> None:
    keeper = Keeper().add("2022-01-10", until="2022-12-31")
    with pytest.raises(RefusedError, match=f"{BODY} has the key .* already"):
        keeper.add("2022-02-01", until="2022-06-30")
    with pytest.raises(RefusedError, match="is that of XBB already"):
        commands.add_key(keeper.register, keeper.context("2022-02-01"), OTHER, ONE, None, None)
    with pytest.raises(RefusedError, match="would be valid until 1 Feb 2022, before 2 Feb 2022"):
        keeper.add("2022-02-02", TWO, until="2022-02-01")
    with pytest.raises(NotFoundError, match="no body 'Nobody'"):
        commands.add_key(keeper.register, keeper.context("2022-02-01"), "Nobody", TWO, None, None)
    keeper.revoke("2022-03-01")
    with pytest.raises(RefusedError, match=r"was revoked \(entry "):
        keeper.add("2022-04-01", since="2023-01-01")


def test_a_key_of_another_body_and_one_of_nobody_are_told_apart() -> None:
    keeper = Keeper().add("2022-01-10")
    assert keeper.wrong("2022-02-01", body=OTHER).endswith(f"is that of {BODY}, not of {OTHER}")
    assert keeper.wrong("2022-02-01", key=TWO) == f"no body has the key {TWO.fingerprint}"


def test_a_key_is_found_by_the_beginning_of_its_fingerprint() -> None:
    register = Keeper().add("2022-01-10").register
    for typed in (ONE.fingerprint, ONE.fingerprint[:14], ONE.fingerprint.removeprefix("SHA256:")[:6]):
        assert find_key(register, typed).key.fingerprint == ONE.fingerprint
    with pytest.raises(UsageError, match="too short"):
        find_key(register, ONE.fingerprint[:12])
    with pytest.raises(NotFoundError):
        find_key(register, "SHA256:nothing")


def _return(by: str | None = BODY, **more: object) -> Entry:
    [entry] = numbered([draft("return", ref=REF, on="2022-02-01", by=by, remark="x", **more)], after=500)
    return entry


def test_a_report_is_unsigned_only_where_its_body_could_have_signed_it() -> None:
    signature = Signature(method="ssh", key=ONE.fingerprint, value="AAAA")
    keys = keys_of(Keeper().add("2022-01-10").register)
    assert is_unsigned(keys, _return())
    assert not is_unsigned(keys, _return(signature=signature))
    assert not is_unsigned(keys, _return(OTHER))
    assert not is_unsigned(keys, _return(recorded="2021-12-31"))
    assert not may_sign([], BODY, "2022-02-01", 1)


def test_registers_agree_on_what_could_be_signed_in_the_second_in_which_a_key_was_revoked() -> None:
    here, there = (Desk(entries=entries_of(), name=name) for name in ("here", "there"))
    here.name("HK")
    there.name("SH")
    here.add_key(BODY, ONE)
    there.merge(here)
    here.revoke_key(ONE.fingerprint)
    there.report(by=BODY, remark="In that very second")
    there.merge(here)
    here.merge(there)
    told = [
        [is_unsigned(keys_of(desk.register), entry) for entry in desk.register.events(REF) if entry.by]
        for desk in (here, there)
    ]
    assert told == [[False], [False]]


def test_what_is_signed_is_all_of_an_entry_but_its_place_and_its_signature() -> None:
    entry = _return()
    signature = Signature(method="ssh", key=ONE.fingerprint, value="AAAA")
    assert signed_bytes(entry._replace(number=7, signature=signature)) == signed_bytes(entry)
    others = [
        entry._replace(id="x"),
        entry._replace(recorded="x"),
        entry._replace(by=OTHER),
        entry._replace(remark="y"),
    ]
    assert signed_bytes(entry) not in {signed_bytes(other) for other in others}


def test_a_register_with_keys_is_sound_and_one_with_a_key_that_is_none_is_not() -> None:
    keeper = Keeper().add("2022-01-10")
    keeper.revoke("2022-05-05")
    assert problems(keeper.register) == []
    number, thing = keeper.entries[-2].number, dict(keeper.entries[-2].thing or {})
    for change in ({"fingerprint": TWO.fingerprint}, {"public": "ssh-ed25519 AAAA"}, {"method": "cms"}):
        keeper.entries[-2] = keeper.entries[-2]._replace(thing={**thing, **change})
        assert f"entry {number} has a key that is none, or another than it says" in problems(keeper.register)
    keeper.entries[-2] = keeper.entries[-2]._replace(thing={**thing, "body": "Nobody"})
    assert any("names the body Nobody" in problem for problem in problems(keeper.register))
