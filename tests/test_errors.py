"""The kinds of errors and what they tell."""

import pytest

from hkshcc import errors


@pytest.mark.parametrize(
    ("kind", "exit_code"),
    [
        (errors.HkshccError, 1),
        (errors.UsageError, 2),
        (errors.NotFoundError, 3),
        (errors.RefusedError, 4),
        (errors.ConflictError, 4),
        (errors.StoreError, 5),
    ],
)
def test_each_kind_of_error_ends_in_its_exit_code(kind: type[errors.HkshccError], exit_code: int) -> None:
    assert kind("invented").exit_code == exit_code
    assert issubclass(kind, errors.HkshccError)


def test_an_error_is_one_sentence_of_what_is_wrong_and_the_way_out() -> None:
    error = errors.RefusedError("7-KIT-1a is closed; its file is lost", hint="add --reason")
    assert str(error) == "7-KIT-1a is closed; its file is lost; add --reason"
    assert (error.message, error.hint) == ("7-KIT-1a is closed; its file is lost", "add --reason")
    assert str(errors.RefusedError("7-KIT-1a is closed")) == "7-KIT-1a is closed"


def test_a_name_that_is_not_there_is_answered_with_the_nearest_that_are() -> None:
    error = errors.not_found("no body 'xbc'", "xbc", ["XBB", "XBCD", "somebody else"], "the way out")
    assert str(error) == "no body 'xbc'; did you mean XBCD or XBB?"
    assert error.exit_code == 3


@pytest.mark.parametrize(
    ("way_out", "sentence"), [("ask somebody", "no body 'zzz'; ask somebody"), ("", "no body 'zzz'")]
)
def test_a_name_near_to_none_is_answered_with_the_way_out(way_out: str, sentence: str) -> None:
    assert str(errors.not_found("no body 'zzz'", "zzz", ["XBB"], way_out)) == sentence


def test_no_more_than_a_few_near_names_are_given_and_each_as_it_is_written() -> None:
    assert errors.nearest("FINANCE", ["Finance", "finances", "financial", "finance1"], most=2) == [
        "Finance",
        "finances",
    ]
