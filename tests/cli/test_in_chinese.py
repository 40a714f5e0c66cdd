"""What a person reads in Chinese where a value would otherwise stand in it as it is typed or recorded."""

from pathlib import Path

import pytest

from tests.running import run


@pytest.mark.parametrize(
    ("words", "lang", "said"),
    [
        ("list finance --status in-progress", "zh-Hant", "（範疇：金融、狀況：推進中）"),
        ("list --kind continuing --plenary 5", "zh-Hans", "（类别：持续、第五次会议）"),
        ("list zzz --silent", "zh-Hant", "如不加「搜尋『zzz』」"),
        ("list zzz --silent", "zh-Hans", "如不加“搜索‘zzz’”"),
        ("list zzz --silent", "en", "without 'search \"zzz\"'"),
        ("list --status nosuch", "zh-Hant", "推進中（in-progress）"),
        ("list --kind nosuch", "zh-Hans", "有具体成果（deliverable）"),
        ("list --area nosuch", "zh-Hant", "金融（finance）"),
        ("list --area f", "zh-Hant", "金融（finance）、便利港人在內地發展（facilitation）"),
        ("update fin-3c --status continuing", "zh-Hant", "狀況不能是「持續推行」"),
        ("update fin-1 --evidence x --evidence-kind nosuch", "zh-Hans", "媒体报道（press）"),
        ("show", "zh-Hant", "欠缺編號；"),
        ("amend", "zh-Hant", "未指明要更正甚麼"),
        ("changes --since 5th-plenary", "zh-Hant", "第五次會議（2021年8月30日）以來的變動"),
        ("changes --since 5th-plenary", "en", "Changes since the 5th plenary (30 August 2021)"),
        ("history fin-1", "zh-Hans", "2026年11月22日由公开资料记录"),
        ("history fin-1", "en", "recorded 22 Nov 2026 by public record"),
        ("plenary show 4", "zh-Hant", "共同主持：林鄭月娥、應勇"),
        ("show 5-DOC-0", "zh-Hans", "签署方：行政长官林郑月娥、市长龚正"),
        ("merge nosuch.xlsx", "zh-Hant", "沒有這個檔案或資料夾"),
    ],
)
def test_a_value_is_called_as_the_reader_calls_it(
    words: str, lang: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("--lang", lang, *words.split())
    assert said in ran.out + ran.err


@pytest.mark.parametrize("lang", ["zh-Hant", "zh-Hans"])
def test_a_remark_in_english_is_marked_and_one_in_chinese_is_not(lang: str, tmp_path: Path) -> None:
    store = tmp_path / "register.json"
    run("update", "wel-1", "--remark", "Met twice", "--next", "再會面", "--by", "LWB", store=store)
    shown = run("--lang", lang, "show", "wel-1", store=store).out
    assert "Met twice（原文英文）" in shown
    assert "再會面（" not in shown
    assert "（原文英文）" not in run("show", "wel-1", store=store).out
