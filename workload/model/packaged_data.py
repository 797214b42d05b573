"""Where the data of the project lies: at the top of a checkout, and inside the package once it is installed."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any


def packaged_data() -> Path:
    """The folder with assumptions, rules, presets, brand, template and sample.

    A wheel carries it as `workload/data`; a checkout has it beside `workload`.
    """
    package = Path(str(files("workload")))
    installed = package / "data"
    return installed if installed.is_dir() else package.parent / "data"


DATA = packaged_data()


def entries_in(*place: str) -> dict[str, Any]:
    """What a TOML file of the data declares: `entries_in("language", "en")` is that of data/language/en.toml."""
    return tomllib.loads((DATA.joinpath(*place[:-1]) / f"{place[-1]}.toml").read_text(encoding="utf-8"))


def sample_file() -> Path:
    """The workbook of the invented sample district, Bluff County; it speaks of October 1, 2026."""
    return DATA / "sample" / "bluff_county.xlsx"
