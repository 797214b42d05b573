"""A date without a year in a frequency: the school year of the sheet is proposed, a person says so, and the lines follow."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from tests.intake import rosters
from workload.answer import analyze
from workload.intake.answers.import_map import ImportMap

PHRASE = "30 min/wk until 12/20, then 60 min/wk"


def loaded(starts, name="a.xlsx", tab="Services", answers=None, phrase=PHRASE):
    rows = [["Student ID", "School", "Therapist", "Service", "Start"]]
    rows += [[f"S{at:03}", "Oak", "Kim", phrase if at == 0 else "30 min/wk", day] for at, day in enumerate(starts)]
    return rosters.loaded(rosters.book(**{tab: rows}), answers, name)


def offered(found) -> list[str]:
    (question,) = [each for each in found.questions if each.written.startswith("30 min/wk until")]
    assert not question.suggestion and not question.applied
    return [label for key, label in question.choices if key.startswith("by-")]


FALL, LAST_FALL = date(2026, 9, 1), date(2025, 9, 1)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"starts": [FALL] * 20}, ["Change on December 20, 2026"]),
        ({"starts": [LAST_FALL] * 9 + [FALL] * 3}, ["Change on December 20, 2026"]),
        ({"starts": [FALL] * 30 + [date(2062, 9, 1)]}, ["Change on December 20, 2026"]),
        ({"starts": [None] * 20}, []),
        ({"starts": [None] * 20, "tab": "Caseload 2025-26"}, ["Change on December 20, 2025"]),
        ({"starts": [LAST_FALL] * 20, "name": "Related services SY 26-27.xlsx"}, ["Change on December 20, 2026"]),
    ],
    ids=["starts", "the newest of the frequent", "not a slip", "nothing tells it", "the tab", "the file"],
)
def test_the_school_year_comes_from_the_sheet_and_is_only_proposed(given, said):
    found = loaded(**given)
    assert offered(found) == said
    assert len(found.roster.services.dropna(subset=["total_minutes"])) == len(given["starts"]) - 1


def test_what_is_confirmed_counts_on_either_side_of_the_day_and_not_in_another_year():
    starts = [FALL] * 3
    key = next(each.key for each in loaded(starts).questions if each.written == PHRASE)
    answers = ImportMap().with_answer(key, "by-2026-12-20")
    found = loaded(starts, answers=answers)
    assert not [each for each in found.questions if each.written == PHRASE and not each.applied]
    lines = found.roster.services.sort_values("start").reset_index()
    assert sorted(lines["start"].dropna()) == [pd.Timestamp(FALL)] * 3 + [pd.Timestamp(2026, 12, 21)]
    before, after = (analyze(found.roster, day) for day in (date(2026, 12, 20), date(2026, 12, 21)))
    assert round(60 * (after.district["direct_hours"] - before.district["direct_hours"])) == 30
    next_year = loaded([date(2027, 9, 1)] * 3, answers=answers)
    assert offered(next_year) == ["Change on December 20, 2027"]


@pytest.mark.parametrize("phrase", ["30 min/wk until 12/20/2026, then 60 min/wk", PHRASE])
def test_the_days_of_a_phrase_stand_within_those_of_its_row(phrase):
    """Both parts would count from the first to the last day of the row."""
    rows = [
        ["Student ID", "School", "Therapist", "Service", "Start", "End"],
        ["S1", "Oak", "Kim", phrase, FALL, date(2027, 6, 10)],
    ]
    data = rosters.book(Services=rows)
    key = next(each.key for each in rosters.loaded(data).questions if each.written == phrase)
    by = "by-date" if "2026" in phrase else "by-2026-12-20"
    lines = rosters.loaded(data, ImportMap().with_answer(key, by)).roster.services.sort_values("start")
    days = [[f"{each:%Y-%m-%d}" for each in lines[name]] for name in ("start", "end")]
    assert days == [["2026-09-01", "2026-12-21"], ["2026-12-20", "2027-06-10"]]


def test_no_review_renews_minutes_that_are_written_until_a_day():
    """Where the ends of a file are spread over the year, as the days of reviews are, lines go on past theirs."""
    rows = [["Student ID", "School", "Therapist", "Service", "Start", "End"]]
    rows += [[f"S{at}", "Oak", "Kim", "30 min/wk", FALL, date(2026, 10 + at % 3, 5 + at)] for at in range(9)]
    rows += [["T1", "Oak", "Kim", "45 min/wk until 12/20/2026", FALL, date(2027, 6, 10)]]
    data = rosters.book(Services=rows)
    answers = ImportMap().with_answer("phrase:45 min/wk until 12/20/2026", "by-date")
    roster = rosters.loaded(data, answers).roster
    before, after = (analyze(roster, day) for day in (date(2026, 12, 19), date(2027, 1, 11)))
    assert round(60 * (before.district["direct_hours"] - after.district["direct_hours"])) == 45
    assert after.district["direct_hours"] > 4
