"""The library against the second calculation: every field of the answer to 1e-9, on districts of all kinds.

The library is called as an outsider calls it (library.py); the fields are those of the answer's JSON.
"""

import csv
from datetime import date

import pytest

from .by_hand import grid, line, write_workbook
from .calculation import answer
from .generated import DAY, PLACES, POOL, assumptions, district, untidy
from .library import analyze

TOLERANCE = 1e-9
SEEDS, UNTIDY_SEEDS = range(40), range(100, 116)
COOPERATIVES = ("districts",)  # member districts with the same local numbers have a test of their own
LATER = ("2026-07-15", "2026-12-01", "2027-02-01", "2027-06-30")
# What the second version of the method brought: each on and off.
NEW_RULES = (
    "reevaluation_own_meeting_share", "meeting_504_hours", "absence_days_per_year", "contract_weeks", "makeup_overdue_weeks",
    "renewals", "travel_arrival_minutes", "staff_time_hours_per_person",
)  # fmt: skip
# The second calculation tells these for every row; the answer need not.
NEED_NOT_BE_TOLD = {
    "therapists": {"student_hours", "therapist_hours"},
    "schools": {"available_hours", "utilization"},
    "by_role": {"workload_hours", "available_hours", "utilization", "shortfall_fte"},
}


def differences(mine, theirs, path=(), part=""):
    """([(place, the library's, the second calculation's)], how many values were compared)."""
    if isinstance(theirs, dict):
        if not isinstance(mine, dict):
            return [(path, mine, theirs)], 1
        found, compared = [], 0
        for key, content in theirs.items():
            if key not in mine:
                if key not in NEED_NOT_BE_TOLD.get(part, ()):
                    found.append(((*path, key), "not told", content))
                continue
            more, count = differences(mine[key], content, (*path, key), part)
            found, compared = found + more, compared + count
        return found, compared
    if isinstance(theirs, int | float) and not isinstance(theirs, bool):
        equal = isinstance(mine, int | float) and abs(mine - theirs) <= TOLERANCE * max(1, abs(theirs))
    else:
        equal = mine == theirs
    return ([] if equal else [(path, mine, theirs)]), 1


def by(rows, key):
    return {row[key]: row for row in rows}


def all_differences(mine, theirs):
    """Over district, persons, schools, ask, renewals, rows, assumptions and the ends of the premise of renewals."""
    found, compared = [], 0

    def compare(ours, reference, *path, part=""):
        nonlocal found, compared
        more, count = differences(ours, reference, path, part)
        found, compared = found + more, compared + count

    roles = theirs["district"].pop("by_role")
    compare(mine["district"], theirs["district"], "district")
    for role, row in roles.items():
        compare(mine["district"]["by_role"][role], row, "by_role", role, part="by_role")
    for rows, key in (("therapists", "therapist"), ("schools", "school")):
        ours, reference = by(mine[rows], key), by(theirs[rows], key)
        compare(sorted(ours), sorted(reference), rows)
        for name in ours.keys() & reference.keys():
            compare(ours[name], reference[name], rows, name, part=rows)
    compare(mine["renewals"], theirs["renewals"], "renewals")
    compare(mine["assumptions"], theirs["assumptions"], "assumptions")
    compare(mine["rows"]["counted"], theirs["rows"]["counted"], "rows", "counted")
    if theirs["ask"] is not None:
        compare(ask_by_part(mine["ask"]), ask_by_part(theirs["ask"]), "ask")
    ours, reference = by(mine["premises"], "id")["renewals"], theirs["premises"]["renewals"]
    if not reference["touches"]:
        reference.pop("state", None)  # nothing hangs on it
    compare(ours, {name: ends for name, ends in reference.items() if ends is not None}, "premises", "renewals")
    return found, compared


def ask_by_part(ask):
    """The ask with its covers by role and time; that each of them stands there once is part of what is compared."""
    keys = [f"{part['role']} {part['from']} {part['until']}" for part in ask["cover"]]
    cover = {key: part["fte"] for key, part in zip(keys, ask["cover"], strict=True)}
    return {"permanent": ask["permanent"], "fill": ask["fill"], "cover": cover, "covers": sorted(keys)}


def hold(mine, theirs):
    people = len(theirs["therapists"])
    found, compared = all_differences(mine, theirs)
    assert found == []
    assert compared > 25 * people
    assert (
        sum(mine["rows"]["excluded"].values()) + mine["rows"]["counted"] + mine["rows"]["unreadable"]
        == mine["rows"]["read"]
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_every_field_of_a_tidy_district_agrees(seed, tmp_path):
    roster, overrides = (
        write_workbook(district(seed, 30 + seed, without=COOPERATIVES), tmp_path / "roster.xlsx"),
        assumptions(seed),
    )
    hold(analyze(roster, DAY, overrides), answer(roster, DAY, overrides))


def test_every_rule_is_on_and_off_in_some_tidy_and_in_some_untidy_district():
    """Each assumption is left alone and changed, each new rule in both ways, among the districts that both calculations answer."""
    for seeds in (SEEDS, (*UNTIDY_SEEDS, *range(300, 306))):
        drawn = [assumptions(seed) for seed in seeds]
        for name, values in POOL.items():
            assert any(name not in one for one in drawn), name
            if name in NEW_RULES:
                assert len({one[name] for one in drawn if name in one}) >= min(2, len(set(values))), (name, len(seeds))


@pytest.mark.parametrize(
    "last_day, day", [("2027-05-28", "2027-02-01"), ("2027-05-28", "2027-06-10"), ("2026-05-29", DAY)]
)
@pytest.mark.parametrize("seed", (600, 601))
def test_every_field_agrees_where_the_calendar_says_the_last_day_of_school(seed, last_day, day, tmp_path):
    tables = district(seed, 30, without=COOPERATIVES, always=("renewals", "review_dates", "compensatory"))
    roster, last = write_workbook(tables, tmp_path / "roster.xlsx"), date.fromisoformat(last_day)
    theirs = answer(roster, day, last_day=last)
    assert (theirs["renewals"]["lines"] > 0) == (day == "2027-02-01" or last_day == "2026-05-29")
    hold(analyze(roster, day, last_day=last), theirs)


def test_places_of_service_occur_among_the_districts_as_a_column_and_as_the_delivery():
    made = [district(seed, 30 + seed, without=COOPERATIVES) for seed in SEEDS]
    words = [row.get("setting") or row["delivery"] for tables in made for row in tables["Services"]]
    assert {*PLACES[0], *PLACES[1]} <= set(words)


def test_people_of_one_role_who_come_back_on_one_day_have_one_cover(tmp_path):
    away = {"leave_start": date(2026, 9, 1), "leave_end": date(2026, 12, 18)}
    people = [{"therapist": name, "role": "OT", "fte": fte, **away} for name, fte in (("Ana", 1.0), ("Ben", 0.5))]
    people += [{"therapist": "Cleo", "role": "OT", "fte": 0.4, **away, "leave_end": date(2027, 1, 29)}]
    people += [{"therapist": "Dov", "role": "OTA", "fte": 0.6, **away, "supervisor": "Ana"}]
    lines = [line(str(at), 300, 2, therapist=one["therapist"]) for one in people for at in range(9)]
    roster = write_workbook({"Services": lines, "Therapists": people}, tmp_path / "roster.xlsx")
    theirs = answer(roster, DAY)
    assert [(one["role"], one["until"]) for one in theirs["ask"]["cover"]] == [
        ("OT", "2026-12-18"),
        ("OT", "2027-01-29"),
        ("OTA", "2026-12-18"),
    ]
    assert theirs["ask"]["cover"][0]["fte"] == pytest.approx(1.5)  # 1.0 and 0.5 come back
    hold(analyze(roster, DAY), theirs)


@pytest.mark.parametrize("seed", range(500, 506))
def test_every_field_of_a_cooperative_agrees(seed, tmp_path):
    roster = write_workbook(district(seed, 30, always=COOPERATIVES), tmp_path / "roster.xlsx")
    hold(analyze(roster, DAY), answer(roster, DAY))


@pytest.mark.parametrize("seed", UNTIDY_SEEDS)
def test_the_same_district_in_another_hand_has_the_same_answer(seed, tmp_path):
    tables, overrides = district(seed, 30, without=COOPERATIVES), assumptions(seed)
    tidy = write_workbook(tables, tmp_path / "tidy.xlsx")
    other = write_workbook(untidy(tables, seed), tmp_path / "other hand.xlsx")
    hold(analyze(other, DAY, overrides), answer(tidy, DAY, overrides))


@pytest.mark.parametrize("day", LATER)
@pytest.mark.parametrize("seed", range(200, 204))
def test_every_field_agrees_on_another_day(seed, day, tmp_path):
    roster = write_workbook(district(seed, 30, without=COOPERATIVES), tmp_path / "roster.xlsx")
    hold(analyze(roster, day), answer(roster, day))


@pytest.mark.parametrize("seed", range(300, 306))
def test_a_list_of_services_tells_the_need_and_posts_complete_it(seed, tmp_path):
    tables, overrides = district(seed, 30, without=("vacant_posts", *COOPERATIVES)), assumptions(seed)
    everything = write_workbook(tables, tmp_path / "everything.xlsx")
    services = write_workbook({**tables, "Therapists": []}, tmp_path / "services.xlsx")
    need = analyze(services, DAY, overrides)
    assert need["status"] == "need-only"
    hold(need, answer(services, DAY, overrides))

    posts = tmp_path / "posts.csv"
    with open(posts, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(grid(tables["Therapists"]))
    complete = analyze(services, DAY, overrides, posts=posts)
    hold(complete, answer(everything, DAY, overrides))
    assert complete["status"] != "need-only"


@pytest.mark.parametrize("seed", range(400, 408))
def test_the_ends_of_every_premise_hold_the_answer_and_open_ones_keep_it_from_being_final(seed, tmp_path):
    result = analyze(write_workbook(district(seed, 30, without=COOPERATIVES), tmp_path / "roster.xlsx"), DAY)
    for premise in result["premises"]:
        for field in ("required_fte", "gap_fte"):
            low, high = premise[field]["low"], premise[field]["high"]
            assert low - TOLERANCE <= result["district"][field] <= high + TOLERANCE, (premise["id"], field)
    is_open = any(premise["state"] == "open" for premise in result["premises"])
    assert result["status"] == ("provisional" if is_open else "final")


def test_the_second_calculation_tells_a_wrong_field():
    right = {"hours": {"direct": 1.0}, "gap_fte": None, "name": "x"}
    for wrong in (
        {**right, "gap_fte": 0.0},
        {**right, "hours": {"direct": 1.0 + 1e-8}},
        {"gap_fte": None, "name": "x"},
    ):
        assert differences(wrong, right)[0]
    assert differences(right, right) == ([], 3)
