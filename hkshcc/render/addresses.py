"""Addresses of the Web in a text: where each begins and ends."""

import re
from collections.abc import Iterator

# Up to white space, a mark that no address has, or one that ends a part of a Chinese sentence.
_ADDRESS = re.compile(r'https?://[^\s<>"{}|\\^`，。；：、！？「」『』（）《》…]+', re.IGNORECASE)
_ENDING = ".,;:!?'"
_PAIRS = {")": "(", "]": "["}


def parted(text: str) -> Iterator[tuple[str, bool]]:
    """Yield a text's parts in their order, and whether each is an address; a sentence's mark after one is not its."""
    done = 0
    for found in _ADDRESS.finditer(text):
        address = found[0]
        while address[-1] in _ENDING or _closes_nothing(address):
            address = address[:-1]
        if found.start() > done:
            yield text[done : found.start()], False
        yield address, True
        done = found.start() + len(address)
    if done < len(text):
        yield text[done:], False


def _closes_nothing(address: str) -> bool:
    opening = _PAIRS.get(address[-1])
    return opening is not None and address.count(address[-1]) > address.count(opening)
