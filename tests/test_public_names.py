"""The public names of the library: few, loaded when used, with examples that run."""

from __future__ import annotations

import ast
import doctest
import inspect
from importlib import import_module
from pathlib import Path

import pytest

import workload

ROOT = Path(__file__).parents[1]
WITH_EXAMPLES = sorted(
    ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for file in (ROOT / "workload").rglob("*.py")
    if ">>> " in file.read_text(encoding="utf-8")
)


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_the_examples_in_the_docstrings_run(name):
    result = doctest.testmod(import_module(name), optionflags=doctest.NORMALIZE_WHITESPACE)
    assert result.attempted > 0 and result.failed == 0


def test_there_are_examples_of_the_library_and_of_its_parts():
    assert "workload" in WITH_EXAMPLES and len(WITH_EXAMPLES) >= 4


def test_every_public_name_is_there_and_says_what_it_is_for():
    assert set(workload.PLACES) < set(workload.__all__) <= set(dir(workload))
    for name in workload.PLACES:
        assert inspect.getdoc(getattr(workload, name)), name


def test_a_name_that_is_not_public_is_said_to_be_missing():
    with pytest.raises(AttributeError, match="no attribute 'solve'"):
        workload.solve  # noqa: B018


def test_type_checkers_see_the_names_that_are_loaded_later():
    """What stands under TYPE_CHECKING is what `PLACES` loads, so that an editor and the program agree."""
    tree = ast.parse(Path(workload.__file__).read_text(encoding="utf-8"))
    guarded = next(node for node in tree.body if isinstance(node, ast.If))
    told = {alias.name: node.module for node in guarded.body for alias in node.names}
    assert told == workload.PLACES
