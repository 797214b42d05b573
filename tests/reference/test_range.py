"""The likely range of the library against an independent one.

Two sets of random draws never agree in a number, so a percentile of the library's 10,000 draws may differ from that of
300,000 independent ones by five of its own standard errors, sqrt(p (1 - p) / n) / density. That bound follows from the
district, not from this run. What is not random is held exactly.
"""

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from workload import answer as library_answer
from workload.intake.load import load

from ..support.rosters import as_roster, assumptions_of
from .by_hand import write_workbook
from .draws import HABITS, OTHERS, alone, draw, need, shrunk, spans
from .generated import DAY, assumptions, district
from .library import analyze

SAMPLE = Path(__file__).parents[2] / "data/sample/bluff_county.xlsx"
EXACT = 1e-9
DRAWS, MANY, ERRORS = 10_000, 300_000, 5
PERCENTILES = {"p10": 0.1, "p50": 0.5, "p90": 0.9}
NOT_IN_TABLES = ("exits", "districts", "vacant_posts", "totals_only", "two_supervisors")  # cells that only a file has


@cache
def need_of_the_sample():
    """The slow calculation at four settings, once for all tests."""
    return need(SAMPLE, DAY)


@cache
def sample_roster():
    """The sample as the library reads it."""
    return load([(SAMPLE.name, SAMPLE.read_bytes())], secret=b"s" * 32).roster


@pytest.fixture(scope="module", params=["the sample", 1, 2, 5, 8], ids=str)
def case(request, tmp_path_factory):
    """(workbook, assumptions that differ, span of each standard, required FTE as a function of the standards)"""
    if request.param == "the sample":
        return SAMPLE, {}, spans(), need_of_the_sample()
    workbook = tmp_path_factory.mktemp("range") / "roster.xlsx"
    write_workbook(district(request.param, 40, without=("districts",)), workbook)
    changed = {name: value for name, value in assumptions(request.param).items() if name not in HABITS + OTHERS}
    return workbook, changed, spans(changed), need(workbook, DAY, changed)


def test_the_quick_formula_is_the_slow_calculation(case):
    from .calculation import answer

    workbook, changed, of, required_fte = case
    for end in (0, 1, 2):
        values = {name: span[end] for name, span in of.items()}
        slow = answer(workbook, DAY, {**changed, **values})["district"]["required_fte"]
        assert required_fte(values) == pytest.approx(slow, abs=EXACT)


def test_habits_are_rank_correlated_by_half_and_the_others_are_not():
    drawn = draw(spans(), 200_000, seed=3)
    ranks = {name: np.argsort(np.argsort(values)) for name, values in drawn.items()}
    for here in HABITS[:3]:
        for there in ("reevaluation_hours", "planning_share"):
            expected = 0.5 if there in HABITS else 0
            assert np.corrcoef(ranks[here], ranks[there])[0, 1] == pytest.approx(expected, abs=0.01)


def test_the_librarys_percentiles_are_those_of_independent_draws(case):
    workbook, changed, of, required_fte = case
    found = analyze(workbook, DAY, changed)["district"]["range"]["required_fte"]
    many = required_fte(draw(of, MANY, seed=20))
    for name, p in PERCENTILES.items():
        density = 0.02 / (np.quantile(many, p + 0.01) - np.quantile(many, p - 0.01))
        error = np.sqrt(p * (1 - p)) / density * np.sqrt(1 / DRAWS + 1 / MANY)
        assert abs(found[name] - np.quantile(many, p)) <= ERRORS * error, (name, found[name], np.quantile(many, p))


def test_without_spans_every_percentile_is_the_value(case):
    """Nothing drawn: only minutes, screening and duties are left, which have no span."""
    workbook, changed, _of, _required = case
    result = analyze(workbook, DAY, {**changed, **dict.fromkeys(HABITS + OTHERS, 0)})["district"]
    for name in PERCENTILES:
        assert result["range"]["required_fte"][name] == pytest.approx(result["required_fte"], abs=EXACT)


def test_the_same_seed_gives_the_same_range_and_another_seed_nearly(case):
    workbook, changed, _of, _required = case
    first, again, other = (analyze(workbook, DAY, changed, seed=seed)["district"]["range"] for seed in (4, 4, 5))
    assert first == again != other


@pytest.mark.parametrize("name", HABITS + OTHERS)
def test_what_one_standard_moves_alone_is_the_answer_at_its_ends(name):
    of = spans()
    expected = alone(need_of_the_sample(), of)[name]
    for end, required in zip((of[name][0], of[name][2]), expected, strict=True):
        found = library_answer.analyze(sample_roster(), DAY, assumptions_of({name: end}))
        assert found.district["required_fte"] == pytest.approx(required, abs=EXACT)


@pytest.mark.parametrize("seed", range(6))
def test_the_librarys_list_of_what_moves_the_answer_is_the_ends_of_each_standard(seed, tmp_path):
    tables = district(seed, 40, without=NOT_IN_TABLES)
    changed = {name: value for name, value in assumptions(seed).items() if name not in HABITS + OTHERS}
    expected = alone(need(write_workbook(tables, tmp_path / "roster.xlsx"), DAY, changed), spans(changed))
    roster = as_roster({sheet.lower(): rows for sheet, rows in tables.items()})
    found = library_answer.analyze(roster, DAY, assumptions_of(changed)).influences
    moving = {name for name, ends in expected.items() if abs(ends[1] - ends[0]) > EXACT}
    assert moving <= {one.id for one in found}
    for one in found:
        assert (one.required_fte_at_low, one.required_fte_at_high) == pytest.approx(expected[one.id], abs=EXACT)
    swings = [abs(one.required_fte_at_high - one.required_fte_at_low) for one in found]
    assert swings == sorted(swings, reverse=True)


def test_a_study_draws_the_span_towards_what_was_measured():
    span = (4.0, 6.0, 8.0)  # a triangle's variance: (16 + 36 + 64 - 24 - 32 - 48) / 18 = 2/3
    # A study as uncertain as the prior: half way, and the span shrinks by the root of one half
    low, likely, high = shrunk(span, 7.0, np.sqrt(2 / 3))
    assert (low, likely, high) == pytest.approx((6.5 - 2 / np.sqrt(2), 6.5, 6.5 + 2 / np.sqrt(2)))
    assert shrunk(span, 7.0, 0) == pytest.approx((7, 7, 7))
    assert shrunk(span, 7.0, 1e9) == pytest.approx(span)
