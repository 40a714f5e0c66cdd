"""How wide the columns of a table are on paper, and whether it wants the page across."""

from collections.abc import Iterator, Sequence

from hkshcc.reports.page import Bar, Cell, Lines, Row, Table, in_sentences, plain_text
from hkshcc.text import width

# In twentieths of a point: the room between the margins of A4, by whether it lies across.
ROOM = {False: 9866, True: 14798}
_LETTER = 104  # of a cell's text, which has nine points: of a wide font, for who has no other
_PADDING = 200
_FEWEST = 4  # letters that a column has room for
_LONGEST_WORD = 16  # characters that a column keeps together: a longer word is broken
_WRAPPING = 4  # so many columns that hold sentences want the page across
_LONGEST_ROW = 24  # lines of a row that stays whole: a page across holds more, but hardly twice as many


def widths(table: Table, room: int) -> list[int]:
    """Return how wide each column is, in twentieths of a point: together no wider than the room."""
    cells = [[*_texts(table, number)] for number in range(len(table.columns))]
    natural = [_room_for(max(_FEWEST, *map(width, texts))) for texts in cells]
    named = any(column.name for column in table.columns)
    if sum(natural) <= room:
        # What has sentences takes what is left, so that tables under one another are as wide as one another.
        if named:
            natural[table.main] += room - sum(natural)
        return natural
    least = [_least(texts) for texts in cells]
    if sum(least) >= room:
        return [wide * room // sum(least) for wide in least]
    return _shared(least, natural, [_weight(texts) for texts in cells], room)


def is_wide(table: Table) -> bool:
    """Return whether a table wants the page across."""
    least = [_least([*_texts(table, number)]) for number in range(len(table.columns))]
    return sum(least) > ROOM[False] or sum(bool(column.overflow) for column in table.columns) >= _WRAPPING


def is_long(row: Row, table: Table, columns: Sequence[int]) -> bool:
    """Return whether a row may take more than a page, and must be allowed to go on on the next."""
    lines = []
    for number, (cell, wide) in enumerate(zip(row.cells, columns, strict=True)):
        texts = [*_of(cell), *(part for detail in row.details for part in _of(detail) if number == table.main)]
        letters = max(1, (wide - _PADDING) // _LETTER)
        lines.append(sum(1 + width(said) // letters for said in texts))
    return max(lines) > _LONGEST_ROW


def _shared(least: Sequence[int], natural: Sequence[int], weights: Sequence[float], room: int) -> list[int]:
    """Give each column what it needs at least, and of the rest as much as its texts weigh, but never too much."""
    found = list(least)
    for _again in range(len(found)):
        rest = room - sum(found)
        open_to = [number for number, wide in enumerate(found) if wide < natural[number]]
        total = sum(weights[number] for number in open_to)
        if rest < len(found) or not total:
            break
        for number in open_to:
            found[number] = min(natural[number], found[number] + int(rest * weights[number] / total))
    return found


def _least(texts: Sequence[str]) -> int:
    """Return what the longest word of a column needs."""
    longest = max((width(word) for text in texts for word in _words(text)), default=0)
    return _room_for(max(_FEWEST, min(longest, _LONGEST_WORD)))


def _words(text: str) -> Iterator[str]:
    """Yield the parts of a text that stay whole: between Chinese characters a line may end."""
    for word in text.split(" "):
        yield word if word.isascii() else "".join(character for character in word if character.isascii()) or "一二三四"


def _weight(texts: Sequence[str]) -> float:
    return (sum(map(width, texts)) / max(1, len(texts))) ** 0.7 if texts else 0.0


def _room_for(letters: int) -> int:
    return letters * _LETTER + _PADDING


def _texts(table: Table, number: int) -> Iterator[str]:
    """Yield all that stands in a column, its name and the details of its rows too."""
    yield table.columns[number].name
    for row in table.rows:
        yield from _of(row.cells[number])
        if number == table.main:
            for detail in row.details:
                yield from _of(detail)


def _of(cell: Cell) -> Iterator[str]:
    if isinstance(cell := in_sentences(cell), Lines):
        yield from (plain_text(line) for line in cell.lines)
    elif isinstance(cell, Bar):
        yield "   ".join(f" {part.number}  {part.label}" for part in cell.parts)
    else:
        yield plain_text(cell)
