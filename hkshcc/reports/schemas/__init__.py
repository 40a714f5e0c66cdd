"""The JSON Schemas of what programs read: one for each `hkshcc.NAME/N`, as `hkshcc schema NAME` prints it.

They are written down, and a test holds every command's output against them. Keys are only ever added: a schema names
all that there are today, every one of them is always there unless it is optional, and a reader leaves alone what it
does not know. Where fields were chosen rows have those alone, which `hkshcc.NAME-fields/N` says.
"""

from collections.abc import Iterator
from typing import Any

from hkshcc.errors import NotFoundError, did_you_mean, nearest
from hkshcc.language import _, listed
from hkshcc.reports.schemas.outputs import OUTPUTS
from hkshcc.reports.schemas.shapes import Shape, maybe, text
from hkshcc.reports.schemas.shared import DEFINITIONS

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_CHOSEN = "-fields"  # the end of the name where fields were chosen
_IN_ONE_LANGUAGE = {"_(en|zh_hant|zh_hans)$": maybe(text("the text of that field in one language"))}


def schema_of(name: str) -> dict[str, Any]:
    """Return the JSON Schema of an output by its name, as ``list``, ``hkshcc.list/1`` or ``list-1``.

    That of ``list-fields`` is of the same output where fields were chosen. Raises NotFoundError.
    """
    wanted = name.strip().casefold().removeprefix("hkshcc.").removesuffix("/1").removesuffix("-1")
    output = wanted.removesuffix(_CHOSEN)
    found = OUTPUTS.get(output)
    if found is None:
        near = nearest(output, OUTPUTS, most=1)
        raise NotFoundError(
            _("no schema '{name}'", name=name),
            hint=did_you_mean(near) if near else _("choose from: {all}", all=listed(list(OUTPUTS))),
        )
    return _schema(wanted, found.shape if wanted == output else _with_chosen_fields(found.shape))


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


def _with_chosen_fields(shape: Shape) -> Shape:
    """Return the shape of an output whose rows have those fields alone that were chosen, some in one language."""
    tops = {key: _chosen_from(top) if _is_of_rows(top) else top for key, top in shape["properties"].items()}
    return {**shape, "properties": tops}


def _is_of_rows(shape: Shape) -> bool:
    return shape.get("type") == "array" and "properties" in _whole(shape["items"])


def _chosen_from(shape: Shape) -> Shape:
    row = {key: value for key, value in _whole(shape["items"]).items() if key != "required"}
    return {**shape, "items": {**row, "patternProperties": _IN_ONE_LANGUAGE}}


def _whole(shape: Shape) -> Shape:
    """Return a shape, or the shared one that it refers to."""
    return DEFINITIONS[str(shape["$ref"]).rpartition("/")[2]] if "$ref" in shape else shape


def _schema(name: str, shape: Shape) -> dict[str, Any]:
    used = sorted(_used(shape))
    return {"$schema": DIALECT, **_headed(name, shape), "$defs": {name: DEFINITIONS[name] for name in used}}


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
