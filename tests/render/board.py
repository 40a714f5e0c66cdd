"""A report of any blocks, to see how each kind of block is drawn."""

from collections.abc import Sequence
from typing import Any

from hkshcc.reports.page import Block, Page


class Board:
    """A report of one page; its footer, where it has one, says in which language it was drawn."""

    schema, rows = "hkshcc.board/1", "rows"
    fields: Sequence[str] = ()
    brief: Sequence[str] = ()

    def __init__(self, *blocks: Block, footer: str = "end ({lang})") -> None:
        self.blocks = blocks
        self._footer = footer

    def items(self) -> list[dict[str, Any]]:
        return []

    def data(self) -> dict[str, Any]:
        return {"as_of": "2026-11-23"}

    def page(self, lang: str) -> Page:
        return Page(self.blocks, self.footer(lang))

    def footer(self, lang: str) -> list[str]:
        return [self._footer.format(lang=lang)] if self._footer else []
