"""From bytes to lines: encodings, web pages, broken lines, and what is no text at all."""

import sys

import pytest

from hkshcc.errors import HkshccError
from hkshcc.exchange.releases.page_text import bare, decoded, page_of
from tests.exchange.releases.texts import HANS, HANT, proposed, under, warned

PAGE = """<!DOCTYPE html>
<html><head><title>Invented News</title><script>Kites will fly under this heading.</script></head>
<body><div><a href="#">Go to main content</a><p>Menu of invented things</p></div>
<span id="PRHeadlineSpan">9th Plenary Session of an <b>Invented</b> Hong Kong/Shanghai Conference</span>
<div id="contentBody"><span id="pressrelease">&nbsp;&nbsp;The two places met today (March 1).<br><br>
The two places reached consensus on the following 3 areas:<br>
<strong>Kite Flying</strong>:<br>
&nbsp; &nbsp; Continue to fly kites
over the harbour. <!-- a remark --><br />
<u>Noodles</u><br>&#12288;Explore <b>long</b> noodles &amp; short ones.<br>
<b>Spoons</b><p>Both sides will set up spoons.</p>
<ul><li>Support ladles.</li><li>Support forks.</li></ul>
<b>Signing Ceremony</b><br>The two sides signed the "Memorandum on Kites".
</span></div><br>Ends/Thursday, March 1, 2029<br>Issued at HKT 19:22<br>Kites will fly after the end.</body></html>
"""
FOUND = [
    ("Kite Flying", ["Continue to fly kites over the harbour."]),
    ("Noodles", ["Explore long noodles & short ones."]),
    ("Spoons", ["Both sides will set up spoons.", "Support ladles.", "Support forks."]),
]


@pytest.mark.needs_office
def test_a_page_of_the_government_gives_its_headline_its_release_and_its_day() -> None:
    proposal = proposed(PAGE, "release.html")
    assert proposal.title == "9th Plenary Session of an Invented Hong Kong/Shanghai Conference"
    assert (proposal.plenary, proposal.date) == (9, "2029-03-01")
    assert warned(proposal) == ["nothing was taken from lines 1, 11, 15"]  # the last promises something after the end
    assert under(proposal) == FOUND
    assert [area.line for area in proposal.areas] == [3, 5, 7]
    assert [document.title for document in proposal.instruments] == ["Memorandum on Kites"]


@pytest.mark.needs_office
def test_a_page_whose_source_is_one_line_tells_its_lines_of_text_apart() -> None:
    proposal = proposed(PAGE.replace("\n", " "), "release.html")
    assert under(proposal) == FOUND
    assert [measure.line for measure in proposal.measures] == [4, 6, 8, 9, 10]
    assert [document.line for document in proposal.instruments] == [12]


@pytest.mark.needs_office
@pytest.mark.parametrize("tag", ["h1", "title"])
def test_any_other_page_is_read_whole(tag: str) -> None:
    title = "<{0}>9th Plenary Session of an Invented Hong Kong/Shanghai Conference</{0}>"
    page = PAGE.replace('id="pressrelease"', "").replace('<span id="PRHeadlineSpan">', "<span>")
    page = page.replace("<title>Invented News</title>", title.format("title") if tag == "title" else "")
    page = page.replace("<body>", "<body>" + (title.format("h1") if tag == "h1" else ""))
    proposal = proposed(page, "standard input")
    assert proposal.title == "9th Plenary Session of an Invented Hong Kong/Shanghai Conference"
    assert under(proposal) == FOUND


@pytest.mark.needs_office
def test_a_page_without_a_title_and_one_without_text() -> None:
    assert proposed("<p>The two places will fly kites.</p>", "x.html").title == "The two places will fly kites."
    with pytest.raises(HkshccError, match="contains no text"):
        page_of(b"<html><body><script>kites</script></body></html>", "x.html")
    with pytest.raises(HkshccError, match="contains no text"):
        page_of(b"<html></html><!-- only a remark -->", "x.html")


@pytest.mark.needs_office
def test_a_file_that_is_not_what_its_name_says_is_read_as_what_it_is() -> None:
    assert under(proposed(PAGE, "release.txt")) == FOUND
    assert under(proposed(HANT, "release.html")) == under(proposed(HANT))


def test_a_page_without_lxml_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "lxml", None)
    with pytest.raises(HkshccError, match=r"needs lxml; install it with: pip install 'hkshcc\[office\]'"):
        page_of(PAGE.encode(), "release.html")
    assert under(proposed(HANT))


@pytest.mark.needs_office
def test_a_page_nested_too_deep_is_refused_rather_than_cut() -> None:
    with pytest.raises(HkshccError, match="nested too deeply for a web page"):
        page_of(b"<html>" + b"<div>x" * 100_000, "deep.html")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
@pytest.mark.parametrize("text", [HANS, HANT, "Kites, “noodles” and spoons, as English as can be."])
def test_every_usual_encoding_is_read(text: str, encoding: str) -> None:
    assert decoded(text.encode(encoding), "x").removeprefix("\ufeff") == text


def test_big5_is_told_from_gb18030() -> None:
    text = HANT.replace("•", "-")
    assert decoded(text.encode("big5hkscs"), "x") == text


def test_curly_quotes_of_windows_are_read() -> None:
    text = "The two places agreed on the following areas: “kites”, and on ‘noodles’ too" + ", and so on" * 9
    assert decoded(text.encode("cp1252"), "x") == text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04 kites", "a ZIP archive or an Office file"),
        (b"%PDF-1.7 kites", "a PDF"),
        (b"\xd0\xcf\x11\xe0 kites", "an old Office file"),
        (b"{\\rtf kites", "an RTF document"),
        (b"\x89PNG kites", "a picture"),
        (b"kites\nand \0 noodles, and more and more of both of them", "line 2 contains a NUL character"),
        (b"\xef\xbb\xbfkites\n\0", "line 2 contains a NUL character"),
        (b"\xef\xbb\xbfkites\xff", "not valid UTF-8 (line 1)"),
        (b"\xff\xfe\n\0\x00\xd8\n\0", "not valid UTF-16-LE (line 2)"),
        (bytes(range(0x80, 0x100)) * 3, "not in UTF-8, UTF-16, GB18030 or Big5"),
        (b" " * 1_000_000, "contains no text"),
        (b"", "contains no text"),
        (b"k" * 2_000_001, "longer than 2 MB"),
        (b"k\n" * 3001, "more than 3000 lines"),
    ],
)
def test_what_is_no_release_is_refused_in_a_sentence_that_names_the_file(data: bytes, said: str) -> None:
    with pytest.raises(HkshccError) as refused:
        page_of(data, "invented.txt")
    assert str(refused.value).startswith("invented.txt ")
    assert said in str(refused.value)
    assert refused.value.exit_code == 1


def test_lines_that_a_mail_program_broke_are_joined() -> None:
    text = """9th Plenary Session of the Invented Kite Conference

   The two places, both of them invented, met today (March 1) in an invented hall
and reached consensus on co-operation in the following two areas that matter to
nobody at all:

Kite Flying

   Continue to fly kites over the harbour of the first invented place, and after
that over the harbour of the second one, so that people of both places see kites
all day long.

Noodles

   Explore noodles of a common length which people in either place may eat with
spoons of their own choice, and support research on the forks that are used for
them.
Ends/Thursday, March 1, 2029
"""
    proposal = proposed(text)
    assert [(name, [said[-13:] for said in paragraphs]) for name, paragraphs in under(proposal)] == [
        ("Kite Flying", ["all day long."]),
        ("Noodles", ["sed for them."]),
    ]
    assert proposal.date == "2029-03-01"


def test_broken_chinese_lines_are_joined_without_a_space() -> None:
    broken = "\n".join(["風箏" * 15] * 7)
    [line] = page_of(broken.encode(), "x").lines
    assert line.text == "風箏" * 105


def test_a_text_is_bared_of_what_cannot_be_seen_and_of_forms_that_differ() -> None:
    assert bare("Co\u2011oper\u200bation ：（一）") == "Co-operation :(一)"


AREAS = "The two places agreed to co-operate in the following areas:"


@pytest.mark.needs_office
def test_an_item_of_a_page_s_list_is_no_heading() -> None:
    page = f"<p>{AREAS}</p><p><b>Kites</b></p><ul><li>Fly kites</li><li>Invite 20 kites</li></ul><p>They will land.</p>"
    assert under(proposed(page, "x.html")) == [("Kites", ["Fly kites", "Invite 20 kites", "They will land."])]


@pytest.mark.needs_office
def test_cells_of_a_page_s_table_are_lines_of_their_own() -> None:
    page = f"<p>{AREAS}</p><table><tr><th>Kites</th><td>Both sides will fly kites.</td></tr></table>"
    assert under(proposed(page, "x.html")) == [("Kites", ["Both sides will fly kites."])]


@pytest.mark.needs_office
def test_a_release_in_several_parts_of_a_page_is_read_whole() -> None:
    part = '<div id="pressrelease">{}</div>'
    title = '<span id="PRHeadlineSpan">9th Plenary Session of an Invented Hong Kong/Shanghai Conference</span>'
    page = (
        title
        + part.format(f"<p>{AREAS}</p><p><b>Kites</b></p><p>Fly kites.</p>")
        + part.format("<p><b>Noodles</b></p><p>Explore noodles.</p>")
    )
    assert under(proposed(page, "x.html")) == [("Kites", ["Fly kites."]), ("Noodles", ["Explore noodles."])]
