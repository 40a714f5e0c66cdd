"""What a text is about, as far as words tell: the subjects that co-operation between two cities has.

Each function takes a text as ``page_text.bare`` leaves it.
"""

import re
from collections.abc import Mapping

# For each: its slug, its name in three scripts, and the words it is known by, English and Chinese.
_TABLE = (
    (
        "market",
        ("Commerce and Trade", "商貿", "商贸"),
        r"trade|trading|expo|import|export|enterprises?|belt and road|market",
        "商貿|商贸|內銷|内销|一帶一路|一带一路|進博|进博|貿易|贸易",
    ),
    (
        "culture",
        ("Culture and Creative Industries", "文化及創意產業", "文化及创意产业"),
        r"cultur\w{1,5}|arts?|museums?|opera|film|design|orchestra|performances?|creative",
        "文化|藝術|艺术|博物館|博物馆|創意|创意|電影|电影",
    ),
    (
        "technology",
        ("Innovation and Technology", "創新及科技", "创新及科技"),
        r"technolog\w{1,5}|innovation|innovative|scien\w{2,6}|research|laborator\w{1,3}|i&t",
        "科技|創科|创科|創新|创新|科研|科學|科学",
    ),
    (
        "finance",
        ("Finance", "金融", "金融"),
        r"financ\w{1,5}|bank\w{0,4}|stock|bond|securities|insurance|monetary|capital market",
        "金融|證券|证券|銀行|银行|保險|保险|股票|債券|债券",
    ),
    (
        "education",
        ("Education", "教育", "教育"),
        r"educat\w{2,5}|schools?|universit\w{1,3}|students?|teachers?|sister schools?|civil servants?|talents?",
        "教育|學校|学校|大學|大学|學生|学生|人才|公務員|公务员",
    ),
    (
        "legal",
        ("Legal Services", "法律", "法律"),
        r"legal|law|lawyers?|arbitrat\w{1,4}|mediation|dispute",
        "法律|仲裁|調解|调解|律師|律师|爭議|争议",
    ),
    (
        "health",
        ("Healthcare", "醫療衞生", "医疗卫生"),
        r"health\w{0,4}|hospitals?|medic\w{2,5}|clinical|drugs?|patients?",
        "醫療|医疗|醫院|医院|衞生|衛生|卫生|中醫|中医|藥品|药品",
    ),
    (
        "youth",
        ("Youth Development", "青年發展", "青年发展"),
        r"youths?|young people|internships?|start-ups?",
        "青年|青少年|實習|实习",
    ),
    (
        "transport",
        ("Transport and Logistics", "航空航運和物流", "航空航运和物流"),
        r"aviation|maritime|shipping|logistics|airports?|ports?|transport",
        "航空|航運|航运|物流|機場|机场|港口|運輸|运输",
    ),
    (
        "urban",
        ("Urban Planning and Environmental Protection", "城市規劃和環境保護", "城市规划和环境保护"),
        r"urban|planning|environment\w{0,5}|housing|carbon|green buildings?",
        "規劃|规划|環境|环境|環保|环保|建築|建筑|低碳",
    ),
    (
        "sport",
        ("Sports", "體育", "体育"),
        r"sports?|sporting|athlet\w{1,4}|football|games",
        "體育|体育|運動|运动|賽事|赛事",
    ),
    (
        "tourism",
        ("Tourism", "旅遊", "旅游"),
        r"tourism|tourists?|cruise|travel",
        "旅遊|旅游|郵輪|邮轮",
    ),
    (
        "welfare",
        ("Social Welfare", "社會福利", "社会福利"),
        r"welfare|elderly|rehabilitation|social services?|poverty",
        "福利|安老|養老|养老|社工",
    ),
)
SUBJECTS: Mapping[str, tuple[Mapping[str, str], re.Pattern[str]]] = {
    slug: (
        dict(zip(("en", "zh-Hant", "zh-Hans"), names, strict=True)),
        re.compile(rf"\b(?:{english})\b|{chinese}", re.IGNORECASE),
    )
    for slug, names, english, chinese in _TABLE
}


def subjects(text: str) -> dict[str, int]:
    """Return how often a text speaks of each subject it knows."""
    said = text[:4000]
    return {slug: count for slug, (_, pattern) in SUBJECTS.items() if (count := len(pattern.findall(said)))}


def name_of(slug: str, lang: str) -> str:
    """Return what a subject is called in a language."""
    return SUBJECTS[slug][0][lang]


# What any text on such a conference has, and which therefore tells nothing: beginnings of words, and pairs of signs.
_ANYWHERE = frozenset(
    "shangh places support promot contin encour cooper operat develo exchan conduc streng enhanc facili between both"  # noqa: SIM905  words read better so
    " sides cities further other would through joint jointl relate variou includ explor establ organi program measur"
    " areas under which their these those there about service servic hong kong".split()
)
_ANYWHERE_HAN = frozenset(
    "滬港 沪港 香港 上海 兩地 两地 合作 加強 加强 推動 推动 支持 鼓勵 鼓励 繼續 继续 交流"  # noqa: SIM905
    " 發展 发展 雙方 双方 促進 促进 深化 探討 探讨".split()
)


def only_subject(name: str) -> str | None:
    """Return the one subject that a name is about, None where it speaks of several or of something else besides."""
    found = list(subjects(name))
    return found[0] if len(found) == 1 and not stems(SUBJECTS[found[0]][1].sub(" ", name[:4000])) else None


def stems(text: str) -> frozenset[str]:
    """Return what a text's words have in common with others on the same subject: beginnings, or pairs of signs."""
    said = text[:4000].casefold()
    words = {word[:6] for word in re.findall(r"[a-z]{4,30}", said)}
    runs = re.findall("[\u4e00-\u9fff]{2,60}", said)
    pairs = {run[at : at + 2] for run in runs for at in range(len(run) - 1)}
    return frozenset((words - _ANYWHERE) | (pairs - _ANYWHERE_HAN))
