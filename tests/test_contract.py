"""The contract that others build on: every field of the JSON with its kind, every command with its exit status."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from workload.__main__ import main

SAMPLE = Path(__file__).parents[1] / "data" / "sample" / "bluff_county.xlsx"
DAY = "2026-10-01"
HOURS = (
    "direct", "consult", "makeup", "documentation", "on_behalf", "evaluation_initial", "reevaluation", "meeting",
    "progress_report", "mtss", "planning", "staff_time", "travel", "supervision", "named_duty",
)  # fmt: skip
NUMBER, TEXT, WHOLE, DAYS = (int, float), str, int, "day"
ENDS = {"low": NUMBER, "high": NUMBER}
DOLLARS = {"this_year": NUMBER, "full_year": NUMBER}
BY_ROLE = {"OT": NUMBER, "OTA": NUMBER}
WEEK = dict.fromkeys(HOURS, NUMBER)
PRICED = {
    "permanent": BY_ROLE, "fill": BY_ROLE,
    "cover": [{"role": TEXT, "fte": NUMBER, "from": DAYS, "until": DAYS}],
    "day": DAYS, "status": TEXT, "required_fte": NUMBER, "available_fte": NUMBER, "gap_fte": NUMBER,
    "parts": [{
        "kind": TEXT, "role": TEXT, "fte": NUMBER, "contract_fte": NUMBER, "start_month": TEXT, "from": DAYS,
        "dollars": DOLLARS, "rates": [TEXT],
    }],
    "dollars": {"permanent": DOLLARS, "fill": DOLLARS, "cover": DOLLARS},
}  # fmt: skip
SHAPE = {
    "version": WHOLE, "status": TEXT, "rows_waiting": WHOLE, "questions_open": WHOLE,
    "premises": [{"id": TEXT, "state": TEXT, "text": TEXT, "touches": WHOLE, "required_fte": ENDS, "gap_fte": ENDS, "action": TEXT}],
    "ask": {**PRICED, "needed_by": PRICED},
    "bridge": [{"id": TEXT, "label": TEXT, "kind": TEXT, "fte": NUMBER}],
    "renewals": {"rule": TEXT, "lines": WHOLE, "students_overdue": WHOLE, "required_fte": {"carry": NUMBER, "stop": NUMBER}},
    "evaluation_clock": {"days": WHOLE, "unit": TEXT, "consents": WHOLE, "in_time": WHOLE, "late": WHOLE, "past": WHOLE, "running": WHOLE, "without": WHOLE},
    "method": {"name": TEXT, "date": DAYS},
    "day": DAYS,
    "assumptions": {"hours_per_week": NUMBER, "renewals": TEXT, "makeup_overdue_weeks": NUMBER},
    "district": {
        "caseload": WHOLE, "students_evaluation_only": WHOLE, "service_lines": WHOLE, "student_hours": NUMBER,
        "therapist_hours": NUMBER, "hours": WEEK, "workload_hours": NUMBER, "available_hours": NUMBER, "utilization": NUMBER,
        "required_fte": NUMBER, "contracted_fte": NUMBER, "available_fte": NUMBER, "gap_fte": NUMBER, "shortfall_fte": NUMBER,
        "shortfall_total_fte": NUMBER, "student_minutes_at_risk": NUMBER, "student_minutes_at_risk_alike": NUMBER,
        "range": {"required_fte": {"p10": NUMBER, "p50": NUMBER, "p90": NUMBER}},
        "by_role": {role: {"required_fte": NUMBER, "available_fte": NUMBER, "gap_fte": NUMBER} for role in ("OT", "OTA")},
    },
    "schools": [{
        "school": TEXT, "caseload": WHOLE, "hours": WEEK, "workload_hours": NUMBER, "required_fte": NUMBER,
        "available_fte": NUMBER, "gap_fte": NUMBER, "shortfall_fte": NUMBER,
    }],
    "methods": [{"method": TEXT, "force": TEXT, "source": TEXT}],
    "rows": {"read": WHOLE, "counted": WHOLE, "excluded": {}, "unreadable": WHOLE},
    "issues": [{"code": TEXT, "severity": TEXT, "message": TEXT, "remedy": TEXT, "rows": [WHOLE]}],
}  # fmt: skip
PERSON = {
    "therapist": TEXT, "role": TEXT, "schools": WHOLE, "caseload": WHOLE, "hours": WEEK, "workload_hours": NUMBER,
    "available_hours": NUMBER, "required_fte": NUMBER, "contracted_fte": NUMBER, "available_fte": NUMBER, "gap_fte": NUMBER,
    "shortfall_fte": NUMBER, "student_minutes_at_risk": NUMBER,
}  # fmt: skip
UNTOLD = (
    "available_fte", "contracted_fte", "gap_fte", "shortfall_fte", "shortfall_total_fte", "utilization", "available_hours",
    "student_minutes_at_risk",
)  # fmt: skip


def unlike(shape, value, place=""):
    """Where a value is not of the shape that the contract gives it."""
    if isinstance(shape, dict):
        if not isinstance(value, dict):
            return [f"{place}: no object"]
        return [
            one
            for name, inner in shape.items()
            for one in (
                unlike(inner, value[name], f"{place}/{name}") if name in value else [f"{place}/{name}: missing"]
            )
        ]
    if isinstance(shape, list):
        if not isinstance(value, list):
            return [f"{place}: no list"]
        return [one for at, each in enumerate(value) for one in unlike(shape[0], each, f"{place}/{at}")]
    if shape == DAYS:
        try:
            return [] if date.fromisoformat(value) else []
        except (TypeError, ValueError):
            return [f"{place}: no day"]
    right = isinstance(value, shape) and not isinstance(value, bool)
    return [] if right else [f"{place}: {value!r}"]


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


@pytest.fixture(autouse=True)
def own_secret(monkeypatch, home):
    monkeypatch.setenv("OT_STAFFING_HOME", str(home))


def analyzed(tmp_path, *arguments):
    out = tmp_path / "out.json"
    assert main(["analyze", *map(str, arguments), "--json", str(out)]) == 0
    return json.loads(out.read_text(), parse_constant=lambda word: pytest.fail(f"{word} in the JSON"))


def test_every_field_of_the_answer_is_there_and_of_its_kind(tmp_path):
    answer = analyzed(tmp_path, SAMPLE, "--day", DAY, "--state", "WI", "--needed-by", "2027-01-04", "--seed", "7")
    assert unlike(SHAPE, answer) == []
    assert answer["version"] == 2 and answer["state"] == "WI" and answer["status"] == "final"
    *people, nobody = answer["therapists"]
    assert unlike([PERSON], people) == []
    assert (nobody["therapist"], nobody["role"], nobody["available_fte"], nobody["utilization"]) == (
        "Unassigned",
        None,
        0,
        None,
    )
    assert any(
        unlike([{"rule": TEXT, "limit": NUMBER, "value": NUMBER, "over": NUMBER}], one["caps"]) == [] for one in people
    )
    rows = answer["rows"]
    assert rows["read"] == rows["counted"] + sum(rows["excluded"].values()) + rows["unreadable"]
    by_role = answer["district"]["by_role"]
    for role in ("OT", "OTA"):
        asked = answer["ask"]["permanent"][role] + answer["ask"]["fill"][role]
        asked += sum(one["fte"] for one in answer["ask"]["cover"] if one["role"] == role)
        assert asked == pytest.approx(max(0.0, -by_role[role]["gap_fte"]))
    assert answer["ask"]["needed_by"]["day"] == "2027-01-04"


def test_without_a_day_that_it_is_needed_by_there_is_none(tmp_path):
    assert analyzed(tmp_path, SAMPLE, "--day", DAY)["ask"]["needed_by"] is None


def test_the_shape_tells_what_is_wrong():
    assert (
        unlike({"a": NUMBER}, {"a": True}) and unlike({"a": NUMBER}, {}) and unlike([TEXT], [1]) and unlike(DAYS, "May")
    )


def without_therapists(path):
    book = openpyxl.load_workbook(SAMPLE)
    sheet = book["Therapists"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    book.remove(sheet)
    book.save(path)
    return rows


def test_without_posts_the_need_is_told_and_sixteen_posts_give_exactly_the_full_files_answer(tmp_path):
    rows = without_therapists(tmp_path / "roster.xlsx")
    need = analyzed(tmp_path, tmp_path / "roster.xlsx", "--day", DAY)
    assert need["status"] == "need-only" and need["ask"] is None
    assert need["district"]["required_fte"] > 0 and {need["district"][name] for name in UNTOLD} == {None}
    with open(tmp_path / "posts.csv", "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [one.date().isoformat() if hasattr(one, "date") else one for one in row] for row in rows
        )
    typed = analyzed(tmp_path, tmp_path / "roster.xlsx", "--day", DAY, "--posts", tmp_path / "posts.csv")
    full = analyzed(tmp_path, SAMPLE, "--day", DAY)
    for part in ("status", "district", "therapists", "schools", "ask", "bridge", "renewals"):
        assert typed[part] == full[part], part


def test_posts_that_are_typed_on_the_page_give_exactly_the_full_files_answer(tmp_path):
    from dashboard.screens.data.posts_table import frame, posts_of
    from workload.answer import analyze
    from workload.intake.load import load
    from workload.intake.typed_posts import POSTS_FILE, as_csv, from_roster

    without_therapists(tmp_path / "roster.xlsx")
    full = load([(SAMPLE.name, SAMPLE.read_bytes())], secret=b"s" * 32).roster
    posts = posts_of(frame(from_roster(full)))  # through the table of the page and back
    assert len(posts) == 16
    files = [("roster.xlsx", (tmp_path / "roster.xlsx").read_bytes()), (POSTS_FILE, as_csv(posts))]
    typed, whole = (analyze(one, date(2026, 10, 1)) for one in (load(files, secret=b"s" * 32).roster, full))
    assert typed.district.to_dict() == pytest.approx(whole.district.to_dict(), nan_ok=True)
    assert typed.ask == whole.ask and typed.bridge == whole.bridge


@pytest.mark.parametrize("arguments, status", [
    (("template", "{out}/t.xlsx"), 0),
    (("check", "{sample}", "--json", "{out}/c.json"), 0),
    (("analyze", "{sample}", "--renewals", "stop", "--json", "{out}/a.json", "--xlsx", "{out}/a.xlsx"), 0),
    (("check", "{out}/nothing.xlsx"), 64),
    (("analyze", "{sample}", "--calendar", "{out}/nothing.toml"), 64),
    (("analyze", "{sample}", "--calendar", "{wrong}"), 64),
    (("analyze", "{empty}"), 2),
    (("analyze", "{empty}", "--json", "{out}/r.json"), 2),
])  # fmt: skip
def test_every_command_ends_with_its_exit_status_and_no_traceback(arguments, status, tmp_path, capsys):
    (tmp_path / "empty.csv").write_text("student_id,minutes_per_session\n")
    (tmp_path / "wrong.toml").write_text("first_day = 2027-06-01\nlast_day = 2026-08-17\n")
    places = {"out": tmp_path, "sample": SAMPLE, "empty": tmp_path / "empty.csv", "wrong": tmp_path / "wrong.toml"}
    assert main([one.format(**places) for one in arguments]) == status
    assert "Traceback" not in capsys.readouterr().err


def test_wrong_usage_is_64():
    for wrong in (["analyze", str(SAMPLE), "--needed-by", "soon"], ["analyze"], ["nothing"]):
        with pytest.raises(SystemExit) as end:
            main(wrong)
        assert end.value.code == 64


def test_a_calendar_of_a_file_moves_what_follows_from_it(tmp_path):
    calendar = tmp_path / "calendar.toml"
    calendar.write_text("first_day = 2026-08-17\nlast_day = 2027-05-28\nclosings = [[2026-12-21, 2027-01-01]]\n")
    told = analyzed(tmp_path, SAMPLE, "--day", "2027-06-10", "--calendar", calendar)
    open_ = analyzed(tmp_path, SAMPLE, "--day", "2027-06-10")
    assert told["renewals"]["lines"] == 0 < open_["renewals"]["lines"]
    premise = next(one for one in told["premises"] if one["id"] == "calendar")
    assert "August 17, 2026 to May 28, 2027 with 1 closing" in premise["text"]
