"""The options and words that choose measures, read into filters."""

from typing import TYPE_CHECKING, TypeVar

from hkshcc.cli import console, options
from hkshcc.errors import HkshccError, NotFoundError
from hkshcc.language import N_, _, in_every_language
from hkshcc.register import lookup

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hkshcc.register.index import Register
    from hkshcc.reports.listing import Listing
    from hkshcc.reports.page import View


Found = TypeVar("Found")


def filtered_listing(view: "View", given: options.Given, sort: str = "ref") -> "Listing":
    """List the measures that pass the filters given, in an order of `SORTS`. Raises HkshccError for a wrong value."""
    from hkshcc.reports.filters import Filters  # noqa: PLC0415  each command brings its own report
    from hkshcc.reports.listing import SORTS, listing  # noqa: PLC0415  each command brings its own report

    register, instrument = view.register, given["instrument"]
    words = _words(register, given["words"] or ())
    flags = {name: given[name] or name in words["flag"] for name in _FLAGS}
    signed = lookup.find_instrument(view.register, instrument) if instrument else None
    filters = Filters(
        refs=signed.related if signed else (),
        instrument=signed.ref if signed else "",
        areas=[*words["area"], *_each(lambda typed: lookup.find_area(register, typed).slug, given["area"])],
        statuses=[*words["status"], *_each(lookup.read_status, given["status"])],
        owners=[*words["owner"], *_each(lambda typed: lookup.find_body(register, typed).code, given["owner"])],
        kinds=_each(lookup.read_kind, given["kind"]),
        plenaries=[lookup.find_plenary(view.register, number).number for number in given["plenary"] or ()],
        due_by=lookup.find_until(given["due_within"], view.as_of) if given["due_within"] else "",
        stalled_after=given["stalled_after"] if flags.pop("stalled") else None,
        search=" ".join(text for text in (*words["text"], given["search"]) if text),
        **flags,
    )
    return listing(view, filters, lookup.one_of(SORTS, N_("order (--sort)"), sort), given["stale_after"])


def _each(find: "Callable[[str], Found]", typed: "Sequence[str] | None") -> "list[Found]":
    """Find every name that was typed. ``finance,legal`` are two; a name may hold a comma itself."""
    found: list[Found] = []
    for text in typed or ():
        try:
            found.append(find(text))
        except HkshccError:
            if "," not in text:
                raise
            found += [find(part) for part in text.split(",") if part.strip()]
    return found


# The options that need no value, and what else a person calls them: as a listing does.
_FLAGS = {
    "overdue": N_("overdue"), "lapsed": N_("lapsed"), "stalled": N_("stalled"), "silent": N_("silent"),
    "sides_differ": N_("sides differ"), "no_evidence": N_("no evidence"),
    "unconfirmed": N_("unconfirmed"), "single_source": N_("status from a single source"),
    "on_press_alone": N_("status on press alone"), "no_criteria": N_("no criteria"),
}  # fmt: skip


def _words(register: "Register", typed: "Sequence[str]") -> dict[str, list[str]]:
    """Read words typed without an option: an area, else an owner, else a status or flag, else text to search for.

    Words that stand side by side are tried together first: ``in progress`` is one status.
    """
    readings: dict[str, Callable[[str], str]] = {
        "area": lambda word: _area(register, word),
        "owner": lambda word: lookup.find_body(register, word).code,
        "status": lookup.read_status,
        "flag": _flag,
    }
    words: dict[str, list[str]] = {**{name: [] for name in readings}, "text": []}
    waiting = list(typed)
    while waiting:
        for many in range(min(len(waiting), _MOST_WORDS), 0, -1):
            word = " ".join(waiting[:many])
            if meant := {name: found for name, read in readings.items() if (found := _found(read, word))}:
                break
        del waiting[:many]
        if not meant:
            words["text"].append(word)
            continue
        first, *others = meant
        words[first].append(meant[first])
        for other in others:
            console.message(
                _(
                    "'{word}' was read as --{first} {found}; it could also be --{other} {value}",
                    word=word,
                    first=first,
                    found=meant[first],
                    other=other,
                    value=meant[other],
                )
            )
    return words


_SHORTEST = 3  # letters of a beginning that is taken for an area's
_MOST_WORDS = 12  # that a name may have which is typed without quotation marks


def _area(register: "Register", typed: str) -> str:
    """Find an area's slug; a beginning must have three letters, as ``in`` begins one. Raises NotFoundError."""
    area = lookup.find_area(register, typed)
    wanted = typed.strip()
    if wanted.isascii() and len(wanted) < _SHORTEST and wanted.casefold() not in {area.slug, area.code.casefold()}:
        raise NotFoundError(_("no area '{typed}'", typed=typed))
    return area.slug


def _flag(typed: str) -> str:
    """Find the filter that a word names, as it is spelled or as it is shown in any language. Raises NotFoundError."""
    wanted = typed.strip().casefold().replace("-", " ")
    for name, shown in _FLAGS.items():
        if wanted in {name.replace("_", " "), *in_every_language(shown).values()}:
            return name
    raise NotFoundError(_("no option '{typed}'", typed=typed))


def _found(find: "Callable[[str], str]", typed: str) -> str | None:
    try:
        return find(typed)
    except HkshccError:
        return None
