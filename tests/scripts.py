"""The two scripts of Chinese: which characters of a text belong to the other one."""

# Characters of one script alone, as they are likely to slip into the other.
_TRADITIONAL = "體資訊網絡碼證據進關閉這個為與對實際開發現會議員經濟務區門類號報處應設計劃單從來後過還無條樣點請記錄"
_SIMPLIFIED = "体资讯网络码证据进关闭这个为与对实际开发现会议员经济务区门类号报处应设计划单从来后过还无条样点请记录"
_OF = {"zh-Hant": (_SIMPLIFIED, _TRADITIONAL, "big5hkscs"), "zh-Hans": (_TRADITIONAL, _SIMPLIFIED, "gb2312")}


def strange(text: str, lang: str) -> str:
    """The Chinese characters of a text that its script does not have; signs apart, which stand in both."""
    foreign, own, encoding = _OF[lang]
    other = set(foreign) - set(own)
    letters = [sign for sign in text if "\u4e00" <= sign <= "\u9fff"]
    return "".join(sign for sign in letters if sign in other or not sign.encode(encoding, "ignore"))
