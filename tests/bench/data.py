"""Registers of any size, visibly invented: about 1.6 KB a measure, five entries each, a tenth of them in finance."""

from collections.abc import Iterator

from hkshcc.register.dates import shifted
from hkshcc.register.model import Entry
from hkshcc.stores.seed import reference_entries
from hkshcc.stores.tinydb_store import FileStore

ENTRIES_EACH = 5
_STAMP = "2026-11-22T00:00:00+08:00"
_FIRST = "2021-08-30"
MIDDLE = "2024-01-01"
_OTHERS = ("market", "culture", "technology", "education", "legal", "health", "youth", "transport", "urban")
REMARK = "Invented remark on measure"


def entries(measures: int) -> list[Entry]:
    """Return the entries of a register with so many measures."""
    made = reference_entries()
    codes = {
        str(entry.thing["slug"]): str(entry.thing["code"]) for entry in made if entry.thing and entry.event == "area"
    }
    for index in range(measures):
        area = "finance" if index % 10 == 0 else _OTHERS[index % 10 - 1]
        ref = f"5-{codes[area]}-{1000 + index}"
        made += (entry._replace(number=len(made) + 1 + place) for place, entry in enumerate(_measure(index, ref, area)))
    return made


def _measure(index: int, ref: str, area: str) -> Iterator[Entry]:
    thing = {
        "ref": ref,
        "plenary": 5,
        "area": area,
        "kind": "deliverable",
        "title": {"en": f"Invented measure {index}", "zh-Hant": f"虛構措施{index}", "zh-Hans": f"虚构措施{index}"},
        "summary": f"{REMARK} {index}",
        "owners": [{"body": "FSTB", "basis": "stated"}, {"body": "SH-Finance", "basis": "inferred"}],
        "target": {"date": shifted(_FIRST, index % 3000), "precision": "day", "basis": "stated", "note": None},
    }
    common = (_STAMP, "bench")
    yield Entry(0, f"{ref}-1", "bench", "agreed", *common, ref=ref, on=_FIRST, precision="day", thing=thing)
    for step, status in enumerate(("not-started", "in-progress", "in-progress", "completed"), start=2):
        if status == "completed" and index % 2:
            status = "in-progress"  # noqa: PLW2901  half of them are not closed
        yield Entry(
            0,
            f"{ref}-{step}",
            "bench",
            "finding",
            *common,
            ref=ref,
            on=shifted(_FIRST, 300 * step + index % 100),
            precision="day",
            status=status,
            remark=f"{REMARK} {index}",
            evidence=[{"kind": "press", "source": "Invented press", "locator": f"https://example.org/{index}/{step}"}],
        )


def events_by_measure(measures: int) -> list[list[Entry]]:
    """Return the same measures' events, without what was agreed."""
    return [[*_measure(index, f"5-FIN-{1000 + index}", "finance")][1:] for index in range(measures)]


def write(path: str, measures: int) -> None:
    """Create a store with so many measures."""
    FileStore(path).create(entries(measures))
