"""Every output for programs has a published schema, and is as that says."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from hkshcc.register.index import Register
from hkshcc.reports.areas_bodies import areas, bodies
from hkshcc.reports.changes import changes
from hkshcc.reports.chase import chase
from hkshcc.reports.evidence import evidence_list
from hkshcc.reports.filters import Filters
from hkshcc.reports.history import history
from hkshcc.reports.listing import listing
from hkshcc.reports.page import Report, View
from hkshcc.reports.plenaries import plenaries
from hkshcc.reports.progress import progress
from hkshcc.reports.rounds import rounds
from hkshcc.reports.schemas import all_schemas, schema_of
from hkshcc.reports.schemas.outputs import OUTPUTS
from hkshcc.reports.sheet import sheet
from tests import hostile
from tests.commands import SHIPPED, pages
from tests.exchange.forms import bureau
from tests.exchange.releases import texts
from tests.register.build import AGREED, Desk
from tests.register.test_properties import BEGIN, RECORDING, UNDOING, Step, take
from tests.reports.schemas import undeclared
from tests.running import run, sentence

SOURCES = Path(__file__).parents[2] / "hkshcc"
NOT_JSON = {"form"}  # a workbook's


def printed(*words: str, store: Path | str | None = None) -> dict[str, Any]:
    ran = run(*words, "--format", "json", store=store)
    assert ran.out, ran.err
    found: dict[str, Any] = json.loads(ran.out)
    return found


def test_every_output_that_the_code_names_has_a_schema_and_no_schema_is_left_over() -> None:
    named: set[str] = set()
    for path in SOURCES.rglob("*.py"):
        named.update(re.findall(r'"hkshcc\.(\w+)/\d+"', path.read_text("utf-8")))
    assert named - NOT_JSON == OUTPUTS.keys()


@pytest.mark.parametrize("name", OUTPUTS)
def test_a_schema_is_one_of_its_dialect_and_says_what_every_key_means(name: str) -> None:
    schema = schema_of(name)
    Draft202012Validator.check_schema(schema)
    assert schema["title"] == f"hkshcc.{name}/1"
    said = {"description", "$ref", "anyOf"}  # what is referred to describes itself
    assert [key for key, shape in schema["properties"].items() if not said & shape.keys()] == ["schema"]


@pytest.mark.parametrize("words", pages(machine=True))
def test_what_a_command_prints_of_a_nasty_register_is_as_published(store: Path, words: str) -> None:
    assert undeclared(printed(*words.split(), store=store)) == []


@pytest.mark.parametrize("words", pages(SHIPPED, machine=True))
def test_what_a_command_prints_of_the_register_that_ships_is_as_published(words: str) -> None:
    assert undeclared(printed(*words.split(), store="none.json")) == []


def test_what_is_printed_of_hostile_texts_is_as_published(tmp_path: Path) -> None:
    store = hostile.write(tmp_path / "register.json", hostile.HOSTILE["script"])
    for words in pages(hostile.NAMES, machine=True):
        assert undeclared(printed(*words.split(), store=store)) == []


@pytest.mark.parametrize(
    "words",
    [
        "note 8-KIT-1 text", "done 8-KIT-1 --by IKO --evidence x", "update 8-KIT-1 --by IKO --nil",
        "update 7-KIT-1b --remark x --next y --next-by 2027-01-01", "retarget 8-KIT-1 2028 --reason x",
        "assign 8-KIT-1 INB --reason x", "criteria 7-KIT-2 --done-when x", "undo --reason x --yes",
        "add --area kites --title x --plenary 7", "bodies add XYZ --side hk --name x", "accept 7-KIT-2 --at 2026-11-01",
        "round close 2026H2", "amend 7-FRM-2 --remark x", "note 8-KIT-1 text --dry-run", "chase IKO", "schema",
    ],
)  # fmt: skip
def test_what_a_command_answers_is_as_published(store: Path, words: str) -> None:
    assert undeclared(printed(*words.split(), store=store)) == []


def test_what_is_said_of_a_report_drawn_again_is_as_published(store: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.md"
    report.write_text(run("report", "--format", "md", store=store).out.replace("overdue", "due"), "utf-8")
    assert undeclared(printed("check", "--report", str(report), store=store)) == []


@pytest.mark.needs_office
def test_what_is_exchanged_is_as_published(store: Path, tmp_path: Path) -> None:
    form = bureau.fill(bureau.issue(store), {bureau.REF: {"done": "Flown"}, bureau.CLOSED: {"status": "Flying"}})
    assert undeclared(printed("merge", str(form), store=store)) == []
    copy = tmp_path / "copy.json"
    assert run("export", "-o", str(copy), store=store).code == 0
    assert undeclared(json.loads(copy.read_bytes())) == []
    assert undeclared(printed("import", "register", str(copy), store=tmp_path / "other.json")) == []
    release = tmp_path / "release.txt"
    release.write_text(texts.ENGLISH, "utf-8")
    assert undeclared(printed("import", "release", str(release), store=store)) == []


def reports(register: Register, today: str) -> list[Report]:
    view = View(register, today, today)
    chosen = listing(view, Filters(), "ref", 365)
    earlier = view._replace(as_of=AGREED)
    return [
        chosen, progress(view, chosen, "owner", 540), history(view, None), areas(view), bodies(view), plenaries(view),
        rounds(view), sheet(view, chosen.standings, {}), evidence_list(view, chosen), chase(view, None, None),
        changes(earlier, view, AGREED, by_recorded=False),
    ]  # fmt: skip


@settings(max_examples=20)
@given(st.lists(RECORDING | UNDOING, min_size=5, max_size=25))
def test_whatever_is_recorded_every_report_is_as_published(steps: list[Step]) -> None:
    desk = Desk(today=BEGIN)
    for step in steps:
        take(desk, step)
    for report in reports(desk.register, desk.today):
        assert undeclared(json.loads(json.dumps(report.data()))) == []


def test_an_undeclared_key_and_a_missing_one_are_noticed() -> None:
    """Else the tests above could not fail."""
    found = printed("areas", store="none.json")
    assert undeclared({**found, "new": 1})
    del found["areas"][0]["code"]
    assert undeclared(found)


def test_a_reader_who_follows_a_schema_survives_a_key_that_is_added_later() -> None:
    found = printed("areas", store="none.json")
    assert Draft202012Validator(schema_of("areas")).is_valid({**found, "added": "in a later version"})


def test_a_schema_is_asked_for_by_either_of_its_names() -> None:
    short, long = run("schema", "list"), run("schema", "hkshcc.list/1")
    assert (short.code, short.err) == (0, "")
    assert short == long
    assert json.loads(short.out) == schema_of("list")


@pytest.mark.parametrize("fields", ["ref,title", "ref,title_zh_hant,summary_zh_hans,summary", "owners,sources"])
def test_rows_of_chosen_fields_name_a_schema_that_asks_for_no_others(fields: str) -> None:
    found = printed("list", "finance", "--fields", fields, store="none.json")
    assert found["schema"] == "hkshcc.list-fields/1"
    assert list(found["measures"][0]) == fields.split(",")
    assert list(Draft202012Validator(json.loads(run("schema", found["schema"]).out)).iter_errors(found)) == []


def test_a_field_in_one_language_is_a_text_in_json_as_in_a_table() -> None:
    row = printed("list", "5-FIN-1", "--fields", "title,title_zh_hant,summary_zh_hant", store="none.json")["measures"][
        0
    ]
    assert row["title_zh_hant"] == row["title"]["zh-Hant"]
    assert re.search("[一-鿿]", row["summary_zh_hant"])


@pytest.mark.parametrize("name", ["list", "list-1", "hkshcc.list/1", " LIST-1 ", "list/1"])
def test_a_schema_is_found_by_each_name_that_is_printed_of_it(name: str) -> None:
    assert schema_of(name) == schema_of("list")


def test_the_names_in_the_published_schemas_are_those_that_the_command_takes() -> None:
    for name, shape in all_schemas()["$defs"].items():
        if name.endswith("-1"):
            assert schema_of(name)["title"] == shape["title"]


def test_a_schema_that_does_not_exist_is_answered_with_those_that_do() -> None:
    ran = run("schema", "plenarie")
    assert ran.code == 3
    assert sentence(ran) == "no schema 'plenarie'; did you mean plenaries?"
    assert "choose from: list, show" in sentence(run("schema", "zzz"))


def test_a_schema_is_written_to_a_file_whole(tmp_path: Path) -> None:
    path = tmp_path / "list.schema.json"
    ran = run("schema", "list", "-o", str(path))
    assert (ran.code, ran.out) == (0, "")
    assert json.loads(path.read_bytes()) == schema_of("list")


def test_a_schema_by_its_name_has_no_other_format() -> None:
    ran = run("schema", "list", "--format", "csv")
    assert ran.code == 2
    assert sentence(ran).startswith("a schema is JSON")
