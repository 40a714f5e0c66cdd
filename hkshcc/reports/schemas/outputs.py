"""What each command prints for programs: the shape of the whole, key by key."""

from collections.abc import Mapping
from typing import NamedTuple

from hkshcc.reports.groups import GROUPS
from hkshcc.reports.schemas.parts import (
    CHANGED,
    CHASE,
    COUNTED,
    EVENTS,
    FORM,
    INSTRUMENT,
    PIECE,
    PLENARY,
    PROGRESS,
    PROPOSED,
    RETURN,
    SHEET,
    TITLE,
    TOTAL,
    TRACK,
    WARNING,
)
from hkshcc.reports.schemas.shapes import (
    Shape,
    count,
    day,
    digest,
    flag,
    maybe,
    named,
    number,
    one_of,
    record,
    rows,
    table,
    text,
)
from hkshcc.reports.schemas.shared import (
    ALWAYS,
    CONTEXT,
    COUNTS,
    ENTRY,
    MEASURE,
    METHOD,
    NAME,
    NUMBER,
    NUMBERS,
    SIDE,
    STATUS,
)
from hkshcc.reports.standing_diff import HEADINGS
from hkshcc.reports.todo import REASONS
from hkshcc.reports.tracks import MONTHS


class Described(NamedTuple):
    """An output: the command that prints it, and its shape."""

    command: str
    shape: Shape


def _report(command: str, about: str, fields: Mapping[str, Shape], *, context: bool = True) -> Described:
    top = CONTEXT if context else {"schema": CONTEXT["schema"]}
    return Described(command, record({**top, **fields}, about, optional={"command"} - fields.keys()))


_KEY: dict[str, Shape] = {
    "body": text("the code of the body whose key it is"),
    "key": text("its fingerprint"),
    "state": one_of(("valid", "future", "expired", "revoked"), "what it is on that day"),
    "since": day("the first day on which it is valid"),
    "until": maybe(day("the last day on which it is valid")),
}
OUTPUTS: Mapping[str, Described] = {
    "list": _report("list", "measures", {**COUNTED, "measures": rows(named("measure"), "those shown")}),
    "show": _report("show REF", "measures in full", {"measures": rows(SHEET, "those asked for")}),
    "report": _report("report", "the progress of all measures", PROGRESS),
    "glance": _report("", "the progress of all measures", PROGRESS),
    "comparison": _report(
        "report --since WHEN",
        "counts then and now",
        {
            "since": day("the earlier day"),
            "until": day("the later day"),
            "group": one_of(GROUPS, "by what the groups are made"),
            "stalled_after": PROGRESS["stalled_after"],
            "stale_after": PROGRESS["stale_after"],
            "numbers": rows(
                record(
                    {
                        "key": text("which group it is; 'all': every measure"),
                        "name": NAME,
                        "what": text("what is counted"),
                        "then": count("how many at the end of 'since'"),
                        "now": count("how many at the end of 'until'"),
                        "change": number("the difference"),
                    },
                    "a count",
                ),
                "the counts",
            ),
        },
    ),
    "cross": _report(
        "report --by FIELD",
        "measures by two fields",
        {
            **TOTAL,
            "group": one_of(GROUPS, "by what the rows are made"),
            "by": one_of(GROUPS, "by what the columns are made"),
            "stale_after": PROGRESS["stale_after"],
            "cells": rows(
                record(
                    {
                        "row": text("which row; 'all': the total"),
                        "row_name": NAME,
                        "column": text("which column; 'all': the total"),
                        "column_name": NAME,
                        **NUMBERS,
                    },
                    "a cell",
                ),
                "every cell",
            ),
        },
    ),
    "steps": _report(
        "report --over-time",
        "measures by status over time",
        {
            **COUNTED,
            "period": one_of(MONTHS, "at the end of what they are counted"),
            "stale_after": PROGRESS["stale_after"],
            "points": rows(
                record({"day": day("the end of the period"), **NUMBERS}, "how they stood"), "the periods, oldest first"
            ),
        },
    ),
    "timeline": _report(
        "timeline",
        "each measure over time",
        {**COUNTED, "stale_after": PROGRESS["stale_after"], "measures": rows(TRACK, "those shown")},
    ),
    "paper": _report(
        "report --paper",
        "the paper for a meeting",
        {
            "since": day("the progress is what was recorded of the days after this one"),
            "total": count("how many measures it is about"),
            "measures": rows(
                record(
                    {
                        **{name: MEASURE[name] for name in ("ref", "area", "title", "summary_by_language", "status")},
                        "lapsed": MEASURE["lapsed"],
                        "entries": rows(NUMBER, "the entries that tell of the progress"),
                        **{name: MEASURE[name] for name in ("next", "next_by", "target", "status_hk", "status_sh")},
                        "owners": MEASURE["owners"],
                    },
                    "a measure",
                ),
                "the measures",
            ),
            "not_heard_from": rows(
                record(
                    {
                        "body": text("its code"),
                        "side": SIDE,
                        "refs": rows(MEASURE["ref"], "the measures on which it owes a return"),
                    },
                    "a body",
                ),
                "the bodies that owe a return, Hong Kong's first",
            ),
        },
    ),
    "history": _report("history", "entries", {"ref": maybe(MEASURE["ref"]), "title": maybe(NAME), **EVENTS}),
    "changes": _report(
        "changes --since WHEN",
        "what changed between two days",
        {
            "since": day("the earlier day"),
            "until": day("the later day"),
            "by_recorded": flag("whether by the day of recording"),
            **TOTAL,
            "changes": rows(
                record(
                    {
                        "change": one_of(HEADINGS, "what sort of change it is"),
                        **TITLE,
                        "before": maybe(text("what was before")),
                        "after": maybe(text("what is after")),
                        "detail": text("in words, in English"),
                        "details": named("change_details"),
                    },
                    "a change",
                ),
                "the changes",
            ),
            "still_silent": rows(text("a ref"), "the measures on which no owner has reported"),
        },
    ),
    "todo": _report(
        "todo",
        "what to do next",
        {
            "round": maybe(named("round")),
            **TOTAL,
            "counts": table(count("how many"), "how many measures have each reason as their most pressing"),
            "tasks": rows(
                record(
                    {
                        "reason": one_of(REASONS, "the most pressing reason"),
                        **TITLE,
                        "detail": maybe(text("in words, in English")),
                        "reasons": rows(one_of(REASONS, "a reason"), "all reasons"),
                        "status": STATUS,
                        **{name: MEASURE[name] for name in ("target", "last_on", "evidence_on")},
                        "owed": rows(text("a body's code"), "by whom a return is owed"),
                    },
                    "a measure on which something is to be done",
                ),
                "most pressing first",
            ),
        },
    ),
    "chase": _report("chase", "who owes returns", CHASE),
    "note": _report("chase BODY", "what a body owes", CHASE),
    "evidence": _report("evidence", "pieces of evidence", {**COUNTED, "evidence": rows(PIECE, "the pieces")}),
    "areas": _report(
        "areas",
        "the areas",
        {
            "areas": rows(
                record(
                    {
                        "slug": text("as people type it"),
                        "code": text("its code in refs"),
                        "name": NAME,
                        "measures": count("how many measures it has"),
                        "nothing_known": count("how many of them have no established status"),
                        "note": maybe(text("a remark on it")),
                    },
                    "an area",
                ),
                "every area",
            )
        },
    ),
    "bodies": _report(
        "bodies",
        "the bodies",
        {
            "bodies": rows(
                record(
                    {
                        "code": text("as people type it"),
                        "side": SIDE,
                        "name": NAME,
                        "owns": count("of how many measures it is an owner"),
                        "reported": count("on how many it has reported"),
                        "note": maybe(text("a remark on it")),
                    },
                    "a body",
                ),
                "every body",
            )
        },
    ),
    "keys": _report(
        "bodies key list",
        "the keys of bodies",
        {
            "keys": rows(
                record(
                    {
                        **_KEY,
                        "revoked": maybe(day("the day from which it is not trusted")),
                        "reason": maybe(text("why it was revoked")),
                        "method": METHOD,
                        "public": text("the key itself: of OpenSSH as it writes it, or a certificate's DER as base64"),
                        "entry": count("the number of the entry that added it"),
                    },
                    "a key",
                ),
                "every key, those revoked too",
            )
        },
    ),
    "plenaries": _report(
        "plenary",
        "the plenaries",
        {
            "plenaries": rows(
                record({**PLENARY, "measures": count("how many of its measures there are")}, "a plenary"), "all"
            )
        },
    ),
    "plenary": _report(
        "plenary show NUMBER",
        "a plenary",
        {
            "plenary": record({**PLENARY, "name": NAME, "source": maybe(text("where that is stated"))}, "the plenary"),
            "areas": rows(
                record(
                    {
                        "area": text("its slug"),
                        "name": NAME,
                        "measures": count("how many were agreed in it"),
                        "counts": COUNTS,
                    },
                    "an area",
                ),
                "its areas",
            ),
            "instruments": rows(text("a document's ref"), "the documents signed there"),
        },
    ),
    "instruments": _report(
        "instruments", "the documents signed", {"instruments": rows(record(INSTRUMENT, "a document"), "all")}
    ),
    "instrument": _report(
        "show DOCUMENT",
        "documents in full",
        {
            "instruments": rows(
                record(
                    {
                        **INSTRUMENT,
                        "signed_on": maybe(day("when it was signed")),
                        "place": maybe(text("where")),
                        "measures": rows(
                            record({**TITLE, "status": STATUS, "since": MEASURE["since"]}, "a measure"),
                            "how the measures that it bears on stand",
                        ),
                    },
                    "a document",
                ),
                "those asked for",
            )
        },
    ),
    "documents": _report(
        "instruments --by FIELD",
        "documents by year or plenary",
        {
            "by": one_of(("year", "plenary"), "by what they are counted"),
            "documents": rows(
                record(
                    {
                        "key": text("which year or plenary"),
                        "documents": count("how many were signed"),
                        "refs": rows(text("a document's ref"), "which"),
                        "measures": count("on how many measures they bear"),
                        "counts": COUNTS,
                    },
                    "a year or plenary",
                ),
                "all",
            ),
        },
    ),
    "rounds": _report(
        "round",
        "the reporting rounds",
        {
            "rounds": rows(
                record(
                    {
                        "name": text("its name"),
                        "opened": day("since when it is open"),
                        "due": day("when returns are due"),
                        "closed": maybe(day("when it was closed")),
                        "reported": count("on how many measures owners reported in it"),
                        "measures": count("how many there are"),
                        "nil": count("on how many there was no news"),
                    },
                    "a round",
                ),
                "all",
            )
        },
    ),
    "check": _report(
        "check",
        "whether the register is sound",
        {
            "sound": flag("whether nothing is wrong"),
            "compared_with": maybe(text("the fingerprint that was given")),
            "covers": maybe(count("the number of the last entry that it covers")),
            "origin": maybe(text("the name of the register that it is of, where that is another")),
            "problems": rows(record({"problem": text("what is wrong")}, "a problem"), "all that is wrong"),
            "signatures": record(
                {
                    "verified": count("how many hold"),
                    "not_verified": count("how many could not be verified, for want of a program or of a form"),
                },
                "the signatures of the entries that count",
            ),
            "kept_elsewhere": count("how many copies of evidence and signed forms only other registers keep"),
        },
    ),
    "redrawn": _report(
        "check --report FILE",
        "whether a report is as it was drawn",
        {
            "file": text("what was compared"),
            "command": text("draws it again"),
            "as_drawn": flag("whether nothing differs"),
            "different_lines": count("how many lines differ"),
            "differences": rows(
                record(
                    {
                        "line": count("the line's number in the file"),
                        "column": maybe(
                            count("the first character that differs, from 1; null where a line is missing")
                        ),
                        "found": maybe(text("the line as it is; null where there is no such line")),
                        "drawn": maybe(text("the line as it was drawn; null where there was no such line")),
                    },
                    "a difference",
                ),
                "the first 200 lines that differ",
            ),
        },
    ),
    "signed": _report(
        "check --signed FILE",
        "whose signature a file has",
        {"signatures": rows(record({"file": text("as it was named"), **_KEY}, "a signature"), "the one, which holds")},
    ),
    "schemas": _report(
        "schema",
        "the schemas that there are",
        {
            "schemas": rows(
                record(
                    {
                        "name": text("as `hkshcc schema NAME` takes it"),
                        "schema": text("its name and number, as output has it at its top"),
                        "command": text("what prints it"),
                    },
                    "a schema",
                ),
                "all",
            )
        },
        context=False,
    ),
    "site": _report(
        "export --site FOLDER",
        "the files of a folder to publish",
        {
            **{key: CONTEXT[key] for key in ("as_of", "known_on", "entries", "fingerprint")},
            "files": table(digest("of the file"), "each file by its path"),
        },
        context=False,
    ),
    "recorded": _report(
        "update REF … and the other commands that write",
        "what was recorded",
        {
            "recorded": flag("false where it was only shown"),
            "notes": rows(text("a sentence"), "what is said beside it"),
            "changes": rows(CHANGED, "what changed on each measure"),
            **EVENTS,
        },
        context=False,
    ),
    "merge": _report(
        "merge FILE",
        "what becomes of returned forms",
        {
            "applied": flag("whether it was recorded"),
            **{
                name: count("how many rows")
                for name in ("to_record", "nil", "unchanged", "conflicts", "refused", "left")
            },
            "files": rows(FORM, "the forms"),
            "returns": rows(RETURN, "every row"),
            "notes": rows(text("a sentence"), "what is said beside it"),
        },
    ),
    "import": _report(
        "import register FILE",
        "the entries of another copy",
        {
            "file": text("the copy's file"),
            "applied": flag("whether they were recorded"),
            "new": count("how many are new here"),
            "known": count("how many are known here"),
            "signatures": record(
                {
                    "verified": count("how many hold"),
                    "not_verified": count("how many could not be verified, for want of a program or of a form"),
                    "problems": rows(text("which entry, and why"), "those that do not hold"),
                },
                "the signatures of the entries that are new here and count",
            ),
            **EVENTS,
        },
    ),
    "proposal": _report(
        "import release FILE",
        "what a release says",
        {
            "title": maybe(text("its title")),
            "conference": maybe(
                record({"name": text("as it is called"), "ours": maybe(flag("whether it is this one"))}, "whose it is")
            ),
            "plenary": maybe(count("the number of the plenary")),
            "date": maybe(day("the day of the plenary")),
            "areas_stated": maybe(count("how many areas it states")),
            "areas": rows(
                record(
                    {
                        "name": text("as the release calls it"),
                        "line": count("the line of its heading"),
                        "slug": text("its slug"),
                        "code": text("its code"),
                        "known": flag("whether the register has it"),
                    },
                    "an area",
                ),
                "the areas",
            ),
            "measures": rows(PROPOSED, "the measures"),
            "instruments": rows(
                record({"title": text("its title"), "line": count("the line that names it")}, "a document"),
                "the documents signed",
            ),
            "warnings": rows(text("a sentence"), "what is doubtful"),
            "warning_details": rows(WARNING, "the same, apart"),
        },
        context=False,
    ),
    "register": _report(
        "export -o FILE.json",
        "a copy of the whole register",
        {
            "entries": count("how many entries it has"),
            "fingerprint": digest("the value of the hash chain after the last entry"),
            "register": rows(
                record(
                    {"number": NUMBER, **ENTRY},
                    "an entry as it is stored, with its number",
                    optional=[name for name in ENTRY if name not in ALWAYS],
                ),
                "the entries in their order",
            ),
        },
        context=False,
    ),
}
