"""What a person types as evidence: what its address says of it, and what only the person can say."""

from collections.abc import Mapping, Sequence

from hkshcc.cli import console
from hkshcc.cli.session import interactive
from hkshcc.errors import HkshccError
from hkshcc.language import N_, _, alternatives
from hkshcc.register.lookup import one_of
from hkshcc.register.sources import Described, describe, without_credentials
from hkshcc.register.vocabulary import EVIDENCE_KINDS
from hkshcc.stores.sources import known_sources


def described(typed: Sequence[str] | None, kind: str | None, by: str | None) -> Mapping[str, Described]:
    """Return what is known of each piece of evidence; on a terminal what is not known is asked.

    ``kind`` and ``by`` are what was given for all pieces: with either, the kind of none is asked. Raises HkshccError
    where a piece that is no reference is not meant after all, UsageError for a kind that is none.
    """
    if not typed:
        return {}
    found = describe(typed, known_sources())
    if not interactive():
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
