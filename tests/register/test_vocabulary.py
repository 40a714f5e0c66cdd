"""The words with a fixed set of values, and their labels."""

import pytest

from hkshcc.language import LANGUAGES, using
from hkshcc.register.vocabulary import (
    CLOSED,
    FULFILLED,
    LABELS,
    RANK,
    SIDES,
    Status,
    in_language,
    label,
    labels,
    short_label,
)


def test_every_status_and_side_has_a_label_in_every_language_and_no_two_share_one() -> None:
    assert set(LABELS) == {*Status, *SIDES}
    for lang in LANGUAGES:
        shown = [labels(word)[lang] for word in LABELS]
        assert all(shown)
        assert len(set(shown)) == len(shown)


@pytest.mark.parametrize(
    ("word", "lang", "long", "short"),
    [
        ("unknown", "en", "Status not established", "not established"),
        ("unknown", "zh-Hant", "未能確定進展", "未能確定進展"),
        ("modified", "en", "Completed in modified form", "modified form"),
        ("modified", "zh-Hans", "以调整形式完成", "以调整形式完成"),
        ("in-progress", "en", "In progress", "in progress"),
        ("hk", "zh-Hant", "香港", "香港"),
        ("neither status nor side", "en", "neither status nor side", "neither status nor side"),
    ],
)
def test_a_label_stands_long_on_its_own_and_short_in_a_line(word: str, lang: str, long: str, short: str) -> None:
    with using(lang):
        assert label(word) == long
        assert short_label(word) == short


def test_the_unknown_comes_first_in_every_count_and_has_no_rank() -> None:
    assert next(iter(Status)) == Status.UNKNOWN
    assert set(RANK) == set(Status) - {Status.UNKNOWN}


def test_the_statuses_are_ranked_from_not_pursued_to_completed() -> None:
    ranked = sorted(RANK, key=RANK.__getitem__)
    assert ranked == ["not-pursued", "not-started", "in-progress", "continuing", "modified", "completed"]


def test_what_is_closed_is_fulfilled_or_dropped() -> None:
    assert {Status.NOT_PURSUED} == CLOSED - FULFILLED


@pytest.mark.parametrize(
    ("name", "lang", "shown"),
    [
        ({"en": "Invented", "zh-Hant": "虛構"}, "zh-Hant", "虛構"),
        ({"en": "Invented", "zh-Hant": None}, "zh-Hant", "Invented"),
        ({"zh-Hans": "虚构"}, "en", "虚构"),
        ({"en": "", "zh-Hans": None}, "en", ""),
        ({}, "en", ""),
    ],
)
def test_a_name_is_shown_in_the_language_wanted_or_in_the_first_it_has(
    name: dict[str, str | None], lang: str, shown: str
) -> None:
    assert in_language(name, lang) == shown
