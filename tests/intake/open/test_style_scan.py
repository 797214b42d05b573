"""Colors: what a fill is called, and the rows that hold one."""

import pytest

from workload.intake.open.preflight import each_element
from workload.intake.open.style_scan import ColoredRows, color_word, styles_of

STYLES = (
    b'<styleSheet xmlns="x"><fonts><font/><font><strike/></font><font><strike val="0"/></font></fonts>'
    b'<fills><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    b'<fill><patternFill patternType="solid"><fgColor rgb="FFFFFF00"/></patternFill></fill>'
    b'<fill><patternFill patternType="solid"><fgColor rgb="FFFFFFFF"/></patternFill></fill></fills>'
    b'<cellStyleXfs><xf fillId="2"/></cellStyleXfs>'
    b'<cellXfs><xf fillId="0" fontId="0"/><xf fillId="2" fontId="0"/><xf fillId="3"/><xf fontId="1"/><xf fontId="2"/></cellXfs></styleSheet>'
)


@pytest.mark.parametrize(
    ("rgb", "word"),
    [
        ("FFFFFF00", "yellow"),
        ("FFFF0000", "red"),
        ("FF92D050", "green"),
        ("FF00B0F0", "blue-green"),
        ("FF0070C0", "blue"),
        ("FF7030A0", "purple"),
        ("FFFFC000", "orange"),
        ("FFD9D9D9", "gray"),
        ("FF000000", "black"),
        ("FFFFFFFF", ""),
        ("FFFFC7CE", "red"),
        ("nonsense", "another color"),
    ],
)
def test_a_fill_is_called_what_a_person_sees(rgb, word):
    assert color_word({"rgb": rgb}) == word


def test_only_cell_formats_with_a_fill_or_a_line_through_count():
    assert styles_of(STYLES, each_element) == {b"1": "yellow", b"3": "struck through"}
    assert styles_of(STYLES.replace(b"solid", b"none").replace(b"strike", b"b"), each_element) == {}


def test_rows_are_collected_by_what_one_sees():
    colored = ColoredRows({b"1": "yellow", b"3": "gray"})
    colored.look(
        b'<row r="2"><c r="A2" s="1"/><c r="B2" s="1" t="s"><v>0</v></c></row><row r="3"><c r="A3" s="11"/><c r="B3" s="3"/></row>'
    )
    assert colored.rows == {"yellow": {2}, "gray": {3}}


def test_many_formats_cost_no_more_than_one_look():
    colored = ColoredRows({str(number).encode(): "red" for number in range(60_000)})
    colored.look(b'<row r="7"><c r="A7" s="59999"/></row>' * 1000)
    assert colored.rows == {"red": {7}}
