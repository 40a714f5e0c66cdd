"""What people type first, before they have read anything: it works, or is answered with what to type."""

from pathlib import Path

import pytest

from hkshcc.register.vocabulary import Status
from tests.running import run, sentence


@pytest.mark.parametrize(
    ("words", "as_options"),
    [
        ("finance", "--area finance"),
        ("FIN", "--area finance"),
        ("金融", "--area finance"),
        ("finance legal", "--area finance --area legal"),
        ("--area finance,legal", "--area finance --area legal"),
        ("HKMA", "--owner HKMA"),
        ("--owner HKMA,doj", "--owner HKMA --owner DoJ"),
        ("finance continuing", "--area finance --status continuing"),
        ("finance done", "--area finance --status completed"),
        ("推進中", "--status in-progress"),
        ("--status in-progress,done", "--status in-progress --status completed"),
        ("bond", "--search bond"),
        ("stock connect", "--search stock-connect"),
        ("finance bond", "--area finance --search bond"),
        ("youth --search exchange", "--area youth --search exchange"),
        ("in progress", "--status in-progress"),
        ("not established", "--status unknown"),
        ("finance status not established", "--area finance --status unknown"),
        ("finance in", "--area finance --search in"),
        ("fi", "--search fi"),
        ("hk", "--search hk"),
        ("overdue", "--overdue"),
        ("finance stalled", "--area finance --stalled"),
        ("silent HKMA", "--silent --owner HKMA"),
        ("逾期", "--overdue"),
        ("no evidence", "--no-evidence"),
    ],
)
@pytest.mark.parametrize("command", ["list", "report"])
def test_words_are_areas_owners_statuses_or_text_in_that_order(command: str, words: str, as_options: str) -> None:
    options = [option.replace("stock-connect", "stock connect") for option in as_options.split()]
    ran = run(command, *words.split())
    assert ran.code == 0
    assert ran.content == run(command, *options).content


def test_an_area_with_a_comma_in_its_name_is_one_area() -> None:
    name = "Aviation, shipping and logistics"
    assert run("list", "--area", name) == run("list", "--area", "transport")


def test_a_listing_by_words_says_how_they_were_read() -> None:
    assert run("list", "finance", "bond").err.endswith("1 of 56 measures (area finance, search 'bond')\n")


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("show FIN", "no measure 'FIN'; it is an area; see `hkshcc list finance`"),
        ("show finance", "no measure 'finance'; it is an area; see `hkshcc list finance`"),
        ("show HKMA", "no measure 'HKMA'; it is a body; see `hkshcc list HKMA`"),
        ("show bond", "no measure 'bond'; it is in the title of 5-FIN-3c; see `hkshcc show 5-FIN-3c`"),
        ("show bond-market", "no measure 'bond-market'; it is in the title of 5-FIN-3c; see `hkshcc show 5-FIN-3c`"),
        ("list --since 2024", "unknown option --since; did you mean `hkshcc changes --since 2024`?"),
        ("report --until=2024", "unknown option --until; did you mean `hkshcc changes --until 2024`?"),
        ("list --since", "unknown option --since; did you mean `hkshcc changes --since WHEN`?"),
        ("log fin-3c", "unknown command 'log'; did you mean `hkshcc history fin-3c`?"),
        ("log", "unknown command 'log'; did you mean `hkshcc history`?"),
        ("diff 2024", "unknown command 'diff'; did you mean `hkshcc changes --since 2024`?"),
        ("diff", "unknown command 'diff'; did you mean `hkshcc changes --since WHEN`?"),
        ("delete fin-3c", "unknown command 'delete'; did you mean `hkshcc undo fin-3c`?"),
        ("rm 255", "unknown command 'rm'; did you mean `hkshcc undo 255`?"),
        ("version", "unknown command 'version'; did you mean `hkshcc --version`?"),
        ("chase FSTB --owner DoJ", "BODY and --owner mean the same here; give one of the two"),
        (
            "import release https://example.org/a",
            "https://example.org/a is a page: hkshcc downloads nothing; save the page, then name the file",
        ),
        (
            "list --status ongoing",
            "'ongoing' is not a valid status (--status); did you mean continuing? Choose from: " + ", ".join(Status),
        ),
        ("show exchange", "no measure 'exchange'; `hkshcc list exchange` lists the measures with this text"),
        ("show 5-FIN-3", "no measure '5-FIN-3'; did you mean 5-FIN-3a, 5-FIN-3b or 5-FIN-3c?"),
        ("show zzz", "no measure 'zzz'; see `hkshcc list`"),
        (
            "update fin-3c in-progress",
            "'in-progress' is a status, not a measure; did you mean `hkshcc update fin-3c --status in-progress`?",
        ),
        ("update done", "'done' is a status, not a measure; did you mean `hkshcc update REF --status completed`?"),
        ("list -o list.xlsx", "list.xlsx: there is no format 'xlsx' here (-o); `hkshcc export -o list.xlsx` writes it"),
    ],
)
def test_what_is_no_measure_is_answered_with_what_to_type(words: str, answer: str) -> None:
    assert sentence(run(*words.split())) == answer


def test_a_word_of_a_title_among_the_refs_of_a_change_is_answered_with_its_measure(tmp_path: Path) -> None:
    store = tmp_path / "register.json"
    run("init", store=store)
    said = sentence(run("update", "fin-3c", "bond", store=store))
    assert said == "no measure 'bond'; it is in the title of 5-FIN-3c; see `hkshcc show 5-FIN-3c`"


def test_a_format_that_there_is_not_is_answered_with_those_that_there_are() -> None:
    said = sentence(run("report", "-o", "r.pdf"))
    assert said.startswith("r.pdf: there is no format 'pdf' here (-o); use .txt, .json, .csv, .md")


def test_a_report_that_nothing_matches_says_so(tmp_path: Path) -> None:
    lines = run("report", "law", "HKMA", store=tmp_path / "none.json").lines
    assert lines[2:6] == [
        "0 of 56 measures (area legal, owner HKMA); 2 measures match without 'area legal'",
        "",
        "  No measure matches.",
        "",
    ]
    assert lines[6].startswith("As of ")


def test_a_listing_by_words_that_belong_together_says_how_they_were_read() -> None:
    assert run("list", "in", "progress").err.endswith(" measures (status in-progress)\n")


@pytest.mark.parametrize("option", ["-v", "-V"])
def test_a_short_option_shows_the_version_too(option: str) -> None:
    assert run(option) == run("--version")


def test_chase_takes_the_body_as_a_word() -> None:
    assert run("chase", "fstb").content == run("chase", "--owner", "FSTB").content


@pytest.mark.needs_office
def test_form_takes_bodies_as_words(tmp_path: Path) -> None:
    assert run("form", "fstb", "-o", str(tmp_path / "one.xlsx")).code == 0
    assert run("form", "FSTB", "--owner", "DoJ", "--out", str(tmp_path / "all")).code == 0
    assert sorted(file.name for file in (tmp_path / "all").iterdir()) == ["DoJ.xlsx", "FSTB.xlsx"]


@pytest.mark.parametrize("group", ["plenary", "round", "bodies"])
def test_a_group_alone_lists(group: str) -> None:
    alone = run(group)
    assert alone.code == 0
    if group != "bodies":
        assert alone == run(group, "list")
        assert run(group, "--format", "json").content == run(group, "list", "--format", "json").content


def test_a_search_takes_hyphens_for_blanks_and_the_other_way_round() -> None:
    found = run("list", "--search", "bond market").lines
    assert len(found) == 1
    assert run("list", "--search", "BOND-MARKET").lines == found


def test_a_language_of_the_environment_that_there_is_not_is_said_once() -> None:
    ran = run("areas", env={"HKSHCC_LANG": "xx"})
    assert ran.out == run("areas").out
    said = "hkshcc: HKSHCC_LANG: there is no language 'xx'; choose from: en, zh-Hant, zh-Hans\n"
    assert ran.err == said + run("areas").err
    assert "HKSHCC_LANG" not in run("areas", env={"HKSHCC_LANG": "tc"}).err
