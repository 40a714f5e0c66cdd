"""A measure's very paragraph, found in a person's own copy of the release by its SHA-256."""

from collections.abc import Sequence

from hkshcc.exchange.releases.page_text import ReleasePage, bare
from hkshcc.exchange.releases.reading import ReleaseDraft
from hkshcc.exchange.releases.release import read_release
from hkshcc.exchange.releases.rows import digest, rows_of
from hkshcc.register.model import Measure
from hkshcc.reports.quotation import Quoted
from hkshcc.text import folded


def quoted(
    page: ReleasePage, file: str, measures: Sequence[Measure], everything: Sequence[Measure]
) -> dict[str, Quoted]:
    """Return, by ref, each measure's paragraph, or which other paragraphs of its plenary the copy does have."""
    read = read_release(page)
    found = _paragraphs(page, read)
    of_a_plenary = bool(read.areas) or read.plenary is not None
    answers = {}
    for measure in measures:
        line, text = found.get(measure.sha256 or "", (None, None))
        others = {
            other.paragraph: other.sha256 in found
            for other in everything
            if other.plenary == measure.plenary and other.paragraph and other.sha256
        }
        matching = sorted(paragraph for paragraph, matches in others.items() if matches)
        answers[measure.ref] = Quoted(file, measure.sha256 is not None, line, text, matching, len(others), of_a_plenary)
    return answers


def _paragraphs(page: ReleasePage, read: ReleaseDraft) -> dict[str, tuple[int, str]]:
    """Return all that a paragraph could be, by its digest: whole lines, lines without their mark or heading."""
    found: dict[str, tuple[int, str]] = {}
    whole = [(line.number, folded(line.text)) for line in page.lines]
    marked = [(row.line, row.text) for row in rows_of(page.lines)]
    headed = [(row.line, row.text) for area in read.areas for row in area.paragraphs]
    for number, text in (*headed, *marked, *whole):
        if bare(text):
            found.setdefault(digest(text), (number, text))
    return found
