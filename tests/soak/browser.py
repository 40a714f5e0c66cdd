"""Chromium without a window, spoken to over a pipe: what a page looks like, whether it fits, and what it asks for.

``python -m tests.soak.browser [FOLDER]`` draws the pictures of a page that the documentation shows.
"""

import base64
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from tests.running import run

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
_FLAGS = (
    "--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--remote-debugging-pipe",
)  # fmt: skip


class Shot(NamedTuple):
    """A picture of a page: the command that draws it, or the page of a folder to publish; its size in pixels."""

    page: str
    width: int
    height: int
    dark: bool = False


PICTURES = {
    "page.png": Shot("report", 800, 1000),
    "page-narrow.png": Shot("show 5-FIN-3c", 360, 1000),
}
SITE_PICTURES = {
    "site.png": Shot("en/index.html", 800, 900),
    "site-dark.png": Shot("zh-Hant/index.html", 800, 900, dark=True),
    "site-measure.png": Shot("en/m/5-FIN-3c.html", 800, 800),
    "site-measure-dark.png": Shot("zh-Hant/m/5-FIN-3c.html", 800, 800, dark=True),
}


class Seen(NamedTuple):
    """What a browser made of a page: a picture, how far it reaches, what it asked for and what it complained of."""

    picture: bytes
    reaches: int
    asked_for: list[str]
    complaints: list[str]


def found() -> str | None:
    """Return where a browser is, if there is one."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


class Browser:
    """A browser that runs; each command waits for its answer."""

    def __init__(self, process: "subprocess.Popen[bytes]", to: int, back: int) -> None:
        self._process, self._to, self._back = process, to, back
        self._number, self._read = 0, b""
        self._session: str | None = None
        self.events: list[dict[str, Any]] = []
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Log", "Runtime"):
            self.ask(f"{domain}.enable")

    def ask(self, method: str, **parameters: Any) -> Mapping[str, Any]:
        """Give a command of the Chrome DevTools Protocol and return its result. Raises RuntimeError where it fails."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") != self._number:
                self.events.append(answer)
            elif "error" in answer:
                raise RuntimeError(f"{method}: {answer['error']}")
            else:
                return dict(answer["result"])

    def until(self, event: str) -> None:
        """Wait for an event of the page."""
        while not any(seen.get("method") == event for seen in self.events):
            self.events.append(self._next())

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._read:
            part = os.read(self._back, 1 << 20)
            if not part:
                raise RuntimeError("the browser ended")
            self._read += part
        message, self._read = self._read.split(b"\0", 1)
        return dict(json.loads(message))

    def see(self, page: Path, width: int, height: int = 0, *, dark: bool = False) -> Seen:
        """Open a page in a window of so many pixels, and look at it where a height is given."""
        self._shape(width, height or 800, dark=dark)
        self.events.clear()
        self.ask("Page.navigate", url=page.as_uri())
        self.until("Page.loadEventFired")
        reaches = self._value("document.documentElement.scrollWidth")
        shot = self.ask("Page.captureScreenshot", format="png")["data"] if height else ""
        asked = [
            str(event["params"]["request"]["url"])
            for event in self.events
            if event.get("method") == "Network.requestWillBeSent"
        ]
        complaints = [
            str(event["params"])
            for event in self.events
            if event.get("method") in {"Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown"}
        ]
        return Seen(base64.b64decode(shot), reaches, asked, complaints)

    def printed(self) -> bytes:
        """Return the page that is open as a PDF, on the paper that its style sheet asks for."""
        drawn = self.ask("Page.printToPDF", preferCSSPageSize=True, printBackground=False)
        return base64.b64decode(drawn["data"])

    def _shape(self, width: int, height: int, *, dark: bool) -> None:
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        scheme = "dark" if dark else "light"
        self.ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])

    def _value(self, expression: str) -> int:
        return int(self.ask("Runtime.evaluate", expression=expression)["result"]["value"])


@contextmanager
def browser(program: str) -> Iterator[Browser]:
    """Start a browser with a profile of its own, and end it."""
    ours, theirs = os.pipe(), os.pipe()  # it reads from the first and writes to the second, as descriptors 3 and 4
    with TemporaryDirectory(prefix="browser-", ignore_cleanup_errors=True) as profile:
        flags = [*_FLAGS, f"--user-data-dir={profile}", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        line = ["sh", "-c", f'exec "$0" "$@" 3<&{ours[0]} 4>&{theirs[1]}', program, *flags]
        process = subprocess.Popen(
            line, pass_fds=(ours[0], theirs[1]), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        os.close(ours[0])
        os.close(theirs[1])
        try:
            yield Browser(process, ours[1], theirs[0])
        finally:
            os.close(ours[1])
            os.close(theirs[0])
            process.kill()
            process.wait()


def draw(folder: Path) -> None:
    """Draw the pictures of the documentation, as of the day that is today in tests. Raises RuntimeError."""
    program = found()
    if program is None:
        raise RuntimeError(f"no browser; install one of {', '.join(BROWSERS)}")
    with TemporaryDirectory() as work, browser(program) as window:
        store, site = Path(work) / "none.json", Path(work) / "site"
        _made("export", "--site", str(site), store=store)
        for name, shot in (PICTURES | SITE_PICTURES).items():
            page = site / shot.page
            if name in PICTURES:
                page = Path(work) / "page.html"
                _made(*shot.page.split(), "-o", str(page), store=store)
            (folder / name).write_bytes(window.see(page, shot.width, shot.height, dark=shot.dark).picture)


def _made(*words: str, store: Path) -> None:
    ran = run(*words, store=store)
    if ran.code:
        raise RuntimeError(ran.err)


if __name__ == "__main__":
    draw(Path(sys.argv[1] if len(sys.argv) > 1 else "docs"))
