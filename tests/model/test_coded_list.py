"""Cells with codes: whatever is asked of them, the answer is that of the plain list."""

import copy
import pickle

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from workload.model import coded_list
from workload.model.coded_list import CodedList, is_coded

VALUES = (None, "", "a", "b", "A", 1, 2.5, "a")  # two codes of one value, as after texts were cleaned
codes = st.lists(st.integers(0, len(VALUES) - 1), max_size=30)


def coded(numbers, values=VALUES):
    return CodedList(values, np.array(numbers, dtype=np.uint32))


def shout(cell):
    return f"{cell}!"


@given(codes, st.integers(0, 30), st.integers(0, 30), st.sets(st.sampled_from(VALUES)))
def test_every_question_has_the_answer_of_the_plain_list(numbers, first, last, wanted):
    cells, plain = coded(numbers), [VALUES[number] for number in numbers]
    assert cells == plain
    assert coded_list.cut(cells, first, last) == plain[first:last]
    assert coded_list.distinct(cells) == set(plain)
    at = [place for place in (first, last) if place < len(plain)]
    assert coded_list.at_places(cells, at) == coded_list.at_places(plain, at) == [plain[place] for place in at]
    for ask in (coded_list.mapped, coded_list.each):
        assert ask(cells, shout) == ask(plain, shout) == list(map(shout, plain))
    assert coded_list.where(cells, bool) == coded_list.where(plain, bool)
    assert coded_list.places(cells, wanted) == coded_list.places(plain, wanted)
    assert coded_list.distinct_where(cells, bool) == coded_list.distinct_where(plain, bool)
    assert coded_list.filled(cells).tolist() == coded_list.filled(plain).tolist()
    assert set(plain) <= set(coded_list.possible(cells))


@given(codes, st.data())
def test_rows_of_several_columns_are_changed_row_by_row(numbers, data):
    others = data.draw(st.lists(st.integers(0, 3), min_size=len(numbers), max_size=len(numbers)))
    one, other, same = coded(numbers), coded(others, ("x", "y", "z", "w")), coded([0] * len(numbers), ("k",))

    def row(*cells):
        return cells

    expected = list(zip(one, other, same, strict=True))
    assert coded_list.rowwise(row, one, other, same) == expected
    assert coded_list.rowwise(row, list(one), other, same) == expected
    few, coded_list.MOST_COMBINATIONS = coded_list.MOST_COMBINATIONS, 8  # as with columns of very many values
    try:
        assert coded_list.rowwise(row, one, other, same) == expected
    finally:
        coded_list.MOST_COMBINATIONS = few
    counted = coded_list.counted(coded_list.rowwise(row, one, other, same))
    assert list(dict.fromkeys(value for value, _ in counted)) == list(dict.fromkeys(expected))
    assert all(sum(n for value, n in counted if value == cells) == expected.count(cells) for cells in expected)


def test_only_values_that_a_cell_has_are_changed():
    asked = []
    coded_list.mapped(coded([2, 2, 5]), asked.append)
    assert asked == ["a", 1]


def test_a_list_that_was_written_into_is_a_list_alone():
    for change in (
        lambda cells: cells.__setitem__(0, "new"),
        lambda cells: cells.append("new"),
        lambda cells: cells.sort(key=str),
        lambda cells: cells.extend(["new"]),
        lambda cells: cells.pop(),
    ):
        cells = coded([2, 3, 5])
        change(cells)
        assert not is_coded(cells) and coded_list.mapped(cells, shout) == [shout(cell) for cell in cells]


def test_copies_are_the_same_cells():
    for copied in (copy.deepcopy(coded([2, 5])), pickle.loads(pickle.dumps(coded([2, 5])))):
        assert copied == ["a", 1] and is_coded(copied)
    changed = coded([2, 5])
    changed.append("new")
    assert pickle.loads(pickle.dumps(changed)) == ["a", 1, "new"]
