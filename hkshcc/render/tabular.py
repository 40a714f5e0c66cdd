"""A report's rows as flat cells, for every format that has columns."""

from collections.abc import Mapping, Sequence
from typing import Any

from hkshcc.errors import UsageError, nearest
from hkshcc.language import LANGUAGES, _, listed
from hkshcc.register.vocabulary import SIDES, in_language
from hkshcc.render import RenderOptions
from hkshcc.reports.page import Cell, Column, Page, Report, Row, Table
from hkshcc.text import encodable, inert, pad

Value = str | int | None


def flat_rows(report: Report, fields: Sequence[str], lang: str) -> tuple[list[str], list[list[Value]]]:
    """Return column names and rows. A name by language becomes the name in ``lang``, a pair of sides two columns.

    Where no fields are chosen, a name's other languages follow it in columns of their own, as ``title_zh_hant``.
    A text that another field gives in every language, as ``summary_by_language``, is such a name.
    """
    chosen = checked(report, fields)
    items = [_with_names(row) for row in report.items()]
    if not fields:
        chosen = [field for field in chosen if not field.endswith(_NAMES)]
        by_language = {field for field in chosen for row in items if _is_name(row[field])}
        ends = [end for language, end in _ENDS.items() if language != lang]
        others = {field: [field + end for end in ends] for field in by_language}
        chosen = [column for field in chosen for column in (field, *others.get(field, ()))]
    rows = [_flat(row, chosen, lang) for row in items]
    names = list(rows[0]) if rows else [column for field in chosen for column in _columns(field)]
    return names, [list(row.values()) for row in rows]


def checked(report: Report, fields: Sequence[str]) -> Sequence[str]:
    """Return the fields, or all that there are where none is chosen. Raises UsageError for an unknown one."""
    for field in fields:
        if field not in report.fields and _parted(field)[0] not in report.fields:
            near = nearest(field, report.fields, most=1)
            every = listed(report.fields)
            raise UsageError(
                _("no field '{field}' (--fields)", field=field),
                hint=_("did you mean {near}? Choose from: {all}", near=near[0], all=every)
                if near
                else _("choose from: {all}", all=every),
            )
    return fields or report.fields


def value_of(row: Mapping[str, Any], field: str) -> Any:  # noqa: ANN401  whatever a row holds
    """Return what a row has in a field, or in one language of a field: ``title_zh_hant``; None where it has none."""
    whole, language = (field, "") if field in row else _parted(field)
    if not language:
        return row[whole]
    value = _with_names(row)[whole]
    return value.get(language) if isinstance(value, dict) else None


def field_page(report: Report, fields: Sequence[str], lang: str) -> Page:
    """Return a page with one table of the chosen fields and the report's own last line."""
    names, rows = flat_rows(report, fields, lang)
    widest = names.index("title") if "title" in names else len(names) - 1
    columns = [Column(name, overflow="clip" if index == widest else "") for index, name in enumerate(names)]
    cells: list[Sequence[Cell]] = [["" if value is None else str(value) for value in row] for row in rows]
    return Page([Table(columns, [Row(row) for row in cells], header=True)] if rows else [], report.footer(lang))


def heading_of(column: Column) -> str:
    """Return what stands above a column on a console: over strips of signs, its marks, each in its place."""
    if not column.marks:
        return column.name
    said = ""
    for place, mark in column.marks:
        said = f"{pad(said, place)}{mark}"
    return said.rstrip()


def page_of(report: Report, options: RenderOptions) -> Page:
    """Return a report's page, or one of the chosen fields. Raises UsageError for an unknown one."""
    return field_page(report, options.fields, options.lang) if options.fields else report.page(options.lang)


def shown(text: str, encoding: str) -> str:
    """Return untrusted text as it may stand on a console of that encoding."""
    return encodable(inert(text), encoding)


# The ends of fields that give a name in one language.
_ENDS = {"en": "_en", "zh-Hant": "_zh_hant", "zh-Hans": "_zh_hans"}
_NAMES = "_by_language"  # the end of a field that gives the text of another in every language


def _parted(field: str) -> tuple[str, str]:
    """Return the field that another gives in one language, and the language."""
    found = ((field.removesuffix(end), lang) for lang, end in _ENDS.items() if field.endswith(end))
    return next(found, (field, ""))


def _with_names(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row with each text that another field has in every language as that name."""
    names = {field.removesuffix(_NAMES): value for field, value in row.items() if field.endswith(_NAMES)}
    return {**row, **names}


def _is_name(value: object) -> bool:
    return isinstance(value, dict) and bool(value) and value.keys() <= set(LANGUAGES)


def _columns(field: str) -> list[str]:
    return [f"{field}_{side}" for side in SIDES] if field == "owners" else [field]


def _flat(row: Mapping[str, Any], fields: Sequence[str], lang: str) -> dict[str, Value]:
    flat: dict[str, Value] = {}
    for field in fields:
        value = value_of(row, field)
        if isinstance(value, dict) and value.keys() == set(SIDES):
            flat.update({f"{field}_{side}": _cell(codes, lang) for side, codes in value.items()})
        else:
            flat[field] = _cell(value, lang)
    return flat


def _cell(value: object, lang: str) -> Value:
    match value:
        case None | str():
            return value
        case bool():
            return "yes" if value else "no"
        case int():
            return value
        case list():
            return "; ".join(str(_cell(item, lang)) for item in value)
        case {"body": body, "basis": basis}:
            return f"{body} ({basis})"
        case dict() if value.keys() <= set(LANGUAGES):
            return _cell(in_language(value, lang), lang)
        case dict():
            return ", ".join(f"{key}: {_cell(item, lang)}" for key, item in value.items() if item is not None)
    return str(value)
