"""Untrusted text made inert, what of a text can be seen, and how wide it stands on a screen."""

import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hkshcc import text

ACTIVE = {"Cc", "Cf", "Cs", "Zl", "Zp"}
ANY_TEXT = st.text(st.characters(codec=None), max_size=30) | st.text(
    st.sampled_from("a\x1b[31m\x07\n\r\t\u200b\u202e\u2066\u2028\ud800漢\u3000é́="), max_size=30
)


@given(ANY_TEXT)
def test_inert_text_holds_nothing_that_acts(untrusted: str) -> None:
    assert not [character for character in text.inert(untrusted) if unicodedata.category(character) in ACTIVE]


@given(ANY_TEXT)
def test_making_text_inert_twice_changes_nothing_more(untrusted: str) -> None:
    once = text.inert(untrusted)
    assert text.inert(once) == once


NONCHARACTERS = [*range(0xFDD0, 0xFDF0), *(plane << 16 | low for plane in range(17) for low in (0xFFFE, 0xFFFF))]


def test_what_is_no_character_is_shown_as_an_escape() -> None:
    assert len(NONCHARACTERS) == 66
    assert all(text.inert(chr(code)).startswith("\\") for code in NONCHARACTERS)
    assert text.inert("emoji 😀 sur \ufffe") == "emoji 😀 sur \\ufffe"


@given(
    st.text(
        st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp"), exclude_characters=[*map(chr, NONCHARACTERS)]),
        max_size=30,
    )
)
def test_text_that_cannot_act_is_left_as_it_is(harmless: str) -> None:
    assert text.inert(harmless) == harmless


@pytest.mark.parametrize(
    "ordinary",
    [
        "",
        "Southbound trading [of] Bond Connect",
        "[bold]not markup[/bold]",
        "滬港合作會議　第五次",
        "no\u00a0break",
        "é and e\u0301",
        "\ue000 private use",
        "C:\\temp",
        "😀",
    ],
)
def test_ordinary_text_brackets_wide_spaces_and_chinese_stay(ordinary: str) -> None:
    assert text.inert(ordinary) == ordinary


@pytest.mark.parametrize(
    ("untrusted", "shown"),
    [
        ("\x1b[31mred", "\\x1b[31mred"),
        ("a\nb\rc\td", "a\\nb\\rc\\td"),
        ("bell\x07", "bell\\x07"),
        ("\x9b31m", "\\x9b31m"),
        ("abc\u202etxt.exe", "abc\\u202etxt.exe"),
        ("zero\u200bwidth", "zero\\u200bwidth"),
        ("line\u2028end", "line\\u2028end"),
        ("half\ud800", "half\\ud800"),
        ("tag\U000e0041", "tag\\U000e0041"),
    ],
)
def test_what_acts_is_shown_as_an_escape(untrusted: str, shown: str) -> None:
    assert text.inert(untrusted) == shown


@pytest.mark.parametrize(
    ("said", "encoding", "shown"),
    [
        ("plain", "ascii", "plain"),
        ("滬港…", "utf-8", "滬港…"),
        ("滬港", "cp950", "滬港"),
        ("沪港", "cp950", "\\u6caa港"),
        ("a – b… «c» ‘d’", "ascii", "a - b... \"c\" 'd'"),
        ("漢", "ascii", "\\u6f22"),
        ("漢", "no-such-encoding", "\\u6f22"),
        ("plain", "no-such-encoding", "plain"),
    ],
)
def test_a_console_is_given_what_its_encoding_can_show(said: str, encoding: str, shown: str) -> None:
    assert text.encodable(said, encoding) == shown


@given(ANY_TEXT, st.sampled_from(["ascii", "cp950", "gbk", "utf-8", "latin-1"]))
def test_what_is_given_to_a_console_can_be_encoded(said: str, encoding: str) -> None:
    text.encodable(said, encoding).encode(encoding)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "＋", "－", "＠"])
@pytest.mark.parametrize("before", ["", " ", "\u3000", "\u00a0", "\u2003", "\n", "\r\n", "\t ", " \n"])
def test_a_spreadsheet_takes_a_formula_for_text(before: str, start: str) -> None:
    assert text.no_formula(f"{before}{start}1+1") == f"'{before}{start}1+1"


@pytest.mark.parametrize("start", ["\t", "\r", "\n"])
def test_a_spreadsheet_takes_a_control_character_before_text_for_text(start: str) -> None:
    assert text.no_formula(f"{start}said") == f"'{start}said"


@pytest.mark.parametrize("harmless", ["", "   ", "\t", "said", "a=1", "5-FIN-3b", "2022-12-31", "滬港", " said"])
def test_other_cells_are_left_as_they_are(harmless: str) -> None:
    assert text.no_formula(harmless) == harmless


@pytest.mark.parametrize(
    ("said", "columns"),
    [("", 0), ("abc", 3), ("滬港", 4), ("滬a港", 5), ("e\u0301", 1), ("é", 1), ("a\u200bb", 2), ("　", 2), ("…", 1)],
)
def test_a_chinese_character_takes_two_columns_and_an_accent_none(said: str, columns: int) -> None:
    assert text.width(said) == columns


@given(st.text("aé漢　e\u0301", max_size=20), st.integers(0, 30))
def test_padding_fills_up_to_the_columns_and_cuts_nothing(said: str, columns: int) -> None:
    left, right = text.pad(said, columns), text.pad(said, columns, right=True)
    assert text.width(left) == text.width(right) == max(columns, text.width(said))
    assert left.startswith(said)
    assert right.endswith(said)


@given(st.text("aé漢　 e\u0301", max_size=20), st.integers(1, 30))
def test_clipping_fits_the_columns_and_says_what_was_cut(said: str, columns: int) -> None:
    clipped = text.clip(said, columns)
    assert text.width(clipped) <= columns
    assert clipped == said or (clipped.endswith("…") and said.startswith(clipped[:-1]))


def test_a_clipped_text_does_not_end_in_half_a_character() -> None:
    assert text.clip("滬港合作", 4) == "滬…"
    assert text.clip("滬港合作", 5) == "滬港…"
    assert text.clip("a bc", 3) == "a…"


def test_a_text_is_folded_to_single_spaces_and_trimmed_of_what_cannot_be_seen() -> None:
    assert text.folded("\u200b\u3000 Kites \xa0 fly\t\u200b ") == "Kites fly"
    assert text.folded("Ki\u200btes\n") == "Ki\u200btes"
    assert text.folded("\u200b\u200d") == ""


def test_what_cannot_be_seen_is_taken_out_of_a_text_and_nothing_else() -> None:
    assert text.visible("\ufeffKi\u200btes \u2014 風箏\xa0") == "Kites \u2014 風箏\xa0"
    assert text.visible(" Kites\x1b ") == " Kites\x1b "


@pytest.mark.parametrize(
    ("said", "columns", "lines"),
    [
        ("", 10, [""]),
        ("one two", 7, ["one two"]),
        ("one two", 6, ["one", "two"]),
        ("one two three", 9, ["one two", "three"]),
        ("a-word-longer-than-the-line and more", 9, ["a-word-longer-than-the-line", "and more"]),
        ("at https://invented.example/kites", 9, ["at", "https://invented.example/kites"]),
        ("滬港 合作", 9, ["滬港 合作"]),
        ("滬港 合作", 8, ["滬港 合", "作"]),
        ("兩地議定的措施", 6, ["兩地議", "定的措", "施"]),
        ("（甲）議定，已辦", 6, ["（甲）", "議定，", "已辦"]),
        ("措施（甲）", 6, ["措施", "（甲）"]),
        ("看 list --area 金融的", 12, ["看 list", "--area 金融", "的"]),
        ("one\ntwo three", 20, ["one", "two three"]),
        ("one  two", 20, ["one  two"]),
    ],
)
def test_a_line_is_broken_between_words_and_between_chinese_characters(
    said: str, columns: int, lines: list[str]
) -> None:
    assert text.wrapped(said, columns).split("\n") == lines


@given(st.text(st.sampled_from("ab 港（，"), max_size=40), st.integers(4, 30))
def test_a_broken_line_loses_nothing_and_is_too_long_only_where_it_cannot_be_broken(said: str, columns: int) -> None:
    lines = text.wrapped(said, columns).split("\n")
    assert "".join(lines).replace(" ", "") == said.replace(" ", "")
    for line in lines:
        assert text.width(line) <= columns or not re.search(r" |港港|a港|港a|b港|港b", line)
        assert not line.startswith("，") or said.startswith("，") or " ，" in said
        assert not line.endswith("（") or said.endswith("（") or "（ " in said or text.width(line) > columns - 2


@given(st.lists(st.text(st.sampled_from("ab"), min_size=1, max_size=8), max_size=12), st.integers(1, 30))
def test_a_broken_line_says_the_same_and_none_of_its_lines_could_hold_the_next_word(
    words: list[str], columns: int
) -> None:
    lines = text.wrapped(" ".join(words), columns).split("\n")
    assert " ".join(lines) == " ".join(words)
    for line in lines:
        assert text.width(line) <= columns or " " not in line
    for line, after in pairwise(lines):
        assert text.width(f"{line} {after.split(' ')[0]}") > columns
