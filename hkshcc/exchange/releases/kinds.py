"""What sort of commitment a paragraph is, as far as its verbs tell."""

import re
from collections.abc import Mapping

from hkshcc.register.vocabulary import Kind

_VERBS: Mapping[Kind, re.Pattern[str]] = {
    Kind.EXPLORATORY: re.compile(
        r"\b(?:explor\w{1,5}|stud(?:y|ies|ying)|examin\w{1,4}|consider(?:ing)?|look(?:ing)? into|feasibility)\b"
        r"|探討|探讨|研究(?!院|所|開發|开发|機構|机构|中心|基地)|探索|考慮|考虑",
        re.IGNORECASE,
    ),
    Kind.CONTINUING: re.compile(
        r"\b(?:continu(?:e|es|ing) to|continue|keep|maintain|deepen|strengthen|enhance|encourage|foster|facilitate"
        r"|promote|actively|(?:give|lend|make) active|support(?!s?\s(?:the\s)?(?:signing|setting up|establish)))\b"
        r"|繼續|继续|持續|持续|加強|加强|深化|推動|推动|鼓勵|鼓励|支持(?!簽署|签署|簽訂|签订|設立|设立)|促進|促进|保持",
        re.IGNORECASE,
    ),
    Kind.DELIVERABLE: re.compile(
        r"\b(?:sign(?:ing)?|set(?:ting)? up|establish(?:ing|ment)?|launch(?:ing)?|open(?:ing)?|organi[sz]e|host|hold"
        r"|publish|complete|introduce|build|conclude|implement|formulate|stage)\b"
        r"|簽署|签署|簽訂|签订|成立|設立|设立|建立|舉辦|举办|推出|開設|开设|完成|落實|落实|制訂|制定|出版",
        re.IGNORECASE,
    ),
}


def kind_of(text: str) -> Kind:
    """Suggest what sort of commitment a paragraph is, from the first verb that tells; ``continue`` goes before all."""
    first = text[:300]
    places = {kind: found.start() for kind, verbs in _VERBS.items() if (found := verbs.search(first))}
    return min(places, key=lambda kind: places[kind]) if places else Kind.DELIVERABLE
