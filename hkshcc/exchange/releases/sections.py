"""The part of a release that holds its areas: paragraphs sorted under headings, and what is left out named."""

import re
from collections.abc import Container, Sequence

from hkshcc.exchange.releases.headings import could_be_heading, is_other_heading, is_surely_other
from hkshcc.exchange.releases.missing_headings import subject_named, suggested
from hkshcc.exchange.releases.page_text import bare
from hkshcc.exchange.releases.promises import A_SIGNING, PROGRESS, beside, promised
from hkshcc.exchange.releases.reading import AreaDraft, ReleaseDraft
from hkshcc.exchange.releases.rows import Row, is_starred
from hkshcc.exchange.releases.scripts import is_chinese
from hkshcc.exchange.releases.signing import may_be_signing, says_more, titles_in
from hkshcc.exchange.releases.wording import (
    END,
    LABELS,
    aside,
    begins_a_promise,
    is_forward,
    is_furniture,
    is_progress,
    looks_back,
)
from hkshcc.language import N_, _, ngettext
from hkshcc.reports.page import runs
from hkshcc.reports.proposal import WarningKind
from hkshcc.text import visible

_SAYS_MORE = N_("line {line} was read as a signing and left out of the measures, though it says more")
_INLINE = re.compile(r"(?P<head>[^:：]{1,100})[:：]\s?(?P<rest>.{8,}|[^\x00-\x7f].{3,})", re.DOTALL)
_INLINE_HAN = re.compile(r"(?P<head>[^。:：，,]{1,20})。(?P<rest>.{4,})", re.DOTALL)


class Sections:
    """Walks down a release and sorts its paragraphs under its headings."""

    def __init__(self, read: ReleaseDraft, *announced: bool) -> None:
        self.read = read
        self.announced = announced[0]
        self.open = announced[0]
        self.area: AreaDraft | None = None
        self.outside: list[int] = []
        self.unplaced: list[tuple[Row, str]] = []  # after the areas: lost, unless it is a document
        self.ended_by: int | None = None  # the line of the sentence on a signing that ended an area

    def take(self, rows: Sequence[Row], *, first: bool) -> None:
        """Take the rows from the announcement on (``first``), or from the title where none announces the areas."""
        rest = [row for row in rows[1 if first else 0 :] if not is_furniture(row.bare)]
        rest = _without_contents(rest)
        for at, row in enumerate(rest):
            following = rest[at + 1] if at + 1 < len(rest) else None
            if row.rule or not row.bare:
                self._empty(row, rest, at)
            elif self._is_heading(row, following):
                self._heading(row, following)
            else:
                head, said = self._inline(row)
                if head is not None:
                    self._heading(head, said)
                self._paragraph(said)
        if not self.announced:
            self.read.areas = [area for area in self.read.areas if any(is_forward(row.bare) for row in area.paragraphs)]

    def say_outside(self, kept: Container[int]) -> None:
        """Name the lines that seem to promise something and are no measure, whose lines are ``kept``."""
        lines = sorted(line for line in self.outside if line not in kept)
        if not lines:
            return
        message = ngettext(
            "line {lines} seems to promise something outside the areas found; it was left out",
            "lines {lines} seem to promise something outside the areas found; they were left out",
            len(lines),
            lines=runs(lines),
        )
        self.read.warn(WarningKind.LEFT_OUT, message, *lines)

    def _empty(self, row: Row, rest: Sequence[Row], at: int) -> None:
        """Begin an area where a number or an underline stands without its words: a lost heading leaves that."""
        underlines = sum(other.set_off for other in rest)
        left = row.number is not None or (row.rule and not is_starred(row.bare) and underlines > 1 and at > 0)
        if self.open and left and at + 1 < len(rest) and not rest[at + 1].rule:
            self._begin(None, rest[at + 1])

    def _is_heading(self, row: Row, following: Row | None) -> bool:
        if (row.mark == "item" and not row.set_off) or self._is_within(row):
            return False
        if row.mark == "bullet" and (following is None or following.mark == "bullet") and not row.set_off:
            return False
        if row.mark == "bullet" and not row.set_off:
            # A heading among bullets has a paragraph after it; a short last item has the next heading.
            after = following.bare if following else ""
            if not self.announced or is_forward(row.bare) or could_be_heading(after, set_off=False):
                return False
        numbered = row.number is not None or row.mark in {"roman", "capital"}
        set_off = row.set_off or row.bare.endswith((":", "：")) or numbered
        if numbered and not row.set_off and is_forward(row.bare) and not _titled(row.bare):
            return False
        return could_be_heading(row.bare, set_off=set_off) and not END.match(row.bare)

    def _is_within(self, row: Row) -> bool:
        """Return whether a row is numbered otherwise than the headings: an item （一） under one headed 一、."""
        headed = next((area.mark for area in self.read.areas if area.mark), "")
        return bool(headed and row.mark and row.mark not in {headed, "bullet", "item"} and not row.set_off)

    def _heading(self, row: Row, following: Row | None) -> None:
        if self.open and begins_a_promise(row.bare) and titles_in(row.text):
            self._paragraph(row)  # «簽署麵條合作備忘錄» without a full stop
            return
        if is_other_heading(row.bare) or aside(row.bare):
            if self.open and self.announced and not aside(row.bare) and not is_surely_other(row.bare):
                message = N_("line {line} reads as the heading of something other than an area, so the areas end there")
                self._say(WarningKind.HEADING, row, message)
            self.open, self.area, self.ended_by = False, None, None
            return
        if following is None or following.rule:
            if self.open and following is None:
                message = N_("line {line} reads as a heading with nothing under it and was left out")
                self._say(WarningKind.HEADING, row, message)
            return
        if not self.open and self.announced and not self._resumes(row, following):
            if self.read.areas and beside(following.text) is None:
                message = _(
                    "line {line} reads as a heading after the end of the areas; what follows it was left out",
                    line=row.line,
                )
                self.unplaced.append((row, message))
            return
        self.open = True
        self._begin(row, row)

    def _resumes(self, row: Row, following: Row) -> bool:
        """Return whether the areas go on here, after something else stood between."""
        numbers = [area.number for area in self.read.areas if area.number]
        if row.number is not None and numbers and row.number == numbers[-1] + 1:
            return True
        said = following.bare
        return is_forward(said) and promised(following.text) is not None

    def _begin(self, heading: Row | None, row: Row) -> None:
        """Begin an area at its heading, or at the paragraph before which one seems lost."""
        if heading is None:
            name = subject_named(row.bare, self.read.lang)
            self.area = AreaDraft(name or "", None)
            message = N_("a heading seems lost before line {line}: the paragraph there has none")
            self._say(WarningKind.HEADING, row, message, hint=suggested(name))
        else:
            name = visible(heading.text).rstrip(":： ")
            self.area = AreaDraft(name, heading.line, heading.number, heading.mark if heading.number else "")
        self.read.areas.append(self.area)

    def _inline(self, row: Row) -> tuple[Row | None, Row]:
        """Take apart a heading and the paragraph that follows it on the same line."""
        if not self.open:
            return None, row
        found = _INLINE.fullmatch(row.text)
        if found is None and row.number is not None and is_chinese(row.bare[:200]):
            found = _INLINE_HAN.fullmatch(row.text)
        if found is None or row.mark == "bullet":
            return None, row
        head, rest = found["head"].strip(), found["rest"].strip()
        said = bare(head)
        if aside(said) or (is_other_heading(said) and (promised(rest) or looks_back(row.bare))):
            return None, row  # «Mr Chan added: …» is said; «Progress since then: …» heads its own line alone
        sure = row.number is not None or row.set_off or len(said) <= (16 if is_chinese(said) else 100)
        if not sure or not could_be_heading(said, set_off=row.number is not None) or _is_said(row, rest):
            return None, row
        if is_forward(said) and not _titled(said):
            return None, row
        return row._replace(text=head, bare=said), Row(row.line, rest, bare(rest))

    def _paragraph(self, row: Row) -> None:
        promise = promised(row.text)
        if not self.open and self.announced:
            if promise and not may_be_signing(bare(promise)):
                self.outside.append(row.line)
            elif self.ended_by and beside(row.text) == A_SIGNING and says_more(row.text):
                self._say(WarningKind.LEFT_OUT, row, _SAYS_MORE)
            elif self.ended_by and beside(row.text) is None:
                message = _(
                    "line {line} comes after the signing in line {signing}, under no area, and was left out",
                    line=row.line,
                    signing=self.ended_by,
                )
                self.unplaced.append((row, message))
            return
        what = beside(row.text)
        if promise is None and what not in {None, PROGRESS}:
            self._leave_out(row, what)
            return
        if self.area is None and self.announced:
            self._begin(None, row)
        if self.area is None:
            self.outside += [row.line] if promise else []
        elif promise is None and is_progress(row.bare):
            self._leave_out(row, PROGRESS)
        else:
            if what == PROGRESS:
                message = N_("line {line} reports progress before what is planned; the whole paragraph was kept")
                self._say(WarningKind.KEPT, row, message)
            elif what:
                message = N_("line {line} contains {what} beside what is planned; the whole paragraph was kept")
                self._say(WarningKind.KEPT, row, message, what=what)
            self.area.paragraphs.append(row)

    def _leave_out(self, row: Row, what: str | None) -> None:
        """Leave a paragraph out and say so; a signing ends the areas, and its documents are gathered elsewhere."""
        if what == A_SIGNING:
            if self.area is not None and says_more(row.text):
                self._say(WarningKind.LEFT_OUT, row, _SAYS_MORE)
            self.open, self.area = False, None
            self.ended_by = row.line
        elif what == PROGRESS:
            message = N_("line {line} reports what has happened rather than what is planned and was left out")
            self._say(WarningKind.LEFT_OUT, row, message)
        elif what and (self.area or (self.announced and what not in LABELS)):
            self._say(WarningKind.LEFT_OUT, row, N_("line {line} was read as {what} and left out"), what=what)

    def _say(self, kind: WarningKind, row: Row, message: str, *, what: str = "", hint: str = "") -> None:
        """Warn of a row with a message and a word for what it is, both marked and not yet translated."""
        values = {"line": row.line, "what": _(what)} if what else {"line": row.line}
        self.read.warn(kind, _(message, **values), row.line, hint=hint)


def _is_said(row: Row, rest: str) -> bool:
    """Return whether what stands before a colon is no heading but who speaks, or whatever else is no commitment."""
    what = aside(row.bare)
    return what in LABELS or (what is not None and promised(rest) is None)


def _without_contents(rows: list[Row]) -> list[Row]:
    """Leave out a list of the areas that stands before them."""
    headings = {row.bare.casefold() for row in rows if row.mark != "bullet"}
    return [row for row in rows if row.mark != "bullet" or row.bare.rstrip(".;,。；").casefold() not in headings]


def _titled(said: str) -> bool:
    words = said.split()
    return is_chinese(said) or sum(word[:1].isupper() for word in words) * 2 > len(words)
