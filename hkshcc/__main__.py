"""The way in, and the only place where an error becomes a message and an exit code."""

try:
    import gc
    import os
    import sys
    from collections.abc import Sequence
    from contextlib import suppress
    from datetime import UTC, datetime

    from hkshcc import language
    from hkshcc.errors import INTERRUPTED, HkshccError, UsageError, system_reason
    from hkshcc.language import _
    from hkshcc.text import inert
except KeyboardInterrupt:  # before there is a function that could be broken off
    raise SystemExit(130) from None


def main(argv: Sequence[str] | None = None, now: datetime | None = None) -> int:
    """Run one command and return its exit code. ``now`` stands for the clock."""
    with language.using("en"):  # the command line may name another, for this run alone
        return _main(list(sys.argv[1:] if argv is None else argv), now)


def _main(arguments: Sequence[str], now: datetime | None) -> int:
    try:
        from hkshcc.cli import app  # noqa: PLC0415  Typer is imported once the collector is off

        _check_encoding(arguments)
        return app.run(arguments, now or datetime.now(UTC))
    except BrokenPipeError:
        # Whoever read has seen enough. What is still buffered must not complain at exit.
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except HkshccError as error:
        return _fail(str(error), error.exit_code)
    except KeyboardInterrupt:
        return _fail(_("interrupted; nothing was recorded"), INTERRUPTED)
    except OSError as error:
        return _fail(_in_words(error), HkshccError.exit_code)
    except Exception as error:
        if os.environ.get("HKSHCC_DEBUG"):
            raise
        what = f"{type(error).__name__}: {error}"
        return _fail(_("internal error ({what}); set HKSHCC_DEBUG=1 to see where", what=what), HkshccError.exit_code)


def _check_encoding(arguments: Sequence[str]) -> None:
    for argument in arguments:
        try:
            argument.encode()
        except UnicodeEncodeError:
            raise UsageError(_("'{text}' is not valid UTF-8; type it again", text=inert(argument))) from None
        if "\0" in argument:  # no system passes one, but a program that calls main may
            raise UsageError(_("'{text}' contains a NUL character; type it again", text=inert(argument)))


def _in_words(error: OSError) -> str:
    if error.filename:
        return f"{error.filename}: {system_reason(error)}"
    # What has no name is the output: files and folders have one.
    return _("the output cannot be written ({why})", why=system_reason(error)) if error.strerror else str(error)


def _fail(message: str, code: int) -> int:
    from hkshcc.cli import console  # noqa: PLC0415  loaded by now, or the failure came first

    with suppress(OSError, ValueError):
        sys.stdout.flush()
    console.message(message)
    return code


def run() -> None:
    """Run as a program: without the collector, as a command lives for a tenth of a second, and without tidying up."""
    try:
        code = _run()
    except KeyboardInterrupt:  # pressed again, or before or after all that can say so
        code = INTERRUPTED
    os._exit(code)


def _run() -> int:
    gc.disable()
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name) or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  None where it was closed
        stream.reconfigure(errors="backslashreplace")
        setattr(sys, name, stream)
    code = main()
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        pass  # whoever read has seen enough
    except OSError as error:
        code = code or _fail(_in_words(error), HkshccError.exit_code)
    with suppress(OSError):
        sys.stderr.flush()
    return code


if __name__ == "__main__":
    run()
