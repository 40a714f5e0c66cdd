"""What the words of a release tell: counts, days, kinds of commitment, subjects, and what is no commitment at all.

Each function takes a text as ``page_text.bare`` leaves it. Patterns are bounded, so that no text takes long.
"""

import re
from collections.abc import Mapping
from contextlib import suppress

from hkshcc.errors import UsageError
from hkshcc.exchange.sentences import quotations
from hkshcc.register.dates import Day, read_day
from hkshcc.register.words import Kind

# Numbers

_ENGLISH = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()  # noqa: SIM905
)
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
_DIGITS = {
    sign: value
    for value, signs in enumerate(("〇○◯零0", "一", "二兩两", "三", "四", "五", "六", "七", "八", "九"))
    for sign in signs
}
_WORD = rf"(?:(?:{'|'.join(_TENS)})-[a-z]+|{'|'.join(sorted([*_ENGLISH, *_TENS], key=len, reverse=True))})"
_HAN = "[〇○◯零0一二兩两三四五六七八九十百]{1,6}"


def number(word: str) -> int | None:
    """Read a number in digits, in English words up to 59 or in Chinese numerals; None where it is none."""
    word = word.strip().casefold()
    if word.isdecimal() and word.isascii():
        return int(word) if len(word) <= 4 else None
    if word in _ENGLISH:
        return _ENGLISH.index(word)
    tens, _, ones = word.partition("-")
    if tens in _TENS:
        return _TENS[tens] + (_ENGLISH.index(ones) if ones in _ENGLISH[1:10] else 0)
    return _chinese(word)


def _chinese(word: str) -> int | None:
    if not word or any(sign not in _DIGITS and sign not in "十百" for sign in word):
        return None
    if not set(word) & {"十", "百"}:
        return int("".join(str(_DIGITS[sign]) for sign in word))
    total = current = 0
    for sign in word:
        if sign in _DIGITS:
            current = _DIGITS[sign]
        else:
            total += (current or 1) * (10 if sign == "十" else 100)
            current = 0
    return total + current


_AREAS_EN = r"(?:areas?|fields?|aspects?|domains?|sectors?|categories|category|topics?|fronts?)"
_AREAS_ZH = r"(?:合作)?(?:範疇|范畴|領域|领域|方面|範圍|范围|專題|专题)"
_COUNT = re.compile(
    rf"\b(?P<en>\d{{1,3}}|{_WORD})\s+(?:[a-z][a-z-]{{0,20}}\s+){{0,3}}{_AREAS_EN}\b"
    rf"|(?P<zh>\d{{1,3}}|{_HAN})\s?(?:個|个|大|項|项|多個|多个)?\s?(?:主要|重點|重点|合作)?{_AREAS_ZH}",
    re.IGNORECASE,
)


def areas_counted(text: str) -> int | None:
    """Return how many areas a text says there are, else None: ``13 co-operation areas``, ``十三個範疇``."""
    for found in _COUNT.finditer(text):
        counted = number(found["en"] or found["zh"])
        if counted and counted > 1:
            return counted
    return None


_DOCUMENTS = re.compile(
    rf"\b(?P<en>\d{{1,3}}|{_WORD})\s+(?:[a-z][a-z-]{{0,20}}\s+){{0,3}}(?:agreements|documents|memoranda"
    rf"|memorandums|mous|letters of intent|protocols|arrangements)\b"
    rf"|(?P<zh>\d{{1,3}}|{_HAN})\s?(?:份|項|项|個|个)[^\W\d_]{{0,6}}?(?:協議|协议|文件|備忘錄|备忘录|協定|协定|意向書|意向书)",
    re.IGNORECASE,
)
_ONE_AFTER_ANOTHER = {"and", ",", ", and", "及", "和", "以及", "、"}


def documents_counted(text: str) -> tuple[int, int] | None:
    """Return how many documents a text says there are, and where it says so: ``three memoranda and two agreements``."""
    total, end = 0, 0
    for found in _DOCUMENTS.finditer(text):
        if total and text[end : found.start()].strip() not in _ONE_AFTER_ANOTHER:
            break
        total, end = total + (number(found["en"] or found["zh"]) or 0), found.end()
    return (total, end) if total else None


_PLENARY = re.compile(
    rf"\b(?P<digits>\d{{1,2}})(?:st|nd|rd|th)\s+(?:plenary|session|meeting)\b"
    rf"|\b(?P<word>{'|'.join(_ORDINALS)})\s+(?:plenary|session|meeting)\b"
    rf"|第\s?(?P<han>\d{{1,2}}|{_HAN})\s?次[^\W\d_]{{0,8}}?(?:會議|会议)",
    re.IGNORECASE,
)


def plenary_named(text: str) -> int | None:
    """Return the number of the plenary that a text names, else None."""
    found = _PLENARY.search(text)
    if found is None:
        return None
    if found["word"]:
        return _ORDINALS.index(found["word"].casefold()) + 1
    return number(found["digits"] or found["han"])


# Days

MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_HAN_DATE = re.compile(rf"({_HAN}|\d{{4}})年(?:({_HAN}|\d{{1,2}})月)?(?:({_HAN}|\d{{1,2}})[日號号])?")
_FULL_DAY = re.compile(
    rf"\b(?P<m>{MONTH})\s(?P<d>\d{{1,2}}),?\s(?P<y>(?:19|20|21)\d\d)\b"
    rf"|\b(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s(?P<m2>{MONTH}),?\s(?P<y2>(?:19|20|21)\d\d)\b"
    r"|(?P<han>(?:19|20|21)\d\d年\d{1,2}月\d{1,2}[日號号])"
    r"|\b(?P<iso>(?:19|20|21)\d\d-\d\d-\d\d)\b",
    re.IGNORECASE,
)
_DAY_OF_MONTH = re.compile(
    rf"\b(?:today|yesterday)\s?\(\s?(?:(?P<m>{MONTH})\s(?P<d>\d{{1,2}})|(?P<d2>\d{{1,2}})\s(?P<m2>{MONTH}))\s?\)"
    rf"|今[天日]\s?\(\s?(?P<hm>\d{{1,2}}|{_HAN})月(?P<hd>\d{{1,2}}|{_HAN})[日號号]?\s?\)",
    re.IGNORECASE,
)
_ANY_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


def in_digits(text: str) -> str:
    """Return the text with years, months and days in Chinese numerals written in digits: ``2021年8月30日``."""
    if "年" not in text:
        return text

    def digits(found: re.Match[str]) -> str:
        year, month, day = (number(part) if part else None for part in found.groups())
        if year is None or not 1900 <= year < 2200:
            return found[0]
        said = f"{year}年" + (f"{month}月" if month else "")
        return said + (f"{day}日" if day else "")

    return _HAN_DATE.sub(digits, text)


def full_day(text: str) -> str | None:
    """Return the first whole day that a text names (ISO), else None."""
    for found in _FULL_DAY.finditer(in_digits(text)):
        said = found["han"] or found["iso"]
        if not said:
            said = f"{found['d'] or found['d2']} {found['m'] or found['m2']} {found['y'] or found['y2']}"
        with suppress(UsageError):
            return read_day(said, "").on
    return None


def day_without_year(text: str, year: int) -> str | None:
    """Return the day of ``today (August 30)`` or ``今日（八月三十日）`` in a year, else None."""
    found = _DAY_OF_MONTH.search(text)
    if found is None:
        return None
    if found["hm"]:
        said = f"{year}年{number(found['hm'])}月{number(found['hd'])}日"
    else:
        said = f"{found['d'] or found['d2']} {found['m'] or found['m2']} {year}"
    with suppress(UsageError):
        return read_day(said, "").on
    return None


def any_year(text: str) -> int | None:
    """Return the first year of this century that a text names, else None."""
    found = _ANY_YEAR.search(text)
    return int(found[1]) if found else None


_TARGET = re.compile(
    rf"\b(?:by|before|in|within|until|no later than|during|on)\s(?:the\s)?(?P<en>(?:end\s(?:of\s)?)?(?:\d{{1,2}}\s)?"
    rf"(?:(?:{MONTH}|Q[1-4]),?\s)?(?P<year>20\d\d|this year|next year))\b"
    rf"|\b(?:by|before|in|on)\s(?P<mdy>{MONTH}\s\d{{1,2}},\s20\d\d)\b"
    r"|(?P<zh>(?:20\d\d|今|明)年(?:第[1-4一二三四]季度?|\d{1,2}月(?:\d{1,2}[日號号])?)?[底末]?)(?=或?[之以]?前|內"
    r"|内|舉|举|在|完|落|推|啟|启|開|开|設|设|於|于)",
    re.IGNORECASE,
)

# Parts of a year are said as the month or quarter that they end with: a period counts as its last day.
_ENDS_WITH = {
    "first half": "June", "mid": "June", "middle": "June", "second half": "December",
    "first quarter": "Q1", "second quarter": "Q2", "third quarter": "Q3", "fourth quarter": "Q4", "end-": "end",
}  # fmt: skip
_PART = re.compile(
    r"\b(?:(?P<part>(?:first|second) half|(?:first|second|third|fourth) quarter|middle)\s(?:of\s)?|(?P<mid>mid)[\s-])"
    r"(?=20\d\d\b|this year|next year)|\b(?P<end>end-)(?=20\d\d\b|[A-Z])",
    re.IGNORECASE,
)
_PART_HAN = re.compile(r"年(?:(?P<first>上半年|年中|中(?=[前,]))|(?P<second>下半年)|年(?=[底末]))")


def _in_months(text: str) -> str:
    """Return the text with parts of a year written as the month they end with: ``by mid-2028`` is ``by June 2028``."""
    text = re.sub(r"\bend of the year\b(?! \d)", "end of this year", text, flags=re.IGNORECASE)
    text = re.sub(r"(?<![\d今明後后每去年])年底", "今年底", text)
    text = _PART.sub(lambda part: _ENDS_WITH[part[part.lastgroup or 0].casefold()] + " ", text)
    return _PART_HAN.sub(lambda part: "年" + ("6月" if part["first"] else "12月" if part["second"] else ""), text)


def target_in(text: str, held: str | None) -> Day | None:
    """Return the first day that a text promises something for; none that lies before the release's own."""
    for found in _TARGET.finditer(_in_months(in_digits(text))):
        said = found["en"] or found["mdy"] or found["zh"]
        if found["mdy"]:
            month, day, year = said.replace(",", "").split()
            said = f"{day} {month} {year}"
        for word, later in (("this year", 0), ("next year", 1), ("今年", 0), ("明年", 1)):
            if word in said.casefold():
                if held is None:
                    break
                year = f"{int(held[:4]) + later}" + ("年" if word.endswith("年") else "")
                said = re.sub(word, year, said, flags=re.IGNORECASE)
        with suppress(UsageError):
            day_said = read_day(said.replace("號", "日").replace("号", "日"), "")
            if held is None or day_said.on >= held:
                return day_said
    return None


# Kinds

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


# What a line is

_INTRO = re.compile(
    rf"\b(?:following|below)\b.{{0,80}}\b(?:{_AREAS_EN}|items|measures|initiatives|priorities|consensus)\b"
    rf"|\b{_AREAS_EN}\b.{{0,80}}\b(?:as follows|following|below|include|including|are|namely)\b"
    rf"|\b{_AREAS_EN}\s?:$|\b(?:agreed|consensus)\b.{{0,120}}:$"
    rf"|(?:以下|下列|如下).{{0,40}}|{_AREAS_ZH}.{{0,40}}(?:包括|如下|[::]$)|(?:共識|共识|同意|達成|达成).{{0,40}}[::]$",
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


def is_forward(text: str) -> bool:
    """Say whether a text promises something."""
    return bool(_FORWARD.search(text) or _DIRECTIVE.search(text))


def is_progress(text: str) -> bool:
    """Say whether a text only tells what has happened."""
    return bool(_HAPPENED.search(text)) and not is_forward(text)


def looks_back(sentence: str) -> bool:
    """Say whether a sentence tells what has happened, though it may use words that promises use: ``促進了``."""
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
    # A button, and not «Share kites.» or «Search and Rescue».
    r"|(?:email|share|back|menu|search)(?: (?:this|to|on|by|page|print)\b[^.]{0,30})?$|font size"
    r"|(?:列印|打印|分享|搜尋|搜索)(?:[本此這这]?[頁页]|[到至][^。]{0,20})?$|字型|字体)",
    re.IGNORECASE,
)
_ASIDES = {
    "a photo's caption": re.compile(
        r"^(?:photos?|pictures?|captions?|video)\b.{0,30}(?:shows?|:|\(|\d)|^[△▲▼▽]|^(?:圖|图)(?:示|片|\d|一|二"
        r"|三|左|右|:)|"
        r"^\(?(?:left|right|front row|from left)\b|^(?:相片|照片)",
        re.IGNORECASE,
    ),
    "an annex's label": re.compile(
        r"^[\[(]?(?:annex|appendix|attachment|enclosure)(?:es)?\b.{0,60}$|^(?:附件|附錄|附录)", re.IGNORECASE
    ),
    "a list of those present": re.compile(
        r"\battended by\b|\battending the (?:meeting|session|plenary|conference)\b|\balso (?:attended|attending"
        r"|present)\b"
        r"|\bwere present\b|\battendees\b|\b(?:officials|members|delegates|participants"
        r"|delegation)\b.{0,80}\b(?:attend|includ)\w{2,3}\b"
        r"|^(?:mr|mrs|ms|dr|professor|prof) [A-Z][^.:]{0,60}$"
        r"|出席(?:是次|今次|今日|本次|上述)?(?:會議|会议|者|人士|的|官員|官员)|(?:與會|与会)(?:者|官|人|的)"
        r"|代表團成員|代表团成员|陪同出席",
        re.IGNORECASE,
    ),
    "a quotation": re.compile(
        r"\b(?:said|added|remarked|stressed|pointed out|noted that|told|continued)\b.{0,60}[\"“]"
        r"|^(?:he|she|mr|mrs|ms|dr|the (?:chief executive|mayor|secretary))\b.{0,120}\b(?:said|added|remarked"
        r"|stressed|noted"
        r"|pointed out|thanked|expressed)\b"
        r"|[\"”],? (?:he|she|mr|mrs|ms|the \w{3,20}) .{0,40}\b(?:said|added)\b"
        r"|(?:表示|指出|說|说|強調|强调|致辭時|致辞时|認為|认为)\s?[,:,:]?\s?[「『“\"]"
        r"|^.{0,25}(?:表示|指出|強調|强调)[,:,:]",
        re.IGNORECASE,
    ),
    "the end of the meeting": re.compile(
        r"\bnext (?:plenary )?(?:session|meeting|plenary)\b.{0,60}\b(?:held|take place|convened|hosted)\b"
        r"|\bco-chaired (?:by )?\b|下(?:一)?次(?:全體|全体)?(?:會議|会议)",
        re.IGNORECASE,
    ),
}
LABELS = ("a photo's caption", "an annex's label")  # what a line is even where it begins as a promise does


def is_furniture(text: str) -> bool:
    """Say whether a line belongs to the page rather than to the release."""
    return len(text) < 120 and bool(_FURNITURE.search(text))


def aside(text: str) -> str | None:
    """Return what a text is that stands among commitments and is none, else None."""
    said = text[:600]
    if _is_all_quoted(text):
        return "a quotation"
    labels = LABELS if begins_a_promise(said) else _ASIDES
    return next((what for what in labels if _ASIDES[what].search(said)), None)


def _is_all_quoted(text: str) -> bool:
    """Say whether a text begins with a quotation mark and what it opens goes on to the end: somebody speaks on."""
    first = next(iter(quotations(text)), (1, 0))
    return first[0] == 0 and first[1] >= len(text) - 2


# Headings

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
_CATCH_ALL = re.compile(
    r"\b(?:other|others|miscellaneous|further)\b.{0,30}(?:areas?|co-?operation|fields?|matters|aspects|$)|^其他"
    r"|^其它|^另外",
    re.IGNORECASE,
)


def is_other_heading(text: str) -> bool:
    """Say whether a heading opens something else than an area of co-operation."""
    return bool(_OTHER_HEADING.search(text[:200]))


def is_catch_all(text: str) -> bool:
    """Say whether a heading gathers several areas: ``Other Co-operation Areas``."""
    return bool(_CATCH_ALL.search(text[:200]))


def could_be_heading(text: str, *, set_off: bool) -> bool:
    """Say whether a line reads as a heading. ``set_off``: its layout says so already."""
    said = text.rstrip(":：").rstrip()
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
    titled = sum(word[:1].isupper() for word in words) / len(words)
    if re.search(r"\b(?:will|would|shall|said|agreed|signed|was|were)\b", said):
        return False
    return said[0].isupper() and (titled >= 0.5 or (len(words) <= 14 and not _DIRECTIVE.match(said)))


def is_chinese(text: str) -> bool:
    """Say whether a text is in Chinese: more than a third of its letters."""
    said = text[:2000]
    letters = [sign for sign in said if sign.isalpha()]
    return sum(sign > "\u2e80" for sign in letters) * 3 > len(letters)


_HANT = frozenset("兩個會議與經濟發展國際機構開關進產業務區創業師學術東廣場動勞頭當體處時為從點無來對過強續鼓勵範疇")
_HANS = (
    frozenset("两个会议与经济发展国际机构开关进产业务区创业师学术东广场动劳头当体处时为从点无来对过强续鼓励范畴")
    - _HANT
)


def language_of(text: str) -> str:
    """Return ``en``, ``zh-Hant`` or ``zh-Hans``."""
    if not is_chinese(text):
        return "en"
    said = text[:20000]
    return (
        "zh-Hans"
        if sum(sign in _HANS for sign in said) > sum(sign in _HANT - set("鼓") for sign in said)
        else "zh-Hant"
    )
