"""Texts as long as a release may be, or longer, of which a careless pattern never makes an end."""

from typing import NamedTuple


class Giant(NamedTuple):
    """A piece that is said over and over, and what stands before it."""

    piece: bytes
    times: int  # in a text of the full size
    head: bytes = b""
    file: str = "invented.txt"

    def text(self, share: float = 1) -> bytes:
        """Return the text, at its full size or a share of it."""
        return self.head + self.piece * round(self.times * share)


_AREAS = b"The following areas:\nKites\n"
GIANTS = {
    "spaces": Giant(b" ", 1_000_000),
    "letters": Giant(b"a", 1_900_000),
    "words": Giant(b"a ", 900_000),
    "colons": Giant(b"Kites: ", 250_000),
    "quotes": Giant(b'"Agreement', 150_000),
    "marks": Giant(b"(1) ", 400_000),
    "numerals": Giant("九".encode(), 600_000),
    "kites": Giant(b"Continue to fly kites of paper. Noodles.\n", 2900, _AREAS),
    "headings": Giant(b"Kites\nContinue to fly kites.\n", 1400),
    "documents": Giant(b'Two agreements were signed:\n- "Agreement"\n', 1400),
    "signings": Giant(b"The two sides signed the Memorandum on Kites, Noodles and ", 30_000),
    "signed": Giant(b"Both signed the A ", 100_000, _AREAS),
    "capitals": Giant(b"Both were signed A, A A the A, of the A and A MoU\n", 2900, b"The following areas:\n"),
    "sentences": Giant(b'Ms A said, "We." A. \xe2\x80\x9cB.\xe2\x80\x9d Will. ', 50_000),
    "brackets": Giant("「簽署了《".encode(), 150_000),
    "signed in Chinese": Giant("雙方簽署了風箏及麵條及湯匙".encode(), 40_000),
    "short sentences": Giant(b"Ab. " * 100 + b"\n", 2900, _AREAS + b"It was. Ab. " * 25),
    "garbage": Giant(bytes((index * index * 7 + index) % 251 + 1 for index in range(20_000)), 5000),
    "tags": Giant(b"<p>kites<br>", 100_000, b"<html>", "invented.html"),
    "entities": Giant(
        b"&b;", 100_000, b'<!DOCTYPE html [<!ENTITY a "kites"><!ENTITY b "&a;&a;&a;">]><html><p>', "invented.html"
    ),
}
