"""An output: the command that prints it, and its shape; and what several outputs have at their top."""

from collections.abc import Mapping
from typing import NamedTuple

from hkshcc.reports.schemas.shapes import Shape, count, day, maybe, named, one_of, record, rows, text
from hkshcc.reports.schemas.shared import CONTEXT, MEASURE, NAME


class Described(NamedTuple):
    """An output: the command that prints it, and its shape."""

    command: str
    shape: Shape


def report(command: str, about: str, fields: Mapping[str, Shape], *, context: bool = True) -> Described:
    """Describe an output; ``context`` where it says as of when it holds, and what it was drawn from."""
    top = CONTEXT if context else {"schema": CONTEXT["schema"]}
    return Described(command, record({**top, **fields}, about, optional={"command"} - fields.keys()))


TITLE = {"ref": MEASURE["ref"], "title": NAME}
COUNTED: dict[str, Shape] = {
    "total": count("how many measures there are in all"),
    "shown": count("how many the filters leave"),
    "filters": maybe(text("the filters in words")),
    "criteria": named("filters"),
}
EVENTS: dict[str, Shape] = {"events": rows(named("event"), "the entries")}
TOTAL = {"total": count("how many measures there are")}
KEY: dict[str, Shape] = {
    "body": text("the code of the body whose key it is"),
    "key": text("its fingerprint"),
    "state": one_of(("valid", "future", "expired", "revoked"), "what it is on that day"),
    "since": day("the first day on which it is valid"),
    "until": maybe(day("the last day on which it is valid")),
}
