"""The register as those see it to whom it is published, or sent."""

from hkshcc.register.edition import public_edition
from hkshcc.reports.page import View


def published(view: View) -> View:
    """Return the public edition of what a view sees: what is left out is gone before anything is made of it."""
    edition, left_out = public_edition(view.register)
    return view._replace(register=edition, left_out=left_out)


def as_sent(view: View) -> View:
    """Return the same for a letter to a body, which does not tell it that there is anything else."""
    return published(view)._replace(left_out=None)
