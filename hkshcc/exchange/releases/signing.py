"""Sentences that tell of documents signed, and the documents' titles in them.

Each function takes a sentence as ``page_text.bare`` leaves it, unless it says otherwise.
"""

import re
from typing import NamedTuple

from hkshcc.exchange.releases.date_phrases import MONTH
from hkshcc.exchange.releases.page_text import bare
from hkshcc.exchange.releases.scripts import is_chinese
from hkshcc.exchange.releases.sentences import outside, sentences
from hkshcc.exchange.releases.wording import begins_a_promise, is_forward
from hkshcc.text import folded

_SIGN = "(?:簽署|签署|簽訂|签订)"
_FEW_SIGNS, _FEW_LETTERS = 8, 30
_MOST = 600  # signs in which it is told; what a paragraph goes on to say is another matter

_AT_ALL = re.compile(r"sign|exchanged|concluded|initialled|entered|簽|签", re.IGNORECASE)
# That it was done, whatever else the sentence says.
_SIGNED = re.compile(
    r"(?<!\bbe )(?<!\bbeing )(?<!\bto have )\bsigned(?: and exchanged)?\s"
    r"(?:the|an?|their|its|several|some|\d{1,3}|(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b"
    r"|(?-i:[A-Z])|[\"“])"
    r"|\b(?:was|were|has been|have been|had been)\s(?:\w{1,20}\s){0,2}signed\b"
    r"|\b(?:exchanged|concluded|initialled|entered into)\s(?:the|an?|\d{1,3}|two|three|four|five)\s"
    r"(?:[\w-]{1,30}\s){0,5}(?:memorand|agreement|letters? of intent|mou|protocol|arrangement)"
    rf"|{_SIGN}了|(?:已|已經|已经|先後|先后){_SIGN}",
    re.IGNORECASE,
)
# That it was done there and then, unless the sentence is about what is to come.
_THERE = re.compile(
    rf"(?:會上|会上|會前|会前|獲|获|會議上|会议上|會後|会后|期間|期间|席上|同日|當日|当日|今[天日]|見證下|见证下).{{0,40}}{_SIGN}"
    rf"|(?:共(?!同)|分別|分别|見證|见证|並|并|亦|還|还).{{0,20}}{_SIGN}"
    rf"|{_SIGN}[^\W\d_]{{0,6}}?(?:\d{{1,3}}|[一二兩两三四五六七八九十]{{1,3}}|多|數|数|若干)(?:份|項|项|個|个).{{0,20}}"
    r"(?:包括|分別|分别|即|為|为|[:《「])",
)
_SO_TO_SPEAK = re.compile(
    rf"\bsigned\b|\bsigning ceremony\b|{_SIGN}(?:儀式|仪式|以下|下列|的?文件|[「《“\"])", re.IGNORECASE
)
_TO_COME = re.compile(
    r"\b(?:will|would|shall)\b|將|将|繼續|继续|[,。]要(?![求素聞闻])"
    r"|(?:雙方|双方|兩地|两地|政府)[亦也都均]?(?:要|[會会](?![議议晤见見面場场上後后]))",
    re.IGNORECASE,
)
_DEADLINE = re.compile(r"(?:年|月|底|年中|\d日)[之以]?前")
_NOT_YET = re.compile(
    r"(?:同意|推動|推动|支持|促成|探討|探讨|爭取|争取|鼓勵|鼓励|商討|商讨|籌備|筹备|準備|准备|期待|協助|协助|研究|盡快|尽快"
    rf"|計劃|计划|擬|拟|早日)[^,。;《》]{{0,20}}{_SIGN}(?!了)|[年月底日][之以]?前"
)


def is_signing(sentence: str) -> bool:
    """Return whether a sentence tells that documents were signed, rather than that some are to be."""
    said = sentence[:_MOST]
    if not _AT_ALL.search(said):
        return False
    told = _untitled(said)
    promised = begins_a_promise(said)
    if promised and not _ends_in_signing(promised):
        return False
    if _SIGNED.search(told):
        return True
    if _TO_COME.search(told) or _NOT_YET.search(told):
        return False
    if _THERE.search(told):
        return True
    return bool(_SO_TO_SPEAK.search(told)) and not promised and not (is_forward(told) and "igned" in told)


def may_be_signing(sentence: str) -> bool:
    """Return whether a sentence may tell of a signing or promise one: ``雙方簽署《風箏合作備忘錄》。`` says neither."""
    said = sentence[:_MOST]
    if not _ends_in_signing(begins_a_promise(said)):
        return False
    told = _untitled(said)
    if _TO_COME.search(told) or _NOT_YET.search(told) or is_signing(sentence):
        return False
    return bool(_SO_TO_SPEAK.search(told))


def is_ceremony(text: str) -> bool:
    """Return whether a text only names a signing, as a heading does: no document can be looked for in it."""
    return bool(re.search(r"\bsigning ceremony\b|(?:簽署|签署)(?:儀式|仪式)", text[:_MOST], re.IGNORECASE)) and not (
        _SIGNED.search(text[:_MOST])
    )


def promises_more(sentence: str) -> bool:
    """Return whether a sentence that tells of a signing also says what will be done."""
    told = _untitled(sentence)
    return bool(_TO_COME.search(told) or _DEADLINE.search(told))


def says_more(text: str) -> bool:
    """Return whether a paragraph on a signing says more than who signed what: many words after its titles."""
    for part in sentences(text):
        titles = titles_in(part)
        if not titles and _AT_ALL.search(part):
            continue  # «Two agreements were signed:»
        rest = part[titles[-1].end :] if titles else part
        if sum(sign.isalpha() for sign in rest) >= (_FEW_SIGNS if is_chinese(rest) else _FEW_LETTERS):
            return True
    return False


def _ends_in_signing(words: str) -> bool:
    return bool(re.search(f"{_SIGN}$", words))


def _untitled(text: str) -> str:
    """Return a text without its quotations and titles: a title may hold any word."""
    return re.sub("《[^》]{0,300}》?", "《》", outside(text))


# Titles

_LONGEST = 4000  # signs of a sentence that are looked at
NAMED = re.compile(
    r"memorand(?:um|a)|agreement|letter of intent|\bmou\b|arrangement|protocol|framework|declaration|charter"
    r"|備忘錄|备忘录|協議|协议|意向書|意向书|協定|协定|安排|宣言|框架",
    re.IGNORECASE,
)
_MARKED = re.compile(
    r"\"(?P<straight>[^\"]{6,300})\"|“(?P<curly>[^”]{6,300})”|《(?P<title>[^》]{1,200})》"
    r"|「(?P<corner>[^」]{4,200})」|『(?P<white>[^』]{4,200})』"
)
_NOUN = (
    r"(?:Memorand(?:um|a)|Agreements?|Letters?\sof\sIntent|M[oO]Us?|Arrangements?|Protocols?|Framework|Declaration"
    r"|Charter)"
)
_CAPITAL = r"(?!(?:The|An?|In|At|On|Both|And)\b)[A-Z0-9][\w'’&/\u2010\u2011-]{0,40}"
_BRINGS = rf"(?:(?:the|an?)\s)?(?:{_CAPITAL}\s){{0,4}}{_NOUN}\b"
# A title in capitals: «and» and a comma go on with it unless they bring another document, or a day.
_IN_CAPITALS = re.compile(
    rf"\b(?:{_CAPITAL}\s){{0,6}}?{_NOUN}\b"
    rf"(?:(?:,\s(?!(?:and\s)?{_BRINGS})(?=(?:{_CAPITAL},?\s){{1,8}}and\s)|\s(?!and\s{_BRINGS}))"
    rf"(?!(?:on|in)\s(?:\d|{MONTH}\b))(?:(?:of|on|for|in|the|to|between|and|from|under|among)\s){{0,3}}{_CAPITAL})"
    r"{0,30}"
)
_NO_TITLE = re.compile(
    rf"{_NOUN}(?:\sof\sUnderstanding)?|(?:諒解|谅解|合作|有關|有关|相關|相关|一系列){{0,3}}(?:備忘錄|备忘录|協議書?|协议书?|意向書|意向书|協定|协定)"
)
_IN_CHINESE = re.compile(
    rf"(?:{_SIGN}了?|[、及和與与])(?!.{{1,3}}(?:份|項|项|個|个))"
    r"(?P<title>[^\W\d_]{2,40}?(?:備忘錄|备忘录|協議書?|协议书?|意向書|意向书|協定|协定|宣言))(?![《「«])"
)
_ANOTHER = re.compile(
    r"\b(?:the|an?|another)\s(?:[\w-]{1,30}\s){0,4}(?:memorandum|agreement|letter of intent|mou|protocol)\b"
    r"(?!\s?[\"«])",
    re.IGNORECASE,
)


class Titled(NamedTuple):
    """A document's title, and where in its sentence it stands, marks and all."""

    start: int
    end: int
    title: str


def titles_in(sentence: str) -> list[Titled]:
    """Return the titles in a sentence as it stands on the page.

    Those in marks; where there are none, those that capitals or, in Chinese, their last word set off.
    """
    return marked_titles(sentence) or _unmarked(sentence[:_LONGEST])


def leaves_some(sentence: str) -> bool:
    """Return whether a sentence seems to speak of a document besides those that ``titles_in`` finds."""
    rest = sentence[:_LONGEST]
    for found in reversed(titles_in(sentence)):
        rest = f"{rest[: found.start]}«»{rest[found.end :]}"
    other = any(found["title"] is None for found in _MARKED.finditer(rest))
    return other or bool(_ANOTHER.search(bare(rest)) or _unmarked(rest))


def marked_titles(sentence: str) -> list[Titled]:
    """Return the titles in a sentence that stand in quotation or title marks."""
    text = sentence[:_LONGEST]
    found = [found for found in _MARKED.finditer(text) if found["title"] or NAMED.search(found[0])]
    verb = re.search(_SIGN, text)
    # What stands in marks before a Chinese verb is what the signing rests on, as a law, unless none stands after it.
    after = [title for title in found if verb and title.start() > verb.start()]
    return [Titled(*title.span(), folded(title[title.lastgroup or 0])) for title in after or found]


def _unmarked(text: str) -> list[Titled]:
    found = [Titled(*title.span(), folded(title[0])) for title in _IN_CAPITALS.finditer(text)]
    if verb := re.search(_SIGN, text):
        chinese = _IN_CHINESE.finditer(text, verb.start())
        found += [Titled(*title.span("title"), folded(title["title"])) for title in chinese]
    return [titled for titled in found if not _NO_TITLE.fullmatch(titled.title)]
