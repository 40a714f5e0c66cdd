"""What the shell offers when Tab is pressed. A store that cannot be read offers nothing."""

from collections.abc import Iterable

import typer

from hkshcc.cli.session import resolve_store_url
from hkshcc.errors import HkshccError
from hkshcc.language import current
from hkshcc.register.dates import FOREVER
from hkshcc.register.index import Register
from hkshcc.register.vocabulary import EVIDENCE_KINDS, Status, evidence_label, in_language, label
from hkshcc.stores import open_reader
from hkshcc.text import inert

Choices = list[tuple[str, str]]
# zsh evaluates what stands beside a word, Typer reads it as Rich markup: what either acts on gives way to its like.
_HARMLESS = str.maketrans({"\\": "/", "$": "＄", "`": "'", '"': "'", "[": "(", "]": ")"})


def refs(ctx: typer.Context, incomplete: str) -> Choices:
    """Offer refs, with their titles; without the plenary's number where they are typed so and one measure is meant."""
    titles = {measure.ref: in_language(measure.title, current()) for measure in _register(ctx).measures(FOREVER)}
    if offered := _offered(titles.items(), incomplete):
        return offered
    short = [ref.partition("-")[2] for ref in titles]
    unique = [(word, titles[ref]) for ref, word in zip(titles, short, strict=True) if short.count(word) == 1]
    return _offered(unique, incomplete)


def areas(ctx: typer.Context, incomplete: str) -> Choices:
    """Offer the slugs of areas, with their names."""
    known = _register(ctx).areas.values()
    return _offered(((area.slug, in_language(area.name, current())) for area in known), incomplete)


def bodies(ctx: typer.Context, incomplete: str) -> Choices:
    """Offer the codes of bodies, with their names."""
    known = _register(ctx).bodies.values()
    return _offered(((body.code, in_language(body.name, current())) for body in known), incomplete)


def words(ctx: typer.Context, incomplete: str) -> Choices:
    """Offer areas, then bodies."""
    return [*areas(ctx, incomplete), *bodies(ctx, incomplete)]


def statuses(_ctx: typer.Context, incomplete: str) -> Choices:
    """Offer statuses, with their labels."""
    return _offered(((status, label(status)) for status in Status), incomplete)


def evidence_kinds(_ctx: typer.Context, incomplete: str) -> Choices:
    """Offer the kinds of evidence."""
    return _offered(((kind, evidence_label(kind)) for kind in EVIDENCE_KINDS), incomplete)


def schemas(_ctx: typer.Context, incomplete: str) -> Choices:
    """Offer the names of JSON Schemas, with the command whose output each describes."""
    from hkshcc.reports.schemas.outputs import OUTPUTS  # noqa: PLC0415  nothing else completes them

    return _offered(((name, f"hkshcc {described.command}") for name, described in OUTPUTS.items()), incomplete)


def _register(ctx: typer.Context) -> Register:
    try:
        return open_reader(resolve_store_url(ctx.find_root().params.get("store"))).read()
    except HkshccError:
        return Register([])


def _offered(choices: Iterable[tuple[str, str]], incomplete: str) -> Choices:
    typed = incomplete.casefold()
    return [
        # What was typed stays as typed: Typer drops a word that begins otherwise, and names are read in any case.
        (incomplete + word[len(incomplete) :], inert(said).translate(_HARMLESS))
        for word, said in choices
        # A word goes back into a command line: one that a shell could take for more than a word is not offered.
        if word.casefold().startswith(typed) and word.replace("-", "").isalnum()
    ]
