"""What programs read of the register's own things: areas, bodies, keys, plenaries, documents, rounds."""

from collections.abc import Mapping

from hkshcc.reports.schemas.described import KEY, TITLE, Described, report
from hkshcc.reports.schemas.shapes import Shape, count, day, maybe, one_of, record, rows, table, text
from hkshcc.reports.schemas.shared import ALIAS, COUNTS, MEASURE, METHOD, NAME, SIDE, STATUS

_INSTRUMENT: dict[str, Shape] = {
    "ref": text("the document's ref, as 5-DOC-2"),
    "plenary": count("the number of the plenary at which it was signed"),
    "title": NAME,
    "signatories": rows(text("a name in English, or as recorded"), "who signed it"),
    "signatories_by_language": table(rows(text("a name"), "in that language"), "the same by language"),
    "annex": maybe(text("what is annexed to it")),
    "annex_by_language": maybe(NAME),
    "related": rows(text("a measure's ref"), "the measures that it bears on"),
    "counts": COUNTS,
    "alias": ALIAS,
}
_CHAIRS: dict[str, Shape] = {
    "co_chairs": rows(text("a name in English, or as recorded"), "who chaired it"),
    "co_chairs_by_language": table(rows(text("a name"), "in that language"), "the same by language"),
}
_PLENARY: dict[str, Shape] = {
    "number": count("which it was"),
    "date": day("when it was held"),
    "place": maybe(text("where")),
    **_CHAIRS,
    "areas_stated": maybe(count("how many areas its release states; null where none does")),
    "items_stated": maybe(count("how many measures its release states")),
}

REFERENCE_DATA: Mapping[str, Described] = {
    "areas": report(
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
    "bodies": report(
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
                        "alias": ALIAS,
                    },
                    "a body",
                ),
                "every body",
            )
        },
    ),
    "keys": report(
        "bodies key list",
        "the keys of bodies",
        {
            "keys": rows(
                record(
                    {
                        **KEY,
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
    "plenaries": report(
        "plenary",
        "the plenaries",
        {
            "plenaries": rows(
                record({**_PLENARY, "measures": count("how many of its measures there are")}, "a plenary"), "all"
            )
        },
    ),
    "plenary": report(
        "plenary show NUMBER",
        "a plenary",
        {
            "plenary": record({**_PLENARY, "name": NAME, "source": maybe(text("where that is stated"))}, "the plenary"),
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
    "instruments": report(
        "instruments", "the documents signed", {"instruments": rows(record(_INSTRUMENT, "a document"), "all")}
    ),
    "instrument": report(
        "show DOCUMENT",
        "documents in full",
        {
            "instruments": rows(
                record(
                    {
                        **_INSTRUMENT,
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
    "documents": report(
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
    "rounds": report(
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
                        "alias": ALIAS,
                    },
                    "a round",
                ),
                "all",
            )
        },
    ),
}
