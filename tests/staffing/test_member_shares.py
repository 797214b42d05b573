"""Work, posts and cost of a cooperative by member: sums over the members are the whole, however the files are cut."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.intake.rosters import SECRET, book
from tests.reference.by_hand import BARE
from workload.answer import analyze
from workload.intake.answers.import_map import ImportMap
from workload.intake.load import load
from workload.model.parameters import Assumptions
from workload.model.roster import roster_of
from workload.report.packet import Settings, make_packet
from workload.work.activities import CODES

DAY = date(2026, 10, 1)
MEMBERS = ("East", "North", "South")
PEOPLE = ("Ann Reed", "Kim Vale", "Lee Moss")
SERVICES = (
    *("student_id", "school", "grade", "minutes_per_session", "sessions", "period", "therapist", "delivery"),
    *("group_id", "compensatory_minutes", "plan", "district"),
)
STAFF = (
    *("therapist", "role", "fte", "employment", "annual_cost", "hourly_rate", "base_school", "days"),
    *("supervisor", "named_duty_hours", "mtss_hours", "district"),
)
SCHOOLS = ("Oak", "Lincoln ES", "Lincoln Elementary")

lines = st.tuples(
    st.integers(1, 6).map(str),
    st.sampled_from(SCHOOLS),
    st.sampled_from(("K", "3")),
    st.sampled_from((20, 30, 45)),
    st.integers(1, 3),
    st.sampled_from(("week", "month")),
    st.sampled_from((*PEOPLE, None)),
    st.sampled_from(("individual", "group", "consult")),
    st.sampled_from((None, "A")),
    st.sampled_from((None, 120)),
    st.sampled_from(("IEP", "504")),
)
rows = st.lists(st.tuples(st.sampled_from(MEMBERS), lines), min_size=2, max_size=14).filter(
    lambda made: len({member for member, _ in made}) > 1
)
people = st.tuples(
    *(
        st.tuples(
            st.sampled_from((0.5, 1.0)),
            st.sampled_from((None, 60_000)),
            st.sampled_from((None, "Mon: Oak (North); Tue: Oak (South), Oak (North)")),
            st.sampled_from((None, 2)),
            st.sampled_from((None, *MEMBERS)),
        )
        for _ in PEOPLE
    )
)
events = st.lists(
    st.tuples(
        st.integers(1, 6).map(str), st.sampled_from(("initial", "reevaluation")), st.just("2026-11-02"),
        st.sampled_from(MEMBERS),
    ),
    max_size=3,
)  # fmt: skip


def staff(drawn):
    made = [
        [name, "OTA" if name == PEOPLE[-1] else "OT", fte, "employee", cost, None, None, days, None, duty, duty, home]
        for name, (fte, cost, days, duty, home) in zip(PEOPLE, drawn, strict=True)
    ]
    made[-1][8] = PEOPLE[0]
    return [STAFF, *made]


def answer_of(files, **answers):
    return analyze(load(files, secret=SECRET, answers=ImportMap(answers=answers)).roster, DAY)


def in_one_file(drawn, team, due):
    sheet = [SERVICES, *([*line, member] for member, line in sorted(drawn, key=lambda each: each[0]))]
    more = {"Evaluations": [("student_id", "type", "due", "district"), *due]} if due else {}
    return [("all.xlsx", book(Services=sheet, Therapists=staff(team), **more))]


def by_member(drawn, team, due, with_column):
    width = len(SERVICES) if with_column else len(SERVICES) - 1
    made = []
    for member in sorted({member for member, _ in drawn}):
        own = [[*line, member][:width] for of, line in drawn if of == member]
        made.append((f"{member}.xlsx", book(Services=[SERVICES[:width], *own])))
    more = {"Evaluations": [("student_id", "type", "due", "district"), *due]} if due else {}
    return [*made, ("people.xlsx", book(Therapists=staff(team), **more))]


@settings(max_examples=40)
@given(rows, people, events)
def test_sums_over_the_members_are_the_district(drawn, team, due):
    answer = answer_of(in_one_file(drawn, team, due))
    shares, whole = answer.members, answer.district
    table = shares.table
    for name in (*(f"{code}_hours" for code in CODES), "workload_hours", "required_fte", "available_fte", "gap_fte"):
        assert table[name].sum() == pytest.approx(whole[name], abs=1e-9), name
    assert table["caseload"].sum() == whole["caseload"]
    assert table["share_of_work"].sum() == pytest.approx(1)
    np.testing.assert_allclose(shares.part.sum(axis=1), 1)
    np.testing.assert_allclose(shares.hours.sum(axis=1), answer.staffing.person_hours, atol=1e-9)
    paid = np.nansum([cost for _, cost, *_ in team if cost] or [np.nan])
    assert np.nansum(table["annual_cost"]) == pytest.approx(paid)
    assert shares.allocation["workload_hours"].sum() == pytest.approx(whole["workload_hours"])
    assert np.nansum(shares.allocation["annual_cost"]) == pytest.approx(paid)


@settings(max_examples=25)
@given(rows, people, events, st.booleans())
def test_a_file_cut_by_member_and_joined_again_is_the_same_cooperative(drawn, team, due, with_column):
    one = answer_of(in_one_file(drawn, team, due))
    cut = answer_of(by_member(drawn, team, due, with_column), members="members")
    assert one.district["caseload"] == cut.district["caseload"]
    for name in ("workload_hours", "required_fte", "available_fte", "travel_hours", "students_evaluation_only"):
        assert cut.district[name] == pytest.approx(one.district[name]), name
    assert list(one.schools["school"]) == list(cut.schools["school"])
    columns = ["caseload", "workload_hours", "required_fte", "available_fte", "share_of_work"]
    assert list(one.members.table["member"]) == list(cut.members.table["member"])
    np.testing.assert_allclose(one.members.table[columns], cut.members.table[columns], atol=1e-9)


def test_travel_cost_and_posts_of_somebody_who_serves_two_members():
    sheet = [
        SERVICES,
        ["1", "Oak", "3", 60, 3, "week", PEOPLE[0], "individual", None, None, "IEP", "North"],
        ["1", "Oak", "3", 60, 1, "week", PEOPLE[0], "individual", None, None, "IEP", "South"],
    ]
    plan = "Mon: Oak (North), Oak (South); Tue: Oak (North)"
    team = [STAFF, [PEOPLE[0], "OT", 1, "employee", 80_000, None, None, plan, None, None, None, None]]
    team.append([PEOPLE[1], "OT", 0.5, "employee", None, None, None, None, None, None, None, "South"])
    travel = [("from", "to", "minutes"), ("Oak (North)", "Oak (South)", 30)]
    answer = answer_of([("all.xlsx", book(Services=sheet, Therapists=team, Travel=travel))])
    table = answer.members.table.set_index("member")
    assert answer.members.travel_between == (pytest.approx(0.5), 0.0)
    north = table.loc["North", "share_of_work"]
    assert table.loc["North", "annual_cost"] == pytest.approx(80_000 * north)
    assert table.loc["North", "travel_hours"] == pytest.approx(0.5 * north)
    # Who serves nobody is a post of the member that employs the person, and its cost is not known.
    assert table.loc["South", "available_fte"] == pytest.approx(1 - north + 0.5)
    assert list(table["posts_without_cost"]) == [0, 1]


def test_pay_by_the_hour_and_trips_between_members_by_hand():
    """Posts without a yearly cost: Ann 40 dollars × 37.5 hours × 40 paid weeks = 60,000; Kim's contract names 20 hours,
    whatever her FTE says: 50 × 20 × 40 = 40,000. Of Ann's legs one stays in the North and one of no known time crosses to
    the South: a move of 15 minutes.
    """
    sheet = [
        SERVICES,
        ["1", "Oak", "3", 60, 3, "week", PEOPLE[0], "individual", None, None, "IEP", "North"],
        ["2", "Elm", "3", 60, 1, "week", PEOPLE[0], "individual", None, None, "IEP", "North"],
        ["1", "Fir", "3", 60, 1, "week", PEOPLE[0], "individual", None, None, "IEP", "South"],
        ["2", "Fir", "3", 60, 1, "week", PEOPLE[1], "individual", None, None, "IEP", "South"],
    ]
    team = [
        ("therapist", "role", "fte", "hours_per_week", "employment", "hourly_rate", "days"),
        [PEOPLE[0], "OT", 1, None, "employee", 40, "Mon: Oak, Elm, Fir"],
        [PEOPLE[1], "OT", 0.5, 20, "employee", 50, None],
    ]
    travel = [("from", "to", "minutes"), ("Oak", "Elm", 30)]
    roster = load([("all.xlsx", book(Services=sheet, Therapists=team, Travel=travel))], secret=SECRET).roster
    members = analyze(roster, DAY, Assumptions().changed({"contract_weeks": 40}, "test")).members
    assert list(members.costs) == pytest.approx([60_000, 40_000, 0])
    assert members.travel_between == (pytest.approx(0.25), 0.0)
    assert members.table["annual_cost"].sum() == pytest.approx(100_000)


MEMBERS_BY_HAND, SHARED = ("North", "South", "West"), "Shared by all members"
COLUMNS = ("caseload", "workload_hours", "required_fte", "available_fte", "gap_fte", "share_of_work", "annual_cost")


def cooperative(**posts):
    """Weeks of 40 hours, 40 paid ones. Ann has 3 hours in the North, 1 in the South and 4 of duties; Kim one of nobody knows
    whom; Lee serves no one; Moe has left. The only student of the West has, too.
    """
    services = {
        "student": ["S1", "S2", "S3", "S4"],
        "district": ["North", "South", None, "West"],
        "therapist": ["Ann", "Ann", "Kim", "Ann"],
        "school": ["Oak", "Fir", "Oak", "Elm"],
        "end": [None, None, None, "2026-09-01"],
        "delivery": ["consult"] * 4,
        "minutes_per_session": [60] * 4,
        "sessions": [3, 1, 1, 1],
        "period": ["week"] * 4,
    }
    team = {"therapist": ["Ann", "Kim", "Lee", "Moe"], "role": ["OT"] * 4, "fte": [1.0, 0.5, 1.0, 1.0]}
    team |= {"named_duty_hours": [4.0, None, None, None], "end": [None, None, None, "2026-09-01"], **posts}
    settings = {**BARE, "hours_per_week": 40, "contract_weeks": 40, "renewals": "stop"}
    roster = roster_of(services=services, therapists=team)
    return analyze(roster, DAY, Assumptions().changed(settings, "test")).members


def test_what_each_member_uses_and_pays_by_hand():
    """Kim's hour is paid with 50 dollars, 50 × 20 × 40 = 40,000 a year; what Lee costs nobody has said."""
    members = cooperative(annual_cost=[80_000, None, None, 99_999], hourly_rate=[None, 50, None, None])
    table = members.table.set_index("member")
    expected = {
        "North": [1, 6, 0.15, 0.75, 0.6, 6 / 9, 60_000],
        "South": [1, 2, 0.05, 0.25, 0.2, 2 / 9, 20_000],
        "West": [0, 0, 0, 0, 0, 0, 0],
        "No member named": [1, 1, 0.025, 0.5, 0.475, 1 / 9, 40_000],
        SHARED: [0, 0, 0, 1, 1, 0, 0],
    }
    assert list(table.index) == list(expected)
    for member, values in expected.items():
        assert table.loc[member, [*COLUMNS]].tolist() == pytest.approx(values), member
    assert table["share_of_students"].tolist() == pytest.approx([1 / 3, 1 / 3, 0, 1 / 3, 0])
    assert table["posts_without_cost"].tolist() == [0, 0, 0, 0, 1]
    assert table["named_duty_hours"].tolist() == pytest.approx([3, 1, 0, 0, 0])
    rows = members.allocation  # a row for each member that somebody serves or is paid for
    assert rows["member"].tolist() == ["No member named", "North", SHARED, "South"]
    assert rows["therapist"].tolist() == ["Kim", "Ann", "Lee", "Ann"]
    assert rows["workload_hours"].tolist() == pytest.approx([1, 6, 0, 2])
    assert rows["share_of_person"].tolist() == pytest.approx([1, 0.75, 1, 0.25])
    assert rows["available_fte"].tolist() == pytest.approx([0.5, 0.75, 1, 0.25])
    assert rows["annual_cost"].tolist() == pytest.approx([40_000, 60_000, np.nan, 20_000], nan_ok=True)


def test_a_cooperative_without_costs_has_none_and_who_is_employed_by_a_member_is_its_own():
    table = cooperative(district=[None, None, "West", None], end=["2026-09-01"] * 2 + [None] * 2).table.set_index(
        "member"
    )
    assert table["annual_cost"].isna().all() and list(table.index) == [*MEMBERS_BY_HAND, "No member named", SHARED]
    assert table["available_fte"].tolist() == pytest.approx(
        [0, 0, 1, 0, 1]
    )  # Lee in the West, Moe is there and serves no one
    assert cooperative(fte=[1.0, 0.5, 0.0, 1.0]).table["member"].tolist() == [*MEMBERS_BY_HAND, "No member named"]


def test_a_group_takes_a_members_therapist_once():
    """Two students of the North in one group of 30 minutes: half an hour there, a whole one for the South's student."""
    sheet = [
        SERVICES,
        ["1", "Oak", "3", 30, 1, "week", PEOPLE[0], "group", "A", None, "IEP", "North"],
        ["2", "Oak", "3", 30, 1, "week", PEOPLE[0], "group", "A", None, "IEP", "North"],
        ["3", "Fir", "3", 60, 1, "week", PEOPLE[0], "individual", None, None, "IEP", "South"],
    ]
    table = answer_of([("all.xlsx", book(Services=sheet))]).members.table.set_index("member")
    assert dict(table["direct_hours"]) == pytest.approx({"North": 0.5, "South": 1})


def test_an_evaluation_is_the_work_of_the_member_that_its_row_names():
    """One initial evaluation of 6 hours in 36 paid weeks, of a student who has no line: a sixth of an hour a week."""
    sheet = [
        SERVICES,
        ["1", "Oak", "3", 60, 1, "week", PEOPLE[0], "individual", None, None, "IEP", "North"],
        ["2", "Fir", "3", 60, 1, "week", PEOPLE[0], "individual", None, None, "IEP", "South"],
    ]
    due = [("student_id", "type", "due", "district"), ["9", "initial", "2026-11-02", "South"]]
    table = answer_of([("all.xlsx", book(Services=sheet, Evaluations=due))]).members.table.set_index("member")
    assert dict(table["evaluation_initial_hours"]) == pytest.approx({"North": 0, "South": 1 / 6})


def test_an_evaluation_without_a_member_goes_to_its_students_and_of_one_unknown_to_nobody():
    sheet = [
        SERVICES,
        ["1", "Oak", "3", 60, 1, "week", PEOPLE[0], "individual", None, None, "IEP", "North"],
        ["2", "Fir", "3", 60, 1, "week", PEOPLE[0], "individual", None, None, "IEP", "South"],
    ]
    for member, whose in ((None, "North"), ("West", "No member named")):
        due = [("student_id", "type", "due", "district"), ["1", "initial", "2026-11-02", member]]
        table = answer_of([("all.xlsx", book(Services=sheet, Evaluations=due))]).members.table.set_index("member")
        hours = table["evaluation_initial_hours"]
        assert dict(hours[hours > 0]) == pytest.approx({whose: 1 / 6})


def test_one_district_has_no_shares():
    sheet = [SERVICES, ["1", "Oak", "3", 60, 3, "week", PEOPLE[0], "individual", None, None, "IEP", "North"]]
    assert answer_of([("all.xlsx", book(Services=sheet))]).members is None


def test_an_internal_packet_of_a_cooperative_has_its_tables_and_no_other_packet_has():
    sheet = [SERVICES]
    for member in ("North", "South"):
        sheet += [
            [str(at), "Oak", "3", 60, 1, "week", PEOPLE[0], "individual", None, None, "IEP", member] for at in range(20)
        ]
    team = [STAFF, [PEOPLE[0], "OT", 1, "employee", 80_000, *[None] * 7]]
    answer = answer_of([("all.xlsx", book(Services=sheet, Therapists=team))])
    files = {audience: make_packet(answer, audience, Settings()) for audience in ("auditor", "board")}
    inside, outside = files.values()
    assert {"INTERNAL-tables-allocation.csv", "INTERNAL-tables-members.csv"} <= set(inside)
    assert not [name for name in outside if "allocation" in name or "members" in name]
