"""Fingerprints that were printed: whether they are of this register, or of one that it exchanges entries with."""

import re
from collections.abc import Iterator, Sequence
from unicodedata import normalize

from hkshcc.errors import UsageError
from hkshcc.language import _, listed
from hkshcc.register.chain import START, links, readable
from hkshcc.register.edition import wholes_of
from hkshcc.register.index import Register
from hkshcc.register.witness import Chain, chains

_DIGITS = 9  # no register has an entry with a longer number
_FEWEST, _GROUP = 8, 4  # digits of a fingerprint, and of a group of them
# As it is printed, whatever stands around it: in the command that checks it, and at the end of the line before.
_PRINTED = (
    re.compile(r"(?<![0-9a-z])(\d{1,9}) ?: ?([0-9a-f]{8,64})(?![0-9a-z])"),
    re.compile(
        r"(?<![0-9a-z])(\d{1,9})[^0-9]{0,20}[^0-9a-f\s:-][^0-9]{0,40}?"
        r"((?:(?<![0-9a-z])[0-9a-f]{4}[\s>|]+){3}[0-9a-f]{4})(?![0-9a-z]|[\s>|]+[0-9a-f]{4})"  # quoted, or in cells
    ),
)
_SOFT_BREAK = re.compile(r"=\r?\n")  # of a line that a mail program broke
_WRITTEN_SPACE = re.compile(r"=20(?=\s)|=c2=a0|&nbsp;|&#160;|&#xa0;")
_ANY_GROUP = re.compile(r"(?<![0-9a-z])[0-9a-f]{4}(?![0-9a-z])")
_DIGITS_AT_THE_END = re.compile(r"[0-9a-f][0-9a-f \-]*$")


def verify_fingerprint(register: Register, typed: str) -> list[str]:
    """Say what is wrong with a fingerprint of this register, if anything: an empty list where it is one.

    It may also be that of another register that this one has exchanged entries with, as far as those are here, and that
    of a public edition of this one.

    It may be typed as ``N:3f9a…``, alone, or as the lines at the end of a report, in any language and with whatever
    signs and line breaks a document puts around them. Raises UsageError for another form.
    """
    number, digits = _read_fingerprint(typed)
    if covered_by(register, typed) is not None or covered_elsewhere(register, typed) is not None:
        return []
    if any(covered_by_edition(register, typed)):
        return []
    if number is not None and (newer := may_be_newer(register, typed)):
        return [
            _(
                "entries 1-{number} of {origin}'s register are not here to compare: {last} of them are known",
                number=number,
                origin=chain.origin,
                last=chain.last,
            )
            for chain in newer
        ]
    if number is not None and number > register.last:
        return [
            _(
                "the register ends at entry {last}: entries up to {number} were removed, or it is another register",
                last=register.last,
                number=number,
            )
        ]
    values = [*enumerate(links(register.stored), start=1)]
    others = [place for place, value in values if value.startswith(digits)]
    slips = [(place, value) for place, value in values if _one_digit_apart(value, digits)]
    if number is None:
        found = [_("no entries of this register have the fingerprint {typed}", typed=typed.strip())]
        found += [
            _(
                "it differs in one digit from that of entries 1-{last}, {value}: a slip of the hand?",
                last=place,
                value=readable(value),
            )
            for place, value in slips
        ]
        return found
    found = [
        _(
            "entries 1-{number} are not those of {typed}: their fingerprint is {value}",
            number=number,
            typed=typed.strip(),
            value=readable(register.link_at(number)),
        )
    ]
    if others:
        found.append(_("it is the fingerprint of entries 1-{last}", last=others[0]))
    if number in dict(slips):
        found.append(_("only one digit differs: a slip of the hand?"))
    if broken := register.broken_at():
        found.append(_("the first entry that is not what was recorded is entry {number}", number=broken))
    return found


def covered_by(register: Register, typed: str) -> int | None:
    """Return the last of the entries that a fingerprint was made from, None where it is not this register's.

    Raises UsageError as ``verify_fingerprint`` does.
    """
    number, digits = _read_fingerprint(typed)
    if number is not None:
        return number if number <= register.last and register.link_at(number).startswith(digits) else None
    if register.last and register.fingerprint.startswith(digits):
        return register.last
    return next((at for at, value in enumerate(links(register.stored), start=1) if value.startswith(digits)), None)


def covered_elsewhere(register: Register, typed: str) -> tuple[str, int] | None:
    """Return of which other register a fingerprint is, as far as its entries are here, and of how many of them.

    Raises UsageError as ``verify_fingerprint`` does.
    """
    number, digits = _read_fingerprint(typed)
    for chain in _chains(register):
        for at, values in chain.values.items():
            if number in {None, at} and any(value.startswith(digits) for value in values):
                return chain.origin, at
    return None


def covered_by_edition(register: Register, typed: str) -> Iterator[Register]:
    """Yield this register as it was each time that it had the public edition of a fingerprint, the latest first.

    Raises UsageError as ``verify_fingerprint`` does.
    """
    number, digits = _read_fingerprint(typed)
    return wholes_of(register, number, digits) if number is not None else iter(())


def may_be_newer(register: Register, typed: str) -> list[Chain]:
    """Return the other registers that had not so many entries when they were last heard of.

    Raises UsageError as ``verify_fingerprint`` does.
    """
    number, _digits = _read_fingerprint(typed)
    if number is None:
        return []
    return [chain for chain in _chains(register) if chain.origin != register.origin and number > chain.last]


def newer_copy_of(chains_here: Sequence[Chain]) -> str:
    """Return what to do where a fingerprint may be of one of these registers when it had more entries."""
    return _(
        "`hkshcc import register` a newer copy of {origins}, then compare again; where it brings nothing new, that"
        " register has only received something since, and can be compared once it records something else",
        origins=listed([chain.origin for chain in chains_here]),
    )


def _chains(register: Register) -> list[Chain]:
    return chains(register) if register.settled else []


def _read_fingerprint(typed: str) -> tuple[int | None, str]:
    """Return the number of the last entry, where it was typed, and the digits. Raises UsageError."""
    text = normalize("NFKC", typed).casefold().replace("...", "").strip(" .。")
    text = _WRITTEN_SPACE.sub(" ", _SOFT_BREAK.sub("", text))
    for printed in _PRINTED:
        if (whole := [*printed.finditer(text)]) and int(whole[-1][1]):
            return int(whole[-1][1]), re.sub(r"[^0-9a-f]", "", whole[-1][2])
    found = _DIGITS_AT_THE_END.search(text)
    before, groups = (text[: found.start()], found[0].split()) if found else (text, [])
    if not before and len(groups) > 1 and groups[0].isdecimal() and len(groups[0]) != _GROUP:  # 254 3f9a 21c0 …
        before, groups = groups[0], groups[1:]
    digits = "".join(groups).replace("-", "")
    numbers = [*re.finditer(r"(?<![0-9a-z])\d+(?![0-9a-z])", before)]
    if (
        not _FEWEST <= len(digits) <= len(START)
        or (before.strip() and not numbers and ":" in before)
        or _is_torn(before, numbers[-1] if numbers else None)
    ):
        raise UsageError(
            _(
                "'{typed}' is not a fingerprint; type it as N:3f9a21c077de0b52: the number of the last entry, and at"
                " least 8 digits",
                typed=typed,
            )
        )
    if not numbers:
        return None, digits
    number = int(numbers[-1][0][:_DIGITS])
    if not number:
        raise UsageError(_("a fingerprint begins with the number of the last entry that it covers, 1 or greater"))
    return number, digits


def _is_torn(before: str, number: re.Match[str] | None) -> bool:
    """Return whether what stands before the digits has more of them, which some sign parts from these.

    What was read would be part of a fingerprint, and say that a true one is not.
    """
    between = before[number.end() :] if number else before
    if _ANY_GROUP.search(between):
        return True
    return number is not None and len(number[0]) == _GROUP and ":" not in between and not re.search(r"\w", between)


def _one_digit_apart(value: str, digits: str) -> bool:
    return sum(one != other for one, other in zip(value, digits, strict=False)) == 1
