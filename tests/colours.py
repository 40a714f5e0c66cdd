"""How colours are seen, by the formulas of WCAG 2 and CIE."""

from collections.abc import Sequence


def linear(parts: Sequence[int]) -> list[float]:
    """Return red, green and blue (0 to 255 of sRGB) as shares of light."""
    shares = [part / 255 for part in parts]
    return [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]


def parts_of(colour: str) -> list[int]:
    """Return red, green and blue of ``#rrggbb``."""
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]


def luminance(parts: Sequence[int]) -> float:
    """Return how light a colour is, from 0 for black to 1 for white."""
    red, green, blue = linear(parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, ``#rrggbb``: from 1 for one colour to 21 for black on white."""
    darker, lighter = sorted(luminance(parts_of(colour)) for colour in (one, other))
    return (lighter + 0.05) / (darker + 0.05)
