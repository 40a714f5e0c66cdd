"""How each role looks, for every format that has colour: one table, so that none of them differs.

The colours are fixed ones of the 256, about as far from white as from black: they can be read on light and on dark
terminals, which the yellow and the cyan of most terminals cannot.
"""

LOOKS = {
    "ref": "bold",
    "strong": "bold",
    "dim": "dim",
    "struck": "dim strike",
    "bad": "red",
    "unknown": "grey",
    "not-started": "purple",
    "in-progress": "amber",
    "continuing": "blue",
    "lapsed": "pale",
    "modified": "olive",
    "completed": "green",
    "not-pursued": "red",
}
# Numbers of the 256 colours of a terminal.
COLOURS = {"red": 161, "grey": 243, "purple": 133, "amber": 130, "blue": 31, "pale": 66, "olive": 64, "green": 28}
_WHITE = 231
# Areas of a picture, on white. Where measures are further, they are darker: the order of a picture's layers is that of
# its shades, and stays so in print without colour. No two look alike to those who do not tell red from green.
_FILLS = {
    "green": "#10502f", "olive": "#57690c", "blue": "#2478bd", "pale": "#789fc4", "amber": "#e8ac3a",
    "purple": "#d9b8e8", "red": "#f8c9c0", "grey": "#e6e9ec",
}  # fmt: skip
_SGR = {"bold": "1", "dim": "2", "strike": "9"} | {name: f"38;5;{number}" for name, number in COLOURS.items()}


def fill_of(role: str) -> str:
    """Return the colour of an area of a role in a picture, as ``#rrggbb``."""
    return _FILLS.get(LOOKS.get(role, ""), _FILLS["grey"])


def painted(said: str, role: str, *, block: bool = False) -> str:
    """Return a text as a colour terminal shows its role (select graphic rendition), or white on a block of its colour.

    A role without a look, or for a block without a colour, leaves the text as it is.
    """
    look = LOOKS.get(role)
    if not look or not said:
        return said
    codes = ";".join(_SGR[word] for word in look.split())
    if block and look in COLOURS:
        codes = f"1;38;5;{_WHITE};48;5;{COLOURS[look]}"
    return f"\x1b[{codes}m{said}\x1b[0m"
