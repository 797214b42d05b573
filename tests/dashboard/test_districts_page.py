"""Many districts: a run's summary opened on its page, what is compared and what is not, and files that are no summary."""

import pandas as pd
import pytest

from dashboard.parts.state_personnel_card import UPLOAD
from tests.batch.many_districts import write_districts
from tests.batch.test_batch import tasks_of
from tests.dashboard.support import app, failed, heading, html_of, unfold, visit
from tests.intake.rosters import book
from workload.batch.batch_results import published_band, summary_table, write_results
from workload.batch.one_district import outcome_of
from workload.batch.saved_summary import SummaryError, read_summary
from workload.figures.district_map import district_map, district_map_words, placed
from workload.figures.tones import LIGHT

WITH_FEW = "<b>& few</b>"


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """(outcomes, bytes of summary.xlsx) of 20 districts, of which some are broken and one has few students."""
    folder = tmp_path_factory.mktemp("run")
    write_districts(folder / "in", 20, rows=24, every=5)
    outcomes = [outcome_of(task) for task in tasks_of(folder / "in")]
    write_districts(folder / "few", 1, rows=5)
    outcomes.append({**outcome_of(tasks_of(folder / "few")[0]), "district": WITH_FEW})
    write_results(folder, outcomes, 10, ["letter.docx"])
    return outcomes, (folder / "summary.xlsx").read_bytes()


def page(data=None, name="summary.xlsx"):
    at = visit(app().run(), "many_districts")
    if data is not None:
        at.file_uploader[0].upload(name, data).run()
    assert not failed(at)
    return at


def test_what_a_run_has_written_is_read_as_it_was(run):
    outcomes, data = run
    written, read = summary_table(outcomes), read_summary("summary.xlsx", data)
    assert list(read["district"]) == list(written["district"]) and list(read["status"]) == list(written["status"])
    for name in ("required_fte", "gap_fte", "required_per_1000", "caseload"):
        assert read[name].tolist() == pytest.approx(written[name].tolist(), rel=1e-14, nan_ok=True)


def test_without_a_run_the_page_says_how_to_make_one():
    assert "python -m workload batch" in " ".join(html_of(page()))


def test_the_finding_counts_the_districts_that_say_who_is_in_post(run):
    at = page(run[1])
    table = summary_table(run[0])
    known = table[table["gap_fte"].notna()]
    assert f"{(known['gap_fte'] < 0).sum()} of {len(known)} districts have less than they need" in " ".join(
        heading(at).split()
    )
    text = " ".join(html_of(at))
    assert "cannot be compared" in text and "the number of its students with disabilities is not given" in text
    low, high = published_band()
    assert f"published are {low:.1f} to {high:.1f}" in text
    assert len(at.get("plotly_chart")) == 2


def test_the_map_has_the_districts_that_say_where_they_lie(run):
    table = read_summary("summary.xlsx", run[1])
    there = placed(table)
    told = there["gap_fte"].notna()
    assert 0 < len(there) < len(table) and told.any() and not told.all()
    drawn = district_map(there, LIGHT)["data"][0]
    assert drawn["x"] == there["longitude"].tolist() and drawn["y"] == there["latitude"].tolist()
    colors = {True: LIGHT.gap, False: LIGHT.accent}
    for gap, color, words in zip(there["gap_fte"], drawn["marker"]["line"]["color"], drawn["hovertext"], strict=True):
        assert color == (colors[gap < 0] if gap == gap else LIGHT.soft) and (
            gap == gap or "no gap can be given" in words
        )
    said = district_map_words(there, len(table) - len(there))
    assert f"{(there['gap_fte'] < 0).sum()} with less than they need" in said and "without coordinates" in said
    assert district_map_words(there.iloc[:0], 2) == "No district to show on a map. 2 districts without coordinates."


def test_districts_stand_in_the_order_of_their_names_and_few_students_have_no_figure(run):
    at = page(run[1])
    listed = at.dataframe[0].value
    assert list(listed["District"]) == sorted(listed["District"]) and len(listed) == 21
    few = listed[listed["District"] == WITH_FEW].iloc[0]
    assert few[["Students", "FTE required", "Gap, FTE", "FTE required for each 1,000"]].isna().all()
    assert few["Not comparable, because"] == "few students: its figures are not shown"


def test_the_same_file_is_read_once_and_another_that_is_none_leaves_it_open(run):
    at = page(run[1])
    before = heading(at)
    at.file_uploader[0].upload("other.xlsx", book(Services=[("a", "b"), (1, 2)])).run()
    assert not failed(at) and "no sheet called Districts" in at.error[0].value
    assert heading(at) == before


@pytest.mark.parametrize(
    "data, said",
    [
        (b"", "empty"),
        (b"Dear all", "no sheet called Districts"),
        (book(Districts=[("district", "status")]), "no column required_fte"),
        (
            book(
                Districts=[("district", "status", "required_fte", "available_fte", "gap_fte"), ("Oak", "fine", 1, 1, 0)]
            ),
            "status that is known",
        ),
    ],
)
def test_a_file_that_is_no_summary_is_refused_in_a_sentence(data, said):
    with pytest.raises(SummaryError, match=said):
        read_summary("summary.xlsx", data)


def test_the_states_stand_on_the_page_and_a_personnel_file_adds_their_ots():
    """Alabama: 199.842 FTE for 99,921 students of 2022-23 are 2.0 for each 1,000; Alaska is not in the file."""
    at = page()
    shipped = at.dataframe[0].value.set_index("State")
    assert len(shipped) == 51 and shipped.loc["Alabama", "Students with disabilities, 2024-25"] == 108_142
    assert shipped.loc["Alabama", "Mean wage of OTs, all employers"] == 94_680 and "OTs, FTE" not in shipped
    file = b"Year,State,Personnel Type,Total FTE\n2022,Alabama,Occupational Therapists,199.842\n"
    unfold(at, "state_personnel").file_uploader(key=UPLOAD).upload("personnel2022-23.csv", file).run()
    assert not failed(at)
    read = at.dataframe[0].value.set_index("State")
    assert read.loc["Alabama", "OTs for each 1,000"] == pytest.approx(2.0) and pd.isna(read.loc["Alaska", "OTs, FTE"])
