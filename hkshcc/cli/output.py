"""Where an answer goes and in which form: decided, as far as it can be, before a command does anything."""

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from hkshcc.cli import console
from hkshcc.errors import HkshccError, RefusedError, UsageError, system_reason
from hkshcc.language import N_, _, listed
from hkshcc.register.lookup import one_of
from hkshcc.render import FORMATS, Rendered, RenderOptions, by_ending, render
from hkshcc.reports.page import Report
from hkshcc.text import inert

# The formats of `hkshcc export`, with the endings of their files: some are those of a report, some are its own.
EXPORTS: Mapping[str, Sequence[str]] = {
    "csv": FORMATS["csv"].endings,
    "xlsx": (".xlsx",),
    "json": FORMATS["json"].endings,
    "md": FORMATS["md"].endings,
    "ics": (".ics",),
}
_REPORTS: Mapping[str, Sequence[str]] = {name: form.endings for name, form in FORMATS.items()}
STDOUT = "-"
_STDOUT_TOO = {STDOUT, "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"}


class Output(NamedTuple):
    """How an answer is drawn, and the file that it is written to; None is standard output."""

    options: RenderOptions
    file: str | None
    pager: bool

    def render(self, answer: Report | str) -> Rendered:
        """Draw a report, or an answer that is a line. Raises UsageError for a field that a report does not have."""
        return Rendered(f"{inert(answer)}\n") if isinstance(answer, str) else render(answer, self.options)

    def check(self) -> None:
        """Find out what would keep the file from being written. Raises HkshccError."""
        if self.file:
            from hkshcc.cli.files import check_writable  # noqa: PLC0415  only -o writes files

            try:
                check_writable(self.file)
            except OSError as error:
                raise unwritable(self.file, error) from error

    def put(self, drawn: Rendered) -> None:
        """Put out what was drawn: to a file, a pipe, a terminal or its pager. Raises OSError where it cannot."""
        if self.file:
            write(self.file, drawn.data)
        elif drawn.binary is not None:
            console.write_bytes(drawn.binary)
        elif self.options.format == "table":
            console.page(drawn.stdout, pager=self.pager)
        else:
            console.write_utf8(drawn.stdout)
        if drawn.stderr:
            console.message(drawn.stderr, name=False)


def parse_output(
    fmt: str | None, fields: str | None, output: str | None, *, lang: str, color: str, pager: bool
) -> Output:
    """Read the options that every report has. Raises UsageError."""
    chosen = parse_format(_REPORTS, fmt, output)
    file = parse_file(output)
    if FORMATS[chosen].binary and file is None and console.width() is not None:
        raise not_for_a_terminal()
    colour = console.use_color(color, to_file=file is not None)
    options = RenderOptions(
        format=chosen,
        fields=[field.strip() for field in (fields or "").split(",") if field.strip()],
        lang=lang,
        width=None if output else console.width(),
        colour=colour,
        links=colour and file is None and console.takes_links(),
        encoding="utf-8" if file or chosen != "table" else console.encoding(),
        whole_page=bool(fmt) or (output or "").lower().endswith(".txt"),  # a table was asked for
    )
    return Output(options, file, pager)


def not_for_a_terminal() -> RefusedError:
    """Return the error for bytes that a terminal would act on."""
    return RefusedError(_("binary data is not written to a terminal"), hint=_("name a file with -o"))


def parse_file(output: str | None) -> str | None:
    """Return the file that -o names, None for standard output. Raises UsageError for an empty name."""
    if output == "":
        raise UsageError(_("-o names no file"), hint=_("name one, or - for standard output"))
    return None if output in _STDOUT_TOO else output


def write(file: str, data: bytes) -> None:
    """Write a file that was named for output, whole or not at all, and say so. Raises OSError."""
    from hkshcc.cli import files  # noqa: PLC0415  only -o writes files

    files.write(file, data)
    console.message(_("wrote {file}", file=file))


def unwritable(file: str, error: OSError) -> HkshccError:
    """Return the error for a file that cannot be written."""
    return HkshccError(
        _("{file} cannot be written ({why})", file=file, why=system_reason(error)), hint=_("name another file with -o")
    )


def check_not_kept(file: str, store: str, inputs: Iterable[str]) -> None:
    """Raise RefusedError for a file that must not be written over: the store, its own files, what a command reads."""
    from hkshcc.cli.files import same  # noqa: PLC0415  only -o writes files
    from hkshcc.stores import BESIDE, COPIES  # noqa: PLC0415

    if same(file, store):
        raise RefusedError(_("{file} is the store itself", file=file), hint=_("name another file with -o"))
    kept = os.path.realpath(store)
    if beside := next((kept + ending for ending in BESIDE if same(file, kept + ending)), None):
        raise RefusedError(
            _("{file} belongs to the store ({beside})", file=file, beside=beside), hint=_("name another file with -o")
        )
    if os.path.dirname(os.path.realpath(file)) == kept + COPIES:
        raise RefusedError(
            _("{file} belongs to the store ({beside})", file=file, beside=kept + COPIES),
            hint=_("name another file with -o"),
        )
    if any(same(file, read) for read in inputs):
        raise RefusedError(_("{file} is what this command reads", file=file), hint=_("name another file with -o"))


def parse_format(formats: Mapping[str, Sequence[str]], fmt: str | None, output: str | None) -> str:
    """Return the format named, else that of the file's ending, of formats with their endings.

    Raises UsageError where the two say different things, and where none is named.
    """
    endings = by_ending(formats)
    ending = os.path.splitext(output or "")[1].lower()
    named = one_of(formats, N_("format (--format)"), fmt) if fmt else None
    meant = endings.get(ending)
    if named and meant and meant not in {named, "table"}:
        raise UsageError(
            _("{file} is named as {meant}, and --format says {named}", file=output, meant=meant, named=named),
            hint=_("give one of the two"),
        )
    if named or meant:
        return str(named or meant)
    known = listed([word for word in endings if word])
    if not ending:
        raise UsageError(_("no format given"), hint=_("name a file with -o that ends in {endings}", endings=known))
    exported = ending in by_ending(EXPORTS).keys() - endings.keys()
    hint = (
        _("`hkshcc export -o {file}` writes it", file=output)
        if exported
        else _("use {endings}, or choose with --format", endings=known)
    )
    raise UsageError(_("{file}: there is no format '{ending}' here (-o)", file=output, ending=ending[1:]), hint=hint)
