"""JSON: a promise to other programs. It is UTF-8, whatever the console."""

import json

from hkshcc.render import RenderOptions
from hkshcc.render.tabular import checked, value_of
from hkshcc.reports.page import Report
from hkshcc.text import inert_json


def text(report: Report, options: RenderOptions) -> str:
    """Return the report as JSON: English keys, ISO dates, null where absent, active characters escaped.

    Rows of chosen fields lack what the report's schema promises, so they name another: ``hkshcc.list-fields/1``.
    """
    data = report.data()
    if options.fields:
        chosen = checked(report, options.fields)
        data["schema"] = report.schema.replace("/", "-fields/")
        data[report.rows] = [{field: value_of(row, field) for field in chosen} for row in data[report.rows]]
    return inert_json(json.dumps(data, ensure_ascii=False, indent=2)) + "\n"
