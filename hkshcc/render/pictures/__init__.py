"""Pictures as SVG, drawn with the standard library alone: a drawing with its title, its notes and a ground of its own.

A picture stands alone: it loads nothing, runs nothing, has no style sheet, and is readable on any page, a dark one too.
"""

from collections.abc import Sequence

from hkshcc.render.pictures.canvas import FAINT, MARGIN, WIDE, Canvas
from hkshcc.render.pictures.grid import draw_grid
from hkshcc.render.pictures.lanes import draw_lanes
from hkshcc.render.pictures.series import draw_series
from hkshcc.reports.drawings import Grid, Lanes
from hkshcc.reports.page import Picture


def svg_of(picture: Picture, lang: str, footer: Sequence[str]) -> str:
    """Return a picture as an SVG document; ``footer`` are a page's last lines, which say what it was drawn from."""
    canvas = Canvas(lang)
    down = float(MARGIN)
    for said, size, bold, fill in ((picture.source, 12, False, FAINT), (picture.title, 20, True, "")):
        for line in canvas.broken(said, WIDE - 2 * MARGIN, size):
            down += round(size * 1.3)
            canvas.text(MARGIN, down - size * 0.3, line, size=size, bold=bold, fill=fill)
    down += 14
    match picture.drawing:
        case Lanes():
            down = draw_lanes(canvas, picture.drawing, down)
        case Grid():
            down = draw_grid(canvas, picture.drawing, down)
        case series:
            down = draw_series(canvas, series, down)
    down += 8
    noted = [line for said in picture.notes for line in canvas.broken(said, WIDE - 2 * MARGIN, 11)]
    for said in (*noted, *footer):
        down += 16
        # A line of the footer may be a command that is looked for: it is drawn narrower rather than broken.
        canvas.text(MARGIN, down, said, size=11, fill=FAINT, room=WIDE - 2 * MARGIN)
    return canvas.document(picture.title, picture.description, down + MARGIN)
