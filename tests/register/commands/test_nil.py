"""What is no news, in the words that people use for it."""

import pytest

from hkshcc.register.commands.common import is_nil


@pytest.mark.parametrize(
    "text",
    [
        "N/A", "n/a", "n.a.", "N. A.", "NA", "nil", "Nil.", "NIL", "none", "no", "No update", "no updates.", "-", "--",
        "—", "– –", "/", "...", " ", "", "(nil)", "'N/A'", "Ｎ／Ａ", "not applicable", "不適用", "不适用", "沒有",
        "没有", "無", "无", "暫無", "暂无", "沒有更新", "沒有更新。", "没有更新", "（無）",
    ],
)  # fmt: skip
def test_words_for_nothing_are_no_news(text: str) -> None:
    assert is_nil(text)


@pytest.mark.parametrize(
    "text",
    [
        "Met twice",
        "no date was set",
        "none of the firms applied",
        "?",
        "✓",
        "1",
        "N/A until May",
        "沒有進展",
        "無人申請",
        "N",
    ],
)
def test_anything_else_is_news(text: str) -> None:
    assert not is_nil(text)
