"""Untrusted text made inert, what of a text can be seen, and how wide it stands on a screen."""

import re
from itertools import pairwise

# Control, format (bidi overrides, zero-width), surrogate, line and paragraph separators: what acts
# on a terminal or hides in it. Private use and unassigned stay: older HKSCS characters live there.
_ACTIVE = {"Cc", "Cf", "Cs", "Zl", "Zp"}
# Neither ASCII nor a Chinese character: what may have to be escaped, looked at one by one.
_DOUBTFUL = "[^\n\x20-\x7e\u4e00-\u9fff]"
_FORMULA_STARTS = "=+-@\uff1d\uff0b\uff0d\uff20"
_ASCII_FOR = str.maketrans({
    "…": "...", "–": "-", "—": "-", "·": ".", "≈": "=", "×": "x", "→": "->", "«": '"', "»": '"', "’": "'",
    "‘": "'", "“": '"', "”": '"', "▏": "|", "●": "*", "│": "|", "─": "-",
})  # fmt: skip


def searchable(text: str) -> str:
    """Return a text as it is searched: in lower case, with a blank for every hyphen."""
    return text.casefold().translate(_HYPHENS)


_HYPHENS = str.maketrans(dict.fromkeys("-\u2010\u2011\u2013", " "))


def inert(text: str) -> str:
    r"""Return the text with every character that could act shown as an escape such as ``\x1b``."""
    if text.isprintable():
        return text
    from unicodedata import category  # noqa: PLC0415  ordinary text does without its tables

    return "".join(
        _escape(character) if category(character) in _ACTIVE or _is_none(character) else character for character in text
    )


def _is_none(character: str) -> bool:
    """Return whether it is one of the 66 code points that are no characters for good; HTML and XML allow none."""
    return ord(character) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(character) <= 0xFDEF


def inert_json(text: str) -> str:
    """Return JSON text with every character that could act escaped as JSON does; it reads back the same."""
    return re.sub(_DOUBTFUL, _escaped, text)


def _escaped(found: re.Match[str]) -> str:
    character = found[0]
    if inert(character) == character:
        return character
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[start : start + 4]}" for start in range(0, len(units), 4))


def _escape(character: str) -> str:
    code = ord(character)
    if character in "\n\r\t":
        return {"\n": "\\n", "\r": "\\r", "\t": "\\t"}[character]
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def encodable(text: str, encoding: str) -> str:
    r"""Return the text as a console of that encoding can show it: near signs, else ``\u`` escapes.

    What becomes of a sign does not depend on what stands beside it: a bar looks as its legend says.
    """
    if text.isascii():
        return text
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate({ord(sign): _shown_as(sign, encoding) for sign in set(text)})
    except LookupError:
        return text.encode("ascii", "backslashreplace").decode("ascii")
    return text


def _shown_as(sign: str, encoding: str) -> str:
    try:
        sign.encode(encoding)
    except UnicodeEncodeError:
        return sign.translate(_ASCII_FOR).encode(encoding, "backslashreplace").decode(encoding)
    return sign


def of_xml(text: str) -> str:
    r"""Return the text with what no XML may hold, not even escaped, as an escape such as ``\ufffe``."""
    return re.sub(_NOT_XML, lambda found: f"\\u{ord(found[0]):04x}", text)


_NOT_XML = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"


def no_formula(text: str) -> str:
    """Return the text so that a spreadsheet takes it for text; of what begins a formula, see OWASP on CSV injection."""
    said = text.lstrip()
    return "'" + text if said and (said[0] in _FORMULA_STARTS or text[0] in "\t\r\n") else text


def is_harmless(address: str) -> bool:
    """Return whether an address may be a link as it stands: http or https, printable ASCII alone."""
    return len(address) <= _LONGEST_ADDRESS and bool(re.fullmatch(_HARMLESS, address, re.IGNORECASE))


# What RFC 3986 allows: nothing of it can act on a terminal, and none of it looks like something else.
_HARMLESS = r"https?://[a-z0-9\[][a-z0-9._~:/?#\[\]@!$&'()*+,;=%-]*"
_LONGEST_ADDRESS = 2000  # signs; terminals take no more


def folded(text: str) -> str:
    """Return a line's text with white space folded to single spaces, and nothing that cannot be seen at its ends."""
    text = " ".join(text.split())
    start, end = 0, len(text)
    while start < end and (_unseen(text[start]) or text[start] == " "):
        start += 1
    while end > start and (_unseen(text[end - 1]) or text[end - 1] == " "):
        end -= 1
    return text[start:end]


def visible(text: str) -> str:
    """Return the text without what cannot be seen, as zero-width spaces and byte-order marks."""
    if text.isascii():
        return text
    # Looked at once each: a long text has few signs that differ.
    return text.translate(dict.fromkeys(ord(sign) for sign in set(text) if _unseen(sign)))


def _unseen(sign: str) -> bool:
    if sign.isascii():
        return False
    from unicodedata import category  # noqa: PLC0415  as above

    return category(sign) == "Cf"


def width(text: str) -> int:
    """Return the number of terminal columns the text takes: two where East Asian Width (UAX #11) is wide."""
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if character.isascii():
        return 1
    from unicodedata import category, combining, east_asian_width  # noqa: PLC0415  as above

    if combining(character) or category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if east_asian_width(character) in {"W", "F"} else 1


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """Return the text filled with spaces to a number of columns."""
    fill = " " * max(0, columns - width(text))
    return fill + text if right else text + fill


def clip(text: str, columns: int) -> str:
    """Return the text shortened to a number of columns, an ellipsis saying so."""
    if width(text) <= columns:
        return text
    kept, room = [], max(0, columns - 1)
    for character in text:
        room -= _columns(character)
        if room < 0:
            break
        kept.append(character)
    return "".join(kept).rstrip() + "…"


def wrapped(text: str, columns: int) -> str:
    """Return the text broken into lines of at most so many columns: between words, and between Chinese characters.

    A longer word stays whole. No line begins with a closing mark or ends with an opening one, as in Requirements for
    Chinese Text Layout (W3C).
    """
    lines: list[str] = []
    for line in text.split("\n"):
        room = -1
        for word in line.split(" "):
            first, *rest = [word] if word.isascii() else _parts(word)
            taken = width(first)
            if taken < room:
                lines[-1] += f" {first}"
                room -= taken + 1
            else:
                lines.append(first)
                room = columns - taken
            for part in rest:
                taken = width(part)
                if taken > room:
                    lines.append("")
                    room = columns
                lines[-1] += part
                room -= taken
    return "\n".join(lines)


_OPENING, _CLOSING = "（「『《〈【“‘", "），。；：、！？」』》〉】”’…"


def _parts(word: str) -> list[str]:
    """Return a word's parts between which a line may end: on either side of a wide character."""
    parts = [word[:1]]
    for before, character in pairwise(word):
        wide = _columns(before) + _columns(character) > _WIDE
        if wide and character not in _CLOSING and before not in _OPENING:
            parts.append(character)
        else:
            parts[-1] += character
    return parts


_WIDE = 2  # columns of two characters, neither of which is wide
