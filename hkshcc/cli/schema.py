"""The command that prints the JSON Schemas of what programs read."""

import json
from typing import Annotated

import typer

from hkshcc.cli import options
from hkshcc.cli.session import Session
from hkshcc.errors import UsageError
from hkshcc.language import N_, _


def schema(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar=N_("[NAME]"),
            help=N_("A schema, such as list or hkshcc.list/1 (default: list them)."),
            autocompletion=options.offering("schemas"),
        ),
    ] = None,
    fmt: options.Format = None,
    fields: options.Fields = None,
    output: options.Output = None,
) -> None:
    """Print a JSON Schema, or list those that there are."""
    session: Session = ctx.obj
    if name is None:
        from hkshcc.reports.schema_list import SchemaList  # noqa: PLC0415  only without a name

        session.show(SchemaList(), fmt, fields, output)
        return
    from hkshcc.reports.schemas import schema_of  # noqa: PLC0415  no other command describes what it prints

    if fields or fmt not in {None, "json"}:
        raise UsageError(
            _("a schema is JSON: neither --format nor --fields goes with its name"), hint=_("leave them out")
        )
    found = json.dumps(schema_of(name), indent=2) + "\n"
    session.put(found, output)
