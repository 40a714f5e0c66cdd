"""The parts of a JSON Schema, each a function of what it is about."""

from collections.abc import Iterable, Mapping
from typing import Any

Shape = dict[str, Any]


def text(about: str) -> Shape:
    """Return the shape of a text."""
    return {"type": "string", "description": about}


def day(about: str) -> Shape:
    """Return the shape of a day (ISO)."""
    return {"type": "string", "format": "date", "description": about}


def moment(about: str) -> Shape:
    """Return the shape of a moment (ISO, with its offset)."""
    return {"type": "string", "format": "date-time", "description": about}


def digest(about: str) -> Shape:
    """Return the shape of a SHA-256 in 64 hexadecimal digits."""
    return {"type": "string", "pattern": "^[0-9a-f]{64}$", "description": about}


def count(about: str) -> Shape:
    """Return the shape of a number of things."""
    return {"type": "integer", "minimum": 0, "description": about}


def number(about: str) -> Shape:
    """Return the shape of a whole number that may be negative."""
    return {"type": "integer", "description": about}


def flag(about: str) -> Shape:
    """Return the shape of what is true or false."""
    return {"type": "boolean", "description": about}


def one_of(words: Iterable[object], about: str) -> Shape:
    """Return the shape of a word of a fixed set."""
    return {"type": "string", "enum": [str(word) for word in words], "description": about}


def rows(shape: Shape, about: str) -> Shape:
    """Return the shape of a list."""
    return {"type": "array", "items": shape, "description": about}


def record(fields: Mapping[str, Shape], about: str, *, optional: Iterable[str] = ()) -> Shape:
    """Return the shape of an object; every field is always there, but for those that are ``optional``."""
    left_out = set(optional)
    needed = [name for name in fields if name not in left_out]
    return {"type": "object", "properties": dict(fields), "required": needed, "description": about}


def table(values: Shape, about: str) -> Shape:
    """Return the shape of an object whose keys are not fixed."""
    return {"type": "object", "additionalProperties": values, "description": about}


def named(name: str) -> Shape:
    """Return a reference to a shape that several schemas share."""
    return {"$ref": f"#/$defs/{name}"}


def maybe(shape: Shape) -> Shape:
    """Return a shape that may be null."""
    if "$ref" in shape:
        return {"anyOf": [shape, {"type": "null"}]}
    if "anyOf" in shape:
        return {**shape, "anyOf": [*shape["anyOf"], {"type": "null"}]}
    also: Shape = {"type": [shape["type"], "null"]}
    if "enum" in shape:
        also["enum"] = [*shape["enum"], None]
    return {**shape, **also}
