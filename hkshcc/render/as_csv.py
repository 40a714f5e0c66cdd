"""CSV: a promise to other programs. It is UTF-8, whatever the console."""

import csv
import io

from hkshcc import language
from hkshcc.render import Rendered, RenderOptions
from hkshcc.render.tabular import flat_rows
from hkshcc.reports.page import Report
from hkshcc.text import inert, no_formula


def text(report: Report, options: RenderOptions) -> Rendered:
    """Return the rows as CSV (RFC 4180) for a spreadsheet: with a byte-order mark, without anything like a formula."""
    names, rows = flat_rows(report, options.fields, options.drawn_in)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(names)
    for row in rows:
        writer.writerow([no_formula(inert(value)) if isinstance(value, str) else value for value in row])
    # A spreadsheet has no place for it among its rows: as of when, and drawn from what, is said beside it, to a person.
    with language.using(options.lang):
        return Rendered("\ufeff" + out.getvalue(), "\n".join(map(inert, report.footer(options.lang))))
