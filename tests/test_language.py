"""The language of an answer: how it is chosen, and how a message is put together in it."""

from collections.abc import Mapping
from contextlib import suppress

import pytest

from hkshcc import language
from hkshcc.language import LANGUAGES, _, alternatives, from_environment, listed, named, ngettext, sentence, using
from tests.running import run


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("en", "en"), ("EN", "en"), ("en_GB.UTF-8", "en"), ("english", "en"),
        *((name, "zh-Hant") for name in ("zh-Hant", "zh", "tc", "HK", "zh_HK", "zh_TW.UTF-8", "zh_MO", "zh-hant-HK")),
        *((name, "zh-Hans") for name in ("zh-Hans", "sc", "cn", "zh_CN", "zh_SG.GB2312", "zh_Hans_CN@pinyin")),
        *((name, None) for name in ("", "C", "fr_FR", "e", "zho")),
    ],
)  # fmt: skip
def test_a_language_is_understood_by_what_people_and_systems_call_it(typed: str, meant: str | None) -> None:
    assert named(typed) == meant


@pytest.mark.parametrize(
    ("environ", "meant"),
    [
        ({}, "en"),
        ({"LANG": "zh_HK.UTF-8"}, "zh-Hant"),
        ({"LANG": "zh_HK.UTF-8", "LC_MESSAGES": "zh_CN"}, "zh-Hans"),
        ({"LANG": "zh_HK.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LC_ALL": "", "LANG": "zh_TW"}, "zh-Hant"),
        ({"LANG": "de_DE"}, "en"),
        ({"HKSHCC_LANG": "sc", "LC_ALL": "en_GB.UTF-8"}, "zh-Hans"),
        ({"HKSHCC_LANG": "en", "LANG": "zh_HK.UTF-8"}, "en"),
    ],
)
def test_the_environment_names_a_language_its_own_variable_first(environ: Mapping[str, str], meant: str) -> None:
    assert from_environment(environ) == meant


@pytest.mark.parametrize(
    ("words", "env", "label"),
    [
        ("list", {}, "not established"),
        ("list", {"LANG": "zh_HK.UTF-8"}, "未能確定進展"),
        ("list", {"HKSHCC_LANG": "cn"}, "未能确定进展"),
        ("--lang zh-Hans list", {"HKSHCC_LANG": "tc"}, "未能确定进展"),
        ("list --lang=tc", {}, "未能確定進展"),
        ("list --lang en", {"LANG": "zh_HK.UTF-8"}, "not established"),
    ],
)
def test_an_option_goes_before_the_environment_wherever_it_stands(
    words: str, env: Mapping[str, str], label: str
) -> None:
    assert label in run(*words.split(), "--format", "table", env=env).out


def test_a_language_that_is_none_is_refused_with_those_there_are() -> None:
    ran = run("list", "--lang", "latin")
    assert ran.code == 2
    assert "latin" in ran.err
    assert all(name in ran.err for name in LANGUAGES)


def test_a_language_holds_for_a_while_and_then_the_one_before_it() -> None:
    before = language.current()
    seen = []
    with suppress(ZeroDivisionError), using("zh-Hant"):
        seen.append(language.current())
        raise ZeroDivisionError
    assert seen == ["zh-Hant"]
    assert language.current() == before


@pytest.mark.parametrize(("lang", "one", "two"), [("en", "1 day", "2 days"), ("zh-Hant", "1天", "2天")])
def test_a_number_takes_the_form_that_its_language_has(lang: str, one: str, two: str) -> None:
    with using(lang):
        assert [ngettext("{n} day", "{n} days", number) for number in (1, 2)] == [one, two]


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", ["a; b", "a, b, c", "a, b or c", "a"]), ("zh-Hans", ["a；b", "a、b、c", "a、b 或 c", "a"])],
)
def test_lists_and_the_parts_of_a_sentence_are_joined_as_the_language_does(lang: str, said: list[str]) -> None:
    with using(lang):
        assert [sentence("a", "b"), listed(["a", "b", "c"]), alternatives(["a", "b", "c"]), alternatives(["a"])] == said


@pytest.mark.parametrize(
    ("message", "values", "said"),
    [
        ("withdrew {entries}", {"entries": "5-FIN-1"}, "撤回 5-FIN-1"),
        ("withdrew {entries}", {"entries": "第3項記錄"}, "撤回第3項記錄"),
        ("recorded {day} by {name}", {"day": "2026年1月2日", "name": "alice"}, "2026年1月2日由 alice 記錄"),
        ("recorded {day} by {name}", {"day": "2026年1月2日", "name": "公開資料"}, "2026年1月2日由公開資料記錄"),
        ("{what} is missing", {"what": "--name"}, "欠缺 --name"),
        ("{what} is missing", {"what": "編號"}, "欠缺編號"),
    ],
)
def test_a_blank_stands_between_chinese_and_latin_and_nowhere_else(
    message: str, values: dict[str, object], said: str
) -> None:
    with using("zh-Hant"):
        assert _(message, **values) == said


@pytest.mark.parametrize(("items", "said"), [(["金融", "法律"], "金融或法律"), (["fin", "5-LAW-1"], "fin 或 5-LAW-1")])
def test_a_blank_stands_between_chinese_and_latin_in_a_list_to_choose_from(items: list[str], said: str) -> None:
    with using("zh-Hant"):
        assert alternatives(items) == said


@pytest.mark.parametrize(("number", "said"), [(5, "第五次會議"), (10, "第十次會議"), (11, "第11次會議")])
def test_a_plenary_is_numbered_in_chinese_up_to_ten(number: int, said: str) -> None:
    with using("zh-Hant"):
        assert (_("plenary {number}", number=number), _("{nth} plenary", nth=f"{number}")) == (said, said)


@pytest.mark.parametrize(
    ("text", "lang", "said"),
    [
        ("Met twice.", "zh-Hant", "Met twice.（原文英文）"),
        ("Met twice.", "zh-Hans", "Met twice.（原文英文）"),
        ("Met twice.", "en", "Met twice."),
        ("已開會兩次", "zh-Hant", "已開會兩次"),
        ("已與 HKEX 及 SSE 開會 (see note)", "zh-Hant", "已與 HKEX 及 SSE 開會 (see note)"),
        ("HKEX", "zh-Hant", "HKEX"),
        ("", "zh-Hant", ""),
    ],
)
def test_a_sentence_recorded_in_english_is_marked_on_a_chinese_page(text: str, lang: str, said: str) -> None:
    with using(lang):
        assert language.as_recorded(text) == said


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "The Chinese Medicine Hospital of Hong Kong began service in phases."),
        ("zh-Hant", "香港中醫醫院分階段投入服務。"),
        ("zh-Hans", "香港中医医院分阶段投入服务。"),
    ],
)
def test_what_ships_is_shown_in_translation_on_a_chinese_page(lang: str, said: str) -> None:
    with using(lang):
        shipped = "The Chinese Medicine Hospital of Hong Kong began service in phases."
        assert language.as_recorded(shipped) == said


def test_a_word_that_somebody_typed_is_not_taken_for_one_of_the_programs_messages() -> None:
    with using("zh-Hant"):
        assert _("no evidence") != "no evidence"
        assert language.as_recorded("no evidence") == "no evidence（原文英文）"


def test_braces_in_a_value_are_left_as_they_are() -> None:
    assert _("{years} {months}", years="{months}", months="{0}") == "{months} {0}"
