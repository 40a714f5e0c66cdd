"""Whether a line is a heading, and whether an area of co-operation stands under it.

Each function takes a text as ``page_text.bare`` leaves it. Patterns are bounded, so that no text takes long.
"""

import re

from hkshcc.exchange.releases.scripts import is_chinese
from hkshcc.exchange.releases.wording import begins_a_promise, is_forward

_OTHER_HEADING = re.compile(
    r"\b(?:signing|signed|ceremony|participants|attendance|attendees|list of|delegation|remarks|speech"
    r"|enquir\w{2,5}|background"
    r"|introduction|conclusion|plenary|media contact|next meeting|looking (?:back|ahead)|overview)\b"
    r"|\b(?:conference|meeting|session)\)?$|\bprogress (?:made|since|of|to|in)\b|^progress$|\bachievements?\b"
    r"|^review\b|^annex\b"
    r"|^consensus|\bagreements?$|\bmemorand(?:um|a)$|^(?:future |next )?(?:plans?|steps?)$|^(?:way|moving) forward$"
    r"|簽署|签署|附件|出席|名單|名单|儀式|仪式|回顧|回顾|致辭|致辞|傳媒|传媒|查詢|查询|^背景"
    r"|(?:會議|会议|文件|展望|共識|共识|進展|进展|(?:合作|主要|工作|会议|會議)成果)$|^成果",
    re.IGNORECASE,
)
_SURELY_OTHER = re.compile(
    r"\b(?:sign(?:ing|ed)|ceremony|participants|attend\w{2,5}|delegation|annex|enquir\w{2,5}|media)\b"
    r"|簽署|签署|附件|出席|名單|名单|儀式|仪式|傳媒|传媒|查詢|查询",
    re.IGNORECASE,
)
# A word as those of a title are written: «Kites», «14th», «"Kites», «e-Kites».
_TITLED = re.compile(r"[\"'“‘「『《(]{0,2}(?:[a-z]-)?[^\W_a-z]")
_AREA_NAMED = re.compile(
    r"(?:On|As for|Regarding|In the area of) (?P<en>[^,.;:]{3,60}), |在?(?P<zh>[^,。;:]{2,15})方面,"
)
_CATCH_ALL = re.compile(
    r"\b(?:other|others|miscellaneous|further)\b.{0,30}(?:areas?|co-?operation|fields?|matters|aspects|$)|^其他"
    r"|^其它|^另外",
    re.IGNORECASE,
)


def area_named(text: str) -> str | None:
    """Return the area that a sentence names as it begins, ``On kite flying, ...`` or ``風箏方面，…``, else None."""
    found = _AREA_NAMED.match(text)
    return (found["en"] or found["zh"]) if found else None


def is_other_heading(text: str) -> bool:
    """Return whether a heading opens something else than an area of co-operation."""
    return bool(_OTHER_HEADING.search(text[:200]))


def is_surely_other(text: str) -> bool:
    """Return whether no area could be called so; one could be called ``Kites and Conference``."""
    return bool(_SURELY_OTHER.search(text[:200]))


def is_catch_all(text: str) -> bool:
    """Return whether a heading gathers several areas: ``Other Co-operation Areas``."""
    return bool(_CATCH_ALL.search(text[:200]))


def could_be_heading(text: str, *, set_off: bool) -> bool:
    """Return whether a line reads as a heading. ``set_off``: its layout says so already."""
    said = text.rstrip(":：").rstrip()
    said = said.rstrip('"”」』') or said  # somebody speaks
    if not said or said[-1] in ".。;；,，、!！?？…" or not any(sign.isalpha() for sign in said):
        return False
    if is_chinese(said):
        speaks = said.startswith(("雙方", "双方", "兩地", "两地")) and is_forward(said)
        return len(said) <= 40 and not set(said) & set("。；！？") and not speaks
    words = said.split()
    if len(words) > 20 or len(said) > 160 or ". " in said:
        return False
    if set_off:
        return True
    if re.search(r"\b(?:will|would|shall|said|agreed|signed|was|were)\b", said):
        return False
    titled = [bool(_TITLED.match(word)) for word in words]
    if sum(titled) * 2 >= len(words):
        return titled[0]
    first = said.lstrip("0123456789")[:1]
    return first.isupper() and len(words) <= 14 and not begins_a_promise(said)
