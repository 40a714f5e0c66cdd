"""In which language and script a text is written."""


def is_chinese(text: str) -> bool:
    """Return whether a text is in Chinese: more than a third of its letters."""
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
