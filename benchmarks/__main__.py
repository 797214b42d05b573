"""`python -m benchmarks [reading calculation change choices solver ...]`: prints the tables; `--write` keeps them in docs/.

Trust the ratios: both sides are measured one right after the other in the same run. CPU, not wall.
"""

from __future__ import annotations

import argparse
import platform
from pathlib import Path

from benchmarks import batch, calculation, choices, decide_page, exports, page, reading, start
from benchmarks.timing import table

SECTIONS = {
    "reading": ("Reading a workbook", reading.ratios),
    "calculation": ("The whole calculation", calculation.ratios),
    "change": ("One assumption changed", calculation.changes),
    "choices": ("A lever moved", choices.ratios),
    "decide": ("A lever moved on its page", decide_page.ratios),
    "solver": ("Rebalancing: the best answer and its proof", choices.solver),
    "exports": ("Files to hand out", exports.ratios),
    "page": ("A page run again", page.ratios),
    "pages": ("Every page run again", page.every_page),
    "bytes": ("Bytes of every page", page.sizes),
    "batch": ("One district of many", batch.ratios),
    "start": ("Cold start", start.ratios),
}
RESULT = Path(__file__).parents[1] / "docs" / "BENCHMARKS.md"


def machine() -> str:
    """The machine in one line."""
    cores = len(Path("/proc/cpuinfo").read_text().split("processor\t")) - 1 if Path("/proc/cpuinfo").exists() else "?"
    return f"{platform.system()} {platform.machine()}, {cores} cores, Python {platform.python_version()}"


def main() -> None:
    """Runs the sections that were asked for, all by default."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("sections", nargs="*", metavar="section", help=", ".join(SECTIONS))
    parser.add_argument("--write", action="store_true", help="keep the result in docs/BENCHMARKS.md")
    options = parser.parse_args()
    text = [
        f"# Benchmarks\n\nMade by `make bench` on: {machine()}. CPU time; a ratio is the median of paired rounds with "
        "its quartiles; a target is held when the lower quartile is.\n"
    ]
    for name in options.sections or SECTIONS:
        title, work = SECTIONS[name]
        made = work()
        part = f"## {title}\n\n{made if isinstance(made, str) else table(made)}\n"
        print(part, flush=True)
        text.append(part)
    if options.write:
        RESULT.write_text("\n".join(text))


if __name__ == "__main__":
    main()
