"""Which conference a release is of, as its title and first lines name it: with whom Hong Kong meets there.

Each text is one as ``page_text.bare`` leaves it. Patterns are bounded, so that no text takes long.
"""

import re
from collections.abc import Iterable
from functools import reduce

from hkshcc.exchange.releases.rows import Row
from hkshcc.exchange.releases.wording import is_furniture
from hkshcc.language import _
from hkshcc.register.vocabulary import PARTNER
from hkshcc.reports.proposal import NamedConference

_FIRST_LINES = 5  # after the title: who met, where, as what
_LONGEST = 1500  # characters of a line that are looked at

# Beside a stroke or a hyphen any place may stand, ``Hong Kong/Kitetown``; beside a blank only one of these.
_PLACES = (
    "Anhui|Beijing|Chongqing|Fujian|Guangdong|Guangxi|Guangzhou|Guizhou|Hainan|Hubei|Hunan|Jiangsu|Jiangxi|Macao|Macau"
    "|Shaanxi|Shandong|Shanghai|Shenzhen|Sichuan|Tianjin|Yunnan|Zhejiang"
)
_MEETS = r"(?i:conference|meeting|forum|summit|co-?operation)"
_NAMED = re.compile(
    r"(?<![\w/-])(?:"
    rf"(?:Hong Kong|HONG KONG|HKSAR|HK)(?:\s?[/-]\s?(?P<joined>[A-Z][A-Za-z]+)|\s(?:and\s|& )?(?P<beside>{_PLACES}))"
    rf"|(?:(?P<first>[A-Z][A-Za-z]+)[/-]|(?P<before>{_PLACES})\s(?:and\s|& )?)(?:Hong Kong|HONG KONG)"
    rf")(?![\w/-])(?! Affairs)(?=(?P<rest>(?:\s(?:[A-Z][\w-]*|and|on|for|co-?operation)){{0,6}}\s{_MEETS}))"
)
_HAN_PLACES = (
    "安徽|北京|重慶|重庆|福建|廣東|广东|廣西|广西|廣州|广州|貴州|贵州|海南|湖北|湖南|江蘇|江苏|江西|澳門|澳门|陝西|陕西"
    "|山東|山东|上海|深圳|四川|天津|雲南|云南|浙江"
)
_HAN_SHORT = "京滬沪渝粵粤澳閩闽川鄂浙蘇苏湘贛赣桂瓊琼滇陝陕皖魯鲁深穗"
# Three that meet are another matter (粵港澳大灣區), and so is the office that looks after two of them (港澳辦).
_NAMED_HAN = re.compile(
    rf"(?:(?<![粵粤])港(?P<joined>[{_HAN_SHORT}])(?![辦办事])|(?P<first>[{_HAN_SHORT}])港(?![澳珠])"
    rf"|香港(?:特區|特区)?[與与和及、/-]?(?P<beside>{_HAN_PLACES})|(?P<before>{_HAN_PLACES})[與与和及、/-]?香港)"
    r"(?=(?P<rest>[^\s,.、。;:()《》〈〉「」『』]{0,4}?(?:合作(?:[^\s,.、。;:()《》〈〉「」『』]{0,4}?(?:會議|会议))?|會議|会议)))"
)


def conferences_in(text: str) -> list[tuple[str, str]]:
    """Return the conferences that a text names: the place that Hong Kong meets, and the name as it stands."""
    said = text[:_LONGEST]
    found = sorted([*_NAMED.finditer(said), *_NAMED_HAN.finditer(said)], key=re.Match.start)
    return [
        (match["joined"] or match["beside"] or match["first"] or match["before"], match[0] + match["rest"])
        for match in found
    ]


def named_first(title: str, rows: Iterable[Row]) -> NamedConference | None:
    """Return the conference that the title names, else that of the first line to name one."""
    lines = [row.bare for row in rows if not row.rule and not is_furniture(row.bare)]
    for text in (title, *lines[:_FIRST_LINES]):
        if found := conferences_in(text):
            ours = {place.title() in PARTNER for place, _name in found}
            return NamedConference(reduce(_both, dict(found).values()), ours.pop() if len(ours) == 1 else None)
    return None


def _both(first: str, second: str) -> str:
    return _("{first} and {second}", first=first, second=second)
