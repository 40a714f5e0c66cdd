"""JSON and CSV: promises to other programs. Both are UTF-8, whatever the console."""

import csv
import io
import json

from hkshcc.render import RenderOptions
from hkshcc.render.tabular import checked, flat_rows
from hkshcc.reports.page import Report
from hkshcc.text import inert, inert_json, no_formula


def json_text(report: Report, options: RenderOptions) -> str:
    """Return the report as JSON: English keys, ISO dates, null where absent, active characters escaped."""
    data = report.data()
    if options.fields:
        chosen = checked(report, options.fields)
        data[report.rows] = [{field: row[field] for field in chosen} for row in data[report.rows]]
    return inert_json(json.dumps(data, ensure_ascii=False, indent=2)) + "\n"


def csv_text(report: Report, options: RenderOptions) -> str:
    """Return the rows as CSV for a spreadsheet: a byte-order mark, and no cell that it would take for a formula."""
    names, rows = flat_rows(report, options.fields, options.lang)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(names)
    for row in rows:
        writer.writerow([no_formula(inert(value)) if isinstance(value, str) else value for value in row])
    return "\ufeff" + out.getvalue()
