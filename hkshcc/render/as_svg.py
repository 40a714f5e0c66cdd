"""SVG: the picture that a report has; of a report without one, what a colour terminal shows of its page."""

from hkshcc.render import RenderOptions
from hkshcc.render.tabular import field_page
from hkshcc.reports.page import Report


def text(report: Report, options: RenderOptions) -> str:
    """Return the report as an SVG document; where fields are chosen, as their table."""
    fields = options.fields
    page = field_page(report, fields, options.lang) if fields else report.page(options.lang)
    if picture := page.picture():
        from hkshcc.render.pictures import svg_of  # noqa: PLC0415  most reports have none

        return svg_of(picture, options.lang, page.footer)
    from hkshcc.render.svg import screen  # noqa: PLC0415  only a screen needs Rich

    return screen(page, options)
