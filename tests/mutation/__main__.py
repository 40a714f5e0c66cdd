"""Change the code for the worse, one change at a time, and count how many changes the tests notice.

    python -m tests.mutation [MODULE ...] [--count 30] [--seed 9] [--jobs 2] [--lines N ...] [--wider TEST ...]

MODULE is a path below ``hkshcc/``; without one, all of ``MODULES``. For each, ``--count`` mutants are drawn by the seed
from all that Cosmic Ray makes with the operators below, at most one at a place. A mutant is met by the tests of its own
module first, then by those of its room and, where all let it pass, by the wider ones. Works in copies: the checkout
stays as it is. Prints each survivor as a difference, and a score for each module. ``--narrow`` leaves the wider tests
out: quicker, and if anything too strict; ``--lines`` with the lines of its survivors then tries these again, with new
tests or with the ``--wider`` tests that are said to know them. Needs the ``mutation`` extra.
"""

import argparse
import ast
import os
import random
import re
import shutil
import subprocess  # noqa: TID251  it runs pytest, which holds the clock itself
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from cosmic_ray.commands.init import init
from cosmic_ray.mutating import use_mutation
from cosmic_ray.plugins import get_operator
from cosmic_ray.work_db import use_db
from cosmic_ray.work_item import MutationSpec

ROOT = Path(__file__).resolve().parents[2]
OPERATORS = (
    "ReplaceComparisonOperator_Eq_NotEq", "ReplaceComparisonOperator_NotEq_Eq", "ReplaceComparisonOperator_Lt_LtE",
    "ReplaceComparisonOperator_LtE_Lt", "ReplaceComparisonOperator_Gt_GtE", "ReplaceComparisonOperator_GtE_Gt",
    "ReplaceComparisonOperator_Is_IsNot", "ReplaceComparisonOperator_IsNot_Is", "ReplaceBinaryOperator_Add_Sub",
    "ReplaceBinaryOperator_Sub_Add", "ReplaceBinaryOperator_Mul_FloorDiv", "ReplaceBinaryOperator_BitOr_BitAnd",
    "ReplaceUnaryOperator_Delete_Not", "ReplaceUnaryOperator_USub_UAdd", "ReplaceAndWithOr", "ReplaceOrWithAnd",
    "ReplaceTrueWithFalse", "ReplaceFalseWithTrue", "ReplaceBreakWithContinue", "ReplaceContinueWithBreak",
    "AddNot", "NumberReplacer", "ExceptionReplacer", "ZeroIterationForLoop",
)  # fmt: skip
WIDER = ("tests/golden", "tests/reports", "tests/cli/test_writing.py", "tests/cli/test_keeping.py")
# What is tried, and the tests that know it best.
MODULES: dict[str, tuple[str, ...]] = {
    **{
        str(path.relative_to(ROOT / "hkshcc")): (f"tests/{room}",)
        for room in ("register", "stores")
        for path in sorted((ROOT / "hkshcc" / room).rglob("*.py"))
        if path.name != "__init__.py"
    },
    "reports/progress.py": ("tests/golden", "tests/reports", "tests/cli/test_first_words.py"),
    **{
        f"reports/{name}.py": ("tests/reports/test_following.py", "tests/golden", "tests/cli/test_following.py")
        for name in ("changes", "chase")
    },
    "stores/file_format.py": ("tests/stores", "tests/exchange/test_export.py"),
    "stores/kept_files.py": ("tests/stores", "tests/cli/test_sources.py"),
    "stores/seed.py": ("tests/stores", "tests/test_shipped_data.py"),
    "register/chain.py": ("tests/register", "tests/test_start_up.py"),
    "register/fingerprints.py": ("tests/register/test_integrity.py", "tests/register"),
    "register/commands/adopt_measures.py": ("tests/register", "tests/exchange/releases/test_sheet.py"),
    "register/model.py": ("tests/register", "tests/golden"),
    "register/commands/refresh.py": ("tests/register", "tests/test_shipped_data.py", "tests/cli/test_keeping.py"),
    "exchange/forms/merge.py": ("tests/exchange/forms/test_merge.py", "tests/cli/test_exchange.py"),
    "exchange/copies.py": ("tests/exchange/test_export.py",),
}
PATIENCE = (60, 300, 300)  # seconds for a tier of tests: whatever takes longer hangs, and is noticed so


class Tally(NamedTuple):
    """What became of a module's mutants: how many there were, and those that no test noticed."""

    module: str
    tried: int
    survivors: list[str]

    @property
    def score(self) -> float:
        """The share that was noticed, in per cent."""
        return 100 * (self.tried - len(self.survivors)) / self.tried if self.tried else 100.0


def main() -> int:
    """Try the modules named, or all; return 1 where less than 95 % of all mutants are noticed."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation")
    parser.add_argument("modules", nargs="*", metavar="MODULE", help=f"of: {', '.join(MODULES)}; else all")
    parser.add_argument("--count", type=int, default=30, metavar="N", help="mutants of a module (30)")
    parser.add_argument("--seed", type=int, default=9, metavar="N", help="which mutants are drawn (9)")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="modules at once (2)")
    parser.add_argument("--lines", type=int, nargs="+", metavar="N", help="of the mutants drawn, those on these lines")
    parser.add_argument("--wider", nargs="+", default=WIDER, metavar="TEST", help=f"{', '.join(WIDER)} if not said")
    parser.add_argument("--narrow", action="store_true", help="only the tests of a mutant's own room")
    given = parser.parse_args()
    if unknown := set(given.modules) - set(MODULES):
        parser.error(f"no module {', '.join(sorted(unknown))}")
    tallies = []
    with ProcessPoolExecutor(given.jobs) as pool:
        wider = () if given.narrow else given.wider
        trial = partial(_tried, count=given.count, seed=given.seed, lines=given.lines, wider=wider)
        for tally in pool.map(trial, given.modules or MODULES):
            tallies.append(tally)
            for survivor in tally.survivors:
                sys.stdout.write(f"survived in {tally.module}:\n{survivor}\n")
            sys.stdout.write(f"{tally.module:32} {tally.tried - len(tally.survivors):4} of {tally.tried:4} noticed\n")
            sys.stdout.flush()
    tried, survived = sum(tally.tried for tally in tallies), sum(len(tally.survivors) for tally in tallies)
    share = 100 * (tried - survived) / max(tried, 1)
    sys.stdout.write(f"{tried - survived} of {tried} mutants noticed: {share:.1f} %\n")
    return int(share < 95)


def _tried(module: str, count: int, seed: int, lines: Sequence[int] | None, wider: Sequence[str]) -> Tally:
    with TemporaryDirectory(prefix="mutation-") as folder:
        copy = Path(folder) / "checkout"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".*", "__pycache__", "dist"))
        path = copy / "hkshcc" / module
        mutants = _mutants(path, count, random.Random(f"{seed} {module}"))  # noqa: S311  which, not how secret
        mutants = [mutant for mutant in mutants if not lines or mutant.start_pos[0] in lines]
        if wrong := _noticed(copy, MODULES[module]):
            raise RuntimeError(f"the tests of {module} fail as they are: {wrong}")
        own = f"tests/{Path(module).parent}/test_{path.name}"
        tiers = [[own] if (copy / own).exists() else [], MODULES[module], wider]
        survivors = [found for mutant in mutants if (found := _survived(copy, path, mutant, tiers))]
    return Tally(module, len(mutants), survivors)


def _mutants(path: Path, count: int, chance: random.Random) -> list[MutationSpec]:
    """Draw mutants, at most one at a place; types and decorators are not code that runs."""
    left_out = _lines_of_types(path.read_text("utf-8"))
    by_place: dict[tuple[int, int], list[MutationSpec]] = {}
    with TemporaryDirectory() as folder, use_db(f"{folder}/mutants.sqlite") as mutants:
        init([path], mutants, {})
        for (mutation,) in (item.mutations for item in mutants.work_items):
            wanted = mutation.operator_name.removeprefix("core/") in OPERATORS
            if wanted and tuple(mutation.start_pos) not in left_out:
                by_place.setdefault(tuple(mutation.start_pos), []).append(mutation)
    places = chance.sample(sorted(by_place), min(count, len(by_place)))
    return [chance.choice(by_place[place]) for place in sorted(places)]


def _lines_of_types(source: str) -> set[tuple[int, int]]:
    """Return every place within an annotation."""
    found: set[tuple[int, int]] = set()
    for node in ast.walk(ast.parse(source)):
        for annotation in (getattr(node, "annotation", None), getattr(node, "returns", None)):
            for inner in ast.walk(annotation) if isinstance(annotation, ast.AST) else ():
                if isinstance(inner, ast.expr):
                    columns = range(inner.col_offset, (inner.end_col_offset or 0) + 1)
                    found.update((inner.lineno, column) for column in columns)
    return found


def _survived(copy: Path, path: Path, mutant: MutationSpec, tiers: Sequence[Sequence[str]]) -> str:
    """Return the difference that no test noticed; nothing where one did."""
    operator = get_operator(mutant.operator_name)(**mutant.operator_args)
    with use_mutation(path, operator, mutant.occurrence) as (before, after):
        if after is None or any(
            _noticed(copy, tier, patience) for tier, patience in zip(tiers, PATIENCE, strict=True) if tier
        ):
            return ""
        return _difference(before, after)


def _noticed(copy: Path, tests: Sequence[str], patience: int = PATIENCE[-1]) -> str:
    """Run tests until one fails; return which, or that they hang."""
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(copy)}
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:randomly", "-p", "no:cacheprovider", *tests]
    try:
        ran = subprocess.run(
            command, cwd=copy, env=environment, capture_output=True, text=True, timeout=patience, check=False
        )
    except subprocess.TimeoutExpired:
        return "hangs"
    return "" if ran.returncode == 0 else (re.findall(r"^(?:FAILED|ERROR) .*", ran.stdout, re.MULTILINE) or ["?"])[0]


def _difference(before: str, after: str) -> str:
    changed = [
        (number, old, new)
        for number, (old, new) in enumerate(zip(before.splitlines(), after.splitlines(), strict=False), start=1)
        if old != new
    ]
    return "\n".join(f"  {number}: - {old.strip()}\n  {number}: + {new.strip()}" for number, old, new in changed[:3])


if __name__ == "__main__":
    sys.exit(main())
