"""What programs read of what was recorded on measures, and of what is to follow: history, changes, to do, returns."""

from collections.abc import Mapping

from hkshcc.register.vocabulary import SIDES
from hkshcc.reports.schemas.described import COUNTED, EVENTS, TITLE, TOTAL, Described, report
from hkshcc.reports.schemas.shapes import (
    Shape,
    count,
    day,
    digest,
    flag,
    maybe,
    named,
    one_of,
    record,
    rows,
    table,
    text,
)
from hkshcc.reports.schemas.shared import ENTRY, MEASURE, NAME, SIDE, STATUS
from hkshcc.reports.standing_diff import HEADINGS
from hkshcc.reports.todo import REASONS

_OWED = record(
    {
        "body": maybe(text("the code of the body that owes a return; null where the measure has no owner")),
        "side": maybe(SIDE),
        "name": maybe(NAME),
        **TITLE,
        "status": STATUS,
        **{name: MEASURE[name] for name in ("last_on", "next", "target", "target_original", "slips", "timeliness")},
        "evidence_on": MEASURE["evidence_on"],
        "next_by": MEASURE["next_by"],
    },
    "a return that is owed",
)
_CHASE: dict[str, Shape] = {"round": maybe(named("round")), "owed": rows(_OWED, "a row for each body and measure")}
_PIECE = record(
    {
        "ref": MEASURE["ref"],
        "n": count("its number on that measure"),
        "on": maybe(day("the day of the entry that brought it")),
        "status": maybe(STATUS),
        "by": maybe(text("who reported it")),
        "side": one_of((*SIDES, "both"), "the side that the entry speaks for"),
        "kind": text("what kind of evidence it is"),
        "source": maybe(text("who says so")),
        "title": maybe(text("the page's or document's title")),
        "locator": text("the link, or the document's reference"),
        "read_on": maybe(day("the day on which it was read")),
        "archived": maybe(text("the link to an archived page")),
        "copy_sha256": maybe(digest("of the copy kept beside the store")),
        "copy_name": maybe(text("the name that it had")),
        "copy_bytes": maybe(count("its size")),
        "entry": count("the number of the entry that brought it"),
        "recorded": ENTRY["recorded"],
    },
    "a piece of evidence",
)

FOLLOWING: Mapping[str, Described] = {
    "history": report("history", "entries", {"ref": maybe(MEASURE["ref"]), "title": maybe(NAME), **EVENTS}),
    "changes": report(
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
    "todo": report(
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
    "chase": report("chase", "who owes returns", _CHASE),
    "note": report("chase BODY", "what a body owes", _CHASE),
    "evidence": report("evidence", "pieces of evidence", {**COUNTED, "evidence": rows(_PIECE, "the pieces")}),
}
