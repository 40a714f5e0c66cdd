"""Evidence as it is given: what its address says of it, what is asked of a person, and the copy that is kept."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from hkshcc.cli import console
from hkshcc.cli.session import Session
from hkshcc.errors import HkshccError, RefusedError
from hkshcc.language import N_, _, alternatives
from hkshcc.register.commands.common import CommandContext, Decision
from hkshcc.register.index import Register
from hkshcc.register.lookup import one_of
from hkshcc.register.model import Copy
from hkshcc.register.sources import Described, describe, without_credentials
from hkshcc.register.vocabulary import EVIDENCE_KINDS
from hkshcc.stores.sources import known_sources


def described(typed: Sequence[str] | None, kind: str | None, by: str | None, today: str) -> Mapping[str, Described]:
    """Return what is known of each piece of evidence; on a terminal what is not known is asked.

    ``kind`` and ``by`` are what was given for all pieces: with either, the kind of none is asked. Raises HkshccError
    where a piece that is no reference is not meant after all, UsageError for a kind that is none.
    """
    if not typed:
        return {}
    found = describe(typed, known_sources(), today)
    if not console.interactive():
        return found
    for evidence, known in found.items():
        shown = without_credentials(evidence)
        if known.doubtful:
            question = _("'{typed}' is neither a link nor a document's reference. Record it? yes or no", typed=shown)
            if not console.confirm(question):
                raise HkshccError(_("nothing was recorded"), hint=_("give a link or a document's reference"))
        if shown and not (kind or by or known.kind):
            said = console.ask(
                _("Kind of evidence of '{evidence}' ({kinds})", evidence=shown, kinds=alternatives(EVIDENCE_KINDS))
            )
            known = known._replace(kind=one_of(EVIDENCE_KINDS, N_("kind of evidence"), said))  # noqa: PLW2901
        found[evidence] = known._replace(doubtful=False)
    return found


class ReadCopy(NamedTuple):
    """A file that is to be kept: how it is recorded, and what is in it."""

    copy: Copy
    data: bytes


def read_copy(session: Session, file: str) -> ReadCopy:
    """Read a file of which a copy is to be kept. Raises RefusedError for one that is empty or too large."""
    from hkshcc.cli.files import display_name  # noqa: PLC0415  only copies are read
    from hkshcc.stores.kept_files import MOST_BYTES, copy_of  # noqa: PLC0415

    data, name = session.input(file, MOST_BYTES), display_name(file)
    if not data:
        raise RefusedError(_("{file} is empty, so there is nothing to keep", file=name), hint=_("name another file"))
    if len(data) > MOST_BYTES:
        raise RefusedError(
            _("{file} is larger than {size} MB, the most that is kept", file=name, size=MOST_BYTES >> 20),
            hint=_("keep it elsewhere, and say with --archived or --evidence where"),
        )
    return ReadCopy(copy_of(data, name), data)


Verb = Callable[[Register, CommandContext], Decision]


def keeping(session: Session, kept: ReadCopy | None, verb: Verb, *, dry_run: bool = False) -> Verb:
    """Return a verb that keeps the copy once it is decided that the entries may be recorded, and before they are."""

    def decide(register: Register, context: CommandContext) -> Decision:
        decision = verb(register, context)
        if kept and not dry_run:
            from hkshcc.stores.kept_files import keep  # noqa: PLC0415  only copies need it

            keep(session.store_url, kept.data)
        return decision

    return decide
