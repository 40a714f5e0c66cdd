"""What the published data are, for programs and for those who cite them: a data package, a citation, a Dataset."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from hkshcc.language import LANGUAGES
from hkshcc.register.chain import readable, sha256
from hkshcc.register.vocabulary import CONFERENCE, SIDES
from hkshcc.reports.page import ReportContext
from hkshcc.reports.schemas.shapes import Shape
from hkshcc.reports.schemas.shared import MEASURE
from hkshcc.text import inert_json

NAME = "hkshcc-register"
TITLE = f"Register of the {CONFERENCE['en']}"
KEYWORDS = ("Hong Kong", "Shanghai", "co-operation", "commitments", "follow-up")
_ENDS = {"_zh_hant": "in Traditional Chinese", "_zh_hans": "in Simplified Chinese"}
_SIDES = {f"owners_{side}": name for side, name in zip(SIDES, ("Hong Kong", "Shanghai"), strict=True)}


class DataFile(NamedTuple):
    """A file of the folder that holds data: its path, its media type, what it holds, and its bytes."""

    path: str
    mediatype: str
    about: str
    data: bytes


def about(context: ReportContext, measures: int) -> str:
    """Return what the data are, in a few English sentences."""
    number = f"{measures} measures" if measures != 1 else "1 measure"
    return (
        f"What Hong Kong and Shanghai agreed at the {CONFERENCE['en']}, and how far each commitment has come: {number}"
        f" with their status, owners, targets and evidence, as of {_when(context)} ({version(context)})."
    )


def version(context: ReportContext) -> str:
    """Return which data they are: ``entries 1-310, fingerprint 3f9a 21c0 77de 0b52``."""
    edition = "public edition, " if context.left_out and any(context.left_out) else ""
    return f"{edition}entries 1-{context.last}, fingerprint {readable(context.fingerprint)}"


def _when(context: ReportContext) -> str:
    known = "" if context.known_on == context.as_of else f", as known on {context.known_on}"
    return f"{context.as_of}{known}"


def data_package(context: ReportContext, measures: int, files: Sequence[DataFile], columns: Sequence[str]) -> bytes:
    """Return ``datapackage.json`` (Data Package 2.0): each file with its size and SHA-256, each column's meaning.

    ``columns`` are those of the file of measures, which is the one in CSV.
    """
    return _json(
        {
            "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
            "name": NAME,
            "title": TITLE,
            "description": about(context, measures),
            "version": f"{context.as_of}, {version(context)}",
            "keywords": list(KEYWORDS),
            "resources": [_resource(file, columns) for file in files],
        }
    )


def _resource(file: DataFile, columns: Sequence[str]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": file.path.rpartition("/")[2].lower(),
        "path": file.path,
        "description": file.about,
        "mediatype": file.mediatype,
        "encoding": "utf-8",
        "bytes": len(file.data),
        "hash": f"sha256:{sha256(len(file.data))(file.data).hexdigest()}",
    }
    if file.mediatype == "text/csv":
        fields = [_field(column) for column in columns]
        table = {"fields": fields, "primaryKey": ["ref"], "missingValues": [""]}
        found |= {"type": "table", "format": "csv", "schema": table}
    return found


def _field(column: str) -> dict[str, Any]:
    """Return what a column of the measures holds, by the schema of its field."""
    if column in _SIDES:
        said = f"the codes of the owners of {_SIDES[column]}, with '; ' between them"
        return {"name": column, "type": "string", "description": said}
    end = next((end for end in _ENDS if column.endswith(end)), "")
    shape = MEASURE[column.removesuffix(end)]
    field: dict[str, Any] = {"name": column, **_type_of(shape), "description": shape.get("description", "its title")}
    if end:
        field["description"] += f", {_ENDS[end]}"
    return field


def _type_of(shape: Shape) -> dict[str, Any]:
    kinds = shape.get("type", "string")
    kind = kinds[0] if isinstance(kinds, list) else kinds
    if kind == "boolean":
        return {"type": "boolean", "trueValues": ["yes"], "falseValues": ["no"]}
    words = [word for word in shape.get("enum", ()) if word is not None]
    found: dict[str, Any] = {"type": "date" if shape.get("format") == "date" else kind}
    return {**found, "constraints": {"enum": words}} if words else found


def citation(context: ReportContext, measures: int) -> bytes:
    """Return ``CITATION.cff`` (Citation File Format 1.2.0); every value is a quoted text, in which nothing acts."""
    said = {
        "cff-version": "1.2.0",
        "message": "If you use these data, cite them as below, with the day and the fingerprint.",
        "type": "dataset",
        "title": TITLE,
        "version": version(context),
        "date-released": context.as_of,
        "abstract": about(context, measures),
    }
    lines = [f"{key}: {json.dumps(value)}" for key, value in said.items()]
    lines += ["authors:", f"  - name: {json.dumps('The keepers of the register')}", "keywords:"]
    return "\n".join([*lines, *(f"  - {json.dumps(word)}" for word in KEYWORDS), ""]).encode()


def dataset(context: ReportContext, measures: int, files: Sequence[DataFile], names: Mapping[str, str]) -> str:
    """Return the folder as a Dataset of schema.org (JSON-LD), for a data block of its first page.

    ``names`` are its titles by language; where the files lie is said from the folder of a language. What could end the
    block is escaped, so that no text leaves it.
    """
    said = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": TITLE,
        "alternateName": [names[lang] for lang in LANGUAGES if lang != "en"],
        "description": about(context, measures),
        "version": version(context),
        "dateModified": context.as_of,
        "inLanguage": list(LANGUAGES),
        "isAccessibleForFree": True,
        "keywords": list(KEYWORDS),
        "creator": {"@type": "Organization", "name": "The keepers of the register"},
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": file.mediatype, "contentUrl": f"../{file.path}"}
            for file in files
        ],
    }
    text = inert_json(json.dumps(said, ensure_ascii=False))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _json(data: Mapping[str, Any]) -> bytes:
    return (inert_json(json.dumps(data, ensure_ascii=False, indent=2)) + "\n").encode()
