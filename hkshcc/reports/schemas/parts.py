"""The rows and objects within outputs that are told apart from the whole: a sheet, a group, a document, a return."""

from hkshcc.register.basis import BASES
from hkshcc.register.vocabulary import SIDES, Kind
from hkshcc.reports.attention import ORDER
from hkshcc.reports.groups import GROUPS
from hkshcc.reports.proposal import WarningKind
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
from hkshcc.reports.schemas.shared import COUNTS, CRITERIA_ROW, ENTRY, MEASURE, NAME, NUMBERS, PRECISION, SIDE, STATUS

TITLE = {"ref": MEASURE["ref"], "title": NAME}
COUNTED: dict[str, Shape] = {
    "total": count("how many measures there are in all"),
    "shown": count("how many the filters leave"),
    "filters": maybe(text("the filters in words")),
    "criteria": named("filters"),
}
SHEET = record(
    {
        **MEASURE,
        "area_name": maybe(NAME),
        "paragraph": maybe(count("the paragraph of the release")),
        "sha256": maybe(text("that paragraph's digest")),
        "timing": maybe(text("the words about its time")),
        "organisations": rows(text("a name"), "others that take part"),
        "alias": maybe(text("its ref in the copy that it came from")),
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
GROUP = record({"key": text("which group it is"), "name": NAME, **NUMBERS}, "a group and its counts")
ATTENTION = record(
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
PROGRESS: dict[str, Shape] = {
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
    "groups": rows(GROUP, "the groups, in their order"),
    "attention": rows(ATTENTION, "what needs attention, most pressing first"),
    "withdrawn": rows(text("a ref"), "the measures that were agreed and are withdrawn"),
    "unknown_with_evidence": count("how many of status 'unknown' have evidence"),
    "continuing_with_evidence": count("how many of status 'continuing' have evidence of 'stale_after' days"),
    "lapsed": count("how many have lapsed"),
    "stale_after": count("after how many days they have"),
}
INSTRUMENT: dict[str, Shape] = {
    "ref": text("the document's ref, as 5-DOC-2"),
    "plenary": count("the number of the plenary at which it was signed"),
    "title": NAME,
    "signatories": rows(text("a name in English, or as recorded"), "who signed it"),
    "signatories_by_language": table(rows(text("a name"), "in that language"), "the same by language"),
    "annex": maybe(text("what is annexed to it")),
    "annex_by_language": maybe(NAME),
    "related": rows(text("a measure's ref"), "the measures that it bears on"),
    "counts": COUNTS,
}
CHAIRS: dict[str, Shape] = {
    "co_chairs": rows(text("a name in English, or as recorded"), "who chaired it"),
    "co_chairs_by_language": table(rows(text("a name"), "in that language"), "the same by language"),
}
PLENARY: dict[str, Shape] = {
    "number": count("which it was"),
    "date": day("when it was held"),
    "place": maybe(text("where")),
    **CHAIRS,
    "areas_stated": maybe(count("how many areas its release states; null where none does")),
    "items_stated": maybe(count("how many measures its release states")),
}
OWED = record(
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
CHASE: dict[str, Shape] = {"round": maybe(named("round")), "owed": rows(OWED, "a row for each body and measure")}
PIECE = record(
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
WARNING = record(
    {
        "kind": one_of(WarningKind, "what it is about"),
        "lines": rows(count("a line"), "the lines of the release that it names"),
        "text": text("the sentence"),
        "hint": maybe(text("what to do about it")),
    },
    "what is doubtful",
)
OWNER = record({"body": text("its code"), "basis": text("how it is known")}, "an owner")
PROPOSED = record(
    {
        "plenary": maybe(count("the number of the plenary")),
        "area": text("the area as the release calls it"),
        "slug": text("the area's slug"),
        "code": text("the area's code"),
        "number": count("the measure's number in its area"),
        "part": maybe(text("its part, which an editor gives")),
        "title": text("its title, in the release's language"),
        "kind": one_of(Kind, "what sort of commitment it is"),
        "owners": rows(OWNER, "the owners"),
        "target": maybe(day("the day promised")),
        "target_precision": maybe(text("how precisely it is said")),
        "paragraph": maybe(count("the paragraph of the release")),
        "line": count("the line where it begins"),
        "sha256": text("the paragraph's digest"),
        "text": text("the paragraph"),
    },
    "a measure that is proposed",
)
CHANGED = record(
    {
        **TITLE,
        "ref": maybe(MEASURE["ref"]),
        "status_before": STATUS,
        "status": STATUS,
        "status_hk": STATUS,
        "status_sh": STATUS,
        "basis_before": MEASURE["basis"],
        "basis": MEASURE["basis"],
    },
    "what changed on a measure",
)
FORM = record(
    {
        "file": text("the form's file"),
        "sha256": digest("of the file"),
        "owner": text("the code of the body that it is for"),
        "round": maybe(text("the round that it is for")),
        "entries": count("the number of the last entry when it was made"),
        "fingerprint": text("the register's fingerprint then"),
        "deleted": rows(text("a ref"), "the rows that were deleted from it"),
        "signature": maybe(named("signature")),
    },
    "a form that was read",
)
RETURN = record(
    {
        "file": text("the form's file"),
        "row": count("the row of its sheet"),
        "ref": maybe(MEASURE["ref"]),
        "title": maybe(NAME),
        "by": text("the code of the body that reports"),
        "outcome": text("what becomes of it: record, unchanged, conflict, refused or left"),
        "before": maybe(text("what the register has")),
        "after": maybe(text("what the form says")),
        "reason": maybe(text("why it is not recorded")),
        "conflicts": rows(table({}, "a cell"), "the cells that were changed on both sides"),
        "entry": maybe(count("the number that it has, or would have")),
    },
    "a row of a form",
)
EVENTS: dict[str, Shape] = {"events": rows(named("event"), "the entries")}
TOTAL = {"total": count("how many measures there are")}
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
TRACK = record(
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
