from datetime import date

import pytest

from .by_hand import BARE, write_workbook
from .calculation import answer


@pytest.fixture
def ask(tmp_path):
    """Write {sheet: [row, ...]} as a workbook and return the second calculation's answer."""

    def run(tables, day=date(2026, 10, 1), bare=True, **assumptions):
        path = write_workbook(tables, tmp_path / "roster.xlsx")
        return answer(path, day, {**(BARE if bare else {}), **assumptions})

    return run
