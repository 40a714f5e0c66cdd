"""The areas of a release fitted to a register: those that it knows, those that a heading names shortly, new ones."""

import pytest

from tests.exchange.releases.texts import proposed, register, release, under, warned
from tests.register.build import draft, numbered

KITES = "Continue to fly kites over the invented harbour."
NOODLES = "Explore noodles of a common length."
SPOONS = "Both sides will set up a works for spoons."


def area(slug: str, code: str, **names: str) -> dict[str, object]:
    return {"slug": slug, "code": code, "name": names}


def test_areas_that_the_register_knows_take_its_slug_and_code_others_get_new_ones() -> None:
    known = register(*numbered([draft("area", thing=area("kites", "KIT", en="Kite  flying"))]))
    proposal = proposed(
        release("Kite Flying", KITES, "Kitchens", NOODLES, "Kits", SPOONS, "Kitchens", "Kitchens will open."),
        known=known,
    )
    assert [(area.slug, area.code, area.known) for area in proposal.areas] == [
        ("kites", "KIT", True),
        ("kitchens", "KTC", False),
        ("kits", "KTS", False),
        ("kitchens", "KTC", False),
    ]
    assert [measure.number for measure in proposal.measures] == [1, 1, 1, 2]


CITY_AREAS = register(
    *numbered([
        draft("area", thing=area("culture", "CUL", **{"en": "Cultural Kites", "zh-Hant": "文化及風箏"})),
        draft("area", thing=area("learning", "EDU", **{"zh-Hant": "風箏教育及培訓", "zh-Hans": "风筝教育及培训"})),
        draft("area", thing=area("banks", "FIN", en="Kite Banks")),
        draft("area", thing=area("kites", "KIT", en="Kite flying and kite making")),
        draft("area", thing=area("games", "SPO", en="Sports and tourism")),
    ])
)  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("文化", "CUL"),  # how its name begins
        ("教育", "EDU"),  # in its name, and its subject
        ("教育合作", "EDU"),
        ("育訓教", None),
        ("教訓", None),
        ("教育培訓", "EDU"),  # short for its name
        ("金融", "FIN"),  # no name in that script
        ("體育", "SPO"),
        ("Kite Flying", "KIT"),
        ("Sports", "SPO"),
        ("Kite", None),  # part of two names, the beginning of two headings
        ("Flying", None),  # part of a name, and no subject
        ("Kit", None),  # part of a word
        ("培訓", None),
        ("Creative Industries", None),  # shares a subject, no word
        ("Green Finance", None),  # says more than the subject
        ("法律", None),
    ],
)
def test_a_short_heading_finds_the_one_known_area_that_it_names_and_says_so(heading: str, code: str | None) -> None:
    proposal = proposed(release(heading, "The two places will continue to co-operate."), known=CITY_AREAS)
    [found] = proposal.areas
    assert (found.code if found.known else None) == code
    said = [warning for warning in warned(proposal) if "was read as" in warning]
    assert [warning.split(",")[0] for warning in said] == [f"'{heading}' (line 5) was read as area {code}"] * bool(code)


def test_a_short_heading_finds_no_area_that_another_heading_names() -> None:
    names = ("Cultural Kites", "文化", "Kite flying", "Kite flying and kite making", "金融", "金融合作")
    lines = [line for name in names for line in (name, f"The two places will co-operate in {name}.")]
    found = [area.code if area.known else None for area in proposed(release(*lines), known=CITY_AREAS).areas]
    assert found == ["CUL", None, None, "KIT", None, None]


def test_an_area_named_in_chinese_gets_a_slug_by_its_subject_or_a_number() -> None:
    text = "虛構滬港第九次會議\n雙方同意在以下範疇合作：\n金融\n繼續合作。\n風箏\n繼續放。\n麵條\n繼續煮。\n完"
    assert [(area.slug, area.code) for area in proposed(text).areas] == [
        ("finance", "FIN"), ("area", "ARE"), ("area-2", "AEA"),
    ]  # fmt: skip


def test_no_area_gets_the_code_of_the_documents() -> None:
    assert proposed(release("Doctors", "Doctors will fly kites.")).areas[0].code != "DOC"


def test_what_somebody_says_is_no_heading_and_does_not_end_the_areas() -> None:
    text = release("Kites", KITES, 'Mr Invented added: "We\'ll open ten kite shops."', SPOONS, "Noodles", NOODLES)
    proposal = proposed(text)
    assert under(proposal) == [("Kites", [KITES, SPOONS]), ("Noodles", [NOODLES])]
    assert warned(proposal) == ["line 7 was read as a quotation and left out"]


def test_every_line_of_which_nothing_was_taken_is_named() -> None:
    text = release("Kites", KITES, "Signing Ceremony", "The invented band played a march for the guests.", "So it went")
    assert warned(proposed(text)) == ["nothing was taken from lines 7-9"]


def test_a_promise_after_the_end_is_named() -> None:
    text = release("Kites", KITES) + "\nBoth sides will set up a works for strings after all."
    [warning] = warned(proposed(text))
    assert warning == "nothing was taken from line 9"


def test_numbers_of_another_sort_within_an_area_are_its_items() -> None:
    text = release(
        "一、Kites", "（一）Set up kite shops", "（二）Explore kites", "二、Noodles", "1. Hold a noodle fair"
    )
    assert under(proposed(text)) == [
        ("Kites", ["Set up kite shops", "Explore kites"]),
        ("Noodles", ["Hold a noodle fair"]),
    ]


def test_a_rule_that_underlines_nothing_is_no_lost_heading_where_no_heading_is_underlined() -> None:
    for rule in ("-----", "*****"):
        assert under(proposed(release("Kites", KITES, "", rule, SPOONS))) == [("Kites", [KITES, SPOONS])]


def test_asterisks_are_no_lost_heading_where_headings_are_underlined() -> None:
    text = release("Kites", "-----", KITES, "Noodles", "-------", NOODLES, "", "*****", SPOONS)
    assert under(proposed(text)) == [("Kites", [KITES]), ("Noodles", [NOODLES, SPOONS])]


def test_a_rule_before_the_first_heading_is_no_lost_heading() -> None:
    assert warned(proposed(release("-----", "Kites", "-----", KITES, "Noodles", "-------", NOODLES))) == []


def test_a_number_that_stands_alone_at_the_end_is_no_area() -> None:
    assert under(proposed(release("(1) Kites", KITES, "(2)"))) == [("Kites", [KITES])]


def test_the_last_of_several_short_items_is_an_item() -> None:
    text = release("Kites", KITES, "• Paper kites", "• Silk kites")
    assert under(proposed(text)) == [("Kites", [KITES, "Paper kites", "Silk kites"])]


def test_a_heading_over_what_somebody_says_does_not_take_the_areas_up_again() -> None:
    said = 'Mr Invented said, "We will wear hats."'
    proposal = proposed(release("Kites", KITES, "Signing Ceremony", "Two men met.", "Hats", said))
    assert under(proposal) == [("Kites", [KITES])]


@pytest.mark.parametrize("mark", [":", " :", "：", " ：", ": :"])
def test_a_colon_is_no_part_of_an_area_s_name(mark: str) -> None:
    assert proposed(release(f"Soup{mark}", "Cook soup together.")).areas[0].name == "Soup"


def test_a_heading_in_small_letters_stands_apart_from_what_follows_its_colon() -> None:
    assert under(proposed(release(f"Kite flying: {KITES}", f"Long noodles: {NOODLES}"))) == [
        ("Kite flying", [KITES]),
        ("Long noodles", [NOODLES]),
    ]


def test_what_somebody_says_before_the_first_area_is_told() -> None:
    text = release('Mr Invented said, "We met."', "Kites", KITES)
    assert warned(proposed(text)) == ["line 5 was read as a quotation and left out"]


def test_a_numbered_line_that_promises_is_a_heading_only_where_most_words_have_capitals() -> None:
    text = release("(1) Kites", KITES, "(2) Noodles will Boil in pots", "(4) Soup Will Be Hot", "Cook it.")
    assert [area.name for area in proposed(text).areas] == ["Kites", "Soup Will Be Hot"]


@pytest.mark.parametrize(
    "heading",
    [
        "2008 Kite Games in an Invented City and Noodle Events in Another",
        "14th Five-Year Kite Plan",
        "5G Kites",
        "5G and kites",
        '"Kite and Noodle" Initiative',
        "“Kite and Noodle” Initiative",
        "e-Kites",
        "e-Kites and i-Noodles",
        "(New) Kites",
        "「風箏及麵條」倡議",
        "《風箏》計劃",
        "2008風箏運動會",
        "“Kite and Noodle”",
        "「風箏」",
    ],
)
def test_a_heading_may_begin_with_a_figure_or_a_mark(heading: str) -> None:
    text = release("Hats", KITES, heading, SPOONS, "Noodles", NOODLES)
    assert [area.name for area in proposed(text).areas] == ["Hats", heading, "Noodles"]


@pytest.mark.parametrize(
    "line",
    ["20 kites for each of the two places", "“We like kites, and noodles”", "in both places", "「我們喜歡風箏。」"],
)
def test_a_line_that_begins_with_a_figure_or_a_mark_is_not_therefore_a_heading(line: str) -> None:
    text = release("Hats", KITES, line, "Noodles", NOODLES)
    assert [area.name for area in proposed(text).areas] == ["Hats", "Noodles"]


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (["On kite flying, both sides will fly.", "As for noodles, both will cook."], ["kite flying", "noodles"]),
        (["風箏方面，雙方將放風箏。", "在麵條方面，雙方探討麵條。"], ["風箏", "麵條"]),
    ],
)
def test_without_headings_paragraphs_name_their_areas_themselves(lines: list[str], names: list[str]) -> None:
    proposal = proposed("\n".join(["9th Hong Kong/Shanghai Kite Conference", "They met.", *lines, "They left."]))
    assert under(proposal) == [(name, [line]) for name, line in zip(names, lines, strict=True)]
    assert [area.line for area in proposal.areas] == [3, 4]
    assert "nothing was taken from lines 2, 5" in warned(proposal)


def test_under_headings_a_paragraph_names_no_area_of_its_own() -> None:
    said = "On kite tails, both sides will explore long ones."
    assert under(proposed(release("Kites", KITES, said))) == [("Kites", [KITES, said])]
