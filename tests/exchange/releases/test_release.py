"""Releases read: every shape that real ones have, with invented words."""

from hashlib import sha256
from unicodedata import normalize

import pytest

from hkshcc.register.dates import Day
from hkshcc.register.vocabulary import CONFERENCE, Kind
from hkshcc.reports.proposal import WarningKind
from tests.exchange.releases.texts import ENGLISH, HANS, HANT, proposed, register, release, under, warned
from tests.register.build import draft, numbered

KITES = "Continue to fly kites over the invented harbour."
NOODLES = "Explore noodles of a common length."
REGISTER = f"this register belongs to the {CONFERENCE['en']}"
SPOONS = "Both sides will set up a works for spoons."


def test_a_whole_release_gives_its_title_plenary_day_and_count() -> None:
    proposal = proposed(ENGLISH)
    assert proposal.title == "9th Plenary Session of the Hong Kong/Shanghai Kite Conference (with photos)"
    assert (proposal.plenary, proposal.date, proposal.areas_stated) == (9, "2029-03-01", 4)
    assert warned(proposal) == ["nothing was taken from lines 2, 6, 8, 29, 36, 38-39"]


def test_each_paragraph_stands_under_its_heading_with_its_number_and_line() -> None:
    proposal = proposed(ENGLISH)
    assert [(area.name, area.line) for area in proposal.areas] == [
        ("Kite Flying", 12),
        ("Noodle Kitchens", 17),
        ("Soup and Ladles", 21),
        ("Other Co-operation Areas", 25),
    ]
    found = [(measure.area, measure.paragraph, measure.number, measure.line) for measure in proposal.measures]
    assert found == [(0, 1, 1, 14), (0, 2, 2, 15), (1, 3, 1, 19), (2, 4, 1, 23), (3, 5, 1, 27)]
    assert proposal.measures[0].text == "Continue to promote kites of paper between the two invented places."


def test_the_documents_signed_are_found_in_sentences_and_in_lists() -> None:
    titles = [document.title for document in proposed(ENGLISH).instruments]
    assert titles == ["Memorandum on Invented Kites", "Agreement on Noodles", "Letter of Intent on 'Soup' and Ladles"]


def test_kinds_and_targets_are_suggested_from_verbs_and_dates() -> None:
    measures = proposed(ENGLISH).measures
    assert [measure.kind for measure in measures] == [
        Kind.CONTINUING, Kind.DELIVERABLE, Kind.EXPLORATORY, Kind.DELIVERABLE, Kind.CONTINUING,
    ]  # fmt: skip
    assert measures[1].target == Day("2031-12-31", "year")
    assert measures[3].target == Day("2031-06-30", "month")
    assert measures[4].target is None


def test_owners_are_the_bodies_named_and_are_marked_stated() -> None:
    body = [
        {"code": "IKO", "side": "hk", "name": {"en": "Invented Kite Office"}},
        {"code": "SH-Wind", "side": "sh", "name": {"en": "Invented Wind Bureau / Wind Works"}},
        {"code": "KTE", "side": "hk", "name": {"en": "Invented Kite"}},
    ]
    known = register(*numbered([draft("body", thing=thing) for thing in body]))
    measures = proposed(ENGLISH, known=known).measures
    assert measures[1].owners == [{"body": "IKO", "basis": "stated"}, {"body": "SH-Wind", "basis": "stated"}]
    assert measures[2].owners == []
    shaped = proposed(release("Kites", "The SH-Wind will set up wind works; kites are for the KTE."), known=known)
    assert [owner["body"] for owner in shaped.measures[0].owners] == ["SH-Wind", "KTE"]


def test_a_paragraph_has_the_digest_of_its_text_nfkc_and_folded() -> None:
    said = "Both sides will continue to pursue co\u2011operation in spoons."
    measure = proposed(ENGLISH).measures[-1]
    assert measure.text == said
    assert measure.sha256 == sha256(normalize("NFKC", said).encode()).hexdigest()
    wide = release("Kites", "\u3000\u3000Continue\xa0\xa0to fly \t kites.  ")
    assert proposed(wide).measures[0].sha256 == sha256(b"Continue to fly kites.").hexdigest()


@pytest.mark.parametrize("text", [HANT, HANS])
def test_chinese_releases_are_read_in_both_scripts(text: str) -> None:
    proposal = proposed(text)
    assert (proposal.plenary, proposal.date, proposal.areas_stated) == (9, "2029-03-01", 4)
    assert [len(paragraphs) for _, paragraphs in under(proposal)] == [2, 1, 1, 1]
    assert [measure.kind for measure in proposal.measures] == [
        "continuing", "exploratory", "deliverable", "continuing", "continuing",
    ]  # fmt: skip
    assert proposal.measures[2].target == Day("2031-06-30", "month")
    assert len(proposal.instruments) == 3
    assert warned(proposal) == ["nothing was taken from lines 4-5, 16, 20-21"]


def test_the_script_of_a_release_is_told() -> None:
    assert [proposed(text).lang for text in (ENGLISH, HANT, HANS)] == ["en", "zh-Hant", "zh-Hans"]


@pytest.mark.parametrize(
    "lines",
    [
        ("Kite Flying", "{0}", "Noodles", "{1}"),
        ("Kite Flying:", "{0}", "Noodles:", "{1}"),
        ("(1) Kite Flying", "{0}", "(2) Noodles", "{1}"),
        ("1. Kite Flying", "{0}", "2. Noodles", "{1}"),
        ("1) Kite Flying", "- {0}", "2) Noodles", "- {1}"),
        ("一、Kite Flying", "* {0}", "二、Noodles", "* {1}"),
        ("（一）Kite Flying", "• {0}", "（二）Noodles", "• {1}"),
        ("(I) Kite Flying", "{0}", "(II) Noodles", "{1}"),
        ("A. Kite Flying", "{0}", "B. Noodles", "{1}"),
        ("① Kite Flying", "(a) {0}", "② Noodles", "(a) {1}"),
        ("Kite Flying", "-----------", "{0}", "Noodles", "-------", "{1}"),
        ("Kite Flying", "———————", "", "{0}", "", "Noodles", "———", "", "{1}"),
        ("\u3000\u3000Kite Flying", "\u3000\u3000{0}", "\xa0 Noodles", "\xa0\xa0{1}"),
        ("Kite\u200b Flying", "\u200b{0}", "\ufeffNoodles", "{1}\u200b"),
        ("(1) Kite Flying: {0}", "(2) Noodles: {1}"),
        ("Kite Flying: {0}", "Noodles: {1}"),
        ("* Kite Flying", "{0}", "* Noodles", "{1}"),
        ("§ Kite Flying", "{0}", "§ Noodles", "{1}"),
        ("# Kite Flying", "{0}", "# Noodles", "{1}"),
        ("## Kite Flying", "", "- {0}", "", "## Noodles", "", "- {1}"),
        ("- Kite Flying", "- Noodles", "", "Kite Flying", "{0}", "Noodles", "{1}"),
        ("Photo 1 shows a kite.", "Kite Flying", "{0}", "", "Noodles", "{1}", "Annex 1", "(Left) An invented kite."),
    ],
)
def test_headings_are_found_however_they_are_set(lines: tuple[str, ...]) -> None:
    text = release(*(line.format(KITES, NOODLES) for line in lines), stated="two")
    for ending in ("\n", "\r\n", "\r"):
        proposal = proposed(("\ufeff" + text).replace("\n", ending))
        assert under(proposal) == [("Kite Flying", [KITES]), ("Noodles", [NOODLES])]
        assert {warning.kind for warning in proposal.warnings} <= {WarningKind.NOT_TAKEN}


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (("一、風箏", "繼續放風箏。", "二、麵條", "探討麵條。"), ["風箏", "麵條"]),
        (("（一）風箏：", "　　繼續放風箏。", "（二）麵條：", "　　探討麵條。"), ["風箏", "麵條"]),
        (("一、風箏。雙方將繼續放虛構的紙風箏。", "二、麵條。雙方將探討虛構的長麵條。"), ["風箏", "麵條"]),
        (("風箏：雙方將繼續放虛構的紙風箏和布風箏。", "麵條：雙方將探討虛構的長麵條和短麵條。"), ["風箏", "麵條"]),
        (("§風箏", "繼續放風箏。", "§麵條", "探討麵條。"), ["風箏", "麵條"]),
        (("風箏", "——", "繼續放風箏。", "麵條", "－－－", "探討麵條。"), ["風箏", "麵條"]),
    ],
)
def test_chinese_headings_are_found_however_they_are_set(lines: tuple[str, ...], names: list[str]) -> None:
    head = ["虛構滬港風箏會議第九次會議", "雙方同意在以下兩個範疇合作："]
    proposal = proposed("\n".join([*head, *lines, "完／2029年3月1日（星期四）"]))
    assert [area.name for area in proposal.areas] == names
    assert len(proposal.measures) == 2
    assert (proposal.areas_stated, warned(proposal)) == (2, [])


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("reached consensus on the following 13 co-operation areas:", 13),
        ("reached consensus on the following thirteen major areas of co-operation:", 13),
        ("agreed on 65 items in 15 areas, as follows:", 15),
        ("agreed to work in the following twenty-one fields:", 21),
        ("agreed to work together in the following areas:", None),
        ("agreed on the following 99999 areas:", None),
        ("就以下13個合作範疇達成共識：", 13),
        ("就以下十三个领域达成共识：", 13),
        ("就以下二十一個範疇達成共識：", 21),
        ("達成以下共識：", None),
    ],
)
def test_the_number_of_areas_is_read_in_digits_words_and_chinese(said: str, count: int | None) -> None:
    head = "9th Plenary of an Invented Hong Kong/Shanghai Conference"
    text = f"{head}\nThe two places {said}\nKites\n{KITES}\nNoodles\n{NOODLES}\n"
    assert proposed(text).areas_stated == count


def test_where_the_count_differs_it_says_so() -> None:
    proposal = proposed(release("Kites", KITES, "Other Co-operation Areas", SPOONS, stated="four"))
    assert warned(proposal) == ["4 areas stated, 2 found; 'Other Co-operation Areas' (line 7) may stand for several"]
    proposal = proposed(release("Kites", KITES, "Noodles", NOODLES, stated="seven"))
    assert warned(proposal)[0] == "7 areas stated, 2 found"


# Headings that were lost


def test_a_lost_heading_is_noticed_by_its_subject_and_marked_with_its_line() -> None:
    banks = "Promote lending by banks, securities and insurance of the two places."
    lines = ("Kites", KITES, "Noodles", NOODLES, banks, banks + " Once more.", "Spoons", SPOONS)
    proposal = proposed(release(*lines, stated="4"))
    assert [(area.name, area.line) for area in proposal.areas] == [
        ("Kites", 5),
        ("Noodles", 7),
        ("Finance", None),
        ("Spoons", 11),
    ]
    assert [len(paragraphs) for _, paragraphs in under(proposal)] == [1, 1, 2, 1]
    [warning] = warned(proposal)
    assert warning.startswith("a heading seems lost before line 9: ")
    assert warning.endswith("its words suggest 'Finance'")


def test_nothing_is_lost_where_as_many_were_found_as_were_stated() -> None:
    banks = "Promote lending by banks, securities and insurance of the two places."
    proposal = proposed(release("Kites", KITES, "Noodles", NOODLES, banks, stated="two"))
    assert [area.name for area in proposal.areas] == ["Kites", "Noodles"]
    assert warned(proposal) == []


def test_where_no_number_of_areas_is_stated_a_change_of_subject_is_no_lost_heading() -> None:
    banks = "Promote lending by banks, securities and insurance of the two places."
    proposal = proposed(release("Kites", KITES, banks, "Spoons", SPOONS))
    assert under(proposal) == [("Kites", [KITES, banks]), ("Spoons", [SPOONS])]
    assert warned(proposal) == []


def test_a_lost_heading_is_noticed_where_its_number_is_missing() -> None:
    lines = ("(1) Kites", KITES, "(2) Noodles", NOODLES, SPOONS, "(4) Soup", "The two places will cook soup.")
    proposal = proposed(release(*lines))
    assert [(area.name, area.line) for area in proposal.areas] == [
        ("Kites", 5), ("Noodles", 7), ("(heading lost before line 9)", None), ("Soup", 10),
    ]  # fmt: skip
    assert (proposal.areas[2].slug, proposal.areas[2].code) == ("lost", "LOS")
    proposal = proposed(release("(1) Kites", KITES, "(4) Soup", "The two places will cook soup."))
    assert warned(proposal) == ["a heading seems lost before line 7: the numbers go from 1 to 4"]


def test_a_lost_heading_is_noticed_where_its_number_or_its_underline_still_stands() -> None:
    lines = ("(1) Kites", KITES, "(2)", NOODLES)
    assert [(area.name, area.line) for area in proposed(release(*lines)).areas][1] == (
        "(heading lost before line 8)",
        None,
    )
    underlined = ("Kites", "-----", KITES, "Spoons", "------", SPOONS, "", "-------", NOODLES)
    proposal = proposed(release(*underlined))
    assert [area.line for area in proposal.areas] == [5, 8, None]
    assert warned(proposal) == ["a heading seems lost before line 13: the paragraph there has none"]


def test_the_first_heading_lost_is_noticed_too() -> None:
    proposal = proposed(release(KITES, "Noodles", NOODLES))
    assert [area.line for area in proposal.areas] == [None, 6]
    assert "a heading seems lost before line 5" in warned(proposal)[0]


def test_a_lost_heading_is_noticed_by_words_that_nothing_before_has() -> None:
    lines = ("Kites", KITES, "Fly more kites.", "Spoons", SPOONS, "Dance waltzes.", "Noodles", NOODLES)
    proposal = proposed(release(*lines, stated="4"))
    assert [(area.name, area.line) for area in proposal.areas][2] == ("(heading lost before line 10)", None)


def test_a_lost_heading_is_noticed_by_an_empty_line_where_all_else_is_alike() -> None:
    lines = ("Kites", KITES, "", "Kites of invented silk will fly.", "", "Spoons", SPOONS)
    proposal = proposed(release(*lines, stated="3"))
    assert [area.line for area in proposal.areas] == [5, None, 10]


def test_where_several_headings_are_wanting_their_possible_places_are_named() -> None:
    lines = ("Kites", KITES, "Dance waltzes.", "Spoons", SPOONS, "Paint pictures.")
    proposal = proposed(release(*lines, stated="5"))
    assert [area.name for area in proposal.areas] == ["Kites", "Spoons"]
    assert warned(proposal) == [
        "5 areas stated, 2 found",
        "a missing heading may have been before one of these lines: 7, 10",
    ]


def test_a_short_promise_in_chinese_is_no_heading() -> None:
    text = "虛構滬港第九次會議\n雙方同意在以下範疇合作：\n其他\n雙方會繼續合作\n完／2029年3月1日"
    assert under(proposed(text)) == [("其他", ["雙方會繼續合作"])]


@pytest.mark.parametrize(
    ("said", "title"), [("Fly 1.5 kites. More.", "Fly 1.5 kites"), ("Will fly; land.", "Will fly")]
)
def test_a_title_is_the_first_clause(said: str, title: str) -> None:
    assert proposed(release("Kites", said)).measures[0].title == title


def test_a_paragraph_that_is_hardly_one_has_a_title_too() -> None:
    assert proposed(release("Kites", ".0")).measures[0].title == ".0"


def test_a_heading_without_a_paragraph_is_told() -> None:
    proposal = proposed(release("Kites", "Noodles", NOODLES))
    assert "no paragraph under the heading 'Kites' (line 5)" in warned(proposal)


# What is no commitment


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ('Ms Invented said, "We will fly kites and we will continue to."', "a quotation"),
        ("“We will continue to fly kites.”", "a quotation"),
        ("She added that the two places would explore soup.", "a quotation"),
        ("虛構市長表示：「我們將繼續放風箏。」", "a quotation"),
        ("Photo 2 shows a kite that will be flown.", "a photo's caption"),
        ("圖示虛構的風箏。", "a photo's caption"),
        ("The session was also attended by the Secretary for Kites.", "a list of those present"),
        ("出席會議的官員包括虛構風箏局局長。", "a list of those present"),
        ("Annex 2 will be uploaded", "an annex's label"),
        ("附件二：虛構的風箏", "an annex's label"),
        ("The next session will be held in an invented place.", "the end of the meeting"),
    ],
)
def test_what_stands_among_commitments_and_is_none_is_left_out_and_told(line: str, what: str) -> None:
    proposal = proposed(release("Kites", KITES, line, "Noodles", NOODLES, stated="two"))
    assert [measure.text for measure in proposal.measures] == [KITES, NOODLES]
    assert warned(proposal) in ([f"line 7 was read as {what} and left out"], ["nothing was taken from line 7"])


def test_a_commitment_that_begins_with_a_name_in_quotation_marks_is_kept() -> None:
    said = "“Kites Abroad” will continue to be held in both invented places."
    assert proposed(release("Kites", said)).measures[0].text == said


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (("(1) Kites", KITES, 'Both sides signed the "Agreement on Kites".', "They will.", "(2) Hats", SPOONS), 2),
        (
            (
                "Kites",
                KITES,
                "Signing Ceremony",
                "Two men signed things.",
                "Attendance",
                "A man.",
                "Hats",
                "Worn hats.",
            ),
            1,
        ),
        (("Kites", KITES, "Signing Ceremony", "Two men signed things.", "Hats", SPOONS), 2),
    ],
)
def test_a_signing_ceremony_ends_the_areas_which_may_go_on_after_it(lines: tuple[str, ...], names: int) -> None:
    assert under(proposed(release(*lines))) == [("Kites", [KITES]), ("Hats", [SPOONS])][:names]


def test_progress_told_before_the_plans_is_no_plan() -> None:
    lines = (
        "9th Plenary Session of an Invented Hong Kong/Shanghai Conference",
        "Progress has been made in the following areas since the last session:",
        "Kites",
        "Ten kites were flown.",
        "The two places agreed to work in the following areas:",
        "Kites",
        "Since 2020 ten kites have been flown.",
        KITES,
        "Noodles",
        NOODLES,
    )
    proposal = proposed("\n".join(lines))
    assert under(proposal) == [("Kites", [KITES]), ("Noodles", [NOODLES])]
    assert "line 7 reports what has happened rather than what is planned and was left out" in warned(proposal)


def test_without_an_announcement_headings_over_promises_are_the_areas() -> None:
    areas = f"Hats\nHats were worn.\n\nKites\n{KITES}\n• A hat\n\nNoodles\n{NOODLES}\n"
    proposal = proposed(f"Ninth Session of an Invented Hong Kong/Shanghai Conference\n\n{areas}")
    assert [name for name, _ in under(proposal)] == ["Kites", "Noodles"]


def test_a_text_that_is_no_release_gives_warnings_and_no_measures() -> None:
    proposal = proposed("An invented shopping list. Kites, noodles and spoons were bought by nobody.")
    assert (list(proposal.areas), list(proposal.measures)) == ([], [])
    assert warned(proposal) == [
        f"the beginning of the release does not say which conference it is of; {REGISTER}",
        "no area of co-operation was found; is it the release of a plenary?",
        "the day of the release was not found",
        "the plenary's number was not found; give --plenary NUMBER",
    ]


@pytest.mark.parametrize(
    ("body", "end", "day"),
    [
        ("met today (August 30)", "Ends/Monday, August 30, 2021", "2021-08-30"),
        ("met today (30 August)", "(c) 2021 Invented News", "2021-08-30"),
        ("今日（八月三十日）開會", "© 2021 虛構", "2021-08-30"),
        ("met on 30 August 2021", "", "2021-08-30"),
        ("met", "完／二零二一年八月三十日（星期一）", "2021-08-30"),
        ("met", "2021-08-30", "2021-08-30"),
        ("met today (February 30)", "Ends/ 2021", None),
        ("met today", "Issued at HKT 19:22", None),
    ],
)
def test_the_day_is_found_wherever_it_stands(body: str, end: str, day: str | None) -> None:
    head = "9th Plenary of an Invented Hong Kong/Shanghai Conference"
    assert proposed(f"{head}\nThe two places {body}.\n{end}\n").date == day


@pytest.mark.parametrize(
    ("said", "target"),
    [
        ("by the end of 2031", Day("2031-12-31", "year")),
        ("in March 2030", Day("2030-03-31", "month")),
        ("before 2031", Day("2030-12-31", "year")),
        ("in the 2031/32 kite year", None),
        ("by March 5, 2030", Day("2030-03-05", "day")),
        ("on 5 March 2030", Day("2030-03-05", "day")),
        ("within this year", Day("2029-12-31", "year")),
        ("in November next year", Day("2030-11-30", "month")),
        ("by end-2031", Day("2031-12-31", "year")),
        ("by end-March 2031", Day("2031-03-31", "month")),
        ("in the first half of 2031", Day("2031-06-30", "half")),
        ("in the second half of next year", Day("2030-12-31", "half")),
        ("in the third quarter of 2031", Day("2031-09-30", "quarter")),
        ("by mid-2031", Day("2031-06-30", "month")),
        ("by the middle of 2031", Day("2031-06-30", "month")),
        ("in 2020", None),
        ("with the Kite Awards 2031", None),
        ("by 31 February 2030", None),
    ],
)
def test_a_target_is_a_date_promised_and_never_one_gone_by(said: str, target: Day | None) -> None:
    assert proposed(release("Kites", f"Both sides will fly kites {said}.")).measures[0].target == target


@pytest.mark.parametrize(
    ("said", "target"),
    [
        ("於2031年6月前完成風箏", Day("2031-06-30", "month")),
        ("二零三一年底前放風箏", Day("2031-12-31", "year")),
        ("明年3月5號舉辦風箏節", Day("2030-03-05", "day")),
        ("在一一一一年舉辦", None),
        ("在2031年年底前完成風箏", Day("2031-12-31", "year")),
        ("在二〇三一年年底前完成風箏", Day("2031-12-31", "year")),
        ("在二○三一年底前完成風箏", Day("2031-12-31", "year")),
        ("在二０三一年底之前完成風箏", Day("2031-12-31", "year")),
        ("在2031年或以前完成風箏", Day("2031-12-31", "year")),
        ("在2031年上半年完成風箏", Day("2031-06-30", "half")),
        ("在二○三一年年中前完成風箏", Day("2031-06-30", "month")),
        ("在2031年下半年完成風箏", Day("2031-12-31", "half")),
        ("在2031年中國風箏節", None),
    ],
)
def test_a_target_is_read_in_chinese_too(said: str, target: Day | None) -> None:
    text = f"虛構滬港第九次會議\n雙方同意在以下範疇合作：\n風箏\n雙方將{said}。\n完／2029年3月1日"
    assert proposed(text).measures[0].target == target


def test_a_line_that_begins_with_a_round_nought_keeps_its_year_and_a_round_bullet_is_taken_off() -> None:
    lines = ("風箏", "○繼續放風箏。", "二○三一年底前完成風箏廠。")
    text = "\n".join(["虛構滬港第九次會議", "雙方同意在以下範疇合作：", *lines, "完／2029年3月1日"])
    [(_, paragraphs)] = under(proposed(text))
    assert paragraphs == ["繼續放風箏。", "二○三一年底前完成風箏廠。"]
    assert proposed(text).measures[1].target == Day("2031-12-31", "year")


def test_this_year_is_no_day_where_the_release_has_none() -> None:
    text = release("Kites", "Both sides will fly kites in November next year.", end="")
    assert proposed(text).measures[0].target is None


def test_a_list_of_documents_that_is_not_as_long_as_stated_is_told() -> None:
    lines = (
        "Kites",
        KITES,
        "Signing Ceremony",
        "Three agreements were signed:",
        "- Agreement on Kites;",
        "- MoU on Hats.",
    )
    proposal = proposed(release(*lines))
    assert [document.title for document in proposal.instruments] == ["Agreement on Kites", "MoU on Hats"]
    assert warned(proposal) == ["line 8 mentions 3 signed documents; 2 found", "nothing was taken from line 7"]


def test_a_plenary_or_a_day_that_differs_is_told() -> None:
    known = register(*numbered([draft("plenary", thing={"number": 9, "date": "2029-03-02"})]))
    assert "the release is dated 1 March 2029, but plenary 9 was held on 2 March 2029" in warned(
        proposed(ENGLISH, known=known)
    )


def test_a_long_paragraph_is_called_by_how_it_begins() -> None:
    long = (
        "Fly kites of paper, of silk and of whatever else will carry an invented kite into the invented sky over both"
    )
    assert proposed(release("Kites", f"{long} places.")).measures[0].title.startswith("Fly kites of paper")
    assert proposed(release("Kites", f"{long} places.")).measures[0].title.endswith("…")
    assert proposed(release("Kites", "Will" + "x" * 200 + ".")).measures[0].title == "Will" + "x" * 76 + "…"
