"""The hash chain and how it is read."""

import hashlib
import json
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hkshcc.register import chain
from hkshcc.register.chain import START, link, links, readable
from hkshcc.register.model import encode
from tests.register.build import entries_of, finding

TOLD = finding("in-progress", "2021-05-01", remark="Invented remark 虛構")


def test_a_link_depends_on_what_the_entry_says_and_on_the_link_before_it() -> None:
    assert link(START, TOLD) == link(START, TOLD)
    assert link(START, TOLD) != link("1" * 64, TOLD)
    assert link(START, TOLD) != link(START, TOLD._replace(remark="Invented remark"))


@pytest.mark.parametrize("absent", [(), ("_sha2", "_sha256")], ids=["Python's own", "hashlib's"])
def test_a_link_is_the_sha_256_of_the_link_before_and_of_the_entry_as_stored(
    absent: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    chain._own.cache_clear()
    for module in absent:
        monkeypatch.setitem(sys.modules, module, None)
    stored = json.dumps(encode(TOLD), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert link(START, TOLD) == hashlib.sha256((START + stored).encode()).hexdigest()
    chain._own.cache_clear()


def test_the_fields_of_a_stored_entry_may_stand_in_any_order() -> None:
    ab, ba = ({"a": "1", "b": "2"}, {"b": "2", "a": "1"})
    assert link(START, TOLD._replace(thing=ab)) == link(START, TOLD._replace(thing=ba))


def test_a_chain_can_be_continued_from_where_it_was_left() -> None:
    entries = entries_of(TOLD)
    whole = list(links(entries))
    assert len(set(whole)) == len(entries)
    assert list(links(entries[5:], whole[4])) == whole[5:]


@given(st.text())
def test_whatever_text_an_entry_holds_has_a_link(remark: str) -> None:
    assert len(link(START, TOLD._replace(remark=remark))) == 64


def test_half_a_surrogate_pair_has_a_link_too() -> None:
    assert len(link(START, TOLD._replace(remark="\ud800"))) == 64


def test_a_chain_over_much_is_that_over_little() -> None:
    assert chain.sha256(1 << 40)(b"Invented").hexdigest() == chain.sha256()(b"Invented").hexdigest()


def test_a_fingerprint_is_read_in_groups_of_four() -> None:
    assert readable("3f9a21c077de0b52" + "f" * 48) == "3f9a 21c0 77de 0b52"
