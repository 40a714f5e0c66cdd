"""Whose release it is: that of another conference is said to be so, and never entered as one of this."""

import json
from pathlib import Path

import pytest

from hkshcc.register.vocabulary import CONFERENCE
from tests.exchange.releases.texts import ENGLISH, HANS, HANT, proposed, warned
from tests.running import run, sentence

OURS = CONFERENCE["en"]
AREAS = "The two places agreed to co-operate in the following areas:\nKites\nBoth sides will fly invented kites.\n"
END = "Ends/Thursday, March 1, 2029\n"
BEIJING = f"9th Plenary Session of the Hong Kong/Beijing Kite Conference held in Kitetown\n{AREAS}{END}"


def release_titled(title: str, *lines: str) -> str:
    return "\n".join([title, *lines, AREAS + END])


@pytest.mark.parametrize(
    ("title", "name"),
    [
        (
            "Fourth Session of the Hong Kong/Beijing Co-operation Conference",
            "Hong Kong/Beijing Co-operation Conference",
        ),
        ("CS attends Hong Kong/Fujian Kite Conference", "Hong Kong/Fujian Kite Conference"),
        ("HK-Sichuan conference held", "HK-Sichuan conference"),
        ("HK\u2011Guangdong Kite and Noodle Joint Conference", "HK-Guangdong Kite and Noodle Joint Conference"),
        ("Kites at Hong Kong/Shenzhen co-operation meeting", "Hong Kong/Shenzhen co-operation meeting"),
        ("Sixth Hong Kong Macao Kite High Level Meeting", "Hong Kong Macao Kite High Level Meeting"),
        ("Macao and Hong Kong Kite Forum", "Macao and Hong Kong Kite Forum"),
        ("Guangdong-Hong Kong Joint Conference on Kites", "Guangdong-Hong Kong Joint Conference"),
        ("HONG KONG/KITETOWN CO-OPERATION CONFERENCE", "HONG KONG/KITETOWN CO-OPERATION CONFERENCE"),
        ("京港合作會議第九次會議", "京港合作會議"),
        ("港京合作会议第九次会议", "港京合作会议"),
        ("閩港風箏會議第九次會議", "閩港風箏會議"),
        ("粵港合作聯席會議第九次會議", "粵港合作聯席會議"),
        ("粤港合作联席会议第九次会议", "粤港合作联席会议"),
        ("川港高层会议", "川港高层会议"),
        ("第九次港澳合作高层会议", "港澳合作高层会议"),
        ("深港合作會議", "深港合作會議"),
        ("香港與福建風箏會議", "香港與福建風箏會議"),
        ("四川与香港合作会议", "四川与香港合作会议"),
    ],
)
def test_the_release_of_another_conference_is_known_by_its_title(title: str, name: str) -> None:
    conference = proposed(release_titled(title)).conference
    assert conference is not None
    assert (conference.name, conference.ours) == (name, False)


@pytest.mark.parametrize(
    "title",
    [
        "9th Plenary Session of the Hong Kong/Shanghai Co-operation Conference",
        "HK-Shanghai conference held",
        "Shanghai-Hong Kong Kite Forum",
        "Hong Kong and Shanghai Kite Co-operation Conference",
        "滬港合作會議第九次會議",
        "沪港合作会议第九次会议",
        "港沪合作会议",
        "港滬風箏會議",
        "香港與上海合作會議",
        "上海和香港风筝会议",
        *CONFERENCE.values(),
    ],
)
def test_a_release_of_this_conference_is_known_by_its_title(title: str) -> None:
    proposal = proposed(release_titled(title))
    assert proposal.conference is not None
    assert proposal.conference.ours is True
    assert not [said for said in warned(proposal) if "conference" in said]


@pytest.mark.parametrize("text", [ENGLISH, HANT, HANS])
def test_another_conference_that_the_body_speaks_of_changes_nothing(text: str) -> None:
    for other in (
        "The Hong Kong/Beijing Co-operation Conference will meet, and kites will fly there too.",
        "雙方將支持京港合作會議。",
    ):
        at = text.index("Noodle Kitchens") if "Noodle Kitchens" in text else text.index("（二）")
        conference = proposed(f"{text[:at]}{other}\n{text[at:]}").conference
        assert conference is not None
        assert conference.ours is True


@pytest.mark.parametrize(
    ("line", "ours"),
    [
        ("They met at the Hong Kong/Shanghai Kite Conference today.", True),
        ("They met at the Hong Kong/Fujian Kite Conference today.", False),
        ("雙方今日在滬港合作會議會面。", True),
        ("新华社香港电，京港合作会议今日举行。", False),
    ],
)
def test_where_the_title_names_none_the_first_lines_decide(line: str, ours: bool) -> None:  # noqa: FBT001  a case
    conference = proposed(release_titled("Kites agreed on", "Two invented people met.", line)).conference
    assert conference is not None
    assert conference.ours is ours


def test_the_title_decides_over_the_lines_that_follow() -> None:
    text = release_titled("Hong Kong/Shanghai Kite Conference", "The Hong Kong/Fujian Kite Conference met last year.")
    conference = proposed(text).conference
    assert conference is not None
    assert conference.ours is True


@pytest.mark.parametrize(
    "line",
    [
        "A man of the Hong Kong and Macao Affairs Office attended the Conference.",
        "Kites of the Guangdong-Hong Kong-Macao Greater Bay Area Co-operation Forum fly.",
        "Hong Kong-based kites flew to the Conference.",
        "The Hong Kong-Kitetown-Macao Bridge opened, and the Conference met.",
        "港澳辦主任出席會議。",
        "港澳事务办公室的人与会议代表会面。",
        "粵港澳合作會議",
        "港珠澳大橋會議",
        "來港出席會議的人士",
        "香港會議",
    ],
)
def test_chance_words_name_no_conference(line: str) -> None:
    proposal = proposed(release_titled("Kites agreed on", line))
    assert proposal.conference is None
    said = "the beginning of the release does not say which conference it is of"
    assert warned(proposal)[0] == f"{said}; this register belongs to the {OURS}"


def test_a_release_that_names_this_conference_and_another_is_doubtful() -> None:
    both = "Hong Kong/Beijing Kite Conference and Hong Kong/Shanghai Kite Conference"
    proposal = proposed(release_titled(both))
    assert proposal.conference is not None
    assert proposal.conference.ours is None
    assert warned(proposal)[0] == f"the beginning of the release names the {both}; this register belongs to the {OURS}"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "register.json"
    assert run("init", "--empty", store=path).code == 0
    assert run("plenary", "add", "9", "--date", "2026-03-01", store=path).code == 0
    return path


def test_a_preview_says_first_that_the_release_is_another_conference_s(store: Path) -> None:
    ran = run("import", "release", "-", store=store, keys=BEIJING)
    assert ran.code == 0
    whose = f"this is a release of the Hong Kong/Beijing Kite Conference; this register belongs to the {OURS}"
    assert " ".join(ran.out.split("\n\n")[0].split()) == f"! {whose}"
    machine = json.loads(run("import", "release", "-", "--format", "json", store=store, keys=BEIJING).out)
    assert machine["conference"] == {"name": "Hong Kong/Beijing Kite Conference", "ours": False}


def test_the_release_of_another_conference_is_not_entered(store: Path, tmp_path: Path) -> None:
    file = tmp_path / "release.txt"
    file.write_text(BEIJING, encoding="utf-8")
    before = store.read_bytes()
    ran = run("import", "release", str(file), "--apply", store=store)
    assert ran.code == 4
    assert sentence(ran).startswith(
        f"{file} is a release of the Hong Kong/Beijing Kite Conference; this register belongs to the {OURS}"
    )
    assert store.read_bytes() == before
    ours = run("import", "release", "-", "--apply", store=store, keys=BEIJING.replace("Beijing", "Shanghai"))
    assert ours.code == 0


def test_no_sheet_is_entered_with_the_release_of_another_conference(store: Path, tmp_path: Path) -> None:
    file, sheet = tmp_path / "release.txt", tmp_path / "proposal.csv"
    file.write_text(BEIJING, encoding="utf-8")
    assert run("import", "release", str(file), "-o", str(sheet), store=store).code == 0
    before = store.read_bytes()
    preview = run("import", "measures", str(sheet), "--release", str(file), store=store)
    assert preview.code == 0
    assert preview.err.startswith(f"hkshcc: {file} is a release of the Hong Kong/Beijing Kite Conference; ")
    ran = run("import", "measures", str(sheet), "--release", str(file), "--apply", store=store)
    assert ran.code == 4
    assert "is a release of the Hong Kong/Beijing Kite Conference" in sentence(ran)
    assert store.read_bytes() == before
