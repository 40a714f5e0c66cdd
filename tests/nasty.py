"""One nasty register, all of it invented: whatever has broken a screen, a spreadsheet or a parser stands in it.

Three areas, two conferences that were held and one that was not, eleven measures: overdue, late, moved twice, moved
back, dropped by one side, closed without evidence, flagged, withdrawn, and with texts that try to act.
"""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hkshcc.register.commands import add_measure, criteria, keys, reference_data, revise, undo, update
from hkshcc.register.commands.add_measure import NewMeasure
from hkshcc.register.commands.common import CommandContext, Decision
from hkshcc.register.commands.update import StatusUpdate
from hkshcc.register.index import Register
from hkshcc.register.model import Entry
from hkshcc.register.openssh import read_public_key
from hkshcc.register.typed_dates import read_day
from hkshcc.stores.tinydb_store import FileStore
from tests.signers import FINGERPRINT, KEY, invented_key

MARKUP = "A kite [red]x[/red] over both cities, and [/] too"
SUMMARY = {"en": "A kite [red]is[/red] to be seen from both cities.", "zh-Hant": "兩地都[red]可見[/red]的風箏。"}
ESCAPES = "Wind tunnel \x1b[31mred\x1b[0m \x1b]0;pwned\x07 and a bell"
BIDI = "Kites \u202eesrever\u202c, \u2066isolated\u2069, zero\u200bwidth"
FORMULA = '=HYPERLINK("http://invented.example","click")'
MARKDOWN = "A | pipe, *stars*, `ticks`, <b>tags</b> & [a link](http://invented.example)"
LONG = "A very long title about noodles, " + "and noodles, " * 18 + "and soup"
LONG_CHINESE = "滬港兩地虛構風箏交流" * 8
SHELL = "\\$(touch pwned) `touch pwned` ' \" [/] : end"


class _Book:
    """Entries in the making."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self._commands = 0

    def context(self, day: str) -> CommandContext:
        self._commands += 1
        return CommandContext(f"{day}T09:00:00+08:00", "Invented Keeper \x1b[1m", f"command-{self._commands:03}", day)

    def enter(self, event: str, **fields: Any) -> None:
        context = self.context("2023-03-02")
        number = len(self.entries) + 1
        self.entries.append(
            Entry(number, f"{context.command}-1", context.command, event, context.recorded, context.recorder, **fields)
        )

    def agree(self, ref: str, area: str, kind: str, title: dict[str, str], **more: Any) -> None:
        thing = {"ref": ref, "plenary": 7, "area": area, "kind": kind, "title": title, **more}
        self.enter("agreed", ref=ref, on="2023-03-01", precision="day", thing=thing)

    def keep(self, outcome: Decision) -> None:
        self.entries += outcome.entries

    def report(self, day: str, refs: str, **word: Any) -> None:
        if "on" in word:
            word["on"] = read_day(word["on"], day)
        self.keep(update.record_update(Register(self.entries), self.context(day), refs.split(), StatusUpdate(**word)))

    def undo(self, day: str, typed: str | None = None, reason: str | None = None) -> None:
        made = undo.undo(Register(self.entries), self.context(day), typed, reason or "Invented reason")
        # Registers that were kept before a reason was asked for hold withdrawals without one.
        self.keep(Decision([entry._replace(reason=reason) for entry in made.entries], []))

    def retarget(self, day: str, ref: str, target: str, reason: str) -> None:
        new = read_day(target, day)
        self.keep(revise.retarget(Register(self.entries), self.context(day), ref, new, reason))

    def assign(self, day: str, ref: str, body: str, instead_of: str | None, reason: str) -> None:
        self.keep(revise.assign(Register(self.entries), self.context(day), ref, body, instead_of, reason))

    def add(self, day: str, **new: Any) -> None:
        self.keep(add_measure.add_measure(Register(self.entries), self.context(day), NewMeasure(**new)))

    def set_criteria(self, day: str, ref: str, agreed_by: str | None = None, **texts: str | None) -> None:
        self.keep(criteria.set_criteria(Register(self.entries), self.context(day), ref, texts, agreed_by))

    def note(self, day: str, ref: str, text: str) -> None:
        self.keep(update.add_note(Register(self.entries), self.context(day), ref, text))

    def add_key(self, day: str, body: str, file: bytes, since: str, until: str | None = None) -> None:
        read, ends = read_public_key(file, ""), read_day(until, day) if until else None
        self.keep(
            keys.add_key(Register(self.entries), self.context(day), body, read, read_day(since, day, "next"), ends)
        )

    def revoke_key(self, day: str, fingerprint: str, reason: str) -> None:
        self.keep(keys.revoke_key(Register(self.entries), self.context(day), fingerprint, None, reason))

    def open_round(self, day: str, name: str, due: str) -> None:
        self.keep(reference_data.open_round(Register(self.entries), self.context(day), name, read_day(due, day)))


def _owner(body: str, basis: str = "stated") -> dict[str, str]:
    return {"body": body, "basis": basis}


def _target(date: str, basis: str = "stated") -> dict[str, str | None]:
    return {"date": date, "precision": "day", "basis": basis, "note": None}


@cache
def entries() -> tuple[Entry, ...]:
    """Return the entries of the nasty register."""
    book = _Book()
    _frame(book)
    _measures(book)
    _kites(book)
    _noodles(book)
    _rest(book)
    return tuple(book.entries)


def _frame(book: _Book) -> None:
    for number, date in ((7, "2023-03-01"), (8, "2025-05-05"), (9, "2027-01-01")):
        book.enter("plenary", thing={"number": number, "date": date, "place": "Invented Hall"})
    areas = (
        ("kites", "KIT", "Kite flying and wind", "風箏及風", "风筝及风"),
        ("kitchens", "KCH", "Noodles [bold]and[/bold] soup", "麵條與湯", "面条与汤"),
        ("formulas", "FRM", "=1+1 and \x1b[5mother\x1b[0m sums", "＝算式", "＝算式"),
    )
    for slug, code, name, hant, hans in areas:
        thing = {"slug": slug, "code": code, "name": {"en": name, "zh-Hant": hant, "zh-Hans": hans}}
        book.enter("area", thing={**thing, "short": {"en": "Kites"} if slug == "kites" else {}, "note": None})
    bodies = (
        ("IKO", "hk", "Invented Kite Office", "虛構風箏署"),
        ("INB", "hk", "Invented Noodle Bureau", "虛構麵條局"),
        ("SH-Wind", "sh", "Invented Wind Bureau", "虛構風局"),
        ("SH-Soup", "sh", "=cmd|' /C calc'!A0", "虛構湯局"),
    )
    for code, side, name, hant in bodies:
        book.enter("body", thing={"code": code, "side": side, "name": {"en": name, "zh-Hant": hant}, "note": None})


def _measures(book: _Book) -> None:
    both = [_owner("IKO"), _owner("SH-Wind", "inferred")]
    cooks = [_owner("INB"), _owner("SH-Soup"), _owner("IKO", "inferred")]
    book.agree(
        "7-KIT-1a", "kites", "deliverable", {"en": MARKUP, "zh-Hant": "兩地上空的風箏 [red]紅[/red]"},
        owners=both, target=_target("2023-12-31"), paragraph=3, sha256="0" * 64, timing="by the end of 2023",
        organisations=["Invented Kite Club"], summary=SUMMARY,
    )  # fmt: skip
    book.agree("7-KIT-1b", "kites", "continuing", {"en": ESCAPES, "zh-Hant": LONG_CHINESE}, owners=both, paragraph=3)
    book.agree(
        "7-KIT-2", "kites", "deliverable", {"en": BIDI, "zh-Hans": "风筝\u202e反向"},
        owners=both[:1], target=_target("2023-06-30", "implied"), paragraph=4, timing="no date",
    )  # fmt: skip
    book.agree(
        "7-KCH-1", "kitchens", "deliverable", {"en": LONG, "zh-Hant": "很長的麵條"},
        owners=cooks, target=_target("2024-06-30"),
    )  # fmt: skip
    book.agree("7-KCH-2", "kitchens", "exploratory", {"en": MARKDOWN, "zh-Hant": "湯 | 麵"}, owners=cooks)
    book.agree("7-KCH-3", "kitchens", "deliverable", {"en": "A soup unlike the one agreed"}, owners=cooks)
    book.agree("7-KCH-4", "kitchens", "deliverable", {"en": "A noodle bridge", "zh-Hant": "麵條橋"}, owners=cooks)
    book.agree(
        "7-FRM-1", "formulas", "deliverable", {"en": FORMULA, "zh-Hant": "＝超連結"}, summary="+SUM(A1)", timing="soon"
    )
    book.agree("7-FRM-2", "formulas", "deliverable", {"en": SHELL}, owners=[_owner("SH-Soup")])
    related = ["7-KIT-1a", "7-KCH-4"]
    for ref, title, bears_on in (("7-DOC-1", "Memorandum on kites", related), ("7-DOC-2", "On all", [])):
        book.enter("instrument", thing={"ref": ref, "plenary": 7, "title": {"en": title}, "related": bears_on})


def _kites(book: _Book) -> None:
    book.set_criteria("2023-05-01", "7-KIT-1a", done_when="The kite [red]flies[/red] \x1b[2J", step_when="=1+1")
    book.set_criteria("2023-05-02", "7-KIT-1a", **{"not": "A kite \u202enwod", "agreed_by": "both"})
    book.report("2023-06-01", "7-KIT-1a", status="in-progress", remark="A first kite; [bold]half[/bold] built")
    book.report(
        "2023-07-01", "7-KIT-1b", status="continuing", evidence=["https://invented.example/\x1b[2J"],
        evidence_kind="press", remark="Wind \u202eblew", next="More wind",
    )  # fmt: skip
    book.report("2023-08-01", "7-KCH-1 7-KCH-2", status="in-progress", on="Q2 2023", evidence=["kitchen diary"])
    book.report(
        "2024-02-01", "7-KIT-2", status="completed", by="IKO", side="both", on="15 Jan 2024",
        evidence=["Kite Gazette 1", "Kite Gazette 2"], evidence_kind="record", source="Invented Gazette",
    )  # fmt: skip


def _noodles(book: _Book) -> None:
    book.retarget("2024-06-01", "7-KCH-1", "end 2025", "The flour came late")
    book.report("2024-08-01", "7-KCH-2", status="not-started", by="INB", reason="The pot broke", remark="Starting anew")
    book.report(
        "2024-09-01", "7-KCH-3", status="modified", by="INB", side="both", remark="Tea instead of soup",
        without_evidence="Everybody drank it",
    )  # fmt: skip
    book.report("2024-10-01", "7-KCH-4", status="in-progress", by="SH-Soup", on="Sep 2024", next="Second pillar")
    book.report("2024-10-02", "7-KCH-4", status="not-pursued", side="hk", reason="It bends")
    book.report("2025-01-01", "7-FRM-2", status="in-progress", by="SH-Soup", attention="\x1b]0;pwned\x07 needs a lid")
    book.report("2025-01-02", "7-FRM-2", status="completed", by="SH-Soup", evidence=["by mistake"])
    book.undo("2025-01-03", reason="Wrong [red]measure[/red]")


def _rest(book: _Book) -> None:
    book.add(
        "2025-06-01", area="KIT", plenary=8, title={"en": "A kite with English alone"}, owners=["IKO"],
        target=read_day("2026", "2025-06-01"), kind="deliverable",
    )  # fmt: skip
    book.assign("2025-06-02", "8-KIT-1", "SH-Wind", "IKO", "The office \x1b[1mclosed\x1b[0m")
    book.note("2025-06-03", "8-KIT-1", "A note with\ttab and\nnewline")
    book.undo("2025-06-04")
    book.undo("2025-06-05", str(len(book.entries)))
    book.add("2025-06-06", area="kitchens", title={"en": "Entered by mistake"})
    book.undo("2025-06-07")
    book.retarget("2025-12-01", "7-KCH-1", "30 Jun 2027", "=The flour came late again")
    book.open_round("2026-10-01", "2026H2", "2026-12-31")
    book.report("2026-11-01", "7-FRM-2", by="SH-Soup", remark="-1 lids; said without a status")
    book.report("2026-11-02", "7-KIT-1b", side="both", remark="The keeper decided", status="continuing")
    book.add_key("2026-11-03", "IKO", KEY.encode(), since="2026-11-01", until="2027-12-31")
    book.revoke_key("2026-11-04", FINGERPRINT, "Left on the [red]train[/red] \x1b[2J")
    book.add_key("2026-11-05", "SH-Wind", invented_key(1), since="2027-01-01")


def write(path: Path) -> Path:
    """Write the nasty register as a store at a path."""
    path.write_bytes(_stored())
    return path


@cache
def _stored() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "register.json"
        FileStore(str(path)).create(entries())
        return path.read_bytes()
