"""What programs read of measures: listed, in full, counted, and over time."""

from collections.abc import Mapping

from hkshcc.register.basis import BASES
from hkshcc.register.vocabulary import SIDES
from hkshcc.reports.attention import ORDER
from hkshcc.reports.groups import GROUPS
from hkshcc.reports.schemas.described import COUNTED, TITLE, TOTAL, Described, report
from hkshcc.reports.schemas.shapes import (
    Shape,
    count,
    day,
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
    ALIAS,
    COUNTS,
    CRITERIA_ROW,
    MEASURE,
    NAME,
    NUMBER,
    NUMBERS,
    PRECISION,
    SIDE,
    STATUS,
)
from hkshcc.reports.tracks import MONTHS

_SHEET = record(
    {
        **MEASURE,
        "area_name": maybe(NAME),
        "paragraph": maybe(count("the paragraph of the release")),
        "sha256": maybe(text("that paragraph's digest")),
        "timing": maybe(text("the words about its time")),
        "organisations": rows(text("a name"), "others that take part"),
        "alias": ALIAS,
        "agreed_on": day("the day of the plenary that agreed it"),
        "owners_basis": table(one_of(("stated", "inferred"), "how it is known"), "by the code of each owner"),
        "instruments": rows(text("a document's ref"), "the documents on it alone"),
        "events": rows(named("event"), "the entries that count, in deciding order"),
        "quoted": maybe(
            record(
                {
                    "file": text("the copy that was named with --source"),
                    "recorded": flag("whether a paragraph was recorded for it"),
                    "line": maybe(count("the line of the copy where the paragraph begins")),
                    "text": maybe(text("the paragraph; null where the copy has none like it")),
                    "matching": rows(count("a paragraph"), "those of the plenary that the copy has"),
                    "known": count("how many it could have"),
                    "of_a_plenary": flag("whether the copy reads as the release of any plenary"),
                },
                "its paragraph in the copy of the release",
            )
        ),
        "criteria": maybe(CRITERIA_ROW),
    },
    "a measure with all that is recorded on it",
)
_GROUP = record({"key": text("which group it is"), "name": NAME, **NUMBERS}, "a group and its counts")
_ATTENTION = record(
    {
        "what": one_of(ORDER, "why it needs attention"),
        **TITLE,
        "status": STATUS,
        "target": MEASURE["target"],
        "detail": text("in words, in English"),
        "details": named("attention_details"),
    },
    "a measure that needs attention",
)
_PROGRESS: dict[str, Shape] = {
    "total": count("how many measures are counted"),
    "counts": COUNTS,
    "bases": table(
        record({basis: count(f"how many are closed '{basis}'") for basis in BASES}, "by basis"),
        "of each closed status, how many rest on which basis",
    ),
    "unconfirmed": count("how many closed ones are not confirmed"),
    "silent": count("on how many no owner has reported"),
    "stalled": count("how many are stalled"),
    "stalled_after": count("after how many days they are"),
    "one_sided": record({side: count("how many") for side in SIDES}, "where one side alone was seen to act, by side"),
    "group": one_of(GROUPS, "by what the groups are made"),
    "groups": rows(_GROUP, "the groups, in their order"),
    "attention": rows(_ATTENTION, "what needs attention, most pressing first"),
    "withdrawn": rows(text("a ref"), "the measures that were agreed and are withdrawn"),
    "unknown_with_evidence": count("how many of status 'unknown' have evidence"),
    "continuing_with_evidence": count("how many of status 'continuing' have evidence of 'stale_after' days"),
    "lapsed": count("how many have lapsed"),
    "stale_after": count("after how many days they have"),
}
_PHASE = record(
    {
        "from": day("its first day"),
        "until": day("its last day"),
        **{status: MEASURE[status] for status in ("status", "status_hk", "status_sh")},
        "lapsed": MEASURE["lapsed"],
    },
    "a time in which it stood so",
)
_DOT = record(
    {"on": day("its day"), "precision": PRECISION, "pieces": count("how many pieces it is")}, "evidence of a day"
)
_TRACK = record(
    {
        "ref": MEASURE["ref"],
        "title": NAME,
        "area": MEASURE["area"],
        "agreed_on": day("the day of the plenary that agreed it"),
        **{key: MEASURE[key] for key in ("status", "lapsed", "target", "target_original")},
        "phases": rows(_PHASE, "how it stood, oldest first"),
        "evidence": rows(_DOT, "its evidence, oldest first"),
    },
    "a measure over time",
)

MEASURES: Mapping[str, Described] = {
    "list": report("list", "measures", {**COUNTED, "measures": rows(named("measure"), "those shown")}),
    "show": report("show REF", "measures in full", {"measures": rows(_SHEET, "those asked for")}),
    "report": report("report", "the progress of all measures", _PROGRESS),
    "glance": report("", "the progress of all measures", _PROGRESS),
    "comparison": report(
        "report --since WHEN",
        "counts then and now",
        {
            "since": day("the earlier day"),
            "until": day("the later day"),
            "group": one_of(GROUPS, "by what the groups are made"),
            "stalled_after": _PROGRESS["stalled_after"],
            "stale_after": _PROGRESS["stale_after"],
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
    "cross": report(
        "report --by FIELD",
        "measures by two fields",
        {
            **TOTAL,
            "group": one_of(GROUPS, "by what the rows are made"),
            "by": one_of(GROUPS, "by what the columns are made"),
            "stale_after": _PROGRESS["stale_after"],
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
    "steps": report(
        "report --over-time",
        "measures by status over time",
        {
            **COUNTED,
            "period": one_of(MONTHS, "at the end of what they are counted"),
            "stale_after": _PROGRESS["stale_after"],
            "points": rows(
                record({"day": day("the end of the period"), **NUMBERS}, "how they stood"), "the periods, oldest first"
            ),
        },
    ),
    "timeline": report(
        "timeline",
        "each measure over time",
        {**COUNTED, "stale_after": _PROGRESS["stale_after"], "measures": rows(_TRACK, "those shown")},
    ),
    "paper": report(
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
}
