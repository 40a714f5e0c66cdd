"""What describes the published data: it says of each column what it holds, and of each file what it is."""

import csv
import io
import json
import re
from datetime import date
from hashlib import sha256
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from hkshcc.cli.site import site_files
from hkshcc.register.index import Register
from hkshcc.reports.page import View
from hkshcc.reports.schemas.outputs import OUTPUTS
from hkshcc.stores.seed import seed_entries
from tests import nasty
from tests.running import TODAY

REGISTERS = {"shipped": tuple(seed_entries()), "nasty": nasty.entries()}


@pytest.fixture(scope="module", params=REGISTERS)
def files(request: pytest.FixtureRequest) -> dict[str, bytes]:
    return site_files(View(Register(REGISTERS[request.param]), TODAY, TODAY))


def test_a_file_of_data_is_listed_with_its_size_and_its_digest(files: dict[str, bytes]) -> None:
    package = json.loads(files["datapackage.json"])
    assert {resource["path"] for resource in package["resources"]} >= {"measures.csv", "register.json"}
    for resource in package["resources"]:
        data = files[resource["path"]]
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{sha256(data).hexdigest()}"
        assert re.fullmatch(r"[a-z0-9._-]+", resource["name"])


def test_every_column_is_described_and_every_cell_is_what_its_column_says(files: dict[str, bytes]) -> None:
    package = json.loads(files["datapackage.json"])
    [table] = [resource for resource in package["resources"] if resource.get("type") == "table"]
    rows = list(csv.DictReader(io.StringIO(files[table["path"]].decode("utf-8-sig"), newline="")))
    fields = {field["name"]: field for field in table["schema"]["fields"]}
    assert [*fields] == [*rows[0]]
    assert [name for name, field in fields.items() if not field["description"]] == []
    assert [
        (row["ref"], name, cell) for row in rows for name, cell in row.items() if not fits(fields[name], cell)
    ] == []
    refs = [row["ref"] for row in rows]
    assert len(refs) == len(set(refs))


def fits(field: dict[str, Any], cell: str) -> bool:
    if not cell:
        return True
    match field["type"]:
        case "integer":
            return bool(re.fullmatch(r"-?\d+", cell))
        case "boolean":
            return cell in {*field["trueValues"], *field["falseValues"]}
        case "date":
            return bool(date.fromisoformat(cell))
    return cell in field.get("constraints", {}).get("enum", [cell])


def test_the_citation_has_what_its_format_needs_and_nothing_that_acts(files: dict[str, bytes]) -> None:
    lines = files["CITATION.cff"].decode().splitlines()
    said = dict(line.split(": ", 1) for line in lines if re.match(r"[a-z-]+: ", line))
    values = {key: json.loads(value) for key, value in said.items()}
    assert values["cff-version"] == "1.2.0"
    assert values["type"] == "dataset"
    assert values["date-released"] == TODAY
    assert {"message", "title", "version", "abstract"} <= values.keys()
    assert "authors:" in lines


def test_the_day_and_the_fingerprint_stand_wherever_the_data_are_described(files: dict[str, bytes]) -> None:
    printed = json.loads(files["register.json"])["fingerprint"][:4]
    for path in ("CITATION.cff", "datapackage.json", "en/index.html"):
        assert printed in files[path].decode()


def test_the_schemas_stand_beside_the_data_and_describe_them(files: dict[str, bytes]) -> None:
    schemas = json.loads(files["schemas.json"])
    Draft202012Validator.check_schema(schemas)
    assert {f"{name}-1" for name in OUTPUTS} <= schemas["$defs"].keys()
    for name, path in (("register", "register.json"), ("site", "site.json")):
        schema = {**schemas, "$ref": f"#/$defs/{name}-1"}
        Draft202012Validator(schema).validate(json.loads(files[path]))
        assert not Draft202012Validator(schema).is_valid({})
