"""Invented releases, in the shapes that real ones have. Nothing in them was ever agreed."""

from hkshcc.exchange.releases.page_text import page_of
from hkshcc.exchange.releases.propose import proposal_of
from hkshcc.exchange.releases.release import read_release
from hkshcc.register.index import Register
from hkshcc.register.model import Entry
from hkshcc.reports.proposal import Proposal

ENGLISH = """Go to main content
Invented News
9th Plenary Session of the Hong Kong/Shanghai Kite Conference (with photos)
***************************************************************************

\xa0 \xa0 Ms Ada Invented and Mr Bo Invented co-chaired the session today (March 1).

\xa0 \xa0 Ms Invented said, "We will fly more kites. We will continue to support noodles and we will explore soup."

\xa0 \xa0 The two places reached consensus on the following four co-operation areas:

Kite Flying
-----------
\xa0 \xa0 Continue to promote kites of paper between the two invented places.
\xa0 \xa0 The Invented Kite Office will sign a memorandum on wind with the Invented Wind Bureau by the end of 2031.

Noodle Kitchens
\u2014\u2014\u2014\u2014\u2014\u2014
\xa0 \xa0 Explore noodles of a common length.

Soup and Ladles
---------------
\xa0 \xa0 Set up a joint ladle works in June 2031.

Other Co-operation Areas
------------------------
\xa0 \xa0 Both sides will continue to pursue co\u2011operation in spoons.

Signing Ceremony
----------------
\xa0 \xa0 Ms Invented and Mr Invented signed the "Memorandum on Invented Kites". Two agreements were signed:

\xa0 \xa0 \u2022 "Agreement on Noodles"; and
\xa0 \xa0 \u2022 "Letter of Intent on 'Soup' and Ladles".

\xa0 \xa0 Members of the delegation attending the session included the Secretary for Kites, who will continue to fly.

Annex 1
Photo 1 shows the kites, which will be flown again.

Ends/Thursday, March 1, 2029
Issued at HKT 19:22
NNNN
Today's Press Releases
"""

HANT = """跳至主要內容
虛構滬港風箏會議第九次會議（附圖）
＊＊＊＊＊＊＊＊＊＊＊＊
　　虛構行政長官與虛構市長今日（三月一日）共同主持第九次會議。
　　虛構行政長官表示：「我們將繼續支持風箏，亦會探討湯。」
　　雙方就以下四個合作範疇達成共識：
（一）風箏
　　繼續推動兩地紙風箏交流。
　　探討合辦風箏論壇。
（二）麵條
　　簽署麵條合作備忘錄，並於二零三一年六月前完成。
（三）湯
　　鼓勵兩地湯匙業界加強合作。
（四）其他合作範疇
　　雙方將繼續在匙羹方面合作。
簽署儀式
　　會上雙方簽署了《虛構風箏合作備忘錄》，另外亦簽署了兩份合作協議：
　　• 「麵條合作協議」；及
　　• 「湯匙合作意向書」。
　　出席會議的官員包括虛構風箏局局長。
附件一
完／2029年3月1日（星期四）
香港時間19時22分
"""

HANS = """跳至主要内容
虚构沪港风筝会议第九次会议（附图）
＊＊＊＊＊＊＊＊＊＊＊＊
　　虚构行政长官与虚构市长今日（三月一日）共同主持第九次会议。
　　虚构行政长官表示：「我們将继续支持风筝，亦会探讨湯。」
　　双方就以下四个合作范畴达成共识：
（一）风筝
　　继续推动两地纸风筝交流。
　　探讨合办风筝论坛。
（二）面条
　　签署面条合作备忘录，并于二零三一年六月前完成。
（三）湯
　　鼓励两地湯匙业界加强合作。
（四）其他合作范畴
　　双方将继续在匙羹方面合作。
签署仪式
　　会上双方签署了《虚构风筝合作备忘录》，另外亦签署了两份合作协议：
　　• 「面条合作协议」；及
　　• 「湯匙合作意向书」。
　　出席会议的官员包括虚构风筝局局长。
附件一
完／2029年3月1日（星期四）
香港时间19时22分
"""


def register(*entries: Entry) -> Register:
    return Register(list(entries))


def proposed(text: str | bytes, name: str = "release.txt", known: Register | None = None) -> Proposal:
    data = text if isinstance(text, bytes) else text.encode()
    return proposal_of(read_release(page_of(data, name)), known or register())


def warned(proposal: Proposal) -> list[str]:
    """The warnings as a person reads them."""
    return [warning.sentence for warning in proposal.warnings]


def under(proposal: Proposal) -> list[tuple[str, list[str]]]:
    """The headings with what stands under each, as the first words of each paragraph."""
    return [
        (area.name, [measure.text for measure in proposal.measures if measure.area == index])
        for index, area in enumerate(proposal.areas)
    ]


def release(*areas: str, stated: str = "", end: str = "Ends/Thursday, March 1, 2029") -> str:
    """An invented release: its announcement, the lines of its areas, its end."""
    said = f"the following {stated} areas" if stated else "the following areas"
    head = (
        "9th Plenary Session of the Hong Kong/Shanghai Kite Conference\n\nThe two places agreed to co-operate in "
        + said
    )
    return "\n".join([head + ":", "", *areas, "", end])
