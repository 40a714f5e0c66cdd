"""What can go wrong, each kind with the exit code it ends in (docs/reference.md, "Exit codes")."""

import errno
from collections.abc import Iterable, Sequence

from hkshcc.language import N_, _, alternatives, sentence

INTERRUPTED = 130  # the exit code of a command that Ctrl-C ended, as shells have it


class HkshccError(Exception):
    """Something failed: ``message`` says what is wrong with which thing, ``hint`` the way out.

    Printed, the two are one sentence. The hint is for whoever typed the command; where the same rule refuses what came
    from elsewhere, as a row of a return form, the message stands without it.
    """

    exit_code = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        """Return the one sentence."""
        return sentence(self.message, self.hint) if self.hint else self.message


class UsageError(HkshccError):
    """The words typed cannot be understood, or a question cannot be asked without a terminal."""

    exit_code = 2


class NotFoundError(HkshccError):
    """A ref, area, body or entry that the register does not hold."""

    exit_code = 3


class RefusedError(HkshccError):
    """A rule of the register forbids it; the hint says what to add."""

    exit_code = 4


class ConflictError(RefusedError):
    """The register has grown since it was read."""


class UnansweredError(HkshccError):
    """The command was recorded, and could not give its answer; the message says as which entry."""

    def __init__(self, message: str, *, hint: str, exit_code: int) -> None:
        super().__init__(message, hint=hint)
        self.exit_code = exit_code


class StoreError(HkshccError):
    """The store cannot be read, written or locked; it is left as it was."""

    exit_code = 5


# Why a file cannot be read or written: the usual reasons, of which the system speaks in the language of its own locale.
_SYSTEM = {
    errno.ENOENT: N_("No such file or directory"),
    errno.EACCES: N_("Permission denied"),
    errno.EPERM: N_("Operation not permitted"),
    errno.EISDIR: N_("Is a directory"),
    errno.ENOTDIR: N_("Not a directory"),
    errno.EEXIST: N_("File exists"),
    errno.ENOSPC: N_("No space left on device"),
    errno.EROFS: N_("Read-only file system"),
    errno.ENAMETOOLONG: N_("File name too long"),
    errno.EBUSY: N_("Device or resource busy"),
    errno.EIO: N_("Input/output error"),
}


def system_reason(error: OSError) -> str:
    """Return what the system says went wrong: the usual reasons in the current language, others as it says them."""
    message = _SYSTEM.get(error.errno or 0)
    return _(message) if message else error.strerror or str(error)


def not_found(message: str, typed: str, candidates: Iterable[str], way_out: str) -> NotFoundError:
    """Build the error for a name that is not there, with the nearest names that are, else with a way out."""
    near = nearest(typed, candidates)
    return NotFoundError(message, hint=did_you_mean(near) if near else way_out)


def did_you_mean(names: Sequence[str]) -> str:
    """Return the question that offers names."""
    return _("did you mean {names}?", names=alternatives(names))


def nearest(typed: str, candidates: Iterable[str], most: int = 3) -> list[str]:
    """Return the candidates that look most like what was typed, the nearest first."""
    from difflib import get_close_matches  # noqa: PLC0415  only mistakes pay for it

    by_folded = {candidate.casefold(): candidate for candidate in candidates}
    found = get_close_matches(typed.casefold(), list(by_folded), n=most, cutoff=0.6)
    return [by_folded[folded] for folded in found]
