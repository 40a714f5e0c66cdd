"""The console: what stdout can show, and how text gets there. stdout is data, stderr is talk."""

import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

from hkshcc.text import inert, wrapped
from hkshcc.text import width as text_width


def message(text: str, *, name: bool = True) -> None:
    """Say something beside the data, a line on stderr, wrapped on a terminal. Where it cannot be said, no matter."""
    line, columns = f"hkshcc: {inert(text)}" if name else text, _columns(sys.stderr)
    with suppress(OSError, ValueError):
        print(line if columns is None else wrapped(line, columns), file=sys.stderr)  # noqa: T201  talk goes out here


def interactive() -> bool:
    """Return whether there is a person at a terminal to ask."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask(question: str) -> str:
    """Ask on stderr until there is an answer; stdout stays data. Raises KeyboardInterrupt where the input ends."""
    answer, asked = "", f"{inert(question)}: "
    if sys.stderr.isatty():
        asked = wrapped(asked.rstrip(), shutil.get_terminal_size().columns - 1) + " "
    while not answer:
        try:
            print(asked, end="", file=sys.stderr, flush=True)  # noqa: T201  talk goes out here
            if not (line := sys.stdin.readline()):
                raise KeyboardInterrupt  # noqa: TRY301  as where it is pressed
        except KeyboardInterrupt:
            print(file=sys.stderr)  # noqa: T201  the question's line ends, where the terminal may have shown ^C
            raise
        answer = line.strip()
    return answer


def confirm(question: str) -> bool:
    """Ask a question that is answered by yes or no; anything but a yes is a no."""
    return ask(question).casefold() in {"yes", "y", "是"}


def width() -> int | None:
    """Return the columns of the terminal that stdout is, None where it is none."""
    return _columns(sys.stdout)


def _columns(stream: TextIO) -> int | None:
    if not stream.isatty():
        return None
    size = (80, 24)
    with suppress(OSError):
        size = os.get_terminal_size(stream.fileno())
    return shutil.get_terminal_size(size).columns  # which asks COLUMNS and stdout first


def encoding() -> str:
    """Return the encoding that stdout takes."""
    return getattr(sys.stdout, "encoding", None) or "utf-8"


def use_color(choice: str, *, to_file: bool) -> bool:
    """Decide on colour: ``--color`` over NO_COLOR over FORCE_COLOR and CLICOLOR_FORCE over what the terminal is.

    ``choice`` is ``auto``, ``always`` or ``never``. The variables are those of no-color.org,
    force-color.org and bixense.com/clicolors.
    """
    if choice != "auto":
        return choice == "always"
    if to_file or os.environ.get("NO_COLOR"):
        return False
    if any(os.environ.get(name) not in {None, "", "0"} for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def takes_links() -> bool:
    """Return whether stdout is a terminal that links can be told to; one that knows none leaves them out."""
    return sys.stdout.isatty() and os.environ.get("TERM") not in _WITHOUT_LINKS


# The Linux console's older versions show what they do not know.
_WITHOUT_LINKS = {None, "", "dumb", "linux"}


def page(text: str, *, pager: bool) -> None:
    """Put text on stdout; through a pager where it is a terminal and the text longer than the screen."""
    if pager and sys.stdout.isatty() and _fills(text, shutil.get_terminal_size()) and _paged(text):
        return
    sys.stdout.write(text)
    sys.stdout.flush()


def _fills(text: str, screen: os.terminal_size) -> bool:
    """Return whether text takes the whole screen; a line that is longer than the screen is wide takes several."""
    if text.count("\n") >= screen.lines:
        return True
    shown = (re.sub(_CODES, "", line) for line in text.split("\n")[:-1])
    return sum(max(1, -(-text_width(line) // screen.columns)) for line in shown) >= screen.lines


_LINKS = r"\x1b\]8;;[^\x1b]*\x1b\\"
_CODES = rf"\x1b\[[0-9;]*m|{_LINKS}"


def write_utf8(text: str) -> None:
    """Put text on stdout as UTF-8, whatever the console's encoding: other programs read it."""
    if getattr(sys.stdout, "buffer", None) is None:
        sys.stdout.write(text)
    else:
        write_bytes(text.encode("utf-8", "backslashreplace"))


def write_bytes(data: bytes) -> None:
    """Put a file's bytes on stdout."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def _paged(text: str) -> bool:
    """Show text in the pager, as git does it. Returns False where there is none; raises KeyboardInterrupt for it."""
    import shlex  # noqa: PLC0415  only long output on a terminal wants a pager
    import signal  # noqa: PLC0415
    import subprocess  # noqa: PLC0415

    named = os.environ.get("HKSHCC_PAGER", os.environ.get("PAGER", "less -FRX"))
    try:
        words = shlex.split(named)
    except ValueError:  # a quotation that does not end
        return False
    if not words or words == ["cat"] or shutil.which(words[0]) is None:
        return False
    if re.search(_LINKS, text) and not _passes_links(words[0]):
        text = re.sub(_LINKS, "", text)
    # Colour passes, a page that fits ends at once, and nothing is cleared away at the end.
    environment = {"LESS": "FRX", "LV": "-c", **os.environ}
    data = text.encode(encoding(), "backslashreplace")
    # Ctrl-C is for the pager, which has the terminal. Ignored outright it would be ignored by the pager too.
    before = signal.signal(signal.SIGINT, lambda _signal, _frame: None)
    try:
        ended = subprocess.run(words, input=data, env=environment, check=False)  # noqa: S603  the user's own pager
    except OSError:  # what cannot be run is no pager
        return False
    finally:
        signal.signal(signal.SIGINT, before)
    if ended.returncode == -signal.SIGINT:
        raise KeyboardInterrupt
    return True


def _passes_links(pager: str) -> bool:
    """Return whether a pager passes links on. An older less, as any other pager may do, shows their codes as text."""
    import subprocess  # noqa: PLC0415  as above

    if os.path.basename(pager) != "less":
        return False
    try:
        said = subprocess.run([pager, "--version"], capture_output=True, check=False, timeout=2)  # noqa: S603  as above
    except (OSError, subprocess.TimeoutExpired):
        return False
    version = re.match(rb"less (\d+)", said.stdout)
    return version is not None and int(version[1]) >= _LESS_WITH_LINKS


_LESS_WITH_LINKS = 566


@contextmanager
def without_interrupts() -> Iterator[None]:
    """Let Ctrl-C wait until the end of a block, which then raises KeyboardInterrupt."""
    import signal  # noqa: PLC0415  only what records must not be broken off

    pressed: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _frame: pressed.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        if pressed and callable(before):
            before(signal.SIGINT, None)
