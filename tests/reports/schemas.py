"""Output held against its published schema, read more strictly than a reader has to: no key may be undeclared."""

from functools import cache
from typing import Any

from jsonschema import Draft202012Validator

from hkshcc.reports.schemas import schema_of


def closed(shape: Any) -> Any:
    """Return a schema that allows none but the keys it names."""
    if isinstance(shape, list):
        return [closed(each) for each in shape]
    if not isinstance(shape, dict):
        return shape
    found = {key: closed(value) for key, value in shape.items()}
    if "properties" in shape and "type" in shape:
        found.setdefault("additionalProperties", False)
    return found


@cache
def _validator(name: str) -> Draft202012Validator:
    schema = closed(schema_of(name))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def undeclared(data: dict[str, Any]) -> list[str]:
    """Say what of an output its schema does not allow; nothing where all is as published."""
    errors = _validator(data["schema"]).iter_errors(data)
    return [f"{error.json_path}: {error.message[:200]}" for error in errors]
