"""The register that ships: the facts in ``data/`` as entries, for reading until there is a store."""

import json
import os
from collections.abc import Iterator, Sequence
from typing import Any
from zlib import crc32

from hkshcc.register.index import SHIPPED, Register
from hkshcc.register.model import Entry, Measure, Owner, measure_of

RECORDER = "public record"
SOURCES = "sources.json"  # which kind of evidence comes from where: no facts of the register
_HERE = os.path.dirname(os.path.abspath(__file__))
# Inside the wheel, or beside the package in a checkout (an editable install is one).
_FOLDERS = (os.path.join(_HERE, "..", "data"), os.path.join(_HERE, "..", "..", "data"))


def files(folder: str | None = None) -> Iterator[tuple[str, str]]:
    """Yield the name, without its ending, and the text of each file of facts in a folder, else of those that ship."""
    folder = folder or _folder()
    for name in os.listdir(folder) if folder else (each.name for each in _packed().iterdir()):
        if name.endswith(".json") and name != SOURCES:
            yield name.removesuffix(".json"), text_of(name, folder)


def text_of(name: str, folder: str | None = None) -> str:
    """Return the text of a file in a folder, else of one that ships."""
    folder = folder or _folder()
    if folder is None:
        text: str = _packed().joinpath(name).read_text(encoding="utf-8")
        return text
    with open(os.path.join(folder, name), encoding="utf-8") as file:
        return file.read()


def _folder() -> str | None:
    return next((each for each in _FOLDERS if os.path.isdir(each)), None)


def _packed() -> Any:  # noqa: ANN401  an archive's folder
    """Return the folder of what ships where the package is in an archive, as zipapp makes them."""
    from importlib.resources import files as packed  # noqa: PLC0415  takes longer to load than a folder to read

    return packed("hkshcc").joinpath("data")


class ShippedRegister:
    """The register that ships, as a store that can only be read."""

    exists = False

    def read(self, known_on: str | None = None) -> Register:
        """Return the register, or the part of it recorded by a day."""
        return Register(seed_entries(), known_on=known_on)


def compiled() -> str:
    """Return the latest day on which shipped facts were gathered."""
    return max(str(batch["compiled"]) for batch in _batches())


def seed_entries(folder: str | None = None) -> list[Entry]:
    """Return the entries that ship, in a stable order: batches by the day they were compiled, then by name."""
    entries: list[Entry] = []
    plenaries: dict[int, str] = {}
    measures: list[Measure] = []
    owners: dict[str, dict[str, Owner]] = {}
    for batch in _batches(folder):
        for event, key, fields in _facts(batch, plenaries, measures, owners):
            number = len(entries) + 1
            recorded = batch["compiled"] + "T00:00:00+08:00"
            entries.append(Entry(number, key, SHIPPED, event, recorded, batch.get("recorder", RECORDER), **fields))
    return entries


def reference_entries() -> list[Entry]:
    """Return the shipped plenaries, areas and bodies alone: a register without measures."""
    frame = [entry for entry in seed_entries() if entry.event in {"plenary", "area", "body"}]
    return [entry._replace(number=number) for number, entry in enumerate(frame, start=1)]


def _batches(folder: str | None = None) -> list[dict[str, Any]]:
    batches = [json.loads(text) for _, text in sorted(files(folder))]
    return sorted(batches, key=lambda batch: str(batch["compiled"]))


Fact = tuple[str, str, dict[str, Any]]  # event, id, fields


def _facts(
    batch: dict[str, Any],
    plenaries: dict[int, str],
    measures: list[Measure],
    owners: dict[str, dict[str, Owner]],
) -> Iterator[Fact]:
    for thing in batch.get("plenaries", ()):
        plenaries[thing["number"]] = thing["date"]
        yield "plenary", f"plenary-{thing['number']}", {"thing": thing}
    for thing in batch.get("bodies", ()):
        yield "body", f"body-{thing['code']}", {"thing": thing}
    for thing in batch.get("areas", ()):
        yield "area", f"area-{thing['slug']}", {"thing": thing}
    digests = {paragraph["paragraph"]: paragraph["sha256"] for paragraph in batch.get("paragraphs", ())}
    for stated in batch.get("measures", ()):
        thing = {**stated, "plenary": batch["plenary"], "sha256": digests[stated["paragraph"]]}
        measure = measure_of(thing)
        measures.append(measure)
        owners[measure.ref] = {owner["body"]: owner for owner in measure.owners}
        on = plenaries[batch["plenary"]]
        yield "agreed", measure.ref, {"ref": measure.ref, "on": on, "precision": "day", "thing": thing}
    for stated in batch.get("instruments", ()):
        thing = {**stated, "plenary": batch["plenary"]}
        yield "instrument", thing["ref"], {"thing": thing}
    for moved in batch.get("reassignments", ()):
        yield from _reassigned(moved, [measure for measure in measures if measure.area in moved["areas"]], owners)
    for finding in batch.get("findings", ()):
        yield _finding(finding)
    for ref, texts in batch.get("criteria", {}).items():
        on = batch["compiled"]
        fields = {"ref": ref, "on": on, "precision": "day", "criteria": texts}
        yield "criteria", f"{ref}:criteria:{on}", fields


def _reassigned(
    moved: dict[str, Any], measures: Sequence[Measure], owners: dict[str, dict[str, Owner]]
) -> Iterator[Fact]:
    """Turn a reorganisation of bureaux into a revision of each measure that the old bureau owned."""
    for measure in measures:
        held = owners[measure.ref]
        if moved["from"] not in held:
            continue
        del held[moved["from"]]
        added = [] if moved["to"] in held else [Owner(body=moved["to"], basis="inferred")]
        held.update({owner["body"]: owner for owner in added})
        fields = {
            "ref": measure.ref,
            "on": moved["on"],
            "precision": "day",
            "reason": f"{moved['from']} was reorganised; its work here went to {moved['to']}",
            "added": added or None,
            "dropped": [moved["from"]],
        }
        yield "revision", f"{measure.ref}:{moved['from']}-{moved['to']}", fields


def _finding(finding: dict[str, Any]) -> Fact:
    told = f"{finding.get('side')} {finding['status']} {finding['fact']} {finding['evidence']}"
    fields = {
        "ref": finding["ref"],
        "on": finding["on"],
        "precision": finding["precision"],
        "side": finding.get("side"),
        "status": finding["status"],
        "remark": finding["fact"],
        "evidence": finding["evidence"],
    }
    return "finding", f"{finding['ref']}:{finding['on']}:{crc32(told.encode()):08x}", fields
