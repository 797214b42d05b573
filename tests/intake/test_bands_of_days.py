"""A student under two days of the week may have two sessions, or the same amount said twice: counted twice, and asked."""

import pytest

from tests.intake.rosters import book, codes, loaded
from tests.intake.test_reading_cases import figures
from workload.intake.answers.import_map import ImportMap

HEAD, OAK = ["Student", "School", "Min/Wk"], ["Abel, Zoe", "Oak", 60]
OTHERS = [["Byrd, Yan", "Oak", 30]], [["Cole, Xia", "Oak", 30]]


def week(monday, wednesday):
    return book(Sheet1=[HEAD, ["Monday"], *monday, ["Wednesday"], *wednesday])


@pytest.mark.parametrize(("answer", "each"), [("", 120), ("each", 120), ("repeat", 60)])
def test_the_same_row_under_two_days_is_told_and_asked(answer, each):
    data = week([OAK, *OTHERS[0]], [OAK, *OTHERS[1]])
    first = loaded(data)
    (question,) = first.questions
    assert question.applied == "each" and "sessions-by-row" in codes(first, "warning")
    result = loaded(data, ImportMap().with_answer(question.key, answer)) if answer else first
    assert figures(result.roster)["direct"] == pytest.approx(60 + each)
    assert bool(result.questions) is not bool(answer)


@pytest.mark.parametrize("second", [[], [["Abel, Zoe", "Oak", 30]]])
def test_other_rows_under_days_are_not_asked_about(second):
    result = loaded(week([OAK, *OTHERS[0]], [*second, *OTHERS[1]]))
    assert not result.questions
    assert figures(result.roster)["direct"] == pytest.approx(120 + 30 * len(second))


@pytest.mark.parametrize("band", ["Individual", "Elm School", "Tuesday", "2nd Grade", "504"])
def test_a_group_ends_where_another_band_begins(band):
    rows = [["Group A"], ["Abel, Zoe", 60], ["Byrd, Yan", 60], [band], ["Cole, Xia", 30], ["Dahl, Ian", 30]]
    lines = loaded(book(Sheet1=[["Student", "Min/Wk"], *rows])).roster.services
    assert lines["group_id"].tolist() == ["Sheet1 Group A"] * 2 + [None] * 2


def test_groups_of_one_name_in_two_places_are_two_groups():
    def group(*names):
        return [["Group A"], *([name, 60] for name in names)]

    head, oak, elm = ["Student", "Min/Wk"], group("Abel, Zoe", "Byrd, Yan"), group("Cole, Xia", "Dahl, Ian")
    of_bands = book(Sheet1=[head, ["Oak School"], *oak, ["Elm School"], *elm])
    of_tabs = book(Oak=[head, *oak], Elm=[head, *elm])
    for data in (of_bands, of_tabs):
        assert figures(loaded(data).roster)["direct"] == pytest.approx(120)


def test_bands_of_schools_need_no_groups():
    rows = [["Oak School"], ["Abel, Zoe", 60], ["Byrd, Yan", 60], ["Elm School"], ["Cole, Xia", 30], ["Dahl, Ian", 30]]
    lines = loaded(book(Sheet1=[["Student", "Min/Wk"], *rows])).roster.services
    assert lines["school"].nunique() == 2 and lines["group_id"].isna().all()
