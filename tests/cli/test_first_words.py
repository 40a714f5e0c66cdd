"""What people type first, before they have read anything: it works, or is answered with what to type."""

from pathlib import Path

import pytest

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
    ],
)
@pytest.mark.parametrize("command", ["list", "report"])
def test_words_are_areas_owners_statuses_or_text_in_that_order(command: str, words: str, as_options: str) -> None:
    options = [option.replace("stock-connect", "stock connect") for option in as_options.split()]
    ran = run(command, *words.split())
    assert ran.code == 0
    assert ran == run(command, *options)


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
        ("show bond", "no measure 'bond'; it is in the title of 5-FIN-3c"),
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


def test_a_format_that_there_is_not_is_answered_with_those_that_there_are() -> None:
    said = sentence(run("report", "-o", "r.docx"))
    assert said.startswith("r.docx: there is no format 'docx' here (-o); use .txt, .json, .csv, .md")


def test_a_report_that_nothing_matches_says_so(tmp_path: Path) -> None:
    lines = run("report", "law", "HKMA", store=tmp_path / "none.json").lines
    assert lines[2:6] == [
        "0 of 56 measures (area legal, owner HKMA); 2 measures match without 'area legal'",
        "",
        "  No measure matches.",
        "",
    ]
    assert lines[6].startswith("As of ")
