"""An old workbook with its inner name in capitals opens; a reader that the system stopped is told as that."""

from tests.intake.open.opened import cell
from tests.intake.open.workbooks import xls
from workload.intake.open.limits import Limits
from workload.intake.open.opening import _failure, open_file


def test_an_old_workbook_whose_stream_is_named_in_capitals_is_opened():
    data = xls().replace("Workbook".encode("utf-16-le"), "WORKBOOK".encode("utf-16-le"))
    assert cell(open_file("a.xls", data).sheets[0], 1, 1) == cell(open_file("a.xls", xls()).sheets[0], 1, 1) == "School"


def test_a_reader_that_the_system_killed_is_not_too_slow():
    limits = Limits()
    assert _failure(-9, 1.0, 0, limits) == "killed"
    assert _failure(-9, limits.wall_seconds, 0, limits) == _failure(-24, 1.0, 0, limits) == "time"
