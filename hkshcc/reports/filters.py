"""Which measures to show: the filters, in words and applied."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from hkshcc.language import _, current, listed, ngettext
from hkshcc.register.basis import is_unconfirmed
from hkshcc.register.dates import FOREVER, days_between, in_words
from hkshcc.register.evidence import rests_on_press_alone, sources_of
from hkshcc.register.model import Area
from hkshcc.register.standing import Standing
from hkshcc.register.vocabulary import Status, in_language, kind_label, short_label
from hkshcc.reports.page import View
from hkshcc.text import searchable


class Filters(NamedTuple):
    """What to show: values of one filter are alternatives, filters narrow one another. Empty means all."""

    areas: Sequence[str] = ()
    statuses: Sequence[str] = ()
    owners: Sequence[str] = ()
    kinds: Sequence[str] = ()
    plenaries: Sequence[int] = ()
    refs: Sequence[str] = ()
    instrument: str = ""
    overdue: bool = False
    due_by: str = ""  # a day (ISO)
    stalled_after: int | None = None
    lapsed: bool = False
    silent: bool = False
    sides_differ: bool = False
    no_evidence: bool = False
    unconfirmed: bool = False
    single_source: bool = False
    on_press_alone: bool = False
    no_criteria: bool = False
    search: str = ""

    def data(self) -> dict[str, Any]:
        """Return the filters for machines; null or false where one is not used. Keys are a promise."""
        given = {
            name: list(value) if isinstance(value, list | tuple) else value for name, value in self._asdict().items()
        }
        del given["refs"]  # the instrument's
        return {name: None if value in ([], "") else value for name, value in given.items()}

    def in_words(self, areas: Mapping[str, Area], *, quoted: bool = False) -> str:
        """Return the filters as a listing's last line names them; ``quoted`` where that stands in quotation marks."""
        said = [
            *(_("area {name}", name=_named(areas[area])) for area in self.areas),
            *(_("status {name}", name=_word(status, short_label(status))) for status in self.statuses),
            *(_("owner {name}", name=owner) for owner in self.owners),
            *(_("kind {name}", name=_word(kind, kind_label(kind))) for kind in self.kinds),
            *(_("plenary {number}", number=plenary) for plenary in self.plenaries),
            _("document {ref}", ref=self.instrument) if self.instrument else "",
            _("overdue") if self.overdue else "",
            _("due by {day}", day=in_words(self.due_by)) if self.due_by else "",
            _("stalled for more than {days} days", days=self.stalled_after) if self.stalled_after is not None else "",
            _("lapsed") if self.lapsed else "",
            _("silent") if self.silent else "",
            _("sides differ") if self.sides_differ else "",
            _("no evidence") if self.no_evidence else "",
            _("unconfirmed") if self.unconfirmed else "",
            _("status from a single source") if self.single_source else "",
            _("status on press alone") if self.on_press_alone else "",
            _("no criteria") if self.no_criteria else "",
            self._search(quoted=quoted) if self.search else "",
        ]
        return listed([part for part in said if part])

    def _search(self, *, quoted: bool) -> str:
        return _('search "{text}"', text=self.search) if quoted else _("search '{text}'", text=self.search)


def _named(area: Area) -> str:
    return _word(area.slug, in_language({**area.name, **area.short}, current()))


def _word(typed: str, label: str) -> str:
    """Return what a filter's value is called: in English as it is typed, for it is a word there."""
    return typed if current() == "en" else label


def due_days(standing: Standing) -> list[str]:
    """Return the days (ISO) of what an open measure awaits: its target, and the next steps that have a day."""
    if standing.closed:
        return []
    return [*([standing.target["date"]] if standing.target else []), *(step.next_by or "" for step in standing.steps)]


def is_stalled(standing: Standing, as_of: str, after: int) -> bool:
    """Return whether it is in progress, with neither an update nor evidence for more than so many days."""
    last = standing.latest
    return standing.status == Status.IN_PROGRESS and (last is None or days_between(last.on or "", as_of) > after)


def matching(view: View, filters: Filters, stale_after: int) -> list[Standing]:
    """Return the measures that pass every filter, in the register's order."""
    register = view.register
    candidates = [
        measure
        for measure in register.measures(view.as_of, filters.areas)
        if (not filters.instrument or measure.ref in filters.refs)
        and (not filters.areas or measure.area in filters.areas)
        and (not filters.kinds or measure.kind in filters.kinds)
        and (not filters.plenaries or measure.plenary in filters.plenaries)
        and (not filters.no_criteria or not register.criteria(measure.ref, view.as_of))
    ]
    standings = register.standings(candidates, view.as_of, stale_after)
    return [standing for standing in standings if _passes(standing, filters, view)]


def emptied_by(view: View, filters: Filters, stale_after: int) -> str:
    """Say what left nothing: an empty register, a plenary without a text, else the filter that is one too many."""
    if not view.register.measures(view.as_of):
        return (
            _("no measure had been agreed by then") if view.register.measures(FOREVER) else _("the register is empty")
        )
    held = {measure.plenary for measure in view.register.measures(view.as_of)}
    if filters.plenaries and not held & set(filters.plenaries):
        return _("the text agreed there is not in the register")
    given = [name for name, value in filters._asdict().items() if value not in ([], Filters._field_defaults[name])]
    if len(given) == 1:
        return ""
    for name in given:
        fewer = filters._replace(**{name: Filters._field_defaults[name]})
        if found := len(matching(view, fewer, stale_after)):
            only = Filters(**{name: getattr(filters, name)}).in_words(view.register.areas, quoted=True)
            return ngettext(
                "{n} measure matches without '{filter}'", "{n} measures match without '{filter}'", found, filter=only
            )
    return _("no single filter explains the empty result")


def _passes(standing: Standing, filters: Filters, view: View) -> bool:
    return (
        (not filters.statuses or standing.status in filters.statuses)
        and (not filters.owners or any(owner["body"] in filters.owners for owner in standing.owners))
        and (not filters.overdue or standing.timeliness == "overdue")
        and (not filters.due_by or any(view.as_of <= day <= filters.due_by for day in due_days(standing)))
        and (filters.stalled_after is None or is_stalled(standing, view.as_of, filters.stalled_after))
        and (not filters.lapsed or standing.lapsed)
        and (not filters.silent or standing.silent)
        and (not filters.sides_differ or standing.sides_differ)
        and (not filters.no_evidence or not standing.evidence)
        and (not filters.unconfirmed or is_unconfirmed(standing, view.register.bodies))
        and (not filters.single_source or len(sources_of(standing)) == 1)
        and (not filters.on_press_alone or rests_on_press_alone(standing))
        and (not filters.search or _mentions(standing, searchable(filters.search)))
    )


def _mentions(standing: Standing, wanted: str) -> bool:
    measure = standing.measure
    texts = (
        measure.ref,
        measure.alias,
        *measure.title.values(),
        *measure.summary.values(),
        *measure.organisations,
        *(text for event in standing.events for text in (event.remark, event.next, event.attention)),
    )
    return any(wanted in searchable(text) for text in texts if text)
