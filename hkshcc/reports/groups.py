"""Measures parted into groups: by area, owner, side, status, kind, year or plenary."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from hkshcc.language import LANGUAGES, N_, in_every_language, using
from hkshcc.register.index import Register
from hkshcc.register.standing import Standing
from hkshcc.register.vocabulary import SIDES, Kind, Status, kind_labels, labels
from hkshcc.reports.counts import Group, by_status
from hkshcc.reports.page import nth_plenary

GROUPS = ("area", "owner", "side", "status", "kind", "year", "plenary")
HEADINGS = {
    "area": N_("Area"), "owner": N_("Owner"), "side": N_("Side"), "status": N_("Status"), "kind": N_("Kind"),
    "year": N_("Year"), "plenary": N_("Plenary"),
}  # fmt: skip


class Members(NamedTuple):
    """The measures of a group; where it is of a ``side``, it is that side's status that counts."""

    key: str
    names: dict[str, str | None]
    standings: Sequence[Standing]
    side: str | None = None


def group_of(each: Members) -> Group:
    """Count the measures of a group by status, its side's where it is of one."""
    counts = by_status(_status_of(standing, each.side) for standing in each.standings)
    lapsed = sum(each.side in standing.lapsed_sides if each.side else standing.lapsed for standing in each.standings)
    return Group(each.key, each.names, counts, lapsed)


def members(register: Register, standings: Sequence[Standing], by: str, side: str | None = None) -> list[Members]:
    """Part measures into groups, one of ``GROUPS``; with a side by its own status, where they are parted by status."""
    match by:
        case "area":
            return _by_area(register, standings, side)
        case "owner":
            return _by_owner(register, standings, side)
        case "side":
            return [Members(each, labels(each), standings, each) for each in SIDES]
        case "status":
            found = [(str(status), labels(status)) for status in Status]
            return _parted(standings, lambda standing: str(_status_of(standing, side)), found, side)
        case "kind":
            found = [(str(kind), kind_labels(kind)) for kind in Kind]
            return _parted(standings, lambda standing: standing.measure.kind, found, side)
        case "year":
            years = {standing.measure.ref: register.agreed_on(standing.measure.ref)[:4] for standing in standings}
            found = [(year, {"en": year}) for year in sorted(set(years.values()))]
            return _parted(standings, lambda standing: years[standing.measure.ref], found, side)
    numbers = sorted({standing.measure.plenary for standing in standings})
    found = [(str(number), _plenary_names(number)) for number in numbers]
    return _parted(standings, lambda standing: str(standing.measure.plenary), found, side)


def _status_of(standing: Standing, side: str | None) -> Status:
    return standing.side(side).status if side else standing.status


def _parted(
    standings: Sequence[Standing],
    key_of: Callable[[Standing], str],
    keys: Sequence[tuple[str, dict[str, str | None]]],
    side: str | None,
) -> list[Members]:
    """Part measures by a key, in the order of the keys; those that none has are left out."""
    held: dict[str, list[Standing]] = {}
    for standing in standings:
        held.setdefault(key_of(standing), []).append(standing)
    return [Members(key, names, held[key], side) for key, names in keys if key in held]


def _plenary_names(number: int) -> dict[str, str | None]:
    names: dict[str, str | None] = {}
    for language in LANGUAGES:
        with using(language):
            names[language] = nth_plenary(number)
    return names


def _by_area(register: Register, standings: Sequence[Standing], side: str | None) -> list[Members]:
    areas = [(area.slug, {**area.name, **area.short}) for area in register.areas.values()]
    return _parted(standings, lambda standing: standing.measure.area, areas, side)


def _by_owner(register: Register, standings: Sequence[Standing], side: str | None) -> list[Members]:
    held: dict[str, list[Standing]] = {}
    for standing in standings:
        for code in (owner["body"] for owner in standing.owners):
            held.setdefault(code, []).append(standing)
    # A body answers for its own side's status, not for the other side's.
    sides = {code: register.bodies[code].side if code in register.bodies else side for code in held}
    order = sorted(held, key=lambda code: (-len(held[code]), code))
    found = [Members(code, {"en": code}, held[code], sides[code]) for code in order]
    nobody = [standing for standing in standings if not standing.owners]
    return found + ([Members("none", dict(in_every_language(N_("no owner"))), nobody, side)] if nobody else [])
