import io
import zipfile
from pathlib import Path

import pytest

from tests.intake.rosters import SECRET, codes
from workload.intake.load import load
from workload.intake.open.opening import open_file
from workload.intake.template import HOW_TO, columns_of, write_template
from workload.model.columns import TABLES

COMMITTED = Path(__file__).parents[2] / "data" / "template" / "roster.xlsx"


def template() -> bytes:
    file = io.BytesIO()
    write_template(file)
    return file.getvalue()


def test_the_template_loads_back_with_nothing_to_say_but_that_it_has_no_students():
    result = load([("roster.xlsx", template())], secret=SECRET)
    assert codes(result) == {"no-students"} and not result.questions
    assert result.roster.excluded == {"example": 1}
    found = {table.table: table for file in result.files for sheet in file.sheets for table in sheet.tables}
    for table in TABLES:
        assert [column.name for column in found[table.name].columns] == [column.name for column in columns_of(table)]
        assert {column.sure for column in found[table.name].columns} == {"exact alias"}


def test_every_table_has_an_example_row_that_is_skipped():
    result = load([("roster.xlsx", template())], secret=SECRET)
    assert [dict(count.excluded) for count in result.roster.row_counts] == [{"example": 1}] * len(TABLES)


def test_the_template_is_the_same_bytes_every_time_and_the_committed_one():
    assert template() == template() == COMMITTED.read_bytes()


def test_the_sheets_stand_in_the_order_of_the_contract():
    opened = open_file("roster.xlsx", template())
    assert [sheet.name for sheet in opened.sheets] == [*(table.sheet for table in TABLES), HOW_TO]


@pytest.mark.parametrize("part", ["xl/comments1.xml", "xl/worksheets/sheet1.xml"])
def test_the_template_has_comments_drop_downs_and_no_macros(part):
    with zipfile.ZipFile(io.BytesIO(template())) as packed:
        names = packed.namelist()
        text = packed.read(part).decode()
    assert not any("vba" in name.lower() for name in names)
    assert ("dataValidation" in text and "frozen" in text) if "sheet" in part else "Needed in every row" in text
