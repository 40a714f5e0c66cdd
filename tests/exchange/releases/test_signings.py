"""What a release tells beside its promises: documents signed, quotations, progress. Nothing is lost without a word."""

import pytest

from hkshcc.exchange.releases.sentences import outside, sentences
from hkshcc.register.dates import Day
from hkshcc.reports.proposal import WarningKind
from tests.exchange.releases.texts import proposed, release, under, warned

KITES = "Continue to fly kites over the invented harbour."
NOODLES = "Explore noodles of a common length."


def chinese(*lines: str, stated: str = "兩") -> str:
    """An invented release in Chinese whose last area, noodles, is followed by the lines."""
    head = (
        "虛構滬港風箏會議第九次會議",
        f"雙方同意在以下{stated}個範疇合作：",
        "風箏",
        "繼續放風箏。",
        "麵條",
        "探討麵條。",
    )
    return "\n".join([*head, *lines, "完／2029年3月1日（星期四）"])


def english(*lines: str) -> str:
    """An invented release whose last area, noodles, is followed by the lines; the first of them is line 9."""
    return release("Kites", KITES, "Noodles", NOODLES, *lines, stated="two")


# Documents signed


@pytest.mark.parametrize(
    ("said", "titles"),
    [
        ("雙方簽署了《風箏合作備忘錄》。", ["風箏合作備忘錄"]),
        ("雙方簽署了《風箏合作備忘錄》", ["風箏合作備忘錄"]),
        ("雙方簽訂了《風箏計劃》及《麵條備忘錄》。", ["風箏計劃", "麵條備忘錄"]),
        ("會上，雙方簽署《風箏合作備忘錄》。", ["風箏合作備忘錄"]),
        ("兩地政府簽署兩份文件，包括《風箏計劃》、《麵條計劃》。", ["風箏計劃", "麵條計劃"]),
        ("兩地政府簽署了《風箏計劃》及《麵條計劃》兩份文件。", ["風箏計劃", "麵條計劃"]),
        ("两地政府签署了两份合作文件，包括《风筝备忘录》、《面条计划》", ["风筝备忘录", "面条计划"]),
        ("会议期间，双方签订《风筝协议》。", ["风筝协议"]),
        ("根據《風箏法》，雙方簽署了《風箏協議》。", ["風箏協議"]),
        ("雙方見證了《風箏協議》的簽署。", ["風箏協議"]),
        ("雙方簽署了風箏合作備忘錄及麵條合作協議。", ["風箏合作備忘錄", "麵條合作協議"]),
        ("虛構風箏局與虛構風局簽署《風箏協議》。", ["風箏協議"]),
    ],
)
def test_a_plain_sentence_in_chinese_that_something_was_signed_is_no_measure(said: str, titles: list[str]) -> None:
    proposal = proposed(chinese(said))
    assert under(proposal) == [("風箏", ["繼續放風箏。"]), ("麵條", ["探討麵條。"])]
    assert [(document.title, document.line) for document in proposal.instruments] == [(title, 7) for title in titles]
    assert warned(proposal) == []


def test_a_signing_does_not_stand_in_for_an_area_that_is_wanting() -> None:
    proposal = proposed(chinese("雙方簽署了《匙羹協議》。", stated="三"))
    assert [area.name for area in proposal.areas] == ["風箏", "麵條"]
    assert "3 areas stated, 2 found" in warned(proposal)


@pytest.mark.parametrize(
    "said",
    [
        "簽署麵條合作備忘錄，並於二零三一年六月前完成。",
        "簽署麵條合作備忘錄",
        "雙方將簽署《麵條備忘錄》。",
        "雙方將在會上簽署《麵條備忘錄》。",
        "雙方同意推動簽署《麵條備忘錄》。",
        "支持兩地簽署《麵條備忘錄》。",
        "落實雙方早前簽署了的《麵條備忘錄》。",
        "Sign a memorandum on noodles.",
        "The Memorandum on Noodles will be signed in 2031.",
        "Both sides agreed to renew the Memorandum signed in 2020.",
        "Implement the Memorandum signed the year before.",
    ],
)
def test_what_is_yet_to_be_signed_or_was_signed_long_ago_is_a_measure(said: str) -> None:
    proposal = proposed(chinese(said))
    assert under(proposal)[-1] == ("麵條", ["探討麵條。", said])
    assert (list(proposal.instruments), warned(proposal)) == ([], [])


def test_a_sentence_that_says_neither_is_kept_as_a_measure_within_an_area_and_read_as_a_signing_after_it() -> None:
    said = "雙方簽署《麵條備忘錄》。"
    kept = proposed(chinese(said))
    assert under(kept)[-1] == ("麵條", ["探討麵條。", said])
    assert warned(kept) == ["line 7 may report a signing or promise one; it was kept as a measure"]
    signed = proposed(chinese("簽署儀式", said))
    assert under(signed)[-1] == ("麵條", ["探討麵條。"])
    assert [document.title for document in signed.instruments] == ["麵條備忘錄"]
    assert warned(signed) == ["nothing was taken from line 7"]


@pytest.mark.parametrize(
    ("said", "titles"),
    [
        (
            "The two sides signed the Memorandum on Kites and the Agreement on Noodles.",
            ["Memorandum on Kites", "Agreement on Noodles"],
        ),
        (
            "Two men signed the Kite Framework Agreement, the MoU on Hats and a Letter of Intent on Soup in March.",
            ["Kite Framework Agreement", "MoU on Hats", "Letter of Intent on Soup"],
        ),
        (
            "The Memorandum of Understanding on Co-operation in Kites, Noodles and Spoons was signed there.",
            ["Memorandum of Understanding on Co-operation in Kites, Noodles and Spoons"],
        ),
        (
            "The Agreement between the Kite Office and the Noodle Bureau was jointly signed in March.",
            ["Agreement between the Kite Office and the Noodle Bureau"],
        ),
        ("Two leaders exchanged the Letter of Intent on Winds.", ["Letter of Intent on Winds"]),
        (
            "Two agreements were signed. They are the Agreement on Kites and the Agreement on Hats.",
            ["Agreement on Kites", "Agreement on Hats"],
        ),
        (
            "One memorandum and two agreements were signed, namely the Hat MoU, Agreement on Kites and Soup Agreement.",
            ["Hat MoU", "Agreement on Kites", "Soup Agreement"],
        ),
    ],
)
def test_titles_without_quotation_marks_are_made_out_by_their_capitals(said: str, titles: list[str]) -> None:
    proposal = proposed(english(said))
    assert [document.title for document in proposal.instruments] == titles
    assert [name for name, _ in under(proposal)] == ["Kites", "Noodles"]
    assert warned(proposal) == []


@pytest.mark.parametrize(
    ("said", "warning"),
    [
        ("Five agreements were signed, including the Memorandum on Kites.", "mentions 5 signed documents; 1 found"),
        ('The two sides signed the "Agreement on Kites" and three MoUs.', "mentions 3 signed documents; 1 found"),
        ("兩地政府簽署了五份合作文件，包括《風箏備忘錄》、《麵條計劃》。", "mentions 5 signed documents; 2 found"),
        ("另有三份協議於會前簽署。", "mentions 3 signed documents; 0 found"),
        ("The two sides signed a memorandum on kites.", "says that something was signed; no title was found in it"),
        ("雙方簽署了合作備忘錄。", "says that something was signed; no title was found in it"),
        (
            "The two sides signed the Memorandum on Kites and a memorandum on hats.",
            "may mention a document besides those found in it",
        ),
        (
            'The two sides signed the "Memorandum on Kites" and the "Hat Pact".',
            "may mention a document besides those found in it",
        ),
        ("雙方簽署了《風箏備忘錄》及麵條合作協議。", "may mention a document besides those found in it"),
    ],
)
def test_where_titles_are_wanting_the_line_is_named(said: str, warning: str) -> None:
    assert warned(proposed(english(said))) == [f"line 9 {warning}"]


@pytest.mark.parametrize(
    "lines",
    [
        ("Two documents were signed:", "• Memorandum on Kites;", "• Hat plan."),
        ("Two documents were signed:", "(1) Memorandum on Kites signed by two offices", "(2) Hat plan"),
        ("Documents signed", "- Memorandum on Kites", "- Hat plan"),
        ("Signing Ceremony", "The following were signed:", "Memorandum on Kites", "“Hat plan, an agreement”"),
        ("Two documents were signed. They are:", "• Memorandum on Kites", "• Hat plan"),
        ("簽署文件：", "1.《Memorandum on Kites》", "2.《Hat plan》"),
        ("Two documents were signed:", "• The Memorandum on Kites was signed by two men.", "• Hat plan"),
    ],
)
def test_the_items_of_a_list_are_documents_however_it_is_set(lines: tuple[str, ...]) -> None:
    proposal = proposed(english(*lines))
    found = [document.title.replace(", an agreement", "") for document in proposal.instruments]
    assert [title.removesuffix(" signed by two offices") for title in found] == ["Memorandum on Kites", "Hat plan"]
    assert {warning.kind for warning in proposal.warnings} <= {WarningKind.NOT_TAKEN}


def test_what_a_list_announces_and_a_caption_or_a_speaker_tells_are_told_apart() -> None:
    lines = (
        "Signing Ceremony",
        "Photo 1 shows the two sides, who signed something.",
        'Ms Invented said, "We signed the Memorandum on Soup."',
        "Two men met.",
        "Memorandum on Forks",
    )
    proposal = proposed(english(*lines))
    assert list(proposal.instruments) == []
    assert warned(proposal) == ["nothing was taken from lines 9-13"]


@pytest.mark.parametrize(
    "said",
    [
        'The two sides signed the "Agreement on Hats" and agreed among themselves to open a hat desk in the harbour.',
        "The two sides signed the Agreement on Hats. Under it, a hat desk opens at the harbour of the invented city.",
    ],
)
def test_a_signing_that_says_more_than_is_made_out_is_named(said: str) -> None:
    proposal = proposed(english(said))
    assert [document.title for document in proposal.instruments] == ["Agreement on Hats"]
    assert warned(proposal) == ["line 9 was read as a signing and left out of the measures, though it says more"]


def test_each_of_several_signings_that_say_more_is_named() -> None:
    more = 'The two sides signed the "Agreement on {}" and agreed among themselves to open a desk in the harbour.'
    proposal = proposed(english(more.format("Hats"), more.format("Soup")))
    assert [document.title for document in proposal.instruments] == ["Agreement on Hats", "Agreement on Soup"]
    assert [warning.split(" was")[0] for warning in warned(proposal)] == ["line 9", "line 10"]


@pytest.mark.parametrize(
    "said",
    [
        'The two sides signed the "Agreement on Hats" last year.',
        'The two sides signed the "Agreement on Hats" in 2027.',
    ],
)
def test_documents_signed_before_the_meeting_are_not_taken_for_its_own(said: str) -> None:
    proposal = proposed(english(said))
    assert list(proposal.instruments) == []
    assert warned(proposal) == ["line 9 reports a signing before the meeting; its documents were left out"]


def test_documents_signed_before_the_meeting_are_told_in_chinese_too() -> None:
    for said in ("雙方去年簽署了《匙羹協議》。", "雙方於二○二七年簽署了《匙羹協議》。"):
        proposal = proposed(chinese(said))
        assert list(proposal.instruments) == []
        assert any("before the meeting" in warning for warning in warned(proposal))


def test_a_signing_beside_a_promise_gives_a_document_and_a_measure() -> None:
    said = "Both sides signed the Memorandum on Hats and will wear them by end-2031."
    proposal = proposed(english(said))
    assert under(proposal)[-1] == ("Noodles", [NOODLES, said])
    assert [document.title for document in proposal.instruments] == ["Memorandum on Hats"]
    assert proposal.measures[-1].target == Day("2031-12-31", "year")
    assert warned(proposal) == ["line 9 contains a signing beside what is planned; the whole paragraph was kept"]


@pytest.mark.parametrize(
    "said",
    [
        "雙方在會上簽署了《匙羹協議》，雙方要擦匙羹。",
        "雙方已簽署《匙羹協議》，要落實好。",
        "雙方簽署了《匙羹協議》，在2031年年中前擦匙羹。",
        "政府簽署了《匙羹協議》，兩地會擦匙羹。",
    ],
)
def test_a_signing_that_goes_on_to_promise_is_kept_in_chinese_too(said: str) -> None:
    proposal = proposed(chinese(said))
    assert under(proposal)[-1] == ("麵條", ["探討麵條。", said])
    assert [document.title for document in proposal.instruments] == ["匙羹協議"]
    assert warned(proposal) == ["line 7 contains a signing beside what is planned; the whole paragraph was kept"]


def test_a_signing_before_a_promise_leaves_the_measure_its_own_title() -> None:
    proposal = proposed(chinese("雙方簽署了《匙羹協議》。雙方將在二○三一年上半年設立匙羹中心。"))
    assert [document.title for document in proposal.instruments] == ["匙羹協議"]
    assert proposal.measures[-1].title == "雙方將在二○三一年上半年設立匙羹中心"


# Progress and quotations


@pytest.mark.parametrize(
    ("said", "title"),
    [
        (
            "Progress since the last session: the kite works was opened. They will explore long kites.",
            "They will explore long kites",
        ),
        (
            "Since the last session, ten kites have been flown. The two sides will explore hats by 2031. More.",
            "The two sides will explore hats by 2031",
        ),
        ("自上次會議以來，兩地促進了風箏合作。雙方將探討長風箏。", "雙方將探討長風箏"),
        ("过去一年，双方放了十只风筝。今后双方将放更多风筝。", "今后双方将放更多风筝"),
        ("Ten kites were flown by Mr. Invented. Explore long kites.", "Explore long kites"),
    ],
)
def test_a_paragraph_that_opens_with_progress_is_kept_whole_and_called_by_its_promise(said: str, title: str) -> None:
    proposal = proposed(release("Kites", said, "Noodles", NOODLES, stated="two"))
    assert under(proposal) == [("Kites", [said]), ("Noodles", [NOODLES])]
    assert proposal.measures[0].title == title
    assert warned(proposal) == ["line 6 reports progress before what is planned; the whole paragraph was kept"]


@pytest.mark.parametrize(
    ("said", "title"),
    [
        (
            'Ms Invented said, "We like kites." The two sides will set up a kite works.',
            "The two sides will set up a kite",
        ),
        ("“We like kites,” Ms Invented said, and the two sides will build them.", "“We like kites,” Ms Invented said"),
        ("「我們喜歡風箏。」虛構市長表示：「很好。」雙方將設立風箏廠。", "雙方將設立風箏廠"),
        ("The two sides will explore hats. “We like them,” the Mayor said.", "The two sides will explore hats"),
        ('"We will fly higher." Both sides will set up poles.', "Both sides will set up poles"),
    ],
)
def test_a_promise_beside_a_quotation_is_kept_and_the_line_named(said: str, title: str) -> None:
    proposal = proposed(release("Kites", KITES, said))
    assert proposal.measures[1].text == said
    assert proposal.measures[1].title.startswith(title)
    assert warned(proposal) == ["line 7 contains a quotation beside what is planned; the whole paragraph was kept"]


@pytest.mark.parametrize(
    "said",
    [
        'Ms Invented said, "We will fly. The two sides will set up a kite works."',
        'Ms Invented said, "We will fly. The two sides will set up a kite works.',
        "“We will fly.” Ms Invented said. “We will explore kites.”",
        "虛構市長表示：「我們將放風箏。雙方將設立『風箏廠』。」",
    ],
)
def test_a_promise_within_a_quotation_alone_is_left_out_and_the_line_named(said: str) -> None:
    proposal = proposed(release("Kites", KITES, said))
    assert [measure.text for measure in proposal.measures] == [KITES]
    assert warned(proposal) == ["line 7 was read as a quotation and left out"]


# Whatever else is left out


def test_a_button_of_the_page_is_told_from_a_promise() -> None:
    lines = (
        "Search and Rescue",
        "Share kites between the two places.",
        "分享",
        "Share this page",
        "分享風箏經驗。",
        "Back",
    )
    assert under(proposed(release(*lines))) == [("Search and Rescue", [lines[1], lines[4]])]


def test_a_promise_outside_the_areas_is_named() -> None:
    lines = (
        "Conference",
        "The two places will hold a kite fair.",
        "Attendance",
        "A man. He will dance.",
        "He will sing.",
    )
    proposal = proposed(english(*lines))
    assert [name for name, _ in under(proposal)] == ["Kites", "Noodles"]
    assert warned(proposal) == [
        "line 9 reads as the heading of something other than an area, so the areas end there",
        "lines 10, 12-13 seem to promise something outside the areas found; they were left out",
        "nothing was taken from line 11",
    ]
    before = proposed("Ninth Session\nBoth sides will dance.\n" + english().partition("\n")[2])
    assert warned(before)[1].startswith("line 2 seems to promise something outside")


def test_without_areas_every_promise_is_named() -> None:
    text = "Ninth Session of Kites\n\n" + "\n".join(["Both sides will dance and sing."] * 22)
    assert warned(proposed(text))[2].startswith("lines 3-24 seem to promise")


def test_what_follows_a_signing_without_a_heading_is_named() -> None:
    lines = ("Both sides signed the Agreement on Hats.", "(c) Eat hats.", "Soup", "Eat soup.")
    assert warned(proposed(english(*lines))) == [
        "line 10 comes after the signing in line 9, under no area, and was left out",
        "line 11 reads as a heading after the end of the areas; what follows it was left out",
        "line 12 comes after the signing in line 9, under no area, and was left out",
    ]


def test_a_heading_at_the_very_end_is_named() -> None:
    assert warned(proposed(english("Spoons"))) == ["line 9 reads as a heading with nothing under it and was left out"]


def test_a_heading_on_the_line_of_a_promise_is_not_taken_for_the_end_of_the_areas() -> None:
    lines = ("Progress: two noodles were cooked.", "Next steps: The two sides will cook more.", "Attendance: a man")
    proposal = proposed(english(*lines))
    assert under(proposal)[-1] == ("Noodles", [NOODLES, lines[1]])
    assert warned(proposal) == [
        "line 9 reports what has happened rather than what is planned and was left out",
        "nothing was taken from line 11",
    ]


def test_a_list_of_documents_is_not_taken_for_the_announcement_of_the_areas() -> None:
    text = chinese("會後，兩地有關機構簽署了以下文件：", "《風箏計劃》", "《麵條計劃》").replace("範疇合作", "方面合作")
    proposal = proposed(text)
    assert [name for name, _ in under(proposal)] == ["風箏", "麵條"]
    assert [document.line for document in proposal.instruments] == [8, 9]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (("（一）風箏。放風箏。",), [("風箏", ["放風箏。"])]),
        (("風箏：放風箏。",), [("風箏", ["放風箏。"])]),
        (
            ("（一）風箏", "1. 自上次會議以來，兩地放了風箏。雙方將放更多風箏。"),
            [("風箏", ["自上次會議以來，兩地放了風箏。雙方將放更多風箏。"])],
        ),
        (
            ("風箏：虛構市長說，「很長。」雙方將放風箏。",),
            [("風箏", ["虛構市長說，「很長。」雙方將放風箏。"])],
        ),
    ],
)
def test_a_short_heading_and_its_paragraph_on_one_line_are_taken_apart(
    lines: tuple[str, ...], found: list[tuple[str, list[str]]]
) -> None:
    text = "\n".join(["虛構第九次風箏會議", "雙方同意在以下範疇合作：", *lines, "完／2029年3月1日"])
    assert under(proposed(text)) == found
    assert proposed(text).plenary == 9


# Sentences


def test_sentences_end_outside_quotations_and_not_after_mr() -> None:
    text = 'Mr. A said, "We fly. We sing." He left; it rained. 1.5 kites. 「放。煮。」很好。“No.” she said. Plan “B'
    assert sentences(text) == (
        'Mr. A said, "We fly. We sing."', "He left; it rained.", "1.5 kites.", "「放。煮。」", "很好。",
        "“No.” she said.", "Plan “B",
    )  # fmt: skip
    assert outside("A “b “c” d” e 「f『g』」 h ” i “j") == 'A "" e "" h ” i ""'
