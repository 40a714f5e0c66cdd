"""What the words of a line tell: a promise, what has been done, an announcement, or no commitment at all.

Each function takes a text as ``page_text.bare`` leaves it. Patterns are bounded, so that no text takes long.
"""

import re

from hkshcc.exchange.releases.counts import AREAS_EN, AREAS_ZH, areas_counted
from hkshcc.exchange.releases.sentences import quotations
from hkshcc.language import N_

_INTRO = re.compile(
    rf"\b(?:following|below)\b.{{0,80}}\b(?:{AREAS_EN}|items|measures|initiatives|priorities|consensus)\b"
    rf"|\b{AREAS_EN}\b.{{0,80}}\b(?:as follows|following|below|include|including|are|namely)\b"
    rf"|\b{AREAS_EN}\s?:$|\b(?:agreed|consensus)\b.{{0,120}}:$"
    rf"|(?:以下|下列|如下).{{0,40}}|{AREAS_ZH}.{{0,40}}(?:包括|如下|[::]$)|(?:共識|共识|同意|達成|达成).{{0,40}}[::]$",
    re.IGNORECASE,
)
_AGREED = re.compile(r"\b(?:agree[ds]?|consensus|agreement)\b|共識|共识|同意|達成|达成|議定|议定", re.IGNORECASE)
_TOLD = re.compile(
    r"\bprogress\b|\bachievements?\b|\bsince the\b|\bpast (?:year|two|three|few)\b|\b(?:has|have) been\b"
    r"|進展|进展|成果|回顧|回顾|以來|以来|過去|过去",
    re.IGNORECASE,
)
_FORWARD = re.compile(
    r"\b(?:will|would|shall|continues? to|to be (?:held|signed|set)|plans? to|agreed to)\b"
    r"|將會?|将会?|繼續|继续"
    r"|(?:推動|推动|加強|加强|鼓勵|鼓励|支持|探討|探讨|深化|促進|促进|落實|落实|爭取|争取)(?!了)",
    re.IGNORECASE,
)
_DIRECTIVE = re.compile(
    r"(?:^|[.;] )(?:(?:actively|thoroughly|jointly|further|proactively|meanwhile, |also |both (?:sides"
    r"|places) )\s?){0,2}"
    r"(?:accelerate|adopt|advance|arrange|assist|build|carry|collaborate|commence|complete|conclude|conduct"
    r"|connect|consider"
    r"|consolidate|continue|co-operate|cooperate|co-organise|create|deepen|design|develop|discuss|draw"
    r"|encourage|engage|enhance"
    r"|enrich|establish|examine|exchange|expand|expedite|explore|extend|facilitate|formulate|forge|foster|give"
    r"|help|hold|host"
    r"|implement|improve|increase|introduce|invite|join|launch|leverage|maintain|make|open|organi[sz]e|press"
    r"|prepare|promote"
    r"|provide|publish|pursue|push|raise|regulari[sz]e|review|run|seek|set|share|sign|stage|start|step"
    r"|strengthen|strive|study"
    r"|support|take|train|upgrade|urge|use|work)\b",
    re.IGNORECASE,
)
_HAPPENED = re.compile(
    r"^(?:since|over the past|in the past|during the past|last year|after the last|progress)\b"
    r"|\b(?:was|were|has|have|had)\b"
    r"|(?:自.{0,30}以[來来])|過去|过去|已經|已经|已於|已于|取得|順利|顺利|(?<!為)(?<!为)了(?![解結结])",
    re.IGNORECASE,
)
_LOOKS_BACK = re.compile(
    r"^(?:since|over the past|in the past|during the past|last year|after the last|progress)\b"
    r"|^(?:自.{0,30}以[來来]|過去|过去|去年|上次|進展|进展)",
    re.IGNORECASE,
)
_STILL_TO_COME = re.compile(
    r"\b(?:will|would|shall|continues? to|plans? to|agreed to)\b|將|将|繼續|继续", re.IGNORECASE
)


_DIRECTIVE_HAN = re.compile(
    "^(?:雙方|双方|兩地|两地|滬港|沪港)?(?:政府)?(?:將會|将会|將|将|會|会)?(?:進一步|进一步|共同|積極|积极|全面|不斷|不断|大力)?"
    "(?:繼續|继续|推動|推动|支持|鼓勵|鼓励|加強|加强|深化|探討|探讨|探索|研究|促進|促进|落實|落实|邀請|邀请|拓展|建立|設立|设立"
    "|簽署|签署|簽訂|签订|舉辦|举办|擴大|扩大|提升|完善|優化|优化|開展|开展|協助|协助|爭取|争取|發揮|发挥|便利|加快|推進|推进|合辦|合办)(?!了)"
)


def begins_a_promise(text: str) -> str:
    """Return the words with which a text begins to promise something, as ``雙方將簽署``; none where it does not."""
    found = _DIRECTIVE.match(text) or _DIRECTIVE_HAN.match(text)
    return found[0] if found else ""


def intro_weight(text: str) -> int:
    """Return how surely a text announces the areas agreed on; 0 or less where it does not."""
    if not _INTRO.search(text[:1200]):
        return 0
    said = text[:1200]
    weight = 1 + 3 * bool(_AGREED.search(said)) + 2 * bool(areas_counted(said)) + 2 * said.endswith((":", "："))
    return weight - 4 * bool(_TOLD.search(said)) - 3 * (aside(said) is not None)


def tells_agreement(text: str) -> bool:
    """Return whether a text tells of an agreement."""
    return bool(_AGREED.search(text))


def is_forward(text: str) -> bool:
    """Return whether a text promises something."""
    return bool(_FORWARD.search(text) or _DIRECTIVE.search(text))


def is_progress(text: str) -> bool:
    """Return whether a text only tells what has happened."""
    return bool(_HAPPENED.search(text)) and not is_forward(text)


def looks_back(sentence: str) -> bool:
    """Return whether a sentence tells what has happened, though it may use words that promises use: ``促進了``."""
    return is_progress(sentence) or bool(_LOOKS_BACK.match(sentence) and not _STILL_TO_COME.search(sentence))


END = re.compile(
    r"^(?:ends?\s?/|\(ends\)|ends$|-\s?ends?\s?-|issued at hkt|完\s?/|完$|\(?完\)?\s?[/／]|香港時間\s?\d|（完）"
    r"|\(完\))",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"^(?:go to (?:main )?content|skip to|print this page|site map|contact us|brand hong kong|govhk|news\.gov"
    r"|today'?s press releases|press releases?$|archives?$|home$|print$|english$|important notices?|privacy policy"
    r"|last revision|text only|繁體|繁体|简体|簡體|nnnn$|跳至|跳到|新聞公報$|新闻公报$|今日新聞|今日新闻|主頁|主页"
    r"|video$|photo$|photos?/video|rss|©|\(c\) ?\d{4}|copyright|\d{4} ?©"
    r"|traditional chinese\b|simplified chinese\b|jump to the|border image$|press here to|default font"
    r"|简体版|簡體版|繁體版|繁体版|英文版|責任編輯|责任编辑|發布時間|发布时间"
    # A button, and not «Share kites.» or «Search and Rescue».
    r"|(?:email|share|back|menu|search)(?: (?:this|to|on|by|page|print)\b[^.]{0,30})?$|font size"
    r"|(?:列印|打印|分享|搜尋|搜索)(?:[本此這这]?[頁页]|[到至][^。]{0,20})?$|字型|字体)",
    re.IGNORECASE,
)
A_QUOTATION = N_("a quotation")
_CAPTION, _ANNEX = N_("a photo's caption"), N_("an annex's label")
_ASIDES = {
    _CAPTION: re.compile(
        r"^(?:photos?|pictures?|captions?|video)\b.{0,30}(?:shows?|:|\(|\d)|^[△▲▼▽]|^(?:圖|图)(?:示|片|\d|一|二"
        r"|三|左|右|:)|"
        r"^\(?(?:left|right|front row|from left)\b|^(?:相片|照片)",
        re.IGNORECASE,
    ),
    _ANNEX: re.compile(
        r"^[\[(]?(?:annex|appendix|attachment|enclosure)(?:es)?\b.{0,60}$|^(?:附件|附錄|附录)", re.IGNORECASE
    ),
    N_("a list of those present"): re.compile(
        r"\battended by\b|\battending the (?:meeting|session|plenary|conference)\b|\balso (?:attended|attending"
        r"|present)\b"
        r"|\bwere present\b|\battendees\b|\b(?:officials|members|delegates|participants"
        r"|delegation)\b.{0,80}\b(?:attend|includ)\w{2,3}\b"
        r"|^(?:mr|mrs|ms|dr|professor|prof) [A-Z][^.:]{0,60}$"
        r"|出席(?:是次|今次|今日|本次|上述)?(?:會議|会议|者|人士|的|官員|官员)|(?:與會|与会)(?:者|官|人|的)"
        r"|代表團成員|代表团成员|陪同出席",
        re.IGNORECASE,
    ),
    A_QUOTATION: re.compile(
        r"\b(?:said|added|remarked|stressed|pointed out|noted that|told|continued)\b.{0,60}[\"“]"
        r"|^(?:he|she|mr|mrs|ms|dr|the (?:chief executive|mayor|secretary))\b.{0,120}\b(?:said|added|remarked"
        r"|stressed|noted"
        r"|pointed out|thanked|expressed)\b"
        r"|[\"”],? (?:he|she|mr|mrs|ms|the \w{3,20}) .{0,40}\b(?:said|added)\b"
        r"|(?:表示|指出|說|说|強調|强调|致辭時|致辞时|認為|认为)\s?[,:,:]?\s?[「『“\"]"
        r"|^.{0,25}(?:表示|指出|強調|强调)[,:,:]",
        re.IGNORECASE,
    ),
    N_("the end of the meeting"): re.compile(
        r"\bnext (?:plenary )?(?:session|meeting|plenary)\b.{0,60}\b(?:held|take place|convened|hosted)\b"
        r"|\bco-chaired (?:by )?\b|下(?:一)?次(?:全體|全体)?(?:會議|会议)",
        re.IGNORECASE,
    ),
}
LABELS = (_CAPTION, _ANNEX)  # what a line is even where it begins as a promise does


def is_furniture(text: str) -> bool:
    """Return whether a line belongs to the page rather than to the release."""
    return len(text) < 120 and bool(_FURNITURE.search(text))


def aside(text: str) -> str | None:
    """Return what a text is that stands among commitments and is none, else None; marked, not yet translated."""
    said = text[:600]
    if _is_all_quoted(text):
        return A_QUOTATION
    labels = LABELS if begins_a_promise(said) else _ASIDES
    return next((what for what in labels if _ASIDES[what].search(said)), None)


def _is_all_quoted(text: str) -> bool:
    """Return whether a text is one quotation, and what is quoted more than a name: somebody speaks on."""
    start, end = next(iter(quotations(text)), (1, 0))
    whole = start == 0 and not any(sign.isalnum() for sign in text[end:])
    return whole and (is_forward(text) or bool(re.search(r"[.,;:!?。…]", text)))
