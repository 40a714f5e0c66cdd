"""What stands at the top of the repository: what a maintainer expects there, and nothing that was left behind."""

import os
import re
from fnmatch import fnmatch
from pathlib import Path

from tests.processes import environment, finished, start

ROOT = Path(__file__).parent.parent
NEEDED = {"LICENSE", "README.md", "data", "hkshcc", "pyproject.toml", "tests"}
KNOWN = NEEDED | {"CHANGELOG.md", "docs", "requirements.lock"}


def kept(root: Path) -> set[str]:
    """Return the names at the top that are kept: tracked by git or, in a copy without it, not ignored."""
    if (root / ".git").exists():
        listed = finished(start(["git", "-C", str(root), "ls-files", "-z"], environment()))
        if listed.code == 0:
            return {path.partition("/")[0] for path in listed.out.split("\0") if path}
    lines = (root / ".gitignore").read_text(encoding="utf-8").splitlines()
    ignored = [line.rstrip("/") for line in lines if not line.startswith("#")]
    built = {"PKG-INFO"}  # which a source distribution has
    return {name for name in os.listdir(root) if not any(fnmatch(name, pattern) for pattern in ignored)} - built


def stray(names: set[str]) -> set[str]:
    return {name for name in names if not name.startswith(".")} - KNOWN


def test_nothing_stands_at_the_top_that_does_not_belong_there() -> None:
    names = kept(ROOT)
    assert stray(names) == set()
    assert names >= NEEDED


def test_what_was_left_behind_is_found_in_a_copy_without_git_too(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("# What x.xlsx is\n\ndist/\n*.pyz\n", encoding="utf-8")
    for name in (*NEEDED, ".gitattributes", "dist", "hkshcc.pyz", "PKG-INFO", "x.xlsx"):
        (tmp_path / name).touch()
    assert stray(kept(tmp_path)) == {"x.xlsx"}


def test_what_the_documents_link_to_is_there() -> None:
    documents = [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "data" / "README.md", *(ROOT / "docs").rglob("*.md")]
    links = [
        (document, link.partition("#")[0])
        for document in documents
        for link in re.findall(r"\]\(([^)\s]+)\)", document.read_text(encoding="utf-8"))
        if ":" not in link
    ]
    assert links
    assert [(str(document), link) for document, link in links if not (document.parent / link).exists()] == []
