"""What the ask leaves short: added posts travel and meet as well."""

import re
from datetime import date

import pytest

from tests.support.rosters import as_roster, random_tables
from workload.answer import analyze
from workload.report.terminal_lines import answer_lines
from workload.scenarios.ask_outcome import ask_outcome, left_short
from workload.scenarios.cost import Rates
from workload.scenarios.priced_words import left_sentence

DAY = date(2026, 10, 1)


@pytest.mark.parametrize("seed", range(6))
def test_the_sentence_says_what_the_district_with_the_posts_is_short(seed):
    answer = analyze(as_roster(random_tables(seed, students=60, schools=40)), DAY)
    outcome = ask_outcome(answer, Rates())
    short = 0.0 if outcome is None else max(0.0, -outcome.figures["gap_fte"])
    assert left_short(answer) == pytest.approx(short, abs=0.0501)
    said = [line for line in answer_lines(answer) if "is still short" in line]
    if left_short(answer):
        (line,) = said
        assert line.strip() == left_sentence(answer)
        assert float(re.search(r"([\d.]+) FTE is still short", line).group(1)) == pytest.approx(left_short(answer))
    else:
        assert not said and left_sentence(answer) == ""


def test_posts_that_serve_forty_schools_leave_something():
    left = [
        left_short(analyze(as_roster(random_tables(seed, students=260, people=9, schools=120)), DAY)) for seed in (5, 6)
    ]
    assert max(left) >= 0.3
