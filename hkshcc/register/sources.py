"""What can be said of evidence from its address alone: whose it is, of which kind, and whether it is an address."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple


class Source(NamedTuple):
    """Who publishes at a host, and the kind of evidence that is found there."""

    kind: str
    name: str | None = None


class Described(NamedTuple):
    """What is known of a piece of evidence beside what was typed for all pieces.

    ``read_on`` is the day (ISO) on which it was read. One that is ``doubtful`` is neither a link nor a document's
    reference, and nobody said that it is meant.
    """

    kind: str | None = None
    source: str | None = None
    doubtful: bool = False
    read_on: str | None = None


# Compiled where they are first used: most commands never look at a locator.
_LINK = r"https?://(\[[^\]]*\]|[^\s/\\?#:]*)"
# What stands before the host of a link: a name, a password. Where the scheme was left out, only the two together.
_CREDENTIALS = (
    r"(?<=://)[^\s/?#]*@"
    r"|(?<!\S)(?!(?:mailto|acct|sip|xmpp):)[^\s/?#@:]+:[^\s/?#]*@(?=[\w-]+(?:\.[\w-]+)+(?:[\s/:?#]|$))"
)
# What a reference has and a remark has not: a number, a path, the name of a file or host, a title in its marks.
_REFERENCE = r"""[\d/\\#§№《》〈〉「」『』“”"]|\w[.:]\w|[〇一二三四五六七八九十]+[號号]"""


def without_credentials(locator: str) -> str:
    """Return a locator without the name and password that a link may hold before its host.

    Everybody who reads the register would read them, for good; the link is evidence without them.
    """
    return re.sub(_CREDENTIALS, "", locator.strip(), flags=re.IGNORECASE)


def host_of(locator: str) -> str | None:
    """Return the host that a link leads to, in lower case; None where the locator is no link.

    A reverse stroke ends the host, as it does for a browser.
    """
    found = re.match(_LINK, locator, re.IGNORECASE)
    return found[1].lower() or None if found else None


def is_reference(locator: str) -> bool:
    """Return whether it can be found again: it is a link, or has what a document's reference has."""
    return host_of(locator) is not None or bool(re.search(_REFERENCE, locator))


def source_of(locator: str, known: Mapping[str, Source]) -> Source | None:
    """Return who publishes a link, by its host or the nearest domain that it belongs to; None where none is known."""
    host = host_of(locator) or ""
    while host:
        if host in known:
            return known[host]
        host = host.partition(".")[2]
    return None


def describe(locators: Iterable[str], known: Mapping[str, Source], today: str) -> dict[str, Described]:
    """Return what is known of each piece of evidence, by its locator as typed; a link is read today."""
    described = {}
    for typed in locators:
        locator = without_credentials(typed)
        source = source_of(locator, known) or Source("")
        doubtful = bool(locator) and not is_reference(locator)
        described[typed] = Described(source.kind or None, source.name, doubtful, today if host_of(locator) else None)
    return described
