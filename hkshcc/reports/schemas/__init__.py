"""The JSON Schemas of what programs read: one for each `hkshcc.NAME/N`, as `hkshcc schema NAME` prints it.

They are written down, and a test holds every command's output against them. Keys are only ever added: a schema names
all that there are today, every one of them is always there unless it is optional, and a reader leaves alone what it
does not know.
"""

from collections.abc import Iterator
from typing import Any

from hkshcc.errors import NotFoundError, did_you_mean, nearest
from hkshcc.language import _, listed
from hkshcc.reports.schemas.described import Described
from hkshcc.reports.schemas.outputs import OUTPUTS
from hkshcc.reports.schemas.shapes import Shape
from hkshcc.reports.schemas.shared import DEFINITIONS

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_of(name: str) -> dict[str, Any]:
    """Return the JSON Schema of an output by its name, as ``list`` or ``hkshcc.list/1``. Raises NotFoundError."""
    wanted = name.strip().casefold().removeprefix("hkshcc.").removesuffix("/1")
    found = OUTPUTS.get(wanted)
    if found is None:
        near = nearest(wanted, OUTPUTS, most=1)
        raise NotFoundError(
            _("no schema '{name}'", name=name),
            hint=did_you_mean(near) if near else _("choose from: {all}", all=listed(list(OUTPUTS))),
        )
    return _schema(wanted, found)


def all_schemas() -> dict[str, Any]:
    """Return every schema in one, by names such as ``list-1``: what they share stands in it once."""
    described = {f"{name}-1": {**_headed(name, OUTPUTS[name].shape)} for name in OUTPUTS}
    return {"$schema": DIALECT, "title": "hkshcc", "$defs": {**described, **DEFINITIONS}}


def _headed(name: str, shape: Shape) -> dict[str, Any]:
    return {
        "title": f"hkshcc.{name}/1",
        **shape,
        "properties": {**shape["properties"], "schema": {"const": f"hkshcc.{name}/1"}},
    }


def _schema(name: str, described: Described) -> dict[str, Any]:
    used = sorted(_used(described.shape))
    return {"$schema": DIALECT, **_headed(name, described.shape), "$defs": {name: DEFINITIONS[name] for name in used}}


def _used(shape: object) -> set[str]:
    """Return the names of the shared shapes that a shape refers to, by others too."""
    found: set[str] = set()
    waiting = list(_references(shape))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += _references(DEFINITIONS[name])
    return found


def _references(shape: object) -> Iterator[str]:
    if isinstance(shape, dict):
        if "$ref" in shape:
            yield str(shape["$ref"]).rpartition("/")[2]
        for value in shape.values():
            yield from _references(value)
    elif isinstance(shape, list):
        for value in shape:
            yield from _references(value)
