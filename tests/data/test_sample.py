"""The sample district says what its README says, and can be made again byte for byte."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from datetime import date

import pytest
from sample_cells import DATA, NCES, SAMPLE, cells_of, records_of

DAY = date(2026, 10, 1)

COLUMNS = {
    "Services": "student_id school grade plan delivery minutes_per_session sessions period frequency_text "
    "group_size group_id therapist start end iep_date reeval_date compensatory_minutes compensatory_due "
    "esy service",
    "Therapists": "therapist role fte hours_per_week employment annual_cost hourly_rate base_school days "
    "supervisor named_duty_hours mtss_hours leave_start leave_end start end",
    "Schools": "school school_code level enrollment latitude longitude region",
    "Evaluations": "student_id school type due completed therapist",
    "Travel": "from to minutes",
    "Time log": "therapist date activity minutes start end school outside_contract",
}


def test_making_the_sample_again_gives_the_committed_cells_and_the_same_bytes(maker, tmp_path):
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        maker.make_sample(tmp_path / folder)
    for name in (maker.TIDY, maker.MESSY):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
        assert cells_of(tmp_path / "one" / name) == cells_of(SAMPLE / name)


def test_another_seed_gives_another_district(maker, tmp_path):
    other, _ = maker.make_sample(tmp_path, seed=7)
    assert cells_of(other) != cells_of(SAMPLE / maker.TIDY)


def test_the_tidy_edition_has_the_sheets_and_columns_of_the_template():
    found = {name: list(rows[0]) for name, rows in cells_of(SAMPLE / "bluff_county.xlsx").items()}
    assert found == {name: columns.split() for name, columns in COLUMNS.items()}


def test_there_are_24_schools_of_five_levels_inside_the_county(tidy):
    schools = tidy["Schools"]
    assert Counter(row["level"] for row in schools) == {
        "Elementary": 13,
        "Middle": 5,
        "High": 4,
        "Preschool": 1,
        "Alternative": 1,
    }
    assert len({row["school"] for row in schools}) == len({row["school_code"] for row in schools}) == 24
    assert all(0 <= (row["latitude"] - 42.3) * 69 <= 25 for row in schools)
    assert all(0 <= (row["longitude"] + 100.8) * 51 <= 35 for row in schools)


def test_the_sheets_hold_the_rows_that_the_readme_counts(tidy):
    counts = {name: len(rows) for name, rows in tidy.items()}
    assert {name: counts[name] for name in ("Services", "Therapists", "Schools", "Evaluations", "Travel")} == {
        "Services": 580,
        "Therapists": 16,
        "Schools": 24,
        "Evaluations": 217,
        "Travel": 25,
    }
    assert Counter(row["role"] for row in tidy["Therapists"]) == {"OT": 12, "OTA": 4}


def test_520_students_have_a_line_on_the_day_and_every_school_has_some(tidy, in_force):
    plans = {row["student_id"]: row["plan"] for row in in_force}
    assert Counter(plans.values()) == {"IEP": 489, "504": 26, "MTSS": 5}
    assert {row["school"] for row in in_force} == {row["school"] for row in tidy["Schools"]}


def test_one_therapist_has_36_students_in_five_buildings_and_one_has_67_in_two(in_force):
    students, schools = defaultdict(set), defaultdict(set)
    for row in in_force:
        students[row["therapist"]].add(row["student_id"])
        schools[row["therapist"]].add(row["school"])
    assert len(students["Marisol Tennant"]) == 36
    assert len(schools["Marisol Tennant"]) == 5
    assert len(students["Gwen Halloran"]) == 67
    assert len(schools["Gwen Halloran"]) == 2
    assert len(students["Vacant"]) == 29
    assert len(schools["Vacant"]) == 3


def test_the_therapist_with_36_owes_minutes_and_works_alone_and_the_one_with_67_consults_and_groups(in_force):
    shares = {}
    for name in ("Marisol Tennant", "Gwen Halloran"):
        rows = [row for row in in_force if row["therapist"] == name]
        shares[name] = (
            sum(row["delivery"] == "individual" for row in rows) / len(rows),
            sum(row["compensatory_minutes"] or 0 for row in rows),
        )
    assert shares["Marisol Tennant"][0] > 0.6
    assert shares["Marisol Tennant"][1] == 2100
    assert shares["Gwen Halloran"][0] < 0.1
    assert shares["Gwen Halloran"][1] == 0


def test_lines_that_must_not_count_are_there(tidy, in_force):
    services = tidy["Services"]
    assert sum(row["esy"] == "yes" for row in services) == 3
    assert sum(row["esy"] == "no" and row["end"] is not None and row["end"] < DAY for row in services) == 25
    assert sum(row["start"] is not None and row["start"] > DAY for row in services) == 2
    twice = Counter((row["student_id"], row["delivery"], row["school"]) for row in in_force)
    assert Counter(twice.values()) == {1: 522, 2: 14}
    for key in (key for key, count in twice.items() if count == 2):
        starts = {row["start"] for row in in_force if (row["student_id"], row["delivery"], row["school"]) == key}
        assert len(starts) == 2


def test_every_group_id_joins_students_of_one_school_and_five_lines_have_no_group_at_all(in_force):
    groups = defaultdict(list)
    for row in in_force:
        if row["group_id"]:
            groups[row["therapist"], row["group_id"]].append(row)
            assert row["group_size"] is None
    assert groups
    assert all(len(rows) >= 2 and len({row["school"] for row in rows}) == 1 for rows in groups.values())
    assert sum(row["delivery"] == "group" and not row["group_id"] and not row["group_size"] for row in in_force) == 5


def test_lines_are_written_in_six_periods(in_force):
    counts = Counter(row["period"] for row in in_force)
    assert set(counts) == {"week", "two weeks", "month", "quarter", "year", "6-day cycle"}
    assert counts["week"] > sum(counts.values()) / 2


def test_people_are_known_supervised_and_present_as_the_readme_says(tidy, in_force):
    people = {row["therapist"]: row for row in tidy["Therapists"]}
    assert {row["therapist"] for row in in_force} == {*people, "Vacant"}
    for row in people.values():
        assert (row["role"] == "OTA") == (row["supervisor"] is not None)
        assert row["supervisor"] is None or people[row["supervisor"]]["role"] == "OT"
        assert (row["fte"] is None) != (row["hours_per_week"] is None)
        assert (row["annual_cost"] is None) != (row["hourly_rate"] is None)
    away = [name for name, row in people.items() if row["leave_start"] and row["leave_start"] <= DAY]
    assert away == ["Tobias Renfrow"]
    assert {row["employment"] for row in people.values()} == {
        "employee",
        "contract",
        "agency",
        "telepractice",
    }


def test_a_person_s_day_plan_covers_the_schools_of_the_students(tidy, in_force):
    served = defaultdict(set)
    for row in in_force:
        served[row["therapist"]].add(row["school"])
    unplanned = []
    for row in tidy["Therapists"]:
        if row["days"] is None:
            unplanned.append(row["therapist"])
            continue
        planned = {name.strip() for day in row["days"].split(";") for name in day.split(":")[1].split(",")}
        assert served[row["therapist"]] <= planned, row["therapist"]
    assert unplanned == ["Joanna Starkwell"]


def test_evaluations_agree_with_the_dates_on_the_plans(tidy, in_force):
    dates = {row["student_id"]: row["reeval_date"] for row in in_force}
    due = {
        row["student_id"]: row["due"]
        for row in tidy["Evaluations"]
        if row["type"] == "reevaluation" and row["completed"] is None and row["due"] <= date(2027, 6, 30)
    }
    assert due == {key: day for key, day in dates.items() if day and date(2026, 7, 1) <= day <= date(2027, 6, 30)}
    when = [row["completed"] or row["due"] for row in tidy["Evaluations"]]
    assert sum(date(2026, 7, 1) <= day <= date(2027, 6, 30) for day in when) == 214
    assert all(row["completed"] is None or row["completed"] < DAY for row in tidy["Evaluations"])
    only = {
        row["student_id"]
        for row, day in zip(tidy["Evaluations"], when, strict=True)
        if date(2026, 7, 1) <= day <= date(2027, 6, 30)
    } - set(dates)
    assert len(only) == 55


def test_nobody_on_leave_has_finished_an_evaluation(tidy):
    leave = {row["therapist"]: row["leave_start"] for row in tidy["Therapists"] if row["leave_start"]}
    assert all(
        row["completed"] is None or row["completed"] < leave[row["therapist"]]
        for row in tidy["Evaluations"]
        if row["therapist"] in leave
    )


def test_drive_minutes_follow_the_coordinates(tidy, maker):
    from bluff.places import BY_CODE, SCHOOLS, great_circle_miles

    by_name = {school.name: school for school in SCHOOLS}
    for row in tidy["Travel"]:
        miles = great_circle_miles(by_name[row["from"]], by_name[row["to"]])
        assert row["minutes"] == max(4, round(miles * 1.3 / 30 * 60))
    # Ferry Landing stands 7.1 miles east and 1.1 miles south of Quill Fork Elementary.
    assert great_circle_miles(BY_CODE["QFE"], BY_CODE["FER"]) == pytest.approx((7.1**2 + 1.1**2) ** 0.5, rel=0.01)


def test_the_time_log_is_one_full_week_of_six_people_that_fills_the_contract(tidy):
    paid = defaultdict(int)
    for row in tidy["Time log"]:
        assert 15 <= row["minutes"] <= 90
        assert date(2026, 9, 21) <= row["date"] <= date(2026, 9, 25)
        if row["outside_contract"] == "no":
            paid[row["therapist"]] += row["minutes"]
    contract = {row["therapist"]: row["fte"] for row in tidy["Therapists"]}
    assert len(paid) == 6
    assert dict(paid) == {name: round(contract[name] * 2250) for name in paid}
    outside = Counter(row["therapist"] for row in tidy["Time log"] if row["outside_contract"] == "yes")
    assert outside["Marisol Tennant"] > outside["Gwen Halloran"] >= 1


def test_the_tidy_edition_holds_no_name_and_no_birth_date_of_a_student(tidy, messy):
    text = {value for rows in tidy.values() for row in rows for value in row.values() if isinstance(value, str)}
    names = {row[0] for row in messy["Related Services 26-27"][4:] if row[1]}
    assert names
    assert not names & text


def test_the_district_can_be_placed_on_real_schools_without_drive_times(maker, tmp_path):
    sheets = cells_of(maker.place_on_real_schools(tmp_path / "king.xlsx", NCES, "King County"))
    assert "Travel" not in sheets
    with NCES.open(encoding="utf-8-sig", newline="") as file:
        real = {row["School Name"]: row for row in csv.DictReader(file) if row["County Name*"] == "King County"}
    schools = records_of(sheets["Schools"])
    assert len({row["school"] for row in schools}) == 24
    for row in schools:
        assert row["latitude"] == pytest.approx(float(real[row["school"]]["Latitude"]))
        assert row["longitude"] == pytest.approx(float(real[row["school"]]["Longitude"]))
    names = {row["school"] for row in schools}
    assert {row["school"] for row in records_of(sheets["Services"])} <= names
    assert {row["base_school"] for row in records_of(sheets["Therapists"])} <= names


def test_a_county_with_too_few_schools_is_refused_with_both_numbers(maker, tmp_path):
    with pytest.raises(ValueError, match=r"Garfield County has \d+ schools .* 24 are needed"):
        maker.place_on_real_schools(tmp_path / "few.xlsx", NCES, "Garfield County")


def test_the_public_reference_files_have_their_known_totals():
    required, direct = defaultdict(float), defaultdict(float)
    with (DATA / "reference" / "chicago_ot_minutes_2014_2017.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            required[row["school_year"]] += float(row["required_minutes"])
            direct[row["school_year"]] += float(row["direct_minutes"])
    assert {year: round(total, 2) for year, total in required.items()} == {
        "2014-2015": 6112015.47,
        "2015-2016": 6409616.53,
        "2016-2017": 5642870.43,
    }
    assert dict(direct) == {"2014-2015": 3849045, "2015-2016": 3743715, "2016-2017": 3816090}
    with NCES.open(encoding="utf-8-sig", newline="") as file:
        assert sum(1 for _ in csv.DictReader(file)) == 2553
