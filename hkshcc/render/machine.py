"""JSON and CSV: promises to other programs. Both are UTF-8, whatever the console."""

import csv
import io
import json
import re

from hkshcc.render import Manner
from hkshcc.render.flat import checked, flat_rows
from hkshcc.reports.page import Report
from hkshcc.text import inert, no_formula

# Neither ASCII nor a Chinese character: what may have to be escaped, looked at one by one.
_DOUBTFUL = re.compile("[^\n\x20-\x7e\u4e00-\u9fff]")


def json_text(report: Report, manner: Manner) -> str:
    """Return the report as JSON: English keys, ISO dates, null where absent, active characters escaped."""
    data = report.data()
    if manner.fields:
        chosen = checked(report, manner.fields)
        data[report.rows] = [{field: row[field] for field in chosen} for row in data[report.rows]]
    return _DOUBTFUL.sub(_escaped, json.dumps(data, ensure_ascii=False, indent=2)) + "\n"


def _escaped(found: re.Match[str]) -> str:
    character = found[0]
    return character if inert(character) == character else json.dumps(character)[1:-1]


def csv_text(report: Report, manner: Manner) -> str:
    """Return the rows as CSV for a spreadsheet: a byte-order mark, and no cell that it would take for a formula."""
    names, rows = flat_rows(report, manner.fields, manner.lang)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(names)
    for row in rows:
        writer.writerow([no_formula(inert(value)) if isinstance(value, str) else value for value in row])
    return "\ufeff" + out.getvalue()
