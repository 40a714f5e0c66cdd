"""The sheet: all that is known of one measure or several."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple

from hkshcc.language import _, as_recorded, listed, ngettext, sentence
from hkshcc.register.basis import basis_of
from hkshcc.register.dates import in_words, long_form, span
from hkshcc.register.index import SHIPPED
from hkshcc.register.model import Area, Body, Entry
from hkshcc.register.standing import SideStatus, Standing
from hkshcc.register.vocabulary import (
    SIDES,
    STALLED_AFTER_DAYS,
    Event,
    Status,
    in_language,
    kind_label,
    label,
    short_label,
)
from hkshcc.reports.criteria import Criteria, criteria_of
from hkshcc.reports.event_text import (
    Record,
    basis_text,
    citation,
    criteria_parts,
    event_day,
    event_row,
    event_text,
    imports_of,
    signatures_of,
    with_day,
)
from hkshcc.reports.filters import is_stalled
from hkshcc.reports.listing import Listing, latest_news, row
from hkshcc.reports.page import (
    Block,
    Cell,
    Column,
    Heading,
    KeyValue,
    KeyValues,
    Page,
    Piece,
    ReportContext,
    Row,
    Span,
    Table,
    Text,
    View,
    all_languages,
    because,
    blank,
    marked,
    named,
    on_day,
    recorded_as,
    to,
)
from hkshcc.reports.quotation import Quoted, quotation


class Subject(NamedTuple):
    """A measure: where it stands, in which area, the day it was agreed, and the refs of documents on it alone."""

    standing: Standing
    area: Area | None
    agreed_on: str
    instruments: Sequence[str]
    criteria: Criteria | None


@dataclass(frozen=True)
class Sheet:
    """Measures with everything about them, and their paragraphs where a copy of the release was named."""

    context: ReportContext
    subjects: Sequence[Subject]
    bodies: Mapping[str, Body]
    quoted: Mapping[str, Quoted] = field(default_factory=dict)
    signatures: Mapping[str, str] = field(default_factory=dict)  # what is known of them in words, by ids of entries
    imports: Mapping[str, Entry] = field(default_factory=dict)  # by which entries of other registers came, by their ids

    schema: ClassVar[str] = "hkshcc.show/1"
    rows: ClassVar[str] = "measures"
    fields: ClassVar[Sequence[str]] = (
        *Listing.fields, "area_name", "paragraph", "sha256", "timing", "organisations", "alias", "agreed_on",
        "owners_basis", "instruments", "events", "quoted", "criteria",
    )  # fmt: skip
    brief: ClassVar[Sequence[str]] = ()

    def items(self) -> list[dict[str, Any]]:
        """Return a row for each measure: what `list` gives, what was agreed, and the events in full."""
        return [self._full(subject) for subject in self.subjects]

    def data(self) -> dict[str, Any]:
        """Return the sheets for machines."""
        return {**self.context.data(self.schema), "measures": self.items()}

    def _full(self, subject: Subject) -> dict[str, Any]:
        standing, area, agreed_on, instruments, criteria = subject
        measure = standing.measure
        return {
            **row(standing, self.bodies),
            "area_name": all_languages(area.name) if area else None,
            "paragraph": measure.paragraph,
            "sha256": measure.sha256,
            "timing": measure.timing,
            "organisations": measure.organisations,
            "alias": measure.alias,
            "agreed_on": agreed_on,
            "owners_basis": {owner["body"]: owner["basis"] for owner in standing.owners},
            "instruments": list(instruments),
            "events": [event_row(Record(entry, received=self.imports.get(entry.id))) for entry in standing.events],
            "quoted": self.quoted[measure.ref]._asdict() if measure.ref in self.quoted else None,
            "criteria": criteria.data() if criteria else None,
        }

    def page(self, lang: str) -> Page:
        """Return the sheets one under another."""
        blocks: list[Block] = []
        level = 1 if len(self.subjects) == 1 else 2
        for subject in self.subjects:
            if blocks:
                blocks += [blank(), blank()]
            blocks += self._one(subject, lang, level)
        return Page([*blocks, blank()], self.footer(lang), _("Measures"))

    def footer(self, _lang: str) -> Sequence[str]:
        """Return what it was drawn from."""
        return self.context.lines()

    def _one(self, subject: Subject, lang: str, level: int) -> list[Block]:
        standing = subject.standing
        measure = standing.measure
        stands = short_label(standing.status)
        if standing.since:
            stands = _("{status} since {day}", status=stands, day=in_words(standing.since))
        title = named(measure.title, lang)
        blocks: list[Block] = [Heading(title.text, level, measure.ref, title.lang)]
        # In English as well for who reads Chinese, and the other way round; a page has one script of Chinese.
        other = "zh-Hant" if lang == "en" else "en"
        also = measure.title.get(other)
        if also and also != title.text:
            blocks.append(Text([Span(also, "dim", lang=other)], indent=len(measure.ref) + 2))
        blocks += [Text(_where(subject, lang)), blank()]
        news = latest_news(standing, self.context.as_of)
        blocks.append(Text([Span(stands, standing.status), news, self._quiet(standing)], indent=2, hang=2))
        standing_lines = (*self._basis(standing), *_one_sided(standing), *self._time(standing))
        blocks += [Text([line], indent=2, hang=2) for line in standing_lines]
        blocks.append(blank())
        if (summary := named(measure.summary, lang)).text:
            blocks += [Text([summary], indent=2), blank()]
        if measure.ref in self.quoted:
            blocks += [*quotation(self.quoted[measure.ref], measure), blank()]
        if subject.criteria:
            blocks += [*_criteria(subject.criteria, lang), blank()]
        blocks += [self._sides(standing, lang), blank()]
        blocks += self._steps(standing)
        blocks += self._history(standing, lang, level + 1)
        return blocks

    def _quiet(self, standing: Standing) -> str:
        """Return in a word that it was not heard of for too long, as the headlines count it."""
        if standing.lapsed:
            return _("; lapsed")
        return _("; stalled") if is_stalled(standing, self.context.as_of, STALLED_AFTER_DAYS) else ""

    def _basis(self, standing: Standing) -> list[str]:
        basis = basis_of(standing, self.bodies)
        if basis is None:
            return []
        said = _("Basis: {basis}", basis=basis_text(basis))
        return [said if basis.confirmed else sentence(said, _("not confirmed"))]

    def _time(self, standing: Standing) -> list[str]:
        target, original = standing.target, standing.target_original
        timing = standing.measure.timing
        if target is None or original is None:
            return [_with_timing(_("no target date"), None if timing == "no date" else timing)]
        day = in_words(target["date"], target["precision"])
        line = _("due {day} (implied)", day=day) if target["basis"] == "implied" else _("due {day}", day=day)
        if standing.timeliness == "overdue":
            line = because(line, _("overdue by {time}", time=span(target["date"], self.context.as_of)))
        if standing.timeliness == "late":
            line = because(line, _("late, completed {day}", day=in_words(standing.fulfilled_on or "")))
        if not standing.slips:
            return [_with_timing(line, timing)]
        moved = ngettext(
            "first promised for {day}; moved once, {days} days in all",
            "first promised for {day}; moved {n} times, {days} days in all",
            len(standing.slips),
            day=_with_timing(in_words(original["date"], original["precision"]), timing),
            days=f"{standing.slip_days:+}",
        )
        return [line, moved]

    def _sides(self, standing: Standing, lang: str) -> Table:
        bodies = self.bodies
        words = {"hk": standing.hk, "sh": standing.sh}
        lines: dict[str, list[str]] = {
            _("owners"): [_owners(standing, side, bodies, lang) for side in SIDES],
            _("status"): [self._stands(word) for word in words.values()],
            _("remarks"): [self._said(word) for word in words.values()],
            _("reports received"): [self._returns(standing, side) for side in SIDES],
        }
        # What both sides have in common is told once, in the history.
        if words["hk"].entry is words["sh"].entry or not any(lines[_("remarks")]):
            del lines[_("remarks")]
        columns = [Column(""), *(Column(label(side), overflow="wrap") for side in SIDES)]
        return Table(columns, [Row([Span(name, "dim"), *texts]) for name, texts in lines.items()], header=True)

    def _stands(self, word: SideStatus) -> str:
        if word.entry is None:
            return short_label(Status.UNKNOWN)
        recorded = word.entry.side == "both" and word.entry.command != SHIPPED
        source = word.entry.by or (_("the secretariat") if recorded else _("public sources"))
        return _(
            "{status}, {day}, by {source}", status=short_label(word.status), day=event_day(word.entry), source=source
        )

    def _said(self, word: SideStatus) -> str:
        # The public record is told once, in the history.
        if word.entry is None or word.entry.command == SHIPPED:
            return ""
        return marked(word.entry, word.entry.remark or word.entry.reason)

    def _returns(self, standing: Standing, side: str) -> str:
        codes = {code for code, body in self.bodies.items() if body.side == side}
        own = [entry for entry in standing.events if entry.by in codes]
        told = [entry for entry in own if not entry.nil]
        said = _("none yet")
        if told:
            day = on_day(told[-1].on or "", told[-1].precision or "day")
            said = _("{count}, the last {on_day}", count=len(told), on_day=day)
        if own and own[-1].nil:
            day = on_day(own[-1].on or "", own[-1].precision or "day")
            return sentence(said, _("nil return {on_day}", on_day=day))
        return said

    def _steps(self, standing: Standing) -> list[Block]:
        step = with_day(standing.step) if standing.step else None
        said = [(_("Next step"), step), (_("Needs attention"), marked(standing.flagged, standing.attention))]
        pairs = [KeyValue(name, text) for name, text in said if text]
        return [KeyValues(pairs, "strong"), blank()] if pairs else []

    def _history(self, standing: Standing, lang: str, level: int) -> list[Block]:
        rows = []
        for entry in standing.events:
            if entry.event == Event.AGREED:
                continue
            words = event_text(Record(entry), lang)
            details: list[Cell] = [line for evidence in entry.evidence or () for line in citation(evidence, "dim")]
            if signed := self.signatures.get(entry.id):
                details.append(Span(signed, "dim"))
            rows.append(Row([Span(event_day(entry), "dim"), words], details))
        if not rows:
            return [Text([_("Nothing has been recorded on it since.")], indent=2)]
        return [
            Heading(
                ngettext("History ({n} piece of evidence)", "History ({n} pieces of evidence)", len(standing.evidence)),
                level,
            ),
            Table([Column(""), Column("", overflow="wrap")], rows),
        ]


def _one_sided(standing: Standing) -> list[str]:
    side = standing.one_sided
    return [_("Only {side} has been seen to act.", side=label(side))] if side else []


def _criteria(criteria: Criteria, lang: str) -> list[Block]:
    pairs = [KeyValue(name, text) for name, text in criteria_parts(criteria.entry, lang)]
    return [Text([Span(criteria.headline(), "strong")], indent=2, hang=2), KeyValues(pairs)]


def _with_timing(said: str, timing: str | None) -> str:
    return _("{what} ({why})", what=said, why=as_recorded(timing)) if timing else said


def _where(subject: Subject, lang: str) -> list[Piece]:
    measure = subject.standing.measure
    parts: list[Piece] = [
        named(subject.area.name, lang)._replace(link=f"#{measure.area}") if subject.area else measure.area,
        kind_label(measure.kind),
    ]
    on = long_form(subject.agreed_on)
    if measure.paragraph:
        parts.append(_("paragraph {number}, release of {day}", number=measure.paragraph, day=on))
    else:
        parts.append(_("agreed {day}", day=on))
    parts += [to(ref, "") for ref in subject.instruments]
    parts += recorded_as(measure.alias)
    return [piece for part in parts for piece in (" · ", part)][1:]


def _owners(standing: Standing, side: str, bodies: Mapping[str, Body], lang: str) -> str:
    named = []
    for owner in standing.owners:
        body = bodies.get(owner["body"])
        if body and body.side == side:
            name = f" {in_language(body.name, lang)}" if lang != "en" else ""
            basis = _("stated") if owner["basis"] == "stated" else _("inferred")
            named.append(_("{what} ({why})", what=f"{owner['body']}{name}", why=basis))
    return listed(named) or _("no owner named")


def sheet(view: View, standings: Sequence[Standing], quoted: Mapping[str, Quoted]) -> Sheet:
    """Answer what is known of measures."""
    register = view.register
    # The memorandum of a plenary bears on all its measures; only a document of its own says something of one.
    total = register.count(view.as_of)
    own = [instrument for instrument in register.instruments.values() if len(instrument.related) < total]
    subjects = [
        Subject(
            standing,
            register.areas.get(standing.measure.area),
            register.agreed_on(standing.measure.ref),
            [instrument.ref for instrument in own if standing.measure.ref in instrument.related],
            criteria_of(register, standing.measure.ref, view.as_of),
        )
        for standing in standings
    ]
    signatures = signatures_of(register, (entry for standing in standings for entry in standing.events))
    return Sheet(view.context, subjects, register.bodies, quoted, signatures, imports_of(register))
