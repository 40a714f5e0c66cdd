"""What programs read of what was verified, recorded or exchanged."""

from collections.abc import Mapping

from hkshcc.register.vocabulary import Kind
from hkshcc.reports.proposal import WarningKind
from hkshcc.reports.schemas.described import EVENTS, KEY, TITLE, Described, report
from hkshcc.reports.schemas.shapes import count, day, digest, flag, maybe, named, one_of, record, rows, table, text
from hkshcc.reports.schemas.shared import ALWAYS, CONTEXT, ENTRY, MEASURE, NAME, NUMBER, STATUS

_WARNING = record(
    {
        "kind": one_of(WarningKind, "what it is about"),
        "lines": rows(count("a line"), "the lines of the release that it names"),
        "text": text("the sentence"),
        "hint": maybe(text("what to do about it")),
    },
    "what is doubtful",
)
_OWNER = record({"body": text("its code"), "basis": text("how it is known")}, "an owner")
_PROPOSED = record(
    {
        "plenary": maybe(count("the number of the plenary")),
        "area": text("the area as the release calls it"),
        "slug": text("the area's slug"),
        "code": text("the area's code"),
        "number": count("the measure's number in its area"),
        "part": maybe(text("its part, which an editor gives")),
        "title": text("its title, in the release's language"),
        "kind": one_of(Kind, "what sort of commitment it is"),
        "owners": rows(_OWNER, "the owners"),
        "target": maybe(day("the day promised")),
        "target_precision": maybe(text("how precisely it is said")),
        "paragraph": maybe(count("the paragraph of the release")),
        "line": count("the line where it begins"),
        "sha256": text("the paragraph's digest"),
        "text": text("the paragraph"),
    },
    "a measure that is proposed",
)
_CHANGED = record(
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
_FORM = record(
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
_RETURN = record(
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

EXCHANGE: Mapping[str, Described] = {
    "check": report(
        "check",
        "whether the register is sound",
        {
            "sound": flag("whether nothing is wrong"),
            "compared_with": maybe(text("the fingerprint that was given")),
            "covers": maybe(count("the number of the last entry that it covers")),
            "origin": maybe(text("the name of the register that it is of, where that is another")),
            "public_edition": flag("whether it is that of the public edition of these entries"),
            "problems": rows(record({"problem": text("what is wrong")}, "a problem"), "all that is wrong"),
            "signatures": record(
                {
                    "verified": count("how many hold"),
                    "not_verified": count("how many could not be verified, for want of a program or of a form"),
                },
                "the signatures of the entries that count",
            ),
            "not_verified": rows(
                record({"problem": text("which signature was not verified, and why")}, "a signature"),
                "the signatures that could not be verified",
            ),
            "kept_elsewhere": count("how many copies of evidence and signed forms only other registers keep"),
            "forks": rows(
                record(
                    {
                        "origin": text("the register's name"),
                        "number": count("the first number in it that several entries have"),
                        "entries": rows(count("the number here of one of them"), "those entries"),
                    },
                    "a register of which two versions are here",
                ),
                "the registers that were rewritten, or went on from a backup",
            ),
        },
    ),
    "redrawn": report(
        "check --report FILE",
        "whether a report is as it was drawn",
        {
            "file": text("what was compared"),
            "origin": maybe(text("the name of the register that it was drawn from, where that is another")),
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
            "parts": rows(text("a name"), "the first 20 parts of a Word document in which it is not as it was drawn"),
        },
    ),
    "signed": report(
        "check --signed FILE",
        "whose signature a file has",
        {"signatures": rows(record({"file": text("as it was named"), **KEY}, "a signature"), "the one, which holds")},
    ),
    "schemas": report(
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
    "site": report(
        "export --site FOLDER",
        "the files of a folder to publish",
        {
            **{key: CONTEXT[key] for key in ("as_of", "known_on", "entries", "fingerprint")},
            "files": table(digest("of the file"), "each file by its path"),
        },
        context=False,
    ),
    "recorded": report(
        "update REF … and the other commands that write",
        "what was recorded",
        {
            "recorded": flag("false where it was only shown"),
            "notes": rows(text("a sentence"), "what is said beside it"),
            "changes": rows(_CHANGED, "what changed on each measure"),
            **EVENTS,
        },
        context=False,
    ),
    "merge": report(
        "merge FILE",
        "what becomes of returned forms",
        {
            "applied": flag("whether it was recorded"),
            **{
                name: count("how many rows")
                for name in ("to_record", "nil", "unchanged", "conflicts", "refused", "left")
            },
            "files": rows(_FORM, "the forms"),
            "returns": rows(_RETURN, "every row"),
            "notes": rows(text("a sentence"), "what is said beside it"),
        },
    ),
    "import": report(
        "import register FILE",
        "the entries of another copy",
        {
            "file": text("the copy's file"),
            "applied": flag("whether they were recorded"),
            "new": count("how many are new here"),
            "known": count("how many are known here"),
            "receipts": count("how many only say that the other register received what is here; they are not recorded"),
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
    "proposal": report(
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
            "measures": rows(_PROPOSED, "the measures"),
            "instruments": rows(
                record({"title": text("its title"), "line": count("the line that names it")}, "a document"),
                "the documents signed",
            ),
            "warnings": rows(text("a sentence"), "what is doubtful"),
            "warning_details": rows(_WARNING, "the same, apart"),
        },
        context=False,
    ),
    "register": report(
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
