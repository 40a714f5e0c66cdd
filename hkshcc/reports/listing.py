"""The listing: which measures there are, filtered and sorted, a line each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from hkshcc.language import _, sentence
from hkshcc.register.basis import basis_of
from hkshcc.register.dates import age, in_words, span
from hkshcc.register.evidence import sources_of
from hkshcc.register.model import Area, Body, Entry
from hkshcc.register.standing import Standing
from hkshcc.register.vocabulary import SIDES, STALE_AFTER_DAYS, in_language, label, short_label
from hkshcc.reports.filters import Filters, emptied_by, matching
from hkshcc.reports.page import (
    HERE,
    Cell,
    Column,
    Page,
    ReportContext,
    Row,
    Span,
    Table,
    Text,
    View,
    all_languages,
    marked,
    named,
    ordinal,
    put_in,
    to,
)

SORTS: dict[str, Callable[[Standing], tuple[Any, ...]]] = {
    "ref": lambda _: (),  # the register's own order
    "status": lambda standing: (list(type(standing.status)).index(standing.status),),
    "target": lambda standing: (standing.target is None, (standing.target or {"date": ""})["date"]),
    "last": lambda standing: (standing.latest is None, (standing.latest.on or "") if standing.latest else ""),
    "title": lambda standing: ((standing.measure.title.get("en") or "").casefold(),),
}


@dataclass(frozen=True)
class Listing:
    """The measures shown, of how many, and by which filters."""

    context: ReportContext
    standings: Sequence[Standing]
    total: int
    filters: Filters
    bodies: Mapping[str, Body]  # by code; what a side's owners are called is looked up there
    areas: Mapping[str, Area]  # by slug
    emptied_by: str = ""
    stale_after: int = STALE_AFTER_DAYS
    side: str | None = None  # of the owners asked for, where they are of one: a body answers for its own side
    brief: Sequence[str] = ("ref", "title", "status", "last_on", "target", "owners")

    schema: ClassVar[str] = "hkshcc.list/1"
    rows: ClassVar[str] = "measures"
    fields: ClassVar[Sequence[str]] = (
        "ref", "plenary", "area", "kind", "title", "summary", "summary_by_language", "status", "status_hk",
        "status_sh", "since", "sides_differ", "timeliness", "freshness", "silent", "last_on", "target",
        "target_original", "target_basis", "slips", "slip_days", "next", "attention", "owners", "evidence",
        "one_sided", "evidence_on", "lapsed", "basis", "basis_side", "accepted_on", "sources", "next_by",
    )  # fmt: skip

    @property
    def filtered(self) -> bool:
        """Whether anything was asked for."""
        return bool(self.filters.in_words(self.areas))

    def items(self) -> list[dict[str, Any]]:
        """Return a row for each measure shown; dates are ISO, absent ones null."""
        return [row(standing, self.bodies) for standing in self.standings]

    def data(self) -> dict[str, Any]:
        """Return the listing for machines."""
        return {**self.context.data(self.schema), **self.scope(), "measures": self.items()}

    def scope(self) -> dict[str, Any]:
        """Return for machines how many measures are shown, of how many and by which filters."""
        return {
            "total": self.total,
            "shown": len(self.standings),
            "filters": self.filters.in_words(self.areas) or None,
            "criteria": self.filters.data(),
        }

    def page(self, lang: str) -> Page:
        """Return the listing as a table."""
        columns = [
            Column(_("Ref")),
            Column(_("Measure"), overflow="clip"),
            Column(_("{what} ({why})", what=_("Status"), why=label(self.side)) if self.side else _("Status")),
            Column(_("Latest")),
            Column(_("Owners")),
        ]
        rows = [self._row(standing, lang) for standing in self.standings]
        said, title = self.filters.in_words(self.areas), _("Measures")
        title = _("{what} ({why})", what=title, why=said) if said else title
        return Page([Table(columns, rows, header=True)] if rows else [], self.footer(lang), title)

    def footer(self, _lang: str) -> Sequence[str]:
        """Return how many were shown, and as of when where that is past."""
        return [self.counted(), *self.context.past_lines()]

    def counted(self) -> str:
        """Return the line that says what was shown: ``6 of 56 measures (area finance)``, and what emptied it."""
        said = self.filters.in_words(self.areas)
        line = _("{shown} of {total} measures", shown=len(self.standings), total=self.total)
        if said:
            line = _("{what} ({why})", what=line, why=said)
        return sentence(line, self.emptied_by) if self.emptied_by else line

    def only(self) -> Sequence[Text]:
        """Return the line of a report that says which measures it is of, where filters were given."""
        return [Text([_("Only {measures}", measures=self.counted())])] if self.filtered else []

    def _row(self, standing: Standing, lang: str) -> Row:
        """Return a measure's row, and below it when it is due: few measures are, so a column would be a waste."""
        last = standing.latest
        told = f"{in_words(last.on, 'month')} {age(last.on, self.context.as_of)}" if last and last.on else ""
        status = standing.side(self.side).status if self.side else standing.status
        line: list[Cell] = [
            to(standing.measure.ref),
            named(standing.measure.title, lang),
            Span(short_label(status), status),
            told,
            Span(owners_in_brief(standing, self.bodies), "dim"),
        ]
        details: list[Cell] = []
        if status != standing.status:
            whole = Span(short_label(standing.status), standing.status)
            details.append(put_in(_("{what}: {why}", what=_("measure as a whole"), why=HERE), whole, "dim"))
        if standing.target is not None:
            details.append(put_in(_moved(standing), due(standing), "dim"))
        details += [Span(_step(step), "dim") for step in standing.steps]
        return Row(line, details, anchor=standing.measure.ref)


def due(standing: Standing) -> Span:
    """Return when a measure is due, and what has become of it."""
    if standing.target is None:
        return Span("")
    words = [_("due {day}", day=in_words(standing.target["date"], standing.target["precision"]))]
    if standing.timeliness in {"overdue", "late"}:
        words.append(_("overdue") if standing.timeliness == "overdue" else _("late"))
    return Span(_(", ").join(words), "bad" if standing.timeliness == "overdue" else "dim")


def _moved(standing: Standing) -> str:
    """Return by how many days its target moved and how often, around ``HERE`` for when it is due."""
    if not standing.slips:
        return HERE
    slipped = _("{days}d, {nth}", days=f"{standing.slip_days:+}", nth=ordinal(len(standing.slips)))
    return _("{what} ({why})", what=HERE, why=slipped)


def _step(step: Entry) -> str:
    day = in_words(step.next_by or "", step.next_by_precision or "day")
    return _("next step by {day}: {text}", day=day, text=marked(step, step.next))


def latest_news(standing: Standing, as_of: str) -> str:
    """Return the last update and the latest evidence, each with its age, as the end of a line; nothing without any."""
    update, evidence = _told(standing.last_update, as_of), _told(standing.last_evidence, as_of)
    if update and evidence and standing.last_update == standing.last_evidence:
        return _("; last update, with evidence, {day}, {age}", **update)
    said = _("; last update {day}, {age}", **update) if update else ""
    return said + (_("; latest evidence {day}, {age}", **evidence) if evidence else "")


def _told(entry: Entry | None, as_of: str) -> dict[str, str]:
    if entry is None or entry.on is None:
        return {}
    how_old = _("today") if entry.on == as_of else _("{time} ago", time=span(entry.on, as_of))
    return {"day": in_words(entry.on, entry.precision or "day"), "age": how_old}


def owners_in_brief(standing: Standing, bodies: Mapping[str, Body]) -> str:
    """Return the first owner and how many more there are: ``FSTB +3``."""
    codes = [code for side in SIDES for code in standing.owners_of(side, bodies)]
    if not codes:
        return _("no owner")
    return codes[0] + (f" +{len(codes) - 1}" if len(codes) > 1 else "")


def row(standing: Standing, bodies: Mapping[str, Body]) -> dict[str, Any]:
    """Return a measure and its standing for machines. Keys are a promise: additions only."""
    measure, last = standing.measure, standing.last_update
    basis = basis_of(standing, bodies)
    return {
        "ref": measure.ref,
        "plenary": measure.plenary,
        "area": measure.area,
        "kind": measure.kind,
        "title": all_languages(measure.title),
        "summary": in_language(measure.summary, "en") or None,
        "summary_by_language": all_languages(measure.summary),
        "status": str(standing.status),
        "status_hk": str(standing.hk.status),
        "status_sh": str(standing.sh.status),
        "since": standing.since,
        "sides_differ": standing.sides_differ,
        "timeliness": standing.timeliness,
        "freshness": standing.freshness,
        "silent": standing.silent,
        "last_on": last.on if last else None,
        "target": standing.target["date"] if standing.target else None,
        "target_original": standing.target_original["date"] if standing.target_original else None,
        "target_basis": standing.target["basis"] if standing.target else None,
        "slips": len(standing.slips),
        "slip_days": standing.slip_days,
        "next": standing.next,
        "attention": standing.attention,
        "owners": {side: standing.owners_of(side, bodies) for side in SIDES},
        "evidence": len(standing.evidence),
        "one_sided": standing.one_sided,
        "evidence_on": standing.last_evidence.on if standing.last_evidence else None,
        "lapsed": standing.lapsed,
        "basis": basis.kind if basis else None,
        "basis_side": basis.side if basis else None,
        "accepted_on": basis.accepted_on if basis else None,
        "sources": len(sources_of(standing)),
        "next_by": standing.step.next_by if standing.step else None,
    }


def listing(view: View, filters: Filters, sort: str, stale_after: int) -> Listing:
    """Answer which measures there are on the view's day, in an order of ``SORTS``; ``stale_after`` is in days."""
    shown = matching(view, filters, stale_after)
    if sort != "ref":
        shown.sort(key=SORTS[sort])
    emptied = "" if shown else emptied_by(view, filters, stale_after)
    bodies, areas, total = view.register.bodies, view.register.areas, view.register.count(view.as_of)
    found = Listing(view.context, shown, total, filters, bodies, areas, emptied, stale_after)
    sides = {bodies[code].side for code in filters.owners if code in bodies}
    if len(sides) != 1:
        return found
    side = sides.pop()
    brief = [f"status_{side}" if field == "status" else field for field in found.brief]
    return replace(found, side=side, brief=brief)
