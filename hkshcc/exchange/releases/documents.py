"""The documents that a release says were signed: titles in its sentences, and the lists that follow them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hkshcc.exchange.releases.counts import documents_counted
from hkshcc.exchange.releases.date_phrases import in_digits
from hkshcc.exchange.releases.headings import could_be_heading
from hkshcc.exchange.releases.page_text import bare
from hkshcc.exchange.releases.rows import Row
from hkshcc.exchange.releases.sentences import outside, sentences
from hkshcc.exchange.releases.signing import (
    NAMED,
    is_ceremony,
    is_signing,
    leaves_some,
    marked_titles,
    may_be_signing,
    titles_in,
)
from hkshcc.exchange.releases.wording import A_QUOTATION, aside
from hkshcc.language import _, ngettext
from hkshcc.reports.proposal import ProposedInstrument, ReleaseWarning, WarningKind

_LONGEST_TITLE = 300
_GOES_ON = re.compile(
    r"^(?:they|these|those|the others?|among them|the (?:two |three |four |five )?(?:documents|agreements|memoranda))\b"
    r"|^(?:其中|包括|分別|分别|當中|当中|有關|有关|上述|該|该)",
    re.IGNORECASE,
)


_EARLIER = re.compile(r"\b(?:last year|earlier this year|previously|years? ago)\b|去年|前年|早前|此前", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


@dataclass
class _Signing:
    """A place where something was signed: how many documents it speaks of, and how many titles were found for it."""

    line: int
    wanted: int | None
    found: int
    named: bool  # a title stands in the sentence
    lists: bool  # a colon announces a list
    quiet: bool  # a heading or a caption, which need not name anything
    mark: str = ""  # what stands before the items of its list


class _Documents:
    """Walks down a release and gathers titles where something was signed."""

    def __init__(self, kept: Mapping[int, str], year: int | None) -> None:
        self.kept = kept
        self.year = year
        self.found: dict[str, ProposedInstrument] = {}
        self.warnings: list[ReleaseWarning] = []
        self.announced: set[int] = set()  # the lines of sentences that titles follow
        self.signing: _Signing | None = None

    def take(self, row: Row) -> None:
        """Take a row: an item of a list that was announced, a sentence that tells of a signing, or what ends both."""
        if self.signing and (titles := self._listed(row, self.signing)):
            self._add(titles, row)
            self.signing.mark = row.mark
            return
        told = False
        # A measure's heading may stand on its line; what the paragraph says begins after it.
        for part in sentences(self.kept.get(row.line, row.text)):
            if self._tells(part, row):
                told = True
                self.close()
                self._sentence(part, row)
            elif (told or self.signing) and _goes_on(part, told=told):
                told = True
                self._add([found.title for found in titles_in(part)], row)
                if self.signing and _announces(part):
                    self.signing.lists = True
        if not told:
            self.close()

    def close(self) -> None:
        """End a signing, and say where the titles found are not as many as were spoken of."""
        signing, self.signing = self.signing, None
        if signing is None:
            return
        if signing.wanted and (signing.found < signing.wanted or (signing.lists and signing.found > signing.wanted)):
            message = ngettext(
                "line {line} mentions {n} signed document; {found} found",
                "line {line} mentions {n} signed documents; {found} found",
                signing.wanted,
                line=signing.line,
                found=signing.found,
            )
            self._say(signing.line, message)
        elif not signing.found and not signing.named and not signing.quiet:
            message = _("line {line} says that something was signed; no title was found in it", line=signing.line)
            self._say(signing.line, message)

    def _say(self, line: int, text: str) -> None:
        self.warnings.append(ReleaseWarning(WarningKind.DOCUMENTS, text, [line]))

    def _tells(self, part: str, row: Row) -> bool:
        said = bare(part)
        doubtful = may_be_signing(said)
        if not (doubtful or is_signing(said)) or aside(said) == A_QUOTATION:
            return False
        if doubtful and row.line in self.kept:
            text = _("line {line} may report a signing or promise one; it was kept as a measure", line=row.line)
            self._say(row.line, text)
            return False
        return True

    def _sentence(self, part: str, row: Row) -> None:
        said = bare(part)
        if self._is_earlier(said):
            text = _("line {line} reports a signing before the meeting; its documents were left out", line=row.line)
            self._say(row.line, text)
            return
        heads = is_ceremony(said) and could_be_heading(said, set_off=True)
        titles = [] if heads else titles_in(part)
        lists = _announces(part)
        counted, end = documents_counted(part[:600].translate(_HYPHENS)) or (None, 0)
        after = [found for found in titles if found.start >= end]
        quiet = heads or aside(row.bare) is not None
        self.signing = _Signing(row.line, counted, 0, bool(titles), lists, quiet)
        self._add([found.title for found in titles], row)
        self.signing.found = len(after) if lists else len(after or titles)
        if titles and not lists and leaves_some(part):
            text = _("line {line} may mention a document besides those found in it", line=row.line)
            self._say(row.line, text)

    def _is_earlier(self, said: str) -> bool:
        """Return whether something was signed in an earlier year than the release is of."""
        years = [int(year) for year in _YEAR.findall(outside(in_digits(said)))]
        return bool(_EARLIER.search(outside(said))) or bool(self.year and years and max(years) < self.year)

    def _listed(self, row: Row, signing: _Signing) -> list[str]:
        """Return the titles of an item of the list that a signing announces."""
        if row.line in self.kept or (signing.named and not signing.lists):
            return []
        marked = bool(row.mark or row.bare[:1] in '"“「《『')
        item = (
            NAMED.search(row.bare[:_LONGEST_TITLE]) or row.bare[:1] == "《" or (row.mark and row.mark == signing.mark)
            if marked
            else signing.lists and _is_a_title(row)
        )
        if not item:
            return []
        if any(self._tells(part, row) for part in sentences(row.text)):
            return [found.title for found in titles_in(row.text)]
        return [found.title for found in marked_titles(row.text)] or [_trimmed(row.text)]

    def _add(self, titles: Sequence[str], row: Row) -> None:
        """Add documents, each once however often it is named."""
        for title in titles:
            self.found.setdefault(bare(title).casefold(), ProposedInstrument(title, row.line))
        if self.signing and titles:
            self.signing.found += len(titles)
            self.announced.add(self.signing.line)


def documents_signed(
    rows: Sequence[Row], kept: Mapping[int, str], year: int | None = None
) -> tuple[list[ProposedInstrument], set[int], list[ReleaseWarning]]:
    """Return the documents signed, the lines that announce some, and warnings.

    ``kept`` are the paragraphs taken for measures, by line; ``year`` is that of the release.
    """
    documents = _Documents(kept, year)
    for row in rows:
        if not row.rule:
            documents.take(row)
    documents.close()
    return list(documents.found.values()), documents.announced, documents.warnings


_HYPHENS = {0x2010: "-", 0x2011: "-"}


def _announces(part: str) -> bool:
    return part.endswith((":", "："))


def _goes_on(part: str, *, told: bool) -> bool:
    """Return whether a sentence goes on with the documents: in the same paragraph, whatever names one in marks."""
    return bool(_GOES_ON.match(part)) or (told and bool(marked_titles(part)))


def _is_a_title(row: Row) -> bool:
    """Return whether a line without a mark of its own is the title of a document and nothing else."""
    titles = titles_in(row.text)
    whole = bool(titles) and len(titles[0].title) >= len(_trimmed(row.text)) - 4
    return whole or (bool(NAMED.search(row.bare[:_LONGEST_TITLE])) and could_be_heading(row.bare, set_off=False))


def _trimmed(text: str) -> str:
    text = re.sub(r"(?:[;,；，、.。]\s?(?:and|及|以及|和)?\s?)$", "", text[:_LONGEST_TITLE].strip())
    return text.strip(" ;；,，.。、")
