"""The shapes that several schemas share: a name, an entry and its evidence, a measure and where it stands."""

from hkshcc.language import LANGUAGES
from hkshcc.register.basis import BASES
from hkshcc.register.model import CRITERIA, PAYLOAD_TYPES, Origin, Round
from hkshcc.register.vocabulary import EVIDENCE_KINDS, PRECISIONS, SIDES, Event, Kind, Status
from hkshcc.reports.schemas.shapes import (
    Shape,
    count,
    day,
    digest,
    flag,
    maybe,
    moment,
    named,
    number,
    one_of,
    record,
    rows,
    text,
)

_BOTH = (*SIDES, "both")
_STATED = ("stated", "inferred")
STATUS = one_of(Status, "where it stands, by the wording of the measure; 'unknown': not established")
SIDE = one_of(SIDES, "Hong Kong or Shanghai")
PRECISION = one_of(PRECISIONS, "how precisely the day is known; a period is given by its last day")
NAME = named("name")

CONTEXT = {
    "schema": text("its name and number; keys are only ever added under the same number"),
    "as_of": day("the state is that at the end of this day"),
    "known_on": day("only what was recorded by this day was used"),
    "entries": count("the number of the last entry used; 0 for an empty register"),
    "fingerprint": digest("the value of the hash chain after that entry"),
    "command": maybe(
        text("draws it again on any later day; only of a command that reads, null where it also read a file")
    ),
}

_CONTEXT_OF_A_MEASURE: dict[str, Shape] = {
    "ref": text("plenary, area, paragraph and part, as 5-FIN-3c"),
    "plenary": count("the number of the plenary that agreed it"),
    "area": text("the area's slug, as finance"),
    "kind": one_of(Kind, "what sort of commitment it is"),
    "title": NAME,
    "summary": maybe(text("what was agreed, in a sentence, in English or in what language there is")),
    "summary_by_language": NAME,
}
MEASURE: dict[str, Shape] = {
    **_CONTEXT_OF_A_MEASURE,
    "status": one_of(Status, "the less advanced of the two sides' statuses; 'unknown': not established"),
    "status_hk": one_of(Status, "Hong Kong's status"),
    "status_sh": one_of(Status, "Shanghai's status"),
    "since": maybe(day("the day since which the status holds")),
    "sides_differ": flag("whether the two sides' statuses differ"),
    "timeliness": one_of(("no-target", "on-time", "slipped", "overdue", "late"), "how it stands to its target"),
    "freshness": one_of(("current", "stale", "none"), "of the later of last update and latest evidence"),
    "silent": flag("whether no owner has reported"),
    "last_on": maybe(day("the day of the last update")),
    "target": maybe(day("the day promised; a period's last day")),
    "target_original": maybe(day("the day promised first")),
    "target_basis": maybe(one_of(("stated", "implied"), "whether the release states the day or implies it")),
    "slips": count("how often the target was moved"),
    "slip_days": number("days from the original target to the present one"),
    "next": maybe(text("what was last said would be done")),
    "attention": maybe(text("what was last said to need attention")),
    "owners": record(
        {side: rows(text("a body's code"), "the owners of that side") for side in SIDES}, "the owners by side"
    ),
    "evidence": count("how many pieces of evidence there are"),
    "one_sided": maybe(one_of(SIDES, "the side that alone has been seen to act")),
    "evidence_on": maybe(day("the day of the latest evidence, whether or not it supports a status")),
    "lapsed": flag("whether it is continuing and not current"),
    "basis": maybe(one_of(BASES, "on whose word, or by what, a closed measure is closed")),
    "basis_side": maybe(one_of(SIDES, "the side whose word it is, or which the official source shows")),
    "accepted_on": maybe(day("the day on which the conference accepted the closing")),
    "sources": count("how many sources say the status that holds"),
    "next_by": maybe(day("the day by which the step in 'next' will be taken")),
}

_COPY = record(
    {
        "sha256": digest("of the file, and its name beside the store"),
        "name": text("the name that it had"),
        "bytes": count("its size"),
    },
    "a copy of the evidence that is kept beside the store",
)
_EVIDENCE = record(
    {
        "kind": one_of(EVIDENCE_KINDS, "what kind of evidence it is"),
        "source": maybe(text("who says so")),
        "locator": text("the link, or the document's reference"),
        "title": text("the page's or document's title"),
        "read_on": day("the day on which it was read"),
        "archived": text("the link to an archived page"),
        "copy": _COPY,
    },
    "a piece of evidence",
    optional=("title", "read_on", "archived", "copy"),
)
METHOD = one_of(("ssh", "cms"), "how it signs: a key of OpenSSH, or a certificate")
_SIGNATURE = record(
    {
        "method": METHOD,
        "key": text("the fingerprint of the key that signed"),
        "value": text("the signature, as base64"),
        "sha256": digest("of the form's file, where that was signed and not the entry"),
    },
    "a body's signature",
    optional=("sha256",),
)
_OWNER = record({"body": text("its code"), "basis": one_of(_STATED, "how it is known")}, "an owner")
_TARGET = record(
    {
        "date": day("the day promised"),
        "precision": PRECISION,
        "basis": one_of(("stated", "implied"), "whether it was stated or implied"),
        "note": maybe(text("a remark on it")),
    },
    "a target",
)
_TEXT_OR_NAME: Shape = {"anyOf": [NAME, {"type": "string"}], "description": "a text, or one by language"}

ALIAS = maybe(text("the ref, code or name under which it was recorded, where another had that already"))

_THING: dict[str, Shape] = {
    "number": count("a plenary's number"),
    "plenary": count("the number of the plenary"),
    "date": day("the day of the plenary"),
    "place": maybe(text("where it was held")),
    "co_chairs": rows(_TEXT_OR_NAME, "who chaired it"),
    "name": NAME,
    "source": maybe(text("where that is stated")),
    "areas_stated": maybe(count("how many areas its release states")),
    "items_stated": maybe(count("how many measures its release states")),
    "slug": text("an area as people type it"),
    "code": text("an area's code in refs, or a body's"),
    "short": NAME,
    "note": maybe(text("a remark on it")),
    "side": SIDE,
    **_CONTEXT_OF_A_MEASURE,
    "summary": maybe(_TEXT_OR_NAME),
    "owners": rows(_OWNER, "the owners at the beginning"),
    "target": maybe(_TARGET),
    "paragraph": maybe(count("the paragraph of the release")),
    "sha256": maybe(text("that paragraph's digest")),
    "timing": maybe(text("the words about its time")),
    "organisations": rows(text("a name"), "others that take part"),
    "signatories": rows(_TEXT_OR_NAME, "who signed it"),
    "related": rows(text("a measure's ref"), "the measures it bears on"),
    "annex": maybe(_TEXT_OR_NAME),
    "opened": day("since when the round is open"),
    "due": day("when returns are due"),
    "closed": maybe(day("when the round was closed")),
    "alias": ALIAS,
    "received": rows(text("an entry's id"), "the entries that came, in their order"),
    "entries": count("how many entries the copy had"),
    "fingerprint": text("the copy's fingerprint, or the key's"),
    "origin": maybe(text("the name of the register that it is a copy of; 'shipped' for the one that ships")),
    "before": rows(text("an entry's id"), "all entries before the one that names the register, in their order"),
    "body": text("the body whose key it is"),
    "method": METHOD,
    "public": text("the key itself: of OpenSSH as it writes it, or a certificate's DER as base64"),
    "since": day("the first day on which the key is valid"),
    "until": maybe(day("the last day on which it is valid")),
    "revoked": maybe(day("the day from which it is not trusted")),
}


def _payload(event: str) -> Shape:
    """Return the shape of what an entry of that kind brings in."""
    form = PAYLOAD_TYPES[event]
    fields = {field: _THING[field] for field in form._fields}
    if form in {Round, Origin}:
        fields["name"] = text("the name of the round or register")
    return record(fields, f"of an entry of the kind '{event}'", optional=form._field_defaults)


# The fields of an entry, as they are stored; all but the first five depend on its kind.
ENTRY: dict[str, Shape] = {
    "id": text("its name, the same in every copy"),
    "command": text("the name of the command that made it; 'shipped' where it came with the tool"),
    "event": one_of(Event, "what sort of entry it is"),
    "recorded": moment("when the register was told"),
    "recorder": text("who recorded it"),
    "ref": text("the measure that it is about"),
    "on": day("the day on which it became true"),
    "precision": PRECISION,
    "by": text("the code of the body that reports"),
    "side": one_of(_BOTH, "the side that it speaks for"),
    "status": one_of((status for status in Status if status != Status.UNKNOWN), "the status that it gives"),
    "remark": text("what was done"),
    "reason": text("why"),
    "next": text("what will be done next"),
    "attention": text("what needs attention"),
    "evidence": rows(named("evidence"), "what it rests on"),
    "without_evidence": text("why it closes a measure without evidence"),
    "target": _TARGET,
    "added": rows(_OWNER, "the owners that join"),
    "dropped": rows(text("a body's code"), "the owners that leave"),
    "names": rows(text("an entry's id"), "the entries that it withdraws"),
    "thing": {
        "anyOf": [_payload(event) for event in PAYLOAD_TYPES],
        "description": "what it brings in: a measure, plenary, area, body, document, round or key, or what a copy sent",
    },
    "clock": moment("the moment of the entry before it, where a wrong clock dated that one later"),
    "nil": {"type": "boolean", "enum": [True], "description": "a return that says that there is no news"},
    "next_by": day("the day by which the next step will be taken"),
    "next_by_precision": PRECISION,
    "criteria": record(dict.fromkeys(CRITERIA, _TEXT_OR_NAME), "what would count", optional=CRITERIA[1:]),
    "agreed_by": one_of(_BOTH, "who agreed to the criteria"),
    "origin": text("the name of the register in which it was recorded"),
    "place": count("its number in that register"),
    "after": moment("the latest moment of what stands before it, where that is later: clocks differ"),
    "means": {
        "type": "object",
        "additionalProperties": {"type": "string"},
        "description": "which measures and bodies its names are of, by the ids of the entries that brought them in",
    },
    "internal": {"type": "boolean", "enum": [True], "description": "a note, or words, that are not published"},
    "signature": named("signature"),
}
ALWAYS = ("id", "command", "event", "recorded", "recorder")
NUMBER = count("its place in the register, from 1")
_EVENT: dict[str, Shape] = {
    "number": NUMBER,
    **{name: shape if name in ALWAYS else maybe(shape) for name, shape in ENTRY.items()},
    "withdrawn_by": maybe(count("the number of the entry that withdrew it")),
    "received": maybe(moment("the moment at which this register received it, where it was recorded in another one")),
}
_DETAILS: dict[str, Shape] = {
    "entry": maybe(count("the number of the entry that decided")),
    "on": maybe(day("its day")),
    "precision": maybe(PRECISION),
    "text": maybe(text("its own words")),
    "days": maybe(number("days overdue or late, or by which a target moved")),
}
_ROUND = record(
    {
        "name": text("its name"),
        "opened": day("since when it is open"),
        "due": day("when returns are due"),
        "closed": maybe(day("when it was closed")),
        "alias": ALIAS,
    },
    "a reporting round",
)
COUNTS = record({str(status): count(f"how many are '{status}'") for status in Status}, "measures by status")
NUMBERS: dict[str, Shape] = {
    "total": count("how many measures it has"),
    **{str(status).replace("-", "_"): count(f"how many are '{status}'") for status in Status},
    "lapsed": count("how many of the continuing ones have lapsed"),
}
CRITERIA_ROW = record(
    {
        "entry": count("the number of the entry"),
        "on": maybe(day("its day")),
        "agreed_by": maybe(one_of(_BOTH, "who agreed to them; null for a draft of the keeper's")),
        "written": one_of(
            ("before-completion", "after-completion", "after-withdrawn-completion", "after-continuing"),
            "when, by the order of the chain",
        ),
        "replaced": count("how many earlier ones there were"),
        **{name: maybe(NAME) for name in CRITERIA},
    },
    "what would count for the measure",
)
_FILTERS = record(
    {
        **{
            name: maybe(rows(text("a value"), "alternatives; null where not used"))
            for name in ("areas", "statuses", "owners", "kinds")
        },
        "plenaries": maybe(rows(count("a plenary's number"), "alternatives; null where not used")),
        "instrument": maybe(text("the document's ref")),
        "overdue": flag("--overdue"),
        "due_by": maybe(day("--due-within, as a day")),
        "stalled_after": maybe(count("--stalled: after how many days")),
        **{
            name: flag(f"--{name.replace('_', '-')}")
            for name in (
                "lapsed", "silent", "sides_differ", "no_evidence", "unconfirmed", "single_source", "on_press_alone",
                "no_criteria",
            )
        },
        "search": maybe(text("--search")),
    },
    "the filters; null or false where one was not used",
)  # fmt: skip

# What `named` refers to.
DEFINITIONS: dict[str, Shape] = {
    "name": record(
        {language: maybe(text("the name in that language")) for language in LANGUAGES},
        "a name or text by language; null where it has none in that language",
        optional=LANGUAGES,
    ),
    "evidence": _EVIDENCE,
    "signature": _SIGNATURE,
    "event": record(_EVENT, "an entry with every field that entries have, null where it has none"),
    "measure": record(MEASURE, "a measure and where it stands"),
    "round": _ROUND,
    "filters": _FILTERS,
    "change_details": record(
        {
            **_DETAILS,
            "sources": maybe(rows(text("a source"), "the sources of new evidence")),
            "added": maybe(rows(text("a body's code"), "the owners who came")),
            "dropped": maybe(rows(text("a body's code"), "the owners who left")),
        },
        "what the detail says, apart",
    ),
    "attention_details": record(
        {
            **_DETAILS,
            "target_original": maybe(day("the day promised first")),
            "target_basis": maybe(one_of(("stated", "implied"), "of the day that was promised")),
            "fulfilled_on": maybe(day("when it was completed, where late")),
            "status_hk": STATUS,
            "status_sh": STATUS,
            "next_by": maybe(day("by when the step was to be taken")),
        },
        "what the detail says, apart",
    ),
}
