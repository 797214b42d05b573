"""Small counts: nothing that leaves the district lets a reader work one out, alone or from all files together."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from tests.report.packets import OPTIONS, SETTINGS, pdf_text, rows_of, sample_answer, slides, text_of, workbook
from tests.support.rosters import DAY, as_roster, random_tables
from workload.answer import Answer, analyze
from workload.report.audience import AUDIENCES
from workload.report.gate import Gate, stepped, steps, withheld
from workload.report.packet import make_packet
from workload.report.packet_choices import SettingError, Settings
from workload.report.reader_view import OUTSIDE, View
from workload.report.sections.check_sections import methods
from workload.report.sections.slide_titles import finding_of
from workload.report.sections.telling import Telling
from workload.report.state_forms import BANDS, bands
from workload.work.activities import CODES

COUNTS = st.lists(st.integers(0, 60), min_size=1, max_size=25)


def spans(hidden: int, total: float) -> list[tuple[float, float]]:
    """Smallest and largest value of each withheld count that fits the published total, by linear programming."""
    found = []
    for at in range(hidden):
        goal = np.zeros(hidden)
        goal[at] = 1
        ends = [
            linprog(sign * goal, A_eq=np.ones((1, hidden)), b_eq=[total], bounds=[(0, None)] * hidden).fun * sign
            for sign in (1, -1)
        ]
        found.append((ends[0], ends[1]))
    return found


@given(COUNTS, st.integers(5, 30))
@settings(max_examples=60, deadline=None)
def test_no_withheld_count_can_be_narrowed_down_to_less_than_the_smallest_count(counts, smallest):
    counts = np.array(counts)
    hidden = withheld(counts, smallest)
    assert not (counts[~hidden] < smallest).any()
    if hidden.any() and not hidden.all():
        for low, high in spans(int(hidden.sum()), float(counts[hidden].sum())):
            assert high - low >= smallest


@given(COUNTS, st.integers(5, 30))
@settings(max_examples=200, deadline=None)
def test_even_who_knows_one_withheld_row_is_left_with_enough_students(counts, smallest):
    counts = np.array(counts)
    hidden = withheld(counts, smallest)
    if hidden.any() and not hidden.all():
        assert counts[hidden].sum() - counts[hidden].max() >= smallest


def test_hiding_only_the_small_count_would_be_found_by_the_same_attack():
    naive = np.array([4, 30, 40]) < 10
    assert spans(int(naive.sum()), 4.0) == [(4.0, 4.0)]
    assert withheld(np.array([4, 30, 40]), 10).tolist() == [True, True, True]


def random_answer(seed: int) -> Answer:
    """A district with some small schools."""
    return analyze(as_roster(random_tables(seed, students=70, people=9, schools=9)), DAY)


def numbers_by_school(files: dict[str, bytes]) -> dict[str, set[float]]:
    """Every count of students that any file of a packet gives a row: CSV, slides, forms."""
    found: dict[str, set[float]] = {}
    for row in rows_of(next(data for name, data in files.items() if name.endswith("schools.csv"))):
        found.setdefault(row["school"], set()).add(float(row["caseload"]))
    decks = [data for name, data in files.items() if name.endswith(".pptx")]
    for slide in (slide for deck in decks for slide in slides(deck)):
        for table in (shape.table for shape in slide.shapes if shape.has_table):
            rows = [[cell.text for cell in row.cells] for row in table.rows]
            if rows[0][:2] == ["School", "Students"]:
                for row in rows[1:]:  # what stands together is called otherwise on a slide than in the tables
                    if row[0] == "Other schools together":
                        continue
                    found.setdefault(row[0], set()).add(float(row[1].replace(",", "")))
    return found


@pytest.mark.parametrize("audience", ["board", "union"])
@pytest.mark.parametrize(
    "answer",
    [sample_answer, *(lambda seed=seed: random_answer(seed) for seed in range(40, 52))],
    ids=["sample", *(f"random-{seed}" for seed in range(40, 52))],
)
def test_small_counts_cannot_be_reconstructed_from_all_files_together(answer, audience):
    answer = answer()
    smallest = Settings().smallest_count
    files = make_packet(answer, audience, SETTINGS, OPTIONS)
    truth = dict(zip(answer.schools["school"], answer.schools["caseload"], strict=True))
    published = numbers_by_school(files)
    together = [name for name in published if name not in truth or name == "No school"]
    shown = {name: counts for name, counts in published.items() if name not in together}
    for name, counts in shown.items():
        assert counts == {max(stepped(truth[name], 5), smallest)} and truth[name] >= smallest
    hidden = {name: count for name, count in truth.items() if name not in shown}
    if hidden:
        # The attack knows all shown schools and every total there is.
        total = sum(truth.values()) - sum(truth[name] for name in shown)
        assert {stepped(total, 5)} == set().union(*(published[name] for name in together))
        for low, high in spans(len(hidden), float(total)):
            assert high - low >= smallest
    small = [name for name, count in truth.items() if 0 < count < smallest and name != "No school"]
    for file, data in files.items():
        text = text_of(file, data)
        for name in small:
            assert not re.search(rf"{re.escape(name)}\b", text), f"{file} names a school with {truth[name]} students"
    _bands_cannot_be_found(answer, files, smallest)


def _bands_cannot_be_found(answer: Answer, files: dict[str, bytes], smallest: int) -> None:
    """The bands of Nevada's form with the caseload, which is published."""
    form = next((data for name, data in files.items() if name.endswith("forms.xlsx")), None)
    if form is None:
        return
    given_ = {row[0].value: str(row[1].value) for row in workbook(form)["Nevada caseload report"].iter_rows(min_row=2)}
    truth = dict(zip(BANDS, bands(View(answer, AUDIENCES["auditor"], Settings())), strict=True))
    hidden = [name for name in BANDS if given_[name] == "withheld"]
    for name in BANDS:
        told = stepped(truth[name], 5)
        assert name in hidden or truth[name] >= smallest and float(given_[name].replace(",", "")) == told
    if hidden and len(hidden) < len(BANDS):
        for low, high in spans(
            len(hidden), answer.district["caseload"] - sum(truth[name] for name in BANDS if name not in hidden)
        ):
            assert high - low >= smallest


def test_the_number_of_plans_that_are_no_ieps_cannot_be_worked_out_from_hours():
    """With every assumption known, hours of the published kinds leave at least the smallest count open."""
    answer = sample_answer()
    values, row = answer.assumptions, answer.district
    weeks, meeting = values["instructional_weeks"], values["meeting_hours"]
    total = (
        sum(row[f"{code}_hours"] for code in next(one for one in OUTSIDE if one.code == "evaluations").activities)
        * weeks
    )
    # unknown: students with an IEP, initial evaluations, re-evaluations
    cost = [
        meeting + values["progress_reports_per_year"] * values["progress_report_hours"],
        values["evaluation_initial_hours"] + meeting,
        values["reevaluation_hours"] + meeting,
    ]
    bounds = [(0, row["caseload"]), (0, None), (0, None)]
    ends = [linprog([sign, 0, 0], A_eq=[cost], b_eq=[total], bounds=bounds).fun * sign for sign in (1, -1)]
    assert ends[1] - ends[0] >= Settings().smallest_count
    assert sorted(code for one in OUTSIDE for code in one.activities) == sorted(CODES)


def test_students_who_change_therapist_are_not_given_when_few():
    files = make_packet(sample_answer(), "board", SETTINGS, OPTIONS)
    assert "Rebalance only 0.0 – – – fewer than 10 $0 $0" in pdf_text(files["decision-memo.pdf"])
    inside = make_packet(sample_answer(), "superintendent", SETTINGS, OPTIONS)
    assert "Rebalance only 0.0 – – – 7 $0 $0" in pdf_text(inside["INTERNAL-cabinet-memo.pdf"])


def test_shares_are_capped_outside_and_not_inside():
    gate = Gate(10)
    assert [gate.share(value) for value in (0.97, 0.03, 0.5, float("nan"))] == [
        "over 95%",
        "under 5%",
        "50%",
        "not shown",
    ]
    assert Gate(10, open=True).share(0.97) == "97%"
    assert [gate.count(value) for value in (None, 0, 9, 10, 1234)] == ["", "none", "fewer than 10", "10", "1,235"]
    assert Gate(10, open=True).count(1234) == "1,234"


def test_a_role_with_few_posts_is_not_shown_by_itself_outside():
    tables = random_tables(60, people=4)
    answer = analyze(as_roster(tables), DAY)
    assert View(answer, AUDIENCES["board"], Settings()).by_role is None
    assert View(answer, AUDIENCES["auditor"], Settings()).by_role is not None
    assert View(sample_answer(), AUDIENCES["board"], Settings()).by_role is not None


def test_there_is_no_table_of_schools_by_person_outside():
    for audience in ("board", "union"):
        for name, data in make_packet(sample_answer(), audience).items():
            if name.endswith(".csv"):
                heading = data.decode("utf-8-sig").splitlines()[0]
                assert 'therapist"' not in heading and 'student"' not in heading, name


def test_the_smallest_count_is_a_setting_with_limits():
    more = make_packet(sample_answer(), "board", replace(SETTINGS, smallest_count=20))
    assert min(float(row["caseload"]) for row in rows_of(more["tables-schools.csv"])) >= 20
    for wrong in (0, 4, 31):
        with pytest.raises(SettingError, match="5 to 30"):
            Settings(smallest_count=wrong)


def test_a_method_that_would_give_a_small_group_away_is_not_shown_outside():
    outside = View(sample_answer(), AUDIENCES["board"], Settings()).methods
    inside = View(sample_answer(), AUDIENCES["auditor"], Settings()).methods
    assert {one.counts for one in inside} - {one.counts for one in outside} == {"heads"}
    text = text_of("x.pptx", make_packet(sample_answer(), "board")["slides.pptx"])
    assert "Caseload cap" not in text and "IEP hours over a benchmark" in text


def test_who_is_not_shown_every_method_reads_that_the_others_do_not_span_all():
    """With direct hours withheld too, the methods that are left lie closer together than those inside."""
    answer, small = sample_answer(), Settings(smallest_count=30)
    told = {code: View(answer, AUDIENCES[code], small) for code in ("board", "auditor")}
    ends = {code: [(one.low, one.high) for one in view.methods[1:]] for code, view in told.items()}
    assert max(high for _, high in ends["board"]) < max(high for _, high in ends["auditor"]) - 5
    assert (told["board"].withheld_methods, told["auditor"].withheld_methods) == (
        len(ends["auditor"]) - len(ends["board"]),
        0,
    )
    shown, all_of_them = (methods(Telling(view)) for view in told.values())
    assert (
        str(told["board"].withheld_methods) in shown.blocks[-1].text
        and "can lie lower or higher" in shown.blocks[-1].text
    )
    assert finding_of(Telling(told["board"]), shown).startswith("The other methods shown give")
    assert finding_of(Telling(told["auditor"]), all_of_them).startswith("Other methods give")
    assert len(all_of_them.blocks) == 2


def test_charts_carry_no_more_than_they_show():
    files = make_packet(sample_answer(), "board", SETTINGS, OPTIONS)
    small = sample_answer().schools.query("caseload < 10")["school"].tolist()
    assert len(small) == 4
    text = text_of("slides.pptx", files["slides.pptx"])
    assert not any(name in text for name in small)
    assert "Other schools together" in text
    assert io.BytesIO(files["slides.pptx"]).read(2) == b"PK"


@pytest.mark.parametrize("gate", [Gate(10), Gate(5), Gate(10, open=True)])
def test_columns_are_told_as_each_of_their_numbers(gate):
    counts = np.array([0, 1, 4, 5, 9, 10, 12, 12.5, 17, 1_002, np.nan])
    assert np.array_equal(gate.wholes(counts), [gate.whole(count) for count in counts], equal_nan=True)
    hours = np.array([0, 0.04, 2.4999999, 2.5, 7.5, 36.25, 1_234.5, np.nan])
    assert np.array_equal(steps(hours, 5.0), [stepped(value, 5.0) for value in hours], equal_nan=True)
