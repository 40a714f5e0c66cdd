"""Pictures: their numbers are the page's, they are read without colour and with any, and nothing in them acts."""

import json
import re
from collections.abc import Sequence
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from hkshcc.language import LANGUAGES
from hkshcc.register.vocabulary import CONFERENCE, Status
from hkshcc.render.looks import fill_of
from hkshcc.render.pictures.canvas import FAINT, GROUND, INK, WIDE, Canvas, room_of
from hkshcc.reports.over_time import LAYERS
from hkshcc.text import width
from tests import hostile
from tests.colours import contrast, linear, parts_of
from tests.commands import with_picture
from tests.running import run

SVG = "{http://www.w3.org/2000/svg}"
KINDS = ("steps", "lanes", "matrix")


def drawn(store: Path, words: str, lang: str = "en") -> ET.Element:
    ran = run("--lang", lang, *words.split(), "--format", "svg", store=store)
    assert ran.code == 0, ran.err
    return ET.fromstring(ran.out)  # noqa: S314  our own


def texts(picture: ET.Element) -> list[ET.Element]:
    return picture.findall(f"{SVG}text")


def said(picture: ET.Element) -> list[str]:
    return [text.text or "" for text in texts(picture)]


def fills(picture: ET.Element, element: str) -> list[str]:
    return [shape.attrib["fill"] for shape in picture.findall(f"{SVG}{element}") if "fill" in shape.attrib]


# What a picture says


@pytest.mark.parametrize("words", with_picture())
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_picture_says_in_its_language_what_it_is_and_what_it_was_drawn_from(
    store: Path, words: str, lang: str
) -> None:
    picture = drawn(store, words, lang)
    title, description, ground = picture[0], picture[1], picture[2]
    assert (title.tag, description.tag) == (f"{SVG}title", f"{SVG}desc")
    assert picture.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == lang
    assert picture.attrib["role"] == "img"
    assert title.text
    assert title.text in said(picture)
    assert description.text
    assert re.search(r"\d", description.text)
    assert (ground.attrib["fill"], ground.attrib["width"]) == (GROUND, str(WIDE))
    assert any(text.startswith(CONFERENCE[lang]) for text in said(picture))
    page = run("--lang", lang, *words.split(), store=store).lines
    assert page[-1] in said(picture)
    assert page[-2] in said(picture)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_on_the_register_that_ships_no_text_leaves_the_picture_or_meets_another(
    tmp_path: Path, kind: str, lang: str
) -> None:
    picture = drawn(tmp_path / "none.json", f"picture {kind}", lang)
    high = int(picture.attrib["height"])
    places = []
    for text in texts(picture):
        size = int(text.attrib.get("font-size", "12"))
        wide, across, down = room_of(text.text or "", size) / 1.06, float(text.attrib["x"]), float(text.attrib["y"])
        across -= {"": 0, "start": 0, "middle": wide / 2, "end": wide}[text.attrib.get("text-anchor", "")]
        places.append((across, down - size * 0.7, across + wide, down, text.text))
    assert [place for place in places if place[0] < 0 or place[2] > WIDE or place[1] < 0 or place[3] > high] == []
    met = [
        (one[4], other[4])
        for one, other in combinations(places, 2)
        if one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
    ]
    assert met == []


def test_the_steps_end_in_the_numbers_of_the_report(tmp_path: Path) -> None:
    store = tmp_path / "none.json"
    [*_, last] = json.loads(run("report", "--over-time", "--format", "json", store=store).out)["points"]
    counts = json.loads(run("report", "--format", "json", store=store).out)["counts"]
    labels = said(drawn(store, "picture steps"))
    for status, label in (("unknown", "not established"), ("in-progress", "in progress"), ("completed", "completed")):
        assert f"{counts[status]} {label}" in labels
        assert last[status.replace("-", "_")] == counts[status]
    assert f"{last['lapsed']} lapsed" in labels
    assert f"{counts['continuing'] - last['lapsed']} continuing" in labels


def test_the_steps_are_as_high_as_their_counts(store: Path) -> None:
    points = json.loads(run("picture", "steps", "--format", "json", store=store).out)["points"]
    picture = drawn(store, "picture steps")
    layers = [path for path in picture.findall(f"{SVG}path") if path.attrib.get("fill", "none") != "none"]
    most = max(point["total"] for point in points)
    completed = next(path for path in layers if path.attrib["fill"] == fill_of("completed"))
    corners = [tuple(map(float, each.split())) for each in re.findall(r"[\d.]+ [\d.]+", completed.attrib["d"])]
    upper = [down for _across, down in corners[: 2 * len(points) : 2]]
    bottom = corners[-1][1]
    assert [round((bottom - down) / 340 * most) for down in upper] == [point["completed"] for point in points]


def test_the_lanes_have_a_dot_for_each_piece_of_evidence_and_a_row_for_each_measure(store: Path) -> None:
    measures = json.loads(run("timeline", "--format", "json", store=store).out)["measures"]
    picture = drawn(store, "picture lanes")
    pieces = sum(told["pieces"] for measure in measures for told in measure["evidence"])
    assert pieces
    assert len(picture.findall(f"{SVG}circle")) == pieces + 1  # and the one that says what they are
    refs = [ref for ref in said(picture) if re.fullmatch(r"\d-[A-Z]{3}-\d[a-z]?", ref)]
    assert sorted(refs) == sorted(measure["ref"] for measure in measures)


def test_where_the_sides_differ_a_lane_has_two_halves(store: Path) -> None:
    picture = drawn(store, "timeline 7-KCH-4")
    dropped, acting = fill_of("not-pursued"), fill_of("in-progress")
    halves = [rect for rect in picture.findall(f"{SVG}rect") if rect.attrib["fill"] in {dropped, acting}][1:]
    above, below = halves[-2:]
    assert (above.attrib["fill"], below.attrib["fill"]) == (dropped, acting)
    assert above.attrib["x"] == below.attrib["x"]
    assert float(above.attrib["y"]) + float(above.attrib["height"]) == float(below.attrib["y"])


def test_the_matrix_has_a_square_for_each_measure(tmp_path: Path) -> None:
    store = tmp_path / "none.json"
    picture = drawn(store, "picture matrix")
    squares = [rect for rect in picture.findall(f"{SVG}rect") if rect.attrib["width"] == rect.attrib["height"] == "11"]
    counts = json.loads(run("report", "--format", "json", store=store).out)
    assert len(squares) == counts["total"]
    assert sum(square.attrib["fill"] == fill_of("lapsed") for square in squares) == sum(
        group["lapsed"] for group in counts["groups"]
    )


def test_a_picture_is_the_same_as_a_file_and_on_a_pipe(store: Path) -> None:
    written = store.with_name("steps.svg")
    run("picture", "steps", "-o", str(written), store=store, encoding="cp950")
    assert run("picture", "steps", "--format", "svg", store=store).raw == written.read_bytes()


def test_chosen_fields_are_drawn_as_their_table(store: Path) -> None:
    picture = drawn(store, "picture steps --fields day,completed")
    assert "desc" not in {element.tag.removeprefix(SVG) for element in picture}


@pytest.mark.parametrize(
    "words",
    [
        *with_picture(),
        f"picture lanes --status {','.join(sorted(Status))} --kind deliverable --search e --stale-after 90",
    ],
)
def test_a_picture_that_is_kept_is_told_from_one_that_was_altered(store: Path, words: str) -> None:
    kept = store.with_name("kept.svg")
    assert run(*words.split(), "-o", str(kept), store=store).code == 0
    ran = run("check", "--report", str(kept), store=store)
    assert (ran.code, ran.lines[0]) == (0, f"{kept} is as it was drawn.")
    kept.write_text(kept.read_text(encoding="utf-8").replace("in progress", "completed"), encoding="utf-8")
    assert run("check", "--report", str(kept), store=store).code == 1


# Colours


def _lab(light: Sequence[float]) -> tuple[float, float, float]:
    """CIE L*a*b* with the white of sRGB."""
    red, green, blue = light
    tristimulus = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089,
    )
    x, y, z = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in tristimulus)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


# What people see who lack a sort of cone: Machado, Oliveira and Fernandes (2009), severity 1.
EYES = {
    "all three": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
ROLES = [str(role) for role in LAYERS]


@pytest.mark.parametrize("colour", [INK, FAINT])
@pytest.mark.parametrize("ground", [GROUND])
def test_every_text_can_be_read(colour: str, ground: str) -> None:
    """At least 4.5 to 1, by the Web Content Accessibility Guidelines."""
    assert contrast(colour, ground) >= 4.5


@pytest.mark.parametrize("kind", KINDS)
def test_every_text_is_in_a_colour_that_can_be_read(store: Path, kind: str) -> None:
    found = {text.attrib.get("fill", INK) for text in texts(drawn(store, f"picture {kind}"))}
    assert found <= {INK, FAINT}


@pytest.mark.parametrize("eyes", EYES)
def test_without_colour_the_further_is_the_darker(eyes: str) -> None:
    """By at least 4 of 100 steps of lightness, which a copier keeps apart."""
    lights = [_lab(_seen(fill_of(role), eyes))[0] for role in ROLES]
    assert [(one, other) for one, other in pairwise(lights) if other - one < 2] == []
    if eyes == "all three":
        assert [(one, other) for one, other in pairwise(lights) if other - one < 4] == []


@pytest.mark.parametrize("eyes", EYES)
def test_no_two_colours_look_alike_to_anybody(eyes: str) -> None:
    """At least 10 apart by CIE 1976, of which 2.3 can just be told."""
    seen = {role: _lab(_seen(fill_of(role), eyes)) for role in ROLES}
    near = {
        (one, other): sum((a - b) ** 2 for a, b in zip(seen[one], seen[other], strict=True)) ** 0.5
        for one, other in combinations(ROLES, 2)
    }
    assert {pair: apart for pair, apart in near.items() if apart < 10} == {}


def _seen(colour: str, eyes: str) -> list[float]:
    light = linear(parts_of(colour))
    mixed = [sum(weight * part for weight, part in zip(row, light, strict=True)) for row in EYES[eyes]]
    return [min(1.0, max(0.0, part)) for part in mixed]


@pytest.mark.parametrize("kind", KINDS)
def test_areas_are_in_the_colours_of_their_roles(tmp_path: Path, kind: str) -> None:
    picture = drawn(tmp_path / "none.json", f"picture {kind}")
    known = {*map(fill_of, ROLES), GROUND, "none", INK}
    assert {*fills(picture, "rect"), *fills(picture, "path"), *fills(picture, "circle")} <= known
    used = {fill_of(role) for role in ("unknown", "in-progress", "continuing", "lapsed", "completed")}
    assert used <= {*fills(picture, "rect"), *fills(picture, "path")}


# Texts from outside


@pytest.mark.parametrize("words", with_picture(hostile.NAMES))
@pytest.mark.parametrize("said_so", ["4,096 characters", "script", "right-to-left override", "colour"])
def test_a_hostile_text_is_text_and_stays_within_the_picture(tmp_path: Path, words: str, said_so: str) -> None:
    store = hostile.write(tmp_path / "register.json", hostile.TEXTS[said_so])
    ran = run(*words.split(), "--format", "svg", store=store)
    assert hostile.live_in_svg(ran.raw) == []
    assert len(ran.raw) < 30_000


def test_a_long_name_is_shortened_and_says_so() -> None:
    canvas = Canvas("en")
    assert canvas.clipped("short", 100, 12) == "short"
    for long in ("k" * 5000, "風" * 5000, "a b " * 900):
        kept = canvas.clipped(long, 100, 12)
        assert kept.endswith("…")
        assert room_of(kept, 12) <= 100


def test_a_line_is_broken_between_words_and_between_chinese_characters() -> None:
    canvas = Canvas("zh-Hant")
    lines = canvas.broken("What is shown is what is known: " * 4, 200, 12)
    assert " ".join(lines) == ("What is shown is what is known: " * 4).strip()
    assert max(room_of(line, 12) for line in lines) <= 200
    lines = canvas.broken("所示為已知情況，狀況由其屬實當日起計，不論何時記錄。" * 3, 200, 12)
    assert [line for line in lines if line[0] in "，。"] == []
    assert max(width(line) for line in lines) <= 36


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_of_the_register_that_ships_is_small(tmp_path: Path, kind: str) -> None:
    ran = run("picture", kind, "--format", "svg", store=tmp_path / "none.json")
    assert len(ran.raw) < 50_000
