"""What is read from a release, before it is fitted to a register."""

from dataclasses import dataclass, field

from hkshcc.exchange.releases.rows import Row
from hkshcc.reports.proposal import NamedConference, ProposedInstrument, ReleaseWarning, WarningKind


@dataclass
class AreaDraft:
    """An area in the making; ``line`` is None for one whose heading is lost."""

    name: str
    line: int | None
    number: int | None = None
    mark: str = ""  # what sort of number its heading has
    paragraphs: list[Row] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The name, or for an area whose heading is lost where it begins: in English, as a cell of the sheet."""
        where = f" before line {self.paragraphs[0].line}" if self.paragraphs else ""
        return self.name or f"(heading lost{where})"


@dataclass
class ReleaseDraft:
    """What was read from a release, before it is fitted to a register."""

    title: str | None = None
    conference: NamedConference | None = None
    plenary: int | None = None
    date: str | None = None
    lang: str = "en"
    stated: int | None = None
    areas: list[AreaDraft] = field(default_factory=list)
    instruments: list[ProposedInstrument] = field(default_factory=list)
    warnings: list[ReleaseWarning] = field(default_factory=list)

    def warn(self, kind: WarningKind, text: str, *lines: int, hint: str = "") -> None:
        """Add a warning that names lines."""
        self.warnings.append(ReleaseWarning(kind, text, lines, hint))
