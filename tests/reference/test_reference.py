"""The library against the second calculation: every field of the answer to 1e-9, on districts of all kinds.

The library is called as an outsider calls it (library.py); the fields are those of the answer's JSON.
"""

import csv

import pytest

from .by_hand import grid, write_workbook
from .calculation import answer
from .generated import DAY, POOL, assumptions, district, untidy
from .library import analyze

TOLERANCE = 1e-9
SEEDS, UNTIDY_SEEDS = range(40), range(100, 116)
COOPERATIVES = ("districts",)  # member districts with the same local numbers have a test of their own
LATER = ("2026-07-15", "2026-12-01", "2027-02-01", "2027-06-30")
# What the second version of the method brought: each on and off.
NEW_RULES = (
    "reevaluation_own_meeting_share", "meeting_504_hours", "absence_days_per_year", "contract_weeks", "makeup_overdue_weeks",
    "renewals",
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
    """The cover of one role and time is one figure, however many people are on leave."""
    cover = {}
    for part in ask["cover"]:
        key = f"{part['role']} {part['from']} {part['until']}"
        cover[key] = cover.get(key, 0) + part["fte"]
    return {"permanent": ask["permanent"], "fill": ask["fill"], "cover": cover}


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
