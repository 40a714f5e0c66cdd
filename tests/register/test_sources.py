"""What an address says of a source: its host's owner, the kind of evidence, and whether it is an address at all."""

import pytest

from hkshcc.register.sources import Described, Source, describe, is_reference, source_of
from tests.register.build import TODAY

KNOWN = {
    "gov.example": Source("official"),
    "mint.gov.example": Source("institution", "Invented Mint"),
    "daily.example": Source("press", "Invented Daily"),
}


@pytest.mark.parametrize(
    ("locator", "kind"),
    [
        ("https://gov.example/notice", "official"),
        ("http://WWW.Kites.Gov.Example:8080/notice?x=1", "official"),
        ("https://mint.gov.example", "institution"),
        ("https://old.mint.gov.example/coins", "institution"),
        ("https://www.daily.example#kites", "press"),
        ("https://keeper:secret@daily.example/", "press"),
        ("https://notgov.example/notice", None),
        ("https://gov.example.invented/notice", None),
        ("https://invented.example/gov.example", None),
        ("https://daily.example.", None),
        ("https://elsewhere.invented\\.gov.example/notice", None),
        ("gov.example, page 3", None),
        ("https://", None),
        ("", None),
    ],
)
def test_a_link_is_of_the_kind_of_its_host_or_of_the_nearest_domain_known(locator: str, kind: str | None) -> None:
    assert describe([locator], KNOWN, TODAY)[locator].kind == kind


def test_a_known_source_is_called_by_its_name() -> None:
    assert source_of("https://old.mint.gov.example/", KNOWN) == Source("institution", "Invented Mint")
    link = "https://gov.example/"
    assert describe([link], KNOWN, TODAY) == {link: Described("official", read_on=TODAY)}


@pytest.mark.parametrize(
    "typed",
    [
        "https://invented.example", "Gazette 9", "page 3", "invented.example", "kites/report", "notice.pdf", "GN.x:y",
        "《虛構日報》", "“A kite flies”", "政府公告第九號", "§ a", "letter #x",
    ],
)  # fmt: skip
def test_a_link_or_what_has_the_signs_of_a_reference_is_not_questioned(typed: str) -> None:
    assert is_reference(typed)
    assert not describe([typed], {}, TODAY)[typed].doubtful


@pytest.mark.parametrize("typed", ["clear", "done", "kitchen diary", "known to all", "清楚", "-", "yes!"])
def test_a_word_that_leads_nowhere_is_doubtful(typed: str) -> None:
    assert describe([typed], {}, TODAY)[typed].doubtful


def test_nothing_is_no_doubtful_word() -> None:
    assert not describe(["  "], {}, TODAY)["  "].doubtful
