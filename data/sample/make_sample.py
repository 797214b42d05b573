"""Write the sample district, twice: ``bluff_county.xlsx`` and ``bluff_county_messy.xlsx``.

Run it from anywhere: ``python data/sample/make_sample.py [FOLDER]``. The same seed gives the same bytes.
Everything is invented; see README.md in this folder.
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from bluff.district import SEED, make_district  # noqa: E402
from bluff.messy import write_messy  # noqa: E402
from bluff.real_schools import on_real_schools  # noqa: E402
from bluff.tidy import write_tidy  # noqa: E402

TIDY = "bluff_county.xlsx"
MESSY = "bluff_county_messy.xlsx"


def make_sample(folder: Path, seed: int = SEED) -> tuple[Path, Path]:
    """Write both editions into ``folder`` and return their paths."""
    district = make_district(seed)
    tidy, messy = Path(folder) / TIDY, Path(folder) / MESSY
    write_tidy(district, tidy)
    write_messy(district, messy, seed)
    return tidy, messy


def place_on_real_schools(out_path: Path, schools_csv: Path, county: str, seed: int = SEED) -> Path:
    """Write the tidy edition on 24 real schools of one county of the directory, without a Travel sheet.

    Students and people stay invented. Raises ``ValueError`` when the county has too few usable schools.
    """
    district = on_real_schools(make_district(seed), Path(schools_csv), county)
    write_tidy(district, Path(out_path), travel=False)
    return Path(out_path)


if __name__ == "__main__":
    for path in make_sample(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE):
        print(path.name)
